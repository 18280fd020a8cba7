"""Registers in parquet files, however large: read in slices, assessed, and written part by part."""

__all__ = ()
