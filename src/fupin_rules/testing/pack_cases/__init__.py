"""Cases of packs as tests of pytest; loaded by the plugin once a pack is named."""

from fupin_rules.testing.pack_cases._hooks import PackCases, pytest_configure

__all__ = ["PackCases", "pytest_configure"]
