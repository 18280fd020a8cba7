"""Procedures drawn, in words of both languages, with a case laid over them."""

__all__ = ()
