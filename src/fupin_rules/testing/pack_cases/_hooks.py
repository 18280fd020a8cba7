"""Collecting the cases of packs, saying why each came out as it did, and what they cover."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import attrs
import pytest

from fupin_rules.errors import FupinRulesError
from fupin_rules.policy import Case, Policy, find_pack, load_cases, load_policy, run_case
from fupin_rules.testing.mutation import AtomSeen, CaseScore, atoms_seen, case_score
from fupin_rules.testing.pack_cases._explained import SEEN, explained

_SECTION: Final = "explanation"
_HUNDRED: Final = 100


@attrs.frozen(eq=False)
class Pack:
    """
    A pack whose cases are collected.

    Attributes:
        policy: Its rules.
        cases: Its cases.
    """

    policy: Policy = attrs.field(repr=False)
    cases: tuple[Case, ...] = attrs.field(repr=False)


class CaseDifferenceError(AssertionError):
    """A case came out otherwise than expected; the message says how, and why."""


class CaseItem(pytest.Item):
    """One case of a pack."""

    def __init__(self, *, pack: Pack, case: Case, **more: Any) -> None:
        super().__init__(**more)
        self.pack = pack
        self.case = case
        self.add_marker(pytest.mark.fupin_case)

    def runtest(self) -> None:
        """Judge the case."""
        language = self.config.getoption("--fupin-lang")
        result = run_case(self.pack.policy, self.case)
        told = explained(self.pack.policy, self.case, language)
        self.add_report_section("call", _SECTION, told)
        if not result.passed:
            reason = self.case.zh if language == "zh" else self.case.en
            raise CaseDifferenceError("\n".join([f"{self.case.id}: {reason}", *result.differences]))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show what differs, and not the lines of this library."""
        if isinstance(excinfo.value, FupinRulesError | CaseDifferenceError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Say where the case is written: its line, counted from zero."""
        line = self.case.where.split(":")[1] if self.case.where.count(":") > 1 else ""
        return self.path, int(line) - 1 if line.isdigit() else None, f"{self.pack.policy.id}: {self.case.id}"


class CaseFile(pytest.File):
    """The cases of a pack."""

    def __init__(self, *, pack: Pack, **more: Any) -> None:
        super().__init__(**more)
        self.pack = pack

    def collect(self) -> Iterator[CaseItem]:
        """Give each case as a test."""
        for case in self.pack.cases:
            yield CaseItem.from_parent(self, name=case.id, pack=self.pack, case=case)


class PackCases:
    """The hooks of one run, with the packs that are named in it."""

    def __init__(self, config: pytest.Config, packs: Mapping[Path, Pack]) -> None:
        self.config = config
        self.packs = packs
        self.language: str = config.getoption("--fupin-lang")
        self.least: float | None = config.getoption("--fupin-least-score")
        self.scores: dict[str, CaseScore] = {}

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> CaseFile | None:
        """Collect the cases of the packs that are named."""
        path = file_path.resolve()
        pack = self.packs.get(path)
        if pack is None:
            return None
        # By the id of the pack, for it may lie anywhere.
        return CaseFile.from_parent(parent, path=path, pack=pack, nodeid=f"{pack.policy.id}/cases.toml")

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Show, with -v, why a case that passed came out as it did; a failed one is shown with it anyhow."""
        terminal: Any = self.config.pluginmanager.get_plugin("terminalreporter")
        if terminal is None or terminal.verbosity < 1 or report.when != "call" or not report.passed:
            return
        for title, told in report.sections:
            if _SECTION in title:
                terminal.ensure_newline()
                for line in told.splitlines():
                    terminal.write_line(f"    {line}")

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Work the scores out, once, and fail the run where one is too low."""
        is_worker = hasattr(self.config, "workerinput")
        if is_worker or not (self.config.getoption("--fupin-mutants") or self.least is not None):
            return
        for pack in self.packs.values():
            score = case_score(pack.policy, pack.cases, pack=pack.policy.id)
            self.scores[pack.policy.id] = score
            if self._is_too_low(score):
                session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def _is_too_low(self, score: CaseScore) -> bool:
        return self.least is not None and score.score * _HUNDRED < self.least

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Show what the cases of each pack cover, and what changes they notice."""
        zh = self.language == "zh"
        for pack in self.packs.values():
            terminalreporter.section(f"{pack.policy.id}: {'规则覆盖' if zh else 'coverage of rules'}")
            atoms = atoms_seen(pack.policy, pack.cases, pack=pack.policy.id)
            lines = list(covered(atoms, self.language))
            score = self.scores.get(pack.policy.id)
            if score is not None:
                lines += score.text(self.language).splitlines()
            for line in lines:
                terminalreporter.write_line(line)
            if score is not None and self._is_too_low(score):
                # The last line of pytest counts tests alone, and would say that all passed.
                told = (
                    f"不通过：低于要求的{self.least:g}%"
                    if zh
                    else f"FAILED: less than the {self.least:g} % that are wanted"
                )
                terminalreporter.write_line(told, red=True, bold=True)


def pytest_configure(config: pytest.Config) -> None:
    """
    Load the packs that are named, and have their cases collected beside whatever else is.

    Raises:
        pytest.UsageError: A pack does not load, or has no cases.
    """
    config.addinivalue_line("markers", "fupin_case: a case of a pack, collected with --fupin-pack")
    packs: dict[Path, Pack] = {}
    for name in config.getoption("--fupin-pack"):
        try:
            folder = find_pack(name)
            pack = Pack(load_policy(folder, search=(folder.parent,)), load_cases(folder))
        except FupinRulesError as error:
            raise pytest.UsageError(f"--fupin-pack {name}: {error}") from None
        if not pack.cases:
            raise pytest.UsageError(f"--fupin-pack {name}: it has no cases; add a cases.toml")
        packs[(folder / "cases.toml").resolve()] = pack
    config.args.extend(str(path) for path in packs if str(path) not in config.args)
    config.pluginmanager.register(PackCases(config, packs), "fupin_pack_cases")


def covered(atoms: Sequence[AtomSeen], language: str) -> Iterator[str]:
    """Say how many of the smallest claims were seen true, false and unknown, and name those that were not."""
    zh = language == "zh"
    whole = sum(not atom.lacking for atom in atoms)
    every = len(atoms)
    yield (
        f"最小条件{every}个，三值俱见{whole}个"
        if zh
        else f"{every} smallest claims, {whole} seen true, false and unknown"
    )
    for atom in atoms:
        if atom.lacking:
            lacking = ("、" if zh else ", ").join(SEEN[value][not zh] for value in atom.lacking)
            yield f"  {atom.rule}: {atom.atom}: {'未见' if zh else 'never'} {lacking}"
