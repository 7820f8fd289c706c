"""Lists beside the worklist: everything of the desk, and the look-up by code; and the sign that the session lives."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import redirect

from motcua.dossiers.queries.register import find, register
from motcua.rules.transitions import Status
from motcua.workspace.forms.lists import EVERY, StatusForm
from motcua.workspace.fragments import asks_for_part
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.printed import register_row_of


@officers_only
def everything(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the dossiers the official may see, the newest first."""
    form = StatusForm(request.GET if "status" in request.GET else None)
    chosen = form.cleaned_data["status"] if form.is_valid() else EVERY
    status = None if chosen == EVERY else Status(chosen)
    after = request.GET.get("sau", "")
    found = register(officer.user, officer.grants, at=officer.at, status=status, after=after)
    context = {"form": form, "rows": [register_row_of(row) for row in found.rows], "after": found.after}
    return show(request, officer, "workspace/register.html", context, part="workspace/parts/register.html")


@officers_only
def look_up(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Find a dossier by code or reference; a single one opens at once, but not under the fingers of whoever types."""
    text = request.GET.get("q", "")
    rows = find(officer.user, officer.grants, at=officer.at, text=text)
    if len(rows) == 1 and not asks_for_part(request):
        return redirect("workspace:dossier", code=rows[0].code)
    context = {"text": text, "rows": [register_row_of(row) for row in rows]}
    return show(request, officer, "workspace/find.html", context, part="workspace/parts/found.html")


@officers_only
def session(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Tell a page that its session still lives, and the token its form needs now."""
    answer = HttpResponse(get_token(request), content_type="text/plain")
    answer.headers["Cache-Control"] = "no-store"
    return answer
