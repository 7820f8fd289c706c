"""The description of the API: kept in git, complete, and shown on a page without scripts."""

import json
import re
from pathlib import Path
from typing import Any

from motcua.api.openapi import as_text
from motcua.api.urls import api
from tests.api.conftest import machine

KEPT = Path(__file__).parents[2] / "docs" / "api" / "openapi.json"


def operations() -> list[dict[str, Any]]:
    return [operation for path in api.get_openapi_schema()["paths"].values() for operation in path.values()]


def test_the_kept_description_is_that_of_the_code() -> None:
    assert KEPT.read_text(encoding="utf-8") == as_text(api.get_openapi_schema()), (
        "after a change: python manage.py openapi > docs/api/openapi.json"
    )


def test_anybody_may_read_the_description() -> None:
    answer = machine().get("/openapi.json")

    assert json.loads(answer.getvalue()) == json.loads(KEPT.read_text(encoding="utf-8"))


def test_every_operation_says_what_it_does_and_has_a_name_of_its_own() -> None:
    names = [operation["operationId"] for operation in operations()]

    assert len(names) == len(set(names)) > 30
    assert [operation["operationId"] for operation in operations() if not operation.get("description")] == []
    assert [operation["operationId"] for operation in operations() if len(operation.get("tags", [])) != 1] == []


def test_every_write_may_be_repeated_and_every_act_says_what_was_seen() -> None:
    writes = [operation for operation in operations() if "security" in operation and "get" not in operation]
    keyed = {
        operation["operationId"]: {parameter["name"] for parameter in operation["parameters"]} for operation in writes
    }
    acts = {operation["operationId"] for operation in writes if operation["tags"] == ["Acts of officials"]}

    assert {name for name in acts if "If-Match" in keyed[name]} == acts - {
        "list_assignable_officers",
        "list_assignable_legs",
        "list_signers",
    }
    methods = api.get_openapi_schema()["paths"].values()
    by_method = {op["operationId"]: method for path in methods for method, op in path.items()}
    assert {
        name for name, method in by_method.items() if method != "get" and "Idempotency-Key" not in keyed.get(name, ())
    } == {"read_public_status", "preview_bulk", "check_declaration"}


def test_every_operation_may_answer_with_a_problem() -> None:
    assert all("application/problem+json" in operation["responses"]["default"]["content"] for operation in operations())


def test_the_page_lists_every_operation_and_loads_nothing_from_elsewhere() -> None:
    answer = machine().get("/docs")

    page = answer.getvalue().decode()
    assert answer.status_code == 200
    assert [path for path in api.get_openapi_schema()["paths"] if path not in page] == []
    assert re.findall(r"(?:src|href)=[\"']?(?:https?:)?//", page) == []
