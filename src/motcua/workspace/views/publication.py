"""Publication decisions on screen: begun, laid before the publisher, signed or given back, entered (C-05 to C-08)."""

import uuid
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from motcua.catalogue.commands import publication_acts, publication_drafts
from motcua.catalogue.commands.publication_drafts import MayNotPublish
from motcua.catalogue.models import PublicationDecision
from motcua.catalogue.publication_pages import DecisionPage, decision_page, decisions, issuers
from motcua.legislation.queries.signed_norm import norm_signed
from motcua.posting.queries.decision import posted_of
from motcua.rules.publication import DecisionAct, DecisionState
from motcua.ui.pages import page_asked
from motcua.workspace.forms.publication import BeginForm, EntryForm, GiveBackForm, OccasionForm, SignForm
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.printed_publication import printed_line, printed_row, standing_of
from motcua.workspace.publication_words import REFUSALS, flaw_in_words, measured_in_words, refusal_in_words


@officers_only
def every(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the decisions, those that wait for a signature first."""
    state = request.GET.get("tinh-trang", "")
    state = state if state in PublicationDecision.State.values else ""
    number = page_asked(request.GET.get("trang", ""))
    found = decisions(officer.today, number=number, state=state)
    context = {
        "rows": [printed_row(row) for row in found.rows],
        "state": state,
        "states": PublicationDecision.State.choices,
        "previous_url": f"?tinh-trang={state}&trang={number - 1}" if number > 1 else "",
        "next_url": f"?tinh-trang={state}&trang={number + 1}" if found.has_next else "",
        "may_begin": bool(issuers(officer.grants, officer.today)),
    }
    return show(request, officer, "workspace/publication/list.html", context)


@officers_only
def begin(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Begin a decision of the chairman."""
    places = issuers(officer.grants, officer.today)
    if not places:
        return closed(request, officer)
    form = BeginForm(request.POST or None, issuers=places, about=norm_signed(request.GET.get("du-thao", "")))
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return show(request, officer, "workspace/publication/begin.html", {"form": form}, status=status)
    typed = form.cleaned_data
    decision = publication_drafts.begin_decision(
        key=typed["key"], issuer=typed["issuer"], occasion=form.occasion(), actor=officer.user, at=officer.at
    )
    return redirect("workspace:publication", key=decision.key)


@officers_only
def decision(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Show one decision: its lines, what is wrong with them, its deadlines."""
    return shown(request, officer, page_of(officer, key))


@officers_only
def change(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Say anew what a decision is about."""
    page = page_of(officer, key)
    refused = refusal(request, officer, page, DecisionAct.EDIT)
    if refused:
        return refused
    row = page.decision
    initial = {name: getattr(row, name) for name in OccasionForm.base_fields}
    form = OccasionForm(request.POST or None, initial=initial)
    if not form.is_valid():
        context = {"form": form, "decision": row}
        status = 422 if form.is_bound else 200
        return show(request, officer, "workspace/publication/change.html", context, status=status)
    try:
        publication_drafts.change_decision(decision=row, occasion=form.occasion(), actor=officer.user, at=officer.at)
    except publication_drafts.ActNotOpen as refused_now:
        return shown(request, officer, page_of(officer, key), refusal_in_words(refused_now), status=409)
    messages.success(request, _("Đã lưu."))
    return redirect("workspace:publication", key=key)


@officers_only
def submit(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Lay a decision before the chairman; who comes by the address lands on its page."""
    page = page_of(officer, key)
    if request.method != "POST":
        return redirect("workspace:publication", key=key)
    try:
        publication_acts.submit_decision(decision=page.decision, actor=officer.user, at=officer.at)
    except MayNotPublish:
        return closed(request, officer)
    except REFUSALS as refused:
        return shown(request, officer, page, refusal_in_words(refused), status=409)
    messages.success(request, _("Đã trình ký quyết định công bố."))
    return redirect("workspace:publication", key=key)


@officers_only
def sign(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Publish a decision under its number, or give it back."""
    page = page_of(officer, key)
    refused = refusal(request, officer, page, DecisionAct.PUBLISH)
    if refused:
        return refused
    is_back = request.POST.get("do") == "back"
    form = SignForm(None if is_back else request.POST or None, initial={"signed_on": officer.today})
    back_form = GiveBackForm(request.POST if is_back else None)
    done = _decided(officer, page, form, back_form)
    if done:
        messages.success(request, done)
        return redirect("workspace:publication", key=key)
    context = {**_context(page), "form": form, "back_form": back_form}
    status = 422 if form.errors or back_form.errors else 200
    return show(request, officer, "workspace/publication/sign.html", context, status=status)


@officers_only
def enter_database(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Note when a published decision entered the national database."""
    page = page_of(officer, key)
    refused = refusal(request, officer, page, DecisionAct.NOTE_ENTRY)
    if refused:
        return refused
    form = EntryForm(request.POST or None, initial={"entered_on": page.decision.entered_on or officer.today})
    if form.is_valid():
        day = form.cleaned_data["entered_on"]
        try:
            publication_acts.note_entry(decision=page.decision, entered_on=day, actor=officer.user, at=officer.at)
        except (publication_acts.DayImpossible, publication_acts.ActNotOpen) as impossible:
            form.add_error("entered_on", refusal_in_words(impossible))
        else:
            messages.success(request, _("Đã ghi ngày cập nhật."))
            return redirect("workspace:publication", key=key)
    context = {"form": form, "decision": page.decision}
    return show(request, officer, "workspace/publication/entry.html", context, status=422 if form.errors else 200)


def page_of(officer: Officer, key: uuid.UUID) -> DecisionPage:
    """Return the page of a decision; one that there is not is not found."""
    try:
        return decision_page(key, officer.user, on=officer.today)
    except PublicationDecision.DoesNotExist:
        raise Http404 from None


def shown(
    request: HttpRequest, officer: Officer, page: DecisionPage, sentence: str = "", *, status: int = 200
) -> HttpResponseBase:
    """Answer with the page of a decision."""
    context = {**_context(page), "sentence": sentence}
    return show(request, officer, "workspace/publication/decision.html", context, status=status)


def refusal(request: HttpRequest, officer: Officer, page: DecisionPage, act: DecisionAct) -> HttpResponseBase | None:
    """Return the answer to who may not do `act` at all, or not now; None to who may."""
    if act in page.acts:
        return None
    if not page.is_theirs(act):
        return closed(request, officer)
    return shown(
        request, officer, page, _("Quyết định đang ở tình trạng khác nên không làm được việc này."), status=409
    )


def closed(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Say who prepares a decision and who publishes."""
    sentence = _("Chỉ cán bộ kiểm soát thủ tục của tỉnh soạn quyết định công bố, và Chủ tịch UBND tỉnh ký công bố.")
    return show(request, officer, "workspace/closed.html", {"sentence": sentence}, status=403)


def _context(page: DecisionPage) -> dict[str, Any]:
    return {
        "page": page,
        "decision": page.decision,
        "is_published": page.state is DecisionState.PUBLISHED,
        "standing": standing_of(page),
        "lines": [printed_line(line) for line in page.lines],
        "general_flaws": [flaw_in_words(flaw) for flaw in page.flaws if not flaw.code],
        "publication": measured_in_words(page.publication),
        "entry": measured_in_words(page.entry) if page.entry else "",
        "posted": posted_of(page.decision, page.on) if page.entry else None,
        **{f"may_{act.value.lower()}": act in page.acts for act in DecisionAct},
    }


def _decided(officer: Officer, page: DecisionPage, form: Form, back_form: Form) -> str:
    """Do what the publisher decided and return what to say; empty when nothing was done."""
    if back_form.is_bound and back_form.is_valid():
        return _given_back(officer, page, back_form)
    return _published(officer, page, form) if form.is_bound and form.is_valid() else ""


def _given_back(officer: Officer, page: DecisionPage, form: Form) -> str:
    reason = form.cleaned_data["reason"]
    try:
        publication_acts.give_decision_back(decision=page.decision, reason=reason, actor=officer.user, at=officer.at)
    except publication_acts.ActNotOpen as refused:
        form.add_error(None, refusal_in_words(refused))
        return ""
    return _("Đã trả lại để sửa.")


def _published(officer: Officer, page: DecisionPage, form: Form) -> str:
    typed = form.cleaned_data
    try:
        publication_acts.publish_decision(
            decision=page.decision,
            number=typed["number"],
            signed_on=typed["signed_on"],
            actor=officer.user,
            at=officer.at,
        )
    except publication_acts.DayImpossible as impossible:
        form.add_error("signed_on", refusal_in_words(impossible))
    except publication_acts.NumberTaken as taken:
        form.add_error("number", refusal_in_words(taken))
    except (publication_acts.DecisionFlawed, publication_acts.ActNotOpen) as refused:
        form.add_error(None, refusal_in_words(refused))
    else:
        return _("Đã công bố.")
    return ""
