"""Articles with their editions, photos and sections (M31, M56, M99)."""

import uuid
from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.accounts.models import User
from motcua.documents.models import StoredFile
from motcua.news.querysets import ArticleQuerySet, NewsSectionQuerySet
from motcua.organisations.models import Unit
from motcua.rules.news import EditionStage

EDITION_LABELS: Final = {
    EditionStage.DRAFT: _("Đang soạn"),
    EditionStage.SUBMITTED: _("Chờ duyệt đăng"),
    EditionStage.PUBLISHED: _("Đã đăng"),
}


class NewsSection(models.Model):
    """A section of the news of the province, for articles from `valid_from` until the day before `valid_until`."""

    slug = models.SlugField("mã", max_length=60, unique=True)
    name = models.CharField("tên chuyên mục", max_length=80)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    valid_from = models.DateField("dùng từ")
    valid_until = models.DateField("đến trước ngày", null=True, blank=True)

    objects = NewsSectionQuerySet.as_manager()

    class Meta:
        verbose_name = "chuyên mục tin"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="news_section_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="news_section_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Article(models.Model):
    """A piece of news at an address that never changes: its `number`. What it says stands in its editions.

    `shown` is the edition on the portal, None until one is published; `section` and `search_key` are those of it.
    `key` is made with the form, so that a second click begins nothing more. `updated_at` is when `shown` came out.
    """

    key = models.UUIDField("khóa", default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveIntegerField("số", unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    section = models.ForeignKey(
        NewsSection, on_delete=models.PROTECT, related_name="articles", verbose_name="chuyên mục"
    )
    shown = models.OneToOneField(
        "Edition", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản đang đăng"
    )
    takes_comments = models.BooleanField("nhận bình luận", default=True)
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name="người bắt đầu")
    begun_at = models.DateTimeField("bắt đầu lúc")
    published_at = models.DateTimeField("đăng lúc", null=True)
    updated_at = models.DateTimeField("cập nhật lúc", null=True)
    withdrawn_at = models.DateTimeField("gỡ lúc", null=True)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người gỡ"
    )
    withdrawal_reason = models.CharField("lý do gỡ", max_length=500, blank=True, default="")
    search_key = models.TextField("khóa tìm", blank=True, default="")

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = "tin bài"
        indexes = [
            models.Index(
                fields=["-published_at", "-number"],
                condition=Q(published_at__isnull=False, withdrawn_at=None),
                name="news_article_newest",
            ),
            models.Index(
                fields=["section", "-published_at", "-number"],
                condition=Q(published_at__isnull=False, withdrawn_at=None),
                name="news_article_newest_in_section",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(shown=None, published_at=None, updated_at=None)
                | Q(shown__isnull=False, published_at__isnull=False, updated_at__gte=F("published_at")),
                name="news_article_shown_since_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawal_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, shown__isnull=False)
                & ~Q(withdrawal_reason=""),
                name="news_article_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"

    @property
    def is_public(self) -> bool:
        """Whether everybody reads it on the portal."""
        return self.shown_id is not None and self.withdrawn_at is None


class Edition(models.Model):
    """What an article says in its `number`-th edition, from 1; one is open at most, and a published one never changes.

    `correction` says what is put right, from the second edition on. `version` grows with every change. `writers` are
    those who changed or submitted it: none of them approves it. `author` is the byline, `is_contributor` an author from
    outside, shown as "(CTV)" (M56).
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="editions", verbose_name="tin bài")
    number = models.PositiveSmallIntegerField("lần")
    stage_name = models.CharField("tình trạng", max_length=10, db_column="stage", default=EditionStage.DRAFT.value)
    section = models.ForeignKey(NewsSection, on_delete=models.PROTECT, related_name="+", verbose_name="chuyên mục")
    title = models.CharField("tiêu đề", max_length=200)
    summary = models.CharField("tóm tắt", max_length=500)
    body = models.TextField("nội dung")
    author = models.CharField("tác giả", max_length=100)
    is_contributor = models.BooleanField("cộng tác viên", default=False)
    correction = models.CharField("đính chính", max_length=500, blank=True, default="")
    version = models.PositiveIntegerField("phiên bản", default=1)
    writers = models.ManyToManyField(User, related_name="+", verbose_name="người viết")
    changed_at = models.DateTimeField("sửa lúc")
    submitted_at = models.DateTimeField("trình lúc", null=True)
    remark = models.CharField("ý kiến trả lại", max_length=500, blank=True, default="")
    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="người duyệt"
    )
    approved_at = models.DateTimeField("duyệt lúc", null=True)

    class Meta:
        verbose_name = "bản của tin bài"
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="news_edition_number_once"),
            models.UniqueConstraint(
                fields=["article"], condition=~Q(stage_name="PUBLISHED"), name="news_edition_open_once"
            ),
            models.CheckConstraint(
                condition=Q(stage_name__in=[one.value for one in EditionStage]), name="news_edition_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(stage_name="PUBLISHED", approved_by__isnull=False, approved_at__isnull=False)
                | (~Q(stage_name="PUBLISHED") & Q(approved_by=None, approved_at=None)),
                name="news_edition_published_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(number=1, correction="") | (Q(number__gt=1) & ~Q(correction="")),
                name="news_edition_says_what_it_corrects",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.article_id}.{self.number}"

    @property
    def stage(self) -> EditionStage:
        """Where it stands, as the rules know it."""
        return EditionStage(self.stage_name)

    @property
    def stage_label(self) -> str:
        """Where it stands, in words."""
        return str(EDITION_LABELS[self.stage])


class ArticlePhoto(models.Model):
    """A photo of an edition: `file` as it was kept, `small` for the page and `large` to look at, both bounded.

    `width` and `height` are those of `small`, in pixels. `alt` says to the blind what is seen. `key` makes a second
    click harmless.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="photos", verbose_name="bản")
    key = models.UUIDField("khóa", default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField("thứ tự")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="tệp gốc")
    small = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="ảnh nhỏ")
    large = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="ảnh lớn")
    width = models.PositiveSmallIntegerField("rộng")
    height = models.PositiveSmallIntegerField("cao")
    alt = models.CharField("mô tả ảnh", max_length=200)
    caption = models.CharField("chú thích", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "ảnh của tin bài"
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="news_photo_position_once"),
            models.UniqueConstraint(fields=["edition", "key"], name="news_photo_once_a_form"),
            models.CheckConstraint(condition=~Q(alt=""), name="news_photo_is_described"),
        ]

    def __str__(self) -> str:
        return f"#{self.edition_id} {self.position}"
