"""Names of the pages of a workbook: what a spreadsheet takes, and no two alike."""

from __future__ import annotations

MAX_NAME = 31
_REFUSED = set("[]:*?/\\'")


def page_name(wanted: str, taken: set[str]) -> str:
    """
    Give a page a name that a spreadsheet takes and no other page has.

    Args:
        wanted: What it is to be called.
        taken: Names of the other pages, folded; added to.

    >>> taken = set()
    >>> page_name("a/b", taken), page_name("A_b", taken)
    ('a_b', 'A_b_2')
    """
    base = "".join("_" if each in _REFUSED else each for each in wanted)[:MAX_NAME] or "Sheet"
    found, again = base, 1
    while found.casefold() in taken:
        again += 1
        found = f"{base[: MAX_NAME - len(str(again)) - 1]}_{again}"
    taken.add(found.casefold())
    return found
