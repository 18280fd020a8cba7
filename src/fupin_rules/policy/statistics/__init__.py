"""Registers into figures: roll-up of villages and areas, incidence with its base, and measures of poverty."""

__all__ = ()
