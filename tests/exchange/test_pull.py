"""The daily pull: what is not told costs nothing of what is, and an empty answer takes nothing away (C-09)."""

from datetime import timedelta

import pytest

from motcua.exchange import tasks
from motcua.exchange.commands import send
from motcua.exchange.commands.send import NOT_ASKED, pull
from motcua.exchange.models import NationalDifference, NationalRecord, NationalSnapshot
from motcua.gateways.fakes import FakeNationalDatabase
from motcua.gateways.national_database import NationalDatabase, NationalDatabaseFault
from motcua.kernel.models import EventRecord
from tests.exchange.national import told_as_here
from tests.exchange.test_national_format import foreign
from tests.make import MONDAY, make_procedure

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=1)


def test_a_code_that_is_not_told_leaves_the_others_and_what_it_said_before() -> None:
    service = FakeNationalDatabase(foreign(), foreign(MATTHC="2.999998"), foreign(MATTHC="2.999999"))
    pull(source=service, at=MONDAY)
    service.records = {"1.001193.000.00.00.H18": foreign(TENTTHC="Tên mới")}
    service.broken = frozenset({"2.999999", "khai-sinh"})

    pulled = pull(source=service, at=LATER)

    assert pulled.failed == {"2.999999": "REFUSED empty", "khai-sinh": "REFUSED empty"}
    # What the list does not name any more is gone, what it names and does not tell of stays.
    assert dict(NationalRecord.objects.values_list("code", "title")) == {
        "1.001193": "Tên mới",
        "2.999999": "Đăng ký khai sinh",
    }
    assert NationalSnapshot.objects.latest("taken_at").failed_count == 2
    assert EventRecord.objects.filter(kind="NationalRecordsTaken").latest("seq").payload["failed_count"] == 2


def test_a_record_that_cannot_be_used_is_neither_taken_nor_dropped() -> None:
    service = FakeNationalDatabase(foreign(), foreign(MATTHC="2.999999"))
    pull(source=service, at=MONDAY)
    service.records["2.999999"] = foreign(MATTHC="2.999999", TENTTHC="", KHAC=float("nan"))

    pulled = pull(source=service, at=LATER)

    assert [one.fault for one in pulled.report.rejected] == ["NOT_A_NUMBER"]
    assert NationalRecord.objects.count() == 2


def test_a_service_that_is_down_is_not_asked_for_every_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(send, "MOST_FAULTS", 2)
    service = FakeNationalDatabase(foreign(MATTHC="1.000001"), broken={"2.000001", "2.000002", "2.000003"})

    pulled = pull(source=service, at=MONDAY)

    assert list(pulled.failed.values()) == ["REFUSED empty", "REFUSED empty", NOT_ASKED]
    assert pulled.report.loaded == 1


@pytest.mark.parametrize("service", [FakeNationalDatabase(), FakeNationalDatabase(broken={"2.000001"})])
def test_an_empty_answer_takes_nothing_away(service: FakeNationalDatabase) -> None:
    pull(source=FakeNationalDatabase(foreign()), at=MONDAY)

    with pytest.raises(NationalDatabaseFault, match="empty"):
        pull(source=service, at=LATER)

    assert NationalRecord.objects.count() == 1


@pytest.mark.parametrize("fault", ["", "UNREACHABLE"])
def test_the_comparison_goes_on_whatever_became_of_the_pull(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    procedure = make_procedure()
    pull(source=FakeNationalDatabase(told_as_here(procedure.code, YEUCAU="Khác")), at=MONDAY)
    service = FakeNationalDatabase(told_as_here(procedure.code, YEUCAU="Khác"), broken={"2.000001"}, fault=fault)

    def connected() -> NationalDatabase:
        return service

    monkeypatch.setattr(tasks, "national_database", connected)
    tasks.compare_daily(timestamp=0)

    assert NationalDifference.objects.get().code == procedure.code
