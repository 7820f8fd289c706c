"""Who hands dossiers from one unit to another and who takes them, for the list that both sign.

Source: docs/law/forms.md, docs/law/linked.md. The law orders that each hand-over be recorded (B-36), and between the
agencies of a linked application one with a slip that names task and limit (B-21); it leaves the list to the offices.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from motcua.rules.permissions import Role, RoleGrant


class Direction(StrEnum):
    """What goes from unit to unit: accepted dossiers to the agency, results back to the desk.

    BETWEEN_AGENCIES: the papers of a linked application from the agency of one leg to that of the next.
    """

    TO_THE_AGENCY = "TO_THE_AGENCY"
    BETWEEN_AGENCIES = "BETWEEN_AGENCIES"
    BACK_TO_THE_DESK = "BACK_TO_THE_DESK"


GIVERS: dict[Direction, Role] = {
    Direction.TO_THE_AGENCY: Role.RECEPTION_OFFICER,
    Direction.BETWEEN_AGENCIES: Role.RECORDS_CLERK,
    Direction.BACK_TO_THE_DESK: Role.RECORDS_CLERK,
}
"""Who draws up the list, in the unit that gives."""
TAKERS: dict[Direction, Role] = {
    Direction.TO_THE_AGENCY: Role.DISPATCHER,
    Direction.BETWEEN_AGENCIES: Role.DISPATCHER,
    Direction.BACK_TO_THE_DESK: Role.RECEPTION_OFFICER,
}
"""Who signs for it, in the unit that takes."""


def roles_that_hand_over() -> frozenset[Role]:
    """Return the roles that give or take with a list."""
    return frozenset({*GIVERS.values(), *TAKERS.values()})


def may_give(direction: Direction, unit_id: int, grants: Iterable[RoleGrant], *, on: date) -> bool:
    """Tell whether an official with `grants` may hand over from the unit `unit_id` on `on`."""
    return _holds(GIVERS[direction], unit_id, grants, on)


def may_take(direction: Direction, unit_id: int, grants: Iterable[RoleGrant], *, on: date) -> bool:
    """Tell whether an official with `grants` may sign in the unit `unit_id` on `on` for what was handed over."""
    return _holds(TAKERS[direction], unit_id, grants, on)


def _holds(role: Role, unit_id: int, grants: Iterable[RoleGrant], on: date) -> bool:
    return any(grant.role is role and grant.unit_id == unit_id and grant.holds_on(on) for grant in grants)
