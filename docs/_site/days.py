"""Days in tables stay in one piece: browsers would break `2016-01-31` at its hyphens, and make three lines of it."""

import re

from docutils import nodes
from sphinx.application import Sphinx

DAY = re.compile(r"(\d{4}-\d\d-\d\d)")


def keep_days(_app: Sphinx, doctree: nodes.document) -> None:
    """Mark the days in the cells of tables."""
    for cell in doctree.findall(nodes.entry):
        for text in [each for each in cell.findall(nodes.Text) if DAY.search(each)]:
            if isinstance(text.parent, nodes.literal):
                continue
            parts = [part for part in DAY.split(text) if part]
            marked = (
                nodes.inline("", part, classes=["day"]) if DAY.fullmatch(part) else nodes.Text(part) for part in parts
            )
            text.parent.replace(text, list(marked))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("doctree-read", keep_days)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
