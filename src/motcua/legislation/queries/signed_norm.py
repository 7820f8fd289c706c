"""A signed document of the province as the occasion of a publication decision (C-02, C-07)."""

import uuid

from motcua.legislation.models import LegalDraft
from motcua.rules.drafting import DraftState


def norm_signed(key: str) -> dict[str, object]:
    """Return number and days of what the draft `key` became, by the names a decision has for them.

    Empty where `key` names no draft, or one that is not signed.
    """
    try:
        found = LegalDraft.objects.filter(key=uuid.UUID(key), state=DraftState.SIGNED).defer("text").first()
    except ValueError:
        return {}
    if found is None:
        return {}
    return {
        "norm": found.number,
        "norm_issued_on": found.signed_on,
        "norm_effective_on": found.effective_from,
        "is_shortened": found.is_shortened,
    }
