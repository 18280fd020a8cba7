"""What can be told of a procedure before any case is opened under it."""

__all__ = ()
