"""Who hands dossiers from one unit to another and who takes them, for the list that both sign.

Source: docs/law/forms.md. The law orders that each hand-over be recorded (B-36) and leaves the list to the offices.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from motcua.rules.permissions import Role, RoleGrant


class Direction(StrEnum):
    """What goes from unit to unit: accepted dossiers to the agency, or results back to the desk."""

    TO_THE_AGENCY = "TO_THE_AGENCY"
    BACK_TO_THE_DESK = "BACK_TO_THE_DESK"


GIVERS: dict[Direction, Role] = {
    Direction.TO_THE_AGENCY: Role.RECEPTION_OFFICER,
    Direction.BACK_TO_THE_DESK: Role.RECORDS_CLERK,
}
"""Who draws up the list, in the unit that gives."""
TAKERS: dict[Direction, Role] = {
    Direction.TO_THE_AGENCY: Role.DISPATCHER,
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
