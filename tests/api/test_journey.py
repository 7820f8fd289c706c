"""The whole life of a dossier through the API alone, each step with the token of whom it waits for."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from time_machine import Traveller, travel

from motcua.accounts.models import User
from motcua.kernel.models import EventRecord
from motcua.kernel.verification import verify_record
from tests.api.conftest import Machine, machine, pdf_file, told
from tests.documents.make_files import image_bytes, pdf_bytes
from tests.make import MONDAY, Office, make_office, make_user

CHECKED = {"papers": [{"position": 1, "state": "PRESENT"}, {"position": 2, "state": "NOT_NEEDED"}]}
PERSON = {
    "full_name": "vàng  thị mỷ",
    "citizen_id": "011199000123",
    "phone": "+84 900 000 123",
    "email": "my@example.com",
    "address": "Bản Phủ",
}


@dataclass(slots=True)
class Cast:
    """Everybody with a token, and the clock."""

    office: Office
    clock: Traveller
    citizen: Machine
    people: dict[str, Machine]

    def acts(self, who: str, code: str, act: str, body: object = None, **headers: str) -> dict[str, object]:
        """Let an hour pass and have one of the office act."""
        self.clock.shift(timedelta(hours=1))
        answer: dict[str, object] = told(self.people[who].post(f"/work/dossiers/{code}/{act}", body, **headers))
        return answer


@pytest.fixture
def cast() -> Iterator[Cast]:
    office = make_office()
    people: dict[str, User] = {
        "desk": office.reception,
        "dispatcher": office.dispatcher,
        "officer": office.officer,
        "signer": office.signer,
        "clerk": office.clerk,
    }
    citizen = machine(make_user(full_name="Vàng Thị Mỷ"))
    tokens = {name: machine(user) for name, user in people.items()}
    with travel(MONDAY, tick=False) as clock:
        yield Cast(office=office, clock=clock, citizen=citizen, people=tokens)


def begin(cast: Cast) -> str:
    """Fill an application in, as far as it can be handed in."""
    offering = cast.office.offering
    place = {"procedure": offering.procedure.code, "desk": offering.receiving_unit.code}
    answer = cast.citizen.post("/my/dossiers", place, Idempotency_Key="mot")
    begun = told(answer, 201)
    code: str = begun["reference"]
    assert answer.headers["Location"] == f"/api/v1/my/dossiers/{code}"
    assert {(gap["part"], gap["what"]) for gap in begun["missing"]} >= {("DECLARATION", "ten_con"), ("PAPERS", "1")}
    own = f"/my/dossiers/{code}"
    told(cast.citizen.put(f"{own}/applicant", PERSON))
    told(cast.citizen.put(f"{own}/declaration", {"answers": {"ten_con": " Vàng A Páo "}}))
    told(cast.citizen.put(f"{own}/return-channel", {"channel": "ONLINE"}))
    given = told(cast.citizen.upload(f"{own}/papers/1", {"file": pdf_file(image_bytes("PNG"), "to khai.pdf")}))
    assert given["missing"] == []
    return code


def through_the_office(cast: Cast, code: str) -> str:
    """Have everybody do their part, with one rework, until the result is returned; tell the national code."""
    waiting = told(cast.people["desk"].get("/work/worklist"))
    assert [(row["reference"], row["remaining"]["working_minutes"]) for row in waiting["items"]] == [(code, 480)]
    accepted = cast.acts("desk", code, "acceptance", CHECKED)
    assert accepted["due_at"] == "2026-03-09T17:00:00+07:00"
    national = str(accepted["code"])
    cast.acts("desk", national, "transfer")
    loads = told(cast.people["dispatcher"].get(f"/work/dossiers/{national}/assignable-officers"))["items"]
    assert [load["username"] for load in loads] == [cast.office.officer.username]
    cast.acts("dispatcher", national, "assignment", {"to": loads[0]["username"], "note": "Làm sớm"})
    draft = {"opinion": "Đủ điều kiện", "title": "Giấy khai sinh", "file": pdf_file(pdf_bytes(), "du-thao.pdf")}
    told(cast.people["officer"].upload(f"/work/dossiers/{national}/proposal", draft))
    cast.acts("signer", national, "rework", {"reason": "Sai họ"})
    told(cast.people["officer"].upload(f"/work/dossiers/{national}/proposal", {"opinion": "Đã sửa", "title": "GKS"}))
    cast.acts("signer", national, "signature", {})
    issued = told(cast.people["clerk"].upload(f"/work/dossiers/{national}/issuing", {"number": "12/GKS"}))
    assert (issued["status"], issued["holder_role"]) == ("DONE", "RECEPTION_OFFICER")
    returned = cast.acts("desk", national, "hand-over", {"received_by": "Vàng Thị Mỷ"})
    assert (returned["status"], returned["holder_unit"], returned["national_status"]) == ("RETURNED", None, 10)
    return national


def test_from_the_search_to_the_returned_result(cast: Cast) -> None:
    procedure = cast.office.offering.procedure
    hits = told(machine().get("/procedures", {"q": procedure.title}))["items"]
    assert [hit["code"] for hit in hits] == [procedure.code]
    code = begin(cast)
    submitted = told(cast.citizen.post(f"/my/dossiers/{code}/submission"))
    assert (submitted["status"], submitted["answer_due_at"]) == ("SUBMITTED", "2026-03-03T08:00:00+07:00")

    national = through_the_office(cast, code)

    own = told(cast.citizen.get(f"/my/dossiers/{national}"))
    assert (own["result"]["number"], own["actions"], own["holder"]) == ("12/GKS", ["RATE"], None)
    assert (own["applicant"]["phone"], own["declaration"]) == ("0900000123", {"ten_con": "Vàng A Páo"})
    assert len(own["messages"]) >= 2
    result = cast.citizen.get(f"/my/dossiers/{national}/result")
    assert (result.getvalue()[:5], result.headers["Content-Type"]) == (b"%PDF-", "application/pdf")
    form = cast.citizen.get(f"/my/dossiers/{national}/forms/{own['forms'][0]['ordinal']}")
    assert form.getvalue()[:5] == b"%PDF-"
    public = told(machine().post("/status", {"code": national, "pin": submitted["lookup_pin"]}))
    assert (public["status"], public["is_over"]) == ("RETURNED", True)


def test_every_act_leaves_one_event(cast: Cast) -> None:
    code = begin(cast)
    told(cast.citizen.post(f"/my/dossiers/{code}/submission"))
    through_the_office(cast, code)

    events = EventRecord.objects.filter(subject=code).exclude(kind="DraftChanged").order_by("seq")

    assert list(events.values_list("kind", flat=True)) == [
        "DraftStarted",
        "DossierSubmitted",
        "DossierAccepted",
        "DossierTransferred",
        "DossierAssigned",
        "ResultProposed",
        "ReworkRequested",
        "ResultProposed",
        "ResultSigned",
        "ResultIssued",
        "ResultReturned",
    ]
    assert verify_record().first_broken is None


def test_the_desk_asks_for_more_and_the_citizen_completes_it(cast: Cast) -> None:
    code = begin(cast)
    told(cast.citizen.post(f"/my/dossiers/{code}/submission"))
    asked = {"reason": "Ảnh mờ", "papers": [{"position": 1, "note": "Chụp lại cho rõ"}]}

    cast.acts("desk", code, "supplement-request", asked)

    own = told(cast.citizen.get(f"/my/dossiers/{code}"))
    assert own["request"]["items"] == [{"position": 1, "note": "Chụp lại cho rõ", "answer": None}]
    assert own["missing"] == [{"part": "PAPERS", "what": "1"}]
    assert own["actions"] == ["COMPLETE_SUPPLEMENT", "WITHDRAW"]
    other = cast.citizen.upload(f"/my/dossiers/{code}/papers/2", {"file": pdf_file(pdf_bytes())})
    assert told(other, 409)["code"] == "paper_not_asked_for"
    assert told(cast.citizen.put(f"/my/dossiers/{code}/applicant", PERSON), 409)["code"] == "transition_refused"
    too_early = cast.citizen.post(f"/my/dossiers/{code}/supplement")
    assert told(too_early, 422)["missing"] == [{"part": "PAPERS", "what": "1"}]
    given = told(cast.citizen.upload(f"/my/dossiers/{code}/papers/1", {"file": pdf_file(pdf_bytes())}))
    assert given["missing"] == []
    assert told(cast.citizen.post(f"/my/dossiers/{code}/supplement"))["status"] == "SUBMITTED"
    assert told(cast.citizen.post(f"/my/dossiers/{code}/supplement"))["status"] == "SUBMITTED"


def test_the_desk_declines_with_a_ground_and_the_citizen_reads_it(cast: Cast) -> None:
    code = begin(cast)
    told(cast.citizen.post(f"/my/dossiers/{code}/submission"))
    refusal = {"ground": "WRONG_SUBJECT", "citation": "khoản 2 Điều 16", "reason": "Không thuộc đối tượng"}

    cast.acts("desk", code, "declining", refusal)

    own = told(cast.citizen.get(f"/my/dossiers/{code}"))
    assert (own["status"], own["declined"]) == ("NOT_ACCEPTED", refusal)
    assert [form["kind"] for form in own["forms"]] == ["REFUSAL"]


def test_a_citizen_takes_a_paper_back_and_the_whole_application(cast: Cast) -> None:
    code = begin(cast)

    removed = told(cast.citizen.send("DELETE", f"/my/dossiers/{code}/papers/1"))
    assert removed["missing"] == [{"part": "PAPERS", "what": "1"}]
    told(cast.citizen.upload(f"/my/dossiers/{code}/papers/1", {"file": pdf_file(pdf_bytes())}))
    told(cast.citizen.post(f"/my/dossiers/{code}/submission"))

    assert told(cast.citizen.post(f"/my/dossiers/{code}/withdrawal"))["status"] == "WITHDRAWN"
    assert told(cast.citizen.post(f"/my/dossiers/{code}/withdrawal"))["status"] == "WITHDRAWN"


def test_the_desk_files_for_somebody_at_the_counter(cast: Cast) -> None:
    desk, offering = cast.people["desk"], cast.office.offering
    choice = told(desk.get("/work/counter"))["items"][0]
    filing = {
        "procedure": choice["procedure_code"],
        "desk": choice["desk_code"],
        "competent": choice["competent_code"],
        "applicant": PERSON,
        "answers": {"ten_con": "Vàng A Páo"},
        "papers": [{"position": 1, "originals_count": 1, "scan": 1}, {"position": 2, "copies_count": 2}],
    }

    filed = told(
        desk.upload(
            "/work/counter", {"filing": json.dumps(filing), "scans": pdf_file(pdf_bytes())}, Idempotency_Key="quay-1"
        ),
        201,
    )

    page = told(desk.get(f"/work/dossiers/{filed['reference']}"))
    assert (page["filing_channel"], page["applicant"]["full_name"]) == ("DIRECT", "vàng thị mỷ")
    assert [(paper["originals_count"], paper["copies_count"], bool(paper["file"])) for paper in page["papers"]] == [
        (1, 0, True),
        (0, 2, False),
    ]
    assert len(filed["lookup_pin"]) == 4
    assert page["receiving_unit"]["code"] == offering.receiving_unit.code


def test_an_officer_reads_everything_of_a_dossier_and_its_files(cast: Cast) -> None:
    code = begin(cast)
    told(cast.citizen.post(f"/my/dossiers/{code}/submission"))
    accepted = cast.acts("desk", code, "acceptance", CHECKED)

    answer = cast.people["desk"].get(f"/work/dossiers/{code}")

    page = told(answer)
    assert answer.headers["ETag"] == f'"{accepted["version"]}"'
    assert [day["kind"] for day in page["derivation"]][-1] == "DUE"
    assert page["actions"] == ["TRANSFER", "RECORD_WITHDRAWAL"]
    assert page["answers"] == [{"label": "Họ và tên con", "text": "Vàng A Páo"}]
    assert [line["kind"] for line in page["history"]] == ["DossierAccepted", "DossierSubmitted", "DraftStarted"]
    assert page["remaining"]["urgency"] == "NORMAL"
    paper = cast.people["desk"].get(f"/work/dossiers/{code}/papers/1/file")
    assert paper.headers["Content-Disposition"] == "attachment; filename*=UTF-8''to%20khai.pdf.png"
    assert paper.getvalue()[:4] == b"\x89PNG"
    form = cast.people["desk"].get(f"/work/dossiers/{code}/forms/1")
    assert form.getvalue()[:5] == b"%PDF-"
