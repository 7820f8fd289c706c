"""What desks confirmed of their boards, screens and pages, and where feedback about them goes (C-10, E-02)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.documents.models import StoredFile
from motcua.organisations.models import Unit
from motcua.posting.querysets import FeedbackAddressQuerySet, PostingConfirmationQuerySet
from motcua.rules.posting import PostingAct, PostingKind


class PostingConfirmation(models.Model):
    """One word of a desk about one board, screen or page: these procedures were put up, or taken down, on that day.

    Never changed: a correction is a new confirmation that `corrects` this one, and `withdrawn_at` says since when this
    one no longer counts. A correction stands among the acts of a day where `first` stood, the first word that it goes
    back to (null: it corrects nothing). `key` is its public code, chosen by the form, so that a second click confirms
    nothing more. `shows_feedback`: where feedback goes is posted there too (F07). `on` is the day it was done.
    """

    class Act(models.TextChoices):
        """The labels of `rules.posting.PostingAct`."""

        PUT_UP = PostingAct.PUT_UP.value, _("Niêm yết")
        TAKEN_DOWN = PostingAct.TAKEN_DOWN.value, _("Gỡ xuống")

    class Kind(models.TextChoices):
        """The labels of `rules.posting.PostingKind`."""

        BOARD = PostingKind.BOARD.value, _("Bảng niêm yết")
        ELECTRONIC = PostingKind.ELECTRONIC.value, _("Thiết bị điện tử")
        WEB_PAGE = PostingKind.WEB_PAGE.value, _("Trang thông tin điện tử")

    key = models.UUIDField("khóa", default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="nơi niêm yết")
    act = models.CharField("việc", max_length=10, choices=Act.choices)
    kind = models.CharField("hình thức", max_length=10, choices=Kind.choices)
    on = models.DateField("ngày thực hiện")
    shows_feedback = models.BooleanField("có địa chỉ phản ánh, kiến nghị", default=False)
    photo = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ảnh chụp"
    )
    note = models.CharField("ghi chú", max_length=500, blank=True, default="")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người xác nhận"
    )
    confirmed_at = models.DateTimeField("xác nhận lúc")
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="correction", verbose_name="sửa cho"
    )
    first = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lần xác nhận đầu tiên"
    )
    withdrawn_at = models.DateTimeField("không còn tính từ", null=True, blank=True)

    objects = PostingConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = "xác nhận niêm yết"
        indexes = [models.Index(fields=["unit", "on"], name="posting_by_place_and_day")]
        constraints = [
            models.CheckConstraint(condition=Q(act__in=["PUT_UP", "TAKEN_DOWN"]), name="posting_act_known"),
            models.CheckConstraint(
                condition=Q(kind__in=["BOARD", "ELECTRONIC", "WEB_PAGE"]), name="posting_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(act="PUT_UP") | Q(shows_feedback=False), name="posting_feedback_with_what_is_up"
            ),
            models.CheckConstraint(condition=Q(corrects=None) | ~Q(corrects=F("pk")), name="posting_corrects_another"),
            models.CheckConstraint(
                condition=Q(corrects=None, first=None) | Q(corrects__isnull=False, first__isnull=False),
                name="posting_correction_knows_the_first",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.kind} @{self.unit_id} {self.on:%Y-%m-%d}"


class PostingLine(models.Model):
    """One procedure of a confirmation; `version` is the one put up, null where it was taken down."""

    confirmation = models.ForeignKey(
        PostingConfirmation, on_delete=models.CASCADE, related_name="lines", verbose_name="xác nhận"
    )
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="+", verbose_name="thủ tục")
    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nội dung"
    )

    class Meta:
        verbose_name = "thủ tục được xác nhận"
        constraints = [
            models.UniqueConstraint(fields=["confirmation", "procedure"], name="posting_line_once_a_procedure")
        ]

    def __str__(self) -> str:
        return f"#{self.confirmation_id} {self.procedure_id}"


class FeedbackAddress(models.Model):
    """Where people send feedback about what they meet at a desk, for a period (E-02).

    A desk without one of its own uses that of the nearest unit above it.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="feedback_addresses", verbose_name="đơn vị")
    receiver = models.CharField("nơi nhận", max_length=250)
    phone = models.CharField("điện thoại", max_length=50, blank=True, default="")
    email = models.EmailField("thư điện tử", blank=True, default="")
    website = models.URLField("trang tiếp nhận", max_length=200, blank=True, default="")
    address = models.CharField("địa chỉ", max_length=300, blank=True, default="")
    valid_from = models.DateField("áp dụng từ")
    valid_until = models.DateField("đến trước ngày", null=True, blank=True)

    objects = FeedbackAddressQuerySet.as_manager()

    class Meta:
        verbose_name = "địa chỉ phản ánh, kiến nghị"
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(valid_until=None), name="feedback_address_one_open"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="feedback_address_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=~Q(receiver=""), name="feedback_address_has_a_receiver"),
            models.CheckConstraint(
                condition=~Q(phone="", email="", website="", address=""), name="feedback_address_leads_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.unit_id} {self.valid_from:%Y-%m-%d}"
