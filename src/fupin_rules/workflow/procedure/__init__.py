"""A procedure as data: its parts, read from files, written, found, and what its guards may read."""

__all__ = ()
