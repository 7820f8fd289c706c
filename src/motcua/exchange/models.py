"""What the national database says, what its words mean here, where it differs, and what we entered in it."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.accounts.models import User
from motcua.catalogue.models import Procedure, PublicationDecision
from motcua.rules.national_entry import DifferenceKind, EntryState, MappingKind
from motcua.rules.publication import LineKind


class NationalSnapshot(models.Model):
    """A file or a pull in which the national database told of procedures; `is_whole`: of all of them.

    `taken_by` is null when it was taken by the program. `digest` is the SHA-256 of its bytes. `failed_count` procedures
    were there and did not come; they stay as last told.
    """

    class Origin(models.TextChoices):
        """How it came here."""

        FILE = "FILE", _("Tệp")
        PULL = "PULL", _("Kết nối")

    key = models.UUIDField("khóa", default=uuid.uuid4, unique=True, editable=False)
    origin = models.CharField("nguồn", max_length=4, choices=Origin.choices)
    name = models.CharField("tên tệp", max_length=200, blank=True, default="")
    digest = models.CharField("mã băm", max_length=64)
    is_whole = models.BooleanField("toàn bộ danh mục", default=False)
    taken_at = models.DateTimeField("nhận lúc")
    taken_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người nhận"
    )
    record_count = models.PositiveIntegerField("số thủ tục", default=0)
    changed_count = models.PositiveIntegerField("số thủ tục đổi", default=0)
    failed_count = models.PositiveIntegerField("số thủ tục không lấy được", default=0, db_default=0)

    class Meta:
        verbose_name = "bản chụp Cơ sở dữ liệu quốc gia"
        indexes = [models.Index(fields=["-taken_at"], name="national_snapshot_by_moment")]
        constraints = [models.CheckConstraint(condition=Q(origin__in=["FILE", "PULL"]), name="snapshot_origin_known")]

    def __str__(self) -> str:
        return f"{self.origin} {self.name} {self.taken_at:%Y-%m-%d}"


class NationalRecord(models.Model):
    """What the national database says of one procedure, as last told; `content` is the record as it came.

    `told_at` is when it first said so, `seen_at` when it last did; null: only then.
    """

    code = models.CharField("mã thủ tục", max_length=32, unique=True)
    title = models.TextField("tên thủ tục")
    content = models.JSONField("nội dung")
    digest = models.CharField("mã băm nội dung", max_length=64)
    told_at = models.DateTimeField("nhận lúc")
    seen_at = models.DateTimeField("thấy lần cuối lúc", null=True, blank=True)

    class Meta:
        verbose_name = "bản ghi Cơ sở dữ liệu quốc gia"

    def __str__(self) -> str:
        return f"{self.code} {self.title[:60]}"


class NameMapping(models.Model):
    """A word of the national database that we do not know, and what it is called here once an officer has said so.

    `ours` is empty while it waits; who confirmed it and when stand beside it. `example` is the code of a procedure that
    uses it.
    """

    class Kind(models.TextChoices):
        """The labels of `rules.national_entry.MappingKind`."""

        SECTOR = MappingKind.SECTOR.value, _("Lĩnh vực")
        AGENCY = MappingKind.AGENCY.value, _("Cơ quan thực hiện")
        PAPER = MappingKind.PAPER.value, _("Giấy tờ")
        TIME_UNIT = MappingKind.TIME_UNIT.value, _("Đơn vị thời gian")

    key = models.UUIDField("khóa", default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("loại", max_length=9, choices=Kind.choices)
    theirs = models.TextField("tên trong Cơ sở dữ liệu quốc gia")
    theirs_key = models.CharField("khóa so sánh", max_length=64, editable=False)
    theirs_code = models.CharField("mã trong Cơ sở dữ liệu quốc gia", max_length=100, blank=True, default="")
    example = models.CharField("thủ tục có tên này", max_length=32)
    ours = models.TextField("tên tại đây", blank=True, default="")
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người xác nhận"
    )
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)

    class Meta:
        verbose_name = "ghép tên"
        constraints = [
            models.UniqueConstraint(fields=["kind", "theirs_key"], name="mapping_once_a_name"),
            models.CheckConstraint(
                condition=Q(kind__in=["SECTOR", "AGENCY", "PAPER", "TIME_UNIT"]), name="mapping_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(ours="", confirmed_at=None, confirmed_by=None)
                | (~Q(ours="") & Q(confirmed_at__isnull=False, confirmed_by__isnull=False)),
                name="mapping_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.theirs[:60]}"


class NationalDifference(models.Model):
    """A procedure about which the national database and our version in force differ; `parts` are those of C-03.

    `since` is the first day on which a comparison found it, in whatever parts.
    """

    class Kind(models.TextChoices):
        """The labels of `rules.national_entry.DifferenceKind`."""

        MISSING_HERE = DifferenceKind.MISSING_HERE.value, _("Chỉ có trong Cơ sở dữ liệu quốc gia")
        MISSING_THERE = DifferenceKind.MISSING_THERE.value, _("Chỉ có tại đây")
        DIFFERING = DifferenceKind.DIFFERING.value, _("Nội dung khác nhau")

    code = models.CharField("mã thủ tục", max_length=32, unique=True)
    title = models.TextField("tên thủ tục")
    kind = models.CharField("loại", max_length=13, choices=Kind.choices)
    parts = ArrayField(models.CharField(max_length=20), verbose_name="bộ phận", default=list, blank=True)
    since = models.DateField("phát hiện từ")

    class Meta:
        verbose_name = "khác biệt với Cơ sở dữ liệu quốc gia"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["MISSING_HERE", "MISSING_THERE", "DIFFERING"]), name="difference_kind_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.kind}"


class NationalEntry(models.Model):
    """A procedure of a published decision, to be entered in the national database by `due_on` (C-08).

    `key` goes with every attempt to send it, so that a retry enters nothing twice. `due_on` is null when the calendar
    does not reach so far; `entered_on` is the day it is known to stand there.
    """

    class State(models.TextChoices):
        """The labels of `rules.national_entry.EntryState`."""

        NOT_SENT = EntryState.NOT_SENT.value, _("Chưa cập nhật")
        SENT = EntryState.SENT.value, _("Đã gửi, chờ xác nhận")
        CONFIRMED = EntryState.CONFIRMED.value, _("Đã cập nhật")
        DIFFERENT = EntryState.DIFFERENT.value, _("Đã cập nhật nhưng khác nội dung")
        FAILED = EntryState.FAILED.value, _("Gửi lỗi")

    key = models.UUIDField("khóa", default=uuid.uuid4, unique=True, editable=False)
    decision = models.ForeignKey(
        PublicationDecision, on_delete=models.PROTECT, related_name="national_entries", verbose_name="quyết định"
    )
    procedure = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, related_name="national_entries", verbose_name="thủ tục"
    )
    line_kind = models.CharField("loại", max_length=9)
    state = models.CharField("tình trạng", max_length=9, choices=State.choices, default=State.NOT_SENT)
    due_on = models.DateField("hạn cập nhật", null=True, blank=True)
    opened_at = models.DateTimeField("công bố lúc")
    attempt_count = models.PositiveSmallIntegerField("số lần gửi", default=0)
    fault = models.CharField("lỗi gần nhất", max_length=100, blank=True, default="")
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    entered_on = models.DateField("ngày cập nhật", null=True, blank=True)
    confirmed_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người xác nhận"
    )

    class Meta:
        verbose_name = "việc cập nhật Cơ sở dữ liệu quốc gia"
        constraints = [
            models.UniqueConstraint(fields=["decision", "procedure"], name="national_entry_once_a_line"),
            models.CheckConstraint(
                condition=Q(state__in=["NOT_SENT", "SENT", "CONFIRMED", "DIFFERENT", "FAILED"]),
                name="national_entry_state_known",
            ),
            models.CheckConstraint(
                condition=Q(line_kind__in=[kind.value for kind in LineKind]), name="national_entry_line_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="CONFIRMED") | Q(entered_on__isnull=False), name="national_entry_confirmed_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.state}"
