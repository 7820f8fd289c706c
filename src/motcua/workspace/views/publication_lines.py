"""The lines of a publication decision: a procedure looked up and entered, a new one, what each is to say (C-06)."""

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from motcua.catalogue.commands import publication_drafts
from motcua.catalogue.commands.publication_drafts import MayNotPublish
from motcua.catalogue.models import Procedure, PublicationLine
from motcua.catalogue.publication_pages import DecisionPage, LineCard, procedures_to_enter
from motcua.rules.publication import WITH_CONTENT, DecisionAct, DecisionState, Extent
from motcua.workspace.forms.publication import LineForm, NewProcedureForm
from motcua.workspace.forms.publication_content import ContentForms, rearranged_forms, stored_forms, typed_forms
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.printed_publication import printed_content, printed_line
from motcua.workspace.publication_words import REFUSALS, refusal_in_words
from motcua.workspace.views.publication import closed, page_of, refusal, shown


@officers_only
def add(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Look a procedure up, to enter it in the decision."""
    page = page_of(officer, key)
    refused = refusal(request, officer, page, DecisionAct.EDIT)
    if refused:
        return refused
    text = request.GET.get("q", "")
    context = {"decision": page.decision, "text": text, "found": procedures_to_enter(text, officer.today)}
    return show(request, officer, "workspace/publication/add.html", context)


@officers_only
def enter(request: HttpRequest, officer: Officer, key: uuid.UUID, procedure: str) -> HttpResponseBase:
    """Say what the decision does to a procedure of the catalogue."""
    page = page_of(officer, key)
    refused = refusal(request, officer, page, DecisionAct.EDIT)
    if refused:
        return refused
    found = get_object_or_404(Procedure, code=procedure)
    form = LineForm(request.POST or None, procedure=found)
    if form.is_valid():
        try:
            line = publication_drafts.add_line(
                decision=page.decision, procedure=found, told=form.told(), actor=officer.user, at=officer.at
            )
        except REFUSALS as refused_line:
            form.add_error(None, refusal_in_words(refused_line))
        else:
            return _entered(page, line)
    context = {"decision": page.decision, "procedure": found, "form": form}
    return show(request, officer, "workspace/publication/enter.html", context, status=422 if form.errors else 200)


@officers_only
def add_new(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Enter a procedure that there has not been."""
    page = page_of(officer, key)
    refused = refusal(request, officer, page, DecisionAct.EDIT)
    if refused:
        return refused
    form = NewProcedureForm(request.POST or None)
    if form.is_valid():
        try:
            line = publication_drafts.add_new_procedure(
                decision=page.decision, wanted=form.wanted(), actor=officer.user, at=officer.at
            )
        except REFUSALS as refused_code:
            form.add_error("code", refusal_in_words(refused_code))
        else:
            return _entered(page, line)
    context = {"decision": page.decision, "form": form}
    return show(request, officer, "workspace/publication/new.html", context, status=422 if form.errors else 200)


@officers_only
def line(request: HttpRequest, officer: Officer, key: uuid.UUID, procedure: str) -> HttpResponseBase:
    """Show what the decision does to one procedure, and what the procedure is to say."""
    page = page_of(officer, key)
    card = card_of(page, procedure)
    context = {
        "decision": page.decision,
        "line": printed_line(card),
        "content": printed_content(card),
        "may_edit": DecisionAct.EDIT in page.acts,
        "is_draft": page.state is not DecisionState.PUBLISHED,
    }
    return show(request, officer, "workspace/publication/line.html", context)


@officers_only
def edit(request: HttpRequest, officer: Officer, key: uuid.UUID, procedure: str) -> HttpResponseBase:
    """Write what a procedure is to say."""
    page = page_of(officer, key)
    refused = refusal(request, officer, page, DecisionAct.EDIT)
    if refused:
        return refused
    card = card_of(page, procedure)
    if card.kind not in WITH_CONTENT or card.content is None:
        raise Http404
    extent = card.extent or Extent.LIST
    if request.method != "POST":
        return _shown(request, officer, page, card, stored_forms(card.content, card.note, extent))
    act = request.POST.get("do", "save")
    if act != "save":
        return _shown(request, officer, page, card, rearranged_forms(request.POST, extent, act))
    forms = typed_forms(request.POST, extent)
    if not forms.is_valid():
        return _shown(request, officer, page, card, forms, status=422)
    return _kept(request, officer, page, card, forms)


@officers_only
def remove(request: HttpRequest, officer: Officer, key: uuid.UUID, procedure: str) -> HttpResponseBase:
    """Take a procedure out of the decision; who comes by the address, or a second time, lands on the decision."""
    page = page_of(officer, key)
    there = PublicationLine.objects.filter(decision=page.decision, procedure__code=procedure)
    found = there.select_related("decision").first()
    if request.method != "POST" or found is None:
        return redirect("workspace:publication", key=key)
    try:
        publication_drafts.remove_line(line=found, actor=officer.user, at=officer.at)
    except MayNotPublish:
        return closed(request, officer)
    except REFUSALS as refused:
        return shown(request, officer, page, refusal_in_words(refused), status=409)
    messages.success(request, _("Đã bỏ thủ tục khỏi quyết định."))
    return redirect("workspace:publication", key=key)


def _kept(
    request: HttpRequest, officer: Officer, page: DecisionPage, card: LineCard, forms: ContentForms
) -> HttpResponseBase:
    """Keep what was typed; a decision that a colleague has laid before the chairman meanwhile says so."""
    assert card.content is not None  # whoever edits has it
    lines = PublicationLine.objects.select_related("decision")
    line = get_object_or_404(lines, decision=page.decision, procedure__code=card.code)
    content, note = forms.content(card.content), forms.main.cleaned_data["note"]
    seen = request.POST.get("seen", "")
    try:
        publication_drafts.write_content(
            line=line, content=content, note=note, actor=officer.user, at=officer.at, seen=seen
        )
    except publication_drafts.DraftMoved:
        return _shown(request, officer, page, card, forms, status=409)
    except REFUSALS as refused:
        return shown(request, officer, page_of(officer, page.decision.key), refusal_in_words(refused), status=409)
    messages.success(request, _("Đã lưu nội dung thủ tục."))
    return redirect("workspace:publication-line", key=page.decision.key, procedure=card.code)


def _entered(page: DecisionPage, line: PublicationLine) -> HttpResponseBase:
    if line.version_id is None:
        return redirect("workspace:publication", key=page.decision.key)
    return redirect("workspace:edit-content", key=page.decision.key, procedure=line.procedure.code)


def card_of(page: DecisionPage, procedure: str) -> LineCard:
    """Return a line of a decision; one that there is not is not found."""
    card = next((line for line in page.lines if line.code == procedure), None)
    if card is None:
        raise Http404
    return card


def _shown(
    request: HttpRequest,
    officer: Officer,
    page: DecisionPage,
    card: LineCard,
    forms: ContentForms,
    *,
    status: int = 200,
) -> HttpResponseBase:
    seen = (
        card.content_hash if request.method != "POST" or status == HTTPStatus.CONFLICT else request.POST.get("seen", "")
    )
    context = {
        "decision": page.decision,
        "card": card,
        "forms": forms,
        "is_list": card.extent is Extent.LIST,
        "has_errors": forms.has_errors(),
        "has_moved": status == HTTPStatus.CONFLICT,
        "seen": seen,
    }
    return show(request, officer, "workspace/publication/content.html", context, status=status)
