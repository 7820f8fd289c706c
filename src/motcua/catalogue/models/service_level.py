"""How far a procedure can be done online, in periods, and what share is to be reached in a year (D-01 to D-04)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models.procedure import Procedure
from motcua.catalogue.querysets import ServiceLevelQuerySet
from motcua.organisations.models import Unit
from motcua.rules.service_levels import PROACTIVE, Axis, Level

_ON_PROACTIVE_AXIS = Q(level__in=sorted(level.value for level in PROACTIVE))
_AXIS_NUMBER = Case(When(_ON_PROACTIVE_AXIS, then=Value(1)), default=Value(0), output_field=models.IntegerField())


class ServiceLevel(models.Model):
    """The level of a procedure at `unit`, null at all of them, from a day until the day before `valid_until`.

    `valid_until` is null while no other level follows. `ground` is the document that says so; `ending_ground` the one
    that ended the level without another in its place, empty where it runs on or another followed. `axis` is read from
    the level by the database: levels of different axes hold at once (D-03). `pays_online`, `result_from_afar` and
    `needs_presence` are what was found to be so at that place, null where nobody looked. A level with `withdrawn_at`
    was a mistake and never held; it stays for the record with its `withdrawal_reason`.
    """

    class AxisName(models.TextChoices):
        """The labels of `rules.service_levels.Axis`."""

        EXTENT = Axis.EXTENT.value, _("Mức trực tuyến")
        PROACTIVE = Axis.PROACTIVE.value, _("Dịch vụ chủ động")

    class Name(models.TextChoices):
        """The labels of `rules.service_levels.Level`."""

        LEGACY_1 = Level.LEGACY_1.value, _("Mức độ 1")
        LEGACY_2 = Level.LEGACY_2.value, _("Mức độ 2")
        LEGACY_3 = Level.LEGACY_3.value, _("Mức độ 3")
        LEGACY_4 = Level.LEGACY_4.value, _("Mức độ 4")
        INFORMATION = Level.INFORMATION.value, _("Cung cấp thông tin")
        PARTIAL = Level.PARTIAL.value, _("Trực tuyến một phần")
        FULL = Level.FULL.value, _("Trực tuyến toàn trình")
        PROACTIVE_1 = Level.PROACTIVE_1.value, _("Chủ động mức 1: nhắc việc")
        PROACTIVE_2 = Level.PROACTIVE_2.value, _("Chủ động mức 2: chuẩn bị sẵn hồ sơ")
        PROACTIVE_3 = Level.PROACTIVE_3.value, _("Chủ động mức 3: đề xuất")
        PROACTIVE_4 = Level.PROACTIVE_4.value, _("Chủ động mức 4: tự động thực hiện")

    procedure = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, related_name="service_levels", verbose_name="thủ tục"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cơ quan"
    )
    level = models.CharField("mức độ", max_length=12, choices=Name.choices)
    axis = models.GeneratedField(
        verbose_name="loại mức độ",
        expression=Case(When(_ON_PROACTIVE_AXIS, then=Value(Axis.PROACTIVE.value)), default=Value(Axis.EXTENT.value)),
        output_field=models.CharField(max_length=9, choices=AxisName.choices),
        db_persist=True,
    )
    valid_from = models.DateField("áp dụng từ")
    valid_until = models.DateField("hết áp dụng từ", null=True, blank=True)
    ground = models.CharField("căn cứ", max_length=300)
    ending_ground = models.CharField("căn cứ hết áp dụng", max_length=300, blank=True, default="", db_default="")
    pays_online = models.BooleanField("nộp tiền trực tuyến", null=True, blank=True)
    result_from_afar = models.BooleanField("trả kết quả trực tuyến hoặc qua bưu chính", null=True, blank=True)
    needs_presence = models.BooleanField("phải đến trực tiếp", null=True, blank=True)
    withdrawn_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)
    withdrawal_reason = models.CharField("lý do thu hồi", max_length=300, blank=True, default="", db_default="")

    objects = ServiceLevelQuerySet.as_manager()

    class Meta:
        verbose_name = "mức độ dịch vụ công trực tuyến"
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=[level.value for level in Level]), name="service_level_level_known"
            ),
            models.CheckConstraint(condition=~Q(ground=""), name="service_level_has_a_ground"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")), name="service_level_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(ending_ground="") | Q(valid_until__isnull=False), name="service_level_ended_has_a_last_day"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                name="service_level_withdrawn_for_a_reason",
            ),
            ExclusionConstraint(
                name="service_level_axis_never_overlaps",
                condition=Q(withdrawn_at=None),
                expressions=[
                    (Func(F("procedure"), F("procedure"), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                    (
                        Func(Coalesce("unit", 0), Coalesce("unit", 0), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (Func(_AXIS_NUMBER, _AXIS_NUMBER, Value("[]"), function="int4range"), RangeOperators.OVERLAPS),
                    (Func(F("valid_from"), F("valid_until"), function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.level} {self.valid_from}"


class ServiceTarget(models.Model):
    """What share is to be reached by the end of a year, in per cent, and the document that sets it (D-04)."""

    class Metric(models.TextChoices):
        """What is counted: procedures in force at the level full, or dossiers filed online in the year before."""

        FULL_SERVICES = "FULL_SERVICES", _("Thủ tục trực tuyến toàn trình")
        ONLINE_DOSSIERS = "ONLINE_DOSSIERS", _("Hồ sơ nộp trực tuyến")

    year = models.PositiveSmallIntegerField("năm")
    metric = models.CharField("chỉ tiêu", max_length=16, choices=Metric.choices)
    percent = models.PositiveSmallIntegerField("mục tiêu (%)")
    source = models.CharField("văn bản giao", max_length=300)

    class Meta:
        verbose_name = "mục tiêu dịch vụ công trực tuyến"
        constraints = [
            models.UniqueConstraint(fields=["year", "metric"], name="service_target_once"),
            models.CheckConstraint(
                condition=Q(metric__in=["FULL_SERVICES", "ONLINE_DOSSIERS"]), name="service_target_metric_known"
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="service_target_is_a_share"),
            models.CheckConstraint(condition=~Q(source=""), name="service_target_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.metric} {self.percent}"
