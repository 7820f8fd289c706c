"""The page that lists what the API offers: plain, served by ourselves, without scripts."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One operation; `who` is the kind of token it takes, empty when it takes none."""

    method: str
    path: str
    summary: str
    description: str
    who: str


@dataclass(frozen=True, slots=True)
class Group:
    """The operations of one subject."""

    name: str
    endpoints: tuple[Endpoint, ...]


class PlainPage(DocsBase):
    """The page at /api/v1/docs."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """Show every operation, by subject."""
        context = {"groups": groups_of(api.get_openapi_schema()), "schema_url": self.get_openapi_url(api, kwargs)}
        return render(request, "api/docs.html", context)


def groups_of(schema: dict[str, Any]) -> list[Group]:
    """Return the operations of a description, by subject in the order in which they first appear."""
    by_tag: dict[str, list[Endpoint]] = {}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            by_tag.setdefault(operation["tags"][0], []).append(_endpoint(method, path, operation))
    return [Group(name, tuple(endpoints)) for name, endpoints in by_tag.items()]


def _endpoint(method: str, path: str, operation: dict[str, Any]) -> Endpoint:
    return Endpoint(
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=operation.get("description", ""),
        who=next((name for entry in operation.get("security", []) for name in entry), ""),
    )
