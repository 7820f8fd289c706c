"""The yearly register of a one-stop desk: how its lines are numbered, who closes it and when (B-37, R-10).

Source: docs/law/forms.md (Circular 01/2018/TT-VPCP, article 10).
"""

from collections.abc import Iterable
from datetime import date

from motcua.rules.permissions import Role, RoleGrant

READERS = frozenset({Role.RECEPTION_OFFICER, Role.HEAD_OF_ONE_STOP})
"""Who at a desk reads its register."""


def line_number(number: int) -> str:
    """Write the number of a line as the register prints it, from 01."""
    return f"{number:02}"


def closable_from(year: int) -> date:
    """Return the first day on which the register of `year` may be closed: nothing can be accepted in it any more."""
    return date(year + 1, 1, 1)


def may_read_register(desk_id: int, grants: Iterable[RoleGrant], *, on: date) -> bool:
    """Tell whether an official with `grants` may read the register of the desk `desk_id` on `on`."""
    return any(grant.role in READERS and grant.unit_id == desk_id and grant.holds_on(on) for grant in grants)


def may_close_register(desk_id: int, grants: Iterable[RoleGrant], *, on: date) -> bool:
    """Tell whether an official with `grants` may close the register of the desk `desk_id` on `on`."""
    return any(
        grant.role is Role.HEAD_OF_ONE_STOP and grant.unit_id == desk_id and grant.holds_on(on) for grant in grants
    )
