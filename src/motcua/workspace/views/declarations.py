"""The builder of the electronic declaration of a draft version: fields in order, one field, the preview."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.catalogue.commands.declaration_drafts import write_declaration
from motcua.catalogue.commands.publication_drafts import DraftMoved
from motcua.catalogue.models import PublicationLine
from motcua.catalogue.publication_facts import declaration_before
from motcua.catalogue.publication_pages import DecisionPage, LineCard
from motcua.rules.declaration_answers import prefilled
from motcua.rules.declaration_editing import moved, with_copy, without_field
from motcua.rules.declarations import FieldDefinition, Prefill, as_stored
from motcua.rules.publication import WITH_CONTENT, DecisionAct, Extent
from motcua.ui.declarations import ACT, SAVE, DeclarationForm, rearranged, sent_answers
from motcua.workspace.forms.declarations import FieldForm
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.printed_declaration import field_lines
from motcua.workspace.publication_words import REFUSALS, refusal_in_words
from motcua.workspace.views.publication import page_of, refusal, shown
from motcua.workspace.views.publication_lines import card_of


@dataclass(frozen=True, slots=True)
class _Draft:
    """The declaration of one line as it stands; `seen` is the hash of the content it is read from."""

    page: DecisionPage
    card: LineCard
    line: PublicationLine
    fields: tuple[FieldDefinition, ...]
    before: tuple[FieldDefinition, ...]
    seen: str


@officers_only
def fields(request: HttpRequest, officer: Officer, key: uuid.UUID, procedure: str) -> HttpResponseBase:
    """Show the fields in order, and move, copy or remove one."""
    draft = _draft(officer, key, procedure)
    if request.method != "POST":
        return _listed(request, officer, draft)
    refused = refusal(request, officer, draft.page, DecisionAct.EDIT)
    if refused:
        return refused
    act, _colon, field = request.POST.get("do", "").partition(":")
    acts = {
        "up": lambda: moved(draft.fields, field, -1),
        "down": lambda: moved(draft.fields, field, 1),
        "copy": lambda: with_copy(draft.fields, field),
        "remove": lambda: without_field(draft.fields, field),
    }
    after = acts[act]() if act in acts else draft.fields
    return _written(request, officer, draft, after, _seen(request))


@officers_only
def add_field(request: HttpRequest, officer: Officer, key: uuid.UUID, procedure: str) -> HttpResponseBase:
    """Add a field behind another, or to a group."""
    return _edited(request, officer, _draft(officer, key, procedure), None)


@officers_only
def edit_field(request: HttpRequest, officer: Officer, key: uuid.UUID, procedure: str, field: str) -> HttpResponseBase:
    """Change a field."""
    draft = _draft(officer, key, procedure)
    found = next((one for one in draft.fields if one.key == field), None)
    if found is None:
        raise Http404
    return _edited(request, officer, draft, found)


@officers_only
def preview(request: HttpRequest, officer: Officer, key: uuid.UUID, procedure: str) -> HttpResponseBase:
    """Show the declaration as the applicant will fill it in; nothing is stored."""
    draft = _draft(officer, key, procedure)
    questions = [as_stored(one) for one in draft.fields]
    act = request.POST.get(ACT, SAVE)
    if request.method != "POST":
        form = DeclarationForm(questions, initial=prefilled(draft.fields, _somebody(), {}))
    elif act != SAVE:
        form = DeclarationForm(questions, initial=rearranged(draft.fields, sent_answers(request.POST), act))
    else:
        form = DeclarationForm(questions, request.POST)
    is_whole = form.is_bound and form.is_valid()
    context = {"decision": draft.page.decision, "card": draft.card, "form": form, "is_whole": is_whole}
    return show(request, officer, "workspace/declaration/preview.html", context, status=422 if form.errors else 200)


def _draft(officer: Officer, key: uuid.UUID, procedure: str) -> _Draft:
    page = page_of(officer, key)
    card = card_of(page, procedure)
    if card.kind not in WITH_CONTENT or card.content is None:
        raise Http404
    lines = PublicationLine.objects.select_related("decision", "version", "based_on")
    line = get_object_or_404(lines, decision=page.decision, procedure__code=procedure)
    assert line.version is not None  # lines with content have one
    seen = line.version.content_hash
    return _Draft(page, card, line, card.content.declaration, declaration_before(line), seen)


def _edited(request: HttpRequest, officer: Officer, draft: _Draft, field: FieldDefinition | None) -> HttpResponseBase:
    refused = refusal(request, officer, draft.page, DecisionAct.EDIT)
    if refused:
        return refused
    after, group = request.GET.get("sau", ""), request.GET.get("nhom", "")
    initial: dict[str, object] = {"seen": draft.seen, **({} if field else {"group": group})}
    is_choosing = request.method == "POST" and request.POST.get("do", SAVE) != SAVE
    if is_choosing:
        initial |= {name: request.POST.get(name, "") for name in FieldForm.base_fields if name != "values"}
        initial["values"] = request.POST.getlist("values")
    form = FieldForm(
        request.POST if request.method == "POST" and not is_choosing else None,
        fields=draft.fields,
        before=draft.before,
        field=field,
        after=after,
        initial=initial,
    )
    if form.is_valid():
        return _written(request, officer, draft, form.declaration(), form.cleaned_data["seen"])
    context = {"decision": draft.page.decision, "card": draft.card, "form": form, "field": field}
    return show(request, officer, "workspace/declaration/field.html", context, status=422 if form.errors else 200)


def _written(
    request: HttpRequest, officer: Officer, draft: _Draft, after: Sequence[FieldDefinition], seen: str
) -> HttpResponseBase:
    """Keep the declaration and go back to the list; one changed meanwhile is shown as it stands."""
    try:
        write_declaration(line=draft.line, fields=after, seen=seen, actor=officer.user, at=officer.at)
    except DraftMoved as refused:
        return _listed(request, officer, draft, refusal_in_words(refused), status=409)
    except REFUSALS as refused:
        return shown(request, officer, draft.page, refusal_in_words(refused), status=409)
    messages.success(request, _("Đã lưu tờ khai."))
    address = reverse("workspace:declaration", args=[draft.page.decision.key, draft.card.code])
    return redirect(address)


def _listed(
    request: HttpRequest, officer: Officer, draft: _Draft, sentence: str = "", *, status: int = 200
) -> HttpResponseBase:
    context = {
        "decision": draft.page.decision,
        "card": draft.card,
        "lines": field_lines(draft.fields, draft.before),
        "seen": draft.seen,
        "sentence": sentence,
        "may_edit": DecisionAct.EDIT in draft.page.acts and draft.card.extent is Extent.FULL,
        "is_list": draft.card.extent is Extent.LIST,
    }
    return show(request, officer, "workspace/declaration/fields.html", context, status=status)


def _somebody() -> dict[Prefill, str]:
    """Return whom the preview shows the declaration to: nobody there is."""
    return {
        Prefill.NAME: _("Lò Thị Mẫu"),
        Prefill.CITIZEN_ID: "011090000001",
        Prefill.PHONE: "0900000001",
        Prefill.EMAIL: "nguoi.dan@example.com",
        Prefill.ADDRESS: _("Bản Huổi Mẫu, xã Mường Thanh"),
    }


def _seen(request: HttpRequest) -> str:
    return request.POST.get("seen", "")
