"""What a register in a frame holds that no household could: counted, so that nothing is dropped in silence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

import attrs

from fupin_rules.columnar._columns import Found, find_columns, taken_in, with_keys_alike
from fupin_rules.columnar._engines import narwhals
from fupin_rules.model import MAX_MEMBERS, Field, catalogue
from fupin_rules.policy import SUBJECT_CLASSES, Subject

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "no_key": ("没有编号的行，不对应任何对象", "rows without a key, which are of nobody"),
    "same_key": ("编号与别的行相同的行", "rows with the key of another row"),
    "no_household": ("成员所属的户不在名册中", "members of households that are not in the register"),
    "too_many": (f"成员多于{MAX_MEMBERS}人的户", f"households of more than {MAX_MEMBERS} members"),
    "value": ("超出范围或不在代码表中的值，按未知处理", "values out of bounds or in no list, taken for not known"),
}


@attrs.frozen
class FrameFinding:
    """
    Something that a register holds and that no household could.

    Attributes:
        frame: `households`, `villages`, `areas` or `members`.
        column: The column.
        code: `no_key`, `same_key`, `no_household`, `too_many` or `value`.
        count: How many rows, members, households or values.
    """

    frame: str
    column: str
    code: str
    count: int

    def words(self, language: str) -> str:
        """Say it for a person, in `zh` or `en`."""
        zh, en = _WORDS[self.code]
        if language == "zh":
            return f"{self.frame}，列“{self.column}”：{self.count} × {zh}"
        return f"{self.frame}, column `{self.column}`: {self.count} × {en}"


def check_frame(
    subjects: Any,
    *,
    members: Any = None,
    about: Subject | str = Subject.HOUSEHOLD,
    columns: Collection[str] | None = None,
    key: str = "id",
    member_key: str = "household_id",
) -> tuple[FrameFinding, ...]:
    """
    Count what a register in frames holds and no household could: doubled keys, strangers, values out of bounds.

    Args:
        subjects: A frame as `assess_frame` takes it.
        members: For households: the frame of members, of the same engine.
        about: Whom it holds.
        columns: Paths of the facts to look at; left out, all that the frames hold.
        key: Column that tells subjects apart.
        member_key: Column of the members' frame that tells whose they are.

    Returns:
        What was found, if anything.

    Raises:
        LoweringError: A frame is none that was tried, lacks its key, or has a column of a wrong type.

    >>> import polars as pl
    >>> homes = pl.DataFrame({"id": [1, 2, 2], "stated_member_count": [3, 999, None]})
    >>> for each in check_frame(homes):
    ...     print(each.words("en"))
    households, column `id`: 1 × rows with the key of another row
    households, column `stated_member_count`: 1 × values out of bounds or in no list, taken for not known
    """
    about = Subject(about)
    known = catalogue(SUBJECT_CLASSES[about])
    found = _found(subjects, f"{about}s", key, known.fields, columns)
    roster = None if members is None else _found(members, "members", member_key, known.members, columns)
    if roster is not None:
        found, roster = with_keys_alike(found, roster, key=key, member_key=member_key)
    findings = [*_keys(found, key, doubles=True), *_values(found, known.fields)]
    if roster is not None:
        findings += [
            *_keys(roster, member_key),
            *_strangers(found, roster, member_key),
            *_values(roster, known.members),
        ]
    return tuple(each for each in findings if each.count)


def _found(native: Any, where: str, key: str, fields: Mapping[str, Field], columns: Collection[str] | None) -> Found:
    asked = {path: field for path, field in fields.items() if columns is None or path in columns}
    return find_columns(native, where, key=key, fields=asked, absent=asked)


def _one_row(frame: Any, **values: Any) -> dict[str, int]:
    """Work out sums over a frame: one row, whatever the engine."""
    layer = narwhals()
    row = frame.select(**values)
    row = row.collect() if isinstance(row, layer.LazyFrame) else row
    return {name: int(row[name].to_list()[0] or 0) for name in values}


def _keys(found: Found, key: str, *, doubles: bool = False) -> Iterator[FrameFinding]:
    layer = narwhals()
    column = layer.col(found.key)
    counted = _one_row(found.frame, rows=layer.len(), known=column.count(), apart=column.n_unique())
    without = counted["rows"] - counted["known"]
    yield FrameFinding(found.where, key, "no_key", without)
    if doubles:
        # Engines count null as one more.
        yield FrameFinding(found.where, key, "same_key", counted["known"] - counted["apart"] + bool(without))


def _strangers(found: Found, roster: Found, key: str) -> Iterator[FrameFinding]:
    layer = narwhals()
    sizes = roster.frame.group_by(roster.key, drop_null_keys=True).agg(layer.len().alias("size"))
    large = (layer.col("size") > MAX_MEMBERS).cast(layer.Int64).sum()
    yield FrameFinding(roster.where, key, "too_many", _one_row(sizes, large=large)["large"])
    homes = found.frame.select(found.key)
    alone = sizes.join(homes, left_on=roster.key, right_on=found.key, how="anti")
    yield FrameFinding(roster.where, key, "no_household", _one_row(alone, alone=layer.col("size").sum())["alone"])


def _values(found: Found, fields: Mapping[str, Field]) -> Iterator[FrameFinding]:
    layer = narwhals()
    asked = {path: fields[path] for path in found.columns}
    taken = taken_in(found, asked, checked=True)
    refused = {
        f"v{place}": (~layer.col(found.columns[path][1]).is_null() & column.is_null()).cast(layer.Int64).sum()
        for place, (path, column) in enumerate(taken.items())
    }
    if refused:
        counted = _one_row(found.frame, **refused)
        for place, path in enumerate(taken):
            yield FrameFinding(found.where, found.columns[path][0], "value", counted[f"v{place}"])
