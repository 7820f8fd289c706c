from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from motcua.news.commands.counting import add_up, count_reading
from motcua.news.models import DailyViews, ViewTick
from motcua.news.queries.visits import views_of, visit_statistics
from motcua.news.tasks import add_up_views
from tests.make import MONDAY
from tests.news.making import make_article, make_newsroom

TODAY = MONDAY.date()


@pytest.mark.django_db
def test_what_is_counted_is_shown_at_once_and_stays_so_when_it_is_added_up() -> None:
    article = make_article(make_newsroom())
    for ago, count in ((0, 3), (1, 2), (40, 5)):
        for _ in range(count):
            count_reading(is_visit=True, number=article.number, on=TODAY - timedelta(days=ago))
    before = views_of(article.number), visit_statistics(TODAY)

    add_up_views(timestamp=0)
    add_up_views(timestamp=0)

    assert (views_of(article.number), visit_statistics(TODAY)) == before
    assert before[0] == 10
    assert (before[1].today_count, before[1].week_count, before[1].total_count) == (3, 5, 10)
    assert [one.count for one in before[1].days[:3]] == [3, 2, 0]
    assert [(one.number, one.count) for one in before[1].articles] == [(article.number, 5)]
    assert not ViewTick.objects.exists()


@pytest.mark.django_db
def test_the_month_is_that_of_the_calendar() -> None:
    for day in (date(2026, 3, 1), date(2026, 3, 31), date(2026, 2, 28)):
        count_reading(is_visit=True, number=None, on=day)

    assert visit_statistics(date(2026, 3, 31)).month_count == 2


@pytest.mark.django_db
def test_counting_touches_no_row_that_others_hold() -> None:
    article = make_article(make_newsroom())

    with CaptureQueriesContext(connection) as queries:
        count_reading(is_visit=True, number=article.number, on=TODAY)

    assert [query["sql"].split()[0] for query in queries] == ["SELECT", "INSERT"]


@pytest.mark.django_db
def test_an_article_that_there_is_not_is_not_counted() -> None:
    count_reading(is_visit=False, number=999, on=TODAY)

    assert not ViewTick.objects.exists()


class Counting(TestCase):
    """However often it is added up in between, the figures are those of a recount."""

    @given(st.lists(st.one_of(st.just("add up"), st.integers(0, 3)), max_size=25))
    def test_the_figures_equal_a_recount(self, steps: list[str | int]) -> None:
        told: dict[date, int] = {}
        for step in steps:
            if isinstance(step, str):
                add_up()
                continue
            day = TODAY - timedelta(days=step)
            count_reading(is_visit=True, number=None, on=day)
            told[day] = told.get(day, 0) + 1

        found = visit_statistics(TODAY)

        assert found.total_count == sum(told.values())
        assert {one.on: one.count for one in found.days if one.count} == told
        assert sum(DailyViews.objects.values_list("count", flat=True)) <= found.total_count
