"""The province's own documents while they are drafted, on screen: begun, written, checked, submitted (M02)."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from motcua.catalogue.publication_pages import issuers
from motcua.catalogue.queries.of_norm import decisions_of_norm
from motcua.legislation.commands import draft_acts, drafting
from motcua.legislation.models import LegalDraft
from motcua.legislation.queries.drafts import DraftPage, DraftRow, draft_page, drafts, every_draft, issuing_units
from motcua.rules.drafting import DraftAct, DraftState, ItemCode, ItemState
from motcua.ui.pages import page_asked
from motcua.workspace.drafting_words import (
    HINTS,
    ITEM_STATES,
    ITEMS,
    REFUSALS,
    STATES,
    items_in_words,
    refusal_in_words,
)
from motcua.workspace.forms.drafting import DraftTieForm, ItemForm, WordingForm
from motcua.workspace.frame import show
from motcua.workspace.law_words import DOES, FLAWS, STATUSES
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.sheets import CSV, MEDIA_TYPES, Cell, sheet


@officers_only
def every(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the drafts, those that wait for a signature first."""
    state = _state_asked(request)
    number = page_asked(request.GET.get("trang", ""))
    found = drafts(officer.today, number=number, state=state)
    context = {
        "rows": [(row, STATES[DraftState(row.state)]) for row in found.rows],
        "state": state,
        "states": LegalDraft.State.choices,
        "previous_url": f"?tinh-trang={state}&trang={number - 1}" if number > 1 else "",
        "next_url": f"?tinh-trang={state}&trang={number + 1}" if found.has_next else "",
        "may_begin": bool(issuing_units(officer.grants, officer.today)),
    }
    return show(request, officer, "workspace/drafts/list.html", context)


@officers_only
def report(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Hand out the drafts, one a line."""
    rows = every_draft(officer.today, state=_state_asked(request))
    answer = HttpResponse(sheet(CSV, _header(), map(_cells, rows)), content_type=MEDIA_TYPES[CSV])
    answer.headers["Content-Disposition"] = 'attachment; filename="du-thao-van-ban.csv"'
    return answer


@officers_only
def begin(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Begin a draft."""
    places = issuing_units(officer.grants, officer.today)
    if not places:
        return closed(request, officer)
    form = WordingForm(request.POST or None, issuer=places[0])
    if not form.is_valid():
        context = {"form": form, "draft": None}
        return show(request, officer, "workspace/drafts/form.html", context, status=422 if form.is_bound else 200)
    draft = drafting.begin_draft(
        key=form.cleaned_data["key"] or uuid.uuid4(),
        issuer=places[0],
        wording=form.wording(),
        actor=officer.user,
        at=officer.at,
    )
    return redirect("workspace:legal-draft", key=draft.key)


@officers_only
def draft(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Show one draft: its checklist, what it rests on and does, what waits after its signature."""
    return shown(request, officer, page_of(officer, key))


@officers_only
def change(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Write anew what a draft says of itself."""
    page = page_of(officer, key)
    refused = refusal(request, officer, page, DraftAct.EDIT)
    if refused:
        return refused
    form = WordingForm(request.POST or None, issuer=page.draft.issuer, draft=page.draft)
    if form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        try:
            drafting.write_draft(draft=page.draft, wording=form.wording(), seen=seen, actor=officer.user, at=officer.at)
        except (drafting.DraftMoved, drafting.DraftActNotOpen) as refused_now:
            form.add_error(None, refusal_in_words(refused_now))
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("workspace:legal-draft", key=key)
    context = {"form": form, "draft": page.draft}
    return show(request, officer, "workspace/drafts/form.html", context, status=422 if form.errors else 200)


@officers_only
def tie(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Say what a draft rests on, or will do to an older document."""
    page = page_of(officer, key)
    refused = refusal(request, officer, page, DraftAct.EDIT)
    if refused:
        return refused
    if request.method != "POST":
        return redirect("workspace:legal-draft", key=key)
    form = DraftTieForm(request.POST)
    if not form.is_valid():
        return shown(request, officer, page, form=form, status=422)
    said = form.tie()
    try:
        drafting.tie_draft(
            draft=page.draft,
            relation=said.relation,
            target=said.target,
            articles=said.articles,
            actor=officer.user,
            at=officer.at,
        )
    except drafting.DraftActNotOpen as refused_now:
        return shown(request, officer, page_of(officer, key), refusal_in_words(refused_now), status=409)
    messages.success(request, _("Đã ghi quan hệ của dự thảo."))
    return redirect("workspace:legal-draft", key=key)


@officers_only
def untie(request: HttpRequest, officer: Officer, key: uuid.UUID, pk: int) -> HttpResponseBase:
    """Take back what a draft was to do."""
    page = page_of(officer, key)
    refused = refusal(request, officer, page, DraftAct.EDIT)
    if refused:
        return refused
    if request.method == "POST":
        drafting.untie_draft(draft=page.draft, pk=pk, actor=officer.user, at=officer.at)
        messages.success(request, _("Đã bỏ quan hệ của dự thảo."))
    return redirect("workspace:legal-draft", key=key)


@officers_only
def item(request: HttpRequest, officer: Officer, key: uuid.UUID, code: str) -> HttpResponseBase:
    """Settle one item of the checklist."""
    page = page_of(officer, key)
    card = next((one for one in page.items if one.code.value.lower() == code), None)
    if card is None or card.is_automatic:
        raise Http404
    refused = refusal(request, officer, page, DraftAct.EDIT)
    if refused:
        return refused
    form = ItemForm(request.POST or None, card=card)
    if form.is_valid() and _settled(officer, page, card.code, form):
        messages.success(request, _("Đã ghi kết quả."))
        return redirect("workspace:legal-draft", key=key)
    context = {"form": form, "draft": page.draft, "card": card, "name": ITEMS[card.code], "hint": HINTS[card.code]}
    return show(request, officer, "workspace/drafts/item.html", context, status=422 if form.errors else 200)


@officers_only
def submit(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Lay a draft before its signer; who comes by the address lands on its page."""
    page = page_of(officer, key)
    if request.method != "POST":
        return redirect("workspace:legal-draft", key=key)
    try:
        draft_acts.submit_draft(draft=page.draft, actor=officer.user, at=officer.at)
    except drafting.MayNotDraft:
        return closed(request, officer)
    except REFUSALS as refused:
        return shown(request, officer, page, refusal_in_words(refused), status=409)
    messages.success(request, _("Đã trình ký dự thảo."))
    return redirect("workspace:legal-draft", key=key)


def page_of(officer: Officer, key: uuid.UUID) -> DraftPage:
    """Return the page of a draft; one that there is not is not found."""
    try:
        return draft_page(key, officer.user, on=officer.today)
    except LegalDraft.DoesNotExist:
        raise Http404 from None


def shown(
    request: HttpRequest,
    officer: Officer,
    page: DraftPage,
    sentence: str = "",
    *,
    form: DraftTieForm | None = None,
    status: int = 200,
) -> HttpResponseBase:
    """Answer with the page of a draft."""
    context = {
        **in_template(page),
        "sentence": sentence,
        "form": form or DraftTieForm(),
        "may_publish": bool(issuers(officer.grants, officer.today)),
    }
    return show(request, officer, "workspace/drafts/draft.html", context, status=status)


def refusal(request: HttpRequest, officer: Officer, page: DraftPage, act: DraftAct) -> HttpResponseBase | None:
    """Return the answer to who may not do `act` at all, or not now; None to who may."""
    if act in page.acts:
        return None
    if not page.is_theirs(act):
        return closed(request, officer)
    sentence = _("Dự thảo đang ở tình trạng khác nên không làm được việc này.")
    return shown(request, officer, page, sentence, status=409)


def closed(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Say who drafts and who signs."""
    sentence = _(
        "Chỉ cán bộ tư pháp và cán bộ kiểm soát thủ tục của tỉnh soạn dự thảo, và Chủ tịch UBND tỉnh ký ban hành."
    )
    return show(request, officer, "workspace/closed.html", {"sentence": sentence}, status=403)


def in_template(page: DraftPage) -> dict[str, Any]:
    """Return a draft as the templates print it."""
    row = page.draft
    return {
        "page": page,
        "draft": row,
        "standing": STATES[page.state],
        "is_signed": page.state is DraftState.SIGNED,
        "items": [(card, ITEMS[card.code], HINTS[card.code], ITEM_STATES[card.state]) for card in page.items],
        "ties": [
            (tied, DOES[tied.relation], STATUSES[tied.status], FLAWS[tied.flaw] if tied.flaw else "")
            for tied in page.ties
        ],
        "cited": [
            (one, STATUSES[one.status] if one.status else None, FLAWS[one.flaw] if one.flaw else "")
            for one in page.cited
        ],
        "tied_codes": {tied.code for tied in page.ties},
        "blocking": items_in_words(page.blocking),
        "decisions": decisions_of_norm(row.number, row.signed_on) if row.document_id and row.sets_procedures else (),
        **{f"may_{act.value.lower()}": act in page.acts for act in DraftAct},
    }


def _settled(officer: Officer, page: DraftPage, code: ItemCode, form: ItemForm) -> bool:
    typed = form.cleaned_data
    try:
        drafting.settle_draft_item(
            draft=page.draft,
            code=code,
            state=ItemState(typed["state"]),
            note=typed["note"],
            actor=officer.user,
            at=officer.at,
        )
    except (drafting.ItemNotSettled, drafting.DraftActNotOpen) as refused:
        form.add_error(None, refusal_in_words(refused))
        return False
    return True


def _state_asked(request: HttpRequest) -> str:
    state = request.GET.get("tinh-trang", "")
    return state if state in LegalDraft.State.values else ""


def _header() -> list[str]:
    return [
        _("Trích yếu"),
        _("Loại văn bản"),
        _("Đơn vị chủ trì soạn thảo"),
        _("Tình trạng"),
        _("Dự kiến ký ngày"),
        _("Mục đã xong"),
        _("Số mục"),
        _("Mục bắt buộc chưa xong"),
        _("Số, ký hiệu"),
        _("Ngày ký"),
    ]


def _cells(row: DraftRow) -> list[Cell]:
    return [
        row.title,
        row.kind_label,
        row.drafting_unit,
        row.state_label,
        row.planned_on,
        row.settled_count,
        row.item_count,
        row.blocking_count,
        row.number,
        row.signed_on,
    ]
