"""The drafts of the province's own documents over the API: the list and one with its checklist (M02)."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.rules.drafting import DraftKind
from tests.api.conftest import Machine, machine, told
from tests.legislation.drafts import make_draft, make_drafter, make_signed, make_submitted
from tests.legislation.law import make_document

pytestmark = pytest.mark.django_db
DRAFTS = "/work/legal-drafts"


@pytest.fixture
def desk() -> Machine:
    return machine(make_drafter())


def test_the_list_counts_what_is_open_and_is_filtered_by_state(desk: Machine) -> None:
    waiting, newer = make_submitted(), make_draft(kind=DraftKind.COMMITTEE_DECISION)

    listed = told(desk.get(DRAFTS))
    only = told(desk.get(DRAFTS, {"state": "SUBMITTED"}))

    assert [row["key"] for row in listed["items"]] == [str(waiting.key), str(newer.key)]
    assert [row["blocking_count"] for row in listed["items"]] == [0, 6]
    assert [row["key"] for row in only["items"]] == [str(waiting.key)]


def test_a_signed_draft_names_its_document_and_the_day_to_publish_by(desk: Machine) -> None:
    draft = make_signed("901/QĐ-UBND", kind=DraftKind.DECISION, sets_procedures=True)

    said = told(desk.get(f"{DRAFTS}/{draft.key}"))

    assert (said["state"], said["document_code"], said["number"]) == ("SIGNED", "901-qd-ubnd", "901/QĐ-UBND")
    assert said["publish_by"] == "2026-02-23"
    assert [tied["number"] for tied in said["ties"]] == ["118/2025/NĐ-CP"]
    assert {item["state"] for item in said["items"]} == {"DONE"}
    assert told(desk.get(f"{DRAFTS}/{uuid.uuid4()}"), 404)["status"] == 404


def test_the_list_asks_no_more_for_thirty_drafts(desk: Machine) -> None:
    actor, basis = make_drafter(), make_document("118/2025/NĐ-CP")
    make_submitted(actor, basis)
    desk.get(DRAFTS)
    with CaptureQueriesContext(connection) as one:
        desk.get(DRAFTS)
    for _number in range(29):
        make_submitted(actor, basis)
    with CaptureQueriesContext(connection) as thirty:
        assert len(told(desk.get(DRAFTS))["items"]) == 30

    assert len(thirty) == len(one)
