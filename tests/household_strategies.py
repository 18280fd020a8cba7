"""Households and villages for laws: any facts known or not, derived from the catalogue."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

import fupin_rules as fr
from fupin_rules.model import GROUPS, Field, Sort, all_facts, catalogue

NAMES = st.sampled_from(["甲", "乙", "丙", "丁"])
DAYS = st.dates(date(1925, 1, 1), date(2016, 12, 31))
WHYS = st.sampled_from([why for why in fr.Why if why is not fr.Why.ZERO_DIVISOR])


def known_values(field: Field) -> st.SearchStrategy[Any]:
    """Any value that a fact can have."""
    spec = field.spec
    match spec.sort:
        case Sort.FLAG:
            return st.booleans()
        case Sort.NUMBER:
            assert spec.low is not None
            assert spec.high is not None
            step = Decimal(1).scaleb(-spec.places)
            most = int((spec.high - spec.low) / step)
            around = [Decimal(each) for each in (0, 1, 2, 60, 340200, 680400, 680399, 680401) if each <= most]
            return st.one_of(st.sampled_from(around), st.integers(0, most).map(Decimal)).map(
                lambda steps: spec.low + steps * step  # type: ignore[operator]  # asserted above
            )
        case Sort.DAY:
            return DAYS
        case Sort.CODE:
            assert spec.code_list is not None
            return st.sampled_from(list(spec.code_list))
        case Sort.CODES:
            assert spec.code_list is not None
            return st.sets(st.sampled_from(list(spec.code_list)), max_size=spec.most or 3).map(tuple)
        case Sort.TEXT | Sort.PRIVATE:
            return NAMES


def facts(field: Field) -> st.SearchStrategy[Any]:
    """A value, not known, or not known with a reason."""
    return st.one_of(known_values(field), st.none(), WHYS.map(fr.NotKnown))


# What the rules of the shipped packs read: rare facts would drown the ones that matter.
_READ = (
    "hukou",
    "main_cause",
    "other_causes",
    "is_single_parent_family",
    "income_stable",
    "stated_member_count",
    "members_complete",
)


@st.composite
def members(draw: st.DrawFn, member_id: str = "1") -> fr.Member:
    """A member with some facts."""
    known = catalogue(fr.Household).members
    return fr.Member(id=member_id, **draw(st.fixed_dictionaries({}, optional={n: facts(f) for n, f in known.items()})))


@st.composite
def households(draw: st.DrawFn, max_members: int = 4) -> fr.Household:
    """A household with some facts; amounts are small enough for all sides of a line to come up."""
    known = catalogue(fr.Household).fields
    size = draw(st.integers(0, max_members))
    groups: dict[str, Any] = {}
    for name, cls in GROUPS.items():
        fields = {path.partition(".")[2]: field for path, field in known.items() if path.startswith(f"{name}.")}
        groups[name] = cls(**draw(st.fixed_dictionaries({}, optional={n: facts(f) for n, f in fields.items()})))
    flat = {path: facts(known[path]) for path in _READ}
    return fr.Household(
        id="h",
        members=tuple(draw(members(str(number))) for number in range(1, size + 1)),
        **groups,
        **draw(st.fixed_dictionaries({}, optional=flat)),
    )


@st.composite
def settled_incomes(draw: st.DrawFn) -> fr.Income:
    """An income of which every part is known and near the line."""
    amounts = st.integers(0, 900_000).map(lambda fen: Decimal(fen) / 100)
    names = [n for n in fr.Income.__annotations__ if not n.startswith("stated")]
    return fr.Income(**{name: draw(amounts) for name in names})


@st.composite
def nearly_known_households(draw: st.DrawFn, most_unknown: int = 6) -> fr.Household:
    """A household that the rules of `yucheng-2016` know all of, but for a few facts."""
    home = fr.Household(
        id="h",
        members_complete=True,
        members=tuple(
            fr.Member(
                id=str(number),
                **{
                    name: draw(known_values(field))
                    for name, field in catalogue(fr.Household).members.items()
                    if field.spec.sort in (Sort.FLAG, Sort.CODE, Sort.CODES, Sort.DAY)
                },
            )
            for number in range(1, draw(st.integers(1, 3)) + 1)
        ),
        income=draw(settled_incomes()),
        living=fr.Living(**_all_flags(draw, "living.")),
        assets=fr.Assets(**_all_flags(draw, "assets.", rare=True)),
        hukou=draw(st.sampled_from(["rural", "rural", "urban"])),
        is_single_parent_family=draw(st.booleans()),
        income_stable=draw(st.booleans()),
    )
    paths = [path for path, value in sorted(_known(home).items())]
    for path in draw(st.lists(st.sampled_from(paths), max_size=most_unknown, unique=True)):
        home = fr.with_fact(home, path, None)
    return home


def _all_flags(draw: st.DrawFn, prefix: str, *, rare: bool = False) -> dict[str, Any]:
    often = st.sampled_from([False] * 7 + [True]) if rare else st.booleans()
    return {
        path.removeprefix(prefix): draw(often if field.spec.sort is Sort.FLAG else known_values(field))
        for path, field in catalogue(fr.Household).fields.items()
        if path.startswith(prefix) and field.spec.sort in (Sort.FLAG, Sort.CODE)
    }


def _known(home: fr.Household) -> dict[str, Any]:
    return {path: value for path, value in all_facts(home) if value is not None}
