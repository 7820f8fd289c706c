"""How many queries a page takes, whatever it shows, and how many bytes travel."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import motcua
from motcua.catalogue.models import Offering
from motcua.rules.transitions import Status
from motcua.ui.assets import build
from tests.make import make_dossier, make_draft, make_offering, make_procedure, make_user

pytestmark = pytest.mark.django_db

FEW, MANY = 1, 30
FIRST_LOAD = 60_000
STATUS_PAGE = 20_000


def queries_of(client: Client, address: str) -> int:
    client.get(address)  # what is kept for minutes is there
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def fill_catalogue(count: int) -> None:
    for _ in range(count):
        make_offering(procedure=make_procedure(title=f"Đăng ký việc {count}"))


@pytest.mark.parametrize(
    ("address", "budget"),
    [("/", 8), ("/tim/?q=dang+ky+viec", 9), ("/linh-vuc/", 4), ("/linh-vuc/ho-tich/", 5), ("/noi-tiep-nhan/", 3)],
)
def test_a_list_takes_as_many_queries_for_30_rows_as_for_one(client: Client, address: str, budget: int) -> None:
    fill_catalogue(FEW)
    few = queries_of(client, address)

    fill_catalogue(MANY)
    many = queries_of(client, address)

    assert few == many
    assert many <= budget


@pytest.mark.parametrize("address", ["/", "/linh-vuc/", "/tim/?q=khong+co+gi"])
def test_shelves_are_counted_once_in_five_minutes(client: Client, address: str) -> None:
    fill_catalogue(FEW)
    first = client.get(address).content

    with CaptureQueriesContext(connection) as seen:
        second = client.get(address).content

    asked = [query["sql"] for query in seen]
    shelves = [sql for sql in asked if "COUNT(" in sql or 'version"."life_events" FROM' in sql]
    assert shelves == []
    assert first.count(b"ho-tich") == second.count(b"ho-tich") > 0


@pytest.mark.parametrize(
    ("index", "condition"),
    [
        ("dossier_by_submission", "submitted_at > '2026-03-01'"),
        ("dossier_drafts_by_age", "status = 'DRAFT' AND created_at < '2026-03-01'"),
    ],
)
def test_what_is_asked_by_age_has_an_index(index: str, condition: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN SELECT count(*) FROM dossiers_dossier WHERE {condition}")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert index in plan


def test_a_procedure_takes_as_many_queries_at_30_places_as_at_one(client: Client) -> None:
    procedure = make_procedure()
    make_offering(procedure=procedure)
    few = queries_of(client, f"/thu-tuc/{procedure.code}/")

    for _ in range(MANY):
        make_offering(procedure=procedure)
    many = queries_of(client, f"/thu-tuc/{procedure.code}/")

    assert few == many
    assert many <= 12


@pytest.mark.parametrize("make", [make_dossier, make_draft])
def test_my_dossiers_take_as_many_queries_for_30_as_for_one(client: Client, make: Callable[..., object]) -> None:
    citizen = make_user()
    client.force_login(citizen)
    make(owner=citizen)
    few = queries_of(client, "/ho-so-cua-toi/")

    for _ in range(MANY):
        make(owner=citizen)
    many = queries_of(client, "/ho-so-cua-toi/")

    assert few == many
    assert many <= 7


@pytest.mark.parametrize(("page", "budget"), [("", 15), ("giay-to/", 6), ("kiem-tra/", 10)])
def test_a_draft_stays_within_its_budget(client: Client, page: str, budget: int) -> None:
    draft = make_draft()
    assert draft.owner
    client.force_login(draft.owner)

    assert queries_of(client, f"/ho-so/{draft.reference}/{page}") <= budget


def test_a_dossier_stays_within_its_budget(client: Client) -> None:
    dossier = make_dossier(status=Status.DONE)
    assert dossier.owner
    client.force_login(dossier.owner)

    assert queries_of(client, f"/ho-so/{dossier.public_code}/") <= 17


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> int:
    """Return the bytes of the fonts, as they are built for every installation."""
    folder = tmp_path_factory.mktemp("assets")
    build(folder=folder, package=Path(motcua.__file__).parent)
    return sum(font.stat().st_size for font in (folder / "fonts").iterdir())


def squeezed(content: bytes) -> int:
    return len(gzip.compress(content, compresslevel=6))


def weight_of(html: bytes) -> int:
    """Return the bytes of a page with its styles, scripts and drawings, squeezed as they travel."""
    names = set(re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg))"', html.decode()))
    drawings = {"ui/terraces.svg"}  # named in a style
    files = [finders.find(name) for name in names | drawings]
    assert len(names) > 5
    return squeezed(html) + sum(squeezed(Path(str(file)).read_bytes()) for file in files)


def test_the_home_page_is_light_on_the_first_visit(client: Client, fonts: int) -> None:
    for number in range(12):
        make_offering(procedure=make_procedure(title=f"Cấp giấy xác nhận việc thứ {number}"))

    assert weight_of(client.get("/").content) + fonts <= FIRST_LOAD


def test_a_procedure_is_light_on_the_first_visit(client: Client, fonts: int) -> None:
    procedure = make_procedure(limit="60")
    for _ in range(45):
        make_offering(procedure=procedure)

    assert weight_of(client.get(f"/thu-tuc/{procedure.code}/").content) + fonts <= FIRST_LOAD


def test_the_status_page_is_light_enough_for_the_slowest_network(client: Client, offering: Offering) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS)
    said = {"code": dossier.public_code, "pin": dossier.lookup_pin}

    html = client.post("/tra-cuu/", said, follow=True).content

    assert weight_of(html) <= STATUS_PAGE
