"""
The door: columns of the caller's frame, found by the catalogue's paths, to columns that rules can be lowered on.

Numbers become whole ones of their smallest unit, and floats are taken at their shortest decimal form here and nowhere
else. What the model would refuse of one household (a number out of its bounds, a code of no list) counts as not known.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import attrs

from fupin_rules.columnar._engines import ENGINES, engine_of, is_all_null, narwhals, numbered, pandas_to_arrow, quoted
from fupin_rules.columnar._kleene import among, only_where
from fupin_rules.errors import Fault, LoweringError
from fupin_rules.model import Field, FieldSpec, Sort
from fupin_rules.periods import FIRST_DAY, LAST_DAY

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

KEY: Final = "key"
KEPT: Final = "kept"
_GIVEN: Final = "given_key"
_ALIKE: Final = "key as it is compared"
# Paths are long and alike: nearer than this, it is a slip of the pen and no other fact.
_NEAR: Final = 0.9
# What Python strips: engines strip fewer, and in Chinese texts the full-width one is common.
_BLANKS: Final = "".join(character for character in map(chr, range(0x3001)) if character.isspace())
# Digits that are enough for any amount within its bounds; products of longer decimals overflow in Arrow.
_DIGITS: Final = 18
_WORDS: Final = {
    Sort.FLAG: "true or false",
    Sort.NUMBER: "whole numbers, decimals or 64-bit floats",
    Sort.DAY: "dates",
    Sort.CODE: "texts",
    Sort.CODES: "lists of texts, or texts with commas between the codes",
    Sort.TEXT: "texts",
    Sort.PRIVATE: "texts",
}


@attrs.frozen(eq=False)
class Side:
    """
    One frame behind the door.

    Attributes:
        engine: Package that does the work.
        frame: With the column `key`, and one column for each fact that is read.
        columns: Name of the column behind the door, by path of the fact, and by path and part where something of it is
            asked apart.
        given_key: Name of the column that holds the key as the caller gave it.
    """

    engine: str
    frame: Any
    columns: Mapping[str | tuple[str, str], str]
    given_key: str = KEY


def names_of(field: Field) -> tuple[str, ...]:
    """
    Give the names that a fact's column may have: its path, and for an amount of yuan the same in fen.

    >>> from fupin_rules.model import Household, catalogue
    >>> names_of(catalogue(Household).fields["income.pension_yuan"])
    ('income.pension_yuan', 'income.pension_fen')
    """
    path = field.path
    in_fen = field.spec.sort is Sort.NUMBER and field.spec.places == 2 and path.endswith("_yuan")
    return (path, f"{path.removesuffix('_yuan')}_fen") if in_fen else (path,)


@attrs.frozen(eq=False)
class Found:
    """
    The columns of a caller's frame that rules read, before they are taken through the door.

    Attributes:
        where: What the frame is called in errors.
        engine: Package that does the work.
        frame: The frame, by the layer that speaks to all engines.
        given_key: Name of the key column, as the frame has it now.
        key: Name of the column that holds it as it is compared: 64-bit whole numbers, or texts.
        columns: For each fact that the frame holds: the name before the door, and as the frame has it now.
        kept: Name of a column that goes through the door as it is; empty for none.
    """

    where: str
    engine: str
    frame: Any
    given_key: str
    key: str
    columns: Mapping[str, tuple[str, str]]
    kept: str = ""


def find_columns(
    native: object, where: str, *, key: str, fields: Mapping[str, Field], absent: Collection[str], keep: str = ""
) -> Found:
    """
    Find the columns of a caller's frame.

    Args:
        native: A frame of any engine.
        where: What it is called in errors.
        key: Name of its key column.
        fields: Facts that are read, by path.
        absent: Paths of facts that the frame does not hold; they are not known of anybody.
        keep: Name of a column that goes through the door as it is; empty for none.

    Raises:
        LoweringError: It is no frame, its engine is too old or was never tried, columns are missing, all at once, or
            the key is neither whole numbers nor texts.
    """
    layer = narwhals()
    try:
        frame = layer.from_native(native)
    except TypeError:
        what = f"is no frame, but `{type(native).__name__}`"
        raise LoweringError(Fault(where, what, f"give one of: {ENGINES}", "no_frame")) from None
    engine = engine_of(frame, where)
    names = frame.collect_schema().names()
    found = {path: [name for name in names_of(field) if name in names] for path, field in fields.items()}
    faults = list(_missing(where, names, key, found, absent))
    if keep and keep not in names:
        faults.append(Fault(f"{where}, column `{keep}`", "is missing", "name a column that is there", "no_column"))
    if faults:
        raise LoweringError(faults)
    held = {path: name[0] for path, name in found.items() if name}
    wanted = [key, *([keep] if keep else ()), *held.values()]
    frame, renamed = _by_own_means(native, frame, engine, wanted, where)
    columns = {path: (name, renamed[name]) for path, name in held.items()}
    return Found(
        where,
        engine,
        *_with_key(frame, engine, renamed[key], f"{where}, column `{key}`"),
        columns,
        renamed.get(keep, ""),
    )


def _with_key(frame: Any, engine: str, key: str, where: str) -> tuple[Any, str, str]:
    """Add the key in the one type of its kind, in which it is compared with that of another frame."""
    layer = narwhals()
    if is_all_null(frame, engine, key):
        return frame, key, key
    dtype, column = frame.collect_schema()[key], layer.col(key)
    if dtype in (layer.String, layer.Categorical, layer.Enum):
        # Of Arrow's two kinds of text only one can be seen here, and they do not join.
        same = dtype == layer.String and engine not in ("pyarrow", "pandas")
        return (frame, key, key) if same else (frame.with_columns(column.cast(layer.String).alias(_ALIKE)), key, _ALIKE)
    if not dtype.is_integer():
        mend = "give whole numbers or texts"
        raise LoweringError(Fault(where, f"holds {str(dtype).lower()}", mend, "column_type"))
    same = not _fits(dtype)
    return (frame, key, key) if same else (frame.with_columns(column.cast(layer.Int64).alias(_ALIKE)), key, _ALIKE)


def with_keys_alike(found: Found, roster: Found, *, key: str, member_key: str) -> tuple[Found, Found]:
    """
    Make sure that the keys of two frames can be compared.

    Raises:
        LoweringError: One holds numbers and the other texts.
    """
    frames = (found, roster)
    types = [
        None if is_all_null(each.frame, each.engine, each.key) else each.frame.collect_schema()[each.key]
        for each in frames
    ]
    told = [each for each in types if each is not None]
    if len(set(told)) > 1:
        what = f"holds {str(told[1]).lower()}, and `{key}` of {found.where} {str(told[0]).lower()}"
        mend = "give both as 64-bit whole numbers, or both as texts"
        raise LoweringError(Fault(f"{roster.where}, column `{member_key}`", what, mend, "column_type"))
    layer = narwhals()
    one = told[0] if told else layer.String
    found, roster = (
        attrs.evolve(each, frame=each.frame.with_columns(layer.lit(None).cast(one).alias(each.key)))
        if held is None
        else each
        for each, held in zip(frames, types, strict=True)
    )
    return found, roster


def taken_in(found: Found, fields: Mapping[str, Field], *, checked: bool) -> dict[str, nw.Expr]:
    """
    Give the columns as rules read them, by path; those that the frame does not hold, or holds nothing in, are left out.

    Args:
        found: The columns.
        fields: Facts that are read, by path.
        checked: Whether values out of their bounds, or in no list, are taken for not known; else nobody looks.

    Raises:
        LoweringError: Columns are of types that their facts cannot have, all at once.
    """
    layer = narwhals()
    schema = found.frame.collect_schema()
    columns, faults = {}, []
    for path, (name, plain) in found.columns.items():
        if is_all_null(found.frame, found.engine, plain):
            continue
        spec = fields[path].spec
        taken = _taken(layer.col(plain), schema[plain], spec, checked=checked, in_fen=name != path)
        if isinstance(taken, str):
            faults.append(Fault(f"{found.where}, column `{name}`", taken, f"give {_WORDS[spec.sort]}", "column_type"))
        else:
            columns[path] = taken
    if faults:
        raise LoweringError(faults)
    return columns


def open_frame(
    found: Found,
    fields: Mapping[str, Field],
    parts: Mapping[str, Sequence[str]],
    on: date,
    *,
    checked: bool,
    with_numbers: bool,
    prefix: str,
) -> Side:
    """
    Take a caller's frame through the door.

    Args:
        found: Its columns.
        fields: Facts that are read, by path.
        parts: What is asked of facts apart: codes that are looked for where there are several; of a day, whether it is
            no later than the assessment.
        on: Day of the assessment.
        checked: Whether values out of their bounds, or in no list, are taken for not known; else nobody looks.
        with_numbers: Whether codes are to be numbers, their places in the sorted list; for Arrow alone.
        prefix: First letter of the names behind the door.

    Raises:
        LoweringError: Columns are of types that their facts cannot have, all at once.
    """
    layer = narwhals()
    taken, frame = taken_in(found, fields, checked=checked), found.frame
    if with_numbers:
        coded = {path: found.columns[path][1] for path in taken if fields[path].spec.sort is Sort.CODE}
        lists = {name: sorted(code.value for code in fields[path].spec.code_list or ()) for path, name in coded.items()}
        frame = numbered(frame, lists)
        taken |= {path: layer.col(name) for path, name in coded.items()}
    chosen = [layer.col(found.key).alias(KEY)]
    if found.given_key != found.key:
        chosen.append(layer.col(found.given_key).alias(_GIVEN))
    if found.kept:
        chosen.append(layer.col(found.kept).alias(KEPT))
    columns: dict[str | tuple[str, str], str] = {}

    def add(of: str | tuple[str, str], column: nw.Expr) -> None:
        columns[of] = f"{prefix}{len(columns)}"
        chosen.append(column.alias(columns[of]))

    for path, field in fields.items():
        column = taken.get(path)
        if column is None:
            # Of a text it is always known whether there is one.
            nothing = False if field.spec.sort in (Sort.TEXT, Sort.PRIVATE) else None
            column = layer.lit(nothing).cast(_type_of(field.spec, with_numbers=with_numbers))
            for part in parts.get(path, ()):
                add((path, part), column)
        elif field.spec.sort is Sort.CODES:
            for code in parts.get(path, ()):
                add((path, code), column.list.contains(code))
            # Of several codes, rules see no more than that there are some.
            column = only_where(~column.is_null(), True)
        else:
            for part in parts.get(path, ()):
                add((path, part), only_where(column <= on, column))
        add(path, column)
    return Side(found.engine, frame.select(*chosen), columns, KEY if found.given_key == found.key else _GIVEN)


def _missing(
    where: str,
    names: Sequence[str],
    key: str,
    found: Mapping[str, Sequence[str]],
    absent: Collection[str],
) -> Iterable[Fault]:
    if key not in names:
        yield Fault(f"{where}, column `{key}`", "is missing", "name the column that tells households apart", "no_key")
    for path, either in found.items():
        if len(either) > 1:
            what = f"and `{either[1]}` are there both"
            yield Fault(f"{where}, column `{either[0]}`", what, "keep one of the two", "column_twice")
        if not either and path not in absent:
            near = difflib.get_close_matches(path, names, 1, cutoff=_NEAR)
            hint = f"there is `{near[0]}`; " if near else ""
            mend = f"{hint}add it, or name it in `absent` (`--absent`) where the register does not hold it"
            yield Fault(f"{where}, column `{path}`", "is missing", mend, "no_column")


def _by_own_means(
    native: Any, frame: Any, engine: str, wanted: Sequence[str], where: str
) -> tuple[Any, Mapping[str, str]]:
    """Bring a frame to where all engines are alike: Arrow for pandas, and names without dots for Spark and DuckDB."""
    layer = narwhals()
    same = {name: name for name in wanted}
    if engine == "pandas":
        return layer.from_native(pandas_to_arrow(native, list(dict.fromkeys(wanted)), where)), same
    if engine == "pyspark":
        columns = native.columns
        plain = {name: f"c{place}" for place, name in enumerate(columns)}
        return layer.from_native(native.toDF(*plain.values())), {name: plain[name] for name in wanted}
    if engine == "duckdb":
        plain = {name: f"c{place}" for place, name in enumerate(dict.fromkeys(wanted))}
        return layer.from_native(
            native.project(", ".join(f"{quoted(name)} AS {new}" for name, new in plain.items()))
        ), plain
    if engine == "polars":
        return frame.lazy(), same
    return frame, same


def _type_of(spec: FieldSpec, *, with_numbers: bool) -> Any:
    layer = narwhals()
    types = {
        Sort.FLAG: layer.Boolean,
        Sort.NUMBER: layer.Int64,
        Sort.DAY: layer.Date,
        Sort.CODE: layer.Int32 if with_numbers else layer.String,
        Sort.CODES: layer.Boolean,
        Sort.TEXT: layer.Boolean,
        Sort.PRIVATE: layer.Boolean,
    }
    return types[spec.sort]


def _taken(column: nw.Expr, dtype: Any, spec: FieldSpec, *, checked: bool, in_fen: bool) -> nw.Expr | str:
    """Give a column as rules read it, or say what it holds that the fact cannot be."""
    layer = narwhals()
    is_text = dtype in (layer.String, layer.Categorical, layer.Enum)
    wrong = f"holds {str(dtype).lower()}"
    match spec.sort:
        case Sort.FLAG:
            return column if dtype == layer.Boolean else wrong
        case Sort.NUMBER:
            number = _number(column, dtype, spec, checked=checked, in_fen=in_fen)
            return wrong if number is None else number
        case Sort.DAY:
            if dtype == layer.Datetime and dtype.time_zone is None:
                column = column.cast(layer.Date)
            elif dtype != layer.Date:
                return wrong
            return only_where(column.is_between(FIRST_DAY, LAST_DAY), column) if checked else column
        case Sort.CODE:
            if not is_text:
                return wrong
            assert spec.code_list is not None
            column = column if dtype == layer.String else column.cast(layer.String)
            listed = [code.value for code in spec.code_list]
            return only_where(among(column, listed), column) if checked else column
        case Sort.CODES:
            if dtype == layer.String:
                column = column.str.split(",")
            elif not (dtype == layer.List and dtype.inner == layer.String):
                return wrong
            return only_where(_all_listed(column, spec), column) if checked else column
        case Sort.TEXT | Sort.PRIVATE:
            # Rules never see a free or private text, only that there is one.
            if not is_text:
                return wrong
            return (column.cast(layer.String).str.strip_chars(_BLANKS) != "").fill_null(value=False)


def _all_listed(column: nw.Expr, spec: FieldSpec) -> nw.Expr:
    """Tell whether all of several codes are in their list, each there once, and no more than the fact can have."""
    assert spec.code_list is not None
    layer = narwhals()
    count = column.list.len().cast(layer.Int64)
    known: nw.Expr = layer.sum_horizontal(
        *(column.list.contains(code.value).cast(layer.Int64) for code in spec.code_list)
    )
    return known == count if spec.most is None else (known == count) & (count <= spec.most)


def _fits(dtype: Any) -> bool:
    """Tell whether every whole number of a type is one of 64 bits with a sign."""
    layer = narwhals()
    return dtype not in (layer.UInt64, layer.UInt128, layer.Int128)


def _number(column: nw.Expr, dtype: Any, spec: FieldSpec, *, checked: bool, in_fen: bool) -> nw.Expr | None:
    layer = narwhals()
    scale = 10**spec.places
    assert spec.low is not None and spec.high is not None
    low, high = int(spec.low * scale), int(spec.high * scale)
    if dtype.is_integer():
        unit = scale if in_fen else 1
        least, most = -(-low // (scale // unit)), high // (scale // unit)
        if checked and not _fits(dtype):
            # What is too large for the cast is out of bounds.
            column = _within(column, max(least, 0) if dtype.is_unsigned_integer() else least, most, dtype)
        whole = column if dtype == layer.Int64 else column.cast(layer.Int64)
        kept = only_where(whole.is_between(least, most), whole) if checked else whole
        return kept if unit == scale else kept * scale
    if dtype.is_decimal() and not in_fen:
        if dtype.scale > spec.places:
            return None
        if dtype.precision > _DIGITS:
            short = layer.Decimal(_DIGITS, dtype.scale)
            column = _within(column, spec.low, spec.high, dtype) if checked else column
            column = column.cast(short)
        whole = (column * Decimal(scale)).cast(layer.Int64)
        return only_where(whole.is_between(low, high), whole) if checked else whole
    if dtype == layer.Float64:
        # A float is what a person typed where its nearest amount to the place gives the same float; the bounds leave
        # out infinities, and what is no number.
        unit = 1 if in_fen else scale
        nearest = (column * float(unit)).round(0)
        # Polars divides by a constant as it multiplies by its inverse, which gives another float for one in eight; so
        # the divisor is a column here.
        typed = column.is_between(low / unit, high / unit) & (nearest / (nearest * 0.0 + float(unit)) == column)
        return only_where(typed, nearest).cast(layer.Int64)
    return None


def _within(column: nw.Expr, least: Any, most: Any, dtype: Any) -> nw.Expr:
    layer = narwhals()
    return only_where(column.is_between(layer.lit(least).cast(dtype), layer.lit(most).cast(dtype)), column)
