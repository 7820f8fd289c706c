"""Bring in published decisions and incomes of another installation, as a configuration package carries them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from motcua.catalogue.carried import CarriedDecision, CarriedIncome, CarriedLine
from motcua.catalogue.commands.bring_in_handling import procedures_by_code
from motcua.catalogue.commands.bring_in_procedures import ProcedureNotThere
from motcua.catalogue.events import CatalogueBroughtIn
from motcua.catalogue.models import HourlyIncome, Procedure, ProcedureVersion, PublicationDecision, PublicationLine
from motcua.kernel import events
from motcua.organisations.carried import UnitNotThere, units_by_code
from motcua.organisations.models import Unit

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = ["ProcedureNotThere", "UnitNotThere", "bring_in_decisions", "bring_in_incomes"]


@transaction.atomic
def bring_in_decisions(
    decisions: Sequence[CarriedDecision], *, package: str, actor: "User | None", at: datetime
) -> None:
    """Enter published decisions that are not there, and the day on which others entered the national database.

    Nobody of here is said to have prepared or signed them. Raises `UnitNotThere` and `ProcedureNotThere`, also where
    the version of that number has other content here: a decision is never tied to what it did not publish.
    """
    if not decisions:
        return
    issuers = units_by_code([told.issuer for told in decisions])
    named = [code for told in decisions for line in told.lines for code in (line.procedure, line.replaced_by)]
    procedures = procedures_by_code(named)
    rows = ProcedureVersion.objects.filter(procedure__in=procedures.values(), number__gt=0)
    versions = {(row.procedure_id, row.number): row for row in rows.only("procedure", "number", "content_hash")}
    there = {str(row.key): row for row in PublicationDecision.objects.filter(key__in=[one.key for one in decisions])}
    for told in decisions:
        row = there.get(told.key)
        if row is None:
            _publish(told, issuers, procedures, versions)
        elif row.entered_on != told.entered_on:
            row.entered_on = told.entered_on
            row.save(update_fields=["entered_on"])
    event = CatalogueBroughtIn(subject="publication-decisions", package=package, item_count=len(decisions))
    events.record(event, actor=actor, at=at)


def _publish(
    told: CarriedDecision,
    issuers: Mapping[str, Unit],
    procedures: Mapping[str, Procedure],
    versions: Mapping[tuple[int, int], ProcedureVersion],
) -> None:
    row = PublicationDecision.objects.create(
        key=told.key,
        title=told.title,
        issuer=issuers[told.issuer],
        publisher=told.publisher,
        norm=told.norm,
        norm_issued_on=told.norm_issued_on,
        norm_effective_on=told.norm_effective_on,
        is_shortened=told.is_shortened,
        begun_at=told.begun_at,
        submitted_at=told.submitted_at,
    )
    PublicationLine.objects.bulk_create(_line(row, line, procedures, versions) for line in told.lines)
    row.state = PublicationDecision.State.PUBLISHED
    row.number, row.signed_on = told.number, told.signed_on
    row.published_at, row.entered_on = told.published_at, told.entered_on
    row.save(update_fields=["state", "number", "signed_on", "published_at", "entered_on"])


def _line(
    decision: PublicationDecision,
    told: CarriedLine,
    procedures: Mapping[str, Procedure],
    versions: Mapping[tuple[int, int], ProcedureVersion],
) -> PublicationLine:
    procedure = procedures[told.procedure]

    def version(number: int | None, content_hash: str) -> ProcedureVersion | None:
        if number is None:
            return None
        row = versions.get((procedure.pk, number))
        if row is None or row.content_hash != content_hash:
            raise ProcedureNotThere(f"{told.procedure} #{number}")
        return row

    return PublicationLine(
        decision=decision,
        kind=told.kind,
        procedure=procedure,
        version=version(told.version, told.version_hash),
        based_on=version(told.based_on, told.based_on_hash),
        replaced_by=procedures[told.replaced_by] if told.replaced_by else None,
        norm=told.norm,
        note=told.note,
        ended_on=told.ended_on,
    )


@transaction.atomic
def bring_in_incomes(incomes: Sequence[CarriedIncome], *, package: str, actor: "User | None", at: datetime) -> None:
    """Enter the incomes of days that have none yet (C-16)."""
    if not incomes:
        return
    for told in incomes:
        HourlyIncome.objects.get_or_create(
            valid_from=told.valid_from,
            defaults={
                "yearly_income_vnd": told.yearly_income_vnd,
                "hours_a_year": told.hours_a_year,
                "source": told.source,
            },
        )
    event = CatalogueBroughtIn(subject="hourly-incomes", package=package, item_count=len(incomes))
    events.record(event, actor=actor, at=at)
