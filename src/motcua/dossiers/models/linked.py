"""A linked application: one request that fans out into legs, each a dossier of its own (liên thông, B-21)."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models import GroupLeg, LinkedGroup, ProcedureVersion, Workflow
from motcua.dossiers.querysets import LinkedApplicationQuerySet
from motcua.organisations.models import Unit
from motcua.rules.linked import LEAD, LegState, WholeState

LEG_LABELS: dict[LegState, Promise] = {
    LegState.WAITING: _("Chờ việc trước"),
    LegState.OPEN: _("Đang giải quyết"),
    LegState.GRANTED: _("Có kết quả"),
    LegState.NOT_GRANTED: _("Không được giải quyết"),
    LegState.NOT_NEEDED: _("Không thực hiện"),
}
WHOLE_LABELS: dict[WholeState, Promise] = {
    WholeState.AT_THE_DESK: _("Chờ tiếp nhận"),
    WholeState.UNDER_WAY: _("Đang giải quyết"),
    WholeState.GRANTED: _("Có đủ kết quả"),
    WholeState.PARTLY_GRANTED: _("Có một phần kết quả"),
    WholeState.NOT_GRANTED: _("Không được giải quyết"),
}


class LinkedApplication(models.Model):
    """The whole: its promise, and where it stands. The dossier of its leading leg carries applicant, code and PIN.

    `reference` is that dossier's. `due_at` and `derivation` are of the whole, empty before acceptance; `finished_at` is
    when the last leg ended, `given_out_at` when a result of it was given out first, `closed_at` when nothing waits to
    be given out any more or it came to nothing.
    """

    reference = models.CharField("mã tra cứu", max_length=20, unique=True)
    group = models.ForeignKey(
        LinkedGroup, on_delete=models.PROTECT, related_name="applications", verbose_name="nhóm liên thông"
    )
    state = models.CharField(
        "tình trạng",
        max_length=16,
        choices=[(state.value, label) for state, label in WHOLE_LABELS.items()],
        default=WholeState.AT_THE_DESK.value,
    )
    created_at = models.DateTimeField("tạo lúc")
    accepted_at = models.DateTimeField("tiếp nhận lúc", null=True)
    due_at = models.DateTimeField("hạn trả kết quả", null=True)
    due_is_provisional = models.BooleanField("hạn tạm tính", default=False)
    derivation = models.JSONField("cách tính hạn", default=dict)
    finished_at = models.DateTimeField("xong các việc lúc", null=True)
    given_out_at = models.DateTimeField("trả kết quả lần đầu lúc", null=True)
    closed_at = models.DateTimeField("kết thúc lúc", null=True)

    objects = LinkedApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ liên thông"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accepted_at=None, due_at=None)
                | models.Q(accepted_at__isnull=False, due_at__gte=models.F("accepted_at")),
                name="linked_accepted_has_due",
            )
        ]
        indexes = [models.Index(fields=["due_at", "id"], condition=models.Q(closed_at=None), name="linked_under_way")]

    def __str__(self) -> str:
        return self.reference

    @property
    def stage(self) -> WholeState:
        """Where the whole stands, as the rules know it."""
        return WholeState(self.state)


class FormerLinkedPromise(models.Model):
    """A due moment of the whole that was promised and then replaced: only ever appended (R-2).

    Its derivation is kept as it was shown.
    """

    application = models.ForeignKey(
        LinkedApplication,
        on_delete=models.CASCADE,
        related_name="former_promises",
        verbose_name="hồ sơ liên thông",
        db_index=False,
    )
    due_at = models.DateTimeField("hạn đã hẹn")
    derivation = models.JSONField("cách tính hạn", default=dict)
    replaced_at = models.DateTimeField("thay đổi lúc")

    class Meta:
        verbose_name = "hạn trước đây của hồ sơ liên thông"
        indexes = [models.Index(fields=["application", "replaced_at"], name="former_linked_promise")]

    def __str__(self) -> str:
        return f"#{self.application_id} {self.due_at:%Y-%m-%d %H:%M}"


class LinkedLeg(models.Model):
    """One leg of an application: what it will be settled by, its plan, and where it stands.

    `begins_at` and `due_at` are the plan for the whole; the clock of the leg's own dossier may run earlier or later.
    `awaited_until` is when the results of the others no longer wait for it, None: they always do.
    `because_of` is the number of the leg that keeps it from ever opening.
    """

    application = models.ForeignKey(
        LinkedApplication, on_delete=models.CASCADE, related_name="legs", verbose_name="hồ sơ liên thông"
    )
    number = models.PositiveSmallIntegerField("việc thứ")
    group_leg = models.ForeignKey(GroupLeg, on_delete=models.PROTECT, related_name="+", verbose_name="việc của nhóm")
    procedure_version = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, related_name="+", verbose_name="thủ tục"
    )
    workflow = models.ForeignKey(Workflow, on_delete=models.PROTECT, related_name="+", verbose_name="quy trình nội bộ")
    competent_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan giải quyết"
    )
    state = models.CharField(
        "tình trạng",
        max_length=16,
        choices=[(state.value, label) for state, label in LEG_LABELS.items()],
        default=LegState.WAITING.value,
    )
    begins_at = models.DateTimeField("dự kiến bắt đầu", null=True)
    due_at = models.DateTimeField("hạn của việc", null=True)
    awaited_until = models.DateTimeField("các kết quả khác chờ đến", null=True)
    ended_at = models.DateTimeField("xong lúc", null=True)
    because_of = models.PositiveSmallIntegerField("vì việc thứ", null=True)

    class Meta:
        verbose_name = "việc của hồ sơ liên thông"
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="linked_leg_number_once"),
            models.CheckConstraint(condition=models.Q(number__gte=LEAD), name="linked_leg_counts_from_one"),
            models.CheckConstraint(
                condition=models.Q(because_of=None) | models.Q(state=LegState.NOT_NEEDED.value),
                name="linked_leg_not_needed_because",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.application_id}.{self.number}"

    @property
    def stage(self) -> LegState:
        """Where the leg stands, as the rules know it."""
        return LegState(self.state)
