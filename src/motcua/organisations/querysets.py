"""Filters on public bodies that can be chained."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from motcua.organisations.models import CalendarAnnouncement, OfficeHours, Succession, Unit, UnitIdentifier


class UnitQuerySet(models.QuerySet["Unit"]):
    """Public bodies."""

    def on(self, day: date) -> "UnitQuerySet":
        """Keep those that existed on `day`; one whose founding day is not known counts as always there."""
        return self.filter(
            models.Q(founded_on=None) | models.Q(founded_on__lte=day),
            models.Q(dissolved_on=None) | models.Q(dissolved_on__gt=day),
        )

    def provinces(self) -> "UnitQuerySet":
        """Keep provinces and centrally-run cities."""
        return self.filter(kind="PROVINCE")

    def communes(self) -> "UnitQuerySet":
        """Keep the territories of the commune level: communes, wards, townships and special zones."""
        return self.filter(kind__in=["COMMUNE", "WARD", "TOWNSHIP", "SPECIAL_ZONE"])

    def service_centres(self) -> "UnitQuerySet":
        """Keep the one-stop service centres, of the province and of the communes."""
        return self.filter(kind="SERVICE_CENTRE")

    def within(self, unit: "Unit") -> "UnitQuerySet":
        """Keep the units directly under `unit`."""
        return self.filter(parent=unit)

    def by_name(self) -> "UnitQuerySet":
        """Sort in Vietnamese order; units of one name by code."""
        return self.order_by("sort_key", "code")


class UnitIdentifierQuerySet(models.QuerySet["UnitIdentifier"]):
    """Codes of public bodies."""

    def on(self, day: date) -> "UnitIdentifierQuerySet":
        """Keep the codes in use on `day`; one whose first day is not known counts as always there."""
        return self.filter(
            models.Q(valid_from=None) | models.Q(valid_from__lte=day),
            models.Q(valid_until=None) | models.Q(valid_until__gt=day),
        )


class SuccessionQuerySet(models.QuerySet["Succession"]):
    """Who took over from whom."""

    def by(self, day: date) -> "SuccessionQuerySet":
        """Keep those that have taken effect by `day`."""
        return self.filter(effective_on__lte=day)


class OfficeHoursQuerySet(models.QuerySet["OfficeHours"]):
    """Opening hours."""

    def on(self, day: date) -> "OfficeHoursQuerySet":
        """Keep those in force on `day`."""
        return self.filter(models.Q(valid_until=None) | models.Q(valid_until__gt=day), valid_from__lte=day)

    def ending_after(self, day: date) -> "OfficeHoursQuerySet":
        """Keep those in force on `day` or later."""
        return self.filter(models.Q(valid_until=None) | models.Q(valid_until__gt=day))


class CalendarAnnouncementQuerySet(models.QuerySet["CalendarAnnouncement"]):
    """Announcements about the calendar."""

    def in_force(self) -> "CalendarAnnouncementQuerySet":
        """Keep those that count."""
        return self.filter(in_force_at__isnull=False)

    def within(self, unit_ids: Iterable[int]) -> "CalendarAnnouncementQuerySet":
        """Keep those for the whole country and for one of these units."""
        return self.filter(models.Q(unit=None) | models.Q(unit__in=unit_ids))

    def newest_first(self) -> "CalendarAnnouncementQuerySet":
        """Sort by when they were entered, the newest first."""
        return self.order_by("-announced_at", "-pk")
