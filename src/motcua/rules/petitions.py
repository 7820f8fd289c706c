"""What becomes of a petition (phản ánh, kiến nghị): stages, acts, outcomes of sorting, and who may do what.

Source: docs/law/petitions.md (E-01 to E-08, R-22). What is a complaint, a denunciation or a judicial matter is none: it
is routed away, with a word on where to bring it, and never goes on as a petition.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from motcua.rules.permissions import Role, RoleGrant


class PetitionStage(StrEnum):
    """Where a petition stands; UNCONFIRMED until a guest has proved their contact, so that nothing is received yet."""

    UNCONFIRMED = "UNCONFIRMED"
    RECEIVED = "RECEIVED"
    ASKED = "ASKED"
    HANDLING = "HANDLING"
    DRAFTED = "DRAFTED"
    ANSWERED = "ANSWERED"
    RETURNED = "RETURNED"
    JOINED = "JOINED"


class PetitionAct(StrEnum):
    """What is done to a petition; CONFIRM and SAY_SETTLED are its sender's, COMPLETE and REOPEN the sender's too.

    RELEASE is nobody's: it follows when what a petition was joined to goes back or waits for its own sender.
    """

    CONFIRM = "CONFIRM"
    CLASSIFY = "CLASSIFY"
    RETURN = "RETURN"
    ASK = "ASK"
    COMPLETE = "COMPLETE"
    TRANSFER = "TRANSFER"
    ASSIGN = "ASSIGN"
    ASK_OPINION = "ASK_OPINION"
    GIVE_OPINION = "GIVE_OPINION"
    DRAFT_ANSWER = "DRAFT_ANSWER"
    GIVE_BACK = "GIVE_BACK"
    ANSWER = "ANSWER"
    TAKE_UP = "TAKE_UP"
    JOIN = "JOIN"
    RELEASE = "RELEASE"
    PUBLISH = "PUBLISH"
    UNPUBLISH = "UNPUBLISH"
    REOPEN = "REOPEN"
    SAY_SETTLED = "SAY_SETTLED"


class Sorting(StrEnum):
    """What a petition turned out to be (E-01, E-03); QUESTION asks what the law says, which is no petition (M82)."""

    CONDUCT = "CONDUCT"
    REGULATION = "REGULATION"
    PROPOSAL = "PROPOSAL"
    QUESTION = "QUESTION"
    NOT_ELIGIBLE = "NOT_ELIGIBLE"
    COMPLAINT = "COMPLAINT"
    DENUNCIATION = "DENUNCIATION"
    JUDICIAL = "JUDICIAL"


class PetitionChannel(StrEnum):
    """How it came (E-02)."""

    ONLINE = "ONLINE"
    DESK = "DESK"
    PHONE = "PHONE"
    PAPER = "PAPER"
    SLIP = "SLIP"
    EMAIL = "EMAIL"
    NATIONAL_PORTAL = "NATIONAL_PORTAL"
    CONFERENCE = "CONFERENCE"


class Finding(StrEnum):
    """What an answer comes to: for conduct whether it was as told (E-08), for a regulation what follows (E-05)."""

    FOUNDED = "FOUNDED"
    UNFOUNDED = "UNFOUNDED"
    KEEP = "KEEP"
    AMEND = "AMEND"
    REPEAL = "REPEAL"
    SUSPEND = "SUSPEND"
    NEW_TEXT = "NEW_TEXT"
    EXPLAINED = "EXPLAINED"


HANDLED = frozenset({Sorting.CONDUCT, Sorting.REGULATION, Sorting.PROPOSAL, Sorting.QUESTION})
"""What is handled and answered."""

FINDINGS: dict[Sorting, tuple[Finding, ...]] = {
    Sorting.CONDUCT: (Finding.FOUNDED, Finding.UNFOUNDED),
    Sorting.REGULATION: (Finding.KEEP, Finding.AMEND, Finding.REPEAL, Finding.SUSPEND, Finding.NEW_TEXT),
    Sorting.PROPOSAL: (Finding.KEEP, Finding.AMEND, Finding.REPEAL, Finding.SUSPEND, Finding.NEW_TEXT),
    Sorting.QUESTION: (Finding.EXPLAINED,),
}
"""What the answer to each may come to."""

ENTERED_BY_OFFICIALS = frozenset(PetitionChannel) - {PetitionChannel.ONLINE}
"""Ways that an official writes down for the sender."""

OVER = frozenset({PetitionStage.ANSWERED, PetitionStage.RETURNED, PetitionStage.JOINED})
"""Stages in which nobody has to do anything before an answer."""

_S, _A = PetitionStage, PetitionAct
TRANSITIONS: dict[PetitionAct, dict[PetitionStage, PetitionStage]] = {
    _A.CONFIRM: {_S.UNCONFIRMED: _S.RECEIVED},
    _A.CLASSIFY: {_S.RECEIVED: _S.HANDLING, _S.HANDLING: _S.HANDLING},
    _A.RETURN: {_S.RECEIVED: _S.RETURNED, _S.HANDLING: _S.RETURNED},
    _A.ASK: {_S.RECEIVED: _S.ASKED, _S.HANDLING: _S.ASKED},
    _A.COMPLETE: {_S.ASKED: _S.RECEIVED},
    _A.TRANSFER: {_S.RECEIVED: _S.RECEIVED, _S.HANDLING: _S.RECEIVED},
    _A.ASSIGN: {_S.HANDLING: _S.HANDLING},
    _A.ASK_OPINION: {_S.HANDLING: _S.HANDLING},
    _A.GIVE_OPINION: {_S.HANDLING: _S.HANDLING, _S.DRAFTED: _S.DRAFTED},
    _A.DRAFT_ANSWER: {_S.HANDLING: _S.DRAFTED},
    _A.GIVE_BACK: {_S.DRAFTED: _S.HANDLING},
    _A.ANSWER: {_S.DRAFTED: _S.ANSWERED},
    _A.TAKE_UP: {_S.RECEIVED: _S.RECEIVED, _S.HANDLING: _S.HANDLING, _S.DRAFTED: _S.DRAFTED},
    _A.JOIN: {_S.RECEIVED: _S.JOINED, _S.HANDLING: _S.JOINED},
    _A.RELEASE: {_S.JOINED: _S.RECEIVED},
    _A.PUBLISH: {_S.ANSWERED: _S.ANSWERED},
    _A.UNPUBLISH: {_S.ANSWERED: _S.ANSWERED},
    _A.REOPEN: {_S.ANSWERED: _S.HANDLING, _S.RETURNED: _S.RECEIVED},
    _A.SAY_SETTLED: {_S.ANSWERED: _S.ANSWERED},
}
"""Where each act leads from each stage; what is not listed is refused."""

SORTS = frozenset({Role.HEAD_OF_ONE_STOP, Role.DISPATCHER, Role.PROCEDURE_CONTROL_OFFICER})
"""Who registers, sorts, sends on and publishes in a unit: its focal officers (E-07; which roles: ours)."""
ENTERS = SORTS | {Role.RECEPTION_OFFICER}
"""Who writes down what comes by telephone, on paper or at the desk."""
_WRITES = SORTS | {Role.PROCESSING_OFFICER, Role.LEGAL_OFFICER}
_SIGNS = frozenset({Role.SIGNER})

ROLES_FOR: dict[PetitionAct, frozenset[Role]] = {
    _A.CLASSIFY: SORTS,
    _A.RETURN: SORTS,
    _A.ASK: SORTS,
    _A.COMPLETE: ENTERS,
    _A.TRANSFER: SORTS,
    _A.ASSIGN: SORTS,
    _A.ASK_OPINION: _WRITES,
    _A.GIVE_OPINION: _WRITES | _SIGNS,
    _A.DRAFT_ANSWER: _WRITES,
    _A.GIVE_BACK: _SIGNS,
    _A.ANSWER: _SIGNS,
    _A.TAKE_UP: _SIGNS,
    _A.JOIN: SORTS,
    _A.PUBLISH: SORTS,
    _A.UNPUBLISH: SORTS,
    _A.REOPEN: SORTS,
}
"""The roles of which an act of an official needs one; an act that is the sender's alone is not listed."""

PERSONAL = frozenset({_A.DRAFT_ANSWER})
"""Acts that only the officer does to whom the petition was given, or whoever gives it out."""
READS = frozenset[Role]().union(*ROLES_FOR.values()) | {Role.AUDITOR}
"""Who reads the petitions that their unit holds, received or was asked about."""
READS_ALL = frozenset({Role.PROCEDURE_CONTROL_OFFICER, Role.SIGNER, Role.AUDITOR})
"""Who reads every petition when they hold the role in a province, which answers for all of them (E-07)."""

REPEATED_FROM = 3
"""From how many petitions of one matter on, joined ones and reopenings counted, the leader is asked to take it up.

E-07 speaks of repeated and of high-impact matters and names no number: ours.
"""
REOPEN_WITHIN = timedelta(days=60)
"""How long after an answer its sender may have the petition opened again; no text says it: ours."""
FOLLOW_UP_AFTER = timedelta(weeks=4)
"""When the sender is asked whether the matter was settled."""


class PetitionActRefused(Exception):
    """`act` is not open to a petition in `stage`."""

    def __init__(self, act: PetitionAct, stage: PetitionStage) -> None:
        super().__init__(f"{act} in {stage}")
        self.act, self.stage = act, stage


class MayNotHandle(Exception):
    """The official holds no role that allows `act` on this petition."""

    def __init__(self, act: PetitionAct) -> None:
        super().__init__(str(act))
        self.act = act


class FindingUnfit(Exception):
    """An answer to a petition of that sorting cannot come to `finding`."""

    def __init__(self, sorting: Sorting, finding: Finding) -> None:
        super().__init__(f"{finding} of {sorting}")
        self.sorting, self.finding = sorting, finding


@dataclass(frozen=True, slots=True)
class Hands:
    """Who has a petition: the unit that holds it, the units whose opinion is awaited, its officer (None: nobody)."""

    unit_id: int
    asked_unit_ids: frozenset[int] = frozenset()
    assignee_id: int | None = None


def stage_after(stage: PetitionStage, act: PetitionAct) -> PetitionStage:
    """Return where `act` leads; raises `PetitionActRefused` where it is not open."""
    after = TRANSITIONS[act].get(stage)
    if after is None:
        raise PetitionActRefused(act, stage)
    return after


def open_acts(stage: PetitionStage) -> frozenset[PetitionAct]:
    """Return what may be done to a petition in `stage`, by whoever may."""
    return frozenset(act for act, ways in TRANSITIONS.items() if stage in ways)


def act_of(sorting: Sorting) -> PetitionAct:
    """Return what sorting a petition so does to it: what is none, or lacks what it needs, goes back (E-01, E-03)."""
    return PetitionAct.CLASSIFY if sorting in HANDLED else PetitionAct.RETURN


def may_act(act: PetitionAct, hands: Hands, grants: Iterable[RoleGrant], *, actor_id: int, on: date) -> bool:
    """Tell whether the official `actor_id` may do `act` on `on`: with the role, in the unit that holds the petition.

    An opinion is given in a unit that was asked. What was given to one officer is theirs, and that of whoever sorts.
    """
    places = hands.asked_unit_ids if act is PetitionAct.GIVE_OPINION else frozenset({hands.unit_id})
    return any(
        grant.role in ROLES_FOR.get(act, frozenset())
        and grant.unit_id in places
        and grant.holds_on(on)
        and (act not in PERSONAL or grant.role in SORTS or hands.assignee_id in {None, actor_id, grant.of_user_id})
        for grant in grants
    )


def may_enter(unit_id: int, grants: Iterable[RoleGrant], *, on: date) -> bool:
    """Tell whether an official may write down a petition that came to the unit."""
    return any(grant.role in ENTERS and grant.unit_id == unit_id and grant.holds_on(on) for grant in grants)


def units_read(grants: Iterable[RoleGrant], provinces: Collection[int], *, on: date) -> frozenset[int] | None:
    """Return the units whose petitions an official reads; None: those of every unit."""
    held = [grant for grant in grants if grant.holds_on(on)]
    if any(grant.role in READS_ALL and grant.unit_id in provinces for grant in held):
        return None
    return frozenset(grant.unit_id for grant in held if grant.role in READS)


def check_finding(sorting: Sorting, finding: Finding) -> None:
    """Raise `FindingUnfit` when an answer to a petition sorted so cannot come to `finding` (E-05, E-08)."""
    if finding not in FINDINGS.get(sorting, ()):
        raise FindingUnfit(sorting, finding)


def is_repeated(same_count: int) -> bool:
    """Tell whether a matter raised that many times is one for the leader (E-07)."""
    return same_count >= REPEATED_FROM


def may_reopen(answered_at: datetime, at: datetime) -> bool:
    """Tell whether the sender may still have an answered petition opened again."""
    return at <= answered_at + REOPEN_WITHIN
