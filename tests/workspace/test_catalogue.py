"""The catalogue on screen: as of any day, and the versions of one procedure."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from motcua.accounts.models import User
from motcua.catalogue.commands.withdraw_procedure import withdraw_procedure
from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.rules.permissions import Role
from tests.make import MONDAY, Office, make_officer, make_procedure

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]
HOME = "/xu-ly/danh-muc/"


@pytest.fixture
def control(office: Office) -> User:
    return make_officer(Role.PROCEDURE_CONTROL_OFFICER, office.offering.competent_unit)


def amended(procedure: Procedure, day: date, **changes: object) -> ProcedureVersion:
    """Publish the next version of `procedure`, from `day` on."""
    before = procedure.versions.latest("number")
    ProcedureVersion.objects.filter(pk=before.pk).update(valid_until=day)
    row = {"title": before.title, "level": before.level, **changes}
    return ProcedureVersion.objects.create(
        procedure=procedure, number=before.number + 1, valid_from=day, published_at=MONDAY, **row
    )


def test_the_catalogue_of_a_past_and_of_a_coming_day(office: Office, control: User, at_work: AtWork) -> None:
    client, procedure = at_work(control), office.offering.procedure
    amended(procedure, MONDAY.date() + timedelta(days=30), title="Tên mới", decision_no="9/QĐ-UBND")

    today = client.get(HOME).content.decode()
    coming = client.get(HOME, {"ngay": "05/04/2026", "q": "ten moi"}).content.decode()
    by_name = client.get(HOME, {"ngay": "05/04/2026", "q": "Tên mới"}).content.decode()
    before = client.get(HOME, {"ngay": "01/01/2019"}).content.decode()

    assert procedure.title in today
    assert "Tên mới" not in today
    assert "Tên mới" not in coming
    assert "Tên mới" in by_name
    assert "9/QĐ-UBND" in by_name
    assert "Không có thủ tục nào như vậy vào ngày này" in before
    assert procedure.title not in before


def test_the_catalogue_is_narrowed_and_keeps_what_was_asked(office: Office, control: User, at_work: AtWork) -> None:
    client = at_work(control)
    other = make_procedure(title="Không có ở đâu")
    unit = office.offering.competent_unit

    page = client.get(HOME, {"donvi": unit.code, "linhvuc": "ho-tich", "cap": "COMMUNE"}).content.decode()

    assert office.offering.procedure.title in page
    assert other.title not in page
    assert f'<option value="{unit.code}" selected' in page
    assert client.get(HOME, {"linhvuc": "khong-co"}).status_code == 422


def test_a_day_that_is_none_is_said_by_the_box(control: User, at_work: AtWork) -> None:
    answer = at_work(control).get(HOME, {"ngay": "32/01/2026"})

    assert answer.status_code == 422
    assert "Ghi ngày theo thứ tự ngày/tháng/năm" in answer.content.decode()
    assert 'value="32/01/2026"' in answer.content.decode()


@pytest.mark.parametrize("many", [1, 30])
def test_a_page_takes_as_many_queries_for_one_row_as_for_thirty(
    many: int, control: User, at_work: AtWork, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(many - 1):
        make_procedure()
    client = at_work(control)

    with django_assert_num_queries(8):
        page = client.get(HOME).content.decode()

    assert page.count("<tr>") == many + 1


def test_long_lists_are_turned_over_and_keep_their_filter(control: User, at_work: AtWork) -> None:
    for _ in range(50):
        make_procedure()
    client = at_work(control)

    first = client.get(HOME, {"cap": "COMMUNE"}).content.decode()
    second = client.get(HOME, {"cap": "COMMUNE", "trang": "2"}).content.decode()

    assert "?cap=COMMUNE&amp;trang=2" in first
    assert "?cap=COMMUNE&amp;trang=1" in second
    assert (first.count("<tr>"), second.count("<tr>")) == (51, 2)
    assert client.get(HOME, {"trang": "x"}).status_code == 200


def test_the_versions_of_a_procedure_say_how_each_stands(office: Office, control: User, at_work: AtWork) -> None:
    client, procedure = at_work(control), office.offering.procedure
    amended(procedure, MONDAY.date())
    amended(procedure, MONDAY.date() + timedelta(days=30))
    other = make_procedure()

    page = client.get(f"{HOME}{procedure.code}/").content.decode()

    assert [page.count(word) for word in ("Hết hiệu lực", "Đang có hiệu lực", "Chưa đến ngày")] == [1, 1, 1]
    withdraw_procedure(procedure=procedure, on=MONDAY.date(), replaced_by=other, actor=None, at=MONDAY)
    page = client.get(f"{HOME}{procedure.code}/").content.decode()
    assert "Bãi bỏ từ ngày 02/03/2026" in page
    assert f"{HOME}{other.code}/" in page
    assert client.get(f"{HOME}9.999999/").status_code == 404


def test_two_versions_are_compared_word_by_word(office: Office, control: User, at_work: AtWork) -> None:
    client, procedure = at_work(control), office.offering.procedure
    amended(procedure, MONDAY.date(), limit_text="3 ngày", subjects=["<b>Công dân</b>"], set_count=1)
    address = f"{HOME}{procedure.code}/so-sanh/"

    page = client.get(address).content.decode()

    assert f'action="{address}"' in client.get(f"{HOME}{procedure.code}/").content.decode()
    assert "<ins>&lt;b&gt;Công dân&lt;/b&gt;</ins>" in page
    assert "<del>5</del>" in page
    assert "<ins>3</ins>" in page
    assert "Số lượng bộ hồ sơ" in page[page.index("Không đổi") :]
    assert "Hai lần nói như nhau" in client.get(address, {"truoc": "2", "sau": "2"}).content.decode()
    assert client.get(address, {"truoc": "1", "sau": "9"}).status_code == 404
    assert client.get(address, {"truoc": "một"}).status_code == 404
    assert client.get(f"{HOME}9.999999/so-sanh/").status_code == 404
