"""`fupin case`: what each of its commands takes, does with the journal, and says."""

__all__ = ()
