"""What happens to a dossier after acceptance: promises replaced, opinions asked, waits, new dates, ends, mending."""

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.documents.models import IssuedDocument, StoredFile
from motcua.dossiers.models.dossier import Dossier
from motcua.organisations.models import Unit
from motcua.rules.irregularities import Irregularity
from motcua.rules.promises import ExclusionGround, PromiseCause

CAUSE_LABELS: dict[PromiseCause, Promise] = {
    PromiseCause.ACCEPTANCE: _("Tiếp nhận"),
    PromiseCause.SUPPLEMENT: _("Bổ sung đủ giấy tờ"),
    PromiseCause.FINANCIAL: _("Đã thực hiện nghĩa vụ tài chính"),
    PromiseCause.EXTENSION: _("Xin lỗi và hẹn lại"),
    PromiseCause.AGENCY_RECEIPT: _("Cơ quan giải quyết nhận hồ sơ"),
    PromiseCause.CALENDAR: _("Lịch làm việc thay đổi"),
    PromiseCause.VERSION: _("Theo nội dung thủ tục mới công bố"),
}
IRREGULARITY_LABELS: dict[Irregularity, Promise] = {
    Irregularity.SECOND_SUPPLEMENT: _("Yêu cầu bổ sung quá một lần"),
    Irregularity.LATE_SUPPLEMENT: _("Yêu cầu bổ sung sau 3 ngày làm việc"),
    Irregularity.LATE_APOLOGY: _("Xin lỗi, hẹn lại chậm hơn một ngày làm việc trước hạn"),
    Irregularity.SILENT_CONSULTATION: _("Không trả lời ý kiến đúng hạn"),
    Irregularity.LATE_TRANSFER: _("Chuyển hồ sơ chậm"),
}


class FormerPromise(models.Model):
    """A due moment that was promised and then replaced: the history of the promise, only ever appended (R-2).

    `cause` is why it had been given, `given_at` when; its derivation is kept as it was shown.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="former_promises", verbose_name="hồ sơ")
    due_at = models.DateTimeField("hạn đã hẹn")
    cause = models.CharField(
        "vì", max_length=16, choices=[(cause.value, CAUSE_LABELS[cause]) for cause in PromiseCause]
    )
    derivation = models.JSONField("cách tính hạn", default=dict)
    replaced_at = models.DateTimeField("thay đổi lúc")

    class Meta:
        verbose_name = "hạn trước đây"
        indexes = [models.Index(fields=["dossier", "replaced_at"], name="former_promise_by_dossier")]

    def __str__(self) -> str:
        return f"#{self.dossier_id} {self.due_at:%Y-%m-%d %H:%M}"


class ExcludedWait(models.Model):
    """A stretch of time that the limit did not count, once it was over; the clock of R-2 is replayed from these."""

    class Ground(models.TextChoices):
        """The labels of `rules.promises.ExclusionGround`."""

        FINANCIAL = ExclusionGround.FINANCIAL.value, _("Thực hiện nghĩa vụ tài chính")
        SUPPLEMENT = ExclusionGround.SUPPLEMENT.value, _("Bổ sung giấy tờ")

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="excluded_waits", verbose_name="hồ sơ")
    ground = models.CharField("vì", max_length=12, choices=Ground.choices)
    began_at = models.DateTimeField("từ")
    ended_at = models.DateTimeField("đến")

    class Meta:
        verbose_name = "thời gian không tính"
        indexes = [models.Index(fields=["dossier", "began_at"], name="excluded_wait_by_dossier")]
        constraints = [
            models.CheckConstraint(condition=models.Q(ended_at__gte=models.F("began_at")), name="excluded_wait_ends")
        ]

    def __str__(self) -> str:
        return f"#{self.dossier_id} {self.ground}"


class Alarm(models.Model):
    """That a clock was told of, once for each due moment: `rung` 0 for due soon, from 1 on the ladder's (L-12)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="alarms", verbose_name="hồ sơ")
    due_at = models.DateTimeField("hạn")
    rung = models.PositiveSmallIntegerField("bậc")
    raised_at = models.DateTimeField("báo lúc")

    class Meta:
        verbose_name = "cảnh báo"
        constraints = [
            models.UniqueConstraint(fields=["dossier", "due_at", "rung"], name="alarm_once_a_due_moment"),
        ]

    def __str__(self) -> str:
        return f"#{self.dossier_id} {self.rung}"


class IrregularAct(models.Model):
    """An act that the rules allow only as an exception, or that came too late: what an inspection looks for (P)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="irregular_acts", verbose_name="hồ sơ")
    kind = models.CharField(
        "điểm bất thường", max_length=24, choices=[(kind.value, IRREGULARITY_LABELS[kind]) for kind in Irregularity]
    )
    at = models.DateTimeField("lúc")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người thực hiện"
    )
    reason = models.TextField("lý do", blank=True)

    class Meta:
        verbose_name = "điểm bất thường"
        indexes = [models.Index(fields=["kind", "at"], name="irregular_act_by_kind")]

    def __str__(self) -> str:
        return f"#{self.dossier_id} {self.kind}"


class Extension(models.Model):
    """The one new date an agency may give, with its apology (form 04, B step 13, R-3)."""

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="extension", verbose_name="hồ sơ")
    reason = models.TextField("lý do chậm")
    old_due_at = models.DateTimeField("hạn cũ")
    new_due_at = models.DateTimeField("hạn mới")
    extended_at = models.DateTimeField("hẹn lại lúc")
    extended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người ký"
    )
    document = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="+", verbose_name="phiếu")

    class Meta:
        verbose_name = "xin lỗi và hẹn lại"
        constraints = [
            models.CheckConstraint(condition=models.Q(new_due_at__gt=models.F("old_due_at")), name="extension_is_later")
        ]

    def __str__(self) -> str:
        return f"#{self.dossier_id} {self.new_due_at:%Y-%m-%d}"


class Ending(models.Model):
    """Why a dossier ended without a decision: stopped by the agency or closed after silence (form 05, B-35, R-6)."""

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="ending", verbose_name="hồ sơ")
    reason = models.TextField("lý do")
    basis = models.CharField("căn cứ", max_length=300)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người quyết định"
    )
    document = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="+", verbose_name="thông báo")

    class Meta:
        verbose_name = "dừng giải quyết"

    def __str__(self) -> str:
        return f"#{self.dossier_id}"


class Consultation(models.Model):
    """A unit's opinion that was asked for, with its term; silence is reported to the head of the desk (B step 11)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="consultations", verbose_name="hồ sơ")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị được hỏi")
    question = models.TextField("nội dung hỏi")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người hỏi"
    )
    asked_at = models.DateTimeField("hỏi lúc")
    due_at = models.DateTimeField("hạn trả lời")
    answer = models.TextField("trả lời", blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="tệp")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người trả lời"
    )
    closed_at = models.DateTimeField("kết thúc lúc", null=True)
    reported_at = models.DateTimeField("báo quá hạn lúc", null=True)

    class Meta:
        verbose_name = "lấy ý kiến"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "unit"], condition=models.Q(closed_at=None), name="consultation_open_once_a_unit"
            )
        ]
        indexes = [
            models.Index(
                fields=["unit", "due_at"], condition=models.Q(closed_at=None), name="consultation_open_by_unit"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.dossier_id} {self.unit_id}"


class FinancialObligation(models.Model):
    """Money the applicant has to pay before the agency may go on, as its own law orders (status FINANCIAL).

    `settled_at` is None while it is awaited; `proof` is the paper that shows it was paid.
    """

    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="financial_obligations", verbose_name="hồ sơ"
    )
    basis = models.CharField("căn cứ", max_length=300)
    notice_no = models.CharField("số thông báo", max_length=100)
    amount_vnd = models.PositiveBigIntegerField("số tiền (đồng)")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người thông báo"
    )
    asked_at = models.DateTimeField("thông báo lúc")
    settled_at = models.DateTimeField("hoàn thành lúc", null=True)
    proof = models.CharField("chứng từ", max_length=200, blank=True)

    class Meta:
        verbose_name = "nghĩa vụ tài chính"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=models.Q(settled_at=None), name="financial_one_open_per_dossier"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.dossier_id} {self.notice_no}"


class Verification(models.Model):
    """The minutes of a check on the spot: when, where, who took part, what was found (B step 9)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="verifications", verbose_name="hồ sơ")
    began_at = models.DateTimeField("bắt đầu lúc")
    place = models.CharField("địa điểm", max_length=300)
    participants = models.TextField("thành phần tham gia")
    findings = models.TextField("nội dung xác minh")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="biên bản")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi"
    )
    recorded_at = models.DateTimeField("ghi lúc")

    class Meta:
        verbose_name = "xác minh"

    def __str__(self) -> str:
        return f"#{self.dossier_id} {self.began_at:%Y-%m-%d}"


class Guidance(models.Model):
    """What the desk told the applicant to do before it decides (B step 1)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="guidances", verbose_name="hồ sơ")
    text = models.TextField("nội dung hướng dẫn")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người hướng dẫn"
    )
    given_at = models.DateTimeField("hướng dẫn lúc")

    class Meta:
        verbose_name = "hướng dẫn"

    def __str__(self) -> str:
        return f"#{self.dossier_id} {self.given_at:%Y-%m-%d}"


class Correction(models.Model):
    """A wrong result put right at the agency's own cost, within three working days (B-23).

    `corrected_at` is None while it is under way; the wrong file and number stay here, the right ones go to the result.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="corrections", verbose_name="hồ sơ")
    error = models.TextField("sai sót")
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người báo"
    )
    reported_at = models.DateTimeField("báo lúc")
    due_at = models.DateTimeField("hạn đính chính")
    corrected_at = models.DateTimeField("đính chính lúc", null=True)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người ký lại"
    )
    wrong_number = models.CharField("số cũ", max_length=64, blank=True)
    wrong_file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="tệp cũ"
    )

    class Meta:
        verbose_name = "đính chính kết quả"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=models.Q(corrected_at=None), name="correction_one_open_per_dossier"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.dossier_id} {self.reported_at:%Y-%m-%d}"


class Rating(models.Model):
    """What the applicant thought of how their dossier was handled, once (B step 17)."""

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="rating", verbose_name="hồ sơ")
    score = models.PositiveSmallIntegerField("điểm", choices=[(score, str(score)) for score in range(1, 6)])
    comment = models.CharField("góp ý", max_length=500, blank=True)
    rated_at = models.DateTimeField("đánh giá lúc")

    class Meta:
        verbose_name = "đánh giá"
        constraints = [
            models.CheckConstraint(condition=models.Q(score__gte=1, score__lte=5), name="rating_from_one_to_five")
        ]

    def __str__(self) -> str:
        return f"#{self.dossier_id} {self.score}"
