"""Which procedures are filed online often enough that their level of service is to be raised (D-04)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.paginator import Page, Paginator
from django.utils import timezone

from motcua.catalogue.models import Procedure
from motcua.catalogue.queries.service_levels import LevelNarrowing, procedures_at
from motcua.dossiers.queries.online_share import filed_counts
from motcua.rules.service_levels import Level, rise_terms_on, should_rise

PAGE_SIZE: Final = 30
_EVERYTHING: Final = LevelNarrowing()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A procedure whose level is to be raised; `percent` of its dossiers are online, rounded down."""

    procedure: Procedure
    level: Level
    rises_to: Level
    online_count: int
    total_count: int
    percent: int


@dataclass(frozen=True, slots=True)
class Suggestions:
    """A page of what is to be raised, from `percent` filed online in the last `days` days."""

    percent: int
    days: int
    page: "Page[Suggestion]"


def levels_to_raise(at: datetime, narrowing: LevelNarrowing = _EVERYTHING, *, number: str = "1") -> Suggestions | None:
    """Return what is to be raised by the figures up to `at`, the highest share first; None while no rule says so.

    Two queries, three with a unit.
    """
    today = timezone.localdate(at)
    terms = rise_terms_on(today)
    if terms is None:
        return None
    bearing = procedures_at(set(terms.rises), today, narrowing)
    found = list[Suggestion]()
    for count in filed_counts(since=at - timedelta(days=terms.counted_days), unit=narrowing.unit):
        if count.procedure_id not in bearing or not should_rise(count.online_count, count.total_count, terms.percent):
            continue
        procedure, level = bearing[count.procedure_id]
        percent = count.online_count * 100 // count.total_count
        found.append(Suggestion(procedure, level, terms.rises[level], count.online_count, count.total_count, percent))
    found.sort(key=lambda one: (-one.percent, one.procedure.sort_key, one.procedure.code))
    return Suggestions(terms.percent, terms.counted_days, Paginator(found, PAGE_SIZE).get_page(number))
