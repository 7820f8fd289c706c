"""What to bring, to print and tick off, and the declaration to fill in by hand."""

from datetime import datetime
from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from motcua.catalogue.models import Procedure
from motcua.documents.guides import Guide, draw_guide
from motcua.portal.guides import blank_form_data, checklist_data
from motcua.portal.home_commune import kept_commune
from motcua.portal.queries.checklist import Checklist, checklist_of
from motcua.portal.queries.procedure_page import ProcedurePage, procedure_page
from motcua.portal.views.codes import by_bare_code

CASE: Final = "truong_hop"


@login_not_required
@require_safe
@by_bare_code
def checklist(request: HttpRequest, code: str) -> HttpResponse:
    """Show what to bring in the cases asked for, fit to print."""
    query = request.GET.urlencode()
    pdf = reverse("portal:checklist-pdf", args=[code]) + (f"?{query}" if query else "")
    context = {"list": _checklist(request, code, timezone.now()), "pdf_url": pdf, "case_name": CASE}
    return render(request, "portal/procedures/checklist.html", context)


@login_not_required
@require_safe
@by_bare_code
def checklist_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the same list as a PDF."""
    at = timezone.now()
    with translation.override("vi"):  # like every paper
        data = checklist_data(_checklist(request, code, at), _page_url(request, code), at)
    return _pdf(draw_guide(Guide.CHECKLIST, data), f"giay-to-{code}.pdf")


@login_not_required
@require_safe
@by_bare_code
def blank_form(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the declaration with nothing filled in; not found where the procedure has no questions of its own."""
    at = timezone.now()
    page = _page(request, code, at)
    if not page.has_blank_form:
        raise Http404
    with translation.override("vi"):
        data = blank_form_data(page, _page_url(request, code), at)
    return _pdf(draw_guide(Guide.BLANK_FORM, data), f"to-khai-{code}.pdf")


def _checklist(request: HttpRequest, code: str, at: datetime) -> Checklist:
    return checklist_of(_page(request, code, at), request.GET.getlist(CASE))


def _page(request: HttpRequest, code: str, at: datetime) -> ProcedurePage:
    try:
        return procedure_page(code, said_place=request.GET.get("noi", "") or kept_commune(request), at=at)
    except Procedure.DoesNotExist as unknown:
        raise Http404 from unknown


def _page_url(request: HttpRequest, code: str) -> str:
    return request.build_absolute_uri(reverse("portal:procedure", args=[code]))


def _pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Cache-Control"] = "private, max-age=600"
    return answer
