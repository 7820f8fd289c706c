"""What has ended by a day, and which of our own documents stand on it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from motcua.legislation.facts import own_territories
from motcua.legislation.models import DocumentRelation, EffectChange, LegalDocument
from motcua.rules.legal_basis import Basis, Severity, findings, severity_of
from motcua.rules.legal_effect import ENDED, EffectStatus, Relation


@dataclass(frozen=True, slots=True)
class EndedDocument:
    """A document that holds no more, whole or in part; `ended_on` is the first day of that.

    `is_only`: no other document of that number, which may have another year, holds here still (J-02).
    """

    pk: int
    number: str
    severity: Severity
    ended_on: date
    is_only: bool = True


@dataclass(frozen=True, slots=True)
class OwnDocument:
    """A document of the province that stands on another."""

    code: str
    name: str


def ended_documents(day: date) -> list[EndedDocument]:
    """Return what has ended by `day` of all that holds here, each once, the whole end before a part."""
    changes = (
        EffectChange.objects.filter(on__lte=day, document__territory__in=own_territories())
        .select_related("document")
        .order_by("document", "position")
    )
    found: dict[int, EndedDocument] = {}
    for change in changes:
        severity = severity_of(EffectStatus(change.status))
        known = found.get(change.document_id)
        if severity is None or (known is not None and known.severity is severity):
            continue
        found[change.document_id] = EndedDocument(change.document_id, change.document.number, severity, change.on)
    alive = _numbers_alive({one.number for one in found.values()}, found.keys())
    return [replace(one, is_only=one.number not in alive) for one in found.values()]


def wrong_bases(numbers: Iterable[str], *, day: date, takes_effect_on: date | None) -> frozenset[str]:
    """Return the numbers that stand in the way of signing on `day` something that takes effect then (J-07).

    One that the register does not have, or has of a year in which it holds, does not.
    """
    wanted = frozenset(numbers)
    rows = LegalDocument.objects.with_status(day).filter(number__in=wanted, territory__in=own_territories())
    bases = [
        Basis(row.number, EffectStatus(row.status_then), row.effective_from)  # type: ignore[attr-defined]  # annotated
        for row in rows.defer("text")
    ]
    sound = {basis.name for basis in bases if not _is_error(basis, takes_effect_on)}
    return frozenset({basis.name for basis in bases} - sound)


def _is_error(basis: Basis, takes_effect_on: date | None) -> bool:
    return any(one.severity is Severity.ERROR for one in findings([basis], takes_effect_on=takes_effect_on))


def _numbers_alive(numbers: Iterable[str], ended: Iterable[int]) -> frozenset[str]:
    """Return which of `numbers` also name a document beside the `ended` ones."""
    others = LegalDocument.objects.filter(number__in=list(numbers), territory__in=own_territories())
    return frozenset(others.exclude(pk__in=list(ended)).values_list("number", flat=True))


def own_documents_on(document_ids: Iterable[int], day: date) -> Mapping[int, list[OwnDocument]]:
    """Return the documents of the province that are based on each of `document_ids` and still hold on `day`."""
    ties = (
        DocumentRelation.objects.filter(kind=Relation.BASED_ON, target__in=list(document_ids), source__is_own=True)
        .select_related("source")
        .order_by("source__code")
    )
    over = set(
        EffectChange.objects.filter(on__lte=day, status__in=[*ENDED], document__is_own=True).values_list(
            "document", flat=True
        )
    )
    found: defaultdict[int, list[OwnDocument]] = defaultdict(list)
    for tie in ties:
        if tie.source_id not in over:
            named = f"{tie.source.number} {tie.source.title}".strip()
            found[tie.target_id].append(OwnDocument(tie.source.code, named))
    return found
