"""Procedures and what each says in each period."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models.terms import Terms
from motcua.catalogue.querysets import ProcedureQuerySet, ProcedureVersionQuerySet


class Sector(models.Model):
    """A field of administration that procedures are sorted under (lĩnh vực)."""

    code = models.SlugField("mã", max_length=200, unique=True)
    name = models.CharField("tên", max_length=250)
    search_key = models.CharField("khóa tìm", max_length=250, unique=True, editable=False)
    sort_key = models.CharField("khóa xếp", max_length=800, editable=False, db_collation="C")

    class Meta:
        verbose_name = "lĩnh vực"

    def __str__(self) -> str:
        return self.name


class Procedure(models.Model):
    """An administrative procedure under its national code, which never changes when the content does (C-11)."""

    class Scope(models.TextChoices):
        """Who regulates it."""

        NATIONAL = "NATIONAL", _("Toàn quốc")
        LOCAL = "LOCAL", _("Địa phương")

    code = models.CharField("mã thủ tục", max_length=32, unique=True)
    title = models.TextField("tên thủ tục")
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="procedures", verbose_name="lĩnh vực")
    scope = models.CharField("phạm vi", max_length=10, choices=Scope.choices, default=Scope.NATIONAL)
    issuing_authority = models.CharField("cơ quan công bố", max_length=200, blank=True, default="")
    kind = models.CharField("loại thủ tục", max_length=200, blank=True, default="")
    withdrawn_on = models.DateField("bãi bỏ từ", null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name="thay bằng"
    )
    sort_key = models.TextField("khóa xếp", editable=False, db_collation="C")
    search_key = models.TextField("khóa tìm", editable=False)
    search_extra = models.TextField("từ tìm thêm", editable=False, blank=True, default="")
    search_standing = models.SmallIntegerField("điểm ưu tiên", editable=False, default=0)
    search_vector = models.GeneratedField(
        expression=SearchVector("search_key", weight="A", config="simple")
        + SearchVector("search_extra", weight="C", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = "thủ tục hành chính"
        indexes = [
            GinIndex(fields=["search_vector"], name="procedure_by_words", fastupdate=False),
            models.Index(fields=["sector", "sort_key"], name="procedure_by_sector"),
            models.Index(fields=["sort_key", "code"], name="procedure_by_title"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[1-9]\.\d{6}(\.\d{2})?$"), name="procedure_code_is_national"
            ),
            models.CheckConstraint(condition=Q(scope__in=["NATIONAL", "LOCAL"]), name="procedure_scope_known"),
            models.CheckConstraint(condition=~Q(title=""), name="procedure_has_a_title"),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | Q(withdrawn_on__isnull=False), name="procedure_replaced_is_withdrawn"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def is_withdrawn(self) -> bool:
        """Whether it has been abolished, now or from a day to come."""
        return self.withdrawn_on is not None


class ProcedureVersion(Terms):
    """What a procedure asks and promises in one period; frozen once `published_at` is set (a trigger holds it).

    Dossiers finish under the version they were accepted under (C-12). Published versions of one procedure never
    overlap; a draft has the number 0 until its decision is published, so there is one at a time.
    """

    class Level(models.TextChoices):
        """The level of government that decides, by the national portal's own flag."""

        MINISTRY = "MINISTRY", _("Cấp bộ")
        PROVINCE = "PROVINCE", _("Cấp tỉnh")
        DISTRICT = "DISTRICT", _("Cấp huyện")
        COMMUNE = "COMMUNE", _("Cấp xã")
        OTHER = "OTHER", _("Cơ quan khác")

    class OnlineLevel(models.TextChoices):
        """How much of it can be done online (D-02); `AVAILABLE`: it can be filed online, how far is not told."""

        UNKNOWN = "UNKNOWN", _("Chưa rõ")
        NONE = "NONE", _("Không trực tuyến")
        AVAILABLE = "AVAILABLE", _("Nộp trực tuyến")
        PARTIAL = "PARTIAL", _("Một phần")
        END_TO_END = "END_TO_END", _("Toàn trình")

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions", verbose_name="thủ tục")
    number = models.PositiveIntegerField("lần")
    valid_from = models.DateField("hiệu lực từ")
    valid_until = models.DateField("hết hiệu lực từ", null=True, blank=True)
    published_at = models.DateTimeField("công bố lúc", null=True, blank=True)
    title = models.TextField("tên thủ tục")
    short_title = models.CharField("tên ngắn", max_length=200, blank=True, default="")
    summary = models.TextField("tóm tắt", blank=True, default="")
    keywords = ArrayField(models.CharField(max_length=100), verbose_name="từ khóa", default=list, blank=True)
    life_events = ArrayField(models.CharField(max_length=60), verbose_name="sự kiện đời sống", default=list, blank=True)
    decision_no = models.CharField("quyết định công bố", max_length=100, blank=True, default="")
    level = models.CharField("cấp thực hiện", max_length=10, choices=Level.choices)
    levels = ArrayField(models.CharField(max_length=10), verbose_name="các cấp", default=list, blank=True)
    online_level = models.CharField(
        "mức trực tuyến", max_length=12, choices=OnlineLevel.choices, default=OnlineLevel.UNKNOWN
    )
    handled_by = ArrayField(models.CharField(max_length=40), verbose_name="loại cơ quan", default=list, blank=True)
    is_one_stop = models.BooleanField("qua một cửa", default=False)
    names_abolished_body = models.BooleanField("còn nêu cơ quan đã bãi bỏ", default=False)
    deciding_agency = models.TextField("cơ quan có thẩm quyền", blank=True, default="")
    is_deciding_agency_inferred = models.BooleanField("thẩm quyền do suy ra", default=False)
    implementing_agencies = ArrayField(models.TextField(), verbose_name="cơ quan thực hiện", default=list, blank=True)
    coordinating_agencies = models.TextField("cơ quan phối hợp", blank=True, default="")
    delegated_agency = models.TextField("cơ quan được ủy quyền", blank=True, default="")
    receiving_address = models.TextField("địa chỉ tiếp nhận", blank=True, default="")
    subjects = ArrayField(models.TextField(), verbose_name="đối tượng thực hiện", default=list, blank=True)
    set_count = models.PositiveSmallIntegerField("số bộ hồ sơ", default=1)
    conditions = models.TextField("yêu cầu, điều kiện", blank=True, default="")
    steps = ArrayField(models.TextField(), verbose_name="trình tự thực hiện", default=list, blank=True)
    are_steps_shortened = models.BooleanField("trình tự đã rút gọn", default=False)
    legal_basis = ArrayField(models.CharField(max_length=200), verbose_name="căn cứ pháp lý", default=list, blank=True)
    declaration = models.JSONField("tờ khai", default=list, blank=True)
    is_full = models.BooleanField("đủ nội dung", default=True)
    is_handmade = models.BooleanField("biên soạn tại chỗ", default=False)
    source = models.CharField("nguồn", max_length=100, blank=True, default="")
    source_url = models.CharField("địa chỉ nguồn", max_length=300, blank=True, default="")
    source_date = models.CharField("ngày nguồn", max_length=10, blank=True, default="")
    content_hash = models.CharField("mã băm nội dung", max_length=64, blank=True, default="", editable=False)

    objects = ProcedureVersionQuerySet.as_manager()

    class Meta(Terms.Meta):
        abstract = False
        verbose_name = "nội dung thủ tục"
        indexes = [
            GinIndex(fields=["legal_basis"], name="version_by_legal_basis", fastupdate=False),
            # Which version is in force on a day is answered from the index alone: the rows are wide.
            models.Index(
                fields=["procedure", "valid_from"],
                include=["valid_until", "level"],
                condition=Q(published_at__isnull=False),
                name="version_by_day",
            ),
        ]
        constraints = [
            *Terms.Meta.constraints,
            models.UniqueConstraint(fields=["procedure", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")), name="version_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(level__in=["MINISTRY", "PROVINCE", "DISTRICT", "COMMUNE", "OTHER"]),
                name="version_level_known",
            ),
            models.CheckConstraint(
                condition=Q(online_level__in=["UNKNOWN", "NONE", "AVAILABLE", "PARTIAL", "END_TO_END"]),
                name="version_online_level_known",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="version_has_a_title"),
            # Ranges have a GiST operator class of their own, so this needs no extension (btree_gist).
            ExclusionConstraint(
                name="version_never_overlaps",
                condition=Q(published_at__isnull=False),
                expressions=[
                    (Func(F("procedure"), F("procedure"), Value("[]"), function="int8range"), RangeOperators.OVERLAPS),
                    (Func(F("valid_from"), F("valid_until"), function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.procedure_id} v{self.number}"

    @property
    def name(self) -> str:
        """What people call it: the short title where it has one."""
        return self.short_title or self.title

    @property
    def is_published(self) -> bool:
        """Whether it is frozen and may be applied under."""
        return self.published_at is not None

    def is_in_force(self, day: date) -> bool:
        """Tell whether it may be applied under on `day` (R-14); needs `procedure` loaded."""
        withdrawn_on = self.procedure.withdrawn_on
        is_valid = self.valid_from <= day and (self.valid_until is None or day < self.valid_until)
        return self.is_published and is_valid and (withdrawn_on is None or day < withdrawn_on)

    @property
    def needs_review(self) -> bool:
        """Whether its limit or fee was not understood."""
        return self.limit_needs_review or self.fee_needs_review
