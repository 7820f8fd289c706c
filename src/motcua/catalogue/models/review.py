"""The yearly review of procedures: the plan, what each finds, what complying costs before and after (C-14 to C-16)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models.procedure import Procedure, ProcedureVersion
from motcua.organisations.models import Unit
from motcua.rules.compliance_cost import WORKING_HOURS_A_YEAR, Activity, CostRow
from motcua.rules.procedure_parts import Part
from motcua.rules.simplification import ReviewState, Verdict


class VerdictChoice(models.TextChoices):
    """The labels of `rules.simplification.Verdict`."""

    KEEP = Verdict.KEEP.value, _("Giữ nguyên")
    AMEND = Verdict.AMEND.value, _("Sửa đổi, bổ sung")
    ABOLISH = Verdict.ABOLISH.value, _("Bãi bỏ")


class HourlyIncome(models.Model):
    """The income by which an hour of work is counted, from a day on (C-16); the official value is unknown (S-05)."""

    valid_from = models.DateField("áp dụng từ", unique=True)
    yearly_income_vnd = models.BigIntegerField("thu nhập bình quân đầu người một năm (đồng)")
    hours_a_year = models.PositiveIntegerField("số giờ làm việc một năm", default=WORKING_HOURS_A_YEAR)
    source = models.CharField("căn cứ", max_length=300)

    class Meta:
        verbose_name = "thu nhập bình quân một giờ"
        constraints = [
            models.CheckConstraint(condition=Q(yearly_income_vnd__gt=0), name="hourly_income_is_positive"),
            models.CheckConstraint(condition=Q(hours_a_year__gt=0), name="hourly_income_divides_by_hours"),
            models.CheckConstraint(condition=~Q(source=""), name="hourly_income_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from} {self.yearly_income_vnd}"


class ReviewPlan(models.Model):
    """The plan of a year, kept at `unit` (C-15). Its last days are configuration with their `source` [U].

    `decision_no` is empty and `issued_on` null until the chairman has issued it.
    """

    year = models.PositiveSmallIntegerField("năm", unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan lập kế hoạch")
    plan_due_on = models.DateField("hạn ban hành kế hoạch")
    result_due_on = models.DateField("hạn báo cáo kết quả")
    source = models.CharField("căn cứ của hai hạn trên", max_length=300)
    decision_no = models.CharField("quyết định ban hành", max_length=100, blank=True, default="")
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)

    class Meta:
        verbose_name = "kế hoạch rà soát"
        constraints = [
            models.CheckConstraint(
                condition=Q(result_due_on__gt=F("plan_due_on")), name="review_plan_result_follows_the_plan"
            ),
            models.CheckConstraint(
                condition=Q(issued_on=None, decision_no="") | (Q(issued_on__isnull=False) & ~Q(decision_no="")),
                name="review_plan_issued_by_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)


class Review(models.Model):
    """A procedure to be reviewed by `unit` between two days, and what came of it.

    `version` is what the procedure said when the review began, null before. `outcome` is empty until it is proposed.
    `hourly_vnd` is the income of an hour with which both cost tables were counted, to `before_vnd` and `after_vnd` a
    year; each is null until there is one. `limit_after` is the proposed limit in the unit of the version's own, null
    where it stays. `closed_by` is the version that put the proposal in force; null also for an abolished procedure.
    """

    class State(models.TextChoices):
        """The labels of `rules.simplification.ReviewState`."""

        PLANNED = ReviewState.PLANNED.value, _("Chưa rà soát")
        UNDER_REVIEW = ReviewState.UNDER_REVIEW.value, _("Đang rà soát")
        PROPOSED = ReviewState.PROPOSED.value, _("Chờ phê duyệt")
        GIVEN_BACK = ReviewState.GIVEN_BACK.value, _("Bị trả lại")
        APPROVED = ReviewState.APPROVED.value, _("Đã phê duyệt, chờ thực thi")
        IN_FORCE = ReviewState.IN_FORCE.value, _("Đã thực thi")
        KEPT = ReviewState.KEPT.value, _("Giữ nguyên")
        DROPPED = ReviewState.DROPPED.value, _("Đưa khỏi kế hoạch")

    class Ground(models.TextChoices):
        """Why the procedure was chosen (C-15)."""

        LEADERS = "LEADERS", _("Chỉ đạo của lãnh đạo")
        NATIONAL_PLAN = "NATIONAL_PLAN", _("Kế hoạch của cấp trên")
        FEEDBACK = "FEEDBACK", _("Phản ánh, kiến nghị")
        OTHER = "OTHER", _("Lý do khác")

    plan = models.ForeignKey(ReviewPlan, on_delete=models.PROTECT, related_name="reviews", verbose_name="kế hoạch")
    number = models.PositiveIntegerField("số thứ tự")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="reviews", verbose_name="thủ tục")
    version = models.ForeignKey(
        ProcedureVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reviews",
        verbose_name="nội dung được rà soát",
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan rà soát")
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến hết ngày")
    ground = models.CharField("căn cứ lựa chọn", max_length=16, choices=Ground.choices)
    ground_note = models.CharField("nội dung căn cứ", max_length=500, blank=True, default="")
    product = models.CharField("dự kiến sản phẩm", max_length=500)
    state = models.CharField("tình trạng", max_length=16, choices=State.choices, default=State.PLANNED)
    outcome = models.CharField("phương án", max_length=8, choices=VerdictChoice.choices, blank=True, default="")
    summary = models.TextField("nội dung phương án", blank=True, default="")
    hourly_vnd = models.PositiveIntegerField("thu nhập một giờ (đồng)", null=True, blank=True)
    before_vnd = models.BigIntegerField("chi phí một năm hiện hành (đồng)", null=True, blank=True)
    after_vnd = models.BigIntegerField("chi phí một năm sau đơn giản hóa (đồng)", null=True, blank=True)
    limit_after = models.DecimalField("thời hạn đề nghị", max_digits=8, decimal_places=2, null=True, blank=True)
    remark = models.TextField("lý do trả lại", blank=True, default="")
    decision_no = models.CharField("quyết định phê duyệt", max_length=100, blank=True, default="")
    approved_at = models.DateTimeField("phê duyệt lúc", null=True, blank=True)
    follow_up_on = models.DateField("hạn thực thi", null=True, blank=True)
    closed_by = models.ForeignKey(
        ProcedureVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="closes",
        verbose_name="nội dung đã sửa",
    )

    class Meta:
        verbose_name = "việc rà soát"
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="review_number_once_a_plan"),
            models.UniqueConstraint(
                fields=["plan", "procedure"], condition=~Q(state="DROPPED"), name="review_procedure_once_a_plan"
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="review_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ReviewState]), name="review_state_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *(verdict.value for verdict in Verdict)]), name="review_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["PLANNED", "DROPPED"]) | Q(version__isnull=False),
                name="review_begun_has_a_version",
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None, decision_no="") | (Q(approved_at__isnull=False) & ~Q(decision_no="")),
                name="review_approved_by_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.plan_id}.{self.number}"

    @property
    def stands(self) -> ReviewState:
        """The state as the rules know it."""
        return ReviewState(self.state)


class PartReview(models.Model):
    """What a review finds of one part: the answers to the questions, the verdict, and what to change.

    An answer to a question that is not asked of the part is empty.
    """

    class Name(models.TextChoices):
        """The labels of `rules.simplification.Part`."""

        NAME = Part.NAME.value, _("Tên thủ tục")
        STEPS = Part.STEPS.value, _("Trình tự thực hiện")
        MANNER = Part.MANNER.value, _("Cách thức thực hiện")
        PAPERS = Part.PAPERS.value, _("Thành phần hồ sơ")
        SETS = Part.SETS.value, _("Số lượng hồ sơ")
        LIMIT = Part.LIMIT.value, _("Thời hạn giải quyết")
        SUBJECTS = Part.SUBJECTS.value, _("Đối tượng thực hiện")
        AGENCIES = Part.AGENCIES.value, _("Cơ quan thực hiện")
        FORMS = Part.FORMS.value, _("Mẫu đơn, tờ khai")
        RESULT = Part.RESULT.value, _("Kết quả thực hiện")
        CONDITIONS = Part.CONDITIONS.value, _("Yêu cầu, điều kiện")
        FEES = Part.FEES.value, _("Phí, lệ phí")
        LEGAL_BASIS = Part.LEGAL_BASIS.value, _("Căn cứ pháp lý")

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="parts", verbose_name="việc rà soát")
    part = models.CharField("bộ phận", max_length=16, choices=Name.choices)
    verdict = models.CharField("đánh giá", max_length=8, choices=VerdictChoice.choices)
    reason = models.TextField("lý do")
    proposal = models.TextField("nội dung đề nghị", blank=True, default="")
    necessity = models.TextField("vì sao cần", blank=True, default="")
    legality = models.TextField("văn bản giao quy định", blank=True, default="")
    data = models.TextField("dữ liệu có thể thay thế", blank=True, default="")
    shortest = models.TextField("thời gian ngắn nhất", blank=True, default="")
    lowest = models.TextField("cấp thấp nhất có khả năng", blank=True, default="")

    class Meta:
        verbose_name = "đánh giá bộ phận"
        constraints = [
            models.UniqueConstraint(fields=["review", "part"], name="part_review_once"),
            models.CheckConstraint(condition=Q(part__in=[part.value for part in Part]), name="part_review_part_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="part_review_has_a_reason"),
            models.CheckConstraint(
                condition=Q(verdict__in=["KEEP", "ABOLISH"]) | (Q(verdict="AMEND") & ~Q(proposal="")),
                name="part_review_amended_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}.{self.part} {self.verdict}"


class CostLine(models.Model):
    """One row of a cost table of a review, as it is or as it is proposed to become (C-16)."""

    class Side(models.TextChoices):
        """Which table."""

        BEFORE = "BEFORE", _("Hiện hành")
        AFTER = "AFTER", _("Sau khi đơn giản hóa")

    class What(models.TextChoices):
        """The labels of `rules.compliance_cost.Activity`."""

        PREPARE = Activity.PREPARE.value, _("1. Chuẩn bị hồ sơ")
        SUBMIT = Activity.SUBMIT.value, _("2. Nộp hồ sơ")
        PAY = Activity.PAY.value, _("3. Nộp phí, lệ phí, chi phí khác")
        INSPECTION = Activity.INSPECTION.value, _("4. Chuẩn bị, phục vụ kiểm tra, đánh giá")
        OTHER = Activity.OTHER.value, _("5. Công việc khác")
        RECEIVE = Activity.RECEIVE.value, _("6. Nhận kết quả")

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="costs", verbose_name="việc rà soát")
    side = models.CharField("bảng", max_length=6, choices=Side.choices)
    position = models.PositiveSmallIntegerField("thứ tự")
    activity = models.CharField("hoạt động", max_length=10, choices=What.choices)
    name = models.CharField("công việc", max_length=300)
    manner = models.CharField("cách thức", max_length=200, blank=True, default="")
    hours = models.DecimalField("số giờ", max_digits=7, decimal_places=2)
    service_vnd = models.BigIntegerField("thuê dịch vụ, tư vấn (đồng)")
    fee_vnd = models.BigIntegerField("phí, lệ phí, chi phí khác (đồng)")
    times = models.DecimalField("số lần một năm", max_digits=7, decimal_places=2)
    subjects = models.PositiveIntegerField("số đối tượng một năm")
    note = models.CharField("ghi chú", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "dòng chi phí tuân thủ"
        constraints = [
            models.UniqueConstraint(fields=["review", "side", "position"], name="cost_line_position_once"),
            models.CheckConstraint(condition=Q(side__in=["BEFORE", "AFTER"]), name="cost_line_side_known"),
            models.CheckConstraint(
                condition=Q(activity__in=[activity.value for activity in Activity]), name="cost_line_activity_known"
            ),
            models.CheckConstraint(
                condition=Q(hours__gte=0, service_vnd__gte=0, fee_vnd__gte=0, times__gte=0),
                name="cost_line_is_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id}.{self.side}.{self.position}"

    def as_rule(self) -> CostRow:
        """The row as the rules know it."""
        return CostRow(
            activity=Activity(self.activity),
            hours=self.hours,
            service_vnd=self.service_vnd,
            fee_vnd=self.fee_vnd,
            times=self.times,
            subjects=self.subjects,
        )
