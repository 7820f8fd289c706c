"""Programs read linked groups, file one application for all legs, and see the whole."""

import json
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.dossiers.models import Dossier, LinkedApplication
from tests.api.conftest import machine, told
from tests.documents.make_files import pdf_bytes
from tests.linked import HOUR, Linked, leg_dossier, make_accepted, make_group, settle
from tests.make import MONDAY, make_office, make_user

pytestmark = pytest.mark.django_db
PERSON = {"full_name": "Giàng A Páo", "citizen_id": "011099000123", "phone": "0900000777", "address": "Bản Phủ"}


@pytest.fixture
def linked() -> Linked:
    return make_group()


def test_groups_are_found_by_words_and_by_procedure(linked: Linked) -> None:
    anybody = machine(None)
    code = linked.group.code

    found = [
        told(anybody.get("/linked-groups", query))
        for query in ({}, {"q": "khai sinh"}, {"procedure": linked.offices[2].offering.procedure.code})
    ]

    assert [[row["code"] for row in page["items"]] for page in found] == [[code]] * 3
    assert told(anybody.get("/linked-groups", {"q": "đất đai"}))["items"] == []
    assert told(anybody.get("/linked-groups", {"procedure": "9.999999"}))["items"] == []


def test_a_group_says_what_is_asked_once_and_where(linked: Linked) -> None:
    group = told(machine(None).get(f"/linked-groups/{linked.group.code}"))

    assert [[one["position"] for one in leg["papers"]] for leg in group["legs"]] == [[1, 2], [2001], [3002]]
    assert [[one["key"] for one in leg["questions"]] for leg in group["legs"]] == [["ten_con"], ["leg2_ten_con"], []]
    assert [leg["needs"] for leg in group["legs"]] == [[], [1], [1]]
    assert [desk["desk"] for desk in group["desks"]] == [linked.lead.offering.receiving_unit.code]


def test_a_program_files_for_the_whole_group(linked: Linked) -> None:
    citizen = machine(make_user())
    place = {"group": linked.group.code, "desk": linked.lead.offering.receiving_unit.code}
    key = str(uuid.uuid4())

    begun = citizen.post("/my/linked-applications", place, idempotency_key=key)
    again = citizen.post("/my/linked-applications", place, idempotency_key=key)

    code = told(begun, 201)["reference"]
    assert begun.headers["Location"] == f"/api/v1/my/dossiers/{code}"
    assert told(again, 201)["reference"] == code
    citizen.put(f"/my/dossiers/{code}/applicant", PERSON)
    citizen.put(f"/my/dossiers/{code}/declaration", {"answers": {"ten_con": "Páo", "leg2_ten_con": "Páo"}})
    for position in (1, 2001):
        file = SimpleUploadedFile("to-khai.pdf", pdf_bytes())
        citizen.upload(f"/my/dossiers/{code}/papers/{position}", {"file": file})
    handed_in = told(citizen.post(f"/my/dossiers/{code}/submission"))
    assert handed_in["status"] == "SUBMITTED"
    assert LinkedApplication.objects.count() == Dossier.objects.count() == 1
    own = told(citizen.get(f"/my/dossiers/{code}"))
    assert [leg["state"] for leg in own["linked"]["legs"]] == ["OPEN", "WAITING", "WAITING"]
    (line,) = told(citizen.get("/my/dossiers"))["items"]
    assert (line["linked_state"], line["linked_state_label"]) == ("AT_THE_DESK", "Chờ tiếp nhận")


@pytest.mark.parametrize("place", [{"group": "khong-co"}, {"desk": "H99"}])
def test_what_is_not_offered_is_refused(place: dict[str, str], linked: Linked) -> None:
    asked = {"group": linked.group.code, "desk": linked.lead.offering.receiving_unit.code} | place

    answer = machine(make_user()).post("/my/linked-applications", asked, idempotency_key="k")

    assert told(answer, 422)["code"] == "group_not_offered"


def test_code_and_pin_show_every_leg_and_nothing_personal(linked: Linked) -> None:
    application = settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)
    lead = leg_dossier(application, 1)

    answer = machine(None).post("/status", {"code": lead.code, "pin": lead.lookup_pin})

    said = told(answer)["linked"]
    assert [leg["state"] for leg in said["legs"]] == ["GRANTED", "OPEN", "OPEN"]
    assert said["due_at"] == "2026-03-12T17:00:00+07:00"
    assert "Vàng Thị Mỷ" not in str(told(answer))


def test_an_agency_lists_what_it_answers_for_and_the_results_wait(linked: Linked) -> None:
    application = settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)
    lead = leg_dossier(application, 1)
    desk = machine(linked.lead.reception)

    listed = told(desk.get("/work/linked-applications"))
    seen = desk.get(f"/work/dossiers/{lead.code}")
    etag = seen.headers["ETag"]
    refused = desk.post(
        f"/work/dossiers/{lead.code}/hand-over", {"received_by": "Mỷ"}, if_match=etag, idempotency_key="k"
    )

    assert listed["total"] == 1
    assert told(seen)["linked"]["legs"][1]["status"] == "TRANSFERRED"
    assert told(refused, 409)["legs"] == [2, 3]
    assert told(machine(linked.offices[1].dispatcher).get("/work/linked-applications"))["total"] == 0


def test_the_applicant_of_a_decided_lead_is_told_that_the_rest_may_be_taken_back(linked: Linked) -> None:
    owner = make_user()
    application = settle(make_accepted(linked, owner=owner), 1, linked.lead, at=MONDAY + 2 * HOUR)
    citizen, code = machine(owner), leg_dossier(application, 1).reference
    before = told(citizen.get(f"/my/dossiers/{code}"))["actions"]

    told(citizen.post(f"/my/dossiers/{code}/withdrawal"))

    assert "WITHDRAW" in before
    assert "WITHDRAW" not in told(citizen.get(f"/my/dossiers/{code}"))["actions"]


def filing_of(linked: Linked, **more: object) -> dict[str, object]:
    (choice,) = told(machine(linked.lead.reception).get("/work/counter"))["groups"]
    return {
        "group": choice["group_code"],
        "desk": choice["desk_code"],
        "competent": choice["competent_code"],
        "applicant": PERSON,
        "answers": {"ten_con": "Páo", "leg2_ten_con": "Páo"},
        "papers": [{"position": 1, "originals_count": 1, "scan": 1}, {"position": 2001, "copies_count": 2}],
        **more,
    }


def test_a_program_at_the_counter_files_for_the_whole_group_once(linked: Linked) -> None:
    desk, filing = machine(linked.lead.reception), json.dumps(filing_of(linked))

    def file() -> Any:
        form = {"filing": filing, "scans": SimpleUploadedFile("a.pdf", pdf_bytes())}
        return told(desk.upload("/work/linked-applications", form, Idempotency_Key="k"), 201)

    first, second = file(), file()

    assert first == second
    assert (first["status"], len(first["lookup_pin"])) == ("SUBMITTED", 4)
    assert LinkedApplication.objects.count() == Dossier.objects.count() == 1
    page = told(desk.get(f"/work/dossiers/{first['reference']}"))
    given = {paper["position"]: (paper["originals_count"], paper["copies_count"]) for paper in page["papers"]}
    assert given == {1: (1, 0), 2: (0, 0), 2001: (0, 2), 3002: (0, 0)}
    assert [leg["state"] for leg in page["linked"]["legs"]] == ["OPEN", "WAITING", "WAITING"]


@pytest.mark.parametrize(
    ("changed", "path", "code"),
    [
        ({"papers": [{"position": 2002}]}, "filing.papers.0.position", "no_such_paper"),
        ({"answers": {"leg3_ten_con": "Páo"}}, "filing.answers.leg3_ten_con", "extra_forbidden"),
    ],
)
def test_what_a_leg_shares_is_not_given_a_second_time(
    changed: dict[str, object], path: str, code: str, linked: Linked
) -> None:
    form = {"filing": json.dumps(filing_of(linked, **changed)), "scans": SimpleUploadedFile("a.pdf", pdf_bytes())}

    said = told(machine(linked.lead.reception).upload("/work/linked-applications", form, Idempotency_Key="k"), 422)

    assert [(fault["path"], fault["code"]) for fault in said["errors"]] == [(path, code)]
    assert not Dossier.objects.exists()


def test_another_desk_s_counter_may_not_file_for_the_group(linked: Linked) -> None:
    form = {"filing": json.dumps(filing_of(linked))}

    refused = [
        told(machine(who).upload("/work/linked-applications", form, Idempotency_Key="k"), status)["code"]
        for who, status in ((make_office().reception, 403), (linked.lead.signer, 403))
    ]
    unknown = {"filing": json.dumps(filing_of(linked, group="khong-co"))}
    missing = machine(linked.lead.reception).upload("/work/linked-applications", unknown, Idempotency_Key="k")

    assert refused == ["not_permitted", "not_permitted"]
    assert told(missing, 422)["code"] == "group_not_offered"
    assert not Dossier.objects.exists()
