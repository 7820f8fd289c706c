"""Petitions in the workspace: the list by remaining time, one of them with its acts, and one written down (E)."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from motcua.documents.storage import path_of
from motcua.organisations.models import Unit
from motcua.petitions.commands.send import enter_petition
from motcua.petitions.models import Petition
from motcua.petitions.queries.work import PetitionPage, petition_list, petition_page
from motcua.petitions.wording import GUIDANCE
from motcua.rules.petitions import ENTERS, READS, PetitionAct, PetitionChannel, PetitionStage, Sorting
from motcua.ui.boxes import PAPER_POLICY
from motcua.ui.pages import page_asked
from motcua.ui.parts import Link
from motcua.ui.wording import time_left
from motcua.workspace.forms.petitions import EnterForm
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.petition_acts import Doing, do, form_for
from motcua.workspace.petition_words import ACT_LABELS, ACT_SLUGS, DONE, REFUSALS, STEP_LABELS, refusal_in_words

_LISTS = {"": "OPEN", "qua-han": "OVERDUE", "lap-lai": "REPEATED", "tat-ca": "ALL"}
_ACTS = {slug: act for act, slug in ACT_SLUGS.items()}
_AWAITED = {
    PetitionStage.RECEIVED: PetitionAct.CLASSIFY,
    PetitionStage.ASKED: PetitionAct.COMPLETE,
    PetitionStage.HANDLING: PetitionAct.DRAFT_ANSWER,
    PetitionStage.DRAFTED: PetitionAct.ANSWER,
    PetitionStage.ANSWERED: PetitionAct.PUBLISH,
}


@officers_only
def petitions(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the petitions of the official's units, what is due first at the top."""
    if not READS & {post.role for post in officer.posts}:
        return _closed(request, officer)
    which, number = request.GET.get("loc", ""), page_asked(request.GET.get("trang", ""))
    which = which if which in _LISTS else ""
    found = petition_list(officer.grants, which=_LISTS[which], number=number, at=officer.at)
    labels = {"": _("Đang xử lý"), "qua-han": _("Quá hạn"), "lap-lai": _("Lặp lại"), "tat-ca": _("Tất cả")}
    context = {
        "rows": [(row, time_left(row.remaining.time) if row.remaining else "") for row in found.rows],
        "tabs": [
            Link(label=label, url=f"?loc={key}", is_current=key == which, count=_late(key, found.overdue_count))
            for key, label in labels.items()
        ],
        "previous_url": f"?loc={which}&trang={number - 1}" if number > 1 else "",
        "next_url": f"?loc={which}&trang={number + 1}" if found.has_next else "",
        "may_enter": bool(_units_entered(officer)),
    }
    return show(request, officer, "workspace/petitions/list.html", context)


@officers_only
def enter(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Write down a petition that came by telephone, on paper or at the desk."""
    units = _units_entered(officer)
    if not units:
        return _closed(request, officer)
    form = EnterForm(request.POST or None, units=units)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return show(request, officer, "workspace/petitions/enter.html", {"form": form}, status=status)
    channel = PetitionChannel(form.cleaned_data["channel"])
    petition = enter_petition(sending=form.sending(), channel=channel, officer=officer.user, at=officer.at)
    messages.success(request, _("Đã ghi nhận. Hãy đưa người gửi mã và mã PIN dưới đây."))
    return redirect("workspace:petition-receipt", code=petition.code)


@officers_only
def petition(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Show everything about one petition."""
    return _shown(request, officer, _page_of(officer, code))


@officers_only
def receipt(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Show code and PIN, to be given to whoever stands at the desk; for the unit that wrote it down."""
    page = _page_of(officer, code)
    if not page.may_read_pin or page.petition.entered_by_id is None:
        return _closed(request, officer)
    return show(request, officer, "workspace/petitions/receipt.html", {"page": page})


@officers_only
def photo(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Show what the sender photographed."""
    file = _page_of(officer, code).petition.photo
    if file is None:
        raise Http404
    content = path_of(file.sha256).open("rb")
    answer = FileResponse(content, content_type=file.media_type, filename=file.original_name)
    answer.headers["Content-Security-Policy"] = PAPER_POLICY
    return answer


@officers_only
def act(request: HttpRequest, officer: Officer, code: str, act: str) -> HttpResponseBase:
    """Ask what an act needs to be told, and do it."""
    wanted, page = _ACTS.get(act), _page_of(officer, code)
    if wanted is None:
        raise Http404
    if wanted not in page.theirs:
        return _closed(request, officer)
    doing = Doing(page, officer, request.GET)
    form = form_for(wanted, doing, request.POST if request.method == "POST" else None)
    if wanted not in page.acts:
        sentence = _("Phản ánh đang ở tình trạng khác nên không làm được việc này.")
        return _shown(request, officer, page, sentence, status=409)
    if form.is_valid():
        try:
            do(wanted, doing, form.cleaned_data)
        except REFUSALS as refused:
            form.add_error(None, refusal_in_words(refused))
        else:
            messages.success(request, str(DONE[wanted]))
            gone = wanted is PetitionAct.TRANSFER
            return redirect("workspace:petitions") if gone else redirect("workspace:petition", code=code)
    context = {"page": page, "form": form, "title": ACT_LABELS[wanted], "act": wanted.value}
    return show(request, officer, "workspace/petitions/act.html", context, status=422 if form.is_bound else 200)


def _page_of(officer: Officer, code: str) -> PetitionPage:
    try:
        return petition_page(code, officer.user, officer.grants, at=officer.at)
    except Petition.DoesNotExist:
        raise Http404 from None


def _shown(
    request: HttpRequest, officer: Officer, page: PetitionPage, sentence: str = "", *, status: int = 200
) -> HttpResponseBase:
    is_returned = page.petition.stage is PetitionStage.RETURNED and page.petition.sorting
    context: dict[str, Any] = {
        "page": page,
        "petition": page.petition,
        "sentence": sentence,
        "acts": [(ACT_SLUGS[one], ACT_LABELS[one]) for one in _in_order(page)],
        "dues": [(STEP_LABELS[line.step], line) for line in page.dues],
        "guidance": GUIDANCE[Sorting(page.petition.sorting)] if is_returned else "",
        "may_transfer": PetitionAct.TRANSFER in page.acts,
    }
    return show(request, officer, "workspace/petitions/petition.html", context, status=status)


def _in_order(page: PetitionPage) -> list[PetitionAct]:
    """Return the open acts that have anything to act on, what the stage waits for first."""
    fitting = [one for one in ACT_SLUGS if one in page.acts and _makes_sense(page, one)]
    return sorted(fitting, key=lambda one: one is not _AWAITED.get(page.petition.stage))


def _makes_sense(page: PetitionPage, act: PetitionAct) -> bool:
    """Tell whether an open act has anything to act on: nothing published is taken down, no unasked unit answers."""
    if act is PetitionAct.UNPUBLISH:
        return page.published is not None and page.published.withdrawn_at is None
    return True


def _late(key: str, count: int) -> int | None:
    return count if key == "qua-han" else None


def _units_entered(officer: Officer) -> list[Unit]:
    units = {post.unit.code: post.unit for post in officer.posts if post.role in ENTERS}
    return list(units.values())


def _closed(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    sentence = _("Phản ánh, kiến nghị do đơn vị đang giữ xử lý: đầu mối phân loại, cán bộ soạn, lãnh đạo trả lời.")
    return show(request, officer, "workspace/closed.html", {"sentence": sentence}, status=403)
