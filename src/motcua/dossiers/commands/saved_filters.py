"""Keep addresses of the worklist under names, for oneself or for the colleagues of a unit."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.dossiers.desk_events import FilterRemoved, FilterSaved
from motcua.dossiers.models import SavedFilter
from motcua.kernel import events
from motcua.organisations.models import Unit

MOST_FILTERS = 30


class NotTheirUnit(Exception):
    """The official holds no role in the unit today."""


class TooManyFilters(Exception):
    """The official has as many filters as one can oversee."""


@transaction.atomic
def save_filter(*, owner: User, name: str, query: str, unit: Unit | None, at: datetime) -> SavedFilter:
    """Keep the address `query` under `name`; a name used before gets the new address. Shared with `unit` unless None.

    Raises `NotTheirUnit`, `TooManyFilters`.
    """
    owner = User.objects.select_for_update(of=("self",)).get(pk=owner.pk)
    if unit is not None:
        _require_post(owner, unit, timezone.localdate(at))
    known = SavedFilter.objects.filter(owner=owner)
    if not known.filter(name=name).exists() and known.count() >= MOST_FILTERS:
        raise TooManyFilters
    values = {"query": query, "unit": unit, "saved_at": at}
    saved, _ = SavedFilter.objects.update_or_create(owner=owner, name=name, defaults=values)
    event = FilterSaved(subject=owner.record_subject, name=name, unit=unit.code if unit else "")
    events.record(event, actor=owner, at=at)
    return saved


@transaction.atomic
def remove_filter(*, saved: SavedFilter, owner: User, at: datetime) -> None:
    """Remove a filter of one's own; one that is gone already stays gone. Raises `SavedFilter.DoesNotExist`."""
    owner = User.objects.select_for_update(of=("self",)).get(pk=owner.pk)
    found = SavedFilter.objects.get(pk=saved.pk, owner=owner)
    found.delete()
    events.record(FilterRemoved(subject=owner.record_subject, name=found.name), actor=owner, at=at)


def _require_post(officer: User, unit: Unit, on: date) -> None:
    """Raise `NotTheirUnit` unless `officer` holds a role in `unit` on `on`."""
    if not any(grant.unit_id == unit.pk and grant.holds_on(on) for grant in grants_of(officer, on)):
        raise NotTheirUnit
