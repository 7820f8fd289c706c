"""What htmx is answered where others get the page: the list alone, or the way to what is no list."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.accounts.models import Grant, User
from motcua.rules.transitions import Status
from tests.make import MONDAY, Office, make_dossier, make_user

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]
HTMX = {"HX-Request": "true"}
ON_THE_WAY_BACK = {"HX-History-Restore-Request": "true"}
LISTS = {
    "/xu-ly/?ngan=qua-han": "Quá hạn: 1 hồ sơ, trang này có 1.",
    "/xu-ly/ho-so-cua-bo-phan/?status=SUBMITTED": "Đang hiện 2 hồ sơ.",
    "/xu-ly/tim/?q=T-": "Đang hiện 2 hồ sơ.",
    "/xu-ly/tiep-nhan-truc-tiep/?q=": "Đang hiện 1 thủ tục.",
}
ADDRESSES = pytest.mark.parametrize("address", LISTS)


@pytest.fixture
def desk(office: Office, at_work: AtWork) -> Client:
    """The reception officer at work, with one dossier that is late and one that is not."""
    make_dossier(office=office, at=MONDAY - timedelta(days=4))
    make_dossier(office=office, at=MONDAY + timedelta(hours=7))
    return at_work(office.reception)


@ADDRESSES
def test_htmx_gets_the_list_that_stands_in_the_whole_page(desk: Client, address: str) -> None:
    page = desk.get(address)
    part = desk.get(address, headers=HTMX)

    assert part.status_code == 200
    assert "<html" in page.content.decode()
    assert "<html" not in part.content.decode()
    assert "".join(part.content.decode().split()) in "".join(page.content.decode().split())


@ADDRESSES
def test_the_list_says_how_much_there_is(desk: Client, address: str) -> None:
    said = " ".join(desk.get(address, headers=HTMX).content.decode().split())

    assert LISTS[address] in said


@ADDRESSES
def test_on_the_way_back_the_whole_page_is_answered_with_the_list_marked(desk: Client, address: str) -> None:
    said = desk.get(address, headers=ON_THE_WAY_BACK).content.decode()

    assert "<html" in said
    assert said.count("hx-history-elt") == 1


@ADDRESSES
@pytest.mark.parametrize("headers", [{}, HTMX, ON_THE_WAY_BACK], ids=["browser", "htmx", "back"])
def test_caches_know_the_two_answers_apart(desk: Client, address: str, headers: dict[str, str]) -> None:
    varies = desk.get(address, headers=headers).headers["Vary"]

    assert {"HX-Request", "HX-History-Restore-Request"} <= set(varies.split(", "))


@ADDRESSES
def test_a_part_asks_no_more_of_the_database_than_the_page(desk: Client, address: str) -> None:
    desk.get(address)
    with CaptureQueriesContext(connection) as for_page:
        desk.get(address)
    with CaptureQueriesContext(connection) as for_part:
        desk.get(address, headers=HTMX)

    the_bell = 1
    assert len(for_page) > the_bell
    assert len(for_part) == len(for_page) - the_bell


def test_a_next_page_leads_on_with_and_without_scripts(
    office: Office, at_work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.dossiers.queries.worklist.PAGE_SIZE", 1)
    first, second = (make_dossier(office=office, at=MONDAY + timedelta(hours=hour)) for hour in (0, 1))
    client = at_work(office.reception)

    part = client.get("/xu-ly/", headers=HTMX)
    on = client.get("/xu-ly/", {"sau": part.context["after"]}, headers=HTMX).content.decode()

    said = part.content.decode()
    assert said.count("?sau=") == 2, "an address for the browser and one for htmx"
    assert first.public_code in said
    assert second.public_code not in said
    assert second.public_code in on


def test_a_single_hit_opens_when_it_is_sent_but_not_while_it_is_typed(office: Office, at_work: AtWork) -> None:
    code = make_dossier(office=office).public_code
    client = at_work(office.reception)

    sent = client.get("/xu-ly/tim/", {"q": code})
    typed = client.get("/xu-ly/tim/", {"q": code}, headers=HTMX)

    assert sent.headers["Location"] == f"/xu-ly/ho-so/{code}/"
    assert typed.status_code == 200
    assert code in typed.content.decode()


@ADDRESSES
@pytest.mark.parametrize("headers", [HTMX, ON_THE_WAY_BACK], ids=["htmx", "back"])
def test_a_session_that_has_ended_leads_the_whole_page_to_the_sign_in(address: str, headers: dict[str, str]) -> None:
    page = Client().get(address)
    part = Client().get(address, headers=headers)

    assert page.status_code == 302
    assert (part.status_code, part.content) == (200, b"")
    assert part.headers["HX-Redirect"] == page.headers["Location"]
    assert "/login/?next=/xu-ly/" in part.headers["HX-Redirect"]


def test_a_session_without_a_second_factor_leads_the_whole_page_to_set_one_up(office: Office, at_work: AtWork) -> None:
    client = at_work(office.reception)
    session = client.session
    del session["has_second_factor"]
    session.save()

    assert "/2fa/totp/activate/" in client.get("/xu-ly/", headers=HTMX).headers["HX-Redirect"]


def test_whoever_lost_their_role_since_comes_to_the_page_that_says_so(office: Office, at_work: AtWork) -> None:
    client = at_work(office.reception)
    Grant.objects.filter(user=office.reception).delete()

    answer = client.get("/xu-ly/?ngan=qua-han", headers=HTMX)

    assert answer.headers["HX-Redirect"] == "/xu-ly/?ngan=qua-han"
    assert client.get("/xu-ly/?ngan=qua-han").status_code == 403


def test_a_counter_that_is_not_theirs_says_so_on_a_whole_page(office: Office, at_work: AtWork) -> None:
    answer = at_work(office.dispatcher).get("/xu-ly/tiep-nhan-truc-tiep/?q=khai", headers=HTMX)

    assert answer.headers["HX-Redirect"] == "/xu-ly/tiep-nhan-truc-tiep/?q=khai"


def _broken(*_args: object, **_kwargs: object) -> None:
    raise RuntimeError


def test_a_fault_is_told_in_words_above_the_list(
    office: Office, at_work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = at_work(office.reception)
    client.raise_request_exception = False
    monkeypatch.setattr("motcua.workspace.views.worklist.worklist", _broken)

    answer = client.get("/xu-ly/?ngan=qua-han", headers=HTMX)

    said = answer.content.decode()
    assert answer.status_code == 500
    assert "Hệ thống đang gặp trục trặc" in said
    assert answer.headers["X-Request-Id"][:8] in said
    assert "<html" not in said
    headers = [answer.headers[name] for name in ("HX-Retarget", "HX-Reswap", "HX-Push-Url")]
    assert headers == ["#problem", "innerHTML", "false"]


def test_a_fault_on_the_way_back_loads_the_whole_page(
    office: Office, at_work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = at_work(office.reception)
    client.raise_request_exception = False
    monkeypatch.setattr("motcua.workspace.views.worklist.worklist", _broken)

    answer = client.get("/xu-ly/?ngan=qua-han", headers=ON_THE_WAY_BACK)

    assert answer.headers["HX-Redirect"] == "/xu-ly/?ngan=qua-han"


def test_what_is_sent_is_answered_as_ever(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)

    answer = at_work(office.reception).post(f"/xu-ly/ho-so/{dossier.public_code}/tu-choi/", {}, headers=HTMX)

    assert answer.status_code == 422
    assert "<html" in answer.content.decode()
    assert dossier.status == Status.SUBMITTED


def test_pages_of_forms_carry_no_htmx(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(office=office)
    client = at_work(office.reception)

    with_list = client.get("/xu-ly/").content.decode()
    with_form = client.get(f"/xu-ly/ho-so/{dossier.public_code}/tu-choi/").content.decode()

    assert "vendor/htmx" in with_list
    assert "vendor/htmx" not in with_form


def test_the_portal_never_answers_parts() -> None:
    make_user()

    answer = Client().get("/", headers=HTMX)

    assert "<html" in answer.content.decode()
    assert "HX-Request" not in answer.headers["Vary"]
    assert "vendor/htmx" not in answer.content.decode()
