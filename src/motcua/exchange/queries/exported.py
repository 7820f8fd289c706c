"""What goes out: the catalogue, one decision or one procedure in the national structure."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from motcua.catalogue.models import ProcedureVersion, PublicationDecision
from motcua.catalogue.queries.day import versions_in_force
from motcua.catalogue.querysets import ProcedureVersionQuerySet
from motcua.exchange.facts import definition_here
from motcua.exchange.national_format import NationalRecord, record_of

_CHUNK: Final = 500
PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Some procedures in the national structure, and the mark that the next ones follow; None at the end."""

    items: tuple[NationalRecord, ...]
    next_mark: str | None


def catalogue_records(day: date) -> Iterator[NationalRecord]:
    """Yield the procedures in force on `day` by code."""
    yield from _records(versions_in_force(day).order_by("procedure__code"))


def record_page(day: date, mark: str) -> RecordPage:
    """Return the next procedures in force on `day` after `mark`, empty for the first ones."""
    after = int(mark.rpartition("~")[2] or 0)
    found = versions_in_force(day).filter(procedure__gt=after).order_by("procedure")[: PAGE + 1]
    loaded = list(found.select_related("procedure__sector").prefetch_related("papers", "channels", "results"))
    shown = loaded[:PAGE]
    records = tuple(record_of(definition_here(version)) for version in shown)
    return RecordPage(records, f"~{shown[-1].procedure_id}" if len(loaded) > PAGE else None)


def procedure_record(code: str, day: date) -> NationalRecord:
    """Return one procedure as in force on `day`; raises `ProcedureVersion.DoesNotExist`."""
    for record in _records(versions_in_force(day).filter(procedure__code=code)):
        return record
    raise ProcedureVersion.DoesNotExist(code)


def decision_records(key: uuid.UUID) -> Iterator[NationalRecord]:
    """Yield what a published decision says anew, by code; raises `PublicationDecision.DoesNotExist`."""
    decision = PublicationDecision.objects.get(key=key, published_at__isnull=False)
    yield from _records(
        ProcedureVersion.objects.filter(publication_line__decision=decision).order_by("procedure__code")
    )


def _records(versions: ProcedureVersionQuerySet) -> Iterator[NationalRecord]:
    loaded = versions.select_related("procedure__sector").prefetch_related("papers", "channels", "results")
    for version in loaded.iterator(chunk_size=_CHUNK):
        yield record_of(definition_here(version))
