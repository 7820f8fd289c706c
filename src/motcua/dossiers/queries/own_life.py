"""What became of a dossier, for its applicant: no names of officials, no questions put to other agencies."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from motcua.dossiers.models import (
    CAUSE_LABELS,
    Correction,
    Declining,
    Dossier,
    Ending,
    Extension,
    FinancialObligation,
    FormerPromise,
    Guidance,
    Rating,
    Result,
    SupplementItem,
    SupplementRequest,
    Withdrawal,
)
from motcua.dossiers.queries.clock_ahead import ClockAhead, clock_ahead, own_clock_rules
from motcua.rules.papers import DeclineGround, SupplementAnswer
from motcua.rules.promises import PromiseCause
from motcua.rules.transitions import ISSUED, SUPPLEMENTING, Status

# What a dossier may have several of; most have none.
_MANY: dict[str, QuerySet[Any]] = {
    "has_requests": SupplementRequest.objects.all(),
    "has_obligations": FinancialObligation.objects.all(),
    "has_advice": Guidance.objects.all(),
    "has_former_dates": FormerPromise.objects.all(),
    "has_corrections": Correction.objects.all(),
}


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What is wanted of the paper at `position`, and how it was answered so far (None: not yet)."""

    position: int
    name: str
    note: str
    answer: SupplementAnswer | None


@dataclass(frozen=True, slots=True)
class PapersAsked:
    """A request for papers (form 02), by the desk or `after_acceptance` by the agency.

    `basis` is the provision that lets them ask again, empty the first time. `completed_at` is None until it is
    answered. From `closable_from` on silence lets the dossier be closed, and `is_silence_over` tells that this moment
    has come; None where no such term runs (B step 10).
    """

    reason: str
    basis: str
    after_acceptance: bool
    requested_at: datetime
    completed_at: datetime | None
    closable_from: datetime | None
    is_silence_over: bool
    items: tuple[AskedFor, ...]


@dataclass(frozen=True, slots=True)
class Owed:
    """What is to be paid, in whole dong, before the agency goes on; `settled_at` is None until it is.

    `is_excluded` tells that the time it takes does not count.
    """

    basis: str
    notice_no: str
    amount_vnd: int
    asked_at: datetime
    settled_at: datetime | None
    proof: str
    is_excluded: bool


@dataclass(frozen=True, slots=True)
class NewDate:
    """The one new date, with its apology (form 04)."""

    reason: str
    old_due_at: datetime
    new_due_at: datetime
    extended_at: datetime


@dataclass(frozen=True, slots=True)
class FormerDate:
    """A due moment promised before: why it had been given, and when and why it was replaced."""

    due_at: datetime
    cause: PromiseCause
    replaced_at: datetime
    replaced_because: PromiseCause

    @property
    def cause_label(self) -> str:
        """Why it had been given, in the reader's language."""
        return str(CAUSE_LABELS[self.cause])

    @property
    def replaced_label(self) -> str:
        """Why it was replaced, in the reader's language."""
        return str(CAUSE_LABELS[self.replaced_because])


@dataclass(frozen=True, slots=True)
class Advice:
    """What the desk told the applicant to do before it decides."""

    text: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Declined:
    """Why the dossier was not accepted (form 03)."""

    ground: DeclineGround
    ground_label: str
    citation: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ended:
    """Why the dossier ended without a decision (form 05), and the provision that lets it (R-6)."""

    reason: str
    basis: str


@dataclass(frozen=True, slots=True)
class RefusalIssued:
    """The letter of refusal and the provision it rests on (R-6)."""

    basis: str
    title: str
    number: str
    issued_on: date | None


@dataclass(frozen=True, slots=True)
class Mending:
    """A wrong result put right at the agency's cost, by `due_at`; `corrected_at` is None while it is under way."""

    error: str
    reported_at: datetime
    due_at: datetime
    corrected_at: datetime | None


@dataclass(frozen=True, slots=True)
class Rated:
    """What the applicant thought, from 1 to 5."""

    score: int
    comment: str
    rated_at: datetime


@dataclass(frozen=True, slots=True)
class OwnLife:
    """All of it, each kind the oldest first. `cause` is why the present promise was given, None before acceptance.

    `clock` is there while papers are asked for after acceptance; `result` once it may be downloaded. What the desk was
    told when the dossier was taken back there is `withdrawal_reason`, empty otherwise. `leg_name` is the procedure
    whose dates these are where it is a leg of a linked application, empty otherwise.
    """

    cause: PromiseCause | None
    requests: tuple[PapersAsked, ...]
    clock: ClockAhead | None
    obligations: tuple[Owed, ...]
    advice: tuple[Advice, ...]
    extension: NewDate | None
    former_dates: tuple[FormerDate, ...]
    declined: Declined | None
    ending: Ended | None
    withdrawal_reason: str
    refusal: RefusalIssued | None
    corrections: tuple[Mending, ...]
    rating: Rated | None
    result: Result | None
    leg_name: str = ""

    @property
    def open_request(self) -> PapersAsked | None:
        """The request that waits for an answer."""
        return next((asked for asked in self.requests if asked.completed_at is None), None)

    @property
    def answered_requests(self) -> tuple[PapersAsked, ...]:
        """The requests that were answered."""
        return tuple(asked for asked in self.requests if asked.completed_at is not None)

    @property
    def owed(self) -> Owed | None:
        """What is to be paid now."""
        return next((owed for owed in self.obligations if owed.settled_at is None), None)

    @property
    def settled(self) -> tuple[Owed, ...]:
        """What was paid."""
        return tuple(owed for owed in self.obligations if owed.settled_at is not None)

    @property
    def mending(self) -> Mending | None:
        """The correction that is under way."""
        return next((mended for mended in self.corrections if mended.corrected_at is None), None)


def own_life(dossier: Dossier, *, at: datetime) -> OwnLife:
    """Return the life of a dossier that was handed in, as it stands at `at`; needs `for_page()` loaded."""
    row, has = _with_single(dossier)
    issued = _issued(row)
    return OwnLife(
        cause=PromiseCause(dossier.promise_cause) if dossier.accepted_at else None,
        requests=_requests(dossier, at) if "has_requests" in has else (),
        clock=clock_ahead(dossier, at=at) if dossier.stage is Status.SUPPLEMENT else None,
        obligations=_obligations(dossier) if "has_obligations" in has else (),
        advice=_advice(dossier) if "has_advice" in has else (),
        extension=_extension(row),
        former_dates=_former_dates(dossier) if "has_former_dates" in has else (),
        declined=_declined(row),
        ending=_ending(row),
        withdrawal_reason=_withdrawal_reason(row),
        refusal=_refusal(issued),
        corrections=_corrections(dossier) if "has_corrections" in has else (),
        rating=_rating(row),
        result=_with_file(issued),
        leg_name=dossier.leg_name,
    )


def result_to_download(dossier: Dossier) -> Result | None:
    """Return the result, a refusal too, once it is issued and has a file, however the paper comes."""
    return _with_file(_issued(_with_single(dossier)[0]))


def rating_of(dossier: Dossier) -> Rated | None:
    """Return what the applicant thought; None until they have said."""
    return _rating(_with_single(dossier)[0])


def _with_single(dossier: Dossier) -> tuple[Dossier, frozenset[str]]:
    """Return the row with all that a dossier has at most one of, and of what else there is any, in one query."""
    single = ("declining", "extension", "ending", "withdrawal", "rating", "result__file")
    there = {kind: Exists(rows.filter(dossier=OuterRef("pk"))) for kind, rows in _MANY.items()}
    row = Dossier.objects.select_related(*single).annotate(**there).get(pk=dossier.pk)
    return row, frozenset(kind for kind in there if getattr(row, kind))


def _extension(row: Dossier) -> NewDate | None:
    one: Extension | None = getattr(row, "extension", None)
    return NewDate(one.reason, one.old_due_at, one.new_due_at, one.extended_at) if one else None


def _declined(row: Dossier) -> Declined | None:
    one: Declining | None = getattr(row, "declining", None)
    if one is None:
        return None
    return Declined(DeclineGround(one.ground), str(one.get_ground_display()), one.citation, one.reason)


def _ending(row: Dossier) -> Ended | None:
    one: Ending | None = getattr(row, "ending", None)
    return Ended(one.reason, one.basis) if one else None


def _withdrawal_reason(row: Dossier) -> str:
    one: Withdrawal | None = getattr(row, "withdrawal", None)
    return one.reason if one else ""


def _rating(row: Dossier) -> Rated | None:
    one: Rating | None = getattr(row, "rating", None)
    return Rated(one.score, one.comment, one.rated_at) if one else None


def _issued(row: Dossier) -> Result | None:
    one: Result | None = getattr(row, "result", None)
    return one if row.stage in ISSUED else None


def _refusal(issued: Result | None) -> RefusalIssued | None:
    if issued is None or not issued.is_refusal:
        return None
    return RefusalIssued(issued.refusal_basis, issued.title, issued.number, issued.issued_on)


def _with_file(issued: Result | None) -> Result | None:
    return issued if issued and issued.file_id is not None else None


def _requests(dossier: Dossier, at: datetime) -> tuple[PapersAsked, ...]:
    """Return the requests; one that silence ended is left open only while the dossier waits."""
    items = SupplementItem.objects.select_related("paper__required_paper").order_by("paper__position")
    rows = dossier.supplement_requests.prefetch_related(Prefetch("items", queryset=items))
    is_waiting = dossier.stage in SUPPLEMENTING
    return tuple(
        _asked(row, at) for row in rows.order_by("requested_at", "pk") if is_waiting or row.completed_at is not None
    )


def _asked(row: SupplementRequest, at: datetime) -> PapersAsked:
    return PapersAsked(
        reason=row.reason,
        basis=row.basis,
        after_acceptance=row.after_acceptance,
        requested_at=row.requested_at,
        completed_at=row.completed_at,
        closable_from=row.closable_from,
        is_silence_over=row.closable_from is not None and at >= row.closable_from,
        items=tuple(
            AskedFor(item.paper.position, item.paper.required_paper.name, item.note, item.as_rule().answer)
            for item in row.items.all()
        ),
    )


def _obligations(dossier: Dossier) -> tuple[Owed, ...]:
    rows = list(dossier.financial_obligations.order_by("asked_at", "pk"))
    is_excluded = bool(rows) and own_clock_rules(dossier).excludes_financial
    return tuple(
        Owed(row.basis, row.notice_no, row.amount_vnd, row.asked_at, row.settled_at, row.proof, is_excluded)
        for row in rows
    )


def _advice(dossier: Dossier) -> tuple[Advice, ...]:
    return tuple(Advice(row.text, row.given_at) for row in dossier.guidances.order_by("given_at", "pk"))


def _former_dates(dossier: Dossier) -> tuple[FormerDate, ...]:
    """Return the promises that were replaced, each by the one after it, the last by the present one."""
    rows = list(dossier.former_promises.defer("derivation").order_by("replaced_at", "pk"))
    causes = [PromiseCause(row.cause) for row in rows] + [PromiseCause(dossier.promise_cause)]
    return tuple(
        FormerDate(row.due_at, cause, row.replaced_at, because)
        for row, cause, because in zip(rows, causes[:-1], causes[1:], strict=True)
    )


def _corrections(dossier: Dossier) -> tuple[Mending, ...]:
    rows = dossier.corrections.order_by("reported_at", "pk")
    return tuple(Mending(row.error, row.reported_at, row.due_at, row.corrected_at) for row in rows)
