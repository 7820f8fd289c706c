"""What ends a dossier, moves its promise, brings its result to the applicant, or puts a wrong one right."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.commands import correct as correcting
from motcua.dossiers.commands import end, process, return_result
from motcua.dossiers.commands import extend as extending
from motcua.dossiers.commands import settle_at_once as settling
from motcua.dossiers.facts import is_settled_at_once
from motcua.dossiers.models import Correction, Dossier
from motcua.rules.transitions import NEXT, Action
from motcua.workspace.forms import outcome
from motcua.workspace.forms.acts import IssueForm
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.views.acting import Act, take

EXTEND = Act(
    Action.EXTEND,
    outcome.ExtendForm,
    "workspace/acts/extend.html",
    _("Đã xin lỗi, hẹn lại ngày trả (mẫu 04) và báo người nộp."),
    event="DossierExtended",
)
STOP = Act(
    Action.STOP,
    outcome.EndForm,
    "workspace/acts/end.html",
    _("Đã dừng giải quyết (mẫu 05) và báo người nộp."),
    event="DossierStopped",
)
CLOSE = Act(
    Action.CLOSE_UNANSWERED,
    outcome.EndForm,
    "workspace/acts/end.html",
    _("Đã đóng hồ sơ không bổ sung (mẫu 05) và báo người nộp."),
    event="DossierClosedUnanswered",
)
ISSUE_REFUSAL = Act(
    Action.ISSUE_REFUSAL,
    IssueForm,
    "workspace/acts/issue.html",
    _("Đã phát hành văn bản từ chối và chuyển về quầy trả kết quả."),
    event="RefusalIssued",
)
POST = Act(
    Action.POST_RESULT,
    outcome.PostForm,
    "workspace/acts/plain.html",
    _("Đã gửi kết quả qua bưu chính. Hồ sơ kết thúc."),
    event="ResultReturned",
)
RELEASE = Act(
    Action.RELEASE_ONLINE,
    outcome.ReleaseForm,
    "workspace/acts/release.html",
    _("Đã trả bản điện tử. Hồ sơ kết thúc."),
    event="ResultReturned",
)


def _takes_its_time(dossier: Dossier) -> Exception | None:
    """Say that the procedure is not settled at the desk, while the dossier stands where it would be."""
    is_there = (dossier.stage, Action.SETTLE_AT_ONCE) in NEXT
    return settling.NotSettledAtOnce() if is_there and not is_settled_at_once(dossier) else None


AT_ONCE = Act(
    Action.SETTLE_AT_ONCE,
    outcome.AtOnceForm,
    "workspace/acts/settle_at_once.html",
    _("Đã trả kết quả ngay. Hồ sơ kết thúc."),
    event="ResultGivenAtOnce",
    why_closed=_takes_its_time,
)
ERROR = Act(
    Action.REPORT_ERROR,
    outcome.ErrorForm,
    "workspace/acts/plain.html",
    _("Đã báo sai sót cho lãnh đạo ký và xin lỗi người nộp."),
    event="ResultErrorReported",
)
CORRECT = Act(
    Action.CORRECT,
    outcome.CorrectForm,
    "workspace/acts/correct.html",
    _("Đã ký lại kết quả và chuyển về quầy trả kết quả."),
    event="ResultCorrected",
)


@officers_only
def extend(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Apologise and give a new date."""

    def perform(dossier: Dossier, typed: dict[str, Any]) -> Dossier:
        apology = extending.Apology(typed["reason"], typed["new_day"])
        return extending.extend(dossier=dossier, apology=apology, **officer.acting(typed))

    return take(request, officer, code, EXTEND, perform)


@officers_only
def stop(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Stop the dossier, as the head of the agency."""

    def perform(dossier: Dossier, typed: dict[str, Any]) -> Dossier:
        ground = end.EndGround(typed["reason"], typed["basis"])
        return end.stop(dossier=dossier, ground=ground, **officer.acting(typed))

    return take(request, officer, code, STOP, perform)


@officers_only
def close_unanswered(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Close the dossier of an applicant who stayed silent."""

    def perform(dossier: Dossier, typed: dict[str, Any]) -> Dossier:
        ground = end.EndGround(typed["reason"], typed["basis"])
        return end.close_unanswered(dossier=dossier, ground=ground, **officer.acting(typed))

    return take(request, officer, code, CLOSE, perform)


@officers_only
def issue_refusal(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Number and issue the refusal."""

    def perform(dossier: Dossier, typed: dict[str, Any]) -> Dossier:
        numbering = process.Numbering(typed["number"], typed["file"])
        return process.issue(dossier=dossier, numbering=numbering, **officer.acting(typed))

    return take(request, officer, code, ISSUE_REFUSAL, perform)


@officers_only
def post_result(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Give the result to the post."""

    def perform(dossier: Dossier, typed: dict[str, Any]) -> Dossier:
        return return_result.post_result(dossier=dossier, post_no=typed["post_no"], **officer.acting(typed))

    return take(request, officer, code, POST, perform)


@officers_only
def release_online(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Let the applicant fetch the result from their page."""

    def perform(dossier: Dossier, typed: dict[str, Any]) -> Dossier:
        return return_result.release_online(dossier=dossier, **officer.acting(typed))

    return take(request, officer, code, RELEASE, perform)


@officers_only
def settle_at_once(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Give out on the spot what the signer signed, or enter when that was done on paper."""

    def perform(dossier: Dossier, typed: dict[str, Any]) -> Dossier:
        result = settling.ResultAtOnce(
            title=typed["title"],
            number=typed["number"],
            file=typed["file"],
            signer=typed["signer"],
            received_by=typed["received_by"],
        )
        if typed["given_at"] is None:
            return settling.settle_at_once(dossier=dossier, result=result, **officer.acting(typed))
        acting = officer.acting(typed)
        return settling.enter_at_once(dossier=dossier, result=result, given_at=typed["given_at"], **acting)

    return take(request, officer, code, AT_ONCE, perform)


@officers_only
def report_error(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Write down what is wrong with the result."""

    def perform(dossier: Dossier, typed: dict[str, Any]) -> Dossier:
        return correcting.report_error(dossier=dossier, error=typed["error"], **officer.acting(typed))

    return take(request, officer, code, ERROR, perform)


@officers_only
def correct(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Sign and issue the right result."""

    def perform(dossier: Dossier, typed: dict[str, Any]) -> Dossier:
        right = correcting.RightResult(typed["number"], typed["file"])
        return correcting.correct(dossier=dossier, right=right, **officer.acting(typed))

    found = Correction.objects.filter(dossier__in=Dossier.objects.with_public_code(code), corrected_at=None)
    return take(request, officer, code, CORRECT, perform, more={"corrections": found})
