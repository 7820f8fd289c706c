"""Acts on many dossiers, ordered by a program: preview, order, progress, undo, taking back."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.accounts.models import Grant, User
from motcua.dossiers.commands.bulk import do_next
from motcua.dossiers.models import BulkJob, Dossier, Memo
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.api.conftest import Machine, machine, told
from tests.make import MONDAY, Office, make_dossier, make_office, make_officer

pytestmark = pytest.mark.django_db

NOW = MONDAY + timedelta(hours=9)
BULK = "/work/bulk-orders"


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def lan(office: Office) -> User:
    return make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit, full_name="Lò Thị Lan")


@pytest.fixture
def dispatcher(office: Office) -> Machine:
    return machine(office.dispatcher)


def seen(*dossiers: Dossier) -> list[dict[str, Any]]:
    return [{"code": dossier.public_code, "version": dossier.version} for dossier in dossiers]


def run(key: str) -> None:
    job = BulkJob.objects.get(key=key)
    while not do_next(job=job, at=NOW):
        continue


def test_an_order_is_previewed_placed_read_and_taken_back(office: Office, lan: User, dispatcher: Machine) -> None:
    held, over = (make_dossier(office=office, status=status) for status in (Status.IN_PROGRESS, Status.RETURNED))
    asked = {"act": "ASSIGN", "codes": [held.public_code, over.reference, "H18.9"], "to": lan.username}

    preview = told(dispatcher.post(f"{BULK}/preview", asked))
    order = {"act": "ASSIGN", "dossiers": seen(held), "to": lan.username, "text": "Nghỉ phép"}
    placed = dispatcher.post(BULK, order, Idempotency_Key="giao-1")
    key = told(placed, 201)["key"]
    waiting = told(dispatcher.get(f"{BULK}/{key}"))
    run(key)
    done = told(dispatcher.get(f"{BULK}/{key}"))
    back = told(dispatcher.get(f"{BULK}/{key}/taking-back"))
    taken = {"dossiers": [{"code": one["code"], "version": one["version"]} for one in back["can"]], "text": "Nhầm"}
    second = told(dispatcher.post(f"{BULK}/{key}/taking-back", taken, Idempotency_Key="thu-1"), 201)
    run(second["key"])

    assert [one["code"] for one in preview["can"]] == [held.public_code]
    assert [(one["code"], one["reason"]) for one in preview["cannot"]] == [(over.public_code, "transition_refused")]
    assert preview["not_seen"] == [{"code": "H18.9", "reason": "not_seen"}]
    assert {load["username"] for load in preview["officers"]} == {lan.username, office.officer.username}
    assert placed.headers["Location"] == f"/api/v1{BULK}/{key}"
    assert (waiting["is_running"], waiting["counts"]["WAITING"], waiting["to"]) == (True, 1, lan.username)
    assert [(line["code"], line["outcome"]) for line in done["items"]] == [(held.public_code, "DONE")]
    assert (done["is_reversible"], done["can_be_taken_back"]) == (True, True)
    assert [one["back_to"] for one in back["can"]] == [office.officer.display_name]
    assert (second["act"], second["takes_back"]) == ("TAKE_BACK", key)
    assert Dossier.objects.get(pk=held.pk).assignee == office.officer
    assert told(dispatcher.get(f"{BULK}/{key}"))["taken_back_by"] == second["key"]


def test_of_what_the_caller_may_no_longer_see_a_preview_tells_the_code_alone(
    office: Office,
) -> None:
    dossier, signer = make_dossier(office=office, status=Status.IN_PROGRESS), machine(office.signer)
    order = {"act": "FOLLOW", "dossiers": seen(dossier)}
    key = told(signer.post(BULK, order, Idempotency_Key="k1"), 201)["key"]
    run(key)
    Grant.objects.filter(user=office.signer).update(unit=make_office().offering.competent_unit)

    back = told(signer.get(f"{BULK}/{key}/taking-back"))
    taken = {"dossiers": seen(dossier), "text": "Nhầm"}
    refused = told(signer.post(f"{BULK}/{key}/taking-back", taken, Idempotency_Key="k2"), 409)

    assert back == {
        "can": [],
        "cannot": [],
        "not_seen": [{"code": dossier.public_code, "reason": "not_seen"}],
        "officers": [],
    }
    assert refused["cannot"] == [{"code": dossier.public_code, "reason": "not_seen"}]


def test_a_dossier_named_by_its_code_and_its_reference_is_named_twice(
    office: Office, lan: User, dispatcher: Machine
) -> None:
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    codes = [dossier.code, dossier.reference]
    order = {"act": "ASSIGN", "dossiers": [{"code": code, "version": 1} for code in codes], "to": lan.username}

    looked_at = told(dispatcher.post(f"{BULK}/preview", {"act": "ASSIGN", "codes": codes}), 422)
    placed = told(dispatcher.post(BULK, order, Idempotency_Key="k1"), 422)

    assert dossier.code
    assert [(fault["path"], fault["code"]) for fault in looked_at["errors"]] == [("codes", "repeated")]
    assert [(fault["path"], fault["code"]) for fault in placed["errors"]] == [("dossiers", "repeated")]
    assert not BulkJob.objects.exists()


def test_an_order_sent_twice_is_placed_once(office: Office, lan: User, dispatcher: Machine) -> None:
    order = {
        "act": "ASSIGN",
        "dossiers": seen(make_dossier(office=office, status=Status.IN_PROGRESS)),
        "to": lan.username,
    }

    first = dispatcher.post(BULK, order, Idempotency_Key="k1")
    again = dispatcher.post(BULK, order, Idempotency_Key="k1")
    other = dispatcher.post(BULK, {**order, "text": "Khác"}, Idempotency_Key="k1")
    without = dispatcher.post(BULK, order)

    assert told(first, 201) == told(again, 201)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert told(other, 422)["code"] == "idempotency_key_reused"
    assert told(without, 422)["errors"][0]["path"] == "Idempotency-Key"
    assert BulkJob.objects.count() == 1


def test_where_less_can_be_done_nothing_is_ordered(office: Office, lan: User, dispatcher: Machine) -> None:
    can, over, changed = (
        make_dossier(office=office, status=status)
        for status in (Status.IN_PROGRESS, Status.RETURNED, Status.IN_PROGRESS)
    )
    strangers = make_dossier(status=Status.IN_PROGRESS)
    stale = {"code": changed.public_code, "version": changed.version - 1}
    order = {"act": "ASSIGN", "dossiers": [*seen(can, over, strangers), stale], "to": lan.username}

    refused = told(dispatcher.post(BULK, order, Idempotency_Key="k1"), 409)

    assert refused["code"] == "bulk_cannot"
    assert [(one["code"], one["reason"]) for one in refused["cannot"]] == [
        (over.public_code, "transition_refused"),
        (strangers.public_code, "not_seen"),
        (changed.public_code, "stale_dossier"),
    ]
    assert not BulkJob.objects.exists()
    told(dispatcher.post(BULK, {**order, "dossiers": seen(can)}, Idempotency_Key="k1"), 201)


def test_an_order_is_undone_before_its_start_and_by_nobody_else(office: Office, lan: User, dispatcher: Machine) -> None:
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    order = {"act": "ASSIGN", "dossiers": seen(dossier), "to": lan.username}
    with time_machine.travel(NOW, tick=False):
        placed = told(dispatcher.post(BULK, order, Idempotency_Key="k1"), 201)
        stranger = told(machine(lan).post(f"{BULK}/{placed['key']}/cancellation"), 404)
        undone = told(dispatcher.post(f"{BULK}/{placed['key']}/cancellation"))
        twice = told(dispatcher.post(f"{BULK}/{placed['key']}/cancellation"))
    run(placed["key"])

    assert placed["is_undoable"]
    assert settings.BULK_UNDO_SECONDS > 0
    assert stranger["code"] == "not_found"
    assert (undone["counts"]["CANCELLED"], undone["is_running"]) == (1, False)
    assert twice["cancelled_at"] == undone["cancelled_at"]
    assert Dossier.objects.get(pk=dossier.pk).assignee == office.officer


def test_what_is_over_is_not_stopped_and_what_no_act_undoes_not_taken_back(office: Office) -> None:
    dossier, officer = make_dossier(office=office, status=Status.IN_PROGRESS), machine(office.officer)
    order = {"act": "MEMO", "dossiers": seen(dossier), "text": "Đã gọi"}
    key = told(officer.post(BULK, order, Idempotency_Key="k1"), 201)["key"]
    early = told(officer.get(f"{BULK}/{key}/taking-back"), 409)
    run(key)

    over = told(officer.post(f"{BULK}/{key}/cancellation"), 409)
    never = told(officer.post(f"{BULK}/{key}/taking-back", {"dossiers": seen(dossier)}, Idempotency_Key="k2"), 409)

    assert [early["code"], over["code"], never["code"]] == ["not_reversible", "bulk_is_over", "not_reversible"]
    assert Memo.objects.get().text == "Đã gọi"


def test_rights_are_asked_for_when_the_turn_comes(office: Office, lan: User, dispatcher: Machine) -> None:
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    order = {"act": "ASSIGN", "dossiers": seen(dossier), "to": lan.username}
    key = told(dispatcher.post(BULK, order, Idempotency_Key="k1"), 201)["key"]
    Grant.objects.filter(user=office.dispatcher, role=Role.DISPATCHER.value).update(valid_until=MONDAY.date())

    run(key)

    assert BulkJob.objects.get().items.get().reason == "NotPermitted"


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ({"act": "TAKE_BACK"}, "act"),
        ({"act": "ASSIGN"}, "to"),
        ({"act": "MEMO"}, "text"),
        ({"act": "MEMO", "text": "Đã gọi", "to": "ai-do"}, "to"),
        ({"act": "TRANSFER", "text": "Đã gọi"}, "text"),
        ({"act": "FOLLOW", "dossiers": []}, "dossiers"),
        ({"act": "FOLLOW", "text": "Việc khó" * 26}, "text"),
        (
            {"act": "FOLLOW", "dossiers": [{"code": "H18.1", "version": 1}, {"code": " h18.1", "version": 1}]},
            "dossiers",
        ),
    ],
)
def test_what_an_act_does_not_take_is_said_by_its_field(said: dict[str, Any], path: str, office: Office) -> None:
    order = {"dossiers": [{"code": "H18.1", "version": 1}], **said}

    refused = told(machine(office.officer).post(BULK, order, Idempotency_Key="k1"), 422)

    assert [error["path"] for error in refused["errors"]] == [path]
    assert not BulkJob.objects.exists()


def test_an_order_is_read_and_taken_back_by_nobody_else(office: Office, lan: User, dispatcher: Machine) -> None:
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    order = {"act": "ASSIGN", "dossiers": seen(dossier), "to": lan.username}
    key = told(dispatcher.post(BULK, order, Idempotency_Key="k1"), 201)["key"]
    run(key)
    taken = {"dossiers": seen(Dossier.objects.get(pk=dossier.pk))}
    other = machine(make_officer(Role.DISPATCHER, office.offering.competent_unit))

    refused = [
        told(other.get(f"{BULK}/{key}"), 404),
        told(other.get(f"{BULK}/{key}/taking-back"), 404),
        told(other.post(f"{BULK}/{key}/taking-back", taken, Idempotency_Key="k2"), 404),
    ]

    assert {said["code"] for said in refused} == {"not_found"}
    assert BulkJob.objects.count() == 1
    told(dispatcher.post(f"{BULK}/{key}/taking-back", taken, Idempotency_Key="k2"), 201)


def test_an_order_and_its_taking_back_cost_as_much_for_one_dossier_as_for_six(
    office: Office, lan: User, dispatcher: Machine
) -> None:
    dossiers = [make_dossier(office=office, status=Status.IN_PROGRESS) for _ in range(7)]
    asked = {"read": list[int](), "back": list[int]()}
    for count, some in enumerate((dossiers[:1], dossiers[1:])):
        order = {"act": "ASSIGN", "dossiers": seen(*some), "to": lan.username}
        key = told(dispatcher.post(BULK, order, Idempotency_Key=f"k{count}"), 201)["key"]
        run(key)
        for name, path in (("read", f"{BULK}/{key}"), ("back", f"{BULK}/{key}/taking-back")):
            dispatcher.get(path)
            with CaptureQueriesContext(connection) as queries:
                told(dispatcher.get(path))
            asked[name].append(len(queries))

    assert asked["read"][0] == asked["read"][1]
    assert asked["back"][0] == asked["back"][1]


def test_an_officer_who_is_none_there_is_told(office: Office, dispatcher: Machine) -> None:
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    order = {"act": "ASSIGN", "dossiers": seen(dossier)}

    nobody = told(dispatcher.post(BULK, {**order, "to": "khong.co"}, Idempotency_Key="k1"), 422)
    signer = told(dispatcher.post(BULK, {**order, "to": office.signer.username}, Idempotency_Key="k1"), 409)

    assert nobody["code"] == "not_an_officer_there"
    assert signer["cannot"] == [{"code": dossier.public_code, "reason": "not_an_officer_there"}]
