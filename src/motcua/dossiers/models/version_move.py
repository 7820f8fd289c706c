"""Orders that open dossiers follow a new version of their procedure (R-13)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models import PublicationDecision
from motcua.rules.version_moves import PromiseRule


class VersionMove(models.Model):
    """The order of a publisher, and how far it has been carried out, batch by batch, so that a killed job goes on.

    `key` is chosen by the form, so that a second click orders nothing. `last_dossier_id` is the highest one looked at;
    the counts are of dossiers. `finished_at` is None while there is work left: one order a decision at a time.
    """

    class Promises(models.TextChoices):
        """The labels of `rules.version_moves.PromiseRule`."""

        KEEP = PromiseRule.KEEP.value, _("Giữ nguyên ngày đã hẹn")
        ADVANCE = PromiseRule.ADVANCE.value, _("Hẹn sớm hơn nếu thời hạn mới ngắn hơn")

    key = models.UUIDField("khóa", unique=True)
    decision = models.ForeignKey(
        PublicationDecision, on_delete=models.PROTECT, related_name="version_moves", verbose_name="quyết định công bố"
    )
    article = models.CharField("điều khoản cho áp dụng", max_length=300)
    promises = models.CharField("ngày đã hẹn", max_length=7, choices=Promises.choices)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="người quyết định"
    )
    ordered_at = models.DateTimeField("quyết định lúc")
    last_dossier_id = models.BigIntegerField("đã xem đến hồ sơ", default=0)
    moved_count = models.PositiveIntegerField("số hồ sơ chuyển", default=0)
    sooner_count = models.PositiveIntegerField("số hồ sơ hẹn sớm hơn", default=0)
    stayed_count = models.PositiveIntegerField("số hồ sơ giữ nguyên", default=0)
    finished_at = models.DateTimeField("xong lúc", null=True)

    class Meta:
        verbose_name = "cho hồ sơ theo nội dung mới"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(promises__in=["KEEP", "ADVANCE"]), name="version_move_rule_known"
            ),
            models.CheckConstraint(condition=~models.Q(article=""), name="version_move_names_an_article"),
            models.UniqueConstraint(
                fields=["decision"],
                condition=models.Q(finished_at=None),
                name="version_move_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.decision_id} {self.last_dossier_id}"
