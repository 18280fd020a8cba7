"""
How Sphinx makes the documentation site; `nox -s site` runs it.

What this file promises: the site opens from a disk without a network, for no page asks anything of another place.
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # `_site` holds the parts that Sphinx does not have

project = "fupin_rules"
author = "the authors of fupin_rules"
language = "en"
html_title = "fupin_rules"
html_show_copyright = False
html_show_sourcelink = False
html_copy_source = False

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.napoleon",
    "_site.public_names",
    "_site.two_languages",
    "_site.days",
    "_site.notebooks",
]
exclude_patterns = ["_site", "**/.ipynb_checkpoints"]

# -- pages -----------------------------------------------------------------------------------------------------------

myst_heading_anchors = 4  # headings are named as the links on a forge name them
myst_enable_extensions = ["attrs_block"]
suppress_warnings = [
    "myst.header"
]  # the drawn pages have a level below each pack and procedure, and not always one between

# -- notebooks: executed at every build, and a cell that fails fails the build -----------------------------------------

nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 60
nb_merge_streams = True
nb_ipywidgets_js: dict[str, dict[str, str]] = {}  # else a page asks a content network for its scripts

# -- the reference from docstrings -------------------------------------------------------------------------------------

autodoc_default_options = {"members": True}
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
autodoc_type_aliases = {
    name: f"fupin_rules.{room}.{name}"
    for room, names in {
        "truth": "Truth",
        "model": "AnySubject",
        "expr": "Expr Value LiteralValue",
        "policy": "ParameterValue Tally",
        "engine": "FactValues",
        "workflow": "Effect Result",
    }.items()
    for name in names.split()
}
autosummary_generate = False
napoleon_numpy_docstring = False
napoleon_use_ivar = True
napoleon_custom_sections = ["Source"]
python_maximum_signature_line_length = 88
python_use_unqualified_type_names = True
toc_object_entries_show_parents = "hide"
add_module_names = False
default_role = "name"  # single backticks in docstrings: a link where it is a public name, code where it is not

# -- what it looks like ------------------------------------------------------------------------------------------------

html_theme = "furo"
pygments_dark_style = "github-dark"
html_static_path = ["_site/static"]
html_css_files = ["site.css"]
html_js_files = ["site.js"]
html_search_language = "en"
FONTS = (
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", '
    "sans-serif"
)
MONO = 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace'
html_theme_options = {
    "light_css_variables": {"font-stack": FONTS, "font-stack--monospace": MONO},
}
