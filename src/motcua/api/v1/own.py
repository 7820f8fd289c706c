"""A citizen's own dossiers: begin, fill in, hand in, complete, take back, and read."""

import uuid
from collections.abc import Callable

from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import File, Query, Router
from ninja.files import UploadedFile
from pydantic import BaseModel

from motcua.api.auth import Asked, BearerToken, Caller
from motcua.api.files import SENDS_FILE, send, send_form
from motcua.api.forms import answers_of, person_of, postal_address_of
from motcua.api.pagination import Cursor, cursor_at, mark_of
from motcua.api.shapes import Position
from motcua.api.v1.life_shapes import RatingGiven, RatingShape
from motcua.api.v1.own_shapes import (
    AbsenceGiven,
    AnswersGiven,
    Beginning,
    Confirmation,
    DraftGone,
    Missing,
    OwnDossierShape,
    OwnList,
    OwnMoved,
    OwnRowShape,
    PersonGiven,
    Rated,
    ReturnGiven,
    own_dossier_shape,
)
from motcua.api.writing import CREATING, REPEATABLE, created, etag, idempotency_key, written
from motcua.catalogue.models import Channel, Offering, ProcedureVersion
from motcua.catalogue.queries import offering_at
from motcua.documents.storage import store_upload
from motcua.dossiers.commands import delete_draft as command
from motcua.dossiers.commands import draft, note
from motcua.dossiers.commands.submit import submit
from motcua.dossiers.commands.supplement import complete_supplement, report_no_paper
from motcua.dossiers.commands.withdraw import withdraw
from motcua.dossiers.linked_facts import questions_of
from motcua.dossiers.models import Dossier, FilingChannel
from motcua.dossiers.queries.linked import whole_of
from motcua.dossiers.queries.own import missing_of, own_dossier, own_page
from motcua.dossiers.queries.own_life import rating_of, result_to_download
from motcua.notifications.queries import messages_about

router = Router(tags=["Own dossiers"], auth=BearerToken())
_DRAFT_KEYS = uuid.UUID("5f0a4b58-6a0e-4d5e-9d56-0d9f3b6c2a11")


class ListAsked(BaseModel):
    """Which page."""

    cursor: Cursor = ""


@router.get("", response=OwnList)
def list_own_dossiers(request: Asked, asked: Query[ListAsked]) -> OwnList:
    """List what the account began or handed in, the newest first."""
    page = own_page(request.auth.user.pk, at=request.auth.at, after=mark_of(asked.cursor))
    return OwnList(items=[OwnRowShape.model_validate(row) for row in page.rows], next_cursor=cursor_at(page.after))


@router.post("", response={201: OwnMoved}, openapi_extra=CREATING)
def begin_dossier(request: Asked, payload: Beginning) -> HttpResponse:
    """Begin an application for a procedure at a desk; the same Idempotency-Key begins the same one."""
    caller = request.auth
    key = idempotency_key(request, is_required=True)
    draft_key = uuid.uuid5(_DRAFT_KEYS, f"{caller.user.pk} {key} {payload.model_dump_json()}")

    def begin() -> OwnMoved:
        filing = draft.Filing(key=draft_key, channel=FilingChannel.ONLINE, owner=caller.user)
        offering = _offering_online(payload, caller)
        return moved(draft.start_draft(offering=offering, filing=filing, actor=caller.user, at=caller.at))

    return created(written(request, caller, begin, said=payload, status=201), "/api/v1/my/dossiers/")


@router.get("/{code}", response=OwnDossierShape)
def read_own_dossier(request: Asked, code: str, response: HttpResponse) -> OwnDossierShape:
    """Return everything about an own dossier, with its ETag."""
    dossier = request.auth.own_dossier(code)
    response.headers["ETag"] = etag(dossier.version)
    whole = whole_of(dossier, at=request.auth.at)
    return own_dossier_shape(own_dossier(dossier, at=request.auth.at), messages_about(dossier.pk), whole)


@router.delete("/{code}", response=DraftGone, openapi_extra=REPEATABLE)
def delete_draft(request: Asked, code: str) -> HttpResponse:
    """Delete a draft with everything written into it; what is handed in can only be withdrawn."""
    caller = request.auth

    def deleted() -> DraftGone:
        dossier = caller.own_dossier(code)
        command.delete_draft(dossier=dossier, actor=caller.user, at=caller.at)
        return DraftGone(reference=dossier.reference)

    return written(request, caller, deleted)


@router.put("/{code}/applicant", response=OwnMoved, openapi_extra=REPEATABLE)
def write_applicant(request: Asked, code: str, payload: PersonGiven) -> HttpResponse:
    """Write who applies, while it is a draft."""
    caller = request.auth
    details = person_of(payload.model_dump())
    return _changed(
        request,
        code,
        payload,
        lambda dossier: draft.save_applicant(dossier=dossier, details=details, actor=caller.user, at=caller.at),
    )


@router.put("/{code}/declaration", response=OwnMoved, openapi_extra=REPEATABLE)
def write_declaration(request: Asked, code: str, payload: AnswersGiven) -> HttpResponse:
    """Write the answers to the procedure's own questions, while it is a draft; what was there before is replaced."""
    caller = request.auth

    def save(dossier: Dossier) -> Dossier:
        answers = answers_of(questions_of(dossier), payload.answers, prefix="answers.")
        return draft.save_declaration(dossier=dossier, answers=answers, actor=caller.user, at=caller.at)

    return _changed(request, code, payload, save)


@router.put("/{code}/return-channel", response=OwnMoved, openapi_extra=REPEATABLE)
def choose_return_channel(request: Asked, code: str, payload: ReturnGiven) -> HttpResponse:
    """Choose how the result is to come, while it is a draft."""
    caller = request.auth
    address = postal_address_of(payload.channel, payload.postal_address)
    return _changed(
        request,
        code,
        payload,
        lambda dossier: draft.choose_return(
            dossier=dossier, channel=payload.channel, postal_address=address, actor=caller.user, at=caller.at
        ),
    )


@router.post("/{code}/papers/{position}", response=OwnMoved, openapi_extra=REPEATABLE)
def upload_paper(request: Asked, code: str, position: Position, file: File[UploadedFile]) -> HttpResponse:
    """Give the file of one paper: a JPEG, PNG or PDF of at most 20 MB, judged by its content.

    While it is a draft any paper of the closed list, during a supplement those that the desk asked for.
    """
    caller = request.auth

    def attach(dossier: Dossier) -> Dossier:
        with transaction.atomic():
            kept = store_upload(file, name=file.name or "", by=caller.user, at=caller.at)
            draft.attach_paper(dossier=dossier, position=position, file=kept, actor=caller.user, at=caller.at)
        return caller.own_dossier(code)

    return _changed(request, code, None, attach, files=[file])


@router.delete("/{code}/papers/{position}", response=OwnMoved, openapi_extra=REPEATABLE)
def remove_paper(request: Asked, code: str, position: Position) -> HttpResponse:
    """Take the file of one paper back, while it is a draft."""
    caller = request.auth

    def detach(dossier: Dossier) -> Dossier:
        draft.attach_paper(dossier=dossier, position=position, file=None, actor=caller.user, at=caller.at)
        return caller.own_dossier(code)

    return _changed(request, code, None, detach)


@router.post("/{code}/papers/{position}/absence", response=OwnMoved, openapi_extra=REPEATABLE)
def report_paper_absent(request: Asked, code: str, position: Position, payload: AbsenceGiven) -> HttpResponse:
    """Answer a supplement request: there is no such paper, and why. Not for a paper that every case needs."""
    caller = request.auth
    return _changed(
        request,
        code,
        payload,
        lambda dossier: report_no_paper(
            dossier=dossier, position=position, reason=payload.reason, actor=caller.user, at=caller.at
        ),
    )


@router.get("/{code}/papers/{position}/file", response=None, openapi_extra=SENDS_FILE)
def read_own_paper(request: Asked, code: str, position: Position) -> FileResponse:
    """Return the file given for one paper, as it is kept."""
    papers = request.auth.own_dossier(code).papers.select_related("file")
    return send(get_object_or_404(papers, position=position).file)


@router.post("/{code}/submission", response=Confirmation, openapi_extra=REPEATABLE)
def hand_in(request: Asked, code: str) -> HttpResponse:
    """Hand the application in. Doing it twice is the same dossier; the answer has the PIN that goes with its code."""
    caller = request.auth

    def handed_in() -> Confirmation:
        dossier = submit(dossier=caller.own_dossier(code), actor=caller.user, at=caller.at)
        return Confirmation(
            reference=dossier.reference,
            code=dossier.code,
            status=dossier.stage,
            version=dossier.version,
            missing=(),
            lookup_pin=dossier.lookup_pin,
            answer_due_at=dossier.action_due_at if dossier.accepted_at is None else None,
        )

    return written(request, caller, handed_in)


@router.post("/{code}/supplement", response=OwnMoved, openapi_extra=REPEATABLE)
def hand_in_supplement(request: Asked, code: str) -> HttpResponse:
    """Hand in what was asked for: the desk looks again and answers within eight working hours.

    After acceptance the limit starts anew, or goes on where the sector's law says so. Each paper asked for needs a new
    file or a reason for none, given since: see `missing`.
    """
    caller = request.auth
    return _changed(
        request,
        code,
        None,
        lambda dossier: complete_supplement(dossier=dossier, actor=caller.user, at=caller.at),
    )


@router.post("/{code}/withdrawal", response=OwnMoved, openapi_extra=REPEATABLE)
def withdraw_dossier(request: Asked, code: str) -> HttpResponse:
    """Take the application back, possible until the result is signed."""
    caller = request.auth
    return _changed(request, code, None, lambda dossier: withdraw(dossier=dossier, actor=caller.user, at=caller.at))


@router.post("/{code}/rating", response=Rated, openapi_extra=REPEATABLE)
def rate_dossier(request: Asked, code: str, payload: RatingGiven) -> HttpResponse:
    """Say how the dossier was handled, once the result was returned. A second rating changes nothing: see `rating`."""
    caller = request.auth

    def rated() -> Rated:
        dossier = note.rate(
            dossier=caller.own_dossier(code),
            score=payload.score,
            comment=payload.comment,
            actor=caller.user,
            at=caller.at,
        )
        return Rated(
            reference=dossier.reference,
            code=dossier.code,
            status=dossier.stage,
            version=dossier.version,
            missing=(),
            rating=RatingShape.model_validate(rating_of(dossier)),
        )

    return written(request, caller, rated, said=payload)


@router.get("/{code}/forms/{ordinal}", response=None, openapi_extra=SENDS_FILE)
def read_own_form(request: Asked, code: str, ordinal: int) -> HttpResponse:
    """Return a form that the desk issued about the dossier, as PDF."""
    return send_form(request.auth.own_dossier(code).reference, ordinal)


@router.get("/{code}/result", response=None, openapi_extra=SENDS_FILE)
def read_own_result(request: Asked, code: str) -> FileResponse:
    """Return the file of the result, a refusal too, once it is issued."""
    result = result_to_download(request.auth.own_dossier(code))
    return send(result.file if result else None)


def _offering_online(given: Beginning, caller: Caller) -> Offering:
    """Return what is offered there today and may be filed online; raises `NotOffered`."""
    try:
        offering = offering_at(given.procedure, given.desk, given.competent, caller.today)
    except Offering.DoesNotExist as unknown:
        raise draft.NotOffered(given.procedure) from unknown
    versions = ProcedureVersion.objects.on(caller.today).filter(procedure=offering.procedure_id)
    if not versions.filter(channels__method=Channel.Method.ONLINE).exists():
        raise draft.NotOffered(given.procedure)
    return offering


def _changed(
    request: Asked,
    code: str,
    said: BaseModel | None,
    change: Callable[[Dossier], Dossier],
    files: list[UploadedFile] | None = None,
) -> HttpResponse:
    caller = request.auth
    return written(request, caller, lambda: moved(change(caller.own_dossier(code))), said=said, files=files or [])


def moved(dossier: Dossier) -> OwnMoved:
    """Return where an own dossier stands after a write."""
    return OwnMoved(
        reference=dossier.reference,
        code=dossier.code,
        status=dossier.stage,
        version=dossier.version,
        missing=tuple(Missing.model_validate(gap) for gap in missing_of(dossier)),
    )
