"""The API against its own description: whatever it allows, and what it does not, gets an answer that it names."""

from __future__ import annotations

import importlib
import itertools
import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec
import openapi_spec_validator
import pytest
from hypothesis import HealthCheck, given, settings
from tests.effort import times

from acquis.command import MODERATORS, ORGANIZER, PEOPLE, RAPPORTEUR
from acquis.command.base import fields_of
from acquis.commands import BY_NAME
from acquis.roster import Pass
from acquis.web.api.openapi import openapi as document_of
from acquis.web.app import ENDPOINTS
from acquis.web.http import passes
from acquis.web.http.ids import new_secret

from .client import AppClient, app_client

numbers = itertools.count()


def openapi() -> dict[str, Any]:
    return document_of(tuple(endpoint.declaration for endpoint in ENDPOINTS))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with app_client(tmp_path_factory.mktemp("openapi")) as app:
        app.hold("api", close=False)
        everything = frozenset({ORGANIZER, RAPPORTEUR, *MODERATORS, *PEOPLE})
        secret = new_secret()
        app.house.roster.issue(secret, Pass("api", everything, "pall", "vall"))
        app.client.cookies.set(passes.cookie_name("api"), secret)
        join = {"do": "join", "lane": "online"}
        app.client.post("/s/api/do", json=join, headers={"idempotency-key": "join-the-session"})
        yield app


def test_the_description_is_openapi_for_another_program() -> None:
    openapi_spec_validator.validate(json.loads(msgspec.json.encode(openapi())))


def test_everything_that_is_read_and_no_page_is_described() -> None:
    read = {
        one.declaration.path for one in ENDPOINTS if one.declaration.method == "GET" and not one.declaration.is_page
    }
    described = {path for path, operations in openapi()["paths"].items() if "get" in operations}
    assert described == {re.sub(r":\w+}", "}", path) for path in read}


def test_the_description_names_every_command_with_its_fields() -> None:
    document = openapi()
    schemas = document["components"]["schemas"]
    for name, command in BY_NAME.items():
        schema = schemas[command.__name__]
        assert schema["properties"]["do"]["enum"] == [name]
        assert set(schema["properties"]) == {"do", *command.__struct_fields__}
        assert set(schema["x-roles"]) == command.roles
        assert set(schema["x-refusals"]) == set(command.codes())
    assert {"200", "201", "400", "403", "404", "409", "422", "429", "503", "507"} <= set(
        document["paths"]["/s/{session}/do"]["post"]["responses"]
    )


def test_the_description_has_the_limits_of_every_field() -> None:
    schemas = openapi()["components"]["schemas"]
    assert schemas["AskQuestion"]["properties"]["text"] == {"type": "string", "minLength": 1, "maxLength": 400}
    assert schemas["AskQuestion"]["properties"]["to"] == {"type": "integer", "minimum": 0, "default": 0}
    assert schemas["CastVote"]["properties"]["statement"] == {"type": "integer", "minimum": 1}
    assert set(schemas["CastVote"]["properties"]["choice"]["enum"]) == {"agree", "disagree", "pass"}
    assert "private-sector" in schemas["MakeCommitment"]["properties"]["actor"]["enum"]
    for command in BY_NAME.values():
        for field in fields_of(command):
            if field.declaration:
                described = schemas[command.__name__]["properties"][field.name]
                assert described.items() >= field.declaration.schema().items()


def test_everything_that_can_be_sent_is_described_with_its_limits() -> None:
    """Also joining and what a captioner pushes."""
    paths = openapi()["paths"]
    sent = {one.declaration.path.replace(":slug", "") for one in ENDPOINTS if one.declaration.method == "POST"}
    assert sent == {path for path, described in paths.items() if "post" in described}
    for endpoint in ENDPOINTS:
        assert bool(endpoint.declaration.accepts) == (endpoint.declaration.method == "POST"), endpoint.declaration.name
    join = _body(paths["/s/{session}/join"]["post"], "application/x-www-form-urlencoded")["properties"]
    assert join["name"]["maxLength"] == 80
    assert set(join["lane"]["enum"]) >= {"room", "online"}
    line, lines = _body(paths["/s/{session}/captions"]["post"], "application/json")["oneOf"]
    assert line["properties"]["text"]["maxLength"] == 1000
    assert lines["properties"]["lines"]["maxItems"] == 200
    passes = _body(paths["/s/{session}/passes"]["post"], "application/x-www-form-urlencoded")["properties"]
    assert "captioner" in passes["role"]["enum"]


def _body(operation: dict[str, Any], media_type: str) -> dict[str, Any]:
    body: dict[str, Any] = operation["requestBody"]["content"][media_type]["schema"]
    return body


@pytest.fixture(scope="module")
def schema() -> Any:
    """The description as Schemathesis reads it. It takes a second to import, and one process needs it."""
    return importlib.import_module("schemathesis").openapi.from_dict(openapi())


@pytest.mark.parametrize("path", ["/s/{session}/do", "/s/{session}.json", "/s/{session}/log.jsonl"])
def test_the_api_answers_as_it_is_described(app: AppClient, schema: Any, path: str) -> None:
    checks = importlib.import_module("schemathesis.specs.openapi.checks")
    method = "POST" if path.endswith("/do") else "GET"
    operation = schema[path][method]
    app.house.actions.burst = 1e9  # this is about answers, not about haste

    @given(case=operation.as_strategy())
    @settings(max_examples=times(250) if method == "POST" else 10, suppress_health_check=list(HealthCheck))
    def check(case: Any) -> None:
        answer = app.client.request(
            method,
            path.replace("{session}", "api"),
            json=case.body if method == "POST" else None,
            headers={"idempotency-key": f"generated-{next(numbers):06d}"} if method == "POST" else {},
        )
        assert answer.status_code < 500, answer.text
        case.validate_response(answer, checks=[checks.status_code_conformance, checks.response_schema_conformance])

    check()


def test_every_command_is_judged_and_not_only_turned_away(app: AppClient, schema: Any) -> None:
    """Each command, with fields made from its own description, gets past the decoder."""
    for name, command in BY_NAME.items():
        strategy = schema["/s/{session}/do"]["POST"]
        assert strategy is not None
        required = [field for field in command.__struct_fields__ if field in _required(command.__name__)]
        body: dict[str, Any] = {"do": name} | {field: _sample(command.__name__, field) for field in required}
        key = {"idempotency-key": f"judged-{next(numbers):06d}"}
        answer = app.client.post("/s/api/do", json=body, headers=key)
        assert answer.status_code < 500
        assert answer.status_code != 400 or answer.json()["refused"] not in ("bad_fields", "unknown_command"), (
            answer.text
        )


def _required(name: str) -> list[str]:
    found: list[str] = openapi()["components"]["schemas"][name].get("required", [])
    return found


def _sample(name: str, field: str) -> Any:
    described = openapi()["components"]["schemas"][name]["properties"][field]
    if "enum" in described:
        return described["enum"][0]
    return {"integer": 1, "string": "some words", "boolean": True, "object": {}, "array": []}[described["type"]]
