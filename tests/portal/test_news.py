import json
import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.news.commands.approving import withdraw_article
from tests.make import MONDAY
from tests.news.making import (
    Newsroom,
    corrected,
    make_article,
    make_draft_article,
    make_newsroom,
    make_section,
    published,
    with_photo,
)

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=1)


@pytest.fixture
def room() -> Newsroom:
    return make_newsroom()


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_an_article_stands_at_an_address_of_its_own_with_author_and_both_stamps(client: Client, room: Newsroom) -> None:
    article = corrected(make_article(room, at=MONDAY), room, at=LATER)

    shown = " ".join(page(client, f"/tin-tuc/{article.number}/").split())

    assert "Quàng Thị Sương</strong> (CTV)" in shown
    assert "Đăng lúc" in shown
    assert "Cập nhật" in shown
    assert "02/03/2026" in shown
    assert "03/03/2026" in shown
    assert "Sửa giờ làm việc." in shown
    assert "<h2>Cần mang gì</h2>" in shown
    assert "<li>Giấy hẹn</li>" in shown


def test_nothing_that_is_typed_becomes_html(client: Client, room: Newsroom) -> None:
    body = '<script>alert(1)</script>\n\n[x](javascript:alert(1)) [y](https://a.vn/"onclick=1) **<b>đậm</b>**'
    article = make_article(room, title="</script><img src=x>", body=body)

    shown = page(client, f"/tin-tuc/{article.number}/")

    assert "<script>alert" not in shown
    assert "<img src=x>" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<strong>&lt;b&gt;đậm&lt;/b&gt;</strong>" in shown
    assert 'href="javascript' not in shown
    assert "onclick=1)" in shown
    assert 'href="https://a.vn' not in shown


def test_search_engines_read_the_article_as_news(client: Client, room: Newsroom) -> None:
    article = published(with_photo(make_draft_article(room), room), room)

    block = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', page(client, f"/tin-tuc/{article.number}/")
    )

    assert block
    told = json.loads(block[1])
    assert (told["@type"], told["author"]["name"]) == ("NewsArticle", "Quàng Thị Sương")
    assert told["datePublished"] == told["dateModified"]
    assert told["image"] == [f"http://testserver/tin-tuc/{article.number}/anh/1/lon/"]


def test_drafts_and_what_was_withdrawn_are_not_found(client: Client, room: Newsroom) -> None:
    draft, gone = make_draft_article(room), make_article(room)
    withdraw_article(article=gone, reason="Nhầm", actor=room.approver, at=LATER)

    for number in (draft.number, gone.number, 999):
        assert client.get(f"/tin-tuc/{number}/").status_code == 404
        assert client.get(f"/tin-tuc/{number}/anh/1/nho/").status_code == 404
    assert "Chưa có tin nào." in page(client, "/tin-tuc/")


def test_the_news_are_listed_by_section_words_and_date(client: Client, room: Newsroom) -> None:
    other = make_section(slug="chuyen-doi-so", name="Chuyển đổi số")
    make_article(room, title="Kiểm tra cải cách", at=MONDAY)
    make_article(room, title="Chữ ký số", section=other, at=LATER)

    every = page(client, "/tin-tuc/")
    assert every.index("Chữ ký số") < every.index("Kiểm tra cải cách")
    assert "Kiểm tra cải cách" not in page(client, "/tin-tuc/muc/chuyen-doi-so/")
    assert "Kiểm tra cải cách" in page(client, "/tin-tuc/?q=kiem+tra")
    assert "Không có tin nào với “zzz”." in page(client, "/tin-tuc/?q=zzz")
    assert "Chữ ký số" not in page(client, "/tin-tuc/ngay/2026/3/2/")
    assert 'href="/tin-tuc/ngay/2026/3/3/"' in page(client, "/tin-tuc/ngay/2026/3/")
    assert 'href="/tin-tuc/ngay/2026/3/"' in page(client, "/tin-tuc/ngay/2026/")
    assert 'href="/tin-tuc/ngay/2026/"' in page(client, "/tin-tuc/ngay/")
    assert "Kiểm tra cải cách" in page(client, "/")


@pytest.mark.parametrize(
    "address",
    [
        "/tin-tuc/ngay/2026/13/",
        "/tin-tuc/ngay/2026/2/30/",
        "/tin-tuc/ngay/1/",
        "/tin-tuc/ngay/99999/",
        "/tin-tuc/muc/x/",
        "/tin-tuc/pdf.xml",
        "/tin-tuc/muc/x/rss.xml",
    ],
)
def test_what_there_is_not_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_december_ends_with_the_year(client: Client, room: Newsroom) -> None:
    make_article(room, title="Cuối năm", at=MONDAY.replace(month=12, day=31))

    assert "Cuối năm" in page(client, "/tin-tuc/ngay/2026/12/")


def test_an_empty_archive_says_so(client: Client) -> None:
    assert "Chưa có tin nào." in page(client, "/tin-tuc/ngay/")


def test_feeds_carry_the_newest_of_all_and_of_a_section(client: Client, room: Newsroom) -> None:
    other = make_section(slug="chuyen-doi-so", name="Chuyển đổi số")
    make_article(room, title="Kiểm tra", at=MONDAY)
    article = make_article(room, title="Chữ ký số", section=other, at=LATER)

    rss = ET.fromstring(client.get("/tin-tuc/rss.xml").content)
    of_section = ET.fromstring(client.get("/tin-tuc/muc/chuyen-doi-so/atom.xml").content)

    assert [item.findtext("title") for item in rss.iter("item")] == ["Chữ ký số", "Kiểm tra"]
    atom = "{http://www.w3.org/2005/Atom}"
    assert [entry.findtext(f"{atom}id") for entry in of_section.iter(f"{atom}entry")] == [
        f"http://testserver/tin-tuc/{article.number}/"
    ]


def test_photos_are_handed_out_small_and_large_and_kept_by_browsers(client: Client, room: Newsroom) -> None:
    article = published(with_photo(make_draft_article(room), room, width=1600), room)
    address = f"/tin-tuc/{article.number}/anh/1/"

    small = client.get(f"{address}nho/")

    assert small.headers["Content-Type"] == "image/jpeg"
    assert "max-age" in small.headers["Cache-Control"]
    again = client.get(f"{address}nho/", headers={"If-None-Match": small.headers["ETag"]})
    assert again.status_code == 304
    large = client.get(f"{address}lon/")
    assert b"".join(large.streaming_content) != b"".join(small.streaming_content) != b""  # type: ignore[attr-defined]  # file answers
    assert client.get(f"{address}goc/").status_code == 404
    assert 'alt="Hai quầy mới"' in page(client, f"/tin-tuc/{article.number}/")


def test_the_sitemap_names_what_is_on_the_portal(client: Client, room: Newsroom) -> None:
    article, draft = make_article(room), make_draft_article(room)

    told = client.get("/sitemap.xml").content.decode()

    assert f"http://testserver/tin-tuc/{article.number}/" in told
    assert f"/tin-tuc/{draft.number}/<" not in told


@pytest.mark.parametrize("address", ["/tin-tuc/", "/", "/tin-tuc/ngay/2026/3/", "/tin-tuc/rss.xml"])
def test_thirty_articles_cost_what_one_does(client: Client, room: Newsroom, address: str) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    published(with_photo(make_draft_article(room), room), room)
    client.get(address)
    one = cost()
    for number in range(29):
        published(with_photo(make_draft_article(room, title=f"Tin {number}"), room), room)

    assert cost() == one
