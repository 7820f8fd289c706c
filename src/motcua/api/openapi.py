"""What the description of the API says beyond what its functions and schemas say themselves."""

import json
from typing import Any

_PROBLEM: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "What went wrong (RFC 9457). `code` is stable; some codes bring members of their own.",
    "required": ["type", "title", "status", "code", "detail", "request_id"],
    "properties": {
        "type": {"type": "string", "examples": ["urn:motcua:problem:stale_dossier"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "examples": ["stale_dossier"]},
        "detail": {"type": "string", "description": "A sentence in the language of Accept-Language: vi (default), en."},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["path", "code", "message"],
                "properties": {name: {"type": "string"} for name in ("path", "code", "message")},
            },
        },
    },
}


def described(schema: dict[str, Any]) -> dict[str, Any]:
    """Return `schema` with a problem as the answer to everything that does not succeed."""
    schema["components"]["schemas"]["Problem"] = _PROBLEM
    answer = {
        "description": "A problem",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for operations in schema["paths"].values():
        for operation in operations.values():
            operation["summary"] = operation["operationId"].replace("_", " ").capitalize()
            operation["responses"]["default"] = answer
    return schema


def as_text(schema: dict[str, Any]) -> str:
    """Return `schema` the way docs/api/openapi.json keeps it: a change shows line by line."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
