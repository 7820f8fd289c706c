"""What machines read of the controlled catalogue: the law, the decisions, the reviews, any day."""

import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.legislation.commands.keep import Tie
from motcua.rules.legal_effect import Relation
from tests.api.conftest import Machine, machine, told
from tests.catalogue.publishing import Province, begun, line_of, make_local, make_province, new_line, published
from tests.catalogue.reviewing import examine, make_income, make_plan, make_review, make_reviewing_province
from tests.legislation.law import make_document

LAW, DECISIONS, DAYS = "/work/legal-documents", "/work/publication-decisions", "/work/catalogue"


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def desk(province: Province) -> Machine:
    return machine(province.officer)


def test_a_document_tells_its_effect_on_the_day_asked_for(desk: Machine) -> None:
    old = make_document("61/2018/NĐ-CP", effective_from=date(2018, 6, 21))
    make_document("118/2025/NĐ-CP", Tie(Relation.REPLACES, old), effective_from=date(2025, 7, 1))

    now, then = (told(desk.get(f"{LAW}/{old.code}", query)) for query in ({}, {"day": "2025-06-30"}))
    listed = told(desk.get(LAW, {"status": now["status"]}))

    assert (then["status"], now["status"]) == ("IN_FORCE", "EXPIRED_ALL")
    assert [(tie["relation"], tie["other"]["code"]) for tie in now["ties_in"]] == [("REPLACES", "118-2025-nd-cp")]
    assert [(step["on"], step["by_code"]) for step in now["steps"]][-1] == ("2025-07-01", "118-2025-nd-cp")
    assert [row["code"] for row in listed["items"]] == [old.code]
    assert told(desk.get(f"{LAW}/khong-co"), 404)["status"] == 404


def test_what_stands_on_ended_law_is_listed(desk: Machine) -> None:
    make_local()
    make_document("123/2015/NĐ-CP", effective_until=date(2026, 1, 1))

    said = told(desk.get(f"{LAW}/basis-reviews"))

    assert [(row["code"], row["pending_count"]) for row in said["reviews"]] == [("123-2015-nd-cp", 2)]
    assert {(item["kind"], item["outcome"]) for item in said["items"]} == {
        ("PROCEDURE", "PENDING"),
        ("PROCESS", "PENDING"),
    }


def test_a_decision_is_read_with_its_lines_and_deadlines(desk: Machine, province: Province) -> None:
    decision = begun(province)
    new_line(decision, province)
    line_of(decision, province, make_local())

    waiting = told(desk.get(f"{DECISIONS}/{decision.key}"))
    listed = told(desk.get(DECISIONS, {"state": "DRAFT"}))

    assert [(line["kind"], line["faults"]) for line in waiting["lines"]] == [
        ("AMENDED", ["UNCHANGED", "PARTS_MISSING"]),
        ("NEW", []),
    ]
    assert (waiting["signed_on"], waiting["entry"], waiting["publication"]["done_on"]) == (None, None, None)
    assert [row["key"] for row in listed["items"]] == [str(decision.key)]
    assert told(desk.get(DECISIONS, {"state": "PUBLISHED"}))["items"] == []
    assert told(desk.get(f"{DECISIONS}/{uuid.uuid4()}"), 404)["status"] == 404


def test_the_catalogue_of_a_day_and_what_happened_in_between_agree(desk: Machine, province: Province) -> None:
    make_local()
    decision = begun(province)
    new_line(decision, province)
    published(decision, province)

    before, after = (told(desk.get(DAYS, {"day": day})) for day in ("2026-03-15", "2026-03-16"))
    counts = told(desk.get(f"{DAYS}/movements", {"first": "2026-03-01", "last": "2026-03-31"}))
    versions = told(desk.get(f"{DAYS}/3.000001/versions"))

    assert (before["count"], after["count"]) == (1, 2)
    assert (counts["total"]["before"], counts["total"]["new"], counts["total"]["after"]) == (1, 1, 2)
    assert counts["total"]["adds_up"]
    assert [(row["number"], row["decision_no"], row["valid_from"]) for row in versions["items"]] == [
        (1, "15/QĐ-UBND", "2026-03-16")
    ]
    assert told(desk.get(f"{DAYS}/9.999999/versions"), 404)["status"] == 404
    wrong = told(desk.get(f"{DAYS}/movements", {"first": "2026-03-31", "last": "2026-03-01"}), 422)
    assert [fault["path"] for fault in wrong["errors"]] == ["last"]


def test_a_plan_tells_what_each_review_saves() -> None:
    place = make_reviewing_province()
    make_income()
    examine(make_review(make_plan(place.province), place.province, place.keeper), place.keeper)
    desk = machine(place.keeper)

    said = told(desk.get("/work/reviews/2026"))

    (row,) = said["items"]
    assert (row["state"], row["outcome"], said["counts"]["UNDER_WAY"]) == ("UNDER_REVIEW", None, 1)
    assert row["saving"]["before_vnd"] - row["saving"]["after_vnd"] == row["saving"]["saved_vnd"] > 0
    assert told(desk.get("/work/reviews/1999"), 404)["status"] == 404


def test_the_lists_ask_no_more_for_thirty_lines(desk: Machine, province: Province) -> None:
    paths = [LAW, DECISIONS, DAYS]
    make_document("1/2020/NĐ-CP")
    begun(province)
    make_local()
    asked = {}
    for path in paths:
        desk.get(path)
        with CaptureQueriesContext(connection) as queries:
            desk.get(path)
        asked[path] = len(queries)
    for number in range(2, 31):
        make_document(f"{number}/2020/NĐ-CP")
        begun(province)
        make_local()

    for path in paths:
        with CaptureQueriesContext(connection) as queries:
            assert len(told(desk.get(path))["items"]) == 30
        assert len(queries) == asked[path]
