"""The page of a procedure as its draft will make it: for officials alone, never for the public (C-05)."""

import pytest
from django.test import Client

from motcua.catalogue.models import ProcedureVersion
from motcua.rules.permissions import Role
from tests.catalogue.publishing import Province, begun, line_of, make_local, make_province, new_line, published
from tests.make import make_officer, make_unit, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

ADDRESS = "/thu-tuc/3.000001/du-thao/"
BANNER = "Bản dự thảo, chưa công bố"


@pytest.fixture
def province() -> Province:
    return make_province()


def page_for(user: object, client: Client, address: str = ADDRESS) -> tuple[int, str]:
    client.force_login(user)  # type: ignore[arg-type]  # every user of the tests is one of the site
    answer = client.get(address)
    return answer.status_code, answer.content.decode()


def test_an_official_sees_the_page_as_it_will_be(province: Province, client: Client) -> None:
    decision = begun(province)
    new_line(decision, province)
    draft = ProcedureVersion.objects.get(published_at=None)

    status, told = page_for(make_officer(Role.RECEPTION_OFFICER, make_unit()), client)

    assert status == 200
    assert BANNER in told
    assert 'content="noindex, nofollow"' in told
    assert draft.title in told
    for paper in draft.papers.all():
        assert paper.name in told
    assert "Nộp trực tuyến</a>" not in told
    assert "application/ld+json" not in told
    assert "no-store" in client.get(ADDRESS).headers["Cache-Control"]


def test_a_procedure_in_force_keeps_its_own_page_beside_the_draft(province: Province, client: Client) -> None:
    procedure = make_local()
    line_of(begun(province), province, procedure)
    address = f"/thu-tuc/{procedure.code}/"
    assert BANNER in page_for(province.officer, client, f"{address}du-thao/")[1]
    assert BANNER not in page_for(province.officer, client, address)[1]


def test_nobody_else_learns_that_there_is_one(province: Province, client: Client) -> None:
    new_line(begun(province), province)
    assert client.get(ADDRESS).status_code == 302
    assert page_for(make_user(), client)[0] == 404
    assert client.get("/thu-tuc/3.000001/").status_code == 404


def test_once_published_there_is_no_draft(province: Province, client: Client) -> None:
    decision = begun(province)
    new_line(decision, province)
    published(decision, province)
    assert page_for(province.officer, client)[0] == 404
    assert page_for(province.officer, client, "/thu-tuc/9.999999/du-thao/")[0] == 404
