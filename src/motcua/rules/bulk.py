"""Acts on many dossiers at once: which they are, and when one may be ordered for a dossier.

Source: docs/law/permissions.md. An act on many is that act on each: nobody may do more at once than one by one.
"""

from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum

from motcua.rules.permissions import AT_THE_DESK, OVER_THE_UNIT, ROLE_FOR, Custody, Role, RoleGrant
from motcua.rules.transitions import Action


class BulkAct(StrEnum):
    """What can be done to many dossiers at once; the value is what the database holds."""

    ASSIGN = "ASSIGN"
    TRANSFER = "TRANSFER"
    REMIND = "REMIND"
    MEMO = "MEMO"
    FOLLOW = "FOLLOW"


class ItemOutcome(StrEnum):
    """What has come of one dossier of a bulk job."""

    WAITING = "WAITING"
    DONE = "DONE"
    REFUSED = "REFUSED"
    CANCELLED = "CANCELLED"


ACTION_OF: dict[BulkAct, Action] = {BulkAct.ASSIGN: Action.ASSIGN, BulkAct.TRANSFER: Action.TRANSFER}
"""Those that are acts of the transition table; the others leave a dossier where it stands."""

_REMINDS_AT_THE_DESK = AT_THE_DESK - {Role.RECEPTION_OFFICER}


def acts_of_roles(roles: Collection[Role]) -> tuple[BulkAct, ...]:
    """Return the acts on many that somebody with these roles could ever do: notes and following are everybody's (N)."""
    theirs = {BulkAct.MEMO, BulkAct.FOLLOW, *(act for act, action in ACTION_OF.items() if ROLE_FOR[action] in roles)}
    if any(role in _REMINDS_AT_THE_DESK | OVER_THE_UNIT for role in roles):
        theirs.add(BulkAct.REMIND)
    return tuple(act for act in BulkAct if act in theirs)


class NotToRemind(Exception):
    """Nobody has to act on the dossier, or the official does not answer for it."""


def may_remind(custody: Custody, grants: Iterable[RoleGrant], *, on: date) -> bool:
    """Tell whether whoever holds these grants may remind the holder of a dossier: who answers for it may (N).

    The head of the receiving desk, and whoever gives out the work of the competent agency or signs for it; nobody is
    reminded of a dossier that nobody holds.
    """
    if custody.holder_unit_id is None:
        return False
    return any(
        grant.holds_on(on)
        and (
            (grant.role in _REMINDS_AT_THE_DESK and grant.unit_id == custody.receiving_unit_id)
            or (grant.role in OVER_THE_UNIT and grant.unit_id == custody.competent_unit_id)
        )
        for grant in grants
    )
