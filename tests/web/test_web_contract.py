"""The service keeps to its own OpenAPI document: what it describes it takes and gives, and nothing else."""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

import fastapi
import jsonschema
import pydantic
import pytest
import schemathesis
from asgi_client import Client, app_of
from hypothesis import HealthCheck, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.config import SchemathesisConfig
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation import GenerationMode

import fupin_rules as fr
from fupin_rules.errors import FupinRulesError
from fupin_rules.policy import Subject
from fupin_rules.web import Limits
from fupin_rules.web._asked import class_of

POLICY = fr.load_policy("yucheng-2016")
# Smaller than the default, so that larger bodies than are taken are soon made.
APP = app_of(POLICY, limits=Limits(households=3))
IS_SWEEP = os.environ.get("FUPIN_SWEEP") == "1"
DOCUMENT = "/rules/api/openapi.json"
CONFIG = SchemathesisConfig.from_dict(
    {
        # A body over a limit is refused as what it is: too large.
        "checks": {"negative_data_rejection": {"expected-statuses": [400, 404, 405, 413, 415, 422]}},
        # Each bound of each fact at every endpoint makes ten thousands of requests: those are for the sweep.
        "phases": {"coverage": {"enabled": IS_SWEEP}},
        "seed": 1,
    }
)


def test_the_documents_of_the_router_and_of_the_whole_service_are_valid_openapi() -> None:
    for document in (Client(APP).get(DOCUMENT).plain, APP.openapi()):
        assert document["openapi"].startswith("3.1")
        assert [str(each) for each in OpenAPIV31SpecValidator(document).iter_errors()] == []
        names = set(document["components"]["schemas"])
        assert {each.rpartition("/")[2] for each in references(document)} <= names
        assert all(each.startswith("Fupin") for each in names)


def references(part: Any) -> Iterator[str]:
    if isinstance(part, Mapping):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from references(each)


def test_the_components_are_the_schemas_of_the_library() -> None:
    from fupin_rules.schemas import components

    given = components("#/components/schemas/Fupin")
    held = Client(APP).get(DOCUMENT).plain["components"]["schemas"]
    for name in ("Household", "Member", "Income", "Village", "Assessment", "ExitAssessment", "Explanation", "Ranked"):
        assert held[f"Fupin{name}"] == json.loads(json.dumps(given[name]))


def test_models_of_the_service_and_of_the_router_do_not_mix() -> None:
    class Household(pydantic.BaseModel):
        owner: str

    app = app_of(POLICY)
    app.include_router(app_of(POLICY, prefix="/again").router)
    app.add_api_route("/own", lambda body: body, methods=["POST"], response_model=Household)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        names = app.openapi()["components"]["schemas"]
    assert set(names["Household"]["properties"]) == {"owner"}
    assert "pension_yuan" in names["FupinIncome"]["properties"]


def test_what_a_service_demands_of_all_its_routes_it_demands_of_these() -> None:
    def nobody() -> None:
        raise fastapi.HTTPException(401)

    app = fastapi.FastAPI(dependencies=[fastapi.Depends(nobody)])
    app.include_router(app_of(POLICY).router)
    assert Client(app).get("/rules/policies").status == 401
    assert Client(app).post("/rules/policies/yucheng-2016/households/assess?on=2016-06-30", {"id": "1"}).status == 401


def test_every_path_belongs_to_the_address_it_is_served_under() -> None:
    client = Client(APP)
    document = client.get(DOCUMENT).plain
    assert document["servers"] == [{"url": "/rules"}]
    for path, operations in document["paths"].items():
        assert set(operations) <= {"get", "post"}
        if "get" in operations and "snapshot" not in path:
            assert client.get(f"/rules{path}".replace("{policy}", "yucheng-2016")).status == 200


WRITTEN = Client(APP).get(DOCUMENT).plain
SCHEMA = schemathesis.openapi.from_dict(WRITTEN, config=CONFIG)
SCHEMA.app = APP


@SCHEMA.hook
def filter_case(context: schemathesis.HookContext, case: Any) -> bool:
    """
    Leave out what no schema can say: that the reader takes what is spelt otherwise, and no member that stands twice.

    A schema says how a fact is best written; readers take more, such as a code that is listed twice.
    """
    told = case.meta and case.meta.components.get(ParameterLocation.BODY)
    if not told or not isinstance(case.body, dict):
        return True
    is_read = all(reads(about, data) for about, data in subjects_in(case))
    return is_read if told.mode is GenerationMode.POSITIVE else not is_read or is_wrong_around(case)


def body_of(case: Any) -> Any:
    return WRITTEN["paths"][case.operation.path]["post"]["requestBody"]["content"]["application/json"]["schema"]


def subjects_in(case: Any) -> Iterator[tuple[Subject, Any]]:
    envelope = body_of(case)
    if "/villages/" in case.operation.path:
        yield Subject.VILLAGE, case.body
    elif "$ref" in envelope:
        yield Subject.HOUSEHOLD, case.body
    else:
        rows = case.body.get("households")
        every = [
            *(rows if isinstance(rows, list) else ()),
            *([case.body["household"]] if "household" in case.body else ()),
        ]
        yield from ((Subject.HOUSEHOLD, each) for each in every)


def is_wrong_around(case: Any) -> bool:
    """Tell whether a body breaks the schema in what stands around the facts."""
    envelope = body_of(case)
    if "$ref" in envelope:
        return False
    around = json.loads(json.dumps(envelope))
    for name, free in (("household", {}), ("households", {"type": "array", "maxItems": 3})):
        if name in around["properties"]:
            around["properties"][name] = free
    return not jsonschema.Draft202012Validator(around).is_valid(case.body)


def reads(about: Subject, data: Any) -> bool:
    try:
        fr.from_plain(class_of(about), data)
    except FupinRulesError:
        return False
    return True


@pytest.mark.filterwarnings("ignore")  # of the tools' own parts
@SCHEMA.parametrize()
@settings(
    max_examples=200 if IS_SWEEP else 12,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_every_endpoint_keeps_to_the_document(case: Any) -> None:
    case.call_and_validate()
