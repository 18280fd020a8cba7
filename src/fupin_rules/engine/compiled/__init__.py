"""A snapshot as one generated Python function: the answers of the reference evaluator, sooner."""

__all__ = ()
