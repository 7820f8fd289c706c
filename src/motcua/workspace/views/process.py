"""The way of a dossier inside the competent agency: assign, propose, give back, sign, issue."""

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.commands import process
from motcua.rules.transitions import Action
from motcua.workspace.forms.acts import AssignForm, IssueForm, ProposeForm, ReworkForm, SignForm
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.views.acting import Act, take

ASSIGN = Act(
    Action.ASSIGN,
    AssignForm,
    "workspace/acts/assign.html",
    _("Đã phân công hồ sơ."),
    event="DossierAssigned",
    is_as_asked=lambda dossier, typed: dossier.assignee_id == typed["to"].pk,
)
PROPOSE = Act(
    Action.PROPOSE, ProposeForm, "workspace/acts/propose.html", _("Đã trình lãnh đạo ký."), event="ResultProposed"
)
REWORK = Act(
    Action.RETURN_FOR_REWORK,
    ReworkForm,
    "workspace/acts/rework.html",
    _("Đã trả lại cho cán bộ thụ lý."),
    event="ReworkRequested",
)
SIGN = Act(Action.SIGN, SignForm, "workspace/acts/sign.html", _("Đã ký kết quả."), event="ResultSigned")
ISSUE = Act(
    Action.ISSUE,
    IssueForm,
    "workspace/acts/issue.html",
    _("Đã phát hành kết quả và chuyển đến nơi trả."),
    event="ResultIssued",
)


@officers_only
def assign(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Give the dossier to a processing officer."""
    return take(
        request,
        officer,
        code,
        ASSIGN,
        lambda dossier, typed: process.assign(
            dossier=dossier,
            officer=officer.user,
            giving=process.Giving(typed["to"], typed["note"], typed["way"]),
            at=officer.at,
            seen_version=typed["version"],
        ),
    )


@officers_only
def propose(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Lay opinion and draft result before the signer."""
    return take(
        request,
        officer,
        code,
        PROPOSE,
        lambda dossier, typed: process.propose(
            dossier=dossier,
            officer=officer.user,
            proposal=process.Proposal(typed["opinion"], typed["title"], typed["file"], way=typed["way"]),
            at=officer.at,
            seen_version=typed["version"],
        ),
    )


@officers_only
def return_for_rework(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Give the draft back to the officer who made it."""
    return take(
        request,
        officer,
        code,
        REWORK,
        lambda dossier, typed: process.return_for_rework(
            dossier=dossier,
            officer=officer.user,
            reason=typed["reason"],
            at=officer.at,
            seen_version=typed["version"],
        ),
    )


@officers_only
def sign(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Sign what is shown."""
    return take(
        request,
        officer,
        code,
        SIGN,
        lambda dossier, typed: process.sign(
            dossier=dossier,
            officer=officer.user,
            note=typed["note"],
            at=officer.at,
            seen_version=typed["version"],
        ),
    )


@officers_only
def issue(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Number and issue the result."""
    return take(
        request,
        officer,
        code,
        ISSUE,
        lambda dossier, typed: process.issue(
            dossier=dossier,
            officer=officer.user,
            numbering=process.Numbering(typed["number"], typed["file"]),
            at=officer.at,
            seen_version=typed["version"],
        ),
    )
