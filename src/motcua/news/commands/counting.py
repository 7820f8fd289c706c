"""Count what is read, and add it up by the day; counters are no events (M31, M56)."""

from datetime import date

from django.db import connection, transaction

from motcua.news.models import Article, ViewTick

__all__ = ["add_up", "count_reading"]

_ADD_UP = """
WITH gone AS (DELETE FROM news_viewtick RETURNING article_id, "on"),
     summed AS (SELECT article_id, "on", count(*) AS count FROM gone GROUP BY article_id, "on")
INSERT INTO news_dailyviews (article_id, "on", count)
SELECT article_id, "on", count FROM summed ORDER BY article_id NULLS FIRST, "on"
ON CONFLICT (article_id, "on") DO UPDATE SET count = news_dailyviews.count + excluded.count
"""


def count_reading(*, is_visit: bool, number: int | None, on: date) -> None:
    """Count a visit to the portal, and a view of the article of that number; None: of none.

    One row inserted for each, so that a thousand readers of one article never wait for each other.
    """
    ticks = [ViewTick(on=on)] if is_visit else []
    if number is not None:
        pks = Article.objects.filter(number=number).values_list("pk", flat=True)
        ticks += [ViewTick(article_id=pk, on=on) for pk in pks]
    ViewTick.objects.bulk_create(ticks)


@transaction.atomic
def add_up() -> None:
    """Add what was counted since to the day's figures; run twice, nothing is counted twice."""
    with connection.cursor() as cursor:
        cursor.execute(_ADD_UP)
