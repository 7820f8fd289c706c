"""How often the portal and its articles are read, without a word about who reads (M31, M56)."""

from django.db import models
from django.db.models import Q

from motcua.news.models.articles import Article


class ViewTick(models.Model):
    """Something read just now, not yet added up: an article, or, where `article` is null, a visit to the portal.

    Written without waiting for anybody, since it touches no row that is there already. No moment, no address, no
    browser: the day is all that is known.
    """

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, null=True, related_name="ticks", verbose_name="tin bài"
    )
    on = models.DateField("ngày")

    class Meta:
        verbose_name = "lượt chưa cộng"

    def __str__(self) -> str:
        return f"#{self.article_id} {self.on:%Y-%m-%d}"


class DailyViews(models.Model):
    """How many views an article had on a day, or, where `article` is null, how many visits the portal had."""

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, null=True, related_name="daily_views", verbose_name="tin bài"
    )
    on = models.DateField("ngày")
    count = models.PositiveBigIntegerField("số lượt")

    class Meta:
        verbose_name = "lượt trong ngày"
        constraints = [
            models.UniqueConstraint(fields=["article", "on"], name="news_views_once_a_day", nulls_distinct=False),
            models.CheckConstraint(condition=Q(count__gt=0), name="news_views_are_some"),
        ]

    def __str__(self) -> str:
        return f"#{self.article_id} {self.on:%Y-%m-%d} {self.count}"
