"""What the reception desk decides about an application: ask for more, decline, accept (B steps 3 to 4c)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.documents.models import IssuedDocument
from motcua.dossiers.commands.asking import AskedBefore, Asking, NothingAskedFor, ask, asked_count, positions_of
from motcua.dossiers.commands.custody import HOLDER, give_to_desk, give_to_nobody
from motcua.dossiers.commands.guard import FORM, StaleDossier, advance, begin
from motcua.dossiers.commands.issue_form import HandWritten, issue_form, number_asked
from motcua.dossiers.commands.linked_promise import promise_the_whole
from motcua.dossiers.commands.promise import PROMISE, LimitUnknown, give_promise
from motcua.dossiers.commands.register import BookIsClosed, enter_in_register
from motcua.dossiers.events import DossierAccepted, DossierDeclined, IntakeSupplementRequested
from motcua.dossiers.facts import papers_of
from motcua.dossiers.linked_facts import carries_the_whole, named_in_code
from motcua.dossiers.models import Declining, Dossier, Paper
from motcua.kernel import events
from motcua.kernel.sequences import next_numbers
from motcua.organisations.facts import agency_identifier
from motcua.rules.identifiers import dossier_code
from motcua.rules.paper_mode import regular_number
from motcua.rules.papers import CheckState, DeclineGround, PaperKind, may_ask, papers_in_the_way
from motcua.rules.permissions import NotPermitted
from motcua.rules.regimes import Regime, regime_on
from motcua.rules.transitions import Action, TransitionRefused

__all__ = [
    "AskedBefore",
    "Asking",
    "BookIsClosed",
    "LimitUnknown",
    "NotPermitted",
    "NothingAskedFor",
    "StaleDossier",
    "TransitionRefused",
    "accept",
    "decline",
    "request_intake_supplement",
]

# Plain SQL, because the ORM says every value of every row in a long expression.
_CHECKED = """
UPDATE dossiers_paper paper SET state = found.state, note = found.note,
    originals_count = found.originals_count, copies_count = found.copies_count
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::int[], %s::int[])
    found(id, state, note, originals_count, copies_count)
WHERE paper.id = found.id
"""


class PapersInTheWay(Exception):
    """The papers at `positions` are missing, wrong or unchecked (B-08)."""

    def __init__(self, positions: Sequence[int]) -> None:
        super().__init__(str(positions))
        self.positions = tuple(positions)


@dataclass(frozen=True, slots=True)
class PaperCheck:
    """What the officer found of one paper: counts are of what was handed in on paper."""

    state: CheckState
    originals_count: int = 0
    copies_count: int = 0
    note: str = ""


@transaction.atomic
def accept(
    *,
    dossier: Dossier,
    officer: User,
    checks: Mapping[int, PaperCheck],
    at: datetime,
    seen_version: int | None = None,
) -> Dossier:
    """Accept the dossier: its national code, due moment and derivation, line of the register, form 01 (B-31, B-40).

    `checks` is by position of the closed list; a position outside it raises `Paper.DoesNotExist` (B-08). Raises also
    `PapersInTheWay`, `LimitUnknown`, `BookIsClosed`, `StaleDossier`, `NotPermitted`, `TransitionRefused`.
    """
    action = Action.ACCEPT
    dossier, status = begin(
        dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version, related=FORM
    )
    write_checks(dossier, checks)
    dossier.status, dossier.accepted_at = status, at
    promise = give_promise(dossier, at)
    whole = promise_the_whole(dossier, at) if carries_the_whole(dossier) else None
    regime = regime_on(timezone.localdate(at))
    dossier.regime = regime.value
    dossier.code, receipt_number = _take_numbers(dossier, regime, at)
    give_to_desk(dossier, due_at=dossier.action_due_at, warn_at=dossier.warn_at)
    line = enter_in_register(dossier, at)
    particulars = {"register_volume": line.volume, "register_line": line.number}
    issued = issue_form(dossier, PaperKind.RECEIPT, particulars, officer=officer, at=at, taken=receipt_number)
    advance(dossier, ["status", "accepted_at", "regime", "code", *PROMISE, *HOLDER])
    event = DossierAccepted(
        subject=dossier.reference,
        code=dossier.code,
        due_at=whole.due_at if whole and whole.due_at else promise.due_at,
        regime=regime.value,
        document=issued.number,
    )
    events.record(event, actor=officer, at=at)
    return dossier


@transaction.atomic
def request_intake_supplement(
    *,
    dossier: Dossier,
    officer: User,
    asking: Asking,
    at: datetime,
    seen_version: int | None = None,
) -> Dossier:
    """Ask for what is missing or wrong, once and completely (form 02, B step 4a).

    Raises `Paper.DoesNotExist` for a position outside the closed list (B-08), `NothingAskedFor`, `AskedBefore`,
    `StaleDossier`, `NotPermitted`, `TransitionRefused`.
    """
    action = Action.REQUEST_INTAKE_SUPPLEMENT
    dossier, status = begin(
        dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version, related=FORM
    )
    if not may_ask(asked_count=asked_count(dossier, after_acceptance=False), basis=asking.basis):
        raise AskedBefore
    dossier.status = status
    request = ask(dossier, asking, officer=officer, at=at)
    give_to_nobody(dossier)
    advance(dossier, ["status", *HOLDER])
    event = IntakeSupplementRequested(
        subject=dossier.reference, document=request.document.number, positions=positions_of(request)
    )
    events.record(event, actor=officer, at=at)
    return dossier


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a dossier is not accepted: the ground, the provision it rests on, and the case in plain words."""

    ground: DeclineGround
    citation: str
    reason: str


@transaction.atomic
def decline(
    *, dossier: Dossier, officer: User, refusal: Refusal, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Decline the dossier with a legal ground (form 03, B step 4b, B-07).

    Raises `StaleDossier`, `NotPermitted`, `TransitionRefused`.
    """
    action = Action.DECLINE
    dossier, status = begin(
        dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version, related=FORM
    )
    dossier.status, dossier.closed_at = status, at
    issued = write_refusal(dossier, refusal, officer=officer, at=at)
    give_to_nobody(dossier)
    advance(dossier, ["status", "closed_at", *HOLDER])
    event = DossierDeclined(subject=dossier.reference, document=issued.number, ground=refusal.ground.value)
    events.record(event, actor=officer, at=at)
    return dossier


def write_refusal(
    dossier: Dossier, refusal: Refusal, *, officer: User, at: datetime, by_hand: HandWritten | None = None
) -> IssuedDocument:
    """Issue form 03 and write down why; the dossier has its new status already. `by_hand`: it is entered from paper."""
    data: dict[str, object] = {"ground": refusal.ground.value, "citation": refusal.citation, "reason": refusal.reason}
    data |= by_hand.particulars() if by_hand else {}
    issued = issue_form(dossier, PaperKind.REFUSAL, data, officer=officer, at=at)
    Declining.objects.create(
        dossier=dossier,
        ground=refusal.ground.value,
        citation=refusal.citation,
        reason=refusal.reason,
        document=issued,
    )
    return issued


def _take_numbers(dossier: Dossier, regime: Regime, at: datetime) -> tuple[str, int]:
    """Take the code of the dossier and the number of its receipt, in one go."""
    on = timezone.localdate(at)
    named = named_in_code(dossier)
    agency = agency_identifier(named, on)
    of_day = (f"dossier:{named.code}", on)
    number, receipt_number = next_numbers([of_day, number_asked(dossier, PaperKind.RECEIPT, at)])
    return dossier_code(regime, agency, on, regular_number(number, on)), receipt_number


def write_checks(dossier: Dossier, checks: Mapping[int, PaperCheck]) -> None:
    """Write what the officer found; raises `PapersInTheWay`, and `Paper.DoesNotExist` for one outside the list."""
    papers = papers_of(dossier)
    if not checks.keys() <= {paper.position for paper in papers}:
        raise Paper.DoesNotExist
    for paper in papers:
        check = checks.get(paper.position)
        if check:
            paper.state, paper.note = check.state.value, check.note[:300]
            paper.originals_count, paper.copies_count = check.originals_count, check.copies_count
    in_the_way = papers_in_the_way(paper.as_rule() for paper in papers)
    if in_the_way:
        raise PapersInTheWay(in_the_way)
    written = ("id", "state", "note", "originals_count", "copies_count")
    with connection.cursor() as cursor:
        cursor.execute(_CHECKED, [[getattr(paper, name) for paper in papers] for name in written])
