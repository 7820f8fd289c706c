"""Packages that were made and received, and the keys of others that are trusted."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.documents.models import StoredFile


class ConfigurationPackage(models.Model):
    """One archive, made here or received: `sha256` is of its bytes, `manifest_sha256` names what it holds.

    `content_at` is the latest moment written in the content, null where it holds none. `fingerprint` is of the key
    that signed it. `by` is null for the command line.
    """

    class Origin(models.TextChoices):
        """Where it came from."""

        MADE = "MADE", _("Lập tại đây")
        RECEIVED = "RECEIVED", _("Nhận từ nơi khác")

    origin = models.CharField("nguồn", max_length=8, choices=Origin.choices)
    sha256 = models.CharField("mã băm", max_length=64)
    manifest_sha256 = models.CharField("mã băm bản kê", max_length=64)
    fingerprint = models.CharField("dấu vân tay của khóa", max_length=64)
    province_code = models.CharField("mã tỉnh", max_length=64)
    province_name = models.CharField("tên tỉnh", max_length=255)
    program = models.CharField("phiên bản phần mềm", max_length=50)
    content_at = models.DateTimeField("nội dung đến", null=True)
    item_count = models.PositiveIntegerField("số mục")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="tệp")
    at = models.DateTimeField("lúc")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người thực hiện"
    )

    class Meta:
        verbose_name = "gói cấu hình"
        constraints = [
            models.UniqueConstraint(fields=["origin", "sha256"], name="package_once_an_origin"),
            models.CheckConstraint(condition=Q(origin__in=["MADE", "RECEIVED"]), name="package_origin_known"),
        ]

    def __str__(self) -> str:
        return f"{self.origin} {self.sha256[:12]}"


class PackageApplication(models.Model):
    """A package was applied: which kinds were chosen, and how many items that wrote. `by`: as with the package."""

    package = models.ForeignKey(
        ConfigurationPackage, on_delete=models.PROTECT, related_name="applications", verbose_name="gói cấu hình"
    )
    kinds = models.JSONField("các phần")
    new_count = models.PositiveIntegerField("số mục mới")
    changed_count = models.PositiveIntegerField("số mục thay đổi")
    clash_count = models.PositiveIntegerField("số mục để nguyên vì mâu thuẫn")
    anew = models.JSONField("thủ tục công bố lại", default=list)
    at = models.DateTimeField("áp dụng lúc")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người áp dụng"
    )

    class Meta:
        verbose_name = "lần áp dụng gói cấu hình"

    def __str__(self) -> str:
        return f"#{self.package_id} {self.at:%Y-%m-%d}"


class PackageComparison(models.Model):
    """What a package would do here, as somebody last looked: derived, and thrown away by the next comparison.

    `counts` tell by kind how many items stand in each state. `last_event` is the newest event that had been recorded:
    one about the set-up after it means that the comparison may no longer hold. Applying never relies on it.
    """

    manifest_sha256 = models.CharField("mã băm bản kê", max_length=64, unique=True)
    counts = models.JSONField("số mục")
    last_event = models.BigIntegerField("sự kiện mới nhất")
    at = models.DateTimeField("so sánh lúc")

    class Meta:
        verbose_name = "lần so sánh gói cấu hình"

    def __str__(self) -> str:
        return f"{self.manifest_sha256[:12]} {self.at:%Y-%m-%d}"


class ComparedItem(models.Model):
    """An item of a comparison that is not the same here and there; long values are cut. Derived, as its comparison."""

    class Choice(models.TextChoices):
        """What somebody may decide about it."""

        NONE = "", "–"
        PUBLISH_ANEW = "PUBLISH_ANEW", _("Công bố lại theo gói")
        TAKE = "TAKE", _("Lấy theo gói")

    comparison = models.ForeignKey(
        PackageComparison, on_delete=models.CASCADE, related_name="items", verbose_name="lần so sánh"
    )
    kind = models.CharField("phần", max_length=40)
    position = models.PositiveIntegerField("thứ tự")
    key = models.TextField("khóa")
    name = models.TextField("tên", blank=True)
    state = models.CharField("tình trạng", max_length=9)
    differences = models.JSONField("khác biệt")
    more = models.PositiveIntegerField("số khác biệt không ghi")
    held_by = models.JSONField("dựa vào")
    open_dossier_count = models.PositiveIntegerField("số hồ sơ đang giải quyết")
    choice = models.CharField("lựa chọn", max_length=12, choices=Choice.choices, blank=True)

    class Meta:
        verbose_name = "mục được so sánh"
        constraints = [
            models.UniqueConstraint(fields=["comparison", "kind", "position"], name="compared_item_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class AcceptedKey(models.Model):
    """The key of another installation, whose packages are taken since somebody compared its fingerprint."""

    fingerprint = models.CharField("dấu vân tay", max_length=64, unique=True)
    province_name = models.CharField("tên tỉnh", max_length=255)
    accepted_at = models.DateTimeField("chấp nhận lúc")
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người chấp nhận"
    )

    class Meta:
        verbose_name = "khóa được tin"

    def __str__(self) -> str:
        return self.fingerprint[:16]
