"""What every request passes: the request id, the language, the size limit, the walls."""

import json

import pytest
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from motcua.accounts.commands.second_factor import set_second_factor
from motcua.accounts.models import User
from motcua.config.middleware import caller_address
from motcua.rules.permissions import Role
from tests.make import MONDAY, make_officer, make_unit, make_user

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TOO_MUCH = settings.REQUEST_MAX_BYTES + 1


def signed_in(client: Client, user: User) -> Client:
    client.force_login(user, backend=BACKEND)
    return client


def test_each_answer_carries_its_own_request_id(client: Client) -> None:
    first, second = (client.get("/").headers["X-Request-Id"] for _ in range(2))

    assert first != second
    assert len(first) == 32


def test_the_site_speaks_vietnamese_whatever_the_browser_prefers(client: Client) -> None:
    page = client.get("/", HTTP_ACCEPT_LANGUAGE="en-US,en;q=0.9")

    assert page.headers["Content-Language"] == "vi"
    assert '<html lang="vi"' in page.content.decode()


@pytest.mark.parametrize(("chosen", "spoken"), [("en", "en"), ("vi", "vi"), ("xx", "vi"), ("", "vi")])
def test_the_visitors_own_choice_is_kept(client: Client, chosen: str, spoken: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = chosen

    assert client.get("/").headers["Content-Language"] == spoken


def test_a_request_past_the_limit_is_told_how_large_a_file_may_be(client: Client) -> None:
    answer = client.post("/", data=b"x" * TOO_MUCH, content_type="application/octet-stream")

    assert answer.status_code == 413
    assert "20 MB" in answer.content.decode()


@pytest.mark.parametrize(
    "counter",
    [
        "/xu-ly/tiep-nhan-truc-tiep/H18.31.04/1.001193/H18.31/",
        "/xu-ly/nhap-ho-so-giay/BO-1/9001/1.001193/2026-03-02/",
    ],
)
def test_the_counter_takes_the_scans_of_a_whole_application_but_no_more(counter: str, client: Client) -> None:
    with override_settings(COUNTER_REQUEST_MAX_BYTES=TOO_MUCH):
        taken = client.post(counter, data=b"x" * TOO_MUCH, content_type="application/octet-stream")
        refused = client.post(counter, data=b"x" * (TOO_MUCH + 1), content_type="application/octet-stream")

    assert (taken.status_code, refused.status_code) == (302, 413)
    assert settings.COUNTER_REQUEST_MAX_BYTES > 5 * settings.PAPER_MAX_BYTES


def test_the_api_tells_it_as_a_problem(client: Client) -> None:
    answer = client.post("/api/v1/dossiers", data=b"x" * TOO_MUCH, content_type="application/octet-stream")

    assert answer.status_code == 413
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["code"] == "request_too_large"


def test_a_stranger_is_sent_to_sign_in_and_back(client: Client) -> None:
    answer = client.get("/xu-ly/")

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{reverse('account_login')}?next=/xu-ly/"


def test_an_official_without_a_second_factor_must_set_one_up_first(client: Client) -> None:
    officer = make_officer(Role.RECEPTION_OFFICER, make_unit())

    answer = signed_in(client, officer).get("/xu-ly/")

    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("mfa_activate_totp")


def test_an_official_with_a_second_factor_comes_in(client: Client) -> None:
    officer = make_officer(Role.RECEPTION_OFFICER, make_unit())
    set_second_factor(user=officer, secret=generate_totp_secret(), at=MONDAY)

    assert signed_in(client, officer).get("/xu-ly/").status_code == 200


def test_a_citizen_needs_no_second_factor_for_their_own_pages(client: Client) -> None:
    assert signed_in(client, make_user()).get("/").status_code == 200


def test_no_page_may_run_what_is_written_into_it(client: Client) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_pages_may_not_be_framed_or_sniffed(client: Client) -> None:
    headers = client.get("/").headers

    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("proxies", "passed_on", "seen"),
    [
        pytest.param(0, "198.51.100.1", "127.0.0.1", id="nobody is trusted unless it is said"),
        pytest.param(1, "198.51.100.1", "198.51.100.1", id="one server in front"),
        pytest.param(1, "10.9.8.7, 198.51.100.1", "198.51.100.1", id="what the caller wrote is not believed"),
        pytest.param(2, "198.51.100.1, 192.0.2.1", "198.51.100.1", id="two servers in front"),
        pytest.param(2, "192.0.2.1", "127.0.0.1", id="fewer names than servers"),
    ],
)
def test_the_caller_is_whoever_stands_before_our_own_servers(
    rf: RequestFactory, proxies: int, passed_on: str, seen: str
) -> None:
    request = rf.get("/", headers={"X-Forwarded-For": passed_on})

    with override_settings(TRUSTED_PROXIES=proxies):
        answer = caller_address(lambda request: HttpResponse(request.META["REMOTE_ADDR"]))(request)

    assert isinstance(answer, HttpResponse)
    assert answer.content.decode() == seen
