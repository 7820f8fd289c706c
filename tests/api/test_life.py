"""The whole life of a dossier, as its applicant and its officials read it through the API."""

import pytest
from time_machine import travel

from motcua.dossiers.commands import extend, note
from motcua.dossiers.models import Rating
from motcua.rules.transitions import Status
from tests.api.conftest import machine, told
from tests.make import MONDAY, make_dossier, make_office, make_user
from tests.ways import ASKED_FOR

LATER = MONDAY.replace(day=4)


def test_an_applicant_rates_once_and_reads_what_is_kept() -> None:
    dossier = make_dossier(status=Status.RETURNED)
    citizen, path = machine(dossier.owner), f"/my/dossiers/{dossier.reference}"
    offered = told(citizen.get(path))["actions"]

    first = told(citizen.post(f"{path}/rating", {"score": 4, "comment": "Nhanh"}))
    second = told(citizen.post(f"{path}/rating", {"score": 1}))
    own = told(citizen.get(path))

    assert offered == ["RATE"]
    assert (first["rating"]["score"], first["rating"]["comment"], first["status"]) == (4, "Nhanh", "RETURNED")
    assert second["rating"] == first["rating"] == own["life"]["rating"]
    assert own["actions"] == []
    assert Rating.objects.count() == 1


@pytest.mark.parametrize("body", [{}, {"score": 0}, {"score": 6}, {"score": 3, "comment": "a" * 501}])
def test_a_rating_is_one_of_five_marks_and_a_few_words(body: dict[str, object]) -> None:
    dossier = make_dossier(status=Status.RETURNED)

    refused = machine(dossier.owner).post(f"/my/dossiers/{dossier.reference}/rating", body)

    assert told(refused, 422)["code"] == "invalid_request"
    assert not Rating.objects.exists()


def test_nothing_is_rated_too_early_or_by_a_stranger() -> None:
    dossier = make_dossier(status=Status.DONE)
    path = f"/my/dossiers/{dossier.reference}/rating"

    early = machine(dossier.owner).post(path, {"score": 5})
    stranger = machine(make_user()).post(path, {"score": 1})

    assert told(early, 409)["code"] == "transition_refused"
    told(stranger, 404)


def test_an_applicant_reads_what_is_asked_and_what_the_clock_does() -> None:
    dossier = make_dossier(status=Status.SUPPLEMENT)

    with travel(LATER, tick=False):
        own = told(machine(dossier.owner).get(f"/my/dossiers/{dossier.reference}"))

    asked = own["request"]
    assert (asked["reason"], asked["after_acceptance"], asked["completed_at"]) == (ASKED_FOR, True, None)
    assert asked["items"] == [{"position": 1, "note": ASKED_FOR, "answer": None}]
    assert asked == own["life"]["requests"][0]
    assert own["life"]["clock"] == {"rule": "RESTART", "due_at": "2026-03-11T17:00:00+07:00"}


def test_money_and_a_refusal_are_read_by_their_applicant() -> None:
    office = make_office()
    owing, refused = (make_dossier(status=status, office=office) for status in (Status.FINANCIAL, Status.REFUSED))

    owed = told(machine(owing.owner).get(f"/my/dossiers/{owing.reference}"))["life"]["obligations"]
    no = told(machine(refused.owner).get(f"/my/dossiers/{refused.reference}"))

    assert [(one["notice_no"], one["amount_vnd"], one["is_excluded"]) for one in owed] == [("12/TB", 150_000, True)]
    assert no["life"]["refusal"]["basis"] == "Điều 12 Luật Hộ tịch"
    assert no["result"]["is_refusal"] is True


def test_an_official_reads_the_same_life_with_who_acted() -> None:
    office = make_office()
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    minutes = note.Minutes(MONDAY, "Bản Phủ", "Trưởng bản", "Ranh giới đúng")
    note.record_verification(dossier=dossier, officer=office.officer, minutes=minutes, at=LATER)
    too_late, new_day = MONDAY.replace(day=9), MONDAY.replace(day=16).date()
    apology = extend.Apology("Chờ trích lục", new_day)
    extend.extend(dossier=dossier, officer=office.signer, apology=apology, at=too_late)
    asked = make_dossier(status=Status.CONSULTING, office=office)
    path, signer, desk = f"/work/dossiers/{dossier.reference}/life", office.signer.display_name, office.reception

    moved, seen_at_the_desk = told(machine(office.signer).get(path)), told(machine(desk).get(path))
    consulted = told(machine(desk).get(f"/work/dossiers/{asked.reference}/life"))["consultations"]

    assert moved["cause"] == "Xin lỗi và hẹn lại"
    assert moved["extension"]["extended_by"] == signer
    assert [(one["due_at"], one["cause"]) for one in moved["former_promises"]] == [
        ("2026-03-09T17:00:00+07:00", "Tiếp nhận")
    ]
    assert [one["findings"] for one in moved["verifications"]] == ["Ranh giới đúng"]
    assert [(one["kind"], one["by"]) for one in moved["irregularities"]] == [("LATE_APOLOGY", signer)]
    assert seen_at_the_desk == {**moved, "irregularities": []}
    assert [(one["unit"], one["asked_by"], one["answer"]) for one in consulted] == [
        (office.asked.name, office.officer.display_name, "")
    ]


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (Status.SUPPLEMENT, "requests", ASKED_FOR),
        (Status.FINANCIAL, "obligations", "12/TB"),
        (Status.STOPPED, "ending", "Toà án"),
        (Status.CORRECTING, "corrections", "Sai năm sinh"),
    ],
)
def test_every_kind_goes_out_to_officials(status: Status, kind: str, words: str) -> None:
    office = make_office()
    dossier = make_dossier(status=status, office=office)

    life = told(machine(office.reception).get(f"/work/dossiers/{dossier.reference}/life"))

    assert words in str(life[kind])


def test_advice_and_the_rating_go_out_to_officials() -> None:
    office = make_office()
    advised, rated = make_dossier(office=office), make_dossier(status=Status.RETURNED, office=office)
    note.guide(dossier=advised, officer=office.reception, text="Mang thêm bản chính", at=LATER)
    note.rate(dossier=rated, score=5, comment="", actor=None, at=LATER)
    desk = machine(office.reception)

    advice = told(desk.get(f"/work/dossiers/{advised.reference}/life"))["advice"]
    rating = told(desk.get(f"/work/dossiers/{rated.reference}/life"))["rating"]

    assert [(one["text"], one["given_by"]) for one in advice] == [
        ("Mang thêm bản chính", office.reception.display_name)
    ]
    assert rating["score"] == 5
