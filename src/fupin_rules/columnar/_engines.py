"""Which dataframe engines there are, how old they may be, and what has to be done by their own means."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from fupin_rules.errors import Fault, LoweringError, MissingExtraError

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

# The oldest versions that the tests run with; what an older one does with "not known" nobody has looked at.
OLDEST: Final[Mapping[str, str]] = MappingProxyType(
    {"narwhals": "2.10", "polars": "1.20", "duckdb": "1.2", "pyarrow": "17", "pandas": "2.2", "pyspark": "3.5"}
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
    extra = _EXTRAS.get(package, package)
    return MissingExtraError(Fault("", f"{what} `{package}`", f'pip install "fupin-rules[{extra}]"', "extra"))


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
    places = pc.index_in(subjects[key], value_set=found[key].combine_chunks())
    for name in found.column_names:
        if name != key:
            subjects = subjects.append_column(name, pc.take(found[name].combine_chunks(), places))
    return layer.from_native(subjects)


def arrow_to_pandas(table: Any) -> Any:
    """Give an Arrow table as a pandas frame in which what is not known stays so."""
    import pandas as pd  # noqa: PLC0415  the caller's own frame

    return table.to_pandas(types_mapper=pd.ArrowDtype)
