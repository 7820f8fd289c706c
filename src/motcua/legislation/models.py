"""Legal documents, what they do to one another, and what has to be looked at when one ends."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.accounts.models import User
from motcua.legislation.querysets import LegalDocumentQuerySet
from motcua.organisations.models import Unit
from motcua.rules.drafting import DRAFTED_RELATIONS, DraftKind, DraftState, ItemCode, ItemState
from motcua.rules.legal_basis import Severity
from motcua.rules.legal_effect import Change, Document, EffectStatus, EndReason, Link, Relation
from motcua.rules.legal_numbers import Kind


class LegalDocument(models.Model):
    """A legal or administrative document. Its number repeats between places and years: `code` names it (J-02).

    `territory` is where it holds when that is not the whole country or the issuer's own territory: also a unit that is
    no more (J-04). Of one `is_stub` no more is known than its number, because another document names it.
    """

    code = models.SlugField("mã", max_length=200, unique=True)
    number = models.CharField("số, ký hiệu", max_length=100)
    kind = models.CharField("loại", max_length=20)
    title = models.TextField("trích yếu", blank=True, default="")
    issuer = models.CharField("cơ quan ban hành", max_length=200, blank=True, default="")
    territory = models.CharField("địa bàn áp dụng", max_length=200, blank=True, default="")
    is_own = models.BooleanField("do tỉnh ban hành", default=False)
    is_stub = models.BooleanField("mới biết số, ký hiệu", default=False)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    effective_from = models.DateField("hiệu lực từ", null=True, blank=True)
    effective_until = models.DateField("hết hiệu lực từ", null=True, blank=True)
    end_reason = models.CharField("lý do hết hiệu lực", max_length=20, blank=True, default="")
    is_declared_valid = models.BooleanField("được tuyên bố còn hiệu lực", default=False)
    note = models.TextField("ghi chú", blank=True, default="")
    text = models.TextField("toàn văn", blank=True, default="")
    source = models.CharField("nguồn", max_length=300, blank=True, default="")
    source_url = models.CharField("địa chỉ nguồn", max_length=500, blank=True, default="")
    search_key = models.TextField("khóa tìm", editable=False)
    loaded_hash = models.CharField("mã băm bản nạp", max_length=64, blank=True, default="", editable=False)

    objects = LegalDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản"
        indexes = [
            models.Index(fields=["number"], name="legal_document_by_number"),
            models.Index(fields=["-issued_on", "code"], name="legal_document_by_day"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in Kind]), name="legal_kind_known"),
            models.CheckConstraint(
                condition=Q(end_reason__in=["", *(reason.value for reason in EndReason)]),
                name="legal_end_reason_known",
            ),
            models.CheckConstraint(
                condition=Q(effective_until=None)
                | Q(effective_from=None)
                | Q(effective_until__gte=F("effective_from")),
                name="legal_document_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=~Q(number=""), name="legal_document_has_a_number"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """How a text names it: number and day."""
        return f"{self.number} ({self.issued_on:%d/%m/%Y})" if self.issued_on else self.number

    def as_rule(self) -> Document:
        """Return what the rules of effect need."""
        return Document(
            key=self.pk,
            from_day=self.effective_from,
            until=self.effective_until,
            end_reason=EndReason(self.end_reason or EndReason.TERM_ENDED),
            is_declared_valid=self.is_declared_valid,
        )


class DocumentRelation(models.Model):
    """What `source` does to `target` (J-06), to all of it where `articles` is empty, until the day before `until`.

    One that `is_loaded` was read from a file about `target`, and goes when the file no longer says it.
    """

    source = models.ForeignKey(
        LegalDocument, on_delete=models.PROTECT, related_name="relations_out", verbose_name="văn bản"
    )
    target = models.ForeignKey(
        LegalDocument, on_delete=models.PROTECT, related_name="relations_in", verbose_name="văn bản kia"
    )
    kind = models.CharField("quan hệ", max_length=20)
    articles = models.CharField("điều, khoản", max_length=300, blank=True, default="")
    from_day = models.DateField("từ ngày", null=True, blank=True)
    until = models.DateField("đến trước ngày", null=True, blank=True)
    is_loaded = models.BooleanField("nạp từ tệp", default=False, db_default=False)

    class Meta:
        verbose_name = "quan hệ giữa văn bản"
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind", "articles"], name="relation_once"),
            models.CheckConstraint(condition=Q(kind__in=[one.value for one in Relation]), name="relation_kind_known"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="relation_joins_two"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(from_day=None) | Q(until__gt=F("from_day")), name="relation_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"

    def as_rule(self) -> Link:
        """Return what the rules of effect need."""
        return Link(self.source_id, self.target_id, Relation(self.kind), self.articles, self.from_day, self.until)


class EffectChange(models.Model):
    """One step of a document's course as the rules reckoned it; written anew whenever something is entered (J-04)."""

    document = models.ForeignKey(
        LegalDocument, on_delete=models.CASCADE, related_name="changes", verbose_name="văn bản"
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    on = models.DateField("từ ngày")
    status = models.CharField("tình trạng", max_length=20)
    reason = models.CharField("lý do", max_length=20, blank=True, default="")
    by = models.ForeignKey(
        LegalDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="do văn bản"
    )
    articles = models.CharField("điều, khoản", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "thay đổi hiệu lực"
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="effect_change_position_once"),
            models.CheckConstraint(
                condition=Q(status__in=[one.value for one in EffectStatus]), name="effect_status_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.on} {self.status}"

    def as_rule(self) -> Change:
        """Return the change as the rules know it."""
        reason = EndReason(self.reason) if self.reason else None
        return Change(self.on, EffectStatus(self.status), reason, self.by_id, self.articles)


class BasisReview(models.Model):
    """A document has ended, whole or in part, and something stands on it: who looks at that (J-07).

    `closed_at` is set while every item is settled; a new item opens it again.
    """

    document = models.ForeignKey(
        LegalDocument, on_delete=models.PROTECT, related_name="reviews", verbose_name="văn bản hết hiệu lực"
    )
    severity = models.CharField("mức độ", max_length=10)
    ended_on = models.DateField("hết hiệu lực từ")
    opened_at = models.DateTimeField("mở lúc")
    closed_at = models.DateTimeField("xong lúc", null=True, blank=True)

    class Meta:
        verbose_name = "việc rà soát căn cứ"
        constraints = [
            models.UniqueConstraint(fields=["document", "severity", "ended_on"], name="basis_review_once"),
            models.CheckConstraint(condition=Q(severity__in=[one.value for one in Severity]), name="severity_known"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.ended_on}"


class BasisReviewItem(models.Model):
    """One thing that stands on the ended document, named by the code it has where it is kept."""

    class Kind(models.TextChoices):
        """What it is."""

        DOCUMENT = "DOCUMENT", _("Văn bản")
        PROCEDURE = "PROCEDURE", _("Thủ tục")
        FORM = "FORM", _("Biểu mẫu")
        PROCESS = "PROCESS", _("Quy trình nội bộ")

    class Outcome(models.TextChoices):
        """What became of it; GONE: it no longer stands on that document."""

        PENDING = "PENDING", _("Chưa xem")
        STILL_VALID = "STILL_VALID", _("Vẫn áp dụng được")
        TO_AMEND = "TO_AMEND", _("Đề nghị sửa đổi")
        TO_ABOLISH = "TO_ABOLISH", _("Đề nghị bãi bỏ")
        GONE = "GONE", _("Không còn căn cứ vào văn bản này")

    review = models.ForeignKey(BasisReview, on_delete=models.CASCADE, related_name="items", verbose_name="việc rà soát")
    kind = models.CharField("loại", max_length=10, choices=Kind.choices)
    code = models.CharField("mã", max_length=200)
    name = models.TextField("tên")
    outcome = models.CharField("kết quả", max_length=12, choices=Outcome.choices, default=Outcome.PENDING)
    note = models.TextField("ghi chú", blank=True, default="")
    settled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người xem"
    )
    settled_at = models.DateTimeField("xem lúc", null=True, blank=True)

    class Meta:
        verbose_name = "mục cần rà soát"
        constraints = [
            models.UniqueConstraint(fields=["review", "kind", "code"], name="basis_item_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["DOCUMENT", "PROCEDURE", "FORM", "PROCESS"]), name="basis_item_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["PENDING", "STILL_VALID", "TO_AMEND", "TO_ABOLISH", "GONE"]),
                name="basis_item_outcome_known",
            ),
            models.CheckConstraint(
                condition=Q(outcome="PENDING") ^ Q(settled_at__isnull=False), name="basis_item_settled_has_a_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.kind} {self.code}"


class LegalDraft(models.Model):
    """A document of the province while it is drafted (M02); once signed it is frozen, and `document` is what it became.

    `key` is chosen by the form that begins it, so that a second click begins nothing. `version` counts what was
    written: who changes it says which one they read. `issuer_mark` is the end of the number it is to get (`UBND`).
    `number`, `signed_on` and `effective_from` are empty until the signature; `planned_*` are intentions.
    """

    class DraftKindChoice(models.TextChoices):
        """The labels of `rules.drafting.DraftKind`."""

        COMMITTEE_DECISION = DraftKind.COMMITTEE_DECISION.value, _("Quyết định quy phạm pháp luật của UBND tỉnh")
        CHAIRMAN_DECISION = DraftKind.CHAIRMAN_DECISION.value, _("Quyết định quy phạm pháp luật của Chủ tịch UBND tỉnh")
        REGULATION = DraftKind.REGULATION.value, _("Quyết định ban hành quy chế, quy định")
        DECISION = DraftKind.DECISION.value, _("Quyết định hành chính")
        PLAN = DraftKind.PLAN.value, _("Kế hoạch")
        PROGRAMME = DraftKind.PROGRAMME.value, _("Chương trình")
        DIRECTIVE = DraftKind.DIRECTIVE.value, _("Chỉ thị")

    class State(models.TextChoices):
        """The labels of `rules.drafting.DraftState`."""

        DRAFT = DraftState.DRAFT.value, _("Đang soạn thảo")
        SUBMITTED = DraftState.SUBMITTED.value, _("Chờ ký ban hành")
        GIVEN_BACK = DraftState.GIVEN_BACK.value, _("Trả lại để sửa")
        SIGNED = DraftState.SIGNED.value, _("Đã ký ban hành")

    key = models.UUIDField("khóa", unique=True, editable=False)
    kind = models.CharField("loại", max_length=20, choices=DraftKindChoice.choices)
    state = models.CharField("tình trạng", max_length=10, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField("lần ghi", default=1)
    issuer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan ban hành")
    drafting_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị chủ trì soạn thảo"
    )
    title = models.TextField("trích yếu")
    issuer_mark = models.CharField("ký hiệu cơ quan ban hành", max_length=40, blank=True, default="")
    planned_on = models.DateField("dự kiến ký ngày", null=True, blank=True)
    planned_effect_on = models.DateField("dự kiến có hiệu lực từ ngày", null=True, blank=True)
    sets_procedures = models.BooleanField("có quy định thủ tục hành chính", default=False)
    is_shortened = models.BooleanField("theo trình tự, thủ tục rút gọn", default=False)
    text = models.TextField("nội dung dự thảo", blank=True, default="")
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người bắt đầu")
    begun_at = models.DateTimeField("bắt đầu lúc")
    changed_at = models.DateTimeField("ghi lần cuối lúc")
    submitted_at = models.DateTimeField("trình lúc", null=True, blank=True)
    remark = models.TextField("ý kiến trả lại", blank=True, default="")
    number = models.CharField("số, ký hiệu", max_length=100, blank=True, default="")
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    effective_from = models.DateField("hiệu lực từ", null=True, blank=True)
    document = models.OneToOneField(
        LegalDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="draft", verbose_name="văn bản"
    )

    class Meta:
        verbose_name = "dự thảo văn bản"
        indexes = [models.Index(fields=["-begun_at"], name="legal_draft_by_moment")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in DraftKind]), name="legal_draft_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["DRAFT", "SUBMITTED", "GIVEN_BACK"], document=None, signed_on=None, number="")
                | (
                    Q(state="SIGNED", document__isnull=False, signed_on__isnull=False, effective_from__isnull=False)
                    & ~Q(number="")
                ),
                name="legal_draft_signed_is_a_document",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.state}"


class LegalDraftTie(models.Model):
    """What a draft will do to a document of the register once it is signed, to all of it where `articles` is empty."""

    draft = models.ForeignKey(LegalDraft, on_delete=models.CASCADE, related_name="ties", verbose_name="dự thảo")
    target = models.ForeignKey(LegalDocument, on_delete=models.PROTECT, related_name="+", verbose_name="văn bản kia")
    kind = models.CharField("quan hệ", max_length=20)
    articles = models.CharField("điều, khoản", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "quan hệ của dự thảo"
        constraints = [
            models.UniqueConstraint(fields=["draft", "target", "kind", "articles"], name="legal_draft_tie_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in DRAFTED_RELATIONS]), name="legal_draft_tie_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.kind} {self.target_id}"


class LegalDraftItem(models.Model):
    """An item of a draft's checklist that somebody settled or opened again; `note`: how, or why it is not needed."""

    class State(models.TextChoices):
        """The labels of `rules.drafting.ItemState`."""

        OPEN = ItemState.OPEN.value, _("Chưa xong")
        DONE = ItemState.DONE.value, _("Đã xong")
        NOT_NEEDED = ItemState.NOT_NEEDED.value, _("Không cần")

    draft = models.ForeignKey(LegalDraft, on_delete=models.CASCADE, related_name="items", verbose_name="dự thảo")
    code = models.CharField("mục", max_length=20)
    state = models.CharField("kết quả", max_length=10, choices=State.choices)
    note = models.TextField("ghi chú", blank=True, default="")
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người ghi")
    settled_at = models.DateTimeField("ghi lúc")

    class Meta:
        verbose_name = "mục kiểm tra của dự thảo"
        constraints = [
            models.UniqueConstraint(fields=["draft", "code"], name="legal_draft_item_once"),
            models.CheckConstraint(
                condition=Q(code__in=[one.value for one in ItemCode]), name="legal_draft_item_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["OPEN", "DONE"]) | (Q(state="NOT_NEEDED") & ~Q(note="")),
                name="legal_draft_item_set_aside_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.code} {self.state}"
