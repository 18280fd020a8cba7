"""The plain forms of casework: procedures, entries of journals, and what is answered about a case."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from fupin_rules.shapes import Form, forms
from fupin_rules.workflow.case._shapes import FORMS_OF_CASES
from fupin_rules.workflow.procedure._shapes import FORMS_OF_PROCEDURES
from fupin_rules.workflow.versions._shapes import FORMS_OF_VERSIONS


@functools.cache
def plain_forms() -> Mapping[str, Form]:
    """Give the plain forms of casework by name."""
    return forms(*FORMS_OF_PROCEDURES.values(), *FORMS_OF_CASES.values(), *FORMS_OF_VERSIONS.values())
