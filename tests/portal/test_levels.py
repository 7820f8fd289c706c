"""How far a procedure can be done online, as its page tells people (D-02, D-03)."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from motcua.catalogue.models import ServiceLevel
from tests.make import LONG_AGO, MONDAY, Office, make_offering, make_office, make_procedure

pytestmark = pytest.mark.django_db

WHOLLY, PARTLY, NOT = "Làm trọn trên mạng", "Nộp được hồ sơ trên mạng", "Trên mạng chỉ xem được hướng dẫn"


def level_of(office: Office, level: str, **given: object) -> ServiceLevel:
    known: dict[str, object] = {"valid_from": LONG_AGO, "ground": "Quyết định 1"}
    return ServiceLevel.objects.create(procedure=office.offering.procedure, level=level, **known | given)


def told(client: Client, office: Office, **asked: str) -> str:
    with time_machine.travel(MONDAY, tick=False):
        return client.get(f"/thu-tuc/{office.offering.procedure.code}/", asked).content.decode()


def test_nothing_is_said_where_nothing_is_recorded(client: Client) -> None:
    assert "Làm trên mạng được đến đâu" not in told(client, make_office())


def test_the_level_of_the_day_in_plain_words(client: Client) -> None:
    office = make_office()
    level_of(office, "PARTIAL", valid_until=MONDAY.date())
    level_of(office, "FULL", valid_from=MONDAY.date())
    level_of(office, "PROACTIVE_1")
    said = told(client, office)
    assert WHOLLY in said
    assert PARTLY not in said
    assert "cơ quan nhắc bạn." in said


def test_the_level_of_the_place_comes_first(client: Client) -> None:
    office = make_office()
    level_of(office, "FULL")
    level_of(office, "PARTIAL", unit=office.offering.competent_unit)
    assert PARTLY in told(client, office)
    make_offering(procedure=office.offering.procedure)
    assert WHOLLY in told(client, office)
    assert PARTLY in told(client, office, noi=office.offering.competent_unit.code)


def test_people_are_told_no_more_than_is_so(client: Client) -> None:
    office = make_office()
    level_of(office, "FULL", needs_presence=True)
    assert PARTLY in told(client, office)
    office = make_office(offering=make_offering(procedure=make_procedure(ways=("DIRECT",))))
    level = level_of(office, "FULL")
    assert NOT in told(client, office)
    ServiceLevel.objects.filter(pk=level.pk).update(withdrawn_at=MONDAY, withdrawal_reason="Nhầm")
    assert "Làm trên mạng được đến đâu" not in told(client, office)


def test_an_old_level_is_told_in_the_names_of_the_day(client: Client) -> None:
    office = make_office()
    level_of(office, "LEGACY_3", valid_from=date(2020, 1, 1))
    assert PARTLY in told(client, office)


def test_in_english(client: Client) -> None:
    office = make_office()
    level_of(office, "FULL")
    client.cookies["django_language"] = "en"
    assert "wholly online" in told(client, office)
