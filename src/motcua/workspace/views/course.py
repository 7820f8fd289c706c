"""What happens on the way to a decision: guidance, supplements, minutes, opinions, money, a refusal proposed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.commands import consult as consulting
from motcua.dossiers.commands import financial, note, process, request_supplement
from motcua.dossiers.models import Consultation, Dossier
from motcua.rules.permissions import ROLE_FOR
from motcua.rules.transitions import Action
from motcua.workspace.forms import course
from motcua.workspace.forms.supplement import AfterAcceptanceForm
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.views.acting import WORKLIST, Act, take

GUIDE = Act(
    Action.GUIDE,
    course.GuideForm,
    "workspace/acts/plain.html",
    _("Đã hướng dẫn người nộp. Hồ sơ vẫn chờ tiếp nhận."),
    event="ApplicantGuided",
)
SUPPLEMENT = Act(
    Action.REQUEST_SUPPLEMENT,
    AfterAcceptanceForm,
    "workspace/acts/supplement_after.html",
    _("Đã gửi yêu cầu bổ sung (mẫu 02). Thời hạn tính lại từ đầu khi người nộp bổ sung đủ."),
    event="SupplementRequested",
)
SUPPLEMENT_AGAIN = Act(
    Action.OVERRIDE_SUPPLEMENT,
    AfterAcceptanceForm,
    "workspace/acts/supplement_after.html",
    _("Đã gửi yêu cầu bổ sung lần nữa (mẫu 02) và ghi nhận điểm bất thường F10."),
    event="SecondSupplementRequested",
)
VERIFICATION = Act(
    Action.RECORD_VERIFICATION,
    course.VerificationForm,
    "workspace/acts/plain.html",
    _("Đã ghi biên bản xác minh."),
    event="VerificationRecorded",
)
CONSULT = Act(
    Action.CONSULT,
    course.ConsultForm,
    "workspace/acts/consult.html",
    _("Đã gửi câu hỏi. Hạn trả kết quả cho người nộp giữ nguyên."),
    event="ConsultationRequested",
)
ANSWER = Act(
    Action.ANSWER_CONSULTATION,
    course.AnswerForm,
    "workspace/acts/answer.html",
    _("Đã trả lời ý kiến."),
    event="ConsultationAnswered",
    then=WORKLIST,
)
GO_ON = Act(
    Action.GO_ON_UNANSWERED,
    course.GoOnForm,
    "workspace/acts/plain.html",
    _("Hồ sơ được giải quyết tiếp, không chờ ý kiến nữa."),
    event="ConsultationGivenUp",
)
OBLIGATION = Act(
    Action.AWAIT_FINANCIAL,
    course.ObligationForm,
    "workspace/acts/plain.html",
    _("Đã thông báo nghĩa vụ tài chính cho người nộp."),
    event="FinancialObligationSet",
)
SETTLE = Act(
    Action.SETTLE_FINANCIAL,
    course.SettleForm,
    "workspace/acts/plain.html",
    _("Đã ghi nhận người nộp hoàn thành nghĩa vụ tài chính. Cơ quan giải quyết tiếp."),
    event="FinancialObligationSettled",
)
REFUSAL = Act(
    Action.PROPOSE_REFUSAL,
    course.ProposeRefusalForm,
    "workspace/acts/propose.html",
    _("Đã trình ký văn bản từ chối."),
    event="RefusalProposed",
)


@officers_only
def guide(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Tell the applicant what to do, before the desk decides."""

    def perform(dossier: Dossier, typed: dict[str, Any]) -> Dossier:
        return note.guide(dossier=dossier, text=typed["text"], **officer.acting(typed))

    return take(request, officer, code, GUIDE, perform)


@officers_only
def supplement(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Ask for papers once, after acceptance."""

    def perform(dossier: Dossier, typed: dict[str, Any]) -> Dossier:
        asking = request_supplement.Asking(typed["items"], typed["reason"])
        return request_supplement.request_supplement(dossier=dossier, asking=asking, **officer.acting(typed))

    return take(request, officer, code, SUPPLEMENT, perform)


@officers_only
def supplement_again(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Let a second request go out, as the head of the agency."""

    def perform(dossier: Dossier, typed: dict[str, Any]) -> Dossier:
        asking = request_supplement.Asking(typed["items"], typed["reason"])
        return request_supplement.override_supplement(dossier=dossier, asking=asking, **officer.acting(typed))

    return take(request, officer, code, SUPPLEMENT_AGAIN, perform, more={"is_exception": True})


@officers_only
def record_verification(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Keep the minutes of a check on the spot."""

    def perform(dossier: Dossier, typed: dict[str, Any]) -> Dossier:
        return note.record_verification(dossier=dossier, minutes=typed["minutes"], **officer.acting(typed))

    return take(request, officer, code, VERIFICATION, perform)


@officers_only
def consult(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Ask another unit for its opinion."""

    def perform(dossier: Dossier, typed: dict[str, Any]) -> Dossier:
        question = consulting.Question(typed["asked"], typed["question"], typed["days"])
        return consulting.consult(dossier=dossier, question=question, **officer.acting(typed))

    return take(request, officer, code, CONSULT, perform)


@officers_only
def answer_consultation(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Answer for the unit that was asked."""
    asked = asked_of(officer, code)

    def perform(_dossier: Dossier, typed: dict[str, Any]) -> Dossier:
        if asked is None:
            raise Http404
        opinion = consulting.Opinion(typed["text"], typed["file"])
        return consulting.answer_consultation(consultation=asked, opinion=opinion, **officer.acting(typed))

    return take(request, officer, code, ANSWER, perform, more={"asked": asked})


@officers_only
def go_on_unanswered(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Go on without the answers whose term is over."""

    def perform(dossier: Dossier, typed: dict[str, Any]) -> Dossier:
        return consulting.go_on_unanswered(dossier=dossier, note=typed["note"], **officer.acting(typed))

    return take(request, officer, code, GO_ON, perform)


@officers_only
def await_financial(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Tell the applicant what to pay and wait for it."""

    def perform(dossier: Dossier, typed: dict[str, Any]) -> Dossier:
        owed = financial.Obligation(typed["basis"], typed["notice_no"], typed["amount_vnd"])
        return financial.await_financial(dossier=dossier, obligation=owed, **officer.acting(typed))

    return take(request, officer, code, OBLIGATION, perform)


@officers_only
def settle_financial(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Take the proof of payment at the desk."""

    def perform(dossier: Dossier, typed: dict[str, Any]) -> Dossier:
        return financial.settle_financial(dossier=dossier, proof=typed["proof"], **officer.acting(typed))

    return take(request, officer, code, SETTLE, perform)


@officers_only
def propose_refusal(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Lay a draft refusal before the signer, with its ground."""

    def perform(dossier: Dossier, typed: dict[str, Any]) -> Dossier:
        opinion, title, file = typed["opinion"], typed["title"], typed["file"]
        proposal = process.Proposal(opinion, title, file, refusal_basis=typed["basis"], way=typed["way"])
        return process.propose(dossier=dossier, proposal=proposal, **officer.acting(typed))

    return take(request, officer, code, REFUSAL, perform)


def asked_of(officer: Officer, code: str) -> Consultation | None:
    """Return what the official's units are asked about the dossier, the most urgent first; None when nothing is."""
    units = officer.units(ROLE_FOR[Action.ANSWER_CONSULTATION])
    asked = Consultation.objects.filter(
        dossier__in=Dossier.objects.with_public_code(code), unit__in=units, closed_at=None
    )
    return asked.select_related("dossier", "unit", "asked_by").order_by("due_at", "pk").first()
