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
    ADMINISTRATOR = "ADMINISTRATOR"
    AUDITOR = "AUDITOR"


ROLE_FOR: dict[Action, Role] = {
    Action.REQUEST_INTAKE_SUPPLEMENT: Role.RECEPTION_OFFICER,
    Action.RECEIVE_SUPPLEMENT: Role.RECEPTION_OFFICER,
    Action.DECLINE: Role.RECEPTION_OFFICER,
    Action.ACCEPT: Role.RECEPTION_OFFICER,
    Action.TRANSFER: Role.RECEPTION_OFFICER,
    Action.ASSIGN: Role.DISPATCHER,
    Action.PROPOSE: Role.PROCESSING_OFFICER,
    Action.RETURN_FOR_REWORK: Role.SIGNER,
    Action.SIGN: Role.SIGNER,
    Action.ISSUE: Role.RECORDS_CLERK,
    Action.HAND_OVER: Role.RECEPTION_OFFICER,
    Action.RECORD_WITHDRAWAL: Role.RECEPTION_OFFICER,
}
"""The role each act of an official needs; acts of the applicant are not listed."""

AT_THE_DESK = frozenset({Role.RECEPTION_OFFICER, Role.HEAD_OF_ONE_STOP})
"""Roles that work where dossiers are received; they see every dossier of their desk (B-03, N)."""
OVER_THE_UNIT = frozenset({Role.DISPATCHER})
"""Roles that give out the work of their unit, and so see everything it holds (N)."""

DESK_ACTIONS = frozenset(
    {
        Action.REQUEST_INTAKE_SUPPLEMENT,
        Action.RECEIVE_SUPPLEMENT,
        Action.DECLINE,
        Action.ACCEPT,
        Action.TRANSFER,
        Action.HAND_OVER,
        Action.RECORD_WITHDRAWAL,
    }
)
PERSONAL_ACTIONS = frozenset({Action.PROPOSE})
"""Acts that only the officer to whom the dossier is assigned may do."""


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """`role` in the unit `unit_id`, from `valid_from` until the day before `valid_until` (None: until revoked)."""

    role: Role
    unit_id: int
    valid_from: date
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether the grant is in force on `day`."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


@dataclass(frozen=True, slots=True)
class Custody:
    """Where a dossier stands: the desk that received it, who holds it now, and to whom it is assigned.

    `holder_unit_id`, `holder_role` and `assignee_id` are None while nobody in particular holds it.
    """

    receiving_unit_id: int
    holder_unit_id: int | None = None
    holder_role: Role | None = None
    assignee_id: int | None = None


class NotPermitted(Exception):
    """The official holds no grant that allows `action` on this dossier."""

    def __init__(self, action: Action) -> None:
        super().__init__(f"{action} is not permitted")
        self.action = action


def may_act(action: Action, custody: Custody, grants: Iterable[RoleGrant], *, actor_id: int, on: date) -> bool:
    """Tell whether the official `actor_id` with `grants` may do `action` on `on` to a dossier in `custody` (N).

    Desk acts need the role at the receiving desk; the others need the role in the unit that holds the dossier, and an
    assigned dossier answers only to its own officer.
    """
    role = ROLE_FOR.get(action)
    if role is None:
        return False
    unit_id = custody.receiving_unit_id if action in DESK_ACTIONS else custody.holder_unit_id
    if action in PERSONAL_ACTIONS and custody.assignee_id not in {None, actor_id}:
        return False
    return any(grant.role is role and grant.unit_id == unit_id and grant.holds_on(on) for grant in grants)


def may_file_at(receiving_unit_id: int, grants: Iterable[RoleGrant], *, on: date) -> bool:
    """Tell whether an official with `grants` may take an application at the counter of that desk on `on` (N)."""
    return any(
        grant.role is Role.RECEPTION_OFFICER and grant.unit_id == receiving_unit_id and grant.holds_on(on)
        for grant in grants
    )


def may_entrust(unit_ids: Iterable[int], grants: Iterable[RoleGrant], *, actor_id: int, user_id: int, on: date) -> bool:
    """Tell whether `actor_id` may give or end a role of `user_id` in a unit (N).

    `unit_ids` are the unit and those above it: an administrator entrusts people in their own unit and below. Nobody
    entrusts themselves, so that whoever runs the system has no way of their own to a dossier.
    """
    above = frozenset(unit_ids)
    return actor_id != user_id and any(
        grant.role is Role.ADMINISTRATOR and grant.unit_id in above and grant.holds_on(on) for grant in grants
    )


class MayNotEntrust(Exception):
    """The official may not give or end that person's roles there."""


def check(action: Action, custody: Custody, grants: Iterable[RoleGrant], *, actor_id: int, on: date) -> None:
    """Raise `NotPermitted` unless `may_act`."""
    if not may_act(action, custody, grants, actor_id=actor_id, on=on):
        raise NotPermitted(action)
