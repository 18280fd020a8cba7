"""`--quota N` or `--quota FILE`: which quota each village of a register has, nothing guessed."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from fupin_rules.cli._arguments import whole_number
from fupin_rules.errors import Fault, RegisterError
from fupin_rules.registry import Quota

SHEETS = (".csv", ".xlsx")
# A village as decisions name it: township and name, either empty where it is not known.
Place = tuple[str, str]


def quota(text: str) -> int | Path:
    """Read a number for all, or the path of a sheet with one for each village."""
    path = Path(text)
    if path.suffix.lower() not in SHEETS:
        return whole_number(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"there is no file `{path.name}`")
    return path


def name_of(place: Place) -> str:
    """Name a village in a table: two townships may each have a village of one name."""
    return " ".join(place).strip() or "–"


def quotas_by_village(quotas: Sequence[Quota], places: Collection[Place]) -> Mapping[str, int]:
    """
    Give the quota of every village of a register, by the name that decisions give it.

    Raises:
        RegisterError: A village has no quota, or a row names one that stands in two townships; all are listed.
    """
    faults: list[Fault] = []
    by_place = {(each.township, each.village): each for each in quotas}
    found: dict[str, int] = {}
    for place in sorted(places):
        village = place[1]
        row = by_place.get(place) or by_place.get(("", village))
        if row is None:
            faults.append(_without(place, [each.village for each in unused(quotas, places)]))
        elif not row.township and sum(1 for _, name in places if name == village) > 1:
            what = f"`{village}` stands in several townships of the register"
            faults.append(Fault(row.where, what, "add a column `township`, and one row for each", "quota_township"))
        else:
            found[name_of(place)] = row.number
    if faults:
        raise RegisterError(dict.fromkeys(faults))
    return found


def _without(place: Place, left: Sequence[str]) -> Fault:
    if not place[1]:
        what = "some households name no village, so they have no quota"
        return Fault("--quota", what, "name their village in the register", "no_quota")
    # Half alike is enough, for names of two characters; only a row that is nobody else's can be meant.
    near = difflib.get_close_matches(place[1], left, 1, 0.5)
    mend = f"did you mean `{near[0]}`?" if near else "add a row; 0 where nobody can be taken"
    return Fault("--quota", f"there is none for `{name_of(place)}`", mend, "no_quota")


def unused(quotas: Sequence[Quota], places: Collection[Place]) -> Iterator[Quota]:
    """Give the rows that no household of the register is under."""
    names = {village for _, village in places}
    for each in quotas:
        if (each.township, each.village) not in places and (each.township or each.village not in names):
            yield each
