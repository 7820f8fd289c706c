"""The way of a dossier inside the competent unit: assign, propose, give back, sign, issue."""

from django.http import HttpResponse
from ninja import File, Form, Router
from ninja.files import UploadedFile
from pydantic import Field

from motcua.accounts.models import User
from motcua.api.auth import AskedByOfficer, OfficerToken
from motcua.api.shapes import Given, Shape, Text, Words
from motcua.api.v1.acting import Moved, acted, stored
from motcua.api.writing import ACTING
from motcua.dossiers.commands import process
from motcua.dossiers.queries.assignment import officers_of

router = Router(tags=["Acts of officials"], auth=OfficerToken())


class OfficerLoadShape(Shape):
    """One processing officer: how many dossiers they hold, and how many parallel legs they do beside those."""

    username: str
    name: str
    open_count: int
    leg_count: int


class OfficerLoads(Shape):
    """To whom the dossier can be given, the least busy first."""

    items: list[OfficerLoadShape]


class Assignment(Given):
    """To whom, by user name, what they should know, and the words of the way where the process leaves a choice."""

    to: Words = Field(max_length=150)
    note: Text = Field("", max_length=500)
    way: Text = Field("", max_length=200)


class Proposal(Given):
    """What is laid before the signer; the draft result goes with it as `file`, unless it is drafted on paper.

    `way` holds the words of the way that is taken, where the process leaves a choice.
    """

    opinion: Words = Field(max_length=5000)
    title: Words = Field(max_length=300)
    way: Text = Field("", max_length=200)


class Rework(Given):
    """What has to be done again."""

    reason: Words = Field(max_length=5000)


class Signature(Given):
    """Signing may carry a remark."""

    note: Text = Field("", max_length=2000)


class Issuing(Given):
    """The number and sign of the result; its stamped `file` goes with it, unless the draft's is issued."""

    number: Words = Field(max_length=64, examples=["12/GKS"])


@router.get("/{code}/assignable-officers", response=OfficerLoads)
def list_assignable_officers(request: AskedByOfficer, code: str) -> OfficerLoads:
    """List the processing officers of the competent unit today."""
    dossier = request.auth.dossier(code)
    loads = officers_of(dossier.competent_unit_id, on=request.auth.today)
    return OfficerLoads(items=[OfficerLoadShape.model_validate(load) for load in loads])


@router.post("/{code}/assignment", response=Moved, openapi_extra=ACTING)
def assign(request: AskedByOfficer, code: str, payload: Assignment) -> HttpResponse:
    """Give the dossier to a processing officer, or from one to another."""
    return acted(
        request,
        code,
        lambda dossier, officer, seen: process.assign(
            dossier=dossier,
            officer=officer.user,
            giving=process.Giving(named(payload.to), payload.note, payload.way),
            at=officer.at,
            seen_version=seen,
        ),
        said=payload,
    )


@router.post("/{code}/proposal", response=Moved, openapi_extra=ACTING)
def propose(
    request: AskedByOfficer, code: str, payload: Form[Proposal], file: File[UploadedFile | None] = None
) -> HttpResponse:
    """Finish the verification and lay the draft result before the signer."""
    return acted(
        request,
        code,
        lambda dossier, officer, seen: process.propose(
            dossier=dossier,
            officer=officer.user,
            proposal=process.Proposal(payload.opinion, payload.title, stored(file, officer), way=payload.way),
            at=officer.at,
            seen_version=seen,
        ),
        said=payload,
        files=[file],
    )


@router.post("/{code}/rework", response=Moved, openapi_extra=ACTING)
def return_for_rework(request: AskedByOfficer, code: str, payload: Rework) -> HttpResponse:
    """Give the dossier back to the officer who verified it."""
    return acted(
        request,
        code,
        lambda dossier, officer, seen: process.return_for_rework(
            dossier=dossier, officer=officer.user, reason=payload.reason, at=officer.at, seen_version=seen
        ),
        said=payload,
    )


@router.post("/{code}/signature", response=Moved, openapi_extra=ACTING)
def sign(request: AskedByOfficer, code: str, payload: Signature) -> HttpResponse:
    """Sign the result."""
    return acted(
        request,
        code,
        lambda dossier, officer, seen: process.sign(
            dossier=dossier, officer=officer.user, note=payload.note, at=officer.at, seen_version=seen
        ),
        said=payload,
    )


@router.post("/{code}/issuing", response=Moved, openapi_extra=ACTING)
def issue(
    request: AskedByOfficer, code: str, payload: Form[Issuing], file: File[UploadedFile | None] = None
) -> HttpResponse:
    """Number, stamp and issue the result, and send it to the desk."""
    return acted(
        request,
        code,
        lambda dossier, officer, seen: process.issue(
            dossier=dossier,
            officer=officer.user,
            numbering=process.Numbering(payload.number, stored(file, officer)),
            at=officer.at,
            seen_version=seen,
        ),
        said=payload,
        files=[file],
    )


def named(username: str) -> User:
    """Return the official of that user name; raises `NotAnOfficerThere`."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise process.NotAnOfficerThere(username)
    return user
