"""The frame around every page of the workspace: where the official sits and where they may go."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from motcua.notifications.queries import unread_count
from motcua.rules.permissions import Role
from motcua.ui import typed
from motcua.workspace.fragments import asks_for_part
from motcua.workspace.labels import ROLES
from motcua.workspace.officer import Officer
from motcua.workspace.places import navigation

# A paper is shown inside the page: as a frame, from this site only.
_FRAMING = csp_update({"frame-src": [SELF]})


def show(
    request: HttpRequest, officer: Officer, template: str, context: dict[str, Any], *, status: int = 200, part: str = ""
) -> HttpResponseBase:
    """Answer with a page inside the frame, or with its `part` alone where htmx asks for that."""
    if part and asks_for_part(request):
        return render(request, part, context, status=status)
    roles = {post.role for post in officer.posts}
    units = dict.fromkeys(post.unit.name for post in officer.posts)
    frame = {
        "officer_name": officer.user.display_name,
        "place": ", ".join(units),
        "roles": ", ".join(str(ROLES[role]) for role in Role if role in roles),
        "in_place_of": ", ".join(dict.fromkeys(post.in_place_of for post in officer.posts if post.in_place_of)),
        "nav": navigation(_here(request), roles),
        "unread_notices": unread_count(officer.user.pk),
    }
    return _FRAMING(lambda asked: render(asked, template, {**context, **frame}, status=status))(request)


def typed_before(request: HttpRequest) -> dict[str, str]:
    """Return what was typed at this page when the session had ended, once, and say that it has not been sent."""
    fields = typed.give_back(request.session, path=request.path) if request.method == "GET" else {}
    if fields:
        messages.info(request, str(typed.TYPED_BACK))
    return fields


def _here(request: HttpRequest) -> str:
    return (request.resolver_match.url_name if request.resolver_match else None) or ""
