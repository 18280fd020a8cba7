"""Amendments as data: read and written, laid over a policy by days, checked whole, and held against each other."""

__all__ = ()
