"""Work on paper while the system is down: kits of numbers, outages, and what was entered from paper (B-25)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models.dossier import Dossier
from motcua.organisations.models import Unit
from motcua.rules.paper_mode import OutageFact


class PaperKit(models.Model):
    """The numbers that one desk keeps on paper for the dossiers of one agency, from `first_number` to `last_number`.

    `identifier` is that of the agency as the blank forms print it. A kit that was withdrawn is used no more; its
    numbers are free again from the next day on.
    """

    code = models.CharField("mã bộ", max_length=100, unique=True)
    desk = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="paper_kits", verbose_name="nơi tiếp nhận", db_index=False
    )
    competent_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan giải quyết"
    )
    identifier = models.CharField("mã định danh in trên giấy", max_length=35)
    first_number = models.PositiveIntegerField("từ số")
    last_number = models.PositiveIntegerField("đến số")
    reserved_at = models.DateTimeField("giữ số lúc")
    reserved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người giữ số"
    )
    withdrawn_at = models.DateTimeField("thu hồi lúc", null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người thu hồi"
    )

    class Meta:
        verbose_name = "bộ giấy tờ dự phòng"
        indexes = [models.Index(fields=["desk", "-reserved_at"], name="paper_kit_by_desk")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_number__gte=models.F("first_number")), name="paper_kit_has_numbers"
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None, withdrawn_by=None)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="paper_kit_withdrawn_as_a_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class PaperSlot(models.Model):
    """One number of a kit, with the PIN that its receipt prints; spoilt when its sheet may not be used any more.

    `competent_unit` and `retired_at` are those of the kit, so that no two kits in use ever hold a number of an agency.
    """

    kit = models.ForeignKey(PaperKit, on_delete=models.CASCADE, related_name="slots", verbose_name="bộ", db_index=False)
    competent_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan giải quyết", db_index=False
    )
    number = models.PositiveIntegerField("số")
    pin = models.CharField("mã PIN tra cứu", max_length=6)
    spoilt_at = models.DateTimeField("hỏng lúc", null=True)
    spoilt_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người báo hỏng"
    )
    spoilt_reason = models.CharField("lý do hỏng", max_length=300, blank=True)
    retired_at = models.DateTimeField("thu hồi lúc", null=True)

    class Meta:
        verbose_name = "số dự phòng"
        constraints = [
            models.UniqueConstraint(fields=["kit", "number"], name="paper_slot_once_a_kit"),
            models.UniqueConstraint(
                fields=["competent_unit", "number"],
                condition=models.Q(retired_at=None),
                name="paper_slot_once_an_agency",
            ),
            models.CheckConstraint(
                condition=models.Q(spoilt_at=None, spoilt_by=None, spoilt_reason="")
                | (models.Q(spoilt_at__isnull=False, spoilt_by__isnull=False) & ~models.Q(spoilt_reason="")),
                name="paper_slot_spoilt_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.kit_id} {self.number}"


class Outage(models.Model):
    """When a desk could not work on the system, as its head declared it; `ended_at` is None while it lasts."""

    desk = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="outages", verbose_name="nơi tiếp nhận", db_index=False
    )
    began_at = models.DateTimeField("từ lúc")
    ended_at = models.DateTimeField("đến lúc", null=True)
    reason = models.CharField("lý do", max_length=300)
    declared_at = models.DateTimeField("khai báo lúc")
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người khai báo"
    )

    class Meta:
        verbose_name = "gián đoạn hệ thống"
        indexes = [models.Index(fields=["desk", "-began_at"], name="outage_by_desk")]
        constraints = [
            models.UniqueConstraint(fields=["desk"], condition=models.Q(ended_at=None), name="outage_one_open_a_desk"),
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(ended_at__gt=models.F("began_at")),
                name="outage_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.desk_id} {self.began_at:%Y-%m-%d %H:%M}"

    def as_rule(self) -> OutageFact:
        """The outage as the rules know it."""
        return OutageFact(self.began_at, self.ended_at)


class PaperEntry(models.Model):
    """That a desk answered an application on paper and it was entered later, with its original moments (B-25).

    The flag says what was done: accepted, declined, papers asked for, at `done_at` (null: at the acceptance).
    `written_due_on` is the day that the paper receipt promises, `counted_due_on` the one that the rules counted; both
    are null where nothing was promised.
    """

    class Kind(models.TextChoices):
        """What was done on paper."""

        ACCEPTED = "ACCEPTED", _("Tiếp nhận trên giấy")
        DECLINED = "DECLINED", _("Từ chối tiếp nhận trên giấy")
        ASKED = "ASKED", _("Yêu cầu bổ sung trên giấy")

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="paper_entry", verbose_name="hồ sơ")
    slot = models.OneToOneField(PaperSlot, on_delete=models.PROTECT, related_name="entry", verbose_name="số")
    outage = models.ForeignKey(Outage, on_delete=models.PROTECT, related_name="entries", verbose_name="gián đoạn")
    entered_at = models.DateTimeField("nhập lại lúc")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người nhập lại"
    )
    kind = models.CharField(
        "việc trên giấy", max_length=8, choices=Kind.choices, default=Kind.ACCEPTED, db_default=Kind.ACCEPTED
    )
    done_at = models.DateTimeField("làm trên giấy lúc", null=True)
    written_due_on = models.DateField("ngày hẹn ghi trên giấy", null=True)
    counted_due_on = models.DateField("ngày hẹn tính theo quy định", null=True)

    class Meta:
        verbose_name = "hồ sơ nhập lại từ giấy"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="ACCEPTED", written_due_on__isnull=False, counted_due_on__isnull=False)
                | models.Q(
                    kind__in=["DECLINED", "ASKED"],
                    done_at__isnull=False,
                    written_due_on=None,
                    counted_due_on=None,
                ),
                name="paper_entry_promises_if_accepted",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.dossier_id} {self.entered_at:%Y-%m-%d %H:%M}"

    @property
    def is_written_differently(self) -> bool:
        """Whether the paper receipt promises another day than the rules."""
        return self.written_due_on != self.counted_due_on


class PaperReturn(models.Model):
    """That the result of a dossier was given out on paper during an outage and entered later (B-25).

    It tells of the last time, and is shown while the dossier is closed as of `given_at`: one before the result was put
    right stands in the record of events alone.
    """

    dossier = models.OneToOneField(Dossier, on_delete=models.CASCADE, related_name="paper_return", verbose_name="hồ sơ")
    outage = models.ForeignKey(Outage, on_delete=models.PROTECT, related_name="returns", verbose_name="gián đoạn")
    given_at = models.DateTimeField("trả lúc")
    entered_at = models.DateTimeField("nhập lại lúc")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người nhập lại"
    )

    class Meta:
        verbose_name = "kết quả trả trên giấy"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(entered_at__gte=models.F("given_at")), name="paper_return_entered_afterwards"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.dossier_id} {self.given_at:%Y-%m-%d %H:%M}"
