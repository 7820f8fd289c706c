"""Giving the papers, one file at a time: what was given before stays whatever happens to the next one."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.documents.storage import FileRefused, path_of, store_upload
from motcua.dossiers.commands.draft import attach_paper
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.own_life import own_life
from motcua.portal.forms.papers import AbsenceForm, PaperForm
from motcua.portal.life_words import clock_lines
from motcua.portal.ownership import citizen
from motcua.portal.parts import station
from motcua.portal.queries.filing import papers_asked, papers_given
from motcua.portal.views.guards import acts_by_post, draft_page, editable_page, owner_page
from motcua.rules.completeness import Part
from motcua.rules.transitions import SUPPLEMENTING
from motcua.ui.boxes import PAPER_POLICY


@draft_page
@require_safe
def papers(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    """Show every paper with its own box."""
    return show_papers(request, dossier, {})


@editable_page
@acts_by_post
def upload(request: HttpRequest, dossier: Dossier, position: int) -> HttpResponse:
    """Take one file for one paper."""
    _require_asked(dossier, position)
    form = PaperForm(request.POST, request.FILES, prefix=prefix_of(position))
    if form.is_valid():
        given, user, at = form.cleaned_data["file"], citizen(request), timezone.now()
        try:
            file = store_upload(given, name=given.name, by=user, at=at)
        except FileRefused as refusal:
            form.refuse(refusal)
        else:
            attach_paper(dossier=dossier, position=position, file=file, actor=user, at=at)
            messages.success(request, _("Đã nhận tệp %(name)s.") % {"name": file.original_name})
            return _back(dossier, position)
    return show_papers(request, dossier, {position: form})


@draft_page
@acts_by_post
def remove(request: HttpRequest, dossier: Dossier, position: int) -> HttpResponse:
    """Take one file back."""
    _require_asked(dossier, position)
    attach_paper(dossier=dossier, position=position, file=None, actor=citizen(request), at=timezone.now())
    messages.success(request, _("Đã bỏ tệp. Bạn có thể chọn tệp khác."))
    return _back(dossier, position)


@owner_page
@require_safe
def view_paper(request: HttpRequest, dossier: Dossier, position: int) -> FileResponse:
    """Show the owner what they gave."""
    paper = dossier.papers.select_related("file").filter(position=position, file__isnull=False).first()
    if paper is None or paper.file is None:
        raise Http404
    content = path_of(paper.file.sha256).open("rb")
    answer = FileResponse(content, content_type=paper.file.media_type, filename=paper.file.original_name)
    answer.headers["Content-Security-Policy"] = PAPER_POLICY
    return answer


def show_papers(request: HttpRequest, dossier: Dossier, bound: dict[int, PaperForm]) -> HttpResponse:
    """Show the papers of a draft, or those that the desk asked for."""
    is_supplement = dossier.stage in SUPPLEMENTING
    lines = papers_asked(dossier) if is_supplement else papers_given(dossier)
    boxes = [(line, bound.get(line.position) or PaperForm(prefix=prefix_of(line.position))) for line in lines]
    context: dict[str, Any] = {"dossier": dossier, "boxes": boxes, "refused": _refused(bound)}
    if is_supplement:
        life = own_life(dossier, at=timezone.now())
        context["asked"] = life.open_request
        context["clock_lines"] = clock_lines(life.open_request, life.clock, life.leg_name) if life.open_request else ()
        template = "portal/dossiers/supplement.html"
    else:
        by_case = [(line, form) for line, form in boxes if not line.is_required]
        context["needed"] = [(line, form) for line, form in boxes if line.is_required]
        context["by_case"] = by_case
        context["is_case_open"] = any(line.file_name or form.is_bound for line, form in by_case)
        context["station"] = station(dossier, Part.PAPERS)
        template = "portal/filing/papers.html"
    return render(request, template, context, status=422 if bound else 200)


def _require_asked(dossier: Dossier, position: int) -> None:
    """Of what was handed in, only the papers asked for may be replaced (B-08)."""
    is_supplement = dossier.stage in SUPPLEMENTING
    lines = papers_asked(dossier) if is_supplement else papers_given(dossier)
    if position not in {line.position for line in lines}:
        raise Http404


def _refused(bound: dict[int, PaperForm]) -> PaperForm | AbsenceForm | None:
    """Return the form that was sent and not taken."""
    form = next(iter(bound.values()), None)
    return form.absence if form and form.absence.is_bound else form


def _back(dossier: Dossier, position: int) -> HttpResponse:
    route = "portal:supplement" if dossier.stage in SUPPLEMENTING else "portal:papers"
    answer = redirect(route, dossier.reference)
    answer["Location"] += f"#giay-to-{position}"
    return answer


def prefix_of(position: int) -> str:
    """Return what the names of the fields of one paper begin with."""
    return f"paper-{position}"
