"""Households, villages or areas to frames, with one column for each fact of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs

from fupin_rules.columnar._columns import names_of
from fupin_rules.columnar._engines import demand_installed, narwhals
from fupin_rules.errors import Fault, LoweringError
from fupin_rules.model import AnySubject, Field, Household, Member, Sensitivity, Sort, catalogue, read_fact
from fupin_rules.truth import NotKnown

# What stands for a personal text that is known.
ENTERED = "entered"


@attrs.frozen(eq=False)
class Frames:
    """
    A register in frames.

    Attributes:
        subjects: One row each; the column `id`, then a column for each fact that is asked for, by its path.
        members: One row each; the columns `household_id` and `id`, then a column for each fact. None for villages and
            areas.
    """

    subjects: Any
    members: Any


def frames_of(subjects: Iterable[AnySubject], *, engine: str = "polars", cls: type[AnySubject] = Household) -> Frames:
    """
    Put subjects in frames that `assess_frame` takes.

    Amounts of yuan are whole fen, in columns named so; other numbers with decimal places are decimals. Of personal
    texts the frames say only that there is one.

    Args:
        subjects: Households, or subjects of the class named.
        engine: `polars` or `pyarrow`.
        cls: Their class, which tells the columns where there are none.

    Raises:
        LoweringError: The engine is another, or too old.
        MissingExtraError: It is not installed.

    >>> from fupin_rules.model import Household, Income
    >>> frames = frames_of([Household(id="1", income=Income(pension_yuan="600.50"))])
    >>> frames.subjects.select("id", "income.pension_fen").rows()
    [('1', 60050)]
    """
    if engine not in ("polars", "pyarrow"):
        raise LoweringError(Fault("engine", f"`{engine[:40]}` makes no frames", "give `polars` or `pyarrow`", "engine"))
    demand_installed(engine, "such frames need")
    held = list(subjects)
    known = catalogue(cls)
    frame = _frame({"id": [each.id for each in held]}, known.fields, held, engine)
    if not known.members:
        return Frames(frame, None)
    owners = [each for each in held if isinstance(each, Household)]
    roster = [(home.id, member) for home in owners for member in home.members]
    keys = {"household_id": [home for home, _ in roster], "id": [member.id for _, member in roster]}
    return Frames(frame, _frame(keys, known.members, [member for _, member in roster], engine))


def _frame(
    keys: Mapping[str, list[str]], fields: Mapping[str, Field], held: Sequence[AnySubject | Member], engine: str
) -> Any:
    layer = narwhals()
    data: dict[str, list[Any]] = dict(keys)
    schema = dict.fromkeys(keys, layer.String)
    for path, field in fields.items():
        name = names_of(field)[-1]
        data[name] = [_cell(read_fact(each, path), field, in_fen=name != path) for each in held]
        schema[name] = _type_of(field, in_fen=name != path)
    return layer.from_dict(data, schema, backend=engine).to_native()


def _type_of(field: Field, *, in_fen: bool) -> Any:
    layer, spec = narwhals(), field.spec
    match spec.sort:
        case Sort.FLAG:
            return layer.Boolean
        case Sort.NUMBER:
            return layer.Decimal(18, spec.places) if spec.places and not in_fen else layer.Int64
        case Sort.DAY:
            return layer.Date
        case Sort.CODES:
            return layer.List(layer.String)
        case _:
            return layer.String


def _cell(stored: Any, field: Field, *, in_fen: bool) -> Any:
    if stored is None or isinstance(stored, NotKnown):
        return None
    spec = field.spec
    match spec.sort:
        case Sort.NUMBER:
            assert isinstance(stored, Decimal)
            return int(stored * 100) if in_fen else stored if spec.places else int(stored)
        case Sort.CODE:
            return stored.value
        case Sort.CODES:
            return sorted(code.value for code in stored)
        case Sort.PRIVATE:
            return ENTERED
        case Sort.TEXT:
            return stored if spec.sensitivity is Sensitivity.NONE else ENTERED
        case _:
            return stored
