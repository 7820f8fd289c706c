"""The yearly register: a line for each acceptance, no gap, and an end."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from motcua.documents.models import IssuedDocument
from motcua.dossiers.commands import intake
from motcua.dossiers.commands.register import BookIsClosed, MayNotClose, YearNotOver, close_register
from motcua.dossiers.models import RegisterBook, RegisterLine
from motcua.dossiers.queries.register_book import book_page, pdf_of_book, whole_book
from motcua.kernel.models import EventRecord
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.documents.test_papers import text_of
from tests.make import CHECKS, MONDAY, Office, make_dossier, make_office, make_officer

pytestmark = pytest.mark.django_db
NEW_YEAR = MONDAY.replace(year=2027, month=1, day=4)


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def office() -> Office:
    return make_office()


def book_of(office: Office, year: int = 2026) -> RegisterBook:
    return RegisterBook.objects.get(desk=office.offering.receiving_unit, year=year)


def close_as_head(office: Office, at: datetime) -> RegisterBook:
    head = make_officer(Role.HEAD_OF_ONE_STOP, office.offering.receiving_unit)
    return close_register(book=book_of(office), officer=head, at=at)


def test_each_acceptance_takes_the_next_line_of_its_desk_and_year(office: Office) -> None:
    dossiers = [make_dossier(status=Status.ACCEPTED, office=office) for _ in range(2)]
    following = make_dossier(status=Status.ACCEPTED, office=office, at=MONDAY.replace(year=2027))
    elsewhere = make_dossier(status=Status.ACCEPTED)

    lines = [RegisterLine.objects.get(dossier=dossier) for dossier in [*dossiers, following, elsewhere]]

    assert [(line.book.year, line.number) for line in lines] == [(2026, 1), (2026, 2), (2027, 1), (2026, 1)]
    form = IssuedDocument.objects.get(subject=dossiers[1].reference, kind="RECEIPT")
    assert (form.data["register_volume"], form.data["register_line"]) == ("2026", "02")


def test_an_acceptance_that_is_rolled_back_gives_its_number_back(office: Office) -> None:
    failing, next_one = make_dossier(office=office), make_dossier(office=office)

    with transaction.atomic():
        intake.accept(dossier=failing, officer=office.reception, checks=CHECKS, at=MONDAY)
        transaction.set_rollback(True)
    intake.accept(dossier=next_one, officer=office.reception, checks=CHECKS, at=MONDAY)

    assert list(RegisterLine.objects.values_list("dossier", "number")) == [(next_one.pk, 1)]


def test_the_lines_tell_what_became_of_each_dossier(office: Office) -> None:
    returned = make_dossier(status=Status.RETURNED, office=office)
    open_one = make_dossier(status=Status.IN_PROGRESS, office=office)

    first, second = whole_book(book_of(office))

    assert (first.code, first.note, first.manner) == (returned.code, "", "Nhận tại quầy")
    assert first.returned_on is not None
    assert (second.code, second.note, second.returned_on) == (open_one.code, "Đang thẩm tra", None)


def test_pages_go_on_after_the_last_number(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        make_dossier(status=Status.ACCEPTED, office=office)
    monkeypatch.setattr("motcua.dossiers.queries.register_book.PAGE_SIZE", 2)
    book = book_of(office)

    with django_assert_num_queries(1):
        first = book_page(book)
    second = book_page(book, after=first.after or 0)

    assert ([line.number for line in first.lines], first.after) == ([1, 2], 2)
    assert ([line.number for line in second.lines], second.after) == ([3], None)


def test_a_closed_book_keeps_its_shape_and_takes_no_line(office: Office) -> None:
    make_dossier(status=Status.ACCEPTED, office=office)
    late = make_dossier(office=office)

    book = close_as_head(office, NEW_YEAR)

    text = text_of(pdf_of_book(book, at=NEW_YEAR + timedelta(days=9)))
    assert "SỔ THEO DÕI HỒ SƠ NĂM 2026" in text
    assert "Mẫu số 07" in text
    assert "Sổ này có 01 hồ sơ" in text
    assert "khóa sổ lúc 08 giờ 00 phút, ngày 04 tháng 01 năm 2027" in text
    with pytest.raises(BookIsClosed):
        intake.accept(dossier=late, officer=office.reception, checks=CHECKS, at=MONDAY)
    event = EventRecord.objects.get(kind="RegisterClosed")
    assert (event.subject, event.payload["line_count"]) == (f"{office.offering.receiving_unit.code}/2026", 1)
    assert book.file is not None
    assert event.payload["file_sha256"] == book.file.sha256


def test_a_book_is_closed_once_when_its_year_is_over_and_by_the_head_alone(office: Office) -> None:
    make_dossier(status=Status.ACCEPTED, office=office)

    with pytest.raises(YearNotOver):
        close_as_head(office, NEW_YEAR.replace(year=2026, month=12, day=31))
    with pytest.raises(MayNotClose):
        close_register(book=book_of(office), officer=office.reception, at=NEW_YEAR)
    assert book_of(office).closed_at is None
    close_as_head(office, NEW_YEAR)
    with pytest.raises(BookIsClosed):
        close_as_head(office, NEW_YEAR)
