"""The forms of a pack as data: columns, templates, the folds of the summaries; filled ones read and written."""

from fupin_rules.registry.forms._book import write_forms, write_template
from fupin_rules.registry.forms._form import Fold, FoldSort, Form, FormColumn, FormRows, Forms, Key
from fupin_rules.registry.forms._load import load_forms
from fupin_rules.registry.forms._shapes import FORMS_OF_FORMS

__all__ = [
    "FORMS_OF_FORMS",
    "Fold",
    "FoldSort",
    "Form",
    "FormColumn",
    "FormRows",
    "Forms",
    "Key",
    "load_forms",
    "write_forms",
    "write_template",
]
