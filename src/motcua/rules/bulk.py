"""Acts on many dossiers at once: which they are, and when one may be ordered for a dossier.

Source: docs/law/permissions.md. An act on many is that act on each: nobody may do more at once than one by one.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from motcua.rules.permissions import AT_THE_DESK, OVER_THE_UNIT, ROLE_FOR, Custody, Role, RoleGrant
from motcua.rules.transitions import Action


class BulkAct(StrEnum):
    """What can be done to many dossiers at once; the value is what the database holds.

    TAKE_BACK takes back what an earlier order did, dossier by dossier; the others are chosen on a list.
    """

    ASSIGN = "ASSIGN"
    ASSIGN_LEG = "ASSIGN_LEG"
    TRANSFER = "TRANSFER"
    REMIND = "REMIND"
    MEMO = "MEMO"
    FOLLOW = "FOLLOW"
    TAKE_BACK = "TAKE_BACK"


class ItemOutcome(StrEnum):
    """What has come of one dossier of a bulk job."""

    WAITING = "WAITING"
    DONE = "DONE"
    REFUSED = "REFUSED"
    CANCELLED = "CANCELLED"


ACTION_OF: dict[BulkAct, Action] = {
    BulkAct.ASSIGN: Action.ASSIGN,
    BulkAct.ASSIGN_LEG: Action.ASSIGN_LEG,
    BulkAct.TRANSFER: Action.TRANSFER,
}
"""Those that are acts of the transition table; the others leave a dossier where it stands."""
GIVES_TO_OFFICER = frozenset({BulkAct.ASSIGN, BulkAct.ASSIGN_LEG})
"""Those that name an officer."""
REVERSIBLE = GIVES_TO_OFFICER | {BulkAct.FOLLOW}
"""Those that another act takes back: giving back to who had it before, following no longer.

Nothing brings a transferred dossier back to the desk, recalls a reminder that was read, or deletes a note (ux 20).
"""

_REMINDS_AT_THE_DESK = AT_THE_DESK - {Role.RECEPTION_OFFICER}


def acts_of_roles(roles: Collection[Role]) -> tuple[BulkAct, ...]:
    """Return the acts on many that somebody with these roles could ever do: notes and following are everybody's (N)."""
    theirs = {BulkAct.MEMO, BulkAct.FOLLOW, *(act for act, action in ACTION_OF.items() if ROLE_FOR[action] in roles)}
    if any(role in _REMINDS_AT_THE_DESK | OVER_THE_UNIT for role in roles):
        theirs.add(BulkAct.REMIND)
    return tuple(act for act in BulkAct if act in theirs)


NEEDS_WORDS = frozenset({BulkAct.MEMO})
"""Those that say nothing without words."""
TAKES_NO_WORDS = frozenset({BulkAct.TRANSFER})
"""Those that no words go with."""
MOST_WORDS = 500
"""How many characters of words go with an act."""
MOST_WORDS_OF: dict[BulkAct, int] = {BulkAct.FOLLOW: 200}
"""Those with which fewer go: why somebody follows a dossier is a line."""


class ChangedSince(Exception):
    """Something has happened to the dossier since the act that is to be taken back, or the act changed nothing."""


class NobodyBefore(Exception):
    """The act gave the dossier to an officer for the first time: there is nobody to give it back to."""


class NotReversible(Exception):
    """No act takes back what the order did."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What a bulk act did to one dossier.

    `version` is the dossier's after it, None where it changed nothing; `former_id` is who had it before, None: nobody.
    """

    act: BulkAct
    version: int | None
    former_id: int | None


def check_reversible(act: BulkAct, *, is_over: bool) -> None:
    """Raise `NotReversible` unless what an order of this act did can be taken back: it is over, some act does so."""
    if act not in REVERSIBLE or not is_over:
        raise NotReversible


def check_back(deed: Deed, version: int) -> None:
    """Raise unless `deed` may be taken back from a dossier that is at `version` now.

    Only where nothing has happened since, so that nobody's later act is undone unseen. Raises `NotReversible`,
    `ChangedSince`, `NobodyBefore`.
    """
    check_reversible(deed.act, is_over=True)
    if deed.version != version:
        raise ChangedSince
    if deed.act in GIVES_TO_OFFICER and deed.former_id is None:
        raise NobodyBefore


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
