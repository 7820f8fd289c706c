"""Public bodies, their codes in each register, who succeeded whom, and their opening hours."""

from typing import Final

from django.conf import settings
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.organisations.querysets import (
    CalendarAnnouncementQuerySet,
    OfficeHoursQuerySet,
    SuccessionQuerySet,
    UnitIdentifierQuerySet,
    UnitQuerySet,
)
from motcua.rules.calendar_days import CalendarDay as Day
from motcua.rules.calendar_days import DayKind


class UnitKind(models.TextChoices):
    """What a unit is. The territories stand for their People's Committee."""

    PROVINCE = "PROVINCE", _("Tỉnh, thành phố")
    DISTRICT = "DISTRICT", _("Huyện, quận, thị xã")
    COMMUNE = "COMMUNE", _("Xã")
    WARD = "WARD", _("Phường")
    TOWNSHIP = "TOWNSHIP", _("Thị trấn")
    SPECIAL_ZONE = "SPECIAL_ZONE", _("Đặc khu")
    DEPARTMENT = "DEPARTMENT", _("Sở, ban, ngành")
    OFFICE = "OFFICE", _("Văn phòng")
    DIVISION = "DIVISION", _("Phòng")
    SERVICE_CENTRE = "SERVICE_CENTRE", _("Trung tâm phục vụ hành chính công")


TERRITORIES: Final = frozenset(
    {
        UnitKind.PROVINCE,
        UnitKind.DISTRICT,
        UnitKind.COMMUNE,
        UnitKind.WARD,
        UnitKind.TOWNSHIP,
        UnitKind.SPECIAL_ZONE,
    }
)
"""Kinds that are a piece of the country and stand for its People's Committee."""


class UnitLevel(models.TextChoices):
    """The level of government a unit belongs to; districts ended on 1 July 2025 (I-06)."""

    PROVINCE = "PROVINCE", _("Cấp tỉnh")
    DISTRICT = "DISTRICT", _("Cấp huyện")
    COMMUNE = "COMMUNE", _("Cấp xã")


class Unit(models.Model):
    """A public body. A unit that merged or changed its territory is dissolved and another one succeeds it (I-07).

    `founded_on` is null when it lies before our records; `dissolved_on` is the first day without the unit.
    """

    code = models.CharField("mã đơn vị", max_length=64, unique=True)
    name = models.CharField("tên", max_length=255)
    short_name = models.CharField("tên ngắn", max_length=255, blank=True, default="")
    kind = models.CharField("loại", max_length=20, choices=UnitKind.choices)
    level = models.CharField("cấp", max_length=10, choices=UnitLevel.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name="trực thuộc"
    )
    founded_on = models.DateField("thành lập ngày", null=True, blank=True)
    dissolved_on = models.DateField("giải thể ngày", null=True, blank=True)
    address = models.CharField("địa chỉ", max_length=300, blank=True, default="")
    phone = models.CharField("điện thoại", max_length=50, blank=True, default="")
    email = models.EmailField("thư điện tử", blank=True, default="")
    search_key = models.CharField("khóa tìm", max_length=255, editable=False)
    sort_key = models.CharField("khóa xếp", max_length=800, editable=False, db_collation="C")

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị"
        indexes = [
            models.Index(fields=["parent", "kind", "sort_key"], name="unit_by_parent_and_name"),
            models.Index(OpClass("search_key", name="varchar_pattern_ops"), name="unit_by_search_key"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=UnitKind.values), name="unit_kind_known"),
            models.CheckConstraint(condition=Q(level__in=UnitLevel.values), name="unit_level_known"),
            models.CheckConstraint(
                condition=Q(dissolved_on=None) | Q(founded_on=None) | Q(dissolved_on__gt=F("founded_on")),
                name="unit_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="unit_not_its_own_parent"),
            models.CheckConstraint(condition=~Q(name=""), name="unit_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    @property
    def is_territory(self) -> bool:
        """Whether the unit is a piece of the country."""
        return self.kind in TERRITORIES

    @property
    def authority_name(self) -> str:
        """The name of the body that acts: the People's Committee of a territory, otherwise the unit itself."""
        return f"UBND {self.name[0].lower()}{self.name[1:]}" if self.is_territory else self.name


class UnitIdentifier(models.Model):
    """A code of a unit in one register, for as long as it named this unit: codes are reused after mergers.

    `valid_from` is null when the code was given before our records.
    """

    class Scheme(models.TextChoices):
        """The registers."""

        GSO = "GSO", _("Mã đơn vị hành chính (Cục Thống kê)")
        AGENCY_NEW = "AGENCY_NEW", _("Mã định danh theo Quyết định 20/2020/QĐ-TTg")
        AGENCY_OLD = "AGENCY_OLD", _("Mã định danh theo QCVN 102:2016/BTTTT")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="identifiers", verbose_name="đơn vị")
    scheme = models.CharField("hệ mã", max_length=12, choices=Scheme.choices)
    value = models.CharField("mã", max_length=64)
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_until = models.DateField("đến trước ngày", null=True, blank=True)

    objects = UnitIdentifierQuerySet.as_manager()

    class Meta:
        verbose_name = "mã định danh"
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value"], condition=Q(valid_until=None), name="identifier_names_one_unit_now"
            ),
            models.UniqueConstraint(
                fields=["scheme", "value", "valid_from"], nulls_distinct=False, name="identifier_once_per_start"
            ),
            models.UniqueConstraint(
                fields=["unit", "scheme"], condition=Q(valid_until=None), name="identifier_one_per_scheme_now"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from=None) | Q(valid_until__gt=F("valid_from")),
                name="identifier_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=~Q(value=""), name="identifier_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"


class Succession(models.Model):
    """One unit took over from another, whole or in part (I-07)."""

    class Manner(models.TextChoices):
        """How the territory passed over, as the statistics office puts it."""

        ALL = "ALL", _("Toàn bộ")
        ALL_AREA = "ALL_AREA", _("Toàn bộ diện tích")
        PART = "PART", _("Một phần")
        PART_AREA = "PART_AREA", _("Một phần diện tích")
        PART_PEOPLE = "PART_PEOPLE", _("Một phần dân số")
        PART_AREA_ALL_PEOPLE = "PART_AREA_ALL_PEOPLE", _("Một phần diện tích, toàn bộ dân số")
        REST_AFTER_SPLIT = "REST_AFTER_SPLIT", _("Phần còn lại sau khi chia")
        RENAMED = "RENAMED", _("Đổi tên")
        RENAMED_PART = "RENAMED_PART", _("Đổi tên, một phần")
        TYPE_CHANGED = "TYPE_CHANGED", _("Đổi loại đơn vị")
        DISTRICT_TO_SPECIAL_ZONE = "DISTRICT_TO_SPECIAL_ZONE", _("Huyện thành đặc khu")

    predecessor = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="successions", verbose_name="đơn vị trước"
    )
    successor = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="predecessions", verbose_name="đơn vị sau"
    )
    effective_on = models.DateField("hiệu lực từ")
    manner = models.CharField("cách thức", max_length=30, choices=Manner.choices)
    decision = models.CharField("văn bản", max_length=200, blank=True, default="")

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        verbose_name = "kế thừa"
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "effective_on"], name="succession_told_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_of_another_unit"),
            models.CheckConstraint(
                condition=Q(
                    manner__in=[
                        "ALL",
                        "ALL_AREA",
                        "PART",
                        "PART_AREA",
                        "PART_PEOPLE",
                        "PART_AREA_ALL_PEOPLE",
                        "REST_AFTER_SPLIT",
                        "RENAMED",
                        "RENAMED_PART",
                        "TYPE_CHANGED",
                        "DISTRICT_TO_SPECIAL_ZONE",
                    ]
                ),
                name="succession_manner_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} -> {self.successor_id} ({self.effective_on:%Y-%m-%d})"


class OfficeHours(models.Model):
    """The opening hours of a unit, or of every unit that has none of its own (`unit` null).

    `spans` is written `07:30-11:30,13:00-17:00`, local time; `other_days` names the weekdays that differ, T2 being
    Monday and T7 the Saturday desk: `T6 07:30-11:30; T7 07:30-11:30`.
    """

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="office_hours", verbose_name="đơn vị"
    )
    spans = models.CharField("giờ làm việc", max_length=100)
    other_days = models.CharField("ngày có giờ riêng", max_length=400, blank=True, default="", db_default="")
    valid_from = models.DateField("từ ngày")
    valid_until = models.DateField("đến trước ngày", null=True, blank=True)

    objects = OfficeHoursQuerySet.as_manager()

    class Meta:
        verbose_name = "giờ làm việc"
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(valid_until=None), nulls_distinct=False, name="office_hours_one_open"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="office_hours_end_after_they_start",
            ),
            models.CheckConstraint(
                condition=Q(spans__regex=r"^\d\d:\d\d-\d\d:\d\d(,\d\d:\d\d-\d\d:\d\d)*$"),
                name="office_hours_written_as_spans",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id or '*'} {self.spans}"


class CalendarAnnouncement(models.Model):
    """Days off, worked in exchange or closed, announced by one document for the country, or for a unit and all below.

    Only ever added (a trigger refuses anything else): a mistake is put right by a later one. It counts from
    `in_force_at` on, which is set once; `unit` is null for the whole country, `confirms_year` the year whose calendar
    it settles (R-15).
    """

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="áp dụng cho"
    )
    source = models.CharField("văn bản", max_length=300)
    confirms_year = models.PositiveSmallIntegerField("chốt lịch năm", null=True, blank=True)
    announced_at = models.DateTimeField("nhập lúc")
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người nhập"
    )
    in_force_at = models.DateTimeField("áp dụng lúc", null=True, blank=True)

    objects = CalendarAnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = "thông báo về lịch làm việc"
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="calendar_announcement_has_a_source"),
            models.CheckConstraint(
                condition=Q(confirms_year=None) | Q(unit=None), name="calendar_year_confirmed_nationwide"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.source}"

    @property
    def record_subject(self) -> str:
        """Under which the record of events keeps it."""
        return f"calendar:{self.pk}"


class CalendarDay(models.Model):
    """One day of an announcement (L-04)."""

    class Kind(models.TextChoices):
        """The labels of `rules.calendar_days.DayKind`."""

        HOLIDAY = DayKind.HOLIDAY.value, _("Nghỉ lễ, tết")
        COMPENSATORY = DayKind.COMPENSATORY.value, _("Nghỉ bù")
        SWAPPED_OFF = DayKind.SWAPPED_OFF.value, _("Nghỉ hoán đổi")
        SWAPPED_WORK = DayKind.SWAPPED_WORK.value, _("Làm bù ngày hoán đổi")
        CLOSED = DayKind.CLOSED.value, _("Cơ quan không làm việc")
        WORKING = DayKind.WORKING.value, _("Làm việc bình thường")
        WEEKEND = DayKind.WEEKEND.value, _("Nghỉ hằng tuần")

    announcement = models.ForeignKey(
        CalendarAnnouncement, on_delete=models.CASCADE, related_name="days", verbose_name="thông báo"
    )
    on = models.DateField("ngày")
    kind = models.CharField("loại ngày", max_length=14, choices=Kind.choices)
    name = models.CharField("dịp", max_length=120)
    name_en = models.CharField("dịp, tiếng Anh", max_length=120, blank=True)

    class Meta:
        verbose_name = "ngày trong lịch"
        constraints = [
            models.UniqueConstraint(fields=["announcement", "on"], name="calendar_day_once_an_announcement"),
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in DayKind]), name="calendar_day_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.kind}"

    def as_rule(self) -> Day:
        """The day as the rules know it; needs `announcement` loaded."""
        name_en = self.name_en or self.name
        return Day(self.on, DayKind(self.kind), self.name, name_en, self.announcement.source)
