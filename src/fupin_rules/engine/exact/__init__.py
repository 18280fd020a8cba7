"""Exact answers where facts are missing: an outcome is settled if every completion of the facts gives the same."""

__all__ = ()
