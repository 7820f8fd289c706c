"""Groups of procedures that are applied for together, in one application, at several agencies (liên thông, B-21)."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models.procedure import Procedure
from motcua.catalogue.querysets import LinkedGroupQuerySet
from motcua.rules.linked import LEAD, WithdrawalEnds
from motcua.rules.linked_papers import Sharing

WITHDRAWAL_LABELS: dict[WithdrawalEnds, Promise] = {
    WithdrawalEnds.EACH_DECISION: _("đến khi có quyết định của từng việc"),
    WithdrawalEnds.FIRST_DECISION: _("đến khi có quyết định đầu tiên"),
}


class LinkedGroup(models.Model):
    """A group in one period; its legs never change: another arrangement is a new row with the same code.

    `returns_together`: the results are given out once, when every leg has ended; `waits_days` after a leg was due they
    no longer wait for it (working days of its agency; None: they always do). `withdrawal_ends` says until when it may
    be taken back. `source` is what links them.
    """

    code = models.SlugField("mã", max_length=80)
    name = models.CharField("tên", max_length=300)
    summary = models.TextField("tóm tắt", blank=True, default="")
    keywords = ArrayField(models.CharField(max_length=100), verbose_name="từ khóa", default=list, blank=True)
    life_events = ArrayField(models.CharField(max_length=60), verbose_name="sự kiện đời sống", default=list, blank=True)
    returns_together = models.BooleanField("trả kết quả một lần", default=True)
    waits_days = models.PositiveSmallIntegerField("chờ việc trễ hạn, ngày làm việc", null=True, blank=True)
    withdrawal_ends = models.CharField(
        "được rút",
        max_length=16,
        choices=[(ends.value, label) for ends, label in WITHDRAWAL_LABELS.items()],
        default=WithdrawalEnds.EACH_DECISION.value,
        db_default=WithdrawalEnds.EACH_DECISION.value,
    )
    source = models.CharField("căn cứ", max_length=300)
    search_key = models.TextField("khóa tìm", editable=False)
    sort_key = models.TextField("khóa xếp", editable=False, db_collation="C")
    content_hash = models.CharField("mã băm nội dung", max_length=64, editable=False)
    valid_from = models.DateField("hiệu lực từ")
    valid_until = models.DateField("hết hiệu lực từ", null=True, blank=True)

    objects = LinkedGroupQuerySet.as_manager()

    class Meta:
        verbose_name = "nhóm thủ tục liên thông"
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_until=None), name="linked_group_one_open_a_code"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")), name="linked_group_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(source=""), name="linked_group_has_name_and_source"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.valid_from}"

    def is_in_force(self, day: date) -> bool:
        """Tell whether it can be applied for on `day`."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


class GroupLeg(models.Model):
    """One procedure of a group: which legs it needs, and what it need not be given because another leg has it.

    Questions and papers of all legs are asked for once, at the leading leg; those of leg `n` go by
    `rules.linked_papers`. `shared_answers` says by key of this procedure's question which asked one answers it,
    `shared_papers` by position of its paper which handed-in one serves, `result_papers` by position of which leg's
    result serves.
    """

    group = models.ForeignKey(LinkedGroup, on_delete=models.CASCADE, related_name="legs", verbose_name="nhóm")
    number = models.PositiveSmallIntegerField("việc thứ")
    procedure = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, related_name="group_legs", verbose_name="thủ tục"
    )
    needs = ArrayField(models.PositiveSmallIntegerField(), verbose_name="cần kết quả của", default=list, blank=True)
    shared_answers = models.JSONField("câu trả lời dùng chung", default=dict, blank=True)
    shared_papers = models.JSONField("giấy tờ dùng chung", default=dict, blank=True)
    result_papers = models.JSONField("giấy tờ là kết quả của việc trước", default=dict, blank=True)

    class Meta:
        verbose_name = "việc của nhóm"
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="group_leg_number_once"),
            models.UniqueConstraint(fields=["group", "procedure"], name="group_leg_procedure_once"),
            models.CheckConstraint(condition=Q(number__gte=LEAD), name="group_leg_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}.{self.number}"

    def as_rule(self) -> Sharing:
        """What the leg shares, as the rules know it; JSON keeps the positions as text."""
        return Sharing(
            number=self.number,
            answers=self.shared_answers,
            papers={int(position): int(given) for position, given in self.shared_papers.items()},
            results={int(position): int(giver) for position, giver in self.result_papers.items()},
        )
