"""Write down what the rules make of everything entered: the course of every document."""

from collections.abc import Mapping

from django.db import connection

from motcua.legislation.facts import reckoned_courses
from motcua.legislation.models import EffectChange
from motcua.rules.legal_effect import Change, Course

_ONE_AT_A_TIME = 64_2025_57


def reckon() -> None:
    """Bring `EffectChange` up to date; call it inside the transaction of what was entered.

    An end passes from document to document, so all courses are reckoned; only those that differ are written.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    wanted = reckoned_courses()
    written = _written()
    differing = [key for key in wanted.keys() | written.keys() if _of(wanted, key) != written.get(key, ())]
    EffectChange.objects.filter(document__in=differing).delete()
    EffectChange.objects.bulk_create(
        EffectChange(
            document_id=key,
            position=position,
            on=change.on,
            status=change.status,
            reason=change.reason or "",
            by_id=change.by,
            articles=change.articles,
        )
        for key in differing
        for position, change in enumerate(_of(wanted, key), start=1)
    )


def _of(wanted: Mapping[int, Course], key: int) -> tuple[Change, ...]:
    return wanted[key].changes if key in wanted else ()


def _written() -> dict[int, tuple[Change, ...]]:
    written: dict[int, tuple[Change, ...]] = {}
    for row in EffectChange.objects.order_by("document", "position"):
        written[row.document_id] = (*written.get(row.document_id, ()), row.as_rule())
    return written
