"""The flat facade: the names that people type, each documented."""

import importlib
import inspect
import re
import subprocess
import sys

import pytest

import fupin_rules as fr

# What others build on; a name leaves this list only with a deprecation.
CONTRACT = """
Household Member Village Area Income Production Living Assets Relocation Monitoring NotKnown Unknown Why Truth
Outcome ExitOutcome Assessment ExitAssessment Question Finding Gap Priority Ranked Policy Snapshot Standing Source Citation
Fault FupinRulesError load_policy installed_packs assess assess_exit assess_many rank recheck explain_change
what_would_change Counterfactual Alternative Interview InterviewState Amendment load_amendment reopened
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


def test_each_name_is_kept_where_the_facade_looks_for_it() -> None:
    assert set(fr._HOME) | {"__version__"} == set(fr.__all__)
    for name, module in fr._HOME.items():
        assert getattr(fr, name) is getattr(importlib.import_module(module), name)
    assert set(fr.__all__) <= set(dir(fr))
    with pytest.raises(AttributeError, match="module `fupin_rules` has no attribute `asses`"):
        getattr(fr, "asses")  # noqa: B009  a name that a type checker refuses


def test_naming_the_library_loads_nothing_of_it() -> None:
    """An import costs no more than that of attrs, 1.4 times at the most: it loads what is asked for."""
    code = (
        "import importlib, sys, typing\n"
        "before = set(sys.modules)\n"
        "import fupin_rules as fr\n"
        "assert set(sys.modules) - before == {'fupin_rules'}\n"
        "fr.Household\n"
        "assert 'fupin_rules.model' in sys.modules\n"
        "assert not {'fupin_rules.policy', 'fupin_rules.engine', 'fupin_rules.workflow'} & set(sys.modules)\n"
        "fr.assess\n"
        "assert not {'fupin_rules.workflow', 'fupin_rules.registry'} & set(sys.modules)\n"
        "from fupin_rules import *\n"
        "assert step.__module__.startswith('fupin_rules.workflow')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert version("fupin-rules") == fr.__version__
    assert re.fullmatch(r"\d+\.\d+\.\d+(\.dev\d+)?", fr.__version__)
