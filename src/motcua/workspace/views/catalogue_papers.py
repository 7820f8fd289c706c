"""The papers about the catalogue to take away: a decision, its annex as a table, the plan to simplify a procedure."""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from motcua.documents.catalogue_drawing import CataloguePaper, draw
from motcua.documents.issued_decisions import decision_pdf
from motcua.documents.publication_paper import annex_sheet
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.printed_proposal import proposal_data
from motcua.workspace.sheets import MEDIA_TYPES, XLSX
from motcua.workspace.views import publication, reviews

PDF = "application/pdf"


@officers_only
def decision(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:  # one shape
    """Give the decision as PDF, marked as a draft until it is signed."""
    row = publication.page_of(officer, key).decision
    return _file(decision_pdf(row, at=officer.at), PDF, f"quyet-dinh-cong-bo-{str(key)[:8]}.pdf")


@officers_only
def annex(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:  # one shape
    """Give the annex as a table."""
    row = publication.page_of(officer, key).decision
    return _file(annex_sheet(row), MEDIA_TYPES[XLSX], f"bang-cong-bo-{str(key)[:8]}.xlsx")


@officers_only
def proposal(request: HttpRequest, officer: Officer, year: int, number: int) -> HttpResponseBase:
    """Give the plan to simplify as PDF, marked as a draft until it is approved."""
    data = proposal_data(reviews.page_of(officer, year, number), at=officer.at)
    return _file(draw(CataloguePaper.PROPOSAL, data), PDF, f"phuong-an-{year}-{number}.pdf")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
