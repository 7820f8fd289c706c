"""Filters on procedures and their parts that can be chained."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, F, Q, When

if TYPE_CHECKING:
    from motcua.catalogue.models import (
        LinkedGroup,
        Offering,
        Procedure,
        ProcedureVersion,
        SectorClock,
        ServiceLevel,
        Workflow,
    )
    from motcua.organisations.models import Unit
    from motcua.rules.service_levels import Axis


def _valid_on(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_until=None) | Q(valid_until__gt=day))


class ProcedureQuerySet(models.QuerySet["Procedure"]):
    """Procedures."""

    def in_force(self, day: date) -> "ProcedureQuerySet":
        """Keep those that have a published version on `day` and are not withdrawn by then."""
        return self.filter(
            Q(withdrawn_on=None) | Q(withdrawn_on__gt=day),
            Q(versions__valid_until=None) | Q(versions__valid_until__gt=day),
            versions__valid_from__lte=day,
            versions__published_at__isnull=False,
        )

    def of_sector(self, code: str) -> "ProcedureQuerySet":
        """Keep those of one sector."""
        return self.filter(sector__code=code)


class ProcedureVersionQuerySet(models.QuerySet["ProcedureVersion"]):
    """What a procedure says in each period."""

    def on(self, day: date) -> "ProcedureVersionQuerySet":
        """Keep the published ones that are valid on `day`: at most one a procedure."""
        return self.filter(_valid_on(day), published_at__isnull=False)

    def alive(self, day: date) -> "ProcedureVersionQuerySet":
        """Leave out those whose procedure is abolished by `day`."""
        return self.filter(Q(procedure__withdrawn_on=None) | Q(procedure__withdrawn_on__gt=day))

    def last_shown(self, day: date) -> "ProcedureVersionQuerySet":
        """Sort so that the first is the text valid on `day`, else the newest that held or will, else the newest."""
        is_valid = Case(When(_valid_on(day), then=0), default=1, output_field=models.IntegerField())
        held = Q(procedure__withdrawn_on=None) | Q(valid_from__lt=F("procedure__withdrawn_on"))
        never = Case(When(held, then=0), default=1, output_field=models.IntegerField())
        return self.filter(published_at__isnull=False).order_by(never, is_valid, "-valid_from")

    def open_ended(self) -> "ProcedureVersionQuerySet":
        """Keep the published ones that no later version has ended: at most one a procedure."""
        return self.filter(valid_until=None, published_at__isnull=False)

    def needing_review(self) -> "ProcedureVersionQuerySet":
        """Keep the ones still valid whose limit or fee was not understood."""
        return self.open_ended().filter(Q(limit_needs_review=True) | Q(fee_needs_review=True))


class WorkflowQuerySet(models.QuerySet["Workflow"]):
    """Internal processes."""

    def on(self, day: date) -> "WorkflowQuerySet":
        """Keep the approved ones that are valid on `day`: at most one a procedure for all units, one for each unit."""
        return self.filter(_valid_on(day), approved_at__isnull=False)

    def of_unit(self, unit: "Unit") -> "WorkflowQuerySet":
        """Keep those that hold for `unit`, its own before those for all."""
        return self.filter(Q(unit=unit) | Q(unit=None)).order_by(F("unit").asc(nulls_last=True), "pk")


class SectorClockQuerySet(models.QuerySet["SectorClock"]):
    """Clocks that a sector's own law sets."""

    def on(self, day: date) -> "SectorClockQuerySet":
        """Keep those in force on `day`: at most one a sector."""
        return self.filter(_valid_on(day))


class OfferingQuerySet(models.QuerySet["Offering"]):
    """Who offers what."""

    def on(self, day: date) -> "OfferingQuerySet":
        """Keep those that hold on `day`: an abolished procedure is offered nowhere (R-14)."""
        is_alive = Q(procedure__withdrawn_on=None) | Q(procedure__withdrawn_on__gt=day)
        return self.filter(_valid_on(day), is_alive)

    def received_by(self, unit: "Unit") -> "OfferingQuerySet":
        """Keep what `unit` receives."""
        return self.filter(receiving_unit=unit)

    def by_receiving_unit(self) -> "OfferingQuerySet":
        """Sort by the receiving unit in Vietnamese order."""
        return self.order_by(F("receiving_unit__sort_key"), F("receiving_unit__code"), F("competent_unit__sort_key"))


class LinkedGroupQuerySet(models.QuerySet["LinkedGroup"]):
    """Groups of procedures that are applied for together."""

    def on(self, day: date) -> "LinkedGroupQuerySet":
        """Keep those that hold on `day`: at most one a code."""
        return self.filter(_valid_on(day))


class ServiceLevelQuerySet(models.QuerySet["ServiceLevel"]):
    """How far procedures can be done online."""

    def standing(self) -> "ServiceLevelQuerySet":
        """Leave out those that were withdrawn as mistakes."""
        return self.filter(withdrawn_at=None)

    def on(self, day: date) -> "ServiceLevelQuerySet":
        """Keep those that hold on `day`: at most one a procedure, unit and axis."""
        return self.standing().filter(_valid_on(day))

    def on_axis(self, axis: "Axis") -> "ServiceLevelQuerySet":
        """Keep those of one axis."""
        return self.filter(axis=axis.value)
