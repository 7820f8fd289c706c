"""Who keeps the register of legal documents, and who works through the reviews it opens (rulebook N, J-08).

Source: docs/law/legal-documents.md. The legal officer of the province keeps it; everybody on the staff reads it.
"""

from collections.abc import Iterable
from datetime import date

from motcua.rules.permissions import Role, RoleGrant


class MayNotKeepLaw(Exception):
    """The official may not write in the register of legal documents."""


def may_keep_law(unit_ids: Iterable[int], grants: Iterable[RoleGrant], *, on: date) -> bool:
    """Tell whether an official with `grants` may write in the register on `on`; `unit_ids` are the provinces."""
    kept_at = frozenset(unit_ids)
    return any(grant.role is Role.LEGAL_OFFICER and grant.unit_id in kept_at and grant.holds_on(on) for grant in grants)


def may_settle_review(unit_ids: Iterable[int], grants: Iterable[RoleGrant], *, on: date) -> bool:
    """Tell whether an official may say what became of something that stands on expired law (J-07).

    Beside the legal officer that is whoever controls procedures in the province: most of it is procedures.
    """
    kept_at = frozenset(unit_ids)
    return may_keep_law(kept_at, grants := list(grants), on=on) or any(
        grant.role is Role.PROCEDURE_CONTROL_OFFICER and grant.unit_id in kept_at and grant.holds_on(on)
        for grant in grants
    )
