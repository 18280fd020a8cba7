"""Which dataframe engines there are, how old they may be, and what has to be done by their own means."""

from __future__ import annotations

import functools
import importlib.util
import re
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from fupin_rules.errors import Fault, LoweringError, MissingExtraError

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

# The oldest versions that the tests run with; what an older one does with "not known" nobody has looked at.
OLDEST: Final[Mapping[str, str]] = MappingProxyType(
    {"narwhals": "2.28", "polars": "1.20", "duckdb": "1.2", "pyarrow": "17", "pandas": "2.2", "pyspark": "3.5"}
)
ENGINES: Final = ", ".join(each for each in OLDEST if each != "narwhals")
_EXTRAS: Final = {"pyspark": "spark", "pyarrow": "pandas", "narwhals": "columnar"}


@functools.cache
def narwhals() -> Any:
    """
    Give the layer that speaks to all engines.

    Raises:
        MissingExtraError: It is not installed.
        LoweringError: It is too old.
    """
    try:
        import narwhals.stable.v2 as layer  # noqa: PLC0415  an extra
    except ImportError:
        raise missing_extra("narwhals", "frames need") from None
    demand("narwhals")
    return layer


def missing_extra(package: str, what: str) -> MissingExtraError:
    """Say which extra to install."""
    return MissingExtraError.of(_EXTRAS.get(package, package), f"{what} `{package}`")


def demand_installed(package: str, what: str) -> None:
    """
    Refuse an engine that is not there, and one that is too old.

    Raises:
        MissingExtraError: It is not installed.
        LoweringError: It is older than any that was tried.
    """
    if importlib.util.find_spec(package) is None:
        raise missing_extra(package, what)
    demand(package)


def demand(package: str) -> None:
    """
    Refuse an engine that is too old.

    Raises:
        LoweringError: It is older than any that was tried.
    """
    try:
        held = version(package)
    except PackageNotFoundError:
        return  # An engine that brings itself some other way tells nothing of its age.
    if _numbers(held) < _numbers(OLDEST[package]):
        what = f"is {held}, older than {OLDEST[package]}"
        raise LoweringError(Fault(f"`{package}`", what, f'pip install "{package}>={OLDEST[package]}"', "too_old"))


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text)[:2])


def engine_of(frame: nw.DataFrame[Any] | nw.LazyFrame[Any], where: str) -> str:
    """
    Name the package that does the work on a frame.

    Raises:
        LoweringError: It is none that was tried, or too old.
    """
    found = str(frame.implementation.value)
    if found not in OLDEST:
        raise LoweringError(Fault(where, f"is a frame of `{found}`", f"give one of: {ENGINES}", "engine"))
    demand(found)
    return found


def is_all_null(frame: Any, engine: str, name: str) -> bool:
    """Tell whether a column has the type of nothing, as engines give it where no value told them another."""
    native = narwhals().to_native(frame)
    match engine:
        case "polars":
            return str(native.collect_schema()[name]) == "Null"
        case "duckdb":
            return str(native.types[native.columns.index(name)]) == '"NULL"'
        case "pyspark":
            return str(native.schema[name].dataType) == "NullType()"
        case _:
            return str(native.schema.field(name).type) == "null"


def pandas_to_arrow(native: Any, wanted: Sequence[str], where: str) -> Any:
    """
    Take columns of a pandas frame, the key first, as an Arrow table in which null alone stands for what is not known.

    Classic object columns say False where nothing is known, and their `~` gives -2; so none of them is ever asked.

    Raises:
        LoweringError: A column holds values of more than one sort.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415  an extra
    except ImportError:
        raise missing_extra("pyarrow", "pandas frames need") from None
    demand("pyarrow")
    columns, faults = {}, []
    for name in wanted:
        try:
            column = pa.array(native[name], from_pandas=True)
            columns[name] = _whole(column, pa) if name == wanted[0] else _plain(column, pa)
        except (pa.ArrowException, ValueError, TypeError):
            what, mend = "holds values of several sorts", "give it one dtype, with `pd.NA` for what is not known"
            faults.append(Fault(f"{where}, column `{name}`", what, mend, "column_type"))
    if faults:
        raise LoweringError(faults)
    return pa.table(columns)


def _whole(column: Any, pa: Any) -> Any:
    """Pandas writes whole numbers as floats where one of them is not known; Arrow's cast refuses any that is broken."""
    return column.cast(pa.int64()) if pa.types.is_float64(column.type) else _plain(column, pa)


def _plain(column: Any, pa: Any) -> Any:
    """Pandas has no days but as times at midnight; a dictionary stands for the texts it lists."""
    if pa.types.is_timestamp(column.type) and column.type.tz is None:
        return column.cast(pa.date32())
    return column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column


def joined(left: Any, right: Any, key: str) -> Any:
    """
    Join a frame, of which each key stands once, to another that has the same key; rows without a partner stay.

    Arrow's own join moves every column of the left side and forgets its order; looking the rows up does neither.
    """
    if str(left.implementation.value) != "pyarrow":
        return left.join(right, on=key, how="left")
    import pyarrow.compute as pc  # noqa: PLC0415  an extra

    layer = narwhals()
    subjects, found = layer.to_native(left), layer.to_native(right)
    places = _places_in_order(subjects[key], found[key])
    if places is None:
        places = pc.index_in(subjects[key], value_set=found[key].combine_chunks())
    for name in found.column_names:
        if name != key:
            subjects = subjects.append_column(name, pc.take(found[name].combine_chunks(), places))
    return layer.from_native(subjects)


def numbered(frame: Any, codes: Mapping[str, Sequence[str]]) -> Any:
    """
    Put numbers in the place of codes, their places in a list; Arrow compares texts ten times slower than numbers.

    Args:
        frame: An Arrow table, by the layer that speaks to all engines.
        codes: By column, the list; what is not in it becomes null.
    """
    import pyarrow as pa  # noqa: PLC0415  an extra
    import pyarrow.compute as pc  # noqa: PLC0415  likewise

    layer = narwhals()
    table = layer.to_native(frame)
    for name, listed in codes.items():
        place, column = table.column_names.index(name), table[name]
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        table = table.set_column(place, name, pc.index_in(column, value_set=pa.array(listed, column.type)))
    return layer.from_native(table)


def folded(frame: Any, key: str, folds: Mapping[str, str]) -> Any:
    """
    Fold rows of one key into one, column by column.

    Args:
        frame: With a column of keys and the columns named in `folds`, which hold numbers.
        key: Name of the column of keys.
        folds: How each is folded: `min`, `max` or `sum`.
    """
    layer = narwhals()
    if str(frame.implementation.value) == "pyarrow":
        done = _folded_in_order(layer.to_native(frame), key, folds)
        if done is not None:
            return layer.from_native(done)
    asked = [getattr(layer.col(name), fold)() for name, fold in folds.items()]
    return frame.group_by(key, drop_null_keys=True).agg(*asked)


def _whole_numbers(column: Any) -> Any:
    """Give an Arrow column of whole numbers as an array, where NumPy is there to work on it; else None."""
    import pyarrow as pa  # noqa: PLC0415  an extra

    if find_spec("numpy") is None or not pa.types.is_integer(column.type) or column.null_count or not len(column):
        return None
    return column.to_numpy()


def _places_in_order(wanted: Any, found: Any) -> Any:
    """Look keys up among others that stand in order, which takes a fifth of the time; None where they do not."""
    import pyarrow as pa  # noqa: PLC0415  an extra

    keys, among = _whole_numbers(wanted), _whole_numbers(found)
    if keys is None or among is None or (among[1:] <= among[:-1]).any():
        return None
    places = among.searchsorted(keys).clip(max=len(among) - 1)
    return pa.array(places, mask=among[places] != keys)


def _folded_in_order(table: Any, key: str, folds: Mapping[str, str]) -> Any:
    """Fold an Arrow table whose whole-number keys stand in order, as a register's do; None where they do not."""
    keys = _whole_numbers(table[key])
    if keys is None or (keys[1:] < keys[:-1]).any() or any(table[name].null_count for name in folds):
        return None
    import numpy as np  # noqa: PLC0415  comes with pandas, and mostly with Arrow
    import pyarrow as pa  # noqa: PLC0415  an extra

    starts = np.concatenate(([0], np.flatnonzero(keys[1:] != keys[:-1]) + 1))
    reduce = {"min": np.minimum.reduceat, "max": np.maximum.reduceat, "sum": np.add.reduceat}
    columns = {name: reduce[fold](table[name].to_numpy(), starts) for name, fold in folds.items()}
    return pa.table({key: pa.array(keys[starts], table[key].type), **columns})


def quoted(name: str) -> str:
    """
    Write the name of a column in SQL, whatever it holds.

    >>> quoted('a"b')
    '"a""b"'
    """
    return '"' + name.replace('"', '""') + '"'


def arrow_to_pandas(table: Any) -> Any:
    """Give an Arrow table as a pandas frame in which what is not known stays so."""
    import pandas as pd  # noqa: PLC0415  the caller's own frame

    return table.to_pandas(types_mapper=pd.ArrowDtype)
