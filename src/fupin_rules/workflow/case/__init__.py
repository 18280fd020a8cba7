"""Cases: what moves them, what is in their way, what lies ahead, and how they are taken out of a journal."""

__all__ = ()
