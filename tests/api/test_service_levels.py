"""What machines read of how far procedures can be done online (D-01 to D-04)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.catalogue.models import Procedure, ServiceLevel, ServiceTarget
from motcua.dossiers.models import Dossier
from tests.api.conftest import Machine, machine, told
from tests.make import LONG_AGO, MONDAY, Office, make_dossier, make_office, make_procedure

LEVELS = "/work/service-levels"


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def desk(office: Office) -> Machine:
    return machine(office.officer)


def level_of(procedure: Procedure, level: str, **given: object) -> ServiceLevel:
    known: dict[str, object] = {"valid_from": LONG_AGO, "ground": "Quyết định 1"}
    return ServiceLevel.objects.create(procedure=procedure, level=level, **known | given)


def test_the_levels_of_a_day(desk: Machine, office: Office) -> None:
    here = office.offering.procedure
    level_of(here, "LEGACY_3", valid_from=date(2020, 1, 1))
    level_of(here, "PROACTIVE_2", valid_from=date(2026, 7, 1))
    level_of(here, "FULL", unit=office.offering.competent_unit)
    bare = make_procedure()

    said = told(desk.get(LEVELS, {"day": "2026-08-01"}))
    there = told(desk.get(LEVELS, {"day": "2026-08-01", "unit": office.offering.competent_unit.code}))

    assert said["counts"] == [
        {"level": "PARTIAL", "count": 1},
        {"level": "PROACTIVE_2", "count": 1},
        {"level": None, "count": 1},
    ]
    assert {row["code"]: (row["extent"], row["proactive"]) for row in said["items"]} == {
        here.code: ("PARTIAL", "PROACTIVE_2"),
        bare.code: (None, None),
    }
    assert (said["count"], said["page"], said["page_count"]) == (2, 1, 1)
    assert [row["extent"] for row in there["items"]] == ["FULL"]
    assert [row["code"] for row in told(desk.get(LEVELS, {"level": "PARTIAL"}))["items"]] == [here.code]
    assert [row["code"] for row in told(desk.get(LEVELS, {"without_level": "true"}))["items"]] == [bare.code]
    assert told(desk.get(LEVELS, {"sector": "khong-co"}))["items"] == []
    assert told(desk.get(LEVELS, {"level": "khong-co"}), 422)["status"] == 422


def test_every_level_of_a_procedure(desk: Machine, office: Office) -> None:
    here = office.offering.procedure
    level_of(here, "LEGACY_3", valid_from=date(2020, 1, 1), valid_until=date(2023, 1, 1))
    level_of(here, "FULL", valid_from=date(2023, 1, 1), needs_presence=True)
    wrong = level_of(here, "PARTIAL", valid_from=date(2021, 1, 1), withdrawn_at=MONDAY, withdrawal_reason="Nhầm")

    said = told(desk.get(f"{LEVELS}/{here.code}"))

    assert (said["code"], [row["number"] for row in said["items"]]) == (here.code, [2, 3, 1])
    current = said["items"][0]
    assert (current["level"], current["axis"], current["unit"], current["needs_presence"]) == (
        "FULL",
        "EXTENT",
        "",
        True,
    )
    assert (current["broken"], current["unchecked"]) == (["NO_PRESENCE"], ["PAID_ONLINE", "RESULT_FROM_AFAR"])
    assert said["items"][2]["valid_until"] == "2023-01-01"
    assert said["items"][1]["withdrawal_reason"] == wrong.withdrawal_reason
    assert told(desk.get(f"{LEVELS}/9.999999"), 404)["status"] == 404


def test_what_is_to_be_raised(desk: Machine, office: Office) -> None:
    here = office.offering.procedure
    level_of(here, "PARTIAL")
    Dossier.objects.filter(pk=make_dossier(office=office).pk).update(filing_channel="ONLINE")

    said = told(desk.get(f"{LEVELS}/to-raise"))

    assert (said["percent"], said["days"]) == (30, 365)
    assert said["items"] == [
        {
            "code": here.code,
            "title": here.title,
            "level": "PARTIAL",
            "rises_to": "FULL",
            "online_count": 1,
            "total_count": 1,
            "share_percent": 100,
        }
    ]
    assert told(desk.get(f"{LEVELS}/to-raise", {"sector": "khong-co"}))["items"] == []


def test_targets_are_judged_by_their_year(desk: Machine, office: Office) -> None:
    level_of(office.offering.procedure, "FULL", valid_from=date(2026, 1, 1))
    for year in (2025, 2026, 2027):
        ServiceTarget.objects.create(year=year, metric="FULL_SERVICES", percent=80, source="Kế hoạch")

    said = told(desk.get(f"{LEVELS}/targets"))

    assert [(row["year"], row["reached_percent"], row["is_reached"], row["is_final"]) for row in said["items"]] == [
        (2027, None, None, False),
        (2026, 100, True, False),
        (2025, 0, False, True),
    ]
    assert [row["judged_on"] for row in said["items"]] == [None, f"{MONDAY.date()}", "2025-12-31"]


def test_the_lists_ask_no_more_for_thirty_lines(desk: Machine, office: Office) -> None:
    def more(count: int) -> None:
        for _ in range(count):
            procedure = make_procedure()
            level_of(procedure, "PARTIAL")
            year = 2026 - ServiceTarget.objects.count()
            ServiceTarget.objects.create(year=year, metric="FULL_SERVICES", percent=80, source="Kế hoạch")

    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            told(desk.get(path))
        return len(queries)

    paths = [LEVELS, f"{LEVELS}/targets", f"{LEVELS}/to-raise"]
    more(1)
    for path in paths:
        desk.get(path)
    few = [asked(path) for path in paths]
    more(29)

    assert [asked(path) for path in paths] == few
