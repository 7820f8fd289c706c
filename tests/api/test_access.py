"""Who is let in: tokens, roles of today, and dossiers that are somebody else's."""

from datetime import date, timedelta

import pytest
from django.test import Client
from time_machine import travel

from motcua.accounts.commands.tokens import LIFETIME, digest_of
from motcua.accounts.models import ApiToken, Grant
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.api.conftest import V1, Machine, machine, told
from tests.make import MONDAY, make_dossier, make_draft, make_office, make_officer, make_unit, make_user

TUESDAY = MONDAY + timedelta(days=1)


@pytest.mark.parametrize("path", ["/me", "/my/dossiers", "/work/worklist", "/work/dossiers/T-0000-0000-0000"])
def test_without_a_token_the_answer_says_how_to_come_in(path: str) -> None:
    answer = machine().get(path)

    assert told(answer, 401)["code"] == "unauthorized"
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="motcua", charset="UTF-8"'


@pytest.mark.parametrize(
    "header", ["Bearer mc_khong-co", "Bearer", "Basic bmd1b2k6bWF0", "mc_khong-co", "Bearer \u00e9"]
)
def test_a_token_that_is_none_lets_nobody_in(header: str) -> None:
    answer = Client().get(f"{V1}/me", headers={"Authorization": header})

    assert told(answer, 401)["code"] == "invalid_token"
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_a_token_is_good_for_ninety_days() -> None:
    known = machine(make_user(full_name="Lò Văn Tươi"))

    with travel(MONDAY + LIFETIME - timedelta(seconds=1), tick=False):
        assert told(known.get("/me"))["name"] == "Lò Văn Tươi"
    with travel(MONDAY + LIFETIME, tick=False):
        told(known.get("/me"), 401)


def test_a_revoked_token_and_that_of_a_closed_account_let_nobody_in() -> None:
    user = make_user()
    first, second = machine(user), machine(user)

    with travel(TUESDAY, tick=False):
        ApiToken.objects.filter(digest=digest_of(first.token)).update(revoked_at=MONDAY)
        told(first.get("/me"), 401)
        told(second.get("/me"))
        type(user).objects.filter(pk=user.pk).update(is_active=False)
        told(second.get("/me"), 401)


def test_a_session_of_the_site_is_no_token() -> None:
    officer = make_office().reception
    browser = Client()
    browser.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")

    told(browser.get(f"{V1}/work/worklist"), 401)


def test_the_owner_of_a_token_reads_who_they_are_and_what_they_hold() -> None:
    unit = make_unit()
    officer = make_officer(Role.SIGNER, unit, full_name="Vi Văn Chựa")

    with travel(TUESDAY, tick=False):
        said = told(machine(officer).get("/me"))

    assert (said["username"], said["name"]) == (officer.username, "Vi Văn Chựa")
    assert said["posts"] == [
        {"role": "SIGNER", "unit_code": unit.code, "unit": unit.name, "valid_from": "2020-01-01", "valid_until": None}
    ]


def test_a_role_that_ends_is_gone_with_the_next_request() -> None:
    office = make_office()
    known = machine(office.reception)

    with travel(TUESDAY, tick=False):
        told(known.get("/work/worklist"))
        Grant.objects.filter(user=office.reception).update(valid_until=date(2026, 3, 3))
        assert told(known.get("/work/worklist"), 403)["code"] == "no_role_today"


def test_a_citizen_has_no_business_in_the_workspace() -> None:
    assert told(machine(make_user()).get("/work/worklist"), 403)["code"] == "no_role_today"


@pytest.fixture
def stranger() -> Machine:
    return machine(make_user(full_name="Người Lạ"))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("PUT", "/return-channel"),
        ("DELETE", "/papers/1"),
        ("GET", "/papers/1/file"),
        ("POST", "/submission"),
        ("POST", "/supplement"),
        ("POST", "/withdrawal"),
        ("GET", "/forms/1"),
        ("GET", "/result"),
    ],
)
def test_a_strangers_dossier_is_not_there_whether_it_exists_or_not(stranger: Machine, method: str, path: str) -> None:
    draft = make_draft()
    body = {"channel": "ONLINE"} if method == "PUT" else None

    theirs = told(stranger.send(method, f"/my/dossiers/{draft.reference}{path}", body), 404)
    nobodys = told(stranger.send(method, f"/my/dossiers/T-0000-0000-0000{path}", body), 404)

    del theirs["request_id"], nobodys["request_id"]
    assert theirs == nobodys


def test_an_officer_elsewhere_is_told_neither_that_it_exists_nor_who_changed_it() -> None:
    office, elsewhere = make_office(), make_office()
    dossier = make_dossier(office=office)

    with travel(TUESDAY, tick=False):
        other = machine(elsewhere.reception)
        told(other.get(f"/work/dossiers/{dossier.reference}"), 404)
        act = other.post(f"/work/dossiers/{dossier.reference}/transfer", If_Match='"1"')

    assert told(act, 404)["code"] == "not_found"


def test_an_officer_does_not_see_drafts() -> None:
    office = make_office()
    draft = make_draft(offering=office.offering)

    with travel(TUESDAY, tick=False):
        told(machine(office.reception).get(f"/work/dossiers/{draft.reference}"), 404)


def test_files_of_a_dossier_go_to_those_who_may_see_it_only() -> None:
    office, elsewhere = make_office(), make_office()
    dossier = make_dossier(office=office, status=Status.RETURNED)
    paths = [f"/work/dossiers/{dossier.code}{file}" for file in ("/papers/1/file", "/forms/1", "/result")]

    with travel(TUESDAY, tick=False):
        seen = [machine(office.reception).get(path) for path in paths]
        refused = [machine(elsewhere.reception).get(path) for path in paths]

    assert [answer.getvalue()[:5] for answer in seen] == [b"%PDF-"] * 3
    assert [told(answer, 404)["code"] for answer in refused] == ["not_found"] * 3
    assert all("attachment" in answer.headers["Content-Disposition"] for answer in seen)
    assert all(answer.headers["Cache-Control"] == "no-store" for answer in seen)


@pytest.mark.parametrize("path", ["/papers/2/file", "/papers/9/file", "/forms/9", "/forms/0", "/result"])
def test_a_file_that_is_not_there_is_not_found(path: str) -> None:
    office = make_office()
    dossier = make_dossier(office=office, status=Status.ACCEPTED)

    with travel(TUESDAY, tick=False):
        told(machine(office.reception).get(f"/work/dossiers/{dossier.code}{path}"), 404)
        told(machine(dossier.owner).get(f"/my/dossiers/{dossier.code}{path}"), 404)
