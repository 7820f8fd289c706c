"""Tables every app leans on: the record of events, its daily digests, counters, and answers kept for retries."""

from django.conf import settings
from django.db import models


class EventRecord(models.Model):
    """One thing that happened to one subject; rows are only ever added (a trigger refuses anything else).

    `hash` covers this event and `previous_hash`, so the events of one subject form a chain; `seq` counts from 1.
    """

    subject = models.CharField("đối tượng", max_length=64)
    seq = models.PositiveIntegerField("thứ tự")
    kind = models.CharField("loại", max_length=80)
    payload = models.JSONField("nội dung", default=dict)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người thực hiện"
    )
    at = models.DateTimeField("lúc")
    previous_hash = models.CharField("mã băm trước", max_length=64, blank=True)
    hash = models.CharField("mã băm", max_length=64)

    class Meta:
        verbose_name = "sự kiện"
        constraints = [models.UniqueConstraint(fields=["subject", "seq"], name="event_one_chain_per_subject")]

    def __str__(self) -> str:
        return f"{self.subject} {self.seq} {self.kind}"


class DailyDigest(models.Model):
    """The state of every chain at the end of one day, chained to the digest of the day before.

    `last_event_id` is the cut: the digest covers the newest event of every subject up to that row.
    """

    on = models.DateField("ngày", unique=True)
    last_event_id = models.BigIntegerField("sự kiện cuối")
    event_count = models.BigIntegerField("số sự kiện")
    subject_count = models.BigIntegerField("số đối tượng")
    heads_hash = models.CharField("mã băm các đầu chuỗi", max_length=64)
    previous_hash = models.CharField("mã băm ngày trước", max_length=64, blank=True)
    hash = models.CharField("mã băm", max_length=64)

    class Meta:
        verbose_name = "tóm lược ngày"

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} {self.hash[:12]}"


class Sequence(models.Model):
    """A counter that restarts daily: the last number given in `scope` on a day (B-42)."""

    scope = models.CharField("phạm vi", max_length=64)
    on = models.DateField("ngày")
    last_number = models.PositiveIntegerField("số cuối")

    class Meta:
        verbose_name = "bộ đếm"
        constraints = [models.UniqueConstraint(fields=["scope", "on"], name="sequence_one_per_scope_and_day")]

    def __str__(self) -> str:
        return f"{self.scope} {self.on:%Y-%m-%d}: {self.last_number}"


class KeptAnswer(models.Model):
    """The answer to an API write, kept under the client's idempotency key so that a retry gets the same one."""

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="người gọi"
    )
    key = models.CharField("khóa", max_length=100)
    request_hash = models.CharField("mã băm yêu cầu", max_length=64)
    status = models.PositiveSmallIntegerField("mã trả lời")
    body = models.JSONField("nội dung trả lời", default=dict)
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "trả lời đã giữ"
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="kept_answer_one_per_key")]

    def __str__(self) -> str:
        return f"{self.key} {self.status}"
