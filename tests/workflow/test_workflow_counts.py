"""Counts that are compared with one another: what would help is found from what is seen of the others."""

from datetime import date

import pytest
from casework import bent

from fupin_rules.workflow import Accepted, Actor, Event, Evidence, Refused, step

VILLAGE = "371482102207"
DAY = date(2016, 1, 13)
# The meeting is a fraction of those entitled, and nobody votes who is not there: as the Yucheng procedure asks.
PROCEDURE = bent(
    {
        "and event.present * 3 >= event.entitled * 2\n": (
            "and event.present * 3 >= event.entitled * 2\n"
            "and event.present <= event.entitled\nand event.voted <= event.present\nand event.voted * 2 > event.present\n"
        ),
        '{ id = "entitled", kind = "number", low = 1, high = 10000,': (
            '{ id = "voted", kind = "number", low = 0, high = 10000, unit = "person", label = { zh = "赞成", en = "in favour" } },\n'
            '  { id = "entitled", kind = "number", low = 1, high = 10000,'
        ),
    }
)


def _digest(number: int) -> str:
    return f"hmac-sha256:{number:064x}"


def _meeting(**counts: int) -> Accepted | Refused:
    case = PROCEDURE.open(
        "H-1",
        Event(
            "1",
            "apply",
            Actor("h", "household", place=VILLAGE),
            {"consent": _digest(1)},
            (Evidence("form", _digest(2), DAY),),
        ),
        DAY,
    )
    assert isinstance(case, Accepted)
    visit = Event(
        "2",
        "survey",
        Actor("s", "surveyor", place=VILLAGE),
        {"at_home": True, "visited_on": DAY},
        (Evidence("photograph", _digest(3), DAY),),
    )
    case = step(PROCEDURE, case, visit, DAY)
    assert isinstance(case, Accepted), case
    evidence = (Evidence("minutes", _digest(4), DAY), Evidence("photograph", _digest(5), DAY))
    event = Event("3", "evaluate", Actor("a", "assembly", place=VILLAGE), {"outcome": "agreed", **counts}, evidence)
    met = step(PROCEDURE, case, event, DAY)
    assert isinstance(met, (Accepted, Refused))
    return met


@pytest.mark.parametrize(
    "counts",
    [
        {"entitled": 30, "present": 15, "voted": 14},
        {"entitled": 301, "present": 150, "voted": 140},
        {"entitled": 4000, "present": 2000, "voted": 1500},
    ],
)
def test_a_meeting_too_small_needs_a_larger_one_and_nothing_else(counts: dict[str, int]) -> None:
    met = _meeting(**counts)
    assert isinstance(met, Refused)
    assert [reason.wanted for reason in met.ways[0]] == ["event.present * 3 >= event.entitled * 2"]
    larger = _meeting(**counts | {"entitled": counts["present"]})
    assert isinstance(larger, Accepted)
