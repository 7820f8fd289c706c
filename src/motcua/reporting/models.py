"""Figures of official reports: sums by day, month and year, what each dossier adds to them, and their nightly proof."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models import Procedure
from motcua.dossiers.models import Dossier
from motcua.organisations.models import Unit
from motcua.rules.settlement_figures import Measure
from motcua.rules.settlement_table import (
    CountingDefinition,
    EarlyAs,
    ExtendedBy,
    RateOf,
    WaitingAs,
    WithoutResultAs,
)


class FigureMark(models.Model):
    """A dossier whose figures may have changed since they were last counted in.

    Triggers write it in the transaction of the change, whatever path the change took. Reading counts the marked
    dossiers themselves, so that every figure is as of now; a job counts them in and takes the marks away.
    """

    dossier = models.ForeignKey(
        Dossier,
        on_delete=models.DO_NOTHING,
        related_name="+",
        verbose_name="hồ sơ",
        db_constraint=False,
        db_index=False,
    )

    class Meta:
        verbose_name = "hồ sơ chờ cộng số liệu"

    def __str__(self) -> str:
        return f"#{self.dossier_id}"


class DossierTally(models.Model):
    """What a dossier adds to the sums, as last counted in: on `days` so many `counts` of `measures`, place by place."""

    dossier = models.OneToOneField(
        Dossier, on_delete=models.PROTECT, primary_key=True, related_name="+", verbose_name="hồ sơ"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan giải quyết", db_index=False
    )
    procedure = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, related_name="+", verbose_name="thủ tục", db_index=False
    )
    days = ArrayField(models.DateField(), verbose_name="các ngày")
    measures = ArrayField(models.CharField(max_length=20), verbose_name="các số liệu")
    counts = ArrayField(models.SmallIntegerField(), verbose_name="tăng, giảm")

    class Meta:
        verbose_name = "số liệu của hồ sơ"
        indexes = [models.Index(fields=["unit", "dossier"], name="dossier_tally_by_unit")]

    def __str__(self) -> str:
        return f"#{self.dossier_id}"


class Tally(models.Model):
    """The sums of one day, month or year, which begins on `since`, of one unit and procedure; a column a `Measure`."""

    class Span(models.TextChoices):
        """How long the sum is over."""

        DAY = "DAY", _("Ngày")
        MONTH = "MONTH", _("Tháng")
        YEAR = "YEAR", _("Năm")

    span = models.CharField("khoảng", max_length=5, choices=Span.choices)
    since = models.DateField("từ ngày")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan giải quyết", db_index=False
    )
    procedure = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, related_name="+", verbose_name="thủ tục", db_index=False
    )
    accepted_online = models.IntegerField("tiếp nhận trực tuyến")
    accepted_direct = models.IntegerField("tiếp nhận trực tiếp")
    accepted_postal = models.IntegerField("tiếp nhận qua bưu chính")
    result_early = models.IntegerField("có kết quả trước hạn")
    result_on_time = models.IntegerField("có kết quả đúng hạn")
    result_late = models.IntegerField("có kết quả quá hạn")
    ended_early = models.IntegerField("kết thúc trước hạn")
    ended_on_time = models.IntegerField("kết thúc đúng hạn")
    ended_late = models.IntegerField("kết thúc quá hạn")
    extended_early = models.IntegerField("trước hạn hẹn lại")
    extended_on_time = models.IntegerField("đúng hạn hẹn lại")
    due = models.IntegerField("đến hạn")
    waiting = models.IntegerField("chờ người nộp")
    overdue = models.IntegerField("quá hạn")

    class Meta:
        verbose_name = "số liệu cộng"
        constraints = [
            models.UniqueConstraint(fields=["span", "since", "unit", "procedure"], name="tally_once"),
            models.CheckConstraint(condition=models.Q(span__in=["DAY", "MONTH", "YEAR"]), name="tally_span_known"),
        ]
        indexes = [models.Index(fields=["unit", "span", "since"], name="tally_by_unit")]

    def __str__(self) -> str:
        return f"{self.span} {self.since:%Y-%m-%d} @{self.unit_id} #{self.procedure_id}"


MEASURE_COLUMNS = tuple(measure.value.lower() for measure in Measure)
"""The columns of `Tally` that hold sums, in the order of `Measure`."""


class FigureProof(models.Model):
    """One comparison of all figures with a recount: how many dossiers were looked at, and what differed."""

    proved_at = models.DateTimeField("kiểm tra lúc")
    dossier_count = models.PositiveBigIntegerField("số hồ sơ")
    differing_dossier_count = models.PositiveBigIntegerField("hồ sơ sai khác")
    differing_sum_count = models.PositiveBigIntegerField("số cộng sai khác")

    class Meta:
        verbose_name = "kiểm tra số liệu"
        indexes = [models.Index(fields=["-proved_at"], name="figure_proof_latest")]

    def __str__(self) -> str:
        return f"{self.proved_at:%Y-%m-%d %H:%M}"

    @property
    def holds(self) -> bool:
        """Tell whether every figure was as recounted."""
        return not self.differing_dossier_count and not self.differing_sum_count


class CountingChoice(models.Model):
    """How the province counts on time and late, from a day on until the next choice (C-30, L-11)."""

    valid_from = models.DateField("áp dụng từ", unique=True)
    waiting = models.CharField(
        "hồ sơ chờ người nộp", max_length=20, choices=[(one.value, one.value) for one in WaitingAs]
    )
    without_result = models.CharField(
        "hồ sơ không có kết quả", max_length=24, choices=[(one.value, one.value) for one in WithoutResultAs]
    )
    extended = models.CharField("hồ sơ hẹn lại", max_length=12, choices=[(one.value, one.value) for one in ExtendedBy])
    early = models.CharField("trước hạn", max_length=14, choices=[(one.value, one.value) for one in EarlyAs])
    rate = models.CharField("tỷ lệ tính trên", max_length=12, choices=[(one.value, one.value) for one in RateOf])
    ground = models.CharField("căn cứ", max_length=300)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người chọn"
    )
    chosen_at = models.DateTimeField("chọn lúc")

    class Meta:
        verbose_name = "cách tính đúng hạn, quá hạn"

    def __str__(self) -> str:
        return f"{self.valid_from:%Y-%m-%d}"

    def as_rule(self) -> CountingDefinition:
        """Return the definition as the rules know it."""
        return CountingDefinition(
            WaitingAs(self.waiting),
            WithoutResultAs(self.without_result),
            ExtendedBy(self.extended),
            EarlyAs(self.early),
            RateOf(self.rate),
        )
