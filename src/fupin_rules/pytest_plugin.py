"""
The pytest plugin: the cases of a pack as tests.

It is loaded by every pytest of a place where the library is installed, so that it does next to nothing until a pack is
named with `--fupin-pack`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options."""
    group = parser.getgroup("fupin", "policies of fupin-rules")
    group.addoption(
        "--fupin-pack",
        action="append",
        default=[],
        metavar="PACK",
        help="collect the cases of a pack (its folder, or its id) as tests, and show what they cover; may be repeated",
    )
    group.addoption("--fupin-mutants", action="store_true", help="tell how many changes of the packs the cases notice")
    group.addoption(
        "--fupin-least-score",
        type=float,
        default=None,
        metavar="PERCENT",
        help="fail if the cases of a pack notice less of its changes; implies --fupin-mutants",
    )
    group.addoption("--fupin-lang", choices=("zh", "en"), default="en", help="language of explanations (default: en)")


def pytest_configure(config: pytest.Config) -> None:
    """Load the rest where a pack is named."""
    if config.getoption("--fupin-pack"):
        config.pluginmanager.import_plugin("fupin_rules.testing.pack_cases")
