from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.news.commands.approving import withdraw_article
from motcua.news.models import ViewTick
from motcua.news.queries.visits import views_of
from motcua.portal.counting import COOKIE, Remembered, remembered
from tests.make import MONDAY
from tests.news.making import Newsroom, make_article, make_newsroom

pytestmark = pytest.mark.django_db
PHONE = (
    "Mozilla/5.0 (Linux; Android 13; SM-A145F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36"
)
EVENING = MONDAY.replace(hour=23, minute=30)


@pytest.fixture
def room() -> Newsroom:
    return make_newsroom()


@pytest.fixture
def reader() -> Client:
    return Client(headers={"User-Agent": PHONE})


def visits() -> int:
    return ViewTick.objects.filter(article=None).count()


def test_a_browser_counts_once_a_day_and_so_does_each_article_that_it_reads(reader: Client, room: Newsroom) -> None:
    first, second = make_article(room), make_article(room)
    with time_machine.travel(EVENING, tick=False):
        for address in ("/", f"/tin-tuc/{first.number}/", f"/tin-tuc/{first.number}/", f"/tin-tuc/{second.number}/"):
            reader.get(address)

    assert visits() == 1
    assert (views_of(first.number), views_of(second.number)) == (1, 1)
    cookie = reader.cookies[COOKIE]
    assert cookie.value == f"2026-03-02.{first.number}.{second.number}"
    assert cookie["max-age"] == 30 * 60
    assert cookie["httponly"]

    with time_machine.travel(EVENING + timedelta(hours=1), tick=False):
        shown = reader.get(f"/tin-tuc/{first.number}/").content.decode()
        reader.get(f"/tin-tuc/{first.number}/")
    assert "1 lượt xem" in " ".join(shown.split())
    assert visits() == 2
    assert views_of(first.number) == 2


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"User-Agent": "curl/8.4"},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User-Agent": PHONE, "Sec-Purpose": "prefetch;prerender"},
    ],
)
def test_machines_and_pages_fetched_ahead_are_not_counted(headers: dict[str, str], room: Newsroom) -> None:
    article = make_article(room)
    client = Client(headers=headers)

    client.get("/")
    client.get(f"/tin-tuc/{article.number}/")

    assert not ViewTick.objects.exists()
    assert COOKIE not in client.cookies


def test_only_pages_of_the_portal_that_were_shown_are_counted(reader: Client, room: Newsroom) -> None:
    gone = make_article(room)
    withdraw_article(article=gone, reason="Nhầm", actor=room.approver, at=MONDAY)

    for address in (f"/tin-tuc/{gone.number}/", "/tin-tuc/rss.xml", "/sitemap.xml", "/xu-ly/", "/tai-khoan/login/"):
        reader.get(address)
    reader.head("/")
    reader.get("/api/v1/procedures")

    assert not ViewTick.objects.exists()


def test_nothing_but_day_and_article_is_kept() -> None:
    fields = ViewTick._meta.get_fields()  # noqa: SLF001  # the way Django names them

    assert {field.name for field in fields} == {"id", "article", "on"}


@pytest.mark.parametrize(
    "cookie", ["", "2026-03-01.5", "x", "2026-03-02.", "2026-03-02.5;6", "2026-03-02.x", "." * 4000]
)
def test_a_cookie_of_another_day_or_that_nobody_wrote_says_nothing(cookie: str) -> None:
    assert remembered(cookie, MONDAY.date()) == Remembered(MONDAY.date())


def test_a_cookie_stays_small() -> None:
    written = Remembered(MONDAY.date(), has_come=True, numbers=list(range(100_000, 100_400))).written()

    assert len(written) < 1200
    assert remembered(written, MONDAY.date()).numbers[-1] == 100_399


def test_counting_costs_one_visit_two_queries_at_most(reader: Client, room: Newsroom) -> None:
    article = make_article(room)
    address = f"/tin-tuc/{article.number}/"

    def cost(client: Client) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    cost(Client())
    uncounted = cost(Client())
    assert cost(reader) == uncounted + 2
    assert cost(reader) == uncounted


def test_the_statistics_are_shown_day_by_day(reader: Client, room: Newsroom) -> None:
    article = make_article(room, title="Được đọc nhiều")
    with time_machine.travel(MONDAY, tick=False):
        reader.get(f"/tin-tuc/{article.number}/")
        shown = " ".join(reader.get("/luot-truy-cap/").content.decode().split())

    assert '<dt>Hôm nay</dt> <dd class="num"> 1 </dd>' in shown
    assert "Được đọc nhiều" in shown
    assert "02/03/2026" in shown


def test_the_statistics_cost_the_same_for_thirty_articles(client: Client, room: Newsroom) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/luot-truy-cap/")
        return len(queries)

    def read() -> None:
        ViewTick.objects.create(article=make_article(room), on=datetime.now().date())

    read()
    cost()
    one = cost()
    for _ in range(29):
        read()

    assert cost() == one
