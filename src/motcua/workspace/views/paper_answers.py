"""Enter what a desk did on paper besides accepting: declined (form 03), asked for papers (form 02), gave out."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.dossiers.commands.enter_answer import enter_asking, enter_decline
from motcua.dossiers.commands.return_result import enter_hand_over
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.counter import asked_by
from motcua.rules.transitions import Action
from motcua.workspace.forms.paper_answers import HandOverOnPaperForm, PaperAskingForm, PaperDeclineForm
from motcua.workspace.frame import show, typed_before
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.refusals import REFUSALS, told
from motcua.workspace.uploads import uploads_of
from motcua.workspace.views.acting import Act, take
from motcua.workspace.views.paper_entry import PaperAsked, asked_of, slot_of

AnswerForm = PaperDeclineForm | PaperAskingForm
GIVEN_ON_PAPER = Act(
    Action.HAND_OVER,
    HandOverOnPaperForm,
    "workspace/acts/hand_over_on_paper.html",
    gettext_lazy("Đã nhập kết quả trả trên giấy. Hồ sơ kết thúc."),
    event="ReturnEnteredFromPaper",
)


@officers_only
def decline(
    request: HttpRequest, officer: Officer, code: str, number: int, procedure: str, day: str
) -> HttpResponseBase:
    """Take down what form 03 says, and make the declined dossier of it."""
    asked = asked_of(slot_of(officer, code, number), procedure, day)
    posted = request.POST if request.method == "POST" else None
    form = PaperDeclineForm(posted, version=asked.version, initial=typed_before(request))

    def entered() -> Dossier:
        return enter_decline(
            slot=asked.slot,
            offering=asked.offering,
            answer=form.paper_answer(asked.day),
            refusal=form.refusal(),
            officer=officer.user,
            at=officer.at,
        )

    return _taken(request, officer, asked, form, entered, "workspace/paper/decline.html")


@officers_only
def ask(request: HttpRequest, officer: Officer, code: str, number: int, procedure: str, day: str) -> HttpResponseBase:
    """Take down what form 02 says, and make the dossier of it that waits for those papers."""
    asked = asked_of(slot_of(officer, code, number), procedure, day)
    parts = asked_by(asked.version)
    if request.method == "POST":
        uploads = uploads_of(request, officer)
        form = PaperAskingForm(request.POST, asked=parts, uploads=uploads)
    else:
        form = PaperAskingForm(asked=parts, initial=typed_before(request))

    def entered() -> Dossier:
        return enter_asking(
            slot=asked.slot,
            offering=asked.offering,
            answer=form.paper_answer(asked.day),
            asking=form.asking(),
            officer=officer.user,
            at=officer.at,
        )

    return _taken(request, officer, asked, form, entered, "workspace/paper/ask.html")


@officers_only
def hand_over(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Enter that a result was given out on paper while the system was down."""

    def perform(dossier: Dossier, typed: dict[str, Any]) -> Dossier:
        return enter_hand_over(dossier=dossier, given=typed["given"], **officer.acting(typed))

    return take(request, officer, code, GIVEN_ON_PAPER, perform)


def _taken(
    request: HttpRequest,
    officer: Officer,
    asked: PaperAsked,
    form: AnswerForm,
    entered: Callable[[], Dossier],
    template: str,
) -> HttpResponseBase:
    """Show the form, or make the dossier; a refusal keeps what was typed."""
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            dossier = entered()
        except REFUSALS as refusal:
            said = told(refusal)
            form.add_error(None, said.sentence)
            status = said.status
        else:
            messages.success(request, _("Đã nhập hồ sơ %(code)s từ giấy.") % {"code": dossier.public_code})
            return redirect("workspace:dossier", code=dossier.public_code)
    return show(request, officer, template, {"asked": asked, "form": form}, status=status)
