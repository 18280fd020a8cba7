"""The smallest change of facts that turns an outcome: what may be moved, the search, the answer."""

__all__ = ()
