"""How far the clocks of running dossiers have followed a change of the calendar."""

from django.db import models

from motcua.organisations.models import CalendarAnnouncement


class CalendarRecount(models.Model):
    """The work of having running dossiers follow an announcement, batch by batch, so that a killed job goes on.

    Who ordered it stands in the record of events. `last_dossier_id` is the highest one done; the counts are of clocks:
    moved, kept though the calendar would give them less time (R-20), and settled without moving (R-15). `finished_at`
    is None while there is work left.
    """

    announcement = models.OneToOneField(
        CalendarAnnouncement, on_delete=models.PROTECT, related_name="recount", verbose_name="thông báo"
    )
    ordered_at = models.DateTimeField("áp dụng lúc")
    last_dossier_id = models.BigIntegerField("đã tính đến hồ sơ", default=0)
    moved_count = models.PositiveIntegerField("số hạn dời lại", default=0)
    kept_count = models.PositiveIntegerField("số hạn giữ nguyên", default=0)
    confirmed_count = models.PositiveIntegerField("số hạn không còn tạm tính", default=0)
    finished_at = models.DateTimeField("xong lúc", null=True)

    class Meta:
        verbose_name = "tính lại hạn theo lịch"

    def __str__(self) -> str:
        return f"#{self.announcement_id} {self.last_dossier_id}"
