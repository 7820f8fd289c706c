"""What moves a promise, ends a dossier, brings its result to the applicant, or puts a wrong one right."""

from datetime import date

from django.http import HttpResponse
from ninja import File, Form, Router
from ninja.files import UploadedFile
from pydantic import Field

from motcua.accounts.models import User
from motcua.api.auth import AskedByOfficer, Officer, OfficerToken
from motcua.api.shapes import Given, Shape, Words
from motcua.api.v1.acting import Moved, acted, stored
from motcua.api.v1.paper_mode import PastMoment
from motcua.api.writing import ACTING
from motcua.documents.models import StoredFile
from motcua.dossiers.commands import correct as correcting
from motcua.dossiers.commands import end, return_result
from motcua.dossiers.commands import extend as extending
from motcua.dossiers.commands import settle_at_once as settling
from motcua.dossiers.commands.process import ResultFileMissing
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.assignment import signers_of

router = Router(tags=["Acts of officials"], auth=OfficerToken())


class ApologyGiven(Given):
    """Why the result will be late, and the working day of the new promise."""

    reason: Words = Field(max_length=2000)
    new_day: date


class EndingGiven(Given):
    """Why the dossier ends without a decision, and the provision that lets it."""

    basis: Words = Field(max_length=300)
    reason: Words = Field(max_length=2000)


class Posting(Given):
    """Under which number the post carries the result."""

    post_no: Words = Field(max_length=60)


class SignerShape(Shape):
    """Somebody who signs for the competent unit."""

    username: str
    name: str


class Signers(Shape):
    """Who signs for the competent unit today, in person or in an absent signer's place, by given name."""

    items: list[SignerShape]


class GivenAtOnce(Given):
    """The result that is given out on the spot; its signed, stamped `file` goes with it. `signer` is a user name.

    `given_at` is the original moment of one that was given out on paper while the system was down; absent: now.
    """

    title: Words = Field(max_length=300)
    number: Words = Field(max_length=64, examples=["12/TLKS"])
    signer: Words = Field(max_length=150)
    received_by: Words = Field(max_length=150)
    given_at: PastMoment | None = None


class ErrorReport(Given):
    """What is wrong with the result."""

    error: Words = Field(max_length=2000)


class CorrectionGiven(Given):
    """The number of the right result; its signed, stamped `file` goes with it."""

    number: Words = Field(max_length=64)


@router.post("/{code}/extension", response=Moved, openapi_extra=ACTING)
def extend(request: AskedByOfficer, code: str, payload: ApologyGiven) -> HttpResponse:
    """Apologise and give a new date, once (form 04); a late notice is recorded as a finding (F13)."""

    def perform(dossier: Dossier, officer: Officer, seen: int | None) -> Dossier:
        apology = extending.Apology(payload.reason, payload.new_day)
        return extending.extend(
            dossier=dossier, officer=officer.user, apology=apology, at=officer.at, seen_version=seen
        )

    return acted(request, code, perform, said=payload)


@router.post("/{code}/stop", response=Moved, openapi_extra=ACTING)
def stop(request: AskedByOfficer, code: str, payload: EndingGiven) -> HttpResponse:
    """Stop the dossier, as the head of the agency (form 05)."""

    def perform(dossier: Dossier, officer: Officer, seen: int | None) -> Dossier:
        ground = end.EndGround(payload.reason, payload.basis)
        return end.stop(dossier=dossier, officer=officer.user, ground=ground, at=officer.at, seen_version=seen)

    return acted(request, code, perform, said=payload)


@router.post("/{code}/closing", response=Moved, openapi_extra=ACTING)
def close_unanswered(request: AskedByOfficer, code: str, payload: EndingGiven) -> HttpResponse:
    """Close the dossier of an applicant who did not bring what was asked for in time (form 05)."""

    def perform(dossier: Dossier, officer: Officer, seen: int | None) -> Dossier:
        ground = end.EndGround(payload.reason, payload.basis)
        return end.close_unanswered(
            dossier=dossier, officer=officer.user, ground=ground, at=officer.at, seen_version=seen
        )

    return acted(request, code, perform, said=payload)


@router.post("/{code}/posting", response=Moved, openapi_extra=ACTING)
def post_result(request: AskedByOfficer, code: str, payload: Posting) -> HttpResponse:
    """Give the result to the post, where the applicant chose that; the dossier is closed."""

    def perform(dossier: Dossier, officer: Officer, seen: int | None) -> Dossier:
        return return_result.post_result(
            dossier=dossier, officer=officer.user, post_no=payload.post_no, at=officer.at, seen_version=seen
        )

    return acted(request, code, perform, said=payload)


@router.post("/{code}/online-release", response=Moved, openapi_extra=ACTING)
def release_online(request: AskedByOfficer, code: str) -> HttpResponse:
    """Let the applicant fetch the result, where they chose that; the dossier is closed."""

    def perform(dossier: Dossier, officer: Officer, seen: int | None) -> Dossier:
        return return_result.release_online(dossier=dossier, officer=officer.user, at=officer.at, seen_version=seen)

    return acted(request, code, perform)


@router.get("/{code}/signers", response=Signers)
def list_signers(request: AskedByOfficer, code: str) -> Signers:
    """List who signs for the competent unit today."""
    dossier = request.auth.dossier(code)
    lines = signers_of(dossier.competent_unit_id, on=request.auth.today)
    return Signers(items=[SignerShape.model_validate(line) for line in lines])


@router.post("/{code}/result-at-once", response=Moved, openapi_extra=ACTING)
def settle_at_once(
    request: AskedByOfficer, code: str, payload: Form[GivenAtOnce], file: File[UploadedFile | None] = None
) -> HttpResponse:
    """Give out on the spot what the signer signed, where the procedure has no longer limit; the dossier is closed."""

    def perform(dossier: Dossier, officer: Officer, seen: int | None) -> Dossier:
        result = settling.ResultAtOnce(
            title=payload.title,
            number=payload.number,
            file=_needed(stored(file, officer)),
            signer=_signer(payload.signer),
            received_by=payload.received_by,
        )
        if payload.given_at is None:
            return settling.settle_at_once(
                dossier=dossier, officer=officer.user, result=result, at=officer.at, seen_version=seen
            )
        return settling.enter_at_once(
            dossier=dossier,
            officer=officer.user,
            result=result,
            given_at=payload.given_at,
            at=officer.at,
            seen_version=seen,
        )

    return acted(request, code, perform, said=payload, files=[file])


@router.post("/{code}/error-report", response=Moved, openapi_extra=ACTING)
def report_error(request: AskedByOfficer, code: str, payload: ErrorReport) -> HttpResponse:
    """Write down what is wrong with a result; the signer has three working days to put it right."""

    def perform(dossier: Dossier, officer: Officer, seen: int | None) -> Dossier:
        return correcting.report_error(
            dossier=dossier, officer=officer.user, error=payload.error, at=officer.at, seen_version=seen
        )

    return acted(request, code, perform, said=payload)


@router.post("/{code}/correction", response=Moved, openapi_extra=ACTING)
def correct(
    request: AskedByOfficer, code: str, payload: Form[CorrectionGiven], file: File[UploadedFile | None] = None
) -> HttpResponse:
    """Sign and issue the right result; the wrong one stays on record."""

    def perform(dossier: Dossier, officer: Officer, seen: int | None) -> Dossier:
        right = correcting.RightResult(payload.number, _needed(stored(file, officer)))
        return correcting.correct(dossier=dossier, officer=officer.user, right=right, at=officer.at, seen_version=seen)

    return acted(request, code, perform, said=payload, files=[file])


def _signer(username: str) -> User:
    found = User.objects.filter(username=username).first()
    if found is None:
        raise settling.NotASignerThere(username, username)
    return found


def _needed(file: StoredFile | None) -> StoredFile:
    if file is None:
        raise ResultFileMissing
    return file
