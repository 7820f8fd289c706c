"""Who may do what with a dossier (rulebook N).

Source: docs/law/permissions.md. A role is granted in one unit for a period; a right needs the right role in the right
unit on that day. What a role may never do is what it is not listed with here: there is no wildcard.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from motcua.rules.transitions import Action


class Role(StrEnum):
    """What an official is entrusted with in a unit; the value is what the database holds."""

    RECEPTION_OFFICER = "RECEPTION_OFFICER"
    HEAD_OF_ONE_STOP = "HEAD_OF_ONE_STOP"
    DISPATCHER = "DISPATCHER"
    PROCESSING_OFFICER = "PROCESSING_OFFICER"
    SIGNER = "SIGNER"
    RECORDS_CLERK = "RECORDS_CLERK"
    PROCEDURE_CONTROL_OFFICER = "PROCEDURE_CONTROL_OFFICER"
    LEGAL_OFFICER = "LEGAL_OFFICER"
    ADMINISTRATOR = "ADMINISTRATOR"
    AUDITOR = "AUDITOR"


ROLE_FOR: dict[Action, Role] = {
    Action.GUIDE: Role.RECEPTION_OFFICER,
    Action.REQUEST_INTAKE_SUPPLEMENT: Role.RECEPTION_OFFICER,
    Action.RECEIVE_SUPPLEMENT: Role.RECEPTION_OFFICER,
    Action.DECLINE: Role.RECEPTION_OFFICER,
    Action.ACCEPT: Role.RECEPTION_OFFICER,
    Action.SETTLE_AT_ONCE: Role.RECEPTION_OFFICER,
    Action.TRANSFER: Role.RECEPTION_OFFICER,
    Action.ASSIGN: Role.DISPATCHER,
    Action.ASSIGN_LEG: Role.DISPATCHER,
    Action.RECORD_VERIFICATION: Role.PROCESSING_OFFICER,
    Action.REQUEST_SUPPLEMENT: Role.PROCESSING_OFFICER,
    Action.OVERRIDE_SUPPLEMENT: Role.SIGNER,
    Action.CONSULT: Role.PROCESSING_OFFICER,
    Action.ANSWER_CONSULTATION: Role.PROCESSING_OFFICER,
    Action.GO_ON_UNANSWERED: Role.PROCESSING_OFFICER,
    Action.AWAIT_FINANCIAL: Role.PROCESSING_OFFICER,
    Action.SETTLE_FINANCIAL: Role.RECEPTION_OFFICER,
    Action.EXTEND: Role.SIGNER,
    Action.PASS_ON: Role.PROCESSING_OFFICER,
    Action.FINISH_LEG: Role.PROCESSING_OFFICER,
    Action.PROPOSE: Role.PROCESSING_OFFICER,
    Action.PROPOSE_REFUSAL: Role.PROCESSING_OFFICER,
    Action.APPROVE_DRAFT: Role.DISPATCHER,
    Action.GIVE_BACK_DRAFT: Role.DISPATCHER,
    Action.RETURN_FOR_REWORK: Role.SIGNER,
    Action.SIGN: Role.SIGNER,
    Action.ISSUE: Role.RECORDS_CLERK,
    Action.ISSUE_REFUSAL: Role.RECORDS_CLERK,
    Action.HAND_OVER: Role.RECEPTION_OFFICER,
    Action.POST_RESULT: Role.RECEPTION_OFFICER,
    Action.RELEASE_ONLINE: Role.RECEPTION_OFFICER,
    Action.REPORT_ERROR: Role.RECEPTION_OFFICER,
    Action.CORRECT: Role.SIGNER,
    Action.RECORD_WITHDRAWAL: Role.RECEPTION_OFFICER,
    Action.STOP: Role.SIGNER,
    Action.CLOSE_UNANSWERED: Role.RECEPTION_OFFICER,
}
"""The role each act of an official needs; acts of the applicant are not listed."""

AT_THE_DESK = frozenset({Role.RECEPTION_OFFICER, Role.HEAD_OF_ONE_STOP})
"""Roles that work where dossiers are received; they see every dossier of their desk (B-03, N)."""
OVER_THE_UNIT = frozenset({Role.DISPATCHER, Role.SIGNER})
"""Roles that give out the work of their unit or answer for it, and so see everything it settles (N)."""
ANSWERS_FOR_VACANCIES = OVER_THE_UNIT | (AT_THE_DESK - {Role.RECEPTION_OFFICER})
"""Roles to whom work falls back that waits in their unit for a role nobody holds there."""
GIVES_OUT_WORK = frozenset({Role.DISPATCHER})
"""Roles to whom work falls back that is in nobody's hands."""
DOES_LEGS = frozenset(ROLE_FOR[action] for action in (Action.FINISH_LEG,))
"""Roles that do their unit's part of a process beside the leading way; they see what that part is about (B-21)."""
GIVES_OUT_LEGS = frozenset(ROLE_FOR[action] for action in (Action.ASSIGN_LEG,))
"""Roles that give their unit's part of a process to one of its officers; they see what that part is about (B-21, N)."""
ANSWERS_FOR_THE_UNIT = frozenset(ROLE_FOR[action] for action in (Action.ANSWER_CONSULTATION,))
"""Roles that give their unit's opinion when another asks for it; they see what they are asked about."""

WORKS_ON_DOSSIERS = frozenset(ROLE_FOR.values()) | AT_THE_DESK
"""Roles that deal with dossiers, and so keep wording for it; who only reads, or looks after the system, does not."""

DESK_ACTIONS = frozenset(act for act, role in ROLE_FOR.items() if role is Role.RECEPTION_OFFICER)
"""Acts done at the desk that received the dossier, whoever holds it."""
AGENCY_ACTIONS = frozenset({Action.EXTEND, Action.STOP, Action.OVERRIDE_SUPPLEMENT, Action.CORRECT})
"""Acts of the head of the competent agency, whoever there holds the dossier (R-6)."""
CONSULTED_ACTIONS = frozenset({Action.ANSWER_CONSULTATION})
"""Acts of a unit that was asked for its opinion (B step 11)."""
LEG_ACTIONS = frozenset({Action.ASSIGN_LEG, Action.FINISH_LEG})
"""Acts of a unit that does a parallel leg of the internal process, beside the leading way (B-21)."""
DRAFT_ACTIONS = frozenset({Action.APPROVE_DRAFT, Action.GIVE_BACK_DRAFT, Action.SIGN, Action.RETURN_FOR_REWORK})
"""Acts on a draft result, of whoever it lies before: the head of the division, then the signer."""
PERSONAL_ACTIONS = frozenset(
    {
        Action.RECORD_VERIFICATION,
        Action.REQUEST_SUPPLEMENT,
        Action.CONSULT,
        Action.GO_ON_UNANSWERED,
        Action.AWAIT_FINANCIAL,
        Action.PASS_ON,
        Action.PROPOSE,
        Action.PROPOSE_REFUSAL,
    }
)
"""Acts that only the officer to whom the dossier is assigned may do."""
PERSONAL_LEG_ACTIONS = frozenset({Action.FINISH_LEG})
"""Acts that only the officer to whom the leg was given may do, once it was given to one."""


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """`role` in the unit `unit_id`, from `valid_from` until the day before `valid_until` (None: until revoked).

    `of_user_id` is whose role it is where its holder is absent and a deputy acts in their place, None for one's own.
    """

    role: Role
    unit_id: int
    valid_from: date
    valid_until: date | None = None
    of_user_id: int | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether the grant is in force on `day`."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


@dataclass(frozen=True, slots=True)
class LegHands:
    """The unit that does a parallel leg, and the officer to whom it was given there; None: to nobody in particular.

    Whoever no longer holds the role that does legs in that unit is nobody here.
    """

    unit_id: int
    assignee_id: int | None = None


@dataclass(frozen=True, slots=True)
class Custody:
    """Where a dossier stands: the desk that received it, the agency that decides, who holds it, who is asked.

    `holder_unit_id`, `holder_role` and `assignee_id` are None while nobody in particular holds it; `consulted_unit_ids`
    are the units whose opinion is still awaited, `legs` whose hands the parallel legs under way of the internal
    process are in.
    """

    receiving_unit_id: int
    competent_unit_id: int
    holder_unit_id: int | None = None
    holder_role: Role | None = None
    assignee_id: int | None = None
    consulted_unit_ids: frozenset[int] = frozenset()
    legs: frozenset[LegHands] = frozenset()


class NotPermitted(Exception):
    """The official holds no grant that allows `action` on this dossier."""

    def __init__(self, action: Action) -> None:
        super().__init__(f"{action} is not permitted")
        self.action = action


def may_act(action: Action, custody: Custody, grants: Iterable[RoleGrant], *, actor_id: int, on: date) -> bool:
    """Tell whether the official `actor_id` with `grants` may do `action` on `on` to a dossier in `custody` (N).

    Desk acts need the role at the receiving desk, acts of the head in the competent agency, answers in a unit that was
    asked, parallel legs in the unit that does them; the others need the role in the unit that holds the dossier. An
    assigned dossier answers only to its own officer, or to whoever acts in their place, a leg that was given to an
    officer alike, and a draft only to the one it lies before.
    """
    role = ROLE_FOR.get(action)
    if role is None:
        return False
    places = _places(action, custody)
    if action in DRAFT_ACTIONS and custody.holder_role not in {None, role}:
        return False
    return any(
        grant.role is role
        and grant.unit_id in places
        and grant.holds_on(on)
        and _is_in_their_hands(action, custody, grant, actor_id)
        for grant in grants
    )


def _is_in_their_hands(action: Action, custody: Custody, grant: RoleGrant, actor_id: int) -> bool:
    """Tell whether what the act is about was given to nobody else; an act of no person in particular always is."""
    hands = {None, actor_id, grant.of_user_id}
    if action in PERSONAL_LEG_ACTIONS:
        return any(leg.unit_id == grant.unit_id and leg.assignee_id in hands for leg in custody.legs)
    return action not in PERSONAL_ACTIONS or custody.assignee_id in hands


def _places(action: Action, custody: Custody) -> frozenset[int | None]:
    if action in DESK_ACTIONS:
        return frozenset({custody.receiving_unit_id})
    if action in AGENCY_ACTIONS:
        return frozenset({custody.competent_unit_id})
    if action in CONSULTED_ACTIONS:
        return custody.consulted_unit_ids
    if action in LEG_ACTIONS:
        return frozenset(leg.unit_id for leg in custody.legs)
    return frozenset({custody.holder_unit_id})


def may_file_at(receiving_unit_id: int, grants: Iterable[RoleGrant], *, on: date) -> bool:
    """Tell whether an official with `grants` may take an application at the counter of that desk on `on` (N)."""
    return any(
        grant.role is Role.RECEPTION_OFFICER and grant.unit_id == receiving_unit_id and grant.holds_on(on)
        for grant in grants
    )


def check_file_at(receiving_unit_id: int, grants: Iterable[RoleGrant], *, on: date) -> None:
    """Raise `NotPermitted` unless `may_file_at`."""
    if not may_file_at(receiving_unit_id, grants, on=on):
        raise NotPermitted(Action.SUBMIT)


def may_entrust(unit_ids: Iterable[int], grants: Iterable[RoleGrant], *, actor_id: int, user_id: int, on: date) -> bool:
    """Tell whether `actor_id` may give or end a role of `user_id` in a unit (N).

    `unit_ids` are the unit and those above it: an administrator entrusts people in their own unit and below. Nobody
    entrusts themselves, so that whoever runs the system has no way of their own to a dossier.
    """
    above = frozenset(unit_ids)
    return actor_id != user_id and any(
        grant.role is Role.ADMINISTRATOR and grant.unit_id in above and grant.holds_on(on) for grant in grants
    )


NEVER_DELEGATED = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
"""Roles nobody acts in for another: whoever runs the system, and whoever inspects it, is named in person (N)."""


def may_stand_in(absent: Iterable[RoleGrant], deputy: Iterable[RoleGrant], *, from_day: date) -> bool:
    """Tell whether a deputy with these own grants may act for somebody absent with those: they share a unit then.

    Roles that are themselves only held in another's place do not count, so that nobody passes on what was lent.
    """
    own = [grant for grant in absent if grant.role not in NEVER_DELEGATED]
    units = {grant.unit_id for grant in own if grant.of_user_id is None and grant.holds_on(from_day)}
    return any(grant.unit_id in units and grant.of_user_id is None and grant.holds_on(from_day) for grant in deputy)


def may_keep_calendar(unit_ids: Iterable[int], grants: Iterable[RoleGrant], *, on: date) -> bool:
    """Tell whether an official with `grants` may announce days off for a unit and have the promises follow (N).

    `unit_ids` are the unit and those above it; for the whole country, the provinces.
    """
    above = frozenset(unit_ids)
    return any(
        grant.role is Role.PROCEDURE_CONTROL_OFFICER and grant.unit_id in above and grant.holds_on(on)
        for grant in grants
    )


def may_configure(province_ids: Iterable[int], grants: Iterable[RoleGrant], *, on: date) -> bool:
    """Tell whether an official with `grants` may take the whole set-up away and bring one in: at a province alone (N).

    An administrator of a unit below it is not enough: a package changes units, procedures and calendars everywhere.
    """
    provinces = frozenset(province_ids)
    return any(
        grant.role is Role.ADMINISTRATOR and grant.unit_id in provinces and grant.holds_on(on) for grant in grants
    )


class MayNotConfigure(Exception):
    """The official may not make, take in or apply a configuration package."""


class MayNotKeepCalendar(Exception):
    """The official may not announce days off there."""


class MayNotEntrust(Exception):
    """The official may not give or end that person's roles there."""


def check(action: Action, custody: Custody, grants: Iterable[RoleGrant], *, actor_id: int, on: date) -> None:
    """Raise `NotPermitted` unless `may_act`."""
    if not may_act(action, custody, grants, actor_id=actor_id, on=on):
        raise NotPermitted(action)
