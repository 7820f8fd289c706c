"""What goes out: the catalogue, one decision or one procedure in the national structure."""

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Final

from motcua.catalogue.models import ProcedureVersion, PublicationDecision
from motcua.catalogue.queries.day import versions_in_force
from motcua.catalogue.querysets import ProcedureVersionQuerySet
from motcua.exchange.facts import definition_here
from motcua.exchange.national_format import NationalRecord, record_of

_CHUNK: Final = 500


def catalogue_records(day: date, *, after: str = "", most: int | None = None) -> Iterator[NationalRecord]:
    """Yield the procedures in force on `day` by code, those after the code `after`, at most `most`."""
    found = versions_in_force(day).filter(procedure__code__gt=after).order_by("procedure__code")
    yield from _records(found if most is None else found[:most])


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
