"""Where a dossier stands, as every page that shows it to citizens has it; of a linked one, the whole and its legs."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.linked import LinkedView, whole_of
from motcua.dossiers.queries.public_status import public_status
from motcua.portal.linked_words import held_back, legs_in_words, look_of_whole, whole_in_words
from motcua.portal.status_words import road_of, words_of
from motcua.rules.linked import LEAD


def standing_of(dossier: Dossier, *, at: datetime) -> dict[str, Any]:
    """Return what the templates print of a submitted dossier; needs `for_page()` loaded.

    The leading dossier of an accepted linked application stands for the whole: one sentence, one promise, its legs.
    """
    status = public_status(dossier)
    standing: dict[str, Any] = {"status": status, "words": words_of(status, at=at), "steps": road_of(status)}
    standing["promised_at"], standing["derivation"] = status.due_at, status.derivation
    standing["is_provisional"] = status.due_is_provisional
    whole = whole_of(dossier, at=at)
    if whole is None:
        return standing
    standing["whole"], standing["legs"] = whole, legs_in_words(whole)
    if dossier.leg_number == LEAD:
        return standing | _of_the_whole(whole)
    sentence = held_back(whole, status.status)
    if sentence:
        standing["words"] = replace(standing["words"], sentence=sentence)
    return standing


def _of_the_whole(whole: LinkedView) -> dict[str, Any]:
    if whole.accepted_at is None:
        return {}
    return {
        "words": whole_in_words(whole),
        "look": look_of_whole(whole),
        "steps": [],
        "promised_at": whole.due_at,
        "derivation": whole.derivation,
        "is_provisional": whole.due_is_provisional,
    }
