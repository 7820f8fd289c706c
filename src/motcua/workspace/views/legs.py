"""Going on in a process that branches: the next verification, a leg beside the leading way, the head and the draft."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.commands import approving, process
from motcua.dossiers.commands import legs as walking
from motcua.dossiers.facts import open_legs
from motcua.dossiers.models import Dossier
from motcua.rules.transitions import Action
from motcua.workspace.forms.acts import ReworkForm
from motcua.workspace.forms.legs import ApproveDraftForm, AssignLegForm, FinishLegForm, PassOnForm
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.views.acting import WORKLIST, Act, take

PASS_ON = Act(
    Action.PASS_ON,
    PassOnForm,
    "workspace/acts/pass_on.html",
    _("Đã chuyển hồ sơ sang bước tiếp theo."),
    event="DossierPassedOn",
    is_as_asked=lambda dossier, typed: dossier.assignee_id == typed["to"].pk,
)
ASSIGN_LEG = Act(
    Action.ASSIGN_LEG,
    AssignLegForm,
    "workspace/acts/assign_leg.html",
    _("Đã giao bước phối hợp."),
    event="LegAssigned",
    is_as_asked=lambda dossier, typed: any(
        step.assignee_id == typed["to"].pk and typed["leg"] in {"", step.leg} for step in open_legs(dossier)
    ),
)
FINISH_LEG = Act(
    Action.FINISH_LEG,
    FinishLegForm,
    "workspace/acts/finish_leg.html",
    _("Đã ghi kết quả của bước phối hợp."),
    event="LegFinished",
    then=WORKLIST,
)
APPROVE = Act(
    Action.APPROVE_DRAFT,
    ApproveDraftForm,
    "workspace/acts/sign.html",
    _("Đã duyệt dự thảo."),
    event="DraftApproved",
)
GIVE_BACK = Act(
    Action.GIVE_BACK_DRAFT,
    ReworkForm,
    "workspace/acts/rework.html",
    _("Đã trả lại dự thảo cho cán bộ thụ lý."),
    event="DraftGivenBack",
)


@officers_only
def pass_on(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Finish a verification that another one follows, and say who does that one."""

    def perform(dossier: Dossier, typed: dict[str, Any]) -> Dossier:
        giving = process.Giving(typed["to"], typed["note"], typed["way"])
        return walking.pass_on(dossier=dossier, giving=giving, **officer.acting(typed))

    return take(request, officer, code, PASS_ON, perform)


@officers_only
def assign_leg(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Give a parallel leg to an officer of the unit that does it."""

    def perform(dossier: Dossier, typed: dict[str, Any]) -> Dossier:
        giving = walking.LegGiving(typed["to"], typed["note"], typed["leg"])
        return walking.assign_leg(dossier=dossier, giving=giving, **officer.acting(typed))

    return take(request, officer, code, ASSIGN_LEG, perform)


@officers_only
def finish_leg(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Say what came of a step of a parallel leg that the official's unit does."""

    def perform(dossier: Dossier, typed: dict[str, Any]) -> Dossier:
        result = walking.LegResult(typed["opinion"], typed["file"], typed["way"], typed["leg"])
        return walking.finish_leg(dossier=dossier, result=result, **officer.acting(typed))

    return take(request, officer, code, FINISH_LEG, perform)


@officers_only
def approve_draft(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Approve the draft result before it goes to the signer."""

    def perform(dossier: Dossier, typed: dict[str, Any]) -> Dossier:
        approval = approving.Approval(typed["note"], typed["way"])
        return approving.approve_draft(dossier=dossier, approval=approval, **officer.acting(typed))

    return take(request, officer, code, APPROVE, perform)


@officers_only
def give_back_draft(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Give the draft back to the officer who verified the dossier."""

    def perform(dossier: Dossier, typed: dict[str, Any]) -> Dossier:
        return approving.give_back_draft(dossier=dossier, reason=typed["reason"], **officer.acting(typed))

    return take(request, officer, code, GIVE_BACK, perform)
