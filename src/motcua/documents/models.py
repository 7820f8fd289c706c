"""Files people hand in and papers the authority issues."""

from django.conf import settings
from django.db import models


class StoredFile(models.Model):
    """A file kept by its content: the name on the disk is its SHA-256, so the same bytes are kept once.

    `media_type` is what the content is, never what the sender called it; `original_name` is for people's eyes only.
    """

    sha256 = models.CharField("mã băm", max_length=64, db_index=True)
    size = models.PositiveIntegerField("số byte")
    media_type = models.CharField("loại tệp", max_length=100)
    original_name = models.CharField("tên tệp", max_length=255)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người gửi"
    )
    uploaded_at = models.DateTimeField("gửi lúc")

    class Meta:
        verbose_name = "tệp"

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.media_type}"

    @property
    def is_image(self) -> bool:
        """Whether browsers show it as a picture."""
        return self.media_type.startswith("image/")


class IssuedDocument(models.Model):
    """A paper made from data and issued about one subject: a receipt, a request, a refusal.

    `number` is unique for its kind and year in the issuing unit; `kind` is a value of `rules.papers.PaperKind`. `data`
    is what the paper says, fixed when it is issued; `file` is its rendering, None until somebody first opens it.
    """

    subject = models.CharField("đối tượng", max_length=64, db_index=True)
    kind = models.CharField("loại giấy", max_length=40)
    number = models.CharField("số", max_length=64)
    data = models.JSONField("dữ liệu in")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="tệp")
    issued_at = models.DateTimeField("ban hành lúc")
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người lập"
    )

    class Meta:
        verbose_name = "giấy tờ ban hành"
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="issued_document_number_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
