"""
Components as FastAPI takes them: models that validate nothing, each with the schema that is ours.

FastAPI puts into its document what it finds as a model at some route, and nothing else; a model that stands for another
schema is how a router brings components of its own into the document of any service that takes it in.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, Final

from fupin_rules.web._components import PREFIX, Schema, components

# The endpoint that every service has: its model brings the components that no answer is made of.
BEARER: Final = "Policies"


@functools.cache
def models() -> Mapping[str, type]:
    """Give a model for each component, by name without the prefix; always the same, so that two routers share them."""
    made = {name: _model(name, schema, {}) for name, schema in components().items() if name != BEARER}
    made[BEARER] = _model(BEARER, components()[BEARER], made)
    return made


def _model(name: str, schema: Schema, brings: Mapping[str, type]) -> type:
    import pydantic  # noqa: PLC0415  comes with the extra

    def described(_: Any, core_schema: Any, handler: Any) -> Any:
        # Asked for its own schema first, it is entered among the definitions, with all that it brings.
        held = handler.resolve_ref_schema(handler(core_schema))
        held.clear()
        held.update(schema)
        return held

    members: dict[str, Any] = {
        "__module__": __name__,
        "__annotations__": {key.lower(): model for key, model in brings.items()},
        "__get_pydantic_json_schema__": classmethod(described),
    }
    return type(PREFIX + name, (pydantic.BaseModel,), members)
