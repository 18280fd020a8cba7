"""One version of a procedure after another: compared, rehearsed on what happened, and cases taken over."""

__all__ = ()
