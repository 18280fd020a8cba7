"""The flat facade: the names that people type, each documented."""

import inspect
import re

import pytest

import fupin_rules as fr

# What others build on; a name leaves this list only with a deprecation.
CONTRACT = """
Household Member Village Income Production Living Assets Relocation Monitoring NotKnown Unknown Why Truth
Outcome ExitOutcome Assessment ExitAssessment Question Finding Gap Priority Ranked Policy Snapshot Standing Source Citation
Fault FupinRulesError load_policy installed_packs assess assess_exit assess_many rank recheck explain_change
from_plain to_plain with_fact json_schema __version__
Procedure Case Actor Event Evidence Context Dossier Verdict Accepted Refused Duplicate load_procedure installed_procedures
step step_many options plan deadlines replay verify
"""


def test_the_facade_offers_what_the_contract_names_and_no_more() -> None:
    assert set(fr.__all__) == set(CONTRACT.split())
    assert fr.__all__ == sorted(fr.__all__)


@pytest.mark.parametrize("name", [name for name in fr.__all__ if callable(getattr(fr, name))])
def test_every_public_name_says_what_it_is(name: str) -> None:
    thing = getattr(fr, name)
    doc = inspect.getdoc(thing)
    assert doc, name
    if inspect.isfunction(thing) and name not in {"assess_many", "rank", "recheck", "explain_change"}:
        assert ">>>" in doc, f"{name} has no example"


def test_the_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert version("fupin-rules") == fr.__version__
    assert re.fullmatch(r"\d+\.\d+\.\d+(\.dev\d+)?", fr.__version__)
