"""Each notebook of the site can be had as a file for Jupyter, beside its page; the page says so below its title."""

import json
import re
from pathlib import Path

from docutils import nodes
from myst_nb.core.read import read_myst_markdown_notebook
from sphinx.application import Sphinx

FOLDER = "notebooks"
LINK = re.compile(r"(\]\([^)\s:]+)\.md(?=[#)])")


def is_notebook(document: str) -> bool:
    """Tell whether a document is one."""
    return document.startswith(f"{FOLDER}/") and document != f"{FOLDER}/index"


def offer(app: Sphinx, doctree: nodes.document) -> None:
    """Put the link to the file below the title."""
    document = app.env.current_document.docname
    title = next(iter(doctree.findall(nodes.title)), None)
    if not is_notebook(document) or title is None:
        return
    file = document.rpartition("/")[2] + ".ipynb"
    link = nodes.reference("", "", nodes.literal("", file), refuri=file, internal=True)
    line = nodes.paragraph("", "Open it in Jupyter · 在 Jupyter 中打开：", link, classes=["notebook-file"])
    title.parent.insert(title.parent.index(title) + 1, line)


def write_notebooks(app: Sphinx, error: Exception | None) -> None:
    """Write what a reader opens in Jupyter, without outputs; links lead to the pages beside it."""
    if error is not None or app.builder.format != "html":
        return
    for document in filter(is_notebook, app.env.found_docs):
        text = Path(app.env.doc2path(document)).read_text(encoding="utf-8")
        notebook = read_myst_markdown_notebook(text)
        for number, cell in enumerate(notebook.cells, start=1):
            cell["id"] = f"cell-{number}"  # else another one at every build
            if cell.cell_type == "markdown":
                cell.source = LINK.sub(r"\1.html", cell.source)
        (Path(app.outdir) / f"{document}.ipynb").write_text(
            json.dumps(notebook, ensure_ascii=False, indent=1), encoding="utf-8"
        )


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("doctree-read", offer)
    app.connect("build-finished", write_notebooks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
