"""Which sheet is which: the layouts that are data first, then the forms, then what is derived from the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs

from fupin_rules.registry._layouts import Layout, derived_layouts, recognise, written_layouts
from fupin_rules.registry._tables import Sheet
from fupin_rules.registry.forms._form import Form, Forms
from fupin_rules.registry.forms._layout import form_of
from fupin_rules.registry.forms._load import default_forms

# Exports have two rows of titles above their headers.
TITLE_ROWS: Final = 4


@attrs.frozen
class Recognised:
    """
    A sheet of which it is known what it is.

    Attributes:
        sheet: From its header row on.
        layout: Which column holds what.
        form: The form it is of, if it is of one.
    """

    sheet: Sheet
    layout: Layout
    form: Form | None


def recognise_sheet(sheet: Sheet, forms: Forms | None) -> Recognised | None:
    """
    Tell what a sheet is by its headers, which stand in one of its first rows.

    Args:
        sheet: As it stands in its file.
        forms: The forms it may be of; those of `yucheng-2016` where there are none.

    Returns:
        The sheet from its header row on, with its layout; None when it is nothing that is known.
    """
    for above, headers in enumerate(sheet.rows[: TITLE_ROWS + 1]):
        found = _recognise(headers, default_forms() if forms is None else forms)
        if found is not None:
            form, layout = found
            return Recognised(Sheet(sheet.name, sheet.rows[above:], above), layout, form)
    return None


def _recognise(headers: Sequence[object], forms: Forms) -> tuple[Form | None, Layout] | None:
    found = recognise(headers, written_layouts())
    if found is not None:
        return None, found
    filled = form_of(headers, forms)
    if filled is not None:
        return filled
    found = recognise(headers, derived_layouts())
    return None if found is None else (None, found)
