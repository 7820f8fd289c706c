"""Going on in a process that branches: the next verification, a leg beside the leading way, the head and the draft."""

from django.http import HttpResponse
from ninja import File, Form, Router
from ninja.files import UploadedFile
from pydantic import Field

from motcua.api.auth import AskedByOfficer, Officer, OfficerToken
from motcua.api.shapes import Given, Shape, Text, Words
from motcua.api.v1.acting import Moved, acted, stored
from motcua.api.v1.process import OfficerLoadShape, Rework, named
from motcua.api.writing import ACTING
from motcua.dossiers.commands import approving, process
from motcua.dossiers.commands import legs as walking
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.assignment import officers_of_each
from motcua.dossiers.queries.dossier_page import dossier_page

router = Router(tags=["Acts of officials"], auth=OfficerToken())

WAY = "The words of the way that is taken, one of `ways` of the dossier, where the process leaves a choice."


class PassingOn(Given):
    """What the verification found, and to whom, by user name, the next one goes."""

    to: Words = Field(max_length=150)
    note: Words = Field(max_length=5000)
    way: Text = Field("", max_length=200, description=WAY)


class LegLoads(Shape):
    """To whom one leg, named by its first step, can be given: the officers of the unit that does it."""

    leg: str
    name: str
    unit: str
    officers: list[OfficerLoadShape]


class LegsToGive(Shape):
    """The legs under way that the caller may give to an officer, in the order in which they began."""

    items: list[LegLoads]


class LegAssignment(Given):
    """To whom, by user name, and what they should know, kept as a note; `leg` names one of several."""

    to: Words = Field(max_length=150)
    note: Text = Field("", max_length=500)
    leg: Text = Field("", max_length=40)


class LegGiven(Given):
    """What came of the step; its letter goes with it as `file`. `leg` names the leg where several are the caller's."""

    opinion: Words = Field(max_length=5000)
    leg: Text = Field("", max_length=40)
    way: Text = Field("", max_length=200, description=WAY)


class ApprovalGiven(Given):
    """Approving may carry a remark."""

    note: Text = Field("", max_length=2000)
    way: Text = Field("", max_length=200, description=WAY)


@router.post("/{code}/passing-on", response=Moved, openapi_extra=ACTING)
def pass_on(request: AskedByOfficer, code: str, payload: PassingOn) -> HttpResponse:
    """Finish a verification that another one follows; it waits for parallel legs that end there."""

    def perform(dossier: Dossier, officer: Officer, seen: int | None) -> Dossier:
        giving = process.Giving(named(payload.to), payload.note, payload.way)
        return walking.pass_on(dossier=dossier, officer=officer.user, giving=giving, at=officer.at, seen_version=seen)

    return acted(request, code, perform, said=payload)


@router.get("/{code}/assignable-legs", response=LegsToGive)
def list_assignable_legs(request: AskedByOfficer, code: str) -> LegsToGive:
    """List the parallel legs the caller may give to an officer, with the officers of each, the least busy first."""
    officer = request.auth
    page = dossier_page(officer.dossier(code), officer.user, officer.grants, at=officer.at)
    legs = page.course.legs_to_give
    loads = officers_of_each({line.unit_id for line in legs}, on=officer.today)
    items = [
        LegLoads(
            leg=line.leg,
            name=line.name,
            unit=line.unit,
            officers=[OfficerLoadShape.model_validate(load) for load in loads[line.unit_id]],
        )
        for line in legs
    ]
    return LegsToGive(items=items)


@router.post("/{code}/leg-assignment", response=Moved, openapi_extra=ACTING)
def assign_leg(request: AskedByOfficer, code: str, payload: LegAssignment) -> HttpResponse:
    """Give a parallel leg to an officer of the unit that does it, or from one to another; its time goes on."""

    def perform(dossier: Dossier, officer: Officer, seen: int | None) -> Dossier:
        giving = walking.LegGiving(named(payload.to), payload.note, payload.leg)
        return walking.assign_leg(
            dossier=dossier, officer=officer.user, giving=giving, at=officer.at, seen_version=seen
        )

    return acted(request, code, perform, said=payload)


@router.post("/{code}/leg-result", response=Moved, openapi_extra=ACTING)
def finish_leg(
    request: AskedByOfficer, code: str, payload: Form[LegGiven], file: File[UploadedFile | None] = None
) -> HttpResponse:
    """Finish the open step of a parallel leg that the caller's unit does; the dossier stays where it is."""

    def perform(dossier: Dossier, officer: Officer, seen: int | None) -> Dossier:
        result = walking.LegResult(payload.opinion, stored(file, officer), payload.way, payload.leg)
        return walking.finish_leg(
            dossier=dossier, officer=officer.user, result=result, at=officer.at, seen_version=seen
        )

    return acted(request, code, perform, said=payload, files=[file])


@router.post("/{code}/draft-approval", response=Moved, openapi_extra=ACTING)
def approve_draft(request: AskedByOfficer, code: str, payload: ApprovalGiven) -> HttpResponse:
    """Approve the draft result, as the head of the division, before it goes to the signer."""

    def perform(dossier: Dossier, officer: Officer, seen: int | None) -> Dossier:
        approval = approving.Approval(payload.note, payload.way)
        return approving.approve_draft(
            dossier=dossier, officer=officer.user, approval=approval, at=officer.at, seen_version=seen
        )

    return acted(request, code, perform, said=payload)


@router.post("/{code}/draft-return", response=Moved, openapi_extra=ACTING)
def give_back_draft(request: AskedByOfficer, code: str, payload: Rework) -> HttpResponse:
    """Give the draft back, as the head of the division, to the officer who verified the dossier."""

    def perform(dossier: Dossier, officer: Officer, seen: int | None) -> Dossier:
        return approving.give_back_draft(
            dossier=dossier, officer=officer.user, reason=payload.reason, at=officer.at, seen_version=seen
        )

    return acted(request, code, perform, said=payload)
