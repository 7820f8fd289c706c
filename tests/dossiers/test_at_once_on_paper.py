"""A result given out on the spot on paper during an outage, entered later with its original moment (B-25, B step 5)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from motcua.accounts.models import Grant, User
from motcua.dossiers.commands import correct
from motcua.dossiers.commands.settle_at_once import (
    EntryRefused,
    NotASignerThere,
    NotSettledAtOnce,
    StaleDossier,
    enter_at_once,
)
from motcua.dossiers.models import Dossier, PaperReturn, RegisterBook, Result
from motcua.dossiers.queries.control_sheet import control_sheet
from motcua.dossiers.queries.register_book import whole_book
from motcua.dossiers.queries.settlement import settlement_by_line
from motcua.kernel.models import EventRecord
from motcua.rules.paper_mode import EntryFault
from motcua.rules.permissions import Role
from motcua.rules.settlement import Period, Settlement
from motcua.rules.transitions import Status
from tests.dossiers.test_paper_mode import ENDED, NEXT_DAY, RECEIVED, down, entered, filing, kit_of
from tests.make import MONDAY, Office, make_dossier, make_office, make_officer, settling_at_once
from tests.ways import at_once

pytestmark = pytest.mark.django_db
GIVEN_AT = RECEIVED + timedelta(minutes=10)


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def office() -> Office:
    return settling_at_once(make_office())


@pytest.fixture
def head(office: Office) -> User:
    return make_officer(Role.HEAD_OF_ONE_STOP, office.offering.receiving_unit)


@pytest.fixture
def accepted(office: Office, head: User) -> Dossier:
    """Taken in on paper on Monday, entered the day after; its receipt promises the same day."""
    kit = kit_of(office, head)
    down(office, head)
    return entered(office, kit.slots.get(number=9001), filing(written=date(2026, 3, 2)))


def given(office: Office, dossier: Dossier, at: datetime = GIVEN_AT) -> Dossier:
    result = at_once(office)
    return enter_at_once(dossier=dossier, officer=office.reception, result=result, given_at=at, at=NEXT_DAY)


def test_it_is_closed_and_signed_as_of_then_and_flagged(office: Office, accepted: Dossier) -> None:
    before = EventRecord.objects.filter(subject=accepted.reference).count()

    done = given(office, accepted)

    done.refresh_from_db()
    result, flag = Result.objects.get(dossier=done), PaperReturn.objects.get(dossier=done)
    assert (done.stage, done.finished_at, done.closed_at) == (Status.IMMEDIATE_DONE, GIVEN_AT, GIVEN_AT)
    assert (result.signed_at, result.issued_on, result.received_by) == (GIVEN_AT, GIVEN_AT.date(), "Vàng Thị Mỷ")
    assert (flag.given_at, flag.entered_at, flag.entered_by) == (GIVEN_AT, NEXT_DAY, office.reception)
    events = EventRecord.objects.filter(subject=done.reference).order_by("-seq")
    assert events.count() == before + 1
    assert (events[0].kind, events[0].at) == ("ResultGivenAtOnce", NEXT_DAY)
    assert (events[0].payload["outcome"], events[0].payload["given_at"]) == ("ON_TIME", GIVEN_AT.isoformat())


def test_the_report_counts_it_on_time_and_the_books_say_that_it_was_entered(office: Office, accepted: Dossier) -> None:
    given(office, accepted)

    week = Period(MONDAY - timedelta(hours=1), MONDAY + timedelta(days=7))
    (table,) = settlement_by_line([week], Dossier.objects.all())
    line = next(iter(whole_book(RegisterBook.objects.get())))
    sheet = control_sheet(Dossier.objects.for_page().get(pk=accepted.pk), office.reception, at=NEXT_DAY)
    assert list(table.values()) == [Settlement(direct_or_postal=1, on_time=1)]
    assert (line.returned_on, "Trả kết quả trên giấy, nhập lại lúc" in line.note) == (GIVEN_AT.date(), True)
    assert [(row["giver"], row["given_at"], row["result"]) for row in sheet["handovers"]] == [
        (office.reception.display_name, GIVEN_AT.isoformat(), "Đúng hạn")
    ]


@pytest.mark.parametrize(
    ("at", "fault"),
    [
        (NEXT_DAY + timedelta(minutes=1), EntryFault.IN_THE_FUTURE),
        (RECEIVED - timedelta(minutes=1), EntryFault.BEFORE_THE_RESULT),
        (ENDED + timedelta(minutes=1), EntryFault.OUTSIDE_AN_OUTAGE),
    ],
)
def test_it_was_given_out_within_an_outage_and_not_before_the_acceptance(
    office: Office, accepted: Dossier, at: datetime, fault: EntryFault
) -> None:
    with pytest.raises(EntryRefused) as refused:
        given(office, accepted, at)

    assert refused.value.fault is fault
    assert not Result.objects.exists()


def test_whoever_signed_signed_for_the_agency_on_that_day(office: Office, accepted: Dossier) -> None:
    newcomer = make_officer(Role.SIGNER, office.offering.competent_unit)
    Grant.objects.filter(user=newcomer).update(valid_from=NEXT_DAY.date())
    Grant.objects.filter(user=office.signer).update(valid_until=NEXT_DAY.date())

    with pytest.raises(NotASignerThere) as refused:
        enter_at_once(
            dossier=accepted,
            officer=office.reception,
            result=replace(at_once(office), signer=newcomer),
            given_at=GIVEN_AT,
            at=NEXT_DAY,
        )

    assert refused.value.name == newcomer.display_name
    assert given(office, accepted).stage is Status.IMMEDIATE_DONE


def test_a_second_press_and_a_limit_of_days_are_refused(office: Office, accepted: Dossier) -> None:
    days = make_office()
    with pytest.raises(NotSettledAtOnce):
        given(days, make_dossier(status=Status.ACCEPTED, office=days))
    seen = accepted.version
    given(office, accepted)

    with pytest.raises(StaleDossier):
        enter_at_once(
            dossier=accepted,
            officer=office.reception,
            result=at_once(office),
            given_at=GIVEN_AT,
            at=NEXT_DAY,
            seen_version=seen,
        )
    assert PaperReturn.objects.count() == 1


def test_another_desk_s_outage_is_none_of_this_one(office: Office, head: User) -> None:
    other = make_office()
    down(other, make_officer(Role.HEAD_OF_ONE_STOP, other.offering.receiving_unit))
    dossier = make_dossier(status=Status.ACCEPTED, office=office)

    with pytest.raises(EntryRefused) as refused:
        given(office, dossier, MONDAY + timedelta(hours=8))

    assert refused.value.fault is EntryFault.OUTSIDE_AN_OUTAGE


def test_once_put_right_the_way_back_on_paper_is_told_of_no_more(office: Office, accepted: Dossier) -> None:
    done = given(office, accepted)
    correct.report_error(dossier=done, officer=office.reception, error="Sai năm sinh", at=NEXT_DAY)

    line = next(iter(whole_book(RegisterBook.objects.get())))

    assert "Trả kết quả trên giấy" not in line.note
