"""`motcua account`: from an empty installation to an administrator at work."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from click.testing import CliRunner, Result
from django.test import Client
from django.utils import timezone

from motcua.accounts.models import Grant, User
from motcua.cli.main import cli
from motcua.kernel.models import EventRecord
from tests.make import make_unit, make_user

pytestmark = pytest.mark.django_db

COMMUNES = (
    "gso_code,full_name,unit_type,province_gso_code,name_alt,note,source\n03127,Phường Điện Biên Phủ,ward,11,,,x\n"
)
PASSWORD = "rung-ban-mua-xuan"  # of nobody
WHO = ("--name", "Lò Văn Quản", "--email", "quan@example.com")


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, words)


def path_in(outcome: Result) -> str:
    return urlsplit(outcome.stdout.strip()).path


def set_password(client: Client, link: str) -> int:
    """Open the link and choose the password; the answer is the status of the page that was led to."""
    opened = client.get(link)
    if opened.status_code != 302:
        return opened.status_code
    form = opened.headers["Location"]
    return client.post(form, {"password1": PASSWORD, "password2": PASSWORD}).status_code


def set_second_factor(client: Client) -> None:
    address = "/tai-khoan/2fa/totp/activate/"
    client.post("/tai-khoan/reauthenticate/", {"password": PASSWORD})
    client.get(address)
    secret = client.session["mfa.totp.secret"]
    client.post(address, {"code": format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))})


def test_an_empty_installation_gets_its_first_administrator(client: Client, tmp_path: Path) -> None:
    file = tmp_path / "communes.csv"
    file.write_text(COMMUNES, encoding="utf-8")
    assert run("load", "units", str(file)).exit_code == 0

    outcome = run("account", "quan", *WHO, "--role", "administrator", "--unit", "H18")
    assert (outcome.exit_code, outcome.stdout.count("\n")) == (0, 1)
    assert set_password(client, path_in(outcome)) == 302
    client.post("/tai-khoan/login/", {"login": "quan", "password": PASSWORD})
    led_to = client.get("/xu-ly/").headers["Location"]
    set_second_factor(client)

    assert led_to == "/tai-khoan/2fa/totp/activate/"
    assert client.get("/xu-ly/").headers["Location"] == "/xu-ly/quan-tri/"
    page = client.get("/xu-ly/quan-tri/")
    assert page.status_code == 200
    assert "Lò Văn Quản" in page.content.decode()
    kinds = list(EventRecord.objects.filter(subject__startswith="user:").order_by("seq").values_list("kind", flat=True))
    assert kinds == ["AccountOpened", "RoleGranted", "PasswordLinkIssued", "PasswordChanged", "SecondFactorSet"]


def test_a_link_is_good_once(client: Client) -> None:
    link = path_in(run("account", "quan", *WHO))

    assert [set_password(client, link), set_password(Client(), link)] == [302, 200]


def test_a_link_is_good_for_three_days(client: Client) -> None:
    link = path_in(run("account", "quan", *WHO))

    with time_machine.travel(timezone.localtime() + timedelta(days=3, minutes=1)):
        set_password(client, link)

    assert not User.objects.get().has_usable_password()


def test_a_lost_link_is_replaced_and_nothing_else_happens(client: Client) -> None:
    run("account", "quan", *WHO)

    outcome = run("account", "quan", "--new-link")

    assert outcome.exit_code == 0
    assert set_password(client, path_in(outcome)) == 302
    assert User.objects.get().check_password(PASSWORD)


def test_neither_a_password_nor_the_link_is_kept(client: Client) -> None:
    outcome = run("account", "quan", *WHO)

    assert not User.objects.get().has_usable_password()
    assert path_in(outcome).split("-")[-1].strip("/") not in str(list(EventRecord.objects.values()))


def test_several_roles_go_with_their_units() -> None:
    first, second = make_unit(), make_unit()
    posts = ("--role", "SIGNER", "--unit", first.code, "--role", "RECORDS_CLERK", "--unit", second.code)

    assert run("account", "quan", *WHO, *posts).exit_code == 0
    assert set(Grant.objects.values_list("role", "unit", "valid_from", "valid_until")) == {
        ("SIGNER", first.pk, timezone.localdate(), None),
        ("RECORDS_CLERK", second.pk, timezone.localdate(), None),
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["quan"], "needs --name and --email"),
        (["quan", "--name", "Quản", "--email", "x"], "x is no e-mail address"),
        (["q u", *WHO], "a user name has letters, digits"),
        (["quan", *WHO, "--role", "SIGNER"], "one --unit for each --role"),
        (["quan", *WHO, "--role", "SIGNER", "--unit", "KHONG"], "no unit with the code KHONG"),
        (["quan", *WHO, "--role", "KING", "--unit", "X"], "Invalid value for '--role'"),
        (["Ban", *WHO], "the user name Ban is taken"),
        (["quan", "--name", "Quản", "--email", "BAN@example.com"], "belongs to another account"),
        (["khong-ai", "--new-link"], "no active account with the user name khong-ai"),
        (["ban", "--new-link", "--name", "Bân"], "--new-link changes nothing else"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_used_ends_with_2_and_changes_nothing(words: list[str], said: str) -> None:
    make_user(username="ban")

    outcome = run("account", *words)

    assert outcome.exit_code == 2
    assert said in outcome.stderr
    assert User.objects.count() == 1
    assert not EventRecord.objects.exists()
