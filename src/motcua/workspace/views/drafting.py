"""Drafts of the province's own documents: the list, one draft with its checklist, writing, signing (M02)."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from motcua.legislation.commands import draft_acts, drafting
from motcua.legislation.models import LegalDraft
from motcua.legislation.queries.drafts import (
    DraftPage,
    draft_page,
    drafting_issuers,
    drafting_units,
    drafts,
    item_of,
)
from motcua.rules.drafting import DraftAct, ItemCode, ItemState
from motcua.rules.legal_effect import Relation
from motcua.workspace.draft_words import ITEM_STATES, ITEM_TONES, ITEMS, NUMBER_FAULTS, STATE_TONES, relation_in_words
from motcua.workspace.forms.drafting import (
    DraftForm,
    DraftTieForm,
    GiveDraftBackForm,
    ItemForm,
    SignDraftForm,
    wording_shown,
)
from motcua.workspace.frame import show
from motcua.workspace.law_words import FLAWS
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.views.catalogue import page_number


@officers_only
def every(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the drafts, those that wait for a signature first."""
    found = drafts(officer.today, number=page_number(request))
    context = {
        "rows": [(row, STATE_TONES[row.draft.state]) for row in found.rows],  # type: ignore[index]  # a string like it
        "may_begin": bool(drafting_issuers(officer.grants, officer.today)),
        "before": found.number - 1 if found.number > 1 else None,
        "after": found.number + 1 if found.has_next else None,
    }
    return show(request, officer, "workspace/drafting/list.html", context)


@officers_only
def begin(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Begin a draft."""
    issuers = drafting_issuers(officer.grants, officer.today)
    if not issuers:
        return closed(request, officer)
    form = DraftForm(request.POST or None, units=drafting_units(issuers[0], officer.today))
    if form.is_valid():
        key = form.cleaned_data["key"] or uuid.uuid4()
        said: dict[str, Any] = {"wording": form.wording(), "actor": officer.user, "at": officer.at}
        draft = drafting.begin_draft(key=key, issuer=issuers[0], **said)
        messages.success(request, _("Đã bắt đầu dự thảo."))
        return redirect("workspace:legal-draft", key=draft.key)
    context = {"form": form, "draft": None}
    return show(request, officer, "workspace/drafting/form.html", context, status=422 if form.errors else 200)


@officers_only
def draft(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Show one draft: what it says, its checklist, what it will do to others."""
    return _shown(request, officer, _page(officer, key), DraftTieForm())


@officers_only
def write(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Write what a draft says of itself anew."""
    page = _page(officer, key)
    if DraftAct.EDIT not in page.acts:
        return closed(request, officer)
    units = drafting_units(page.draft.issuer, officer.today)
    form = DraftForm(request.POST or None, units=units, initial=wording_shown(page.draft))
    if form.is_valid():
        seen, wording = form.cleaned_data["seen"] or 0, form.wording()
        try:
            drafting.write_draft(draft=page.draft, wording=wording, seen=seen, actor=officer.user, at=officer.at)
        except drafting.DraftMoved:
            form.add_error(None, _("Người khác vừa sửa dự thảo này: hãy mở lại rồi ghi phần của bạn."))
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("workspace:legal-draft", key=key)
    context = {"form": form, "draft": page.draft}
    return show(request, officer, "workspace/drafting/form.html", context, status=422 if form.errors else 200)


@officers_only
def tie(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Say what a draft rests on, and what it will do to other documents."""
    page = _page(officer, key)
    if DraftAct.EDIT not in page.acts:
        return closed(request, officer)
    if request.method != "POST":
        return redirect("workspace:legal-draft", key=key)
    form = DraftTieForm(request.POST)
    if not form.is_valid():
        return _shown(request, officer, page, form, status=422)
    typed = form.cleaned_data
    drafting.tie_draft(
        draft=page.draft,
        relation=Relation(typed["relation"]),
        target=typed["target"],
        articles=typed["articles"],
        actor=officer.user,
        at=officer.at,
    )
    messages.success(request, _("Đã ghi quan hệ."))
    return redirect("workspace:legal-draft", key=key)


@officers_only
def untie(request: HttpRequest, officer: Officer, key: uuid.UUID, pk: int) -> HttpResponseBase:
    """Take back what a draft was to do."""
    page = _page(officer, key)
    if DraftAct.EDIT not in page.acts:
        return closed(request, officer)
    if request.method == "POST":
        drafting.untie_draft(draft=page.draft, pk=pk, actor=officer.user, at=officer.at)
        messages.success(request, _("Đã bỏ quan hệ."))
    return redirect("workspace:legal-draft", key=key)


@officers_only
def item(request: HttpRequest, officer: Officer, key: uuid.UUID, code: str) -> HttpResponseBase:
    """Say where an item of the checklist stands."""
    page = _page(officer, key)
    found = item_of(page, code)
    if found is None:
        raise Http404
    if DraftAct.EDIT not in page.acts:
        return closed(request, officer)
    said = found.said
    form = ItemForm(request.POST or None, initial={"state": said.state, "note": said.note} if said else None)
    if form.is_valid():
        state, note = ItemState(form.cleaned_data["state"]), form.cleaned_data["note"]
        act: dict[str, Any] = {"state": state, "note": note, "actor": officer.user, "at": officer.at}
        try:
            drafting.settle_draft_item(draft=page.draft, code=ItemCode(code), **act)
        except drafting.ItemNotSettled:
            form.add_error("state", _("Mục này bắt buộc với loại văn bản ấy nên không bỏ qua được."))
        else:
            messages.success(request, _("Đã ghi."))
            return redirect("workspace:legal-draft", key=key)
    context = {"form": form, "draft": page.draft, "name": ITEMS[ItemCode(code)], "rule": found.line.item.rule}
    return show(request, officer, "workspace/drafting/item.html", context, status=422 if form.errors else 200)


@officers_only
def submit(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Lay a draft before its signer."""
    page = _page(officer, key)
    if DraftAct.SUBMIT not in page.acts:
        return closed(request, officer)
    if request.method == "POST":
        try:
            draft_acts.submit_draft(draft=page.draft, actor=officer.user, at=officer.at)
        except draft_acts.ItemsOpen as refusal:
            return _shown(request, officer, page, DraftTieForm(), sentence=open_in_words(refusal.codes), status=409)
        messages.success(request, _("Đã trình ký dự thảo."))
    return redirect("workspace:legal-draft", key=key)


@officers_only
def sign(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Sign a draft, or give it back."""
    page = _page(officer, key)
    if DraftAct.SIGN not in page.acts:
        return closed(request, officer)
    act = request.POST.get("do", "")
    form = SignDraftForm(request.POST if act == "sign" else None, initial={"signed_on": officer.today})
    back = GiveDraftBackForm(request.POST if act == "back" else None)
    if form.is_valid() and _signed(officer, page, form):
        messages.success(request, _("Đã ký. Văn bản đã vào sổ."))
        return redirect("workspace:legal-draft", key=key)
    if back.is_valid():
        reason = back.cleaned_data["reason"]
        draft_acts.give_draft_back(draft=page.draft, reason=reason, actor=officer.user, at=officer.at)
        messages.success(request, _("Đã trả lại để sửa."))
        return redirect("workspace:legal-draft", key=key)
    context = {"form": form, "back_form": back, "draft": page.draft}
    status = 422 if form.errors or back.errors else 200
    return show(request, officer, "workspace/drafting/sign.html", context, status=status)


def closed(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Say who drafts and who signs."""
    sentence = _("Cán bộ tư pháp và cán bộ kiểm soát thủ tục của tỉnh soạn khi dự thảo còn mở; lãnh đạo tỉnh ký.")
    return show(request, officer, "workspace/closed.html", {"sentence": sentence}, status=403)


def open_in_words(codes: tuple[ItemCode, ...]) -> str:
    """Return which compulsory items are open, as a sentence."""
    return _("Chưa trình, ký được vì còn: %(items)s.") % {"items": "; ".join(str(ITEMS[code]) for code in codes)}


def _signed(officer: Officer, page: DraftPage, form: SignDraftForm) -> bool:
    try:
        draft_acts.sign_draft(draft=page.draft, signature=form.signature(), actor=officer.user, at=officer.at)
    except draft_acts.NumberImpossible as refusal:
        form.add_error("number", str(NUMBER_FAULTS[refusal.fault]))
    except draft_acts.AlreadyEntered as refusal:
        form.add_error("number", _("Sổ đã có văn bản mang số này (%(code)s).") % {"code": refusal.code})
    except draft_acts.SigningDayImpossible as refusal:
        days = {"earliest": f"{refusal.earliest:%d/%m/%Y}", "latest": f"{refusal.latest:%d/%m/%Y}"}
        form.add_error("signed_on", _("Ngày ký từ %(earliest)s đến %(latest)s.") % days)
    except draft_acts.EffectTooEarly as refusal:
        day = {"day": f"{refusal.earliest:%d/%m/%Y}"}
        form.add_error("effective_from", _("Sớm nhất là ngày %(day)s.") % day)
    except draft_acts.ItemsOpen as refusal:
        form.add_error(None, open_in_words(refusal.codes))
    return form.is_valid()


def _page(officer: Officer, key: uuid.UUID) -> DraftPage:
    try:
        return draft_page(key, officer.user, on=officer.today)
    except LegalDraft.DoesNotExist:
        raise Http404 from None


def _shown(
    request: HttpRequest,
    officer: Officer,
    page: DraftPage,
    form: DraftTieForm,
    *,
    sentence: str = "",
    status: int = 200,
) -> HttpResponseBase:
    context = {**_told(page), "form": form, "sentence": sentence}
    return show(request, officer, "workspace/drafting/draft.html", context, status=status)


def _told(page: DraftPage) -> dict[str, object]:
    """Return the draft in words."""
    return {
        "page": page,
        "draft": page.draft,
        "tone": STATE_TONES[page.state],
        "items": [
            (one, ITEMS[one.line.item.code], ITEM_STATES[one.line.state], *ITEM_TONES[one.line.state])
            for one in page.items
        ],
        "ties": [(one, relation_in_words(one.kind)) for one in page.ties],
        "findings": [(one.name, FLAWS[one.flaw]) for one in page.findings],
        "may_edit": DraftAct.EDIT in page.acts,
        "may_submit": DraftAct.SUBMIT in page.acts,
        "may_sign": DraftAct.SIGN in page.acts,
        "progress": f"{page.settled_count}/{len(page.items)}",
    }
