"""Packs into policies: files read within limits, joined by what extends what, every fault told at once."""

__all__ = ()
