"""What has ended by a day, and which of our own documents stand on it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from motcua.legislation.facts import own_territories
from motcua.legislation.models import DocumentRelation, EffectChange
from motcua.rules.legal_basis import Severity, severity_of
from motcua.rules.legal_effect import ENDED, EffectStatus, Relation


@dataclass(frozen=True, slots=True)
class EndedDocument:
    """A document that holds no more, whole or in part; `ended_on` is the first day of that."""

    pk: int
    number: str
    severity: Severity
    ended_on: date


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
    return list(found.values())


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
