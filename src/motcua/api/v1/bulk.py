"""Acts on many dossiers: look at what an order would do, place it, read how far it is, undo it, take it back."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import AfterValidator, Field

from motcua.api.auth import AskedByOfficer, Officer, OfficerToken
from motcua.api.bulk_refusals import BulkCannot, reason_code
from motcua.api.errors import FieldFault, FieldsInvalid
from motcua.api.shapes import Given, Moment, Shape, Standing, Text, Words
from motcua.api.v1.process import OfficerLoadShape, named
from motcua.api.wording import sentence_for
from motcua.api.writing import CREATING, REPEATABLE, idempotency_key, written
from motcua.dossiers.commands.bulk import BulkOrder, Chosen, cancel_bulk, order_bulk
from motcua.dossiers.models import BulkJob, Dossier
from motcua.dossiers.queries.bulk import MOST_AT_ONCE, Asked, Candidate, Preview, preview, progress
from motcua.dossiers.queries.bulk_back import preview_back
from motcua.rules.bulk import (
    GIVES_TO_OFFICER,
    MOST_WORDS,
    MOST_WORDS_OF,
    NEEDS_WORDS,
    TAKES_NO_WORDS,
    BulkAct,
    ChangedSince,
    ItemOutcome,
    check_reversible,
)

router = Router(tags=["Acts on many dossiers"], auth=OfficerToken())
_ORDERS = uuid.UUID("3f3b6c0e-5f1b-4f0e-9a55-2b6b7a0a2c11")
_NOT_SEEN, _STALE = "NotSeen", "StaleDossier"


def _listed(act: BulkAct) -> BulkAct:
    if act is BulkAct.TAKE_BACK:
        raise ValueError(act)
    return act


ListedAct = Annotated[BulkAct, AfterValidator(_listed), Field(description="TAKE_BACK has an address of its own.")]
Code = Annotated[Words, Field(max_length=64, description="Code or reference of a dossier.")]


class BulkAsked(Given):
    """An act, and the dossiers it is meant for; `to` is the officer, by user name, for acts that name one."""

    act: ListedAct
    codes: list[Code] = Field(min_length=1, max_length=MOST_AT_ONCE)
    to: Text = Field("", max_length=150)


class SeenDossier(Given):
    """A dossier with the `version` that the preview told: one that has changed since is not acted on."""

    code: Code
    version: int = Field(ge=0, le=2_147_483_647)


class BulkOrderGiven(Given):
    """What the preview showed, to be done: all of it can be done, or nothing is ordered."""

    act: ListedAct
    dossiers: list[SeenDossier] = Field(min_length=1, max_length=MOST_AT_ONCE)
    to: Text = Field("", max_length=150)
    text: Text = Field("", max_length=MOST_WORDS)


class TakingBack(Given):
    """Which of the dossiers to take the act back from, as the preview showed them, and why."""

    dossiers: list[SeenDossier] = Field(min_length=1, max_length=MOST_AT_ONCE)
    text: Text = Field("", max_length=MOST_WORDS)


class CandidateShape(Standing):
    """A dossier of a preview. `reason` is why it would be left out, null where it would not.

    `back_to` is the officer it would be given back to, empty where nothing is taken back.
    """

    code: str
    version: int
    holder: str
    reason: str | None
    back_to: str


class UnseenShape(Shape):
    """A code under which the caller may see no dossier, or none any more: nothing else is told of it."""

    code: str
    reason: str


class PreviewShape(Shape):
    """What would be done and what not; `officers` are those to whom it could be given. Nothing has changed."""

    can: list[CandidateShape]
    cannot: list[CandidateShape]
    not_seen: list[UnseenShape]
    officers: list[OfficerLoadShape]


class BulkItemShape(Shape):
    """What came of one dossier; `reason` is why it was refused, null where it was not."""

    code: str
    outcome: ItemOutcome
    reason: str | None
    done_at: Moment | None


class BulkOrderShape(Shape):
    """How far an order is. It can be undone as a whole until `starts_at`, later only what is left can be stopped.

    `is_reversible` tells that some act takes back what it does, `can_be_taken_back` that this can be asked for now;
    `takes_back` and `taken_back_by` are the keys of the other order.
    """

    key: uuid.UUID
    act: BulkAct
    to: str | None
    ordered_at: Moment
    starts_at: Moment
    cancelled_at: Moment | None
    finished_at: Moment | None
    is_undoable: bool
    is_running: bool
    is_reversible: bool
    can_be_taken_back: bool
    takes_back: uuid.UUID | None
    taken_back_by: uuid.UUID | None
    counts: dict[ItemOutcome, int]
    items: list[BulkItemShape]


@router.post("/preview", response=PreviewShape)
def preview_bulk(request: AskedByOfficer, payload: BulkAsked) -> PreviewShape:
    """Tell what an act would do to each of these dossiers, and why not; it changes nothing and keeps nothing."""
    officer = request.auth
    to = named(payload.to) if payload.to and payload.act in GIVES_TO_OFFICER else None
    found = _found(officer, payload.codes, "codes")
    looked_at = preview(found.dossiers, Asked(payload.act, to), officer.user, officer.grants, at=officer.at)
    return _preview(looked_at, found.missing)


@router.post("", response={201: BulkOrderShape}, openapi_extra=CREATING)
def order_bulk_act(request: AskedByOfficer, payload: BulkOrderGiven) -> HttpResponse:
    """Place the order; it starts when the time to undo it is over. Where less can be done than asked, nothing is."""
    officer = request.auth
    _check_words(payload)

    def place() -> BulkOrderShape:
        to = named(payload.to) if payload.act in GIVES_TO_OFFICER else None
        found = _found(officer, [one.code for one in payload.dossiers])
        looked_at = preview(found.dossiers, Asked(payload.act, to), officer.user, officer.grants, at=officer.at)
        chosen = _chosen(payload.dossiers, looked_at, found)
        order = BulkOrder(_key_of(request), payload.act, chosen, to, payload.text)
        return _shape(order_bulk(order=order, officer=officer.user, at=officer.at), officer)

    return _placed(request, place, payload)


@router.get("/{key}", response=BulkOrderShape)
def read_bulk_order(request: AskedByOfficer, key: uuid.UUID) -> BulkOrderShape:
    """Tell how far an own order is, and what came of each dossier."""
    return _shape(_own(request.auth, key), request.auth)


@router.post("/{key}/cancellation", response=BulkOrderShape, openapi_extra=REPEATABLE)
def cancel_bulk_order(request: AskedByOfficer, key: uuid.UUID) -> HttpResponse:
    """Undo an own order before its start, or stop what is left of it; stopping it twice changes nothing."""
    officer = request.auth

    def cancel() -> BulkOrderShape:
        return _shape(cancel_bulk(job=_own(officer, key), officer=officer.user, at=officer.at), officer)

    return written(request, officer, cancel)


@router.get("/{key}/taking-back", response=PreviewShape)
def preview_taking_back(request: AskedByOfficer, key: uuid.UUID) -> PreviewShape:
    """Tell from which dossiers a finished order could be taken back now, and why not from the others."""
    earlier = _own(request.auth, key)
    check_reversible(BulkAct(earlier.act), is_over=earlier.finished_at is not None)
    return _preview(preview_back(earlier, request.auth.user, request.auth.grants, at=request.auth.at), ())


@router.post("/{key}/taking-back", response={201: BulkOrderShape}, openapi_extra=CREATING)
def take_back_bulk_order(request: AskedByOfficer, key: uuid.UUID, payload: TakingBack) -> HttpResponse:
    """Order that what a finished order did be taken back, where nothing has happened since; nothing is deleted."""
    officer = request.auth

    def place() -> BulkOrderShape:
        earlier = _own(officer, key)
        check_reversible(BulkAct(earlier.act), is_over=earlier.finished_at is not None)
        found = _found(officer, [one.code for one in payload.dossiers])
        looked_at = preview_back(earlier, officer.user, officer.grants, at=officer.at)
        chosen = _chosen(payload.dossiers, looked_at, found)
        order = BulkOrder(_key_of(request), BulkAct.TAKE_BACK, chosen, None, payload.text, earlier)
        return _shape(order_bulk(order=order, officer=officer.user, at=officer.at), officer)

    return _placed(request, place, payload)


@dataclass(frozen=True, slots=True)
class _Found:
    """The dossiers that the caller may see of those asked for, by each code they were asked for under."""

    by_code: dict[str, Dossier]
    dossiers: list[Dossier]
    missing: tuple[str, ...]


def _found(officer: Officer, codes: Sequence[str], field: str = "dossiers") -> _Found:
    """Return the dossiers of `codes`, which `field` holds; raises `FieldsInvalid` where one is named twice."""
    clean = {code: "".join(code.split()).upper() for code in codes}
    twice = FieldsInvalid([FieldFault(field, "repeated", _("Có hồ sơ được nêu hai lần."))])
    if len(set(clean.values())) < len(codes):
        raise twice
    wanted = list(clean.values())
    rows = list(officer.visible().filter(Q(code__in=wanted) | Q(reference__in=wanted)).for_page())
    known = {name: row for row in rows for name in (row.code, row.reference) if name}
    by_code = {code: known[name] for code, name in clean.items() if name in known}
    dossiers = list({row.pk: row for row in by_code.values()}.values())
    if len(dossiers) < len(by_code):  # once by its code, once by its reference
        raise twice
    return _Found(by_code, dossiers, tuple(code for code in codes if code not in by_code))


def _chosen(asked: Sequence[SeenDossier], looked_at: Preview, found: _Found) -> list[Chosen]:
    """Return what is ordered, in the order it was asked for; raises `BulkCannot` unless all of it can be done."""
    able = {one.pk: one for one in looked_at.can}
    why = {one.pk: one.reason for one in looked_at.cannot}
    cannot, chosen = list[tuple[str, str]](), list[Chosen]()
    for one in asked:
        dossier = found.by_code.get(one.code)
        if dossier is None:
            cannot.append((one.code, _NOT_SEEN))
        elif dossier.pk not in able:
            cannot.append((one.code, why.get(dossier.pk, ChangedSince.__name__)))
        elif able[dossier.pk].version != one.version:
            cannot.append((one.code, _STALE))
        else:
            chosen.append(Chosen(dossier.pk, one.version))
    if cannot:
        raise BulkCannot(cannot)
    return chosen


def _check_words(payload: BulkOrderGiven) -> None:
    """Raise `FieldsInvalid` where the act wants more, or less, than was said."""
    faults = list[FieldFault]()
    missing, extra = _("Thiếu mục này."), _("Việc này không nhận mục này.")
    if (payload.act in GIVES_TO_OFFICER) != bool(payload.to):
        faults.append(
            FieldFault("to", "extra_forbidden" if payload.to else "missing", extra if payload.to else missing)
        )
    if payload.act in NEEDS_WORDS and not payload.text:
        faults.append(FieldFault("text", "missing", missing))
    most = MOST_WORDS_OF.get(payload.act, MOST_WORDS)
    if len(payload.text) > most:
        faults.append(FieldFault("text", "string_too_long", sentence_for("string_too_long", {"max_length": most})))
    if payload.act in TAKES_NO_WORDS and payload.text:
        faults.append(FieldFault("text", "extra_forbidden", extra))
    if faults:
        raise FieldsInvalid(faults)


def _key_of(request: AskedByOfficer) -> uuid.UUID:
    """Return the key of the order that the caller's Idempotency-Key stands for."""
    return uuid.uuid5(_ORDERS, f"{request.auth.user.pk} {request.path} {idempotency_key(request, is_required=True)}")


def _placed(request: AskedByOfficer, place: Callable[[], BulkOrderShape], said: Given) -> HttpResponse:
    answer = written(request, request.auth, place, said=said, status=201)
    answer.headers["Location"] = f"/api/v1/work/bulk-orders/{_key_of(request)}"
    return answer


def _own(officer: Officer, key: uuid.UUID) -> BulkJob:
    """Return the caller's own order of that key; anybody else's is not found."""
    return get_object_or_404(BulkJob.objects.select_related("to", "takes_back"), key=key, ordered_by=officer.user)


def _preview(looked_at: Preview, missing: Iterable[str]) -> PreviewShape:
    hidden = [one.code for one in looked_at.cannot if one.status is None]
    return PreviewShape(
        can=_candidates(looked_at.can),
        cannot=_candidates(looked_at.cannot),
        not_seen=[UnseenShape(code=code, reason=reason_code(_NOT_SEEN)) for code in (*missing, *hidden)],
        officers=[OfficerLoadShape.model_validate(load) for load in looked_at.officers],
    )


def _candidates(found: Iterable[Candidate]) -> list[CandidateShape]:
    """Return those that the caller may see."""
    return [
        CandidateShape(
            status=one.status,
            code=one.code,
            version=one.version,
            holder=one.holder,
            reason=reason_code(one.reason) if one.reason else None,
            back_to=one.back_to,
        )
        for one in found
        if one.status is not None
    ]


def _shape(job: BulkJob, officer: Officer) -> BulkOrderShape:
    so_far = progress(job, officer.user, officer.grants, at=officer.at)
    return BulkOrderShape(
        key=job.key,
        act=so_far.act,
        to=job.to.username if job.to else None,
        ordered_at=job.ordered_at,
        starts_at=job.starts_at,
        cancelled_at=job.cancelled_at,
        finished_at=job.finished_at,
        is_undoable=so_far.is_undoable,
        is_running=so_far.is_running,
        is_reversible=so_far.is_reversible,
        can_be_taken_back=so_far.can_be_taken_back,
        takes_back=job.takes_back.key if job.takes_back else None,
        taken_back_by=so_far.taken_back_by.key if so_far.taken_back_by else None,
        counts=so_far.counts,
        items=[
            BulkItemShape(
                code=line.code,
                outcome=line.outcome,
                reason=reason_code(line.reason) if line.reason else None,
                done_at=line.done_at,
            )
            for line in so_far.items
        ],
    )
