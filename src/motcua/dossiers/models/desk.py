"""What officials keep for their own work: who has what open, filters, what they follow, bulk jobs, notes, phrases."""

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models import Procedure
from motcua.dossiers.models.dossier import Dossier
from motcua.organisations.models import Unit
from motcua.rules.bulk import BulkAct, Deed, ItemOutcome

BULK_LABELS: dict[BulkAct, Promise] = {
    BulkAct.ASSIGN: _("Phân công, giao lại cho cán bộ"),
    BulkAct.ASSIGN_LEG: _("Giao bước phối hợp cho cán bộ"),
    BulkAct.TRANSFER: _("Chuyển cơ quan giải quyết"),
    BulkAct.REMIND: _("Nhắc việc"),
    BulkAct.MEMO: _("Ghi chú nội bộ"),
    BulkAct.FOLLOW: _("Theo dõi"),
    BulkAct.TAKE_BACK: _("Thu lại việc đã làm"),
}


class Opening(models.Model):
    """That an official has, or had, a dossier open: nobody is kept out by it, colleagues only read so (ux 22).

    `seen_version` is the newest version they have seen: a higher one is unread. `seen_at` is the last sign of life;
    `act` the act whose form is open since `act_since`, empty while they only read.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="người mở", db_index=False
    )
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="openings", verbose_name="hồ sơ")
    seen_version = models.PositiveIntegerField("lần thay đổi đã xem")
    seen_at = models.DateTimeField("còn mở lúc", null=True)
    act = models.CharField("đang làm việc", max_length=40, blank=True)
    act_since = models.DateTimeField("bắt đầu sửa lúc", null=True)

    class Meta:
        verbose_name = "hồ sơ đang mở"
        constraints = [models.UniqueConstraint(fields=["user", "dossier"], name="opening_one_per_person")]

    def __str__(self) -> str:
        return f"#{self.dossier_id} {self.user_id}"


class SavedFilter(models.Model):
    """A worklist address under a name; `unit` is whose officials may use it too, null for its owner alone."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="người lưu", db_index=False
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="dùng chung với đơn vị"
    )
    name = models.CharField("tên bộ lọc", max_length=60)
    query = models.CharField("bộ lọc", max_length=4000, blank=True)
    saved_at = models.DateTimeField("lưu lúc")

    class Meta:
        verbose_name = "bộ lọc đã lưu"
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="saved_filter_name_once")]

    def __str__(self) -> str:
        return f"{self.owner_id} {self.name}"


class Following(models.Model):
    """That an official wants to be told what happens to a dossier which need not be theirs to act on (ux 23).

    `told_seq` is the last event of the dossier's record they were told of.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="người theo dõi"
    )
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="followings", verbose_name="hồ sơ")
    reason = models.CharField("vì sao", max_length=200, blank=True)
    since = models.DateTimeField("theo dõi từ")
    told_seq = models.PositiveIntegerField("đã báo đến", default=0)

    class Meta:
        verbose_name = "theo dõi"
        constraints = [models.UniqueConstraint(fields=["dossier", "user"], name="following_once")]

    def __str__(self) -> str:
        return f"#{self.dossier_id} {self.user_id}"


class Memo(models.Model):
    """A note of an official in a dossier, for colleagues; applicants never read it."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="memos", verbose_name="hồ sơ")
    text = models.TextField("ghi chú")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi"
    )
    written_at = models.DateTimeField("ghi lúc")

    class Meta:
        verbose_name = "ghi chú nội bộ"

    def __str__(self) -> str:
        return f"#{self.dossier_id} {self.written_at:%Y-%m-%d}"


class StockPhrase(models.Model):
    """Wording that the officials of a unit use again in an act; `procedure` is null where it fits every one."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    procedure = models.ForeignKey(
        Procedure, on_delete=models.CASCADE, null=True, related_name="+", verbose_name="thủ tục"
    )
    act = models.CharField("việc", max_length=40)
    name = models.CharField("tên mẫu", max_length=60)
    text = models.TextField("câu mẫu")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người soạn"
    )
    written_at = models.DateTimeField("soạn lúc")

    class Meta:
        verbose_name = "câu mẫu"
        constraints = [models.UniqueConstraint(fields=["unit", "act", "name"], name="stock_phrase_name_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.act} {self.name}"


class BulkJob(models.Model):
    """One act on many dossiers, done one by one after `starts_at`; until then it can be undone as a whole (ux 20).

    `key` comes with the form, so that a button pressed twice orders once. `to` is who gets them, where the act names
    one; `takes_back` is the job whose doings this one takes back, for TAKE_BACK alone. Cancelled after its start, it
    does no further dossier.
    """

    key = models.UUIDField("khóa", unique=True)
    act = models.CharField("việc", max_length=10, choices=[(act.value, label) for act, label in BULK_LABELS.items()])
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="giao cho",
        db_index=False,
    )
    takes_back = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="taken_back_by", verbose_name="thu lại việc"
    )
    text = models.CharField("lời dặn", max_length=500, blank=True)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người yêu cầu"
    )
    ordered_at = models.DateTimeField("yêu cầu lúc")
    starts_at = models.DateTimeField("bắt đầu lúc")
    cancelled_at = models.DateTimeField("dừng lúc", null=True)
    finished_at = models.DateTimeField("xong lúc", null=True)

    class Meta:
        verbose_name = "việc hàng loạt"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(act=BulkAct.TAKE_BACK.value, takes_back__isnull=False)
                | (~models.Q(act=BulkAct.TAKE_BACK.value) & models.Q(takes_back=None)),
                name="bulk_job_takes_back",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.act}"

    @property
    def record_subject(self) -> str:
        """How the record names the job."""
        return f"bulk:{self.key}"


class BulkItem(models.Model):
    """One dossier of a bulk job, as it was seen in the preview, and what came of it.

    `reason` is the name of the refusal, empty for none. `done_version` is the version of the dossier after the act,
    null where it changed nothing; `former` is the officer who had it before the act gave it to another, null: nobody.
    """

    job = models.ForeignKey(
        BulkJob, on_delete=models.CASCADE, related_name="items", verbose_name="việc hàng loạt", db_index=False
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="+", verbose_name="hồ sơ")
    seen_version = models.PositiveIntegerField("lần thay đổi đã xem")
    outcome = models.CharField(
        "kết quả",
        max_length=10,
        choices=[(outcome.value, outcome.value) for outcome in ItemOutcome],
        default=ItemOutcome.WAITING.value,
        db_default=ItemOutcome.WAITING.value,
    )
    reason = models.CharField("vì sao không", max_length=40, blank=True)
    done_at = models.DateTimeField("xong lúc", null=True)
    done_version = models.PositiveIntegerField("lần thay đổi sau khi làm", null=True)
    former = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="người giữ trước đó",
        db_index=False,
    )

    class Meta:
        verbose_name = "hồ sơ trong việc hàng loạt"
        constraints = [
            models.UniqueConstraint(fields=["job", "position"], name="bulk_item_place"),
            models.UniqueConstraint(fields=["job", "dossier"], name="bulk_item_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.job_id} {self.position}"

    def as_deed(self, act: BulkAct) -> Deed:
        """Return what the finished job of this `act` did to the dossier."""
        return Deed(act, self.done_version, self.former_id)
