"""Bring in plain words, events of life, online levels and targets, as a configuration package carries them."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from motcua.catalogue.carried_people import CarriedLevel, CarriedLifeEvent, CarriedPlainWords, CarriedTarget
from motcua.catalogue.commands.bring_in_handling import procedures_by_code
from motcua.catalogue.commands.bring_in_procedures import ProcedureNotThere
from motcua.catalogue.events import CatalogueBroughtIn
from motcua.catalogue.models import (
    LifeEvent,
    LifeEventStep,
    PlainSummary,
    ProcedureVersion,
    ServiceLevel,
    ServiceTarget,
)
from motcua.kernel import events
from motcua.organisations.carried import UnitNotThere, units_by_code

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = [
    "ProcedureNotThere",
    "UnitNotThere",
    "bring_in_levels",
    "bring_in_life_events",
    "bring_in_plain_words",
    "bring_in_targets",
]


@transaction.atomic
def bring_in_plain_words(
    words: Sequence[CarriedPlainWords], *, package: str, actor: "User | None", at: datetime
) -> None:
    """Add what was written about published versions; nobody of here is said to have written it.

    Raises `ProcedureNotThere`, also where the version of that number has other content here.
    """
    if not words:
        return
    procedures = procedures_by_code(told.procedure for told in words)
    published = ProcedureVersion.objects.filter(procedure__in=procedures.values(), published_at__isnull=False)
    versions = {(row.procedure_id, row.number): row for row in published.only("procedure", "number", "content_hash")}
    rows: list[PlainSummary] = []
    for told in words:
        version = versions.get((procedures[told.procedure].pk, told.version))
        if version is None or version.content_hash != told.version_hash:
            raise ProcedureNotThere(f"{told.procedure} #{told.version}")
        rows.extend(PlainSummary(version=version, **asdict(one)) for one in told.writings)
    PlainSummary.objects.bulk_create(rows, ignore_conflicts=True)  # what is there is the same
    _record("plain-words", len(words), package, actor, at)


@transaction.atomic
def bring_in_life_events(
    life_events: Sequence[CarriedLifeEvent], *, package: str, actor: "User | None", at: datetime
) -> None:
    """Write events of life, those that are there anew. Raises `ProcedureNotThere`."""
    if not life_events:
        return
    procedures = procedures_by_code(step.procedure for told in life_events for step in told.steps)
    for told in life_events:
        row, _is_new = LifeEvent.objects.update_or_create(
            code=told.code,
            defaults={
                "name": told.name,
                "introduction": told.introduction,
                "position": told.position,
                "search_key": told.search_key,
                "content_hash": told.content_hash,
            },
        )
        row.steps.all().delete()
        LifeEventStep.objects.bulk_create(
            LifeEventStep(event=row, position=position, procedure=procedures[step.procedure], advice=step.advice)
            for position, step in enumerate(told.steps, start=1)
        )
    _record("life-events", len(life_events), package, actor, at)


@transaction.atomic
def bring_in_levels(levels: Sequence[CarriedLevel], *, package: str, actor: "User | None", at: datetime) -> None:
    """Enter levels that are not there, end those that the package says ended, and fill in what was found (D-01, D-03).

    Raises `ProcedureNotThere`, `UnitNotThere` and, where another level holds on a day, Django's `IntegrityError`.
    """
    if not levels:
        return
    procedures = procedures_by_code(told.procedure for told in levels)
    units = units_by_code([told.unit for told in levels])
    for told in sorted(levels, key=lambda one: one.valid_until is None):  # what ends makes room first
        ServiceLevel.objects.update_or_create(
            procedure=procedures[told.procedure],
            unit=units[told.unit] if told.unit else None,
            level=told.level,
            valid_from=told.valid_from,
            withdrawn_at=None,
            defaults={
                "valid_until": told.valid_until,
                "ground": told.ground,
                "pays_online": told.pays_online,
                "result_from_afar": told.result_from_afar,
                "needs_presence": told.needs_presence,
            },
        )
    _record("service-levels", len(levels), package, actor, at)


@transaction.atomic
def bring_in_targets(targets: Sequence[CarriedTarget], *, package: str, actor: "User | None", at: datetime) -> None:
    """Enter the targets of years that have none yet (D-04)."""
    if not targets:
        return
    rows = (ServiceTarget(**asdict(told)) for told in targets)
    ServiceTarget.objects.bulk_create(rows, ignore_conflicts=True)
    _record("service-targets", len(targets), package, actor, at)


def _record(kind: str, count: int, package: str, actor: "User | None", at: datetime) -> None:
    events.record(CatalogueBroughtIn(subject=kind, package=package, item_count=count), actor=actor, at=at)
