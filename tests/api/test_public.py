"""What anybody may ask: the catalogue, and where a dossier stands by its code and PIN."""

from datetime import timedelta
from pathlib import Path

import pytest
from time_machine import travel

from motcua.catalogue.commands.teach_synonyms import teach_synonyms
from motcua.catalogue.models import Procedure
from motcua.dossiers.models import Dossier, LookupFailure
from motcua.rules.transitions import Status
from tests.api.conftest import machine, told
from tests.catalogue.portal_lines import load, record
from tests.make import MONDAY, make_dossier, make_draft, make_offering, make_office, make_procedure

TITLES = {
    "1.001193": "Thủ tục đăng ký khai sinh",
    "1.003583": "Thủ tục đăng ký khai sinh lưu động",
    "1.000894": "Thủ tục đăng ký kết hôn",
    "1.013225": "Cấp giấy phép xây dựng mới đối với công trình cấp III, cấp IV và nhà ở riêng lẻ",
    "1.001612": "Đăng ký thành lập hộ kinh doanh",
    "3.000348": "Cấp lại giấy phép lái xe",
}
PERSONAL = ("Vàng", "Mỷ", "0900000123", "011199000123", "my@example.com", "Bản Phủ", "Páo")


@pytest.fixture
def birth() -> Procedure:
    return make_procedure(title="Đăng ký khai sinh")


@pytest.fixture
def catalogue(tmp_path: Path) -> None:
    load(tmp_path, *(record(code, title=title, results=[], field="Chung") for code, title in TITLES.items()))
    teach_synonyms(at=MONDAY)


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("khai sinh", "1.001193", id="with accents"),
        pytest.param("sinh khai dang", "1.001193", id="without, in any order"),
        pytest.param("giay phep xay", "1.013225", id="unfinished"),
        pytest.param("gpxd", "1.013225", id="an abbreviation"),
        pytest.param("giấy phép xây dựg nhà ở", "1.013225", id="a slip"),
        pytest.param("1.013225.000.00.00.H18", "1.013225", id="a code with its agency"),
    ],
)
def test_a_procedure_is_found_as_on_the_portal(text: str, code: str) -> None:
    hits = told(machine().get("/procedures", {"q": text}))["items"]

    assert [hit["code"] for hit in hits][:1] == [code]


def test_as_many_are_found_as_are_asked_for(birth: Procedure) -> None:
    assert told(machine().get("/procedures", {"q": "1.", "limit": "1"}))["items"] == []
    assert len(told(machine().get("/procedures", {"q": "1.0", "limit": "1"}))["items"]) == 1


def test_a_search_says_what_it_looks_for() -> None:
    said = told(machine().get("/procedures", {"limit": "99"}), 422)

    assert {fault["path"]: fault["code"] for fault in said["errors"]} == {"q": "missing", "limit": "less_than_equal"}


def test_a_procedure_tells_papers_terms_questions_and_basis(birth: Procedure) -> None:
    said = told(machine().get(f"/procedures/{birth.code}"))

    assert (said["title"], said["legal_basis"]) == ("Đăng ký khai sinh", ["123/2015/NĐ-CP"])
    assert said["terms"]["limit"] == {"amount": 5, "unit": "WORKING_DAY"}
    assert [paper["name"] for paper in said["cases"][0]["papers"]] == ["Tờ khai theo mẫu", "Giấy ủy quyền"]
    assert [channel["method"] for channel in said["channels"]] == ["ONLINE", "DIRECT", "POSTAL"]
    assert said["declaration"][0] == {
        "key": "ten_con",
        "label": "Họ và tên con",
        "kind": "text",
        "is_required": True,
        "options": [],
        "help": "",
        "least": None,
        "most": None,
        "condition": None,
        "group": "",
        "prefill": "",
        "default": "",
    }


def test_a_declaration_is_read_and_checked_without_keeping_anything() -> None:
    book: dict[str, object] = {"key": "book", "label": "Đã có sổ", "kind": "yes_no"}
    number: dict[str, object] = {
        "key": "number",
        "label": "Số sổ",
        "kind": "number",
        "condition": {"field": "book", "values": ["Có"]},
    }
    plots: dict[str, object] = {"key": "plots", "label": "Thửa", "kind": "group", "required": False, "most": 2}
    area: dict[str, object] = {"key": "area", "label": "Diện tích", "kind": "number", "group": "plots"}
    procedure = make_procedure(declaration=[book, number, plots, area])
    address = f"/procedures/{procedure.code}/declaration"

    read = told(machine().get(address))
    assert [field["key"] for field in read["fields"]] == ["book", "number", "plots", "area"]
    assert read["fields"][1]["condition"] == {"field": "book", "values": ["Có"], "effect": "SHOW"}

    answers = {"book": "Có", "number": "mười", "plots": "1", "plots-2-area": "5"}
    said = told(machine().post(f"{address}/check", {"answers": answers}))
    assert [one["key"] for one in said["asked"]] == ["book", "number", "plots", "plots-1-area"]
    assert [(fault["key"], fault["code"]) for fault in said["faults"]] == [
        ("plots-1-area", "missing"),
        ("plots-2-area", "not_asked"),
        ("number", "invalid"),
    ]
    whole = {"book": "Không", "plots": "1", "plots-1-area": "12,5"}
    assert told(machine().post(f"{address}/check", {"answers": whole}))["faults"] == []
    assert Dossier.objects.count() == 0
    assert machine().get("/procedures/9.999999/declaration").status_code == 404


def test_a_procedure_names_the_desks_that_take_it() -> None:
    offering = make_offering()

    said = told(machine().get(f"/procedures/{offering.procedure.code}/desks"))["items"]

    assert [(desk["receiving"]["code"], desk["competent"]["code"]) for desk in said] == [
        (offering.receiving_unit.code, offering.competent_unit.code)
    ]


def test_the_earliest_day_is_counted_from_now_by_the_hours_of_the_unit() -> None:
    offering = make_offering()

    with travel(MONDAY, tick=False):
        place = {"desk": offering.receiving_unit.code}
        said = told(machine().get(f"/procedures/{offering.procedure.code}/earliest-result", place))

    assert said["due_at"] == "2026-03-09T17:00:00+07:00"
    assert [line["kind"] for line in said["derivation"]][0::7] == ["RECEIVED", "DUE"]


@pytest.mark.parametrize("path", ["/procedures/9.999999", "/procedures/9.999999/desks", "/nothing", "/procedures/"])
def test_what_is_not_there_is_a_problem_and_no_page(path: str) -> None:
    assert told(machine().get(path), 404)["code"] == "not_found"


def test_a_desk_that_does_not_take_the_procedure_promises_nothing(birth: Procedure) -> None:
    answer = machine().get(f"/procedures/{birth.code}/earliest-result", {"desk": "H18.99"})

    assert told(answer, 404)["code"] == "not_found"


def test_a_desk_that_serves_several_units_asks_which() -> None:
    first = make_offering()
    second = make_offering(procedure=first.procedure, desk=first.receiving_unit)
    path, desk = f"/procedures/{first.procedure.code}/earliest-result", {"desk": first.receiving_unit.code}

    told(machine().get(path, desk), 404)

    told(machine().get(path, {**desk, "competent": second.competent_unit.code}))


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.IN_PROGRESS, Status.RETURNED])
def test_code_and_pin_tell_the_status_and_nothing_personal(status: Status) -> None:
    office = make_office()
    dossier = make_dossier(office=office, status=status)

    answer = machine().post("/status", {"code": dossier.public_code.lower(), "pin": dossier.lookup_pin})

    said = told(answer)
    assert (said["public_code"], said["status"]) == (dossier.public_code, status)
    text = answer.getvalue().decode()
    assert [word for word in (*PERSONAL, office.officer.full_name, dossier.lookup_pin) if word in text] == []


def test_a_wrong_pin_and_an_unknown_code_are_refused_alike() -> None:
    dossier = make_dossier()

    wrong = told(machine().post("/status", {"code": dossier.reference, "pin": "xxxx"}), 404)
    unknown = told(machine().post("/status", {"code": "T-0000-0000-0000", "pin": "1234"}), 404)

    assert wrong["code"] == unknown["code"] == "lookup_refused"
    assert wrong["detail"] == unknown["detail"]
    assert LookupFailure.objects.count() == 2


def test_guessing_a_pin_is_locked_with_the_seconds_to_wait() -> None:
    dossier = make_dossier()

    with travel(MONDAY, tick=False):
        for _ in range(5):
            told(machine().post("/status", {"code": dossier.reference, "pin": "xxxx"}), 404)
        answer = machine().post("/status", {"code": dossier.reference, "pin": dossier.lookup_pin})

    assert told(answer, 429)["code"] == "lookup_locked"
    assert answer.headers["Retry-After"] == str(15 * 60)
    with travel(MONDAY + timedelta(minutes=16), tick=False):
        told(machine().post("/status", {"code": dossier.reference, "pin": dossier.lookup_pin}))


def test_a_draft_cannot_be_looked_up() -> None:
    draft = make_draft()

    told(machine().post("/status", {"code": draft.reference, "pin": draft.lookup_pin}), 404)
