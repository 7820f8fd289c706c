"""The time limit and the fee of a procedure or of one of its channels: as understood and as written."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.rules.time_limits import LimitUnit, TimeLimit


class LimitUnitChoice(models.TextChoices):
    """The labels of `rules.time_limits.LimitUnit`."""

    WORKING_DAY = LimitUnit.WORKING_DAY.value, _("ngày làm việc")
    DAY = LimitUnit.DAY.value, _("ngày")
    WORKING_HOUR = LimitUnit.WORKING_HOUR.value, _("giờ làm việc")
    HOUR = LimitUnit.HOUR.value, _("giờ")
    MONTH = LimitUnit.MONTH.value, _("tháng")
    YEAR = LimitUnit.YEAR.value, _("năm")
    IMMEDIATE = LimitUnit.IMMEDIATE.value, _("giải quyết ngay")
    SAME_DAY = LimitUnit.SAME_DAY.value, _("trong ngày")


class Terms(models.Model):
    """A time limit and a fee. Text that was not understood is kept and flagged, never guessed.

    `limit_amount` null and `limit_unit` empty: not understood, or set by each channel. `fee_vnd` null: not known; 0:
    free of charge. `fee_vnd` is in dong; a fee in another `fee_currency` stands in `fee_text` alone. `fee_basis` is the
    number of the text that sets the fee, empty when not told.
    """

    limit_amount = models.DecimalField("thời hạn", max_digits=8, decimal_places=2, null=True, blank=True)
    limit_unit = models.CharField(
        "đơn vị thời hạn", max_length=12, choices=LimitUnitChoice.choices, blank=True, default=""
    )
    limit_text = models.TextField("thời hạn (nguyên văn)", blank=True, default="")
    limit_needs_review = models.BooleanField("thời hạn cần xem lại", default=False)
    fee_vnd = models.BigIntegerField("phí, lệ phí (đồng)", null=True, blank=True)
    fee_currency = models.CharField("loại tiền", max_length=3, default="VND")
    fee_text = models.TextField("phí, lệ phí (nguyên văn)", blank=True, default="")
    fee_basis = models.CharField("văn bản quy định phí", max_length=200, blank=True, default="", db_default="")
    fee_needs_review = models.BooleanField("phí cần xem lại", default=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                # Without "is not null" an unknown amount would make the whole condition unknown, and that passes.
                condition=Q(limit_amount=None, limit_unit="")
                | Q(
                    limit_amount__isnull=False,
                    limit_amount__gt=0,
                    limit_unit__in=["WORKING_DAY", "DAY", "WORKING_HOUR", "HOUR", "MONTH", "YEAR"],
                )
                | Q(limit_amount__isnull=False, limit_amount=0, limit_unit__in=["IMMEDIATE", "SAME_DAY"]),
                name="%(class)s_limit_is_whole",
            ),
            models.CheckConstraint(condition=Q(fee_vnd=None) | Q(fee_vnd__gte=0), name="%(class)s_fee_not_negative"),
            models.CheckConstraint(
                condition=Q(fee_currency="VND") | Q(fee_vnd=None), name="%(class)s_foreign_fee_is_text"
            ),
        ]

    @property
    def limit(self) -> TimeLimit | None:
        """The time limit as the rules know it; None when it was not understood or is left to each channel."""
        if self.limit_amount is None:
            return None
        return TimeLimit(amount=self.limit_amount, unit=LimitUnit(self.limit_unit))
