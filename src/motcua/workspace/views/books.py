"""The yearly register of the desk: its pages, its PDF and tables, its end (B-37, R-10)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.documents.wording import REGISTER_COLUMNS
from motcua.dossiers.commands.register import BookIsClosed, MayNotClose, YearNotOver, close_register
from motcua.dossiers.models import RegisterBook
from motcua.dossiers.queries.register_book import BookLine, book_page, books_of, pdf_of_book, whole_book
from motcua.organisations.models import Unit
from motcua.rules.registers import READERS, closable_from, may_close_register
from motcua.ui.pages import number_asked
from motcua.ui.wording import date_in_words
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.sheets import MEDIA_TYPES, Cell, sheet
from motcua.workspace.views.dossiers import boxed


@officers_only
def register_book(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show a page of one register of the official's desks, the newest one unless another is asked for."""
    desks = _desks(officer)
    if not desks:
        closed = {"sentence": _("Trang này dành cho bộ phận tiếp nhận và trả kết quả.")}
        return show(request, officer, "workspace/closed.html", closed, status=403)
    books = books_of(desks)
    asked = (request.GET.get("noi"), request.GET.get("nam"))
    book = next((book for book in books if (book.desk.code, str(book.year)) == asked), books[0] if books else None)
    context: dict[str, object] = {"books": books, "book": book} | (_page_of(book, officer, request) if book else {})
    return show(request, officer, "workspace/books/register.html", context)


@officers_only
def book_file(request: HttpRequest, officer: Officer, desk: str, year: int, shape: str) -> HttpResponseBase:
    """Give the whole register as PDF in the prescribed shape, or as a table in CSV or XLSX."""
    book = _book(officer, desk, year)
    name = f"so-theo-doi-{desk}-{year}.{shape}"
    if shape == "pdf":
        return boxed(HttpResponse(pdf_of_book(book, at=officer.at), content_type="application/pdf"), name)
    if shape not in MEDIA_TYPES:
        raise Http404
    rows = (_row(line) for line in whole_book(book))
    answer = HttpResponse(sheet(shape, REGISTER_COLUMNS, rows), content_type=MEDIA_TYPES[shape])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@officers_only
def close(request: HttpRequest, officer: Officer, desk: str, year: int) -> HttpResponseBase:
    """Close the register of a year that is over; who comes by the address lands on the book."""
    book = _book(officer, desk, year)
    if request.method == "POST":
        try:
            close_register(book=book, officer=officer.user, at=officer.at)
        except MayNotClose:
            messages.error(request, _("Chỉ người đứng đầu bộ phận một cửa được khóa sổ."))
        except BookIsClosed:
            messages.info(request, _("Sổ này đã khóa trước đó."))
        except YearNotOver as refusal:
            said = {"day": date_in_words(refusal.closable_from)}
            messages.error(request, _("Sổ được khóa khi hết năm, từ %(day)s.") % said)
        else:
            messages.success(request, _("Đã khóa sổ."))
    return redirect(f"{reverse('workspace:register-book')}?noi={desk}&nam={year}")


def _desks(officer: Officer) -> list[Unit]:
    return list({post.unit.pk: post.unit for post in officer.posts if post.role in READERS}.values())


def _book(officer: Officer, desk: str, year: int) -> RegisterBook:
    """Return the register of that desk and year; a stranger's one is not found."""
    found = (book for book in books_of(_desks(officer)) if (book.desk.code, book.year) == (desk, year))
    book = next(found, None)
    if book is None:
        raise Http404
    return book


def _page_of(book: RegisterBook, officer: Officer, request: HttpRequest) -> dict[str, object]:
    page = book_page(book, after=number_asked(request.GET.get("sau", "")))
    files = [
        (shape.upper(), reverse("workspace:register-book-file", args=[book.desk.code, book.year, shape]))
        for shape in ("pdf", *MEDIA_TYPES)
    ]
    may_close = may_close_register(book.desk_id, officer.grants, on=officer.today)
    return {
        "lines": [(line, reverse("workspace:dossier", args=[line.code])) for line in page.lines],
        "after": page.after,
        "files": files,
        "closable_from": closable_from(book.year),
        "is_closable": may_close and book.closed_at is None and officer.today >= closable_from(book.year),
    }


def _row(line: BookLine) -> tuple[Cell, ...]:
    return (
        line.number,
        line.code,
        line.procedure,
        line.sets,
        line.applicant,
        line.contact,
        line.agency,
        line.accepted_on,
        line.due_on,
        line.returned_on,
        line.manner,
        line.received_by,
        line.note,
    )
