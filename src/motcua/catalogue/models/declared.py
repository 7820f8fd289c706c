"""What is said beside a published version, which itself never changes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.accounts.models import User
from motcua.catalogue.models.procedure import ProcedureVersion
from motcua.rules.procedure_parts import Part


class NoneDeclaration(models.Model):
    """An officer's word that a version has no such part: an empty part is then complete, not forgotten (C-03).

    It stands beside the version because that is frozen, and ends with it: the next version is asked anew.
    `declared_by` is null where it came in a configuration package, which names nobody.
    """

    class DeclaredPart(models.TextChoices):
        """The parts of `rules.procedure_parts` that a procedure may lack."""

        FORMS = Part.FORMS.value, _("Mẫu đơn, mẫu tờ khai")
        RESULT = Part.RESULT.value, _("Kết quả thực hiện")
        CONDITIONS = Part.CONDITIONS.value, _("Yêu cầu, điều kiện")
        FEES = Part.FEES.value, _("Phí, lệ phí")

    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.CASCADE, related_name="declared_nones", verbose_name="nội dung thủ tục"
    )
    part = models.CharField("bộ phận", max_length=20, choices=DeclaredPart.choices)
    declared_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người xác nhận"
    )
    declared_at = models.DateTimeField("xác nhận lúc")

    class Meta:
        verbose_name = "xác nhận không có"
        constraints = [
            models.UniqueConstraint(fields=["version", "part"], name="none_declared_once"),
            models.CheckConstraint(
                condition=Q(part__in=["FORMS", "RESULT", "CONDITIONS", "FEES"]), name="none_declared_part_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.part}"
