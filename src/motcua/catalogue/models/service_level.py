"""How far a procedure can be done online, in periods, and what share is to be reached in a year (D-01 to D-04)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models.procedure import Procedure
from motcua.organisations.models import Unit
from motcua.rules.service_levels import Level


class ServiceLevel(models.Model):
    """The level of a procedure at `unit`, null at all of them, from a day until the day before `valid_until`.

    `valid_until` is null while no other level follows. `ground` is the document that says so.
    """

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
    valid_from = models.DateField("áp dụng từ")
    valid_until = models.DateField("hết áp dụng từ", null=True, blank=True)
    ground = models.CharField("căn cứ", max_length=300)

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
            ExclusionConstraint(
                name="service_level_never_overlaps",
                expressions=[
                    (Func(F("procedure"), F("procedure"), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                    (
                        Func(Coalesce("unit", 0), Coalesce("unit", 0), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
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
