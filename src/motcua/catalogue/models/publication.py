"""Decisions that publish new, amended, replaced and abolished procedures (C-02, C-06)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models.procedure import Procedure, ProcedureVersion
from motcua.organisations.models import Unit
from motcua.rules.publication import DecisionState, LineKind, Norm, Publisher


class PublicationDecision(models.Model):
    """A decision that publishes procedures; frozen once published but for the day it entered the national database.

    `number` and `signed_on` are empty until the publisher signs. `norm_*` tell of the text that makes it necessary.
    `key` is its public code, chosen by the form that begins it, so that a second click begins nothing.
    `begun_by` is null where it came in a configuration package, which names nobody.
    """

    class PublisherChoice(models.TextChoices):
        """The labels of `rules.publication.Publisher`."""

        MINISTER = Publisher.MINISTER.value, _("Bộ trưởng")
        CHAIRMAN = Publisher.CHAIRMAN.value, _("Chủ tịch UBND tỉnh")

    class State(models.TextChoices):
        """The labels of `rules.publication.DecisionState`."""

        DRAFT = DecisionState.DRAFT.value, _("Đang soạn")
        SUBMITTED = DecisionState.SUBMITTED.value, _("Chờ ký công bố")
        GIVEN_BACK = DecisionState.GIVEN_BACK.value, _("Trả lại để sửa")
        PUBLISHED = DecisionState.PUBLISHED.value, _("Đã công bố")

    key = models.UUIDField("khóa", default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField("trích yếu", max_length=500)
    issuer = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="publication_decisions", verbose_name="cơ quan công bố"
    )
    publisher = models.CharField("người công bố", max_length=8, choices=PublisherChoice.choices)
    state = models.CharField("tình trạng", max_length=10, choices=State.choices, default=State.DRAFT)
    norm = models.CharField("văn bản quy định", max_length=100)
    norm_issued_on = models.DateField("ngày ban hành văn bản", null=True, blank=True)
    norm_effective_on = models.DateField("ngày văn bản có hiệu lực")
    is_shortened = models.BooleanField("theo trình tự, thủ tục rút gọn", default=False)
    number = models.CharField("số quyết định", max_length=100, blank=True, default="")
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người soạn",
    )
    begun_at = models.DateTimeField("bắt đầu soạn lúc")
    submitted_at = models.DateTimeField("trình lúc", null=True, blank=True)
    published_at = models.DateTimeField("công bố lúc", null=True, blank=True)
    entered_on = models.DateField("ngày cập nhật Cơ sở dữ liệu quốc gia", null=True, blank=True)
    remark = models.TextField("ý kiến trả lại", blank=True, default="")

    class Meta:
        verbose_name = "quyết định công bố"
        constraints = [
            models.CheckConstraint(
                condition=Q(publisher__in=["MINISTER", "CHAIRMAN"]), name="publication_publisher_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["DRAFT", "SUBMITTED", "GIVEN_BACK"], published_at=None, entered_on=None)
                | (Q(state="PUBLISHED", published_at__isnull=False, signed_on__isnull=False) & ~Q(number="")),
                name="publication_signed_once_published",
            ),
            models.UniqueConstraint(
                fields=["issuer", "number", "signed_on"],
                condition=Q(state="PUBLISHED"),
                name="publication_number_once_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number or self.key} {self.title[:60]}"

    @property
    def as_norm(self) -> Norm:
        """The text that makes the publication necessary, as the rules know it."""
        return Norm(self.norm_effective_on, self.norm_issued_on, self.is_shortened)


class PublicationLine(models.Model):
    """What a decision does to one procedure.

    `version` is the content of a NEW or AMENDED one: a draft until the decision is published. `based_on` is the version
    it was begun from, null where there was none. `ended_on` is the day from which a REPLACED or ABOLISHED one is
    withdrawn, null until the decision is published.
    """

    class Kind(models.TextChoices):
        """The labels of `rules.publication.LineKind`."""

        NEW = LineKind.NEW.value, _("Mới ban hành")
        AMENDED = LineKind.AMENDED.value, _("Sửa đổi, bổ sung")
        REPLACED = LineKind.REPLACED.value, _("Bị thay thế")
        ABOLISHED = LineKind.ABOLISHED.value, _("Bị bãi bỏ")

    decision = models.ForeignKey(
        PublicationDecision, on_delete=models.CASCADE, related_name="lines", verbose_name="quyết định công bố"
    )
    kind = models.CharField("loại", max_length=9, choices=Kind.choices)
    procedure = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, related_name="publication_lines", verbose_name="thủ tục"
    )
    version = models.OneToOneField(
        ProcedureVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="publication_line",
        verbose_name="nội dung mới",
    )
    based_on = models.ForeignKey(
        ProcedureVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="soạn từ nội dung",
    )
    replaced_by = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thay bằng"
    )
    norm = models.CharField("văn bản sửa đổi, bãi bỏ", max_length=100, blank=True, default="")
    note = models.TextField("nội dung sửa đổi", blank=True, default="")
    ended_on = models.DateField("hết hiệu lực từ", null=True, blank=True)

    class Meta:
        verbose_name = "dòng của quyết định công bố"
        constraints = [
            models.UniqueConstraint(fields=["decision", "procedure"], name="publication_line_once_a_procedure"),
            models.CheckConstraint(
                condition=Q(kind__in=["NEW", "AMENDED"], version__isnull=False, replaced_by=None, ended_on=None)
                | Q(kind="REPLACED", version=None, replaced_by__isnull=False)
                | Q(kind="ABOLISHED", version=None, replaced_by=None),
                name="publication_line_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | ~Q(replaced_by=models.F("procedure")),
                name="publication_line_replaced_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.procedure_id}"
