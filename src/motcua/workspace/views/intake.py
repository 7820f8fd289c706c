"""What the reception desk decides: accept, ask for more, decline, pass on, hand over."""

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.commands import intake, process, return_result
from motcua.dossiers.commands.supplement import receive_supplement
from motcua.dossiers.commands.withdraw import record_withdrawal
from motcua.dossiers.models import Dossier
from motcua.rules.papers import DeclineGround
from motcua.rules.transitions import Action
from motcua.workspace.forms.acts import AcceptForm, DeclineForm, HandOverForm, TransferForm, WithdrawalForm
from motcua.workspace.forms.supplement import ReceiveSupplementForm, SupplementForm
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.views.acting import Act, take

ACCEPT = Act(
    Action.ACCEPT,
    AcceptForm,
    "workspace/acts/accept.html",
    _("Đã tiếp nhận hồ sơ."),
    event="DossierAccepted",
    then="workspace:accepted",
)
SUPPLEMENT = Act(
    Action.REQUEST_INTAKE_SUPPLEMENT,
    SupplementForm,
    "workspace/acts/supplement.html",
    _("Đã gửi yêu cầu bổ sung (mẫu 02) cho người nộp."),
    event="IntakeSupplementRequested",
)
RECEIVE_SUPPLEMENT = Act(
    Action.RECEIVE_SUPPLEMENT,
    ReceiveSupplementForm,
    "workspace/acts/receive_supplement.html",
    _("Đã nhận giấy tờ bổ sung. Hãy kiểm tra giấy tờ rồi tiếp nhận."),
    event="SupplementReceivedAtCounter",
    then="workspace:accept",
)
RECEIVE_AFTER_ACCEPTANCE = Act(
    Action.RECEIVE_SUPPLEMENT,
    ReceiveSupplementForm,
    "workspace/acts/receive_supplement.html",
    _("Đã nhận giấy tờ bổ sung. Cơ quan giải quyết tiếp, hạn trả kết quả đã được tính lại."),
    event="SupplementReceivedAtCounter",
)
DECLINE = Act(
    Action.DECLINE,
    DeclineForm,
    "workspace/acts/decline.html",
    _("Đã từ chối tiếp nhận (mẫu 03) và báo người nộp."),
    event="DossierDeclined",
)
TRANSFER = Act(
    Action.TRANSFER,
    TransferForm,
    "workspace/acts/transfer.html",
    _("Đã chuyển hồ sơ đến cơ quan giải quyết."),
    event="DossierTransferred",
)
HAND_OVER = Act(
    Action.HAND_OVER,
    HandOverForm,
    "workspace/acts/hand_over.html",
    _("Đã trả kết quả. Hồ sơ kết thúc."),
    event="ResultReturned",
)

WITHDRAWAL = Act(
    Action.RECORD_WITHDRAWAL,
    WithdrawalForm,
    "workspace/acts/withdrawal.html",
    _("Đã rút hồ sơ theo yêu cầu của người nộp. Hồ sơ kết thúc."),
    event="DossierWithdrawnAtCounter",
)


@officers_only
def accept(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Check the papers against the closed list and accept (B-08)."""
    return take(
        request,
        officer,
        code,
        ACCEPT,
        lambda dossier, typed: intake.accept(
            dossier=dossier,
            officer=officer.user,
            checks=typed["checks"],
            at=officer.at,
            seen_version=typed["version"],
        ),
    )


@officers_only
def request_supplement(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Ask for what is missing, once and completely."""
    return take(
        request,
        officer,
        code,
        SUPPLEMENT,
        lambda dossier, typed: intake.request_intake_supplement(
            dossier=dossier,
            officer=officer.user,
            asking=intake.Asking(typed["items"], typed["reason"], typed["basis"]),
            at=officer.at,
            seen_version=typed["version"],
        ),
    )


@officers_only
def take_supplement(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Take what was asked for from somebody who comes back; before acceptance the check of the papers follows."""
    is_accepted = Dossier.objects.with_public_code(code).filter(accepted_at__isnull=False).exists()
    return take(
        request,
        officer,
        code,
        RECEIVE_AFTER_ACCEPTANCE if is_accepted else RECEIVE_SUPPLEMENT,
        lambda dossier, typed: receive_supplement(
            dossier=dossier,
            officer=officer.user,
            brought=typed["brought"],
            at=officer.at,
            seen_version=typed["version"],
        ),
    )


@officers_only
def decline(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Decline with a legal ground."""
    return take(
        request,
        officer,
        code,
        DECLINE,
        lambda dossier, typed: intake.decline(
            dossier=dossier,
            officer=officer.user,
            refusal=intake.Refusal(DeclineGround(typed["ground"]), typed["citation"], typed["reason"]),
            at=officer.at,
            seen_version=typed["version"],
        ),
    )


@officers_only
def transfer(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Pass the accepted dossier to the competent agency."""
    return take(
        request,
        officer,
        code,
        TRANSFER,
        lambda dossier, typed: process.transfer(
            dossier=dossier, officer=officer.user, at=officer.at, seen_version=typed["version"]
        ),
    )


@officers_only
def hand_over(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Give the result to the applicant."""
    return take(
        request,
        officer,
        code,
        HAND_OVER,
        lambda dossier, typed: return_result.hand_over(
            dossier=dossier,
            officer=officer.user,
            received_by=typed["received_by"],
            at=officer.at,
            seen_version=typed["version"],
        ),
    )


@officers_only
def withdraw(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Take the application back for the applicant who asks the desk to."""
    return take(
        request,
        officer,
        code,
        WITHDRAWAL,
        lambda dossier, typed: record_withdrawal(
            dossier=dossier,
            officer=officer.user,
            reason=typed["reason"],
            at=officer.at,
            seen_version=typed["version"],
        ),
    )
