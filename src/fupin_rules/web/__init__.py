"""Policies over HTTP: a router for FastAPI, its problems, and a page that needs no network (extra `fastapi`)."""

from fupin_rules.web._limits import Limits
from fupin_rules.web._problems import CODES, KINDS, Code, Kind
from fupin_rules.web._router import router

__all__ = ["CODES", "KINDS", "Code", "Kind", "Limits", "router"]
