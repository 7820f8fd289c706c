"""Everything that can go wrong has a code that stays, a sentence in the caller's language, and never a page."""

import json
import logging
import pkgutil
from collections.abc import Callable
from datetime import date
from importlib import import_module
from types import ModuleType

import pytest
from django.conf import settings
from django.test import Client

import motcua.documents
import motcua.dossiers.commands
import motcua.rules
from motcua.accounts.models import User
from motcua.api.refusals import PROBLEMS
from motcua.catalogue.models import Channel, Procedure, ProcedureVersion, Workflow
from motcua.documents.models import StoredFile
from motcua.dossiers.models import Dossier
from motcua.organisations.models import UnitIdentifier
from motcua.rules.calendar_days import CALENDAR_UNTIL
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.api.conftest import V1, Machine, machine, told
from tests.api.not_met import NOT_MET
from tests.api.test_journey import CHECKED, PERSON
from tests.make import (
    MONDAY,
    Office,
    make_dossier,
    make_draft,
    make_offering,
    make_office,
    make_officer,
    make_procedure,
    make_user,
)

# Refusals of commands and rules that no operation of the API can meet, and why.


def refusals_of(package: ModuleType) -> set[type[Exception]]:
    found = set()
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        if not module.ispkg:
            loaded = import_module(module.name)
            found |= {
                value
                for value in vars(loaded).values()
                if isinstance(value, type) and issubclass(value, Exception) and value.__module__ == module.name
            }
    return found


def test_every_refusal_of_commands_and_rules_has_its_problem() -> None:
    packages = (motcua.dossiers.commands, motcua.documents, motcua.rules)
    refusals = {refusal.__name__ for package in packages for refusal in refusals_of(package)}

    told_of = {refusal.__name__ for refusal in PROBLEMS}

    assert len(refusals) > 15
    assert refusals - told_of - set(NOT_MET) == set()
    assert set(NOT_MET) - refusals == set()


def accepting(office: Office, dossier_status: Status = Status.SUBMITTED) -> tuple[Machine, str]:
    dossier = make_dossier(office=office, status=dossier_status)
    return machine(office.reception), f"/work/dossiers/{dossier.reference}"


def test_what_the_dossiers_status_does_not_allow() -> None:
    desk, path = accepting(make_office())

    assert told(desk.post(f"{path}/transfer"), 409)["code"] == "transition_refused"


def test_what_the_official_is_not_entrusted_with() -> None:
    office = make_office()
    head = machine(make_officer(Role.HEAD_OF_ONE_STOP, office.offering.receiving_unit))
    _, path = accepting(office)

    said = told(head.post(f"{path}/acceptance", CHECKED), 403)

    assert (said["code"], said["action"]) == ("not_permitted", "ACCEPT")


def test_papers_that_stand_in_the_way_are_named() -> None:
    desk, path = accepting(make_office())

    said = told(desk.post(f"{path}/acceptance", {"papers": [{"position": 2, "state": "WRONG"}]}), 422)

    assert (said["code"], said["positions"]) == ("papers_in_the_way", [1, 2])


@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("acceptance", {"papers": [*CHECKED["papers"], {"position": 3, "state": "PRESENT"}]}),
        ("supplement-request", {"reason": "Thiếu", "papers": [{"position": 9, "note": "Sổ hộ khẩu"}]}),
    ],
)
def test_no_paper_outside_the_closed_list_is_checked_or_asked_for(act: str, body: object) -> None:
    desk, path = accepting(make_office())

    assert told(desk.post(f"{path}/{act}", body), 422)["code"] == "no_such_paper"


def test_a_supplement_request_asks_for_something() -> None:
    desk, path = accepting(make_office())

    said = told(desk.post(f"{path}/supplement-request", {"reason": "Thiếu", "papers": []}), 422)

    assert said["code"] == "nothing_asked_for"


@pytest.mark.parametrize("to", ["reception", "nobody"])
def test_a_dossier_is_given_to_officers_of_the_competent_unit_only(to: str) -> None:
    office = make_office()
    _, path = accepting(office, Status.TRANSFERRED)
    name = getattr(office, to).username if to != "nobody" else "khong.co"

    said = told(machine(office.dispatcher).post(f"{path}/assignment", {"to": name}), 422)

    assert said["code"] == "not_an_officer_there"


def test_a_result_without_a_file_is_not_issued() -> None:
    office = make_office()
    _, path = accepting(office, Status.SIGNED)

    said = told(machine(office.clerk).upload(f"{path}/issuing", {"number": "1/GKS"}), 422)

    assert said["code"] == "result_file_missing"


def test_what_an_application_lacks_is_named() -> None:
    office = make_office()
    user = make_user()
    User.objects.filter(pk=user.pk).update(full_name="")
    owner = machine(user)
    place = {"procedure": office.offering.procedure.code, "desk": office.offering.receiving_unit.code}
    begun = told(owner.post("/my/dossiers", place, Idempotency_Key="k"), 201)

    said = told(owner.post(f"/my/dossiers/{begun['reference']}/submission"), 422)

    assert said["code"] == "application_incomplete"
    assert {(gap["part"], gap["what"]) for gap in said["missing"]} == {
        ("APPLICANT", "full_name"),
        ("APPLICANT", "phone"),
        ("DECLARATION", "ten_con"),
        ("PAPERS", "1"),
    }


def not_offered_there(office: Office) -> None:
    office.offering.valid_until = office.offering.valid_from.replace(year=2021)
    office.offering.save()


def not_online(office: Office) -> None:
    """The desk offers a procedure that is filed in person only."""
    sector = office.offering.procedure.sector
    procedure = Procedure.objects.create(code="9.000001", title="Tại quầy", sector=sector, sort_key="t", search_key="t")
    version = ProcedureVersion.objects.create(
        procedure=procedure, number=1, valid_from=office.offering.valid_from, title="Tại quầy", level="COMMUNE"
    )
    Channel.objects.create(version=version, position=1, method="DIRECT")
    ProcedureVersion.objects.filter(pk=version.pk).update(published_at=MONDAY)
    office.offering.procedure = procedure
    office.offering.save()


def without_process(office: Office) -> None:
    Workflow.objects.filter(procedure=office.offering.procedure).update(
        valid_until=office.offering.valid_from.replace(year=2021)
    )


@pytest.mark.parametrize("lacking", [not_offered_there, not_online, without_process])
def test_what_is_not_offered_online_cannot_be_begun(lacking: Callable[[Office], None]) -> None:
    office = make_office()
    lacking(office)
    place = {"procedure": office.offering.procedure.code, "desk": office.offering.receiving_unit.code}

    said = told(machine(make_user()).post("/my/dossiers", place, Idempotency_Key="k"), 422)

    assert said["code"] == "not_offered"


def test_what_was_begun_under_an_older_text_is_not_handed_in() -> None:
    citizen = make_user()
    dossier = make_draft(owner=citizen)
    ProcedureVersion.objects.filter(pk=dossier.procedure_version_id).update(valid_until=MONDAY.date())

    said = told(machine(citizen).post(f"/my/dossiers/{dossier.reference}/submission"), 409)

    assert (said["code"], said["procedure"]) == ("version_ended", dossier.procedure_version.procedure.code)


def test_no_promise_without_a_known_limit() -> None:
    desk, path = accepting(make_office())
    dossier = Dossier.objects.get()
    unclear = ProcedureVersion.objects.create(
        procedure=dossier.procedure_version.procedure,
        number=2,
        valid_from=date(2019, 1, 1),
        valid_until=date(2020, 1, 1),
        title="x",
        level="COMMUNE",
        limit_text="3",
        limit_needs_review=True,
    )
    Dossier.objects.update(procedure_version=unclear)

    assert told(desk.post(f"{path}/acceptance", CHECKED), 422)["code"] == "limit_unknown"


def test_no_promise_past_the_calendar() -> None:
    procedure = make_procedure(limit="20", unit="YEAR")
    desk, path = accepting(make_office(offering=make_offering(procedure=procedure)))

    said = told(desk.post(f"{path}/acceptance", CHECKED), 422)

    assert (said["code"], said["loaded_until"]) == ("calendar_exhausted", CALENDAR_UNTIL.isoformat())


def test_no_national_code_without_the_units_identifier() -> None:
    desk, path = accepting(make_office())
    UnitIdentifier.objects.all().delete()

    assert told(desk.post(f"{path}/acceptance", CHECKED), 422)["code"] == "no_agency_identifier"


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"phone": "12"}, {"phone": "invalid"}),
        ({"citizen_id": "123"}, {"citizen_id": "invalid"}),
        ({"email": "my@"}, {"email": "invalid"}),
        ({"full_name": "  "}, {"full_name": "too_short"}),
        ({"full_name": "x" * 151}, {"full_name": "max_length"}),
        ({"address": 5, "phone": None}, {"address": "string_type", "phone": "string_type"}),
        ({"nick": "Mỷ"}, {"nick": "extra_forbidden"}),
        ({"address": "a\x00b"}, {"address": "value_error"}),
        ({"address": "\ud800"}, {"address": "value_error"}),
    ],
)
def test_wrong_fields_are_named_by_their_path(change: dict[str, object], faults: dict[str, str]) -> None:
    draft = make_draft()
    assert draft.owner is not None

    body = json.dumps({**PERSON, **change})
    answer = machine(draft.owner).raw("PUT", f"/my/dossiers/{draft.reference}/applicant", body)

    said = told(answer, 422)
    assert (said["code"], {fault["path"]: fault["code"] for fault in said["errors"]}) == ("invalid_request", faults)
    assert all(fault["message"] for fault in said["errors"])


@pytest.mark.parametrize(
    ("answers", "path"), [({"ten_con": "x" * 301}, "answers.ten_con"), ({"ten_bo": "A"}, "answers.ten_bo")]
)
def test_answers_are_checked_by_their_questions(answers: dict[str, str], path: str) -> None:
    draft = make_draft()
    assert draft.owner is not None

    answer = machine(draft.owner).put(f"/my/dossiers/{draft.reference}/declaration", {"answers": answers})

    assert [fault["path"] for fault in told(answer, 422)["errors"]] == [path]


def test_a_result_by_post_needs_an_address() -> None:
    draft = make_draft()
    assert draft.owner is not None

    answer = machine(draft.owner).put(f"/my/dossiers/{draft.reference}/return-channel", {"channel": "POST"})

    assert [fault["path"] for fault in told(answer, 422)["errors"]] == ["postal_address"]


def test_faults_inside_a_list_are_named_by_their_place() -> None:
    desk, path = accepting(make_office())

    said = told(desk.post(f"{path}/acceptance", {"papers": [{"position": 1, "state": "GOOD"}]}), 422)

    assert [(fault["path"], fault["code"]) for fault in said["errors"]] == [("papers.0.state", "enum")]
    assert "PRESENT" in said["errors"][0]["message"]


@pytest.mark.parametrize(("language", "words"), [("vi", "Mục này phải là chữ."), ("en", "This field must be text.")])
def test_sentences_come_in_the_callers_language(language: str, words: str) -> None:
    answer = machine(language=language).post("/status", {"code": 5, "pin": "1234"})

    assert told(answer, 422)["errors"][0]["message"] == words
    assert answer.headers["Content-Language"] == language


@pytest.mark.parametrize(("said", "spoken"), [("", "vi"), ("fr", "vi"), ("fr, en;q=0.5", "en"), ("*", "vi")])
def test_another_language_is_answered_in_one_we_speak(said: str, spoken: str) -> None:
    assert machine(language=said).get("/nothing").headers["Content-Language"] == spoken


@pytest.mark.parametrize("body", ["{", "[1", "\x00", '{"code": NaN'])
def test_what_is_no_json(body: str) -> None:
    assert told(machine().raw("POST", "/status", body), 400)["code"] == "malformed_json"


def test_another_type_of_body_is_not_taken() -> None:
    answer = Client().post(f"{V1}/status", "code=1&pin=2", content_type="application/x-www-form-urlencoded")

    assert told(answer, 415)["code"] == "unsupported_media_type"


def test_a_method_that_is_not_taken() -> None:
    answer = machine().send("DELETE", "/status")

    assert told(answer, 405)["code"] == "method_not_allowed"
    assert answer.headers["Allow"] == "POST"


def test_a_body_past_two_megabytes() -> None:
    body = json.dumps({"code": "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE, "pin": "1"})

    assert told(machine().raw("POST", "/status", body), 413)["code"] == "request_too_large"


@pytest.mark.parametrize("path", ["/procedures?q=%00", "/procedures/a%00b", "/work/dossiers/%00"])
def test_a_sign_that_the_database_cannot_hold(path: str) -> None:
    answer = machine(make_office().reception).get(path)

    assert answer.status_code in {400, 404}
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_fault_of_ours_is_logged_once_and_told_without_its_insides(caplog: pytest.LogCaptureFixture) -> None:
    office = make_office()
    dossier = make_dossier(office=office)
    StoredFile.objects.update(sha256="0" * 64)  # the file has gone from the disk
    headers = {"Authorization": f"Bearer {machine(office.reception).token}"}

    with caplog.at_level(logging.ERROR):
        client = Client(raise_request_exception=False)
        answer = client.get(f"{V1}/work/dossiers/{dossier.reference}/papers/1/file", headers=headers)

    said = told(answer, 500)
    assert said["code"] == "server_error"
    assert said["request_id"] == answer.headers["X-Request-Id"]
    assert "FileNotFoundError" not in answer.getvalue().decode()
    assert [record.name for record in caplog.records] == ["django.request"]


def test_nothing_personal_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    draft = make_draft()
    assert draft.owner is not None
    owner = machine(draft.owner)
    with caplog.at_level(logging.DEBUG):
        told(owner.put(f"/my/dossiers/{draft.reference}/applicant", {**PERSON, "phone": "0912"}), 422)
        told(owner.put(f"/my/dossiers/{draft.reference}/applicant", PERSON))
        told(machine().post("/status", {"code": draft.reference, "pin": draft.lookup_pin}), 404)

    logged = " ".join(record.getMessage() for record in caplog.records if not record.name.startswith("django.db"))
    assert [word for word in (*PERSON.values(), owner.token, draft.lookup_pin) if word in logged.split()] == []
    assert PERSON["citizen_id"] not in logged
