"""The parts of a dossier: who applies, the papers, the steps, what was asked for, the result."""

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models import RequiredPaper
from motcua.documents.models import IssuedDocument, StoredFile
from motcua.dossiers.models.dossier import Dossier
from motcua.organisations.models import Unit
from motcua.rules.linked_papers import paper_mark
from motcua.rules.papers import AskedPaper, CheckState, DeclineGround, PaperFact, SupplementAnswer
from motcua.rules.workflow import StepKind

CHECK_LABELS: dict[CheckState, Promise] = {
    CheckState.UNCHECKED: _("Chưa kiểm tra"),
    CheckState.PRESENT: _("Có, hợp lệ"),
    CheckState.NOT_NEEDED: _("Không cần trong trường hợp này"),
    CheckState.MISSING: _("Thiếu"),
    CheckState.WRONG: _("Chưa đúng"),
}
GROUND_LABELS: dict[DeclineGround, Promise] = {
    DeclineGround.NOT_WITHIN_AUTHORITY: _("Không thuộc thẩm quyền giải quyết"),
    DeclineGround.CONDITION_NOT_MET: _("Không đáp ứng yêu cầu, điều kiện của thủ tục"),
    DeclineGround.WRONG_SUBJECT: _("Không thuộc đối tượng thực hiện thủ tục"),
    DeclineGround.ALREADY_SETTLED: _("Việc này đã được giải quyết"),
    DeclineGround.OTHER_PROCEDURE: _("Phải thực hiện theo thủ tục khác"),
}


ANSWER_LABELS: dict[SupplementAnswer, Promise] = {
    SupplementAnswer.FILE: _("Đã gửi tệp mới"),
    SupplementAnswer.ON_PAPER: _("Đã nộp bản giấy tại quầy"),
    SupplementAnswer.NONE: _("Đã báo không có"),
}


class Applicant(models.Model):
    """Who applies: personal data, kept apart from the dossier so that little code ever reads it.

    `declaration` holds the answers to the procedure's own questions, by key. `postal_address` is where the result goes
    when it goes by post.
    """

    dossier = models.OneToOneField(
        Dossier, on_delete=models.CASCADE, related_name="applicant", primary_key=True, verbose_name="hồ sơ"
    )
    full_name = models.CharField("họ và tên", max_length=150, blank=True)
    citizen_id = models.CharField("số định danh cá nhân", max_length=20, blank=True)
    phone = models.CharField("số điện thoại", max_length=20, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    address = models.CharField("địa chỉ", max_length=300, blank=True)
    on_behalf_of = models.CharField("nộp thay cho", max_length=150, blank=True)
    postal_address = models.CharField("địa chỉ nhận kết quả", max_length=300, blank=True)
    declaration = models.JSONField("nội dung khai", default=dict)

    class Meta:
        verbose_name = "người nộp"

    def __str__(self) -> str:
        return f"#{self.dossier_id}"


class ContactCode(models.Model):
    """A one-time code sent to a phone or e-mail address, to prove that it is the applicant's.

    `wrong_count` counts the wrong tries at this code, `wrong_in_day_count` those at all codes sent here since
    `day_from`, when the first of them was made.
    """

    class Channel(models.TextChoices):
        """What was confirmed."""

        EMAIL = "EMAIL", _("Thư điện tử")
        SMS = "SMS", _("Tin nhắn")

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="contact_codes", verbose_name="hồ sơ")
    channel = models.CharField("kênh", max_length=10, choices=Channel.choices)
    address = models.CharField("địa chỉ", max_length=254)
    digest = models.CharField("mã băm", max_length=64)
    sent_at = models.DateTimeField("gửi lúc")
    wrong_count = models.PositiveSmallIntegerField("số lần sai", default=0)
    wrong_in_day_count = models.PositiveSmallIntegerField("số lần sai trong ngày", default=0, db_default=0)
    day_from = models.DateTimeField("đếm từ", null=True)
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True)

    class Meta:
        verbose_name = "mã xác nhận"
        constraints = [models.UniqueConstraint(fields=["dossier", "channel"], name="contact_code_one_per_channel")]

    def __str__(self) -> str:
        return f"#{self.dossier_id} {self.channel}"


class Paper(models.Model):
    """One paper of the procedure's closed list (B-08), as it stands in this dossier.

    `absence_reason` is why the applicant has none, when the desk asked for it and they said so.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="papers", verbose_name="hồ sơ")
    required_paper = models.ForeignKey(
        RequiredPaper, on_delete=models.PROTECT, related_name="+", verbose_name="thành phần hồ sơ"
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="tệp")
    originals_count = models.PositiveSmallIntegerField("số bản chính", default=0)
    copies_count = models.PositiveSmallIntegerField("số bản sao", default=0)
    state = models.CharField(
        "kết quả kiểm tra",
        max_length=12,
        choices=[(state.value, CHECK_LABELS[state]) for state in CheckState],
        default=CheckState.UNCHECKED,
    )
    note = models.CharField("ghi chú", max_length=300, blank=True)
    absence_reason = models.CharField("lý do không có", max_length=300, blank=True)

    class Meta:
        verbose_name = "giấy tờ"
        constraints = [models.UniqueConstraint(fields=["dossier", "position"], name="paper_one_per_position")]

    def __str__(self) -> str:
        return f"#{self.dossier_id} {self.position}"

    @property
    def mark(self) -> str:
        """The number people read of it."""
        return paper_mark(self.position)

    def as_rule(self) -> PaperFact:
        """The paper as the rules know it; needs `required_paper` loaded."""
        return PaperFact(
            position=self.position, is_needed=self.required_paper.is_required, state=CheckState(self.state)
        )


class Step(models.Model):
    """One run of one step of the internal process; a reworked step runs again in a new row.

    `leg` is the first step of the parallel leg that it belongs to, empty on the leading way, whose open step the
    dossier's holder does (B-21). `due_at` is when the step's own working time is used up (B-29); that a leg let it pass
    is told once, at `reported_at`. `file` is the letter that came with the opinion of a leg. A reference without an
    index of its own leads an index of `Meta`.
    """

    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="steps", verbose_name="hồ sơ", db_index=False
    )
    code = models.CharField("mã bước", max_length=40)
    leg = models.CharField("nhánh phối hợp", max_length=40, blank=True, default="", db_default="")
    name = models.CharField("bước", max_length=300)
    kind = models.CharField("loại bước", max_length=10, choices=[(kind.value, kind.value) for kind in StepKind])
    role = models.CharField("vai trò", max_length=40)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người thực hiện"
    )
    started_at = models.DateTimeField("bắt đầu lúc")
    due_at = models.DateTimeField("hạn của bước")
    finished_at = models.DateTimeField("xong lúc", null=True)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="người hoàn thành",
        db_index=False,
    )
    note = models.TextField("ý kiến", blank=True)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="văn bản kèm theo"
    )
    reported_at = models.DateTimeField("báo quá hạn lúc", null=True)

    class Meta:
        verbose_name = "bước xử lý"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "leg"], condition=models.Q(finished_at=None), name="step_one_open_per_leg"
            )
        ]
        indexes = [
            models.Index(fields=["dossier", "started_at"], name="step_by_dossier"),
            models.Index(
                fields=["finished_by", "dossier"],
                condition=models.Q(finished_by__isnull=False),
                name="step_by_finisher",
            ),
            models.Index(
                fields=["unit", "due_at"],
                include=["dossier"],
                condition=models.Q(finished_at=None, leg__gt=""),
                name="step_open_leg_by_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.dossier_id} {self.code}"


class SupplementRequest(models.Model):
    """What the desk asked the applicant to add (form 02); one open request a dossier.

    `basis` is the provision that lets the desk ask again (B-58); empty for the one time that needs none.
    Those `after_acceptance` stop the clock; a second one is an exception of the agency head's and a finding (R-4, F10).
    `closable_from` is when silence lets the desk close the dossier; null where no term runs.
    """

    dossier = models.ForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="supplement_requests", verbose_name="hồ sơ"
    )
    reason = models.TextField("lý do")
    basis = models.CharField("căn cứ yêu cầu thêm", max_length=300, blank=True)
    after_acceptance = models.BooleanField("sau khi tiếp nhận", default=False, db_default=False)
    is_exception = models.BooleanField("người đứng đầu cho yêu cầu lần nữa", default=False, db_default=False)
    requested_at = models.DateTimeField("yêu cầu lúc")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người yêu cầu"
    )
    completed_at = models.DateTimeField("bổ sung xong lúc", null=True)
    closable_from = models.DateTimeField("được đóng từ", null=True)
    document = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="+", verbose_name="phiếu")

    class Meta:
        verbose_name = "yêu cầu bổ sung"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=models.Q(completed_at=None), name="supplement_one_open_per_dossier"
            ),
            models.UniqueConstraint(
                fields=["dossier", "after_acceptance"],
                condition=models.Q(basis="", is_exception=False),
                name="supplement_once_without_basis",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.dossier_id} {self.requested_at:%Y-%m-%d}"


class SupplementItem(models.Model):
    """One paper asked for: always one of the closed list (B-08). `answer` is empty until there is one."""

    request = models.ForeignKey(
        SupplementRequest, on_delete=models.CASCADE, related_name="items", verbose_name="yêu cầu bổ sung"
    )
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="+", verbose_name="giấy tờ")
    note = models.CharField("cần bổ sung", max_length=300)
    answer = models.CharField(
        "đã trả lời",
        max_length=10,
        blank=True,
        choices=[(answer.value, ANSWER_LABELS[answer]) for answer in SupplementAnswer],
    )

    class Meta:
        verbose_name = "giấy tờ cần bổ sung"

    def __str__(self) -> str:
        return f"#{self.request_id} {self.paper_id}"

    def as_rule(self) -> AskedPaper:
        """The item as the rules know it; needs the required paper loaded."""
        return AskedPaper(
            position=self.paper.position,
            is_needed=self.paper.required_paper.is_required,
            answer=SupplementAnswer(self.answer) if self.answer else None,
        )


class Declining(models.Model):
    """Why a dossier was not accepted (form 03): a ground from the procedure's parts and the provision it rests on."""

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="declining", verbose_name="hồ sơ")
    ground = models.CharField(
        "căn cứ", max_length=30, choices=[(ground.value, GROUND_LABELS[ground]) for ground in DeclineGround]
    )
    citation = models.CharField("điều khoản", max_length=300)
    reason = models.TextField("lý do cụ thể")
    document = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="+", verbose_name="phiếu")

    class Meta:
        verbose_name = "từ chối tiếp nhận"

    def __str__(self) -> str:
        return f"#{self.dossier_id} {self.ground}"


class Withdrawal(models.Model):
    """Why the applicant took a dossier back, as they told the desk (B-22); what they took back online has none."""

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="withdrawal", verbose_name="hồ sơ")
    reason = models.TextField("lý do người nộp nêu")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi nhận"
    )

    class Meta:
        verbose_name = "rút hồ sơ tại quầy"

    def __str__(self) -> str:
        return f"#{self.dossier_id}"


class Result(models.Model):
    """The result of a dossier: drafted by the officer, signed by the leader, numbered by the records clerk.

    `file` is the draft, then what was issued; `signed_file` is what the leader signed, kept beside it.
    `refusal_basis` is the provision a refusal rests on (R-6), empty for a result that grants what was asked;
    `sent_by_post_no` the number under which the post carries it.
    """

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="result", verbose_name="hồ sơ")
    title = models.CharField("tên kết quả", max_length=300)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="tệp")
    number = models.CharField("số, ký hiệu", max_length=64, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người ký"
    )
    signed_at = models.DateTimeField("ký lúc", null=True)
    signed_file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="tệp đã ký"
    )
    refusal_basis = models.CharField("căn cứ từ chối", max_length=300, blank=True, db_default="")
    received_by = models.CharField("người nhận kết quả", max_length=150, blank=True)
    sent_by_post_no = models.CharField("số hiệu bưu gửi", max_length=60, blank=True, db_default="")

    class Meta:
        verbose_name = "kết quả"

    def __str__(self) -> str:
        return f"#{self.dossier_id} {self.number}"

    @property
    def is_refusal(self) -> bool:
        """Whether the agency refuses what was asked."""
        return bool(self.refusal_basis)


class CodeSending(models.Model):
    """That a one-time code went out: too many to one address, or for one place, stop the next for a while.

    `address` and `client` are keyed digests of where it went and of the network it was asked from; `client` is empty
    when that is not known.
    """

    address = models.CharField("nơi nhận", max_length=64)
    client = models.CharField("nơi yêu cầu", max_length=64, blank=True)
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "lần gửi mã"
        indexes = [
            models.Index(fields=["address", "-at"], name="code_sending_by_address"),
            models.Index(fields=["client", "-at"], name="code_sending_by_client"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class LookupFailure(models.Model):
    """A wrong PIN for one code from one place; too many lock the look-up of that code, or from there, for a while.

    `public_code` is the reference of a dossier that exists, otherwise what was typed; `client` a keyed digest of the
    network it came from, empty when that is not known.
    """

    public_code = models.CharField("mã tra cứu", max_length=64)
    client = models.CharField("nơi tra cứu", max_length=64, blank=True)
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "lần tra cứu sai"
        indexes = [
            models.Index(fields=["public_code", "-at"], name="lookup_failure_by_code"),
            models.Index(fields=["client", "-at"], name="lookup_failure_by_client"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
