"""How often the portal and its articles were read: what was added up, and what was counted since (M31, M56)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import connection
from django.db.models import Count, Sum

from motcua.news.models import Article, DailyViews, ViewTick

DAYS: Final = 30
_MOST_READ: Final = 10
_BY_ARTICLE: Final = """
SELECT article.number, edition.title, sum(counted.count)::bigint
FROM (SELECT article_id, count FROM news_dailyviews WHERE article_id IS NOT NULL AND "on" > %(since)s
      UNION ALL SELECT article_id, 1 FROM news_viewtick WHERE article_id IS NOT NULL AND "on" > %(since)s) counted
JOIN news_article article ON article.id = counted.article_id AND article.withdrawn_at IS NULL
JOIN news_edition edition ON edition.id = article.shown_id
GROUP BY article.number, edition.title ORDER BY 3 DESC, article.number DESC LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class DayCount:
    """The visits of one day."""

    on: date
    count: int


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article on the portal with its views in the last `DAYS` days."""

    number: int
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class VisitStatistics:
    """Visits to the portal: a browser counts once a day. `days` are the last `DAYS`, the newest first, today first."""

    today_count: int
    week_count: int
    month_count: int
    total_count: int
    days: tuple[DayCount, ...]
    articles: tuple[ReadArticle, ...]


def views_of(number: int) -> int:
    """Return how often the article of that number was read."""
    article = Article.objects.filter(number=number)
    kept = DailyViews.objects.filter(article__in=article).aggregate(count=Sum("count"))["count"]
    return (kept or 0) + ViewTick.objects.filter(article__in=article).count()


def visit_statistics(today: date) -> VisitStatistics:
    """Return the visits until now; `week_count` is of seven days with today, `month_count` of the calendar month."""
    since = min(today - timedelta(days=DAYS - 1), today.replace(day=1))
    portal = DailyViews.objects.filter(article=None)
    counts = dict(portal.filter(on__gte=since).values_list("on", "count"))
    total = portal.aggregate(count=Sum("count"))["count"] or 0
    for on, count in ViewTick.objects.filter(article=None).values_list("on").annotate(count=Count("pk")):
        counts[on] = counts.get(on, 0) + count
        total += count
    days = [today - timedelta(days=ago) for ago in range(DAYS)]
    return VisitStatistics(
        today_count=counts.get(today, 0),
        week_count=sum(counts.get(day, 0) for day in days[:7]),
        month_count=sum(count for on, count in counts.items() if today.replace(day=1) <= on <= today),
        total_count=total,
        days=tuple(DayCount(day, counts.get(day, 0)) for day in days),
        articles=_most_read(today - timedelta(days=DAYS)),
    )


def _most_read(since: date) -> tuple[ReadArticle, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_BY_ARTICLE, {"since": since, "most": _MOST_READ})
        return tuple(ReadArticle(number, title, count) for number, title, count in cursor.fetchall())
