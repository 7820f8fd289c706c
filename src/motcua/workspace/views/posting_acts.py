"""A desk confirms a board with its day and photo, corrects what it said; where feedback goes (C-10, E-02)."""

import uuid

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from motcua.posting.commands import confirm, feedback
from motcua.posting.models import PostingConfirmation
from motcua.posting.queries.board import BoardPage
from motcua.workspace.forms.posting import AddressForm, BoardForm, CorrectionForm, PutUpForm, TakenDownForm, WordForm
from motcua.workspace.forms.scans import hand_over
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.posting_words import REFUSALS, told
from motcua.workspace.uploads import uploads_of
from motcua.workspace.views.dossiers import stored_file
from motcua.workspace.views.postings import page_of


@officers_only
def put_up(request: HttpRequest, officer: Officer, unit: str) -> HttpResponseBase:
    """Confirm that procedures were put up, all of a board at once."""
    page = page_of(officer, unit)
    if not page.may_confirm:
        return closed(request, officer, confirm.MayNotConfirm())
    lines = (*page.put_up, *page.right)
    ticked = lines if "tat-ca" in request.GET else page.put_up
    initial = {"on": officer.today, "kind": page.put_up_kind.value}
    form = PutUpForm(request.POST or None, lines=lines, ticked=ticked, initial=initial)
    return _confirmed(request, officer, page, form)


@officers_only
def take_down(request: HttpRequest, officer: Officer, unit: str) -> HttpResponseBase:
    """Confirm that procedures were taken down."""
    page = page_of(officer, unit)
    if not page.may_confirm:
        return closed(request, officer, confirm.MayNotConfirm())
    lines = tuple(line for line in (*page.take_down, *page.put_up, *page.right) if line.standing.shown)
    ticked = lines if "tat-ca" in request.GET else page.take_down
    initial = {"on": officer.today, "kind": page.take_down_kind.value}
    form = TakenDownForm(request.POST or None, lines=lines, ticked=ticked, initial=initial)
    return _confirmed(request, officer, page, form)


@officers_only
def confirmation(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Show what was confirmed, with its procedures and its photo."""
    return _shown(request, officer, _row(key))


@officers_only
def photo(_request: HttpRequest, _officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Show the photo of a board."""
    return stored_file(_row(key).photo)


@officers_only
def correct(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Put another word in the place of one that was wrong."""
    row = _row(key)
    page = page_of(officer, row.unit.code)
    if not page.may_confirm:
        return closed(request, officer, confirm.MayNotConfirm())
    form = CorrectionForm(request.POST or None, before=row)
    _take_files(request, officer, form)
    if form.is_valid():
        try:
            right = confirm.correct(
                confirmation=row, key=form.cleaned_data["key"], told=form.told(), actor=officer.user, at=officer.at
            )
        except REFUSALS as refused:
            return _refused(request, officer, form, refused, "workspace/postings/correct.html", {"row": row})
        messages.success(request, _("Đã sửa xác nhận."))
        return redirect("workspace:posting-confirmation", key=right.key)
    context = {"form": form, "row": row}
    return show(request, officer, "workspace/postings/correct.html", context, status=422 if form.is_bound else 200)


@officers_only
def withdraw(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Take back a confirmation that was a mistake; who comes by the address lands on its page."""
    row = _row(key)
    if request.method != "POST":
        return redirect("workspace:posting-confirmation", key=key)
    try:
        confirm.withdraw(confirmation=row, actor=officer.user, at=officer.at)
    except confirm.MayNotConfirm as refused:
        return closed(request, officer, refused)
    except confirm.WithdrawnBefore as refused:
        return _shown(request, officer, row, told(refused).sentence, status=409)
    messages.success(request, _("Đã rút xác nhận."))
    return redirect("workspace:posting-place", unit=row.unit.code)


@officers_only
def address(request: HttpRequest, officer: Officer, unit: str) -> HttpResponseBase:
    """Say where feedback about a desk goes from a day on."""
    page = page_of(officer, unit)
    if not page.may_tell_address:
        return closed(request, officer, feedback.MayNotTellAddress())
    known = page.address
    names = ("receiver", "phone", "email", "website", "address")
    initial = {name: getattr(known, name) for name in names} if known else {}
    form = AddressForm(request.POST or None, initial={**initial, "valid_from": officer.today})
    if form.is_valid():
        day = form.cleaned_data["valid_from"]
        try:
            feedback.tell_address(
                unit=page.unit, address=form.told(), valid_from=day, actor=officer.user, at=officer.at
            )
        except REFUSALS as refused:
            return _refused(request, officer, form, refused, "workspace/postings/address.html", {"page": page})
        messages.success(request, _("Đã ghi nơi nhận phản ánh, kiến nghị."))
        return redirect("workspace:posting-place", unit=unit)
    context = {"form": form, "page": page}
    return show(request, officer, "workspace/postings/address.html", context, status=422 if form.is_bound else 200)


def closed(request: HttpRequest, officer: Officer, refusal: Exception) -> HttpResponseBase:
    """Say whose act it is."""
    return show(request, officer, "workspace/closed.html", {"sentence": told(refusal).sentence}, status=403)


def _confirmed(request: HttpRequest, officer: Officer, page: BoardPage, form: BoardForm) -> HttpResponseBase:
    """Answer to the form of a board, sent or not."""
    done = _("Đã ghi nhận xác nhận niêm yết.")
    if form.is_bound and _is_known(request, page):
        form.offer_again()
    _take_files(request, officer, form)
    context = {"page": page, "is_taking_down": isinstance(form, TakenDownForm), "has_all": "tat-ca" in request.GET}
    template = "workspace/postings/confirm.html"
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return show(request, officer, template, {"form": form, **context}, status=status)
    try:
        _do(officer, page, form)
    except REFUSALS as refused:
        return _refused(request, officer, form, refused, template, context)
    messages.success(request, done)
    return redirect("workspace:posting-place", unit=page.unit.code)


def _do(officer: Officer, page: BoardPage, form: BoardForm) -> PostingConfirmation:
    key, lines = form.cleaned_data["key"], form.told_lines()
    if isinstance(form, TakenDownForm):
        return confirm.confirm_taken_down(
            key=key,
            unit=page.unit,
            codes=[line.code for line in lines],
            told=form.told(),
            actor=officer.user,
            at=officer.at,
        )
    return confirm.confirm_put_up(
        key=key, unit=page.unit, posted=lines, told=form.told(), actor=officer.user, at=officer.at
    )


def _is_known(request: HttpRequest, page: BoardPage) -> bool:
    """Tell whether this very form was taken in before: the list it was made from is another one by now."""
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return False
    return any(card.key == key for card in page.history)


def _take_files(request: HttpRequest, officer: Officer, form: WordForm) -> None:
    if form.is_bound:
        hand_over(form, uploads_of(request, officer))


def _refused(
    request: HttpRequest,
    officer: Officer,
    form: Form,
    refusal: Exception,
    template: str,
    context: dict[str, object],
) -> HttpResponseBase:
    said = told(refusal)
    form.add_error(said.field if said.field in form.fields else None, said.sentence)
    return show(request, officer, template, {"form": form, **context}, status=said.status)


def _row(key: uuid.UUID) -> PostingConfirmation:
    rows = PostingConfirmation.objects.select_related("unit", "photo", "confirmed_by", "corrects", "correction")
    return get_object_or_404(rows, key=key)


def _shown(
    request: HttpRequest, officer: Officer, row: PostingConfirmation, sentence: str = "", *, status: int = 200
) -> HttpResponseBase:
    page = page_of(officer, row.unit.code)
    context = {
        "row": row,
        "lines": list(row.lines.select_related("procedure", "version").order_by("procedure__sort_key", "pk")),
        "correction": getattr(row, "correction", None),
        "may_change": page.may_confirm and row.withdrawn_at is None,
        "sentence": sentence,
    }
    return show(request, officer, "workspace/postings/confirmation.html", context, status=status)
