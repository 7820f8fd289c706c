import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import get_resolver
from pytest_django import Settings
from zeal import zeal_ignore

from motcua.rules.permissions import Role
from tests.make import make_officer, make_unit, make_user

pytestmark = pytest.mark.django_db

ENGLISH = re.compile(r"\b(the|your|you|please|password|email|sign|account)\b", re.IGNORECASE)
PASSWORD = "rung-ban-mua-xuan"  # of nobody


def text_of(html: str) -> str:
    """Return the words of the main part of a page."""
    main = html.split("<main", 1)[1].split("</main>", 1)[0]
    return re.sub(r"<[^>]+>|\S+@\S+", " ", main)


def allauth_addresses() -> list[str]:
    """Return every address of accounts that takes no argument."""
    found = []
    for prefix in ("account", "mfa"):
        names = [name for name in get_resolver().reverse_dict if isinstance(name, str) and name.startswith(prefix)]
        for name in names:
            patterns = get_resolver().reverse_dict.getlist(name)
            found += [f"/{pattern[0][0][0]}" for pattern in patterns if not pattern[0][0][1]]
    return sorted(set(found))


@pytest.mark.parametrize("address", allauth_addresses())
@pytest.mark.parametrize("is_signed_in", [False, True], ids=["guest", "citizen"])
def test_every_page_of_accounts_is_ours_and_vietnamese(client: Client, address: str, *, is_signed_in: bool) -> None:
    if is_signed_in:
        user = make_user(username="ban")
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        client.force_login(user)

    answer = client.get(address, follow=True)

    html = answer.content.decode()
    if answer.headers["Content-Type"].startswith("text/html") and answer.status_code == 200:
        assert "portal/portal.css" in html
        assert not ENGLISH.findall(text_of(html))
    assert answer.status_code in {200, 404, 405}


def test_a_citizen_opens_an_account_with_a_code_from_the_mail(
    client: Client, settings: Settings, mailoutbox: list[object]
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    said = {"email": "ban@example.com", "username": "ban", "password1": PASSWORD, "password2": PASSWORD}

    client.post("/tai-khoan/signup/", said)
    body = str(mailoutbox[-1].body)  # type: ignore[attr-defined]  # a letter
    code = re.search(r": (\S{6,})", body)
    assert code
    with zeal_ignore():  # allauth asks for the same address three times
        answer = client.post("/tai-khoan/confirm-email/", {"code": code.group(1)}, follow=True)

    assert "Mã xác nhận thư điện tử" in body
    assert "Hồ sơ của tôi" in text_of(answer.content.decode())


def test_the_demonstration_shows_what_the_letter_would_have_said(client: Client, settings: Settings) -> None:
    settings.IS_DEMONSTRATION = True
    said = {"email": "ban@example.com", "username": "ban", "password1": PASSWORD, "password2": PASSWORD}

    html = client.post("/tai-khoan/signup/", said, follow=True).content.decode()

    assert "Trang trình diễn không gửi thư đi. Trong thư tới ban@example.com có:" in html


def test_a_wrong_password_is_said_in_words(client: Client) -> None:
    answer = client.post("/tai-khoan/login/", {"login": "ban", "password": "sai-mat-khau"})

    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in answer.content.decode()


def test_after_signing_in_officers_go_to_their_work_and_citizens_to_their_dossiers(client: Client) -> None:
    officer, citizen = make_officer(Role.RECEPTION_OFFICER, make_unit()), make_user()

    client.force_login(officer)
    to_work = client.get("/vao-viec/").headers["Location"]
    client.force_login(citizen)
    to_dossiers = client.get("/vao-viec/").headers["Location"]

    assert (to_work, to_dossiers) == ("/xu-ly/", "/ho-so-cua-toi/")


def test_a_guest_is_asked_to_sign_in_before_they_are_sent_anywhere(client: Client) -> None:
    assert client.get("/vao-viec/").headers["Location"].startswith("/tai-khoan/login/")


def test_the_key_of_the_second_factor_is_drawn_in_the_page(client: Client) -> None:
    user = make_user(username="can.bo")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client.force_login(user)
    address = "/tai-khoan/2fa/totp/activate/"

    asked = client.get(address)
    answer = client.post(asked.headers["Location"], {"password": "dung-mat-khau", "next": address}, follow=True)

    html = answer.content.decode()
    assert 'src="data:image/svg+xml' in html
    assert "style=" not in html
