"""Publication decisions: who may publish what, the way of a decision, and its deadlines (C-05 to C-08, C-12).

Source: docs/law/publication.md. Decree 63/2010/NĐ-CP Art 13 to 15 and 24. Deadlines are measured and never block.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from motcua.rules.permissions import Role, RoleGrant
from motcua.rules.working_time import WorkingCalendar


class Publisher(StrEnum):
    """Whose decision it is (C-05)."""

    MINISTER = "MINISTER"
    CHAIRMAN = "CHAIRMAN"


class LineKind(StrEnum):
    """What a line of a decision does to its procedure (C-06)."""

    NEW = "NEW"
    AMENDED = "AMENDED"
    REPLACED = "REPLACED"
    ABOLISHED = "ABOLISHED"


class DecisionState(StrEnum):
    """Where a decision stands on its way."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    GIVEN_BACK = "GIVEN_BACK"
    PUBLISHED = "PUBLISHED"


class DecisionAct(StrEnum):
    """What is done to a decision."""

    EDIT = "EDIT"
    SUBMIT = "SUBMIT"
    GIVE_BACK = "GIVE_BACK"
    PUBLISH = "PUBLISH"
    NOTE_ENTRY = "NOTE_ENTRY"


WITH_CONTENT: Final = frozenset({LineKind.NEW, LineKind.AMENDED})
"""Lines that bring a new version; the others end a procedure."""

STATE_AFTER: Final[dict[tuple[DecisionState, DecisionAct], DecisionState]] = {
    (DecisionState.DRAFT, DecisionAct.EDIT): DecisionState.DRAFT,
    (DecisionState.DRAFT, DecisionAct.SUBMIT): DecisionState.SUBMITTED,
    (DecisionState.SUBMITTED, DecisionAct.GIVE_BACK): DecisionState.GIVEN_BACK,
    (DecisionState.SUBMITTED, DecisionAct.PUBLISH): DecisionState.PUBLISHED,
    (DecisionState.GIVEN_BACK, DecisionAct.EDIT): DecisionState.GIVEN_BACK,
    (DecisionState.GIVEN_BACK, DecisionAct.SUBMIT): DecisionState.SUBMITTED,
    (DecisionState.PUBLISHED, DecisionAct.NOTE_ENTRY): DecisionState.PUBLISHED,
}
"""The acts open in each state; what is not listed is refused."""

ROLE_FOR_ACT: Final[dict[DecisionAct, Role]] = {
    DecisionAct.EDIT: Role.PROCEDURE_CONTROL_OFFICER,
    DecisionAct.SUBMIT: Role.PROCEDURE_CONTROL_OFFICER,
    DecisionAct.GIVE_BACK: Role.SIGNER,
    DecisionAct.PUBLISH: Role.SIGNER,
    DecisionAct.NOTE_ENTRY: Role.PROCEDURE_CONTROL_OFFICER,
}


class ActNotOpen(Exception):
    """The decision stands in `state`, where `act` is not done."""

    def __init__(self, state: DecisionState, act: DecisionAct) -> None:
        super().__init__(f"{act} in {state}")
        self.state = state
        self.act = act


class MayNotPublish(Exception):
    """The official may not do this to a publication decision."""


def state_after(state: DecisionState, act: DecisionAct) -> DecisionState:
    """Return where a decision stands after `act`; raises `ActNotOpen`."""
    if (state, act) not in STATE_AFTER:
        raise ActNotOpen(state, act)
    return STATE_AFTER[state, act]


@dataclass(frozen=True, slots=True)
class PublicationOffice:
    """The unit whose head publishes, and the units beside it whose officers prepare the decision."""

    publishing_id: int
    preparing_ids: frozenset[int] = frozenset()


def may_do(act: DecisionAct, office: PublicationOffice, grants: Iterable[RoleGrant], *, on: date) -> bool:
    """Tell whether an official with `grants` may do `act` on `on` to a decision kept at `office` (C-05, N)."""
    role = ROLE_FOR_ACT[act]
    places = {office.publishing_id}
    if role is Role.PROCEDURE_CONTROL_OFFICER:
        places |= office.preparing_ids
    return any(grant.role is role and grant.unit_id in places and grant.holds_on(on) for grant in grants)


class Extent(StrEnum):
    """How much of a procedure a publisher says: the local list, or the full content (C-05)."""

    LIST = "LIST"
    FULL = "FULL"


_EXTENTS: Final[dict[tuple[Publisher, bool], Extent | None]] = {
    (Publisher.MINISTER, False): Extent.FULL,
    (Publisher.MINISTER, True): None,
    (Publisher.CHAIRMAN, False): Extent.LIST,
    (Publisher.CHAIRMAN, True): Extent.FULL,
}
LIST_PARTS: Final = frozenset({"title", "terms", "channels", "receiving_address", "legal_basis"})
"""Parts that the chairman's list says of a procedure regulated above: name, time limit, place, fee, legal basis (C-05).

The ways to file are among them because each has its own limit and fee.
"""


def extent_of(publisher: Publisher, *, is_local: bool) -> Extent | None:
    """Return how much `publisher` says of a procedure that the province regulates, or that is regulated above.

    None: the publisher does not publish such a procedure at all.
    """
    return _EXTENTS[publisher, is_local]


def parts_beyond(extent: Extent, changed: AbstractSet[str]) -> frozenset[str]:
    """Return the parts among `changed` that a publication of this extent may not change (C-05)."""
    return frozenset(changed - LIST_PARTS) if extent is Extent.LIST else frozenset()


class Fault(StrEnum):
    """What keeps a decision from being laid before the publisher, or published."""

    NO_LINES = "NO_LINES"
    PARTS_MISSING = "PARTS_MISSING"
    UNCHANGED = "UNCHANGED"
    CHANGED_MEANWHILE = "CHANGED_MEANWHILE"
    ALREADY_ENDED = "ALREADY_ENDED"
    ALREADY_THERE = "ALREADY_THERE"
    SUCCESSOR_ENDS = "SUCCESSOR_ENDS"
    NORM_MISSING = "NORM_MISSING"
    BASIS_ENDED = "BASIS_ENDED"
    GROUP_BREAKS = "GROUP_BREAKS"
    PROCESS_TOO_LONG = "PROCESS_TOO_LONG"
    DECLARATION_UNSOUND = "DECLARATION_UNSOUND"


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What the rules need to know of one line.

    `code` is the procedure's, `successor` the code of the procedure that takes its place, empty without one.
    `missing` are the parts (C-03) that its draft leaves empty, where the publication is of the full content.
    `is_in_force`: the catalogue has a published version of it that does not end. `is_same`: the draft says what that
    version says. `has_moved`: that version is another than the one the draft was begun from. `ended_bases` are the
    numbers of legal bases that no longer hold, or do not yet when the decision takes effect (J-07). `broken_groups`
    are the names of linked groups whose shared papers or answers the draft moves or takes away (B-21). `long_processes`
    are the numbers of the internal processes whose longest way takes more time than the draft allows (B-29).
    are the names of linked groups whose shared papers or answers the draft moves or takes away (B-21). `unsound` are
    the fields of the electronic declaration that cannot be as they are.
    """

    code: str
    kind: LineKind
    is_in_force: bool
    is_withdrawn: bool = False
    is_local: bool = True
    is_same: bool = False
    has_moved: bool = False
    missing: frozenset[str] = frozenset()
    ended_bases: frozenset[str] = frozenset()
    broken_groups: frozenset[str] = frozenset()
    long_processes: frozenset[str] = frozenset()
    unsound: frozenset[str] = frozenset()
    successor: str = ""
    is_successor_in_force: bool = False
    norm: str = ""


@dataclass(frozen=True, slots=True)
class Flaw:
    """A fault, the line it is about (empty: the whole decision) and the parts concerned."""

    fault: Fault
    code: str = ""
    parts: frozenset[str] = frozenset()


def flaws(lines: Iterable[LineFacts]) -> tuple[Flaw, ...]:
    """Return what is wrong with the lines of a decision, in their order; nothing when it can be published."""
    all_lines = tuple(lines)
    if not all_lines:
        return (Flaw(Fault.NO_LINES),)
    begun = frozenset(line.code for line in all_lines if line.kind is LineKind.NEW)
    ended = frozenset(line.code for line in all_lines if line.kind not in WITH_CONTENT)
    return tuple(flaw for line in all_lines for flaw in _flaws_of(line, begun, ended))


def _flaws_of(line: LineFacts, begun: frozenset[str], ended: frozenset[str]) -> tuple[Flaw, ...]:
    is_content = line.kind in WITH_CONTENT
    is_first = line.kind is LineKind.NEW and line.is_local
    follows = line.successor not in ended and (line.is_successor_in_force or line.successor in begun)
    wrong = {
        Fault.ALREADY_ENDED: line.is_withdrawn or (not line.is_in_force and not is_first),
        Fault.ALREADY_THERE: is_first and line.is_in_force,
        Fault.CHANGED_MEANWHILE: is_content and line.has_moved,
        Fault.UNCHANGED: line.kind is LineKind.AMENDED and line.is_same,
        Fault.PARTS_MISSING: is_content and bool(line.missing),
        Fault.SUCCESSOR_ENDS: line.kind is LineKind.REPLACED and not follows,
        Fault.NORM_MISSING: line.kind is not LineKind.NEW and not line.norm,
        Fault.BASIS_ENDED: is_content and bool(line.ended_bases),
        Fault.GROUP_BREAKS: is_content and bool(line.broken_groups),
        Fault.PROCESS_TOO_LONG: is_content and bool(line.long_processes),
        Fault.DECLARATION_UNSOUND: is_content and bool(line.unsound),
    }
    named = {
        Fault.PARTS_MISSING: line.missing,
        Fault.BASIS_ENDED: line.ended_bases,
        Fault.GROUP_BREAKS: line.broken_groups,
        Fault.PROCESS_TOO_LONG: line.long_processes,
        Fault.DECLARATION_UNSOUND: line.unsound,
    }
    return tuple(Flaw(fault, line.code, named.get(fault, frozenset())) for fault, is_wrong in wrong.items() if is_wrong)


class DayCount(StrEnum):
    """How days before a norm's effect are counted."""

    CALENDAR = "CALENDAR"
    WORKING = "WORKING"


@dataclass(frozen=True, slots=True)
class PublicationTerms:
    """The deadlines that hold for decisions signed from `valid_from` on."""

    valid_from: date
    count: DayCount
    days_before: dict[Publisher, int]
    shortened_days_after: int
    entry_working_days: dict[Publisher, int]
    shortened_entry_working_days: int


_DAYS_BEFORE: Final = {Publisher.MINISTER: 20, Publisher.CHAIRMAN: 5}
_ENTRY: Final = {Publisher.MINISTER: 10, Publisher.CHAIRMAN: 5}
TERMS: Final = (
    PublicationTerms(date(2010, 10, 14), DayCount.CALENDAR, _DAYS_BEFORE, 3, _ENTRY, 2),
    PublicationTerms(date(2022, 8, 1), DayCount.WORKING, _DAYS_BEFORE, 3, _ENTRY, 2),
)
"""Dated: Decree 63/2010 counts days (Art 15, 24), Decision 766/QĐ-TTg measures working days from 01/08/2022 (C-07)."""


@dataclass(frozen=True, slots=True)
class Norm:
    """The text that makes a publication necessary: when it was issued, when it takes effect, and whether in a hurry.

    `issued_on` None: not told.
    """

    effective_on: date
    issued_on: date | None = None
    is_shortened: bool = False


def terms_on(day: date) -> PublicationTerms:
    """Return the deadlines for a decision signed on `day`; before the first text those of the first."""
    return next((terms for terms in reversed(TERMS) if terms.valid_from <= day), TERMS[0])


def publish_by(publisher: Publisher, norm: Norm, terms: PublicationTerms, calendar: WorkingCalendar) -> date | None:
    """Return the last day on which a decision is signed in time (C-07).

    None when the norm was issued by the shortened process and the day of its issue is not told. Raises
    `CalendarExhausted`.
    """
    if norm.is_shortened:
        return norm.issued_on + timedelta(days=terms.shortened_days_after) if norm.issued_on else None
    count = terms.days_before[publisher]
    if terms.count is DayCount.CALENDAR:
        return norm.effective_on - timedelta(days=count)
    day = norm.effective_on
    while count:
        day -= timedelta(days=1)
        count -= calendar.is_working_day(day)
    return day


def enter_by(
    publisher: Publisher, signed_on: date, terms: PublicationTerms, calendar: WorkingCalendar, *, is_shortened: bool
) -> date:
    """Return the last day on which the decision enters the national database in time (C-08).

    Working days after the signature, the day of the signature not counted. Raises `CalendarExhausted`.
    """
    count = terms.shortened_entry_working_days if is_shortened else terms.entry_working_days[publisher]
    return calendar.close_after(signed_on, count).date()


def days_late(due_on: date, done_on: date) -> int:
    """Return by how many calendar days something came too late; 0 when in time."""
    return max((done_on - due_on).days, 0)
