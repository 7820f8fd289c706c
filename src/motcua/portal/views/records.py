"""A procedure through time and for machines: its history, its past texts, its draft, JSON, CSV and schema.org."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.accounts.facts import grants_of
from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.catalogue.open_data import OpenRecord, as_json, csv_lines, record_of, shown_version
from motcua.catalogue.queries.history import history_of
from motcua.portal.government_service import government_service
from motcua.portal.history_words import timeline_line
from motcua.portal.queries.places import province
from motcua.portal.queries.procedure_page import draft_page, past_version_page, procedure_page
from motcua.portal.views.codes import by_bare_code


@login_not_required
@require_safe
@by_bare_code
def history(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a procedure said when, by which decision, and what changed."""
    try:
        page = history_of(code)
    except Procedure.DoesNotExist as unknown:
        raise Http404 from unknown
    lines = [timeline_line(version) for version in page.versions]
    context = {"page": page, "lines": lines, "today": timezone.localdate()}
    return render(request, "portal/procedures/history.html", context)


@login_not_required
@require_safe
@by_bare_code
def past(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show one published version as it was, under a banner that says whether it still holds."""
    try:
        page = past_version_page(code, number, at=timezone.now())
    except ProcedureVersion.DoesNotExist as unknown:
        raise Http404 from unknown
    return render(request, "portal/procedures/past.html", {"page": page})


@never_cache
@require_safe
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """Show officials the page of a procedure as its draft will make it; nobody else learns that there is one."""
    assert request.user.is_authenticated  # the middleware sends everybody else to the sign-in
    now = timezone.now()
    if not grants_of(request.user, timezone.localdate(now)):
        raise Http404
    try:
        page = draft_page(code, at=now)
    except ProcedureVersion.DoesNotExist as unknown:
        raise Http404 from unknown
    return render(request, "portal/procedures/draft.html", {"page": page})


@login_not_required
@require_safe
@by_bare_code
def as_json_file(_request: HttpRequest, code: str) -> HttpResponse:
    """Answer with the procedure as JSON: today's text, else the last one there was."""
    return HttpResponse(as_json(_record(code)), content_type="application/json; charset=utf-8")


@login_not_required
@require_safe
@by_bare_code
def as_csv_file(_request: HttpRequest, code: str) -> HttpResponse:
    """Answer with the procedure as a table of one line."""
    answer = HttpResponse(b"".join(csv_lines([_record(code)])), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="thu-tuc-{code}.csv"'
    return answer


@login_not_required
@require_safe
@by_bare_code
def as_json_ld(request: HttpRequest, code: str) -> HttpResponseBase:
    """Answer with the procedure as a GovernmentService of schema.org."""
    try:
        page = procedure_page(code, said_place="", at=timezone.now())
    except Procedure.DoesNotExist as unknown:
        raise Http404 from unknown
    here = province()
    told = government_service(page, request.build_absolute_uri, area=here.name if here else "")
    return JsonResponse(told, content_type="application/ld+json", json_dumps_params={"ensure_ascii": False})


def _record(code: str) -> OpenRecord:
    procedure = Procedure.objects.filter(code=code).first()
    version = shown_version(procedure, timezone.localdate()) if procedure else None
    if version is None:
        raise Http404
    return record_of(version)
