"""How a procedure is handled inside the administration, and which units offer it."""

from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models.procedure import Procedure, Sector
from motcua.catalogue.querysets import OfferingQuerySet, SectorClockQuerySet, WorkflowQuerySet
from motcua.organisations.models import Unit
from motcua.rules.permissions import Role
from motcua.rules.promises import ClockRules, SupplementClock
from motcua.rules.workflow import Branching, StepKind, StepPlace, StepSpec


class Workflow(models.Model):
    """The internal process of a procedure in one period; immutable once approved (B-29; a trigger holds it).

    It holds for every competent unit, or for `unit` alone, and then before the one that holds for all. A draft has no
    `approved_at`; while `submitted_at` is set it lies before the chairman, who may give it back with a `remark`.
    `valid_from` of a draft is the day it was begun.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="workflows", verbose_name="thủ tục")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="workflows", verbose_name="cơ quan áp dụng"
    )
    number = models.PositiveIntegerField("lần")
    decision_no = models.CharField("quyết định phê duyệt", max_length=100, blank=True, default="")
    valid_from = models.DateField("hiệu lực từ")
    valid_until = models.DateField("hết hiệu lực từ", null=True, blank=True)
    remark = models.TextField("lý do trả lại", blank=True, default="", db_default="")
    submitted_at = models.DateTimeField("trình lúc", null=True, blank=True)
    approved_at = models.DateTimeField("phê duyệt lúc", null=True, blank=True)

    objects = WorkflowQuerySet.as_manager()

    class Meta:
        verbose_name = "quy trình nội bộ"
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="workflow_number_once"),
            models.UniqueConstraint(
                fields=["procedure", "unit"],
                condition=Q(valid_until=None, approved_at__isnull=False),
                nulls_distinct=False,
                name="workflow_one_open_per_unit",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")), name="workflow_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.procedure_id} quy trình {self.number}"


class WorkflowStep(models.Model):
    """One step: what is done, by which role, where, in how many working hours, and what follows."""

    class Kind(models.TextChoices):
        """The labels of `rules.workflow.StepKind`."""

        ASSIGN = StepKind.ASSIGN.value, _("Phân công")
        VERIFY = StepKind.VERIFY.value, _("Thẩm định")
        APPROVE = StepKind.APPROVE.value, _("Duyệt dự thảo")
        SIGN = StepKind.SIGN.value, _("Phê duyệt, ký")
        ISSUE = StepKind.ISSUE.value, _("Vào sổ, phát hành")
        RETURN = StepKind.RETURN.value, _("Trả kết quả")

    class Place(models.TextChoices):
        """The labels of `rules.workflow.StepPlace`."""

        RECEIVING = StepPlace.RECEIVING.value, _("Nơi tiếp nhận")
        COMPETENT = StepPlace.COMPETENT.value, _("Cơ quan giải quyết")

    class Branches(models.TextChoices):
        """The labels of `rules.workflow.Branching`."""

        CHOICE = Branching.CHOICE.value, _("Chọn một bước")
        PARALLEL = Branching.PARALLEL.value, _("Làm song song")

    workflow = models.ForeignKey(Workflow, on_delete=models.CASCADE, related_name="steps", verbose_name="quy trình")
    code = models.CharField("mã bước", max_length=40)
    position = models.PositiveSmallIntegerField("thứ tự")
    name = models.CharField("tên bước", max_length=300)
    kind = models.CharField("loại bước", max_length=10, choices=Kind.choices)
    role = models.CharField("vai trò", max_length=40, choices=[(role.value, role.value) for role in Role])
    place = models.CharField("nơi thực hiện", max_length=10, choices=Place.choices)
    hours = models.DecimalField("giờ làm việc", max_digits=6, decimal_places=2)
    next_codes = ArrayField(models.CharField(max_length=40), verbose_name="bước sau", default=list, blank=True)
    next_labels = ArrayField(
        models.CharField(max_length=200), verbose_name="điều kiện", default=list, blank=True, db_default=[]
    )
    branching = models.CharField(
        "nhiều bước sau thì",
        max_length=10,
        choices=Branches.choices,
        default=Branches.CHOICE,
        db_default=Branching.CHOICE.value,
    )
    output = models.CharField("kết quả của bước", max_length=300, blank=True, default="", db_default="")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cơ quan phối hợp"
    )

    class Meta:
        verbose_name = "bước"
        constraints = [
            models.UniqueConstraint(fields=["workflow", "code"], name="workflow_step_code_once"),
            models.UniqueConstraint(fields=["workflow", "position"], name="workflow_step_position_once"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="workflow_step_takes_time"),
            models.CheckConstraint(
                condition=Q(kind__in=["ASSIGN", "VERIFY", "APPROVE", "SIGN", "ISSUE", "RETURN"]),
                name="workflow_step_kind_is_known",
            ),
            models.CheckConstraint(condition=Q(place__in=["RECEIVING", "COMPETENT"]), name="workflow_step_place_known"),
            models.CheckConstraint(
                condition=Q(branching__in=["CHOICE", "PARALLEL"]), name="workflow_step_branching_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workflow_id}.{self.code} {self.name}"

    def as_rule(self) -> StepSpec:
        """The step as the rules know it; one done by another agency needs `unit` loaded."""
        return StepSpec(
            code=self.code,
            kind=StepKind(self.kind),
            role=Role(self.role),
            place=StepPlace(self.place),
            time=timedelta(hours=float(self.hours)),
            next_codes=tuple(self.next_codes),
            next_labels=tuple(self.next_labels),
            branching=Branching(self.branching),
            output=self.output,
            unit_code=self.unit.code if self.unit else "",
        )


class SectorClock(models.Model):
    """What a sector's own law says of its clocks, where it differs from the one-stop decree (rulebook S-13)."""

    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="clocks", verbose_name="lĩnh vực")
    supplement = models.CharField(
        "bổ sung xong thì thời hạn",
        max_length=10,
        choices=[
            (SupplementClock.RESTART.value, _("Tính lại từ đầu")),
            (SupplementClock.RESUME.value, _("Chạy tiếp")),
        ],
        default=SupplementClock.RESTART.value,
    )
    excludes_financial = models.BooleanField("không tính thời gian thực hiện nghĩa vụ tài chính", default=True)
    source = models.CharField("căn cứ", max_length=300)
    valid_from = models.DateField("hiệu lực từ")
    valid_until = models.DateField("hết hiệu lực từ", null=True, blank=True)

    objects = SectorClockQuerySet.as_manager()

    class Meta:
        verbose_name = "cách tính thời hạn của lĩnh vực"
        constraints = [
            models.UniqueConstraint(
                fields=["sector"], condition=Q(valid_until=None), name="sector_clock_one_open_a_sector"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")), name="sector_clock_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="sector_clock_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"#{self.sector_id} {self.valid_from}"

    def as_rule(self) -> ClockRules:
        """The clock as the rules know it."""
        return ClockRules(SupplementClock(self.supplement), excludes_financial=self.excludes_financial)


class Offering(models.Model):
    """A procedure at a desk: who receives it and who decides, for a period."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="offerings", verbose_name="thủ tục")
    competent_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="competences", verbose_name="cơ quan giải quyết"
    )
    receiving_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="receptions", verbose_name="nơi tiếp nhận"
    )
    valid_from = models.DateField("từ ngày")
    valid_until = models.DateField("đến trước ngày", null=True, blank=True)

    objects = OfferingQuerySet.as_manager()

    class Meta:
        verbose_name = "nơi thực hiện thủ tục"
        indexes = [models.Index(fields=["receiving_unit", "procedure"], name="offering_by_desk")]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "receiving_unit", "competent_unit"],
                condition=Q(valid_until=None),
                name="offering_open_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")), name="offering_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.procedure_id} @{self.receiving_unit_id}"

    def is_open(self, day: date) -> bool:
        """Tell whether it can be applied for on `day`."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)
