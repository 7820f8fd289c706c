"""Keep the yearly register of a desk: a line for each accepted dossier, and the end of the year (B-37, R-10)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.documents.storage import keep
from motcua.dossiers.book_events import RegisterClosed
from motcua.dossiers.models import Dossier, RegisterBook
from motcua.dossiers.queries.register_book import draw_book
from motcua.kernel import events
from motcua.rules.registers import closable_from, line_number, may_close_register

__all__ = ["BookIsClosed", "LineTaken", "MayNotClose", "YearNotOver", "close_register", "enter_in_register"]

# One statement: the book is opened or its next number taken, under its lock, and the line written.
_ENTER = """
WITH book AS (
    INSERT INTO dossiers_registerbook AS book (desk_id, year, last_number) VALUES (%s, %s, 1)
    ON CONFLICT (desk_id, year) DO UPDATE SET last_number = book.last_number + 1 WHERE book.closed_at IS NULL
    RETURNING id, last_number
)
INSERT INTO dossiers_registerline (book_id, number, dossier_id) SELECT id, last_number, %s FROM book RETURNING number
"""


class BookIsClosed(Exception):
    """The register of that desk and year has been closed: no line is added to it."""

    def __init__(self, year: int) -> None:
        super().__init__(str(year))
        self.year = year


class YearNotOver(Exception):
    """The register is closed when its year is over, from `closable_from` on."""

    def __init__(self, closable_from: date) -> None:
        super().__init__(closable_from.isoformat())
        self.closable_from = closable_from


class MayNotClose(Exception):
    """Only the head of the one-stop desk closes its register."""


@dataclass(frozen=True, slots=True)
class LineTaken:
    """Where a dossier stands in the register, as form 01 prints it."""

    volume: str
    number: str


def enter_in_register(dossier: Dossier, at: datetime) -> LineTaken:
    """Give `dossier`, accepted at `at`, the next line of its desk's register of that year; raises `BookIsClosed`.

    Call it inside the transaction of the acceptance and late in it: others of the desk wait until it ends, and a
    rolled-back acceptance gives its number back, so there is never a gap.
    """
    year = timezone.localdate(at).year
    with connection.cursor() as cursor:
        cursor.execute(_ENTER, [dossier.receiving_unit_id, year, dossier.pk])
        row = cursor.fetchone()
    if row is None:
        raise BookIsClosed(year)
    return LineTaken(volume=str(year), number=line_number(row[0]))


@transaction.atomic
def close_register(*, book: RegisterBook, officer: User, at: datetime) -> RegisterBook:
    """Close the book of a year that is over and keep it as it stands, drawn and named by its digest.

    Raises `MayNotClose`, `BookIsClosed`, `YearNotOver`.
    """
    book = RegisterBook.objects.select_for_update(of=("self",)).select_related("desk__parent__parent").get(pk=book.pk)
    today = timezone.localdate(at)
    if not may_close_register(book.desk_id, grants_of(officer, today), on=today):
        raise MayNotClose
    if book.closed_at is not None:
        raise BookIsClosed(book.year)
    if today < closable_from(book.year):
        raise YearNotOver(closable_from(book.year))
    book.closed_at, book.closed_by = at, officer
    name = f"so-theo-doi-{book.desk.code}-{book.year}.pdf"
    book.file = keep(draw_book(book, at=at), media_type="application/pdf", name=name, by=officer, at=at)
    book.save(update_fields=["closed_at", "closed_by", "file"])
    event = RegisterClosed(
        subject=f"{book.desk.code}/{book.year}", line_count=book.last_number, file_sha256=book.file.sha256
    )
    events.record(event, actor=officer, at=at)
    return book
