"""The counter through the API: what was asked for is brought back, asked for again, or the dossier withdrawn."""

import json

import pytest

from tests.api.conftest import machine, pdf_file, told
from tests.api.test_journey import Cast, begin, cast
from tests.documents.make_files import pdf_bytes
from tests.make import make_dossier, make_office, make_user

__all__ = ["cast"]


def test_the_desk_takes_what_somebody_brings_back_and_asks_again_only_on_a_basis(cast: Cast) -> None:
    code = begin(cast)
    told(cast.citizen.post(f"/my/dossiers/{code}/submission"))
    both = [{"position": 1, "note": "Chụp lại"}, {"position": 2, "note": "Nộp giấy ủy quyền"}]
    cast.acts("desk", code, "supplement-request", {"reason": "Thiếu", "papers": both})
    brought = {
        "papers": [{"position": 1, "originals_count": 1, "scan": 1}, {"position": 2, "absence_reason": "Tự đến nộp"}]
    }
    form = {"supplement": json.dumps(brought), "scans": pdf_file(pdf_bytes(), "ban-goc.pdf")}

    taken = told(cast.people["desk"].upload(f"/work/dossiers/{code}/supplement", form))

    assert (taken["status"], taken["holder_role"]) == ("SUBMITTED", "RECEPTION_OFFICER")
    page = told(cast.people["desk"].get(f"/work/dossiers/{code}"))
    assert [(paper["originals_count"], paper["absence_reason"]) for paper in page["papers"]] == [
        (1, ""),
        (0, "Tự đến nộp"),
    ]
    assert page["papers"][0]["file"]["name"] == "ban-goc.pdf"
    again = {"reason": "Còn thiếu", "papers": [{"position": 2, "note": "Nộp thêm"}]}
    refused = cast.people["desk"].post(f"/work/dossiers/{code}/supplement-request", again)
    assert told(refused, 409)["code"] == "asked_before"
    cast.acts("desk", code, "supplement-request", {**again, "basis": "khoản 2 Điều 16"})
    assert told(cast.citizen.get(f"/my/dossiers/{code}"))["request"]["basis"] == "khoản 2 Điều 16"


def test_a_citizen_says_that_there_is_no_such_paper(cast: Cast) -> None:
    code = begin(cast)
    told(cast.citizen.post(f"/my/dossiers/{code}/submission"))
    asked = {"reason": "Thiếu", "papers": [{"position": 2, "note": "Nộp giấy ủy quyền"}]}
    cast.acts("desk", code, "supplement-request", asked)

    answered = told(cast.citizen.post(f"/my/dossiers/{code}/papers/2/absence", {"reason": "Tôi tự nộp"}))

    assert answered["missing"] == []
    own = told(cast.citizen.get(f"/my/dossiers/{code}"))
    assert own["request"]["items"][0]["answer"] == "NONE"
    assert told(cast.citizen.post(f"/my/dossiers/{code}/supplement"))["status"] == "SUBMITTED"


def test_the_desk_withdraws_for_an_applicant_who_asks(cast: Cast) -> None:
    code = begin(cast)
    told(cast.citizen.post(f"/my/dossiers/{code}/submission"))

    gone = cast.acts("desk", code, "withdrawal", {"reason": "Nộp nhầm thủ tục"})

    assert (gone["status"], gone["holder_unit"]) == ("WITHDRAWN", None)
    assert told(cast.people["desk"].get(f"/work/dossiers/{code}"))["withdrawal_reason"] == "Nộp nhầm thủ tục"


@pytest.mark.parametrize(
    ("papers", "status", "code"),
    [
        ([], 422, "supplement_unanswered"),
        ([{"position": 1, "originals_count": 1}, {"position": 2, "copies_count": 1}], 409, "paper_not_asked_for"),
        ([{"position": 1, "scan": 1}], 422, "invalid_request"),
    ],
)
def test_what_is_brought_answers_what_was_asked_for(papers: list[object], status: int, code: str) -> None:
    office = make_office()
    desk, path = machine(office.reception), f"/work/dossiers/{make_dossier(office=office).reference}"
    told(desk.post(f"{path}/supplement-request", {"reason": "Thiếu", "papers": [{"position": 1, "note": "Ký"}]}))

    answer = desk.upload(f"{path}/supplement", {"supplement": json.dumps({"papers": papers})})

    assert told(answer, status)["code"] == code


def test_a_paper_that_every_case_needs_cannot_be_done_without() -> None:
    office = make_office()
    owner = make_user()
    dossier = make_dossier(office=office, owner=owner)
    asked = {"reason": "Thiếu", "papers": [{"position": 1, "note": "Ký"}]}
    told(machine(office.reception).post(f"/work/dossiers/{dossier.reference}/supplement-request", asked))

    said = told(machine(owner).post(f"/my/dossiers/{dossier.reference}/papers/1/absence", {"reason": "Mất"}), 422)

    assert said["code"] == "paper_needed"
