"""Requests that make no sense: each is answered in words and with the right status, none with a fault of ours."""

import logging
from collections.abc import Callable

import pytest
from django.test import Client

from motcua.accounts.models import User
from tests.make import make_office, make_procedure

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    ["/thu-tuc/%00/", "/linh-vuc/%00/", "/tra-cuu/%00/", "/ho-so/%00/nop/", "/xu-ly/ho-so/%00/", "/doi-song/%00/"],
)
def test_an_address_with_a_nul_names_nothing(client: Client, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 404
    assert "Không tìm thấy trang" in answer.content.decode()


@pytest.mark.parametrize(
    "query",
    ["q=%ff%fe", "q=" + "a" * 6000, "q=%27%22%3Cscript%3E", "q=%F0%9F%98%80", "q=&q=&trang=-1"],
)
@pytest.mark.parametrize("address", ["/tim/", "/tim/goi-y/", "/linh-vuc/"])
def test_a_query_of_garbage_finds_nothing_and_breaks_nothing(client: Client, address: str, query: str) -> None:
    answer = client.get(f"{address}?{query}")

    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().replace('<script type="module"', "")


@pytest.mark.parametrize(
    "address", ["/?noi=%00", "/tim/?q=%00", "/tim/goi-y/?q=a%00b", "/xu-ly/tim/?q=%00", "/tra-cuu/?ma=%00"]
)
def test_a_question_with_a_nul_is_answered_in_words(client: Client, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 400
    assert "Yêu cầu này chưa đọc được" in answer.content.decode()


@pytest.mark.parametrize("page", ["99999999999999999999", "9" * 5000, "0", "-1", "1001", "٣", "²", "x", ""])
def test_a_page_that_no_list_has_shows_the_first(client: Client, page: str) -> None:
    procedure = make_procedure()

    answer = client.get(f"/linh-vuc/{procedure.sector.code}/", {"trang": page})

    assert answer.status_code == 200
    assert procedure.code in answer.content.decode()


@pytest.mark.parametrize(
    "mark",
    ["~", "9" * 5000, "2026-03-02~1", "0001-01-01T00:00:00+14:00~1", f"2026-03-02T08:00:00+00:00~{10**30}", "ý~ý"],
)
@pytest.mark.parametrize("address", ["/xu-ly/", "/xu-ly/ho-so-cua-bo-phan/"])
def test_a_mark_of_garbage_starts_a_list_of_the_workspace(
    sign_in: Callable[[User], Client], address: str, mark: str
) -> None:
    officer = sign_in(make_office().reception)

    assert officer.get(address, {"sau": mark}).status_code == 200


@pytest.mark.parametrize("place", ["%ff", "9" * 400, "../../etc"])
def test_a_place_that_is_none_shows_the_procedure_without_one(client: Client, place: str) -> None:
    procedure = make_procedure()

    assert client.get(f"/thu-tuc/{procedure.code}/?noi={place}").status_code == 200


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_a_method_that_is_not_taken_is_said_in_words(client: Client, method: str) -> None:
    answer = getattr(client, method)("/tra-cuu/")

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, POST"
    assert "Trang này không mở theo cách đó" in answer.content.decode()


def test_more_text_than_is_taken_is_said_in_words(client: Client) -> None:
    answer = client.post("/tra-cuu/", {"code": "a" * 2_500_000, "pin": "1234"})

    assert answer.status_code == 413
    assert "Nội dung gửi quá dài" in answer.content.decode()


def test_more_fields_than_any_form_has_are_refused(client: Client) -> None:
    answer = client.post("/tra-cuu/", {f"o{number}": "1" for number in range(1500)})

    assert answer.status_code == 400
    assert "Yêu cầu này chưa đọc được" in answer.content.decode()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1@evil.example", "<script>", "[::1", ""])
def test_another_hosts_name_is_refused_without_repeating_it(client: Client, host: str) -> None:
    answer = client.get("/tra-cuu/", HTTP_HOST=host)

    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


def test_garbage_calls_nobody_to_act(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    client.get("/", HTTP_HOST="evil.example")
    client.get("/thu-tuc/%00/")

    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.mark.parametrize("cookie", ["../../etc/passwd", "\x7f", "a" * 4000])
def test_a_cookie_of_garbage_is_as_good_as_none(client: Client, cookie: str) -> None:
    client.cookies["django_language"] = cookie
    client.cookies["sessionid"] = cookie

    assert client.get("/").headers["Content-Language"] == "vi"


def test_an_unknown_page_keeps_the_frame_of_the_site(client: Client) -> None:
    answer = client.get("/khong-co/")

    page = answer.content.decode()
    assert answer.status_code == 404
    assert 'href="/tra-cuu/"' in page
    assert answer.headers["X-Request-Id"][:8] in page
    assert answer.headers["X-Request-Id"] not in page
