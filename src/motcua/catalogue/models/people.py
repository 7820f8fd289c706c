"""What is said beside the catalogue for people who read it: plain words, and the events of life."""

from django.db import models
from django.db.models import Q

from motcua.accounts.models import User
from motcua.catalogue.models.procedure import Procedure, ProcedureVersion


class PlainSummary(models.Model):
    """An officer's plain words about a version, the newest `number` counting; earlier ones are kept.

    It stands beside the version because that is frozen, and ends with it. An empty text leaves the answer to what can
    be derived from the parts; a row without any text takes the plain words back. `written_by` is null where the words
    came in a configuration package, which names nobody.
    """

    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.CASCADE, related_name="plain_summaries", verbose_name="nội dung thủ tục"
    )
    number = models.PositiveSmallIntegerField("lần viết")
    purpose = models.CharField("để làm gì", max_length=400, blank=True, default="")
    who = models.CharField("ai làm được", max_length=400, blank=True, default="")
    how_long = models.CharField("mất bao lâu", max_length=400, blank=True, default="")
    cost = models.CharField("tốn bao nhiêu", max_length=400, blank=True, default="")
    place = models.CharField("làm ở đâu", max_length=400, blank=True, default="")
    written_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người viết"
    )
    written_at = models.DateTimeField("viết lúc")

    class Meta:
        verbose_name = "tóm tắt bằng lời thường"
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="plain_summary_number_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="plain_summary_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}.{self.number} {self.purpose[:60]}"


class LifeEvent(models.Model):
    """An event of life, such as a birth, and its procedures in the order one meets them. `code` stands in addresses."""

    code = models.SlugField("mã", max_length=80, unique=True)
    name = models.CharField("tên", max_length=60)
    introduction = models.TextField("lời dẫn", blank=True, default="")
    position = models.PositiveSmallIntegerField("thứ tự")
    search_key = models.TextField("khóa tìm", editable=False)
    content_hash = models.CharField("mã băm nội dung", max_length=64, editable=False)

    class Meta:
        verbose_name = "sự kiện đời sống"
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="life_event_has_a_name")]

    def __str__(self) -> str:
        return self.name


class LifeEventStep(models.Model):
    """One procedure of an event of life, with advice on when and why."""

    event = models.ForeignKey(LifeEvent, on_delete=models.CASCADE, related_name="steps", verbose_name="sự kiện")
    position = models.PositiveSmallIntegerField("thứ tự")
    procedure = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, related_name="life_event_steps", verbose_name="thủ tục"
    )
    advice = models.TextField("lời khuyên", blank=True, default="")

    class Meta:
        verbose_name = "việc trong sự kiện đời sống"
        constraints = [
            models.UniqueConstraint(fields=["event", "position"], name="life_event_position_once"),
            models.UniqueConstraint(fields=["event", "procedure"], name="life_event_procedure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}.{self.position} {self.procedure_id}"
