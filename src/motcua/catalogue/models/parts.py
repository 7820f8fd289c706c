"""The parts of a procedure's version: papers to bring, ways to file, results."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models.procedure import ProcedureVersion
from motcua.catalogue.models.terms import Terms


class RequiredPaper(models.Model):
    """One line of the closed list of papers (B-08). `is_note` marks a sentence that is not a paper."""

    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.CASCADE, related_name="papers", verbose_name="nội dung thủ tục"
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    name = models.TextField("tên giấy tờ")
    case = models.CharField("trường hợp", max_length=500, blank=True, default="")
    originals = models.PositiveSmallIntegerField("bản chính", default=0)
    copies = models.PositiveSmallIntegerField("bản sao", default=0)
    form_no = models.CharField("số mẫu", max_length=100, blank=True, default="")
    form_files = ArrayField(models.CharField(max_length=500), verbose_name="tệp mẫu", default=list, blank=True)
    is_required = models.BooleanField("bắt buộc", default=True)
    is_note = models.BooleanField("lời ghi chú", default=False)

    class Meta:
        verbose_name = "thành phần hồ sơ"
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="paper_position_once"),
            models.CheckConstraint(condition=~Q(name=""), name="paper_has_a_name"),
            models.CheckConstraint(condition=Q(is_note=False) | Q(is_required=False), name="paper_note_not_required"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}.{self.position} {self.name[:60]}"


class Channel(Terms):
    """One way to file, with its own limit and fee where they differ (C-03). A method may occur twice."""

    class Method(models.TextChoices):
        """How the dossier reaches the desk."""

        DIRECT = "DIRECT", _("Trực tiếp")
        ONLINE = "ONLINE", _("Trực tuyến")
        POSTAL = "POSTAL", _("Bưu chính")

    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.CASCADE, related_name="channels", verbose_name="nội dung thủ tục"
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    method = models.CharField("cách nộp", max_length=8, choices=Method.choices)
    note = models.TextField("mô tả", blank=True, default="")

    class Meta(Terms.Meta):
        abstract = False
        verbose_name = "cách thức thực hiện"
        constraints = [
            *Terms.Meta.constraints,
            models.UniqueConstraint(fields=["version", "position"], name="channel_position_once"),
            models.CheckConstraint(condition=Q(method__in=["DIRECT", "ONLINE", "POSTAL"]), name="channel_method_known"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}.{self.position} {self.method}"


class ExpectedResult(models.Model):
    """A paper the applicant gets in the end."""

    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.CASCADE, related_name="results", verbose_name="nội dung thủ tục"
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    name = models.TextField("tên kết quả")
    code = models.CharField("mã kết quả", max_length=50, blank=True, default="")

    class Meta:
        verbose_name = "kết quả"
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="expected_result_position_once"),
            models.CheckConstraint(condition=~Q(name=""), name="expected_result_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}.{self.position} {self.name[:60]}"
