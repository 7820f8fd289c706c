"""A dossier: one request by one applicant under one version of a procedure."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models import ProcedureVersion, Workflow
from motcua.dossiers.models.linked import LinkedApplication
from motcua.dossiers.querysets import DossierQuerySet
from motcua.organisations.models import Unit
from motcua.rules.derivation_sentences import OF_PETITIONS
from motcua.rules.linked import LEAD
from motcua.rules.promises import Beginning, PromiseCause
from motcua.rules.transitions import Status


class FilingChannel(models.TextChoices):
    """How the dossier came in (B-10)."""

    ONLINE = "ONLINE", _("Trực tuyến")
    DIRECT = "DIRECT", _("Trực tiếp")
    POSTAL = "POSTAL", _("Bưu chính công ích")


class ReturnChannel(models.TextChoices):
    """How the applicant wants the result."""

    AT_THE_DESK = "AT_THE_DESK", _("Nhận tại quầy")
    POST = "POST", _("Qua bưu chính công ích")
    ONLINE = "ONLINE", _("Bản điện tử")


STATUS_LABELS: dict[Status, Promise] = {
    Status.DRAFT: _("Đang soạn"),
    Status.SUBMITTED: _("Chờ tiếp nhận"),
    Status.INTAKE_SUPPLEMENT: _("Chờ bổ sung giấy tờ"),
    Status.NOT_ACCEPTED: _("Không được tiếp nhận"),
    Status.ACCEPTED: _("Đã tiếp nhận"),
    Status.TRANSFERRED: _("Chờ phân công"),
    Status.IN_PROGRESS: _("Đang thẩm tra"),
    Status.SUPPLEMENT: _("Chờ bổ sung theo yêu cầu thẩm tra"),
    Status.CONSULTING: _("Đang lấy ý kiến"),
    Status.FINANCIAL: _("Chờ thực hiện nghĩa vụ tài chính"),
    Status.PENDING_SIGN: _("Chờ ký"),
    Status.SIGNED: _("Chờ đóng dấu, phát hành"),
    Status.DONE: _("Đã có kết quả"),
    Status.REFUSED: _("Từ chối giải quyết"),
    Status.CORRECTING: _("Đang đính chính kết quả"),
    Status.RETURNED: _("Đã trả kết quả"),
    Status.IMMEDIATE_DONE: _("Đã trả kết quả ngay"),
    Status.WITHDRAWN: _("Đã rút"),
    Status.STOPPED: _("Dừng giải quyết"),
    Status.CLOSED_UNANSWERED: _("Đóng vì không bổ sung"),
}


class Dossier(models.Model):
    """One request and where it stands.

    `reference` is the public code from the draft on; `code` is the national dossier code, given at acceptance and kept
    for life (B-40). `version` counts the changes, so that an officer who acts on what is no longer so is told.
    `holder_unit`, `holder_role` and `assignee` say who must act now, all empty when it is the applicant's turn or
    nobody's; `action_due_at` is when: the intake answer before acceptance (B-20), the result after it, and nothing
    once it is there (L-11). `warn_at` is when whoever must act is warned, null while no clock runs (L-12).
    `derivation` tells how `due_at` was counted, by language, as `rules.deadlines.derivation_as_json` gives it;
    `promise_cause` is what gave the promise, `counted_from` and `counted_because` what its limit is counted from: empty
    before acceptance, and for dossiers accepted before these columns were, which count from their acceptance.
    `linked_application` and `leg_number` are set together, for a leg of a linked application; the leading leg is 1.
    A reference without an index of its own leads an index of `Meta`.
    """

    reference = models.CharField("mã tra cứu", max_length=20, unique=True)
    code = models.CharField("mã hồ sơ", max_length=64, unique=True, null=True)  # noqa: DJ001  # unique where given
    draft_key = models.UUIDField("khóa bản nháp", unique=True)
    lookup_pin = models.CharField("mã PIN tra cứu", max_length=6)
    status = models.CharField("trạng thái", max_length=32, choices=[(s.value, STATUS_LABELS[s]) for s in Status])
    version = models.PositiveIntegerField("lần thay đổi", default=1)
    regime = models.CharField("chế độ pháp lý", max_length=10, blank=True)
    procedure_version = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, related_name="dossiers", verbose_name="thủ tục"
    )
    workflow = models.ForeignKey(
        Workflow, on_delete=models.PROTECT, related_name="dossiers", verbose_name="quy trình nội bộ"
    )
    receiving_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="received_dossiers", verbose_name="nơi tiếp nhận", db_index=False
    )
    competent_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="settled_dossiers", verbose_name="cơ quan giải quyết"
    )
    filing_channel = models.CharField("cách nộp", max_length=10, choices=FilingChannel.choices)
    return_channel = models.CharField(
        "cách nhận kết quả", max_length=12, choices=ReturnChannel.choices, default=ReturnChannel.AT_THE_DESK
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="own_dossiers",
        verbose_name="tài khoản người nộp",
        db_index=False,
    )
    holder_unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        related_name="held_dossiers",
        verbose_name="nơi đang giữ",
        db_index=False,
    )
    holder_role = models.CharField("vai trò đang giữ", max_length=40, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="assigned_dossiers",
        verbose_name="người thụ lý",
    )
    created_at = models.DateTimeField("tạo lúc")
    submitted_at = models.DateTimeField("nộp lúc", null=True)
    accepted_at = models.DateTimeField("tiếp nhận lúc", null=True)
    due_at = models.DateTimeField("hạn trả kết quả", null=True)
    due_is_provisional = models.BooleanField("hạn tạm tính", default=False)
    derivation = models.JSONField("cách tính hạn", default=dict)
    promise_cause = models.CharField(
        "hạn có từ",
        max_length=16,
        choices=[(cause.value, cause.value) for cause in PromiseCause],
        default=PromiseCause.ACCEPTANCE.value,
        db_default=PromiseCause.ACCEPTANCE.value,
    )
    counted_from = models.DateTimeField("tính hạn từ", null=True)
    counted_because = models.CharField(
        "tính hạn từ khi",
        max_length=20,
        choices=[(beginning.value, beginning.value) for beginning in Beginning if beginning not in OF_PETITIONS],
        default=Beginning.ACCEPTED.value,
        db_default=Beginning.ACCEPTED.value,
    )
    action_due_at = models.DateTimeField("phải xử lý trước", null=True)
    warn_at = models.DateTimeField("cảnh báo từ", null=True)
    linked_application = models.ForeignKey(
        LinkedApplication,
        on_delete=models.PROTECT,
        null=True,
        related_name="dossiers",
        verbose_name="hồ sơ liên thông",
        db_index=False,
    )
    leg_number = models.PositiveSmallIntegerField("việc thứ", null=True)
    finished_at = models.DateTimeField("có kết quả lúc", null=True)
    closed_at = models.DateTimeField("kết thúc lúc", null=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(code__isnull=False, due_at__isnull=False),
                name="dossier_accepted_has_code_and_due",
            ),
            models.CheckConstraint(
                condition=models.Q(due_at=None) | models.Q(due_at__gte=models.F("accepted_at")),
                name="dossier_due_after_acceptance",
            ),
            models.CheckConstraint(
                condition=models.Q(holder_unit=None, holder_role="")
                | (models.Q(holder_unit__isnull=False) & ~models.Q(holder_role="")),
                name="dossier_holder_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(linked_application=None, leg_number=None)
                | models.Q(linked_application__isnull=False, leg_number__isnull=False),
                name="dossier_leg_is_whole",
            ),
            models.UniqueConstraint(
                fields=["linked_application", "leg_number"],
                condition=models.Q(linked_application__isnull=False),
                name="dossier_one_per_leg",
            ),
        ]
        indexes = [
            models.Index(
                fields=["holder_unit", "holder_role", "action_due_at", "id"],
                condition=models.Q(holder_unit__isnull=False),
                name="dossier_worklist",
            ),
            models.Index(
                fields=["receiving_unit", "action_due_at", "id"],
                include=["status", "holder_unit", "holder_role", "assignee"],
                condition=models.Q(closed_at=None, submitted_at__isnull=False),
                name="dossier_under_way",
            ),
            models.Index(
                fields=["competent_unit", "action_due_at", "id"],
                include=["status", "holder_unit", "holder_role", "assignee"],
                condition=models.Q(closed_at=None, accepted_at__isnull=False),
                name="dossier_being_settled",
            ),
            models.Index(
                fields=["warn_at"],
                condition=models.Q(closed_at=None, warn_at__isnull=False),
                name="dossier_to_watch",
            ),
            models.Index(fields=["receiving_unit", "-created_at", "id"], name="dossier_by_desk"),
            models.Index(fields=["owner", "-created_at"], name="dossier_by_owner"),
            models.Index(
                fields=["submitted_at"],
                include=["procedure_version"],
                condition=models.Q(submitted_at__isnull=False),
                name="dossier_by_submission",
            ),
            models.Index(fields=["created_at"], condition=models.Q(status=Status.DRAFT), name="dossier_drafts_by_age"),
        ]

    def __str__(self) -> str:
        return self.public_code

    @property
    def public_code(self) -> str:
        """The code people use: the national one once there is one, the reference before."""
        return self.code or self.reference

    @property
    def matter(self) -> str:
        """What was applied for: the group of a linked application at its leading leg, else the procedure.

        Needs `procedure_version`, and `linked_application__group` of a leading leg, loaded.
        """
        whole = self.linked_application if self.leg_number == LEAD else None
        return whole.group.name if whole else self.procedure_version.name

    @property
    def leg_name(self) -> str:
        """The procedure, of a leg of a linked application, whose own dates are not the whole's; else empty."""
        return self.procedure_version.name if self.linked_application_id is not None else ""

    @property
    def promised_at(self) -> datetime | None:
        """When the applicant was promised the result: the whole's at the leading leg; needs it loaded there."""
        whole = self.linked_application if self.leg_number == LEAD else None
        return whole.due_at if whole else self.due_at

    @property
    def stage(self) -> Status:
        """The status as the rules know it."""
        return Status(self.status)
