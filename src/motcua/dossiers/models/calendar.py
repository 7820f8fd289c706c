"""How far the clocks of running dossiers have followed a change of the calendar."""

from django.db import models

from motcua.organisations.models import CalendarAnnouncement


class CalendarRecount(models.Model):
    """The work of having running dossiers follow an announcement, batch by batch, so that a killed job goes on.

    Where many dossiers run, several share the work: each has its own row, and takes the dossiers whose id leaves
    `share` when divided by `shares`. Who ordered it stands in the record of events. `last_dossier_id` is the highest
    one done; the counts are of clocks: moved, kept though the calendar would give them less time (R-20), and settled
    without moving (R-15). `finished_at` is None while there is work left.
    """

    announcement = models.ForeignKey(
        CalendarAnnouncement, on_delete=models.PROTECT, related_name="recounts", verbose_name="thông báo"
    )
    share = models.PositiveSmallIntegerField("phần", default=0, db_default=0)
    shares = models.PositiveSmallIntegerField("số phần", default=1, db_default=1)
    ordered_at = models.DateTimeField("áp dụng lúc")
    last_dossier_id = models.BigIntegerField("đã tính đến hồ sơ", default=0)
    moved_count = models.PositiveIntegerField("số hạn dời lại", default=0)
    kept_count = models.PositiveIntegerField("số hạn giữ nguyên", default=0)
    confirmed_count = models.PositiveIntegerField("số hạn không còn tạm tính", default=0)
    finished_at = models.DateTimeField("xong lúc", null=True)

    class Meta:
        verbose_name = "tính lại hạn theo lịch"
        constraints = [models.UniqueConstraint(fields=["announcement", "share"], name="recount_once_a_share")]

    def __str__(self) -> str:
        return f"#{self.announcement_id} {self.last_dossier_id}"
