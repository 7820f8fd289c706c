"""How a dossier's due moment was counted, day by day, in the language of the reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from motcua.dossiers.models import Dossier
from motcua.rules.deadlines import DerivationLineJson, DueMoment, derivation_as_json
from motcua.rules.derivations import LineKind

_OFF = frozenset({LineKind.WEEKEND, LineKind.HOLIDAY, LineKind.COMPENSATORY, LineKind.SWAPPED_OFF, LineKind.CLOSED})


@dataclass(frozen=True, slots=True)
class DerivedDay:
    """One day of the count."""

    on: date
    kind: str
    text: str
    rules: tuple[str, ...]
    is_due: bool
    is_off: bool


def derivation_of(dossier: Dossier) -> tuple[DerivedDay, ...]:
    """Return the count of the present promise; empty before acceptance."""
    return derivation_kept(dossier.derivation)


def derivation_kept(kept: Mapping[str, list[DerivationLineJson]]) -> tuple[DerivedDay, ...]:
    """Return a count as it was kept, in every language."""
    return _days(kept.get(_language(), []))


def derivation_shown(moment: DueMoment) -> tuple[DerivedDay, ...]:
    """Return the count of a moment that is only being considered."""
    return _days(derivation_as_json(moment, "en" if _language() == "en" else "vi"))


def _language() -> str:
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def _days(lines: list[DerivationLineJson]) -> tuple[DerivedDay, ...]:
    return tuple(
        DerivedDay(
            on=date.fromisoformat(line["date"]),
            kind=line["kind"],
            text=line["text"],
            rules=tuple(line["rules"]),
            is_due=line["kind"] == LineKind.DUE,
            is_off=line["kind"] in _OFF,
        )
        for line in lines
    )
