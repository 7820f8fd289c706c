"""Who may write an internal process, and who approves it (B-29, rulebook N).

Source: docs/law/internal-process.md. The officer who controls procedures drafts; the chairman approves. A process that
holds for one agency alone is drafted and approved there or above it, one that holds for all in the province.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from motcua.rules.permissions import Role, RoleGrant


class ProcessAct(StrEnum):
    """What is done to an internal process."""

    DRAFT = "DRAFT"
    APPROVE = "APPROVE"


ROLE_FOR_PROCESS: dict[ProcessAct, Role] = {
    ProcessAct.DRAFT: Role.PROCEDURE_CONTROL_OFFICER,
    ProcessAct.APPROVE: Role.SIGNER,
}


@dataclass(frozen=True, slots=True)
class ProcessOffice:
    """Where a process is kept: `approving_ids` are the units whose chairman approves it.

    `drafting_ids` are the units whose officers write it, beside the approving ones.
    """

    approving_ids: frozenset[int]
    drafting_ids: frozenset[int] = frozenset()


class MayNotKeepProcesses(Exception):
    """The official may not write or approve this internal process."""


def may_keep_process(act: ProcessAct, office: ProcessOffice, grants: Iterable[RoleGrant], *, on: date) -> bool:
    """Tell whether an official with `grants` may do `act` on `on` to a process kept at `office` (B-29)."""
    places = office.approving_ids
    if act is ProcessAct.DRAFT:
        places |= office.drafting_ids
    role = ROLE_FOR_PROCESS[act]
    return any(grant.role is role and grant.unit_id in places and grant.holds_on(on) for grant in grants)
