"""The yearly register of a desk: a page of it, the whole of it, and its PDF (B-37)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from motcua.documents.office_data import RegisterData, RegisterLineData
from motcua.documents.rendering import render
from motcua.documents.storage import read
from motcua.documents.wording import moment_in_short
from motcua.dossiers.facts import given_on_paper
from motcua.dossiers.letterhead import head
from motcua.dossiers.models import (
    STATUS_LABELS,
    WHOLE_LABELS,
    Dossier,
    PaperEntry,
    RegisterBook,
    RegisterLine,
    Result,
)
from motcua.organisations.models import Unit
from motcua.rules.linked import OVER, WholeState, has_joint_result
from motcua.rules.prescribed_forms import OfficePaper, form_of
from motcua.rules.regimes import regime_on
from motcua.rules.registers import line_number
from motcua.rules.transitions import GIVEN_OUT

PAGE_SIZE = 50
_SHOWN = (
    "book",
    "number",
    "dossier__code",
    "dossier__reference",
    "dossier__status",
    "dossier__accepted_at",
    "dossier__due_at",
    "dossier__closed_at",
    "dossier__return_channel",
    "dossier__linked_application__due_at",
    "dossier__linked_application__closed_at",
    "dossier__linked_application__state",
    "dossier__linked_application__group__name",
    "dossier__applicant__full_name",
    "dossier__applicant__address",
    "dossier__applicant__phone",
    "dossier__procedure_version__title",
    "dossier__procedure_version__short_title",
    "dossier__procedure_version__set_count",
    "dossier__competent_unit__name",
    "dossier__competent_unit__kind",
    "dossier__result__received_by",
    "dossier__result__sent_by_post_no",
    "dossier__paper_entry__entered_at",
    "dossier__paper_entry__kind",
    "dossier__paper_return__given_at",
    "dossier__paper_return__entered_at",
)
_SHOWN_OF_LEGS = (
    "linked_application",
    "status",
    "closed_at",
    "result__received_by",
    "result__sent_by_post_no",
    "paper_return__given_at",
    "paper_return__entered_at",
)


@dataclass(frozen=True, slots=True)
class BookLine:
    """One line of the register, in the order of its columns; days are None while they have not come.

    `procedure` is the official title, `contact` address and phone, `agency` who settles it, `manner` how the result is
    wanted. `note` says in Vietnamese where a dossier stands that has not been given back, and when what was done on
    paper was entered: the acceptance, asking for papers before it, giving the result out. Of a linked application all
    this is of the whole, which was given back when the last of its results was.
    """

    number: int
    code: str
    procedure: str
    sets: int
    applicant: str
    contact: str
    agency: str
    accepted_on: date
    due_on: date
    returned_on: date | None
    manner: str
    received_by: str
    note: str


@dataclass(frozen=True, slots=True)
class BookPage:
    """One page of a book; `after` is the number the next page continues after, None at the end."""

    lines: tuple[BookLine, ...]
    after: int | None


def books_of(desks: Sequence[Unit]) -> list[RegisterBook]:
    """Return the registers of `desks`, the newest year first."""
    books = RegisterBook.objects.filter(desk__in=desks).select_related("desk", "closed_by")
    return list(books.order_by("-year", "desk__sort_key", "pk"))


def book_page(book: RegisterBook, *, after: int = 0) -> BookPage:
    """Return the 50 lines that follow the number `after`."""
    found = list(_lines(book).filter(number__gt=after)[: PAGE_SIZE + 1])
    with translation.override(settings.LANGUAGE_CODE):
        lines = tuple(_line(line) for line in found[:PAGE_SIZE])
    return BookPage(lines=lines, after=lines[-1].number if len(found) > PAGE_SIZE else None)


def whole_book(book: RegisterBook) -> Iterator[BookLine]:
    """Yield every line of the register, in its order; in Vietnamese, as an official book is."""
    for line in _lines(book).iterator(chunk_size=1000):
        with translation.override(settings.LANGUAGE_CODE):
            written = _line(line)
        yield written


def pdf_of_book(book: RegisterBook, *, at: datetime) -> bytes:
    """Return the register as it was closed, or while it is open as it stands at `at`."""
    return read(book.file) if book.file else draw_book(book, at=at)


def draw_book(book: RegisterBook, *, at: datetime) -> bytes:
    """Draw the register as it stands; needs the desk's parents loaded. It has the shape of its own year."""
    form = form_of(OfficePaper.REGISTER, regime_on(min(date(book.year, 12, 31), timezone.localdate(at))))
    data: RegisterData = {
        **head(book.desk, form, number="", at=at),
        "year": str(book.year),
        "volume": book.volume,
        "lines": [_as_data(line) for line in whole_book(book)],
        "line_count": book.last_number,
        "keeper": "",
        "closed_at": timezone.localtime(book.closed_at).isoformat() if book.closed_at else "",
        "closer": book.closed_by.display_name if book.closed_by else "",
    }
    return render(OfficePaper.REGISTER, data)


def _lines(book: RegisterBook) -> QuerySet[RegisterLine]:
    rows = ("applicant", "procedure_version", "competent_unit", "result", "linked_application__group")
    flags = ("paper_entry", "paper_return")
    related = [f"dossier__{part}" for part in (*rows, *flags)]
    legs = (
        Dossier.objects.select_related("result", "paper_return")
        .only(*_SHOWN_OF_LEGS)
        .order_by("closed_at", "leg_number")
    )
    prefetch = Prefetch("dossier__linked_application__dossiers", queryset=legs)
    return book.lines.select_related(*related).prefetch_related(prefetch).only(*_SHOWN).order_by("number")


def _line(line: RegisterLine) -> BookLine:
    dossier = line.dossier
    whole = dossier.linked_application  # has one line, with the promise and the end of the whole
    returned = _returned(dossier)
    result: Result | None = getattr(returned, "result", None)
    return BookLine(
        number=line.number,
        code=dossier.public_code,
        procedure=whole.group.name if whole else dossier.procedure_version.title,
        sets=dossier.procedure_version.set_count,
        applicant=dossier.applicant.full_name,
        contact="; ".join(part for part in (dossier.applicant.address, dossier.applicant.phone) if part),
        agency=dossier.competent_unit.authority_name,
        accepted_on=timezone.localdate(dossier.accepted_at),
        due_on=timezone.localdate((whole or dossier).due_at),
        returned_on=timezone.localdate(returned.closed_at) if returned else None,
        manner=dossier.get_return_channel_display(),
        received_by=(result.received_by or result.sent_by_post_no) if result else "",
        note=_note(dossier, returned),
    )


def _returned(dossier: Dossier) -> Dossier | None:
    """Return the dossier whose result was given out last, once nothing of it waits to be; None before (B-21)."""
    whole = dossier.linked_application
    if whole is None:
        return dossier if dossier.stage in GIVEN_OUT else None
    if whole.closed_at is None:
        return None
    return next((leg for leg in reversed(whole.dossiers.all()) if leg.stage in GIVEN_OUT), None)


def _stands(dossier: Dossier) -> str:
    """Say where it stands; of a linked application the whole, empty once all of it was granted and given out."""
    whole = dossier.linked_application
    if whole is None:
        return "" if dossier.stage in GIVEN_OUT else str(STATUS_LABELS[dossier.stage])
    if whole.stage is WholeState.GRANTED and whole.closed_at is not None:
        return ""
    if whole.stage in OVER and not has_joint_result([leg.stage for leg in whole.dossiers.all()]):
        return str(STATUS_LABELS[dossier.stage])
    return str(WHOLE_LABELS[whole.stage])


def _note(dossier: Dossier, returned: Dossier | None) -> str:
    """Say where the dossier stands and what was entered from paper; `returned` is whose result was given out last."""
    given = given_on_paper(returned) if returned else None
    back = _("Trả kết quả trên giấy, nhập lại lúc %(moment)s") % {"moment": _short(given.entered_at)} if given else ""
    return "; ".join(words for words in (_stands(dossier), _entered(dossier), back) if words)


def _entered(dossier: Dossier) -> str:
    entry: PaperEntry | None = getattr(dossier, "paper_entry", None)
    if entry is None:
        return ""
    said = {"moment": _short(entry.entered_at)}
    if entry.kind == PaperEntry.Kind.ASKED:
        return _("Đã yêu cầu bổ sung trên giấy, nhập lại lúc %(moment)s") % said
    return _("Nhập lại từ giấy, ghi lúc %(moment)s") % said


def _short(at: datetime) -> str:
    return moment_in_short(timezone.localtime(at))


def _as_data(line: BookLine) -> RegisterLineData:
    return {
        "number": line_number(line.number),
        "code": line.code,
        "procedure": line.procedure,
        "sets": f"{line.sets:02}",
        "applicant": line.applicant,
        "contact": line.contact,
        "agency": line.agency,
        "accepted_on": line.accepted_on.isoformat(),
        "due_on": line.due_on.isoformat(),
        "returned_on": line.returned_on.isoformat() if line.returned_on else "",
        "manner": line.manner,
        "received_by": line.received_by,
        "note": line.note,
    }
