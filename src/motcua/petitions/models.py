"""Petitions (phản ánh, kiến nghị): who sent what, who has it, what was asked, answered and published (E)."""

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motcua.accounts.models import User
from motcua.catalogue.models import Procedure
from motcua.documents.models import StoredFile
from motcua.dossiers.models import Dossier
from motcua.organisations.models import Unit
from motcua.petitions.querysets import PetitionQuerySet, PublicationQuerySet
from motcua.rules.petitions import Finding, Hands, PetitionChannel, PetitionStage, Sorting

STAGE_LABELS: Final = {
    PetitionStage.UNCONFIRMED: _("Chưa xác nhận liên hệ"),
    PetitionStage.RECEIVED: _("Chờ phân loại"),
    PetitionStage.ASKED: _("Chờ người gửi bổ sung"),
    PetitionStage.HANDLING: _("Đang xử lý"),
    PetitionStage.DRAFTED: _("Chờ duyệt trả lời"),
    PetitionStage.ANSWERED: _("Đã trả lời"),
    PetitionStage.RETURNED: _("Đã trả lại, hướng dẫn"),
    PetitionStage.JOINED: _("Đã gộp"),
}
SORTING_LABELS: Final = {
    Sorting.CONDUCT: _("Hành vi: chậm, gây phiền hà, làm không đúng quy định"),
    Sorting.REGULATION: _("Quy định: chưa phù hợp, không thống nhất, trái luật"),
    Sorting.PROPOSAL: _("Sáng kiến, phương án mới"),
    Sorting.QUESTION: _("Hỏi đáp pháp luật"),
    Sorting.NOT_ELIGIBLE: _("Không đủ điều kiện tiếp nhận"),
    Sorting.COMPLAINT: _("Khiếu nại"),
    Sorting.DENUNCIATION: _("Tố cáo"),
    Sorting.JUDICIAL: _("Việc thuộc tòa án, cơ quan tư pháp"),
}
CHANNEL_LABELS: Final = {
    PetitionChannel.ONLINE: _("Trên cổng"),
    PetitionChannel.DESK: _("Tại bộ phận một cửa"),
    PetitionChannel.PHONE: _("Qua điện thoại"),
    PetitionChannel.PAPER: _("Văn bản, thư gửi bưu điện"),
    PetitionChannel.SLIP: _("Phiếu lấy ý kiến"),
    PetitionChannel.EMAIL: pgettext_lazy("petition", "Thư điện tử"),
    PetitionChannel.NATIONAL_PORTAL: _("Cổng dịch vụ công quốc gia"),
    PetitionChannel.CONFERENCE: _("Hội nghị, đối thoại"),
}
FINDING_LABELS: Final = {
    Finding.FOUNDED: _("Đúng như phản ánh"),
    Finding.UNFOUNDED: _("Không đúng như phản ánh"),
    Finding.KEEP: _("Giữ nguyên quy định và giải thích"),
    Finding.AMEND: _("Sửa đổi, bổ sung quy định"),
    Finding.REPEAL: _("Bãi bỏ quy định"),
    Finding.SUSPEND: _("Đình chỉ thi hành"),
    Finding.NEW_TEXT: _("Ban hành quy định mới"),
    Finding.EXPLAINED: _("Giải đáp"),
}


class Petition(models.Model):
    """One petition. `unit` has it; `received_unit` is where it came first.

    `counted_from` is when the clock began (E-04), `due_at` that of the step awaited now; `sorting` is empty until it is
    known. `key` is made with the form, so that sending it twice gives one petition. A joined one is answered through
    `joined_to`.
    """

    code = models.CharField("mã", max_length=20, unique=True)
    pin = models.CharField("mã PIN", max_length=6)
    key = models.UUIDField("khóa gửi", unique=True)
    stage_name = models.CharField("tình trạng", max_length=12, db_column="stage")
    sorting = models.CharField("phân loại", max_length=12, blank=True, default="")
    channel = models.CharField("cách gửi", max_length=16)
    is_question = models.BooleanField("hỏi đáp pháp luật", default=False)
    is_complex = models.BooleanField("phức tạp", default=False)
    full_name = models.CharField("họ và tên", max_length=150)
    phone = models.CharField("số điện thoại", max_length=20, blank=True, default="")
    email = models.EmailField("thư điện tử", blank=True, default="")
    address = models.CharField("nơi cư trú", max_length=300, blank=True, default="")
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="petitions", verbose_name="tài khoản"
    )
    text = models.TextField("nội dung")
    place = models.CharField("nơi xảy ra", max_length=300, blank=True, default="")
    latitude = models.DecimalField("vĩ độ", max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField("kinh độ", max_digits=8, decimal_places=5, null=True, blank=True)
    photo = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ảnh"
    )
    dossier = models.ForeignKey(
        Dossier, on_delete=models.PROTECT, null=True, blank=True, related_name="petitions", verbose_name="về hồ sơ"
    )
    procedure = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="về thủ tục"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="petitions", verbose_name="đơn vị giữ")
    received_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị nhận đầu tiên"
    )
    assignee = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người xử lý"
    )
    entered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người ghi"
    )
    created_at = models.DateTimeField("tạo lúc")
    received_at = models.DateTimeField("nhận lúc", null=True)
    counted_from = models.DateTimeField("tính từ", null=True)
    is_completed = models.BooleanField("đã bổ sung", default=False)
    due_at = models.DateTimeField("hạn", null=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True)
    closed_at = models.DateTimeField("kết thúc lúc", null=True)
    return_reason = models.TextField("lý do trả lại", blank=True, default="")
    joined_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="joined", verbose_name="gộp vào"
    )
    reopened_count = models.PositiveSmallIntegerField("số lần mở lại", default=0)
    taken_up_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lãnh đạo trực tiếp xử lý"
    )
    taken_up_at = models.DateTimeField("lãnh đạo nhận lúc", null=True)
    direction = models.TextField("ý kiến chỉ đạo", blank=True, default="")
    followed_up_at = models.DateTimeField("hỏi lại lúc", null=True)
    is_settled = models.BooleanField("đã ổn thỏa", null=True)
    settled_note = models.TextField("ý kiến sau trả lời", blank=True, default="")

    objects = PetitionQuerySet.as_manager()

    class Meta:
        verbose_name = "phản ánh, kiến nghị"
        indexes = [
            models.Index(fields=["unit", "due_at", "id"], name="petition_by_unit_and_due"),
            models.Index(fields=["owner", "-created_at"], name="petition_by_owner"),
            models.Index(
                fields=["answered_at"],
                condition=Q(followed_up_at=None, answered_at__isnull=False),
                name="petition_to_follow_up",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage_name__in=[one.value for one in PetitionStage]), name="petition_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(sorting__in=["", *(one.value for one in Sorting)]), name="petition_sorting_known"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=[one.value for one in PetitionChannel]), name="petition_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None) | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="petition_point_whole",
            ),
            models.CheckConstraint(
                condition=Q(stage_name="UNCONFIRMED") ^ Q(received_at__isnull=False), name="petition_received_once"
            ),
            models.CheckConstraint(
                condition=Q(stage_name="JOINED") ^ Q(joined_to=None), name="petition_joined_to_another"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def stage(self) -> PetitionStage:
        """Where it stands, as the rules know it."""
        return PetitionStage(self.stage_name)

    @property
    def stage_label(self) -> str:
        """Where it stands, in words."""
        return str(STAGE_LABELS[self.stage])

    @property
    def sorting_label(self) -> str:
        """What it turned out to be, in words; empty until it is sorted."""
        return str(SORTING_LABELS[Sorting(self.sorting)]) if self.sorting else ""

    @property
    def channel_label(self) -> str:
        """How it came, in words."""
        return str(CHANNEL_LABELS[PetitionChannel(self.channel)])

    def hands(self, asked_unit_ids: frozenset[int]) -> Hands:
        """Return who has it; the units whose opinion is awaited are asked for apart."""
        return Hands(self.unit_id, asked_unit_ids, self.assignee_id)


class ContactProof(models.Model):
    """The one-time code that went to a guest's telephone or e-mail; only its digest is kept."""

    petition = models.OneToOneField(
        Petition, on_delete=models.CASCADE, related_name="proof", verbose_name="phản ánh, kiến nghị"
    )
    channel = models.CharField("kênh", max_length=10)
    digest = models.CharField("mã băm", max_length=64)
    sent_at = models.DateTimeField("gửi lúc")
    wrong_count = models.PositiveSmallIntegerField("số lần sai", default=0)
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True)

    class Meta:
        verbose_name = "xác nhận liên hệ"

    def __str__(self) -> str:
        return f"{self.petition_id} {self.channel}"


class MoreAsked(models.Model):
    """Something the sender was asked to add, and what they said; one is open at a time."""

    petition = models.ForeignKey(
        Petition, on_delete=models.CASCADE, related_name="questions", verbose_name="phản ánh, kiến nghị"
    )
    question = models.TextField("cần bổ sung")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người hỏi")
    asked_at = models.DateTimeField("hỏi lúc")
    reply = models.TextField("nội dung bổ sung", blank=True, default="")
    replied_at = models.DateTimeField("bổ sung lúc", null=True)

    class Meta:
        verbose_name = "yêu cầu bổ sung phản ánh"
        constraints = [
            models.UniqueConstraint(fields=["petition"], condition=Q(replied_at=None), name="petition_asked_once")
        ]

    def __str__(self) -> str:
        return f"{self.petition_id} {self.asked_at:%Y-%m-%d}"


class Transfer(models.Model):
    """A petition went from one unit to the one that it concerns."""

    petition = models.ForeignKey(
        Petition, on_delete=models.CASCADE, related_name="transfers", verbose_name="phản ánh, kiến nghị"
    )
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị chuyển")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị nhận")
    reason = models.TextField("lý do")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người chuyển")
    at = models.DateTimeField("chuyển lúc")

    class Meta:
        verbose_name = "chuyển phản ánh"

    def __str__(self) -> str:
        return f"{self.petition_id} {self.from_unit_id} {self.to_unit_id}"


class Opinion(models.Model):
    """What another unit says for a joint answer; one open question a unit."""

    petition = models.ForeignKey(
        Petition, on_delete=models.CASCADE, related_name="opinions", verbose_name="phản ánh, kiến nghị"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị được hỏi")
    question = models.TextField("điều cần cho ý kiến")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người hỏi")
    asked_at = models.DateTimeField("hỏi lúc")
    text = models.TextField("ý kiến", blank=True, default="")
    given_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người cho ý kiến"
    )
    given_at = models.DateTimeField("cho ý kiến lúc", null=True)

    class Meta:
        verbose_name = "ý kiến phối hợp trả lời"
        constraints = [
            models.UniqueConstraint(
                fields=["petition", "unit"], condition=Q(given_at=None), name="petition_opinion_asked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.petition_id} {self.unit_id}"


class Answer(models.Model):
    """An answer as it was drafted: given back with a remark, or approved, which makes it the unit's; one is open.

    `joined_text` is what the senders of joined petitions read in its place; empty: the same.
    """

    petition = models.ForeignKey(
        Petition, on_delete=models.CASCADE, related_name="answers", verbose_name="phản ánh, kiến nghị"
    )
    text = models.TextField("nội dung trả lời")
    joined_text = models.TextField("trả lời cho người gửi phản ánh đã gộp", blank=True, default="", db_default="")
    finding = models.CharField("kết luận", max_length=12)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị trả lời")
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người soạn")
    drafted_at = models.DateTimeField("soạn lúc")
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người duyệt"
    )
    decided_at = models.DateTimeField("duyệt lúc", null=True)
    is_approved = models.BooleanField("đã duyệt", default=False)
    remark = models.TextField("ý kiến trả lại", blank=True, default="")

    class Meta:
        verbose_name = "trả lời phản ánh"
        constraints = [
            models.UniqueConstraint(
                fields=["petition"], condition=Q(decided_at=None), name="petition_answer_open_once"
            ),
            models.CheckConstraint(
                condition=Q(finding__in=[one.value for one in Finding]), name="petition_finding_known"
            ),
            models.CheckConstraint(
                condition=Q(is_approved=False) | Q(decided_at__isnull=False),
                name="petition_answer_approved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.petition_id} {self.drafted_at:%Y-%m-%d}"

    @property
    def text_for_joined(self) -> str:
        """What the senders of joined petitions are told."""
        return self.joined_text or self.text

    @property
    def finding_label(self) -> str:
        """What it comes to, in words."""
        return str(FINDING_LABELS[Finding(self.finding)])


class PublishedAnswer(models.Model):
    """Question and answer as everybody reads them, without personal data (E-06), until `withdrawn_at`."""

    petition = models.OneToOneField(
        Petition, on_delete=models.PROTECT, related_name="published", verbose_name="phản ánh, kiến nghị"
    )
    number = models.PositiveIntegerField("số", unique=True)
    title = models.CharField("tiêu đề", max_length=200)
    question = models.TextField("câu hỏi, nội dung")
    answer = models.TextField("trả lời")
    is_question = models.BooleanField("hỏi đáp pháp luật", default=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị trả lời")
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người công khai")
    published_at = models.DateTimeField("công khai lúc")
    withdrawn_at = models.DateTimeField("gỡ lúc", null=True)
    search_key = models.TextField("khóa tìm", editable=False)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "trả lời công khai"
        indexes = [models.Index(fields=["-published_at", "-number"], name="published_answer_by_moment")]

    def __str__(self) -> str:
        return f"{self.number}"
