"""What the desks of the province post, and how late: the overview, what differs, one desk, its papers (C-10)."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.catalogue.models import ProcedureVersion
from motcua.organisations.models import Unit
from motcua.posting.printing import board_pdf, poster_pdf
from motcua.posting.queries.board import BoardLine, BoardPage, board_page
from motcua.posting.queries.overview import Overview, PlaceRow, StaleLine, overview
from motcua.rules.permissions import AT_THE_DESK
from motcua.rules.posting import PostingState
from motcua.rules.vietnamese import search_key
from motcua.ui.parts import Figure, Link, Tone
from motcua.workspace.forms.posting import DifferencesForm, PlacesForm
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.posting_words import STATES, days_of, detail_of, lag_in_words, shown_in_words
from motcua.workspace.sheets import MEDIA_TYPES, Cell, sheet
from motcua.workspace.views.catalogue import neighbours, page_number
from motcua.workspace.views.dossiers import boxed

PAGE = 50


@officers_only
def every(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show every desk with its counts and lag; the official's own desks first of all."""
    found, form = overview(officer.today), PlacesForm(request.GET)
    rows = _narrowed(found, form) if form.is_valid() else ()
    number = min(max(page_number(request), 1), _last(len(rows)))
    own = {post.unit.code for post in officer.posts if post.role in AT_THE_DESK}
    context = {
        "form": form,
        "found": found,
        "figures": _figures(found),
        "own": [_printed(row) for row in found.places if row.code in own],
        "rows": [_printed(row) for row in rows[(number - 1) * PAGE : number * PAGE]],
        "pages": _pages("postings"),
        **neighbours(number, _last(len(rows))),
    }
    return show(request, officer, "workspace/postings/list.html", context, status=200 if form.is_valid() else 422)


@officers_only
def differences(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show what differs from the list in force, desk by desk (F06)."""
    form = DifferencesForm(request.GET)
    lines = _differing(overview(officer.today), form) if form.is_valid() else ()
    number = min(max(page_number(request), 1), _last(len(lines)))
    context = {
        "form": form,
        "total": len(lines),
        "lines": [
            (line, STATES[line.standing.state], detail_of(line.standing), shown_in_words(line.standing))
            for line in lines[(number - 1) * PAGE : number * PAGE]
        ],
        "pages": _pages("posting-differences"),
        **neighbours(number, _last(len(lines))),
    }
    status = 200 if form.is_valid() else 422
    return show(request, officer, "workspace/postings/differences.html", context, status=status)


@officers_only
def places_file(_request: HttpRequest, officer: Officer, shape: str) -> HttpResponseBase:
    """Hand the desks out as CSV or XLSX."""
    header = (
        _("Mã đơn vị"),
        _("Nơi niêm yết"),
        _("Trực thuộc"),
        *(str(STATES[state].label) for state in PostingState),
        _("Độ trễ trung vị (ngày làm việc)"),
        _("Độ trễ lớn nhất (ngày làm việc)"),
        _("Niêm yết gần nhất"),
        "F06",
        "F07",
    )
    return _file(officer, shape, "niem-yet", header, map(_cells, overview(officer.today).places))


@officers_only
def differences_file(_request: HttpRequest, officer: Officer, shape: str) -> HttpResponseBase:
    """Hand out what differs as CSV or XLSX."""
    header = (
        _("Mã đơn vị"),
        _("Nơi niêm yết"),
        _("Mã thủ tục"),
        _("Tên thủ tục"),
        _("Tình trạng"),
        _("Đang hiển thị"),
        _("Hạn niêm yết"),
        _("Độ trễ (ngày làm việc)"),
    )
    return _file(officer, shape, "niem-yet-sai-khac", header, map(_line_cells, overview(officer.today).differing))


@officers_only
def place(request: HttpRequest, officer: Officer, unit: str) -> HttpResponseBase:
    """Show one desk: what must go up and come down, what is right, what was confirmed so far."""
    page = page_of(officer, unit)
    context = {
        "page": page,
        "put_up": [_with_words(line) for line in page.put_up],
        "take_down": [_with_words(line) for line in page.take_down],
        "right": [_with_words(line) for line in page.right],
        "today": officer.today,
    }
    return show(request, officer, "workspace/postings/place.html", context)


@officers_only
def board_file(_request: HttpRequest, officer: Officer, unit: str) -> HttpResponseBase:
    """Give the board of a desk to print: every procedure that it receives today."""
    page = page_of(officer, unit)
    drawn = board_pdf(page.unit, page.address, at=officer.at)
    return boxed(HttpResponse(drawn, content_type="application/pdf"), f"bang-niem-yet-{unit}.pdf")


@officers_only
def poster_file(_request: HttpRequest, officer: Officer, unit: str, procedure: str) -> HttpResponseBase:
    """Give the poster of one procedure at a desk to print."""
    page = page_of(officer, unit)
    try:
        drawn = poster_pdf(page.unit, procedure, page.address, at=officer.at)
    except ProcedureVersion.DoesNotExist:
        raise Http404 from None
    return boxed(HttpResponse(drawn, content_type="application/pdf"), f"to-niem-yet-{procedure}.pdf")


def page_of(officer: Officer, unit: str) -> BoardPage:
    """Return the page of a desk; a unit that has nothing to post is not found."""
    try:
        return board_page(unit, officer.user, on=officer.today)
    except Unit.DoesNotExist:
        raise Http404 from None


def _pages(current: str) -> list[Link]:
    places = (("postings", _("Nơi niêm yết")), ("posting-differences", _("Sai khác")))
    return [Link(label=label, url=reverse(f"workspace:{name}"), is_current=name == current) for name, label in places]


def _last(count: int) -> int:
    return max(1, -(-count // PAGE))


def _narrowed(found: Overview, form: PlacesForm) -> tuple[PlaceRow, ...]:
    wanted, text = form.cleaned_data["loi"], search_key(form.cleaned_data["q"])
    rows = (row for row in found.places if text in search_key(row.name))
    if wanted == "F06":
        return tuple(row for row in rows if row.has_f06)
    return tuple(row for row in rows if row.has_f07 or not wanted)


def _differing(found: Overview, form: DifferencesForm) -> tuple[StaleLine, ...]:
    state, text = form.cleaned_data["tinhtrang"], search_key(form.cleaned_data["q"])
    lines = (line for line in found.differing if not state or line.standing.state == state)
    return tuple(line for line in lines if text in search_key(f"{line.unit} {line.code} {line.title}"))


def _figures(found: Overview) -> list[Figure]:
    places = reverse("workspace:postings")
    f06, f07 = (sum(getattr(row, name) for row in found.places) for name in ("has_f06", "has_f07"))
    return [
        Figure(_("Đang niêm yết đúng"), f"{found.right}/{found.total}", tone=Tone.GOOD, icon="check-circle"),
        Figure(_("Nơi niêm yết sai khác (F06)"), f06, f"{places}?loi=F06", Tone.BAD if f06 else Tone.QUIET, "alert"),
        Figure(_("Thiếu địa chỉ phản ánh (F07)"), f07, f"{places}?loi=F07", Tone.WARN if f07 else Tone.QUIET, "phone"),
        Figure(
            _("Độ trễ trung vị (ngày làm việc)"),
            days_of(found.lag_median),
            note=_("Lớn nhất: %(lag)s") % {"lag": lag_in_words(found.lag_worst)},
            icon="clock",
        ),
    ]


def _printed(row: PlaceRow) -> dict[str, object]:
    return {
        "row": row,
        "right": row.counts[PostingState.CURRENT] + row.counts[PostingState.LATE],
        "due": row.counts[PostingState.DUE],
        "missing": row.counts[PostingState.MISSING],
        "stale": row.counts[PostingState.STALE],
        "median": days_of(row.lag_median),
        "worst": days_of(row.lag_worst),
    }


def _with_words(line: BoardLine) -> dict[str, object]:
    return {
        "line": line,
        "look": STATES[line.standing.state],
        "detail": detail_of(line.standing),
        "shown": shown_in_words(line.standing),
    }


def _file(
    officer: Officer, shape: str, name: str, header: tuple[str, ...], rows: Iterator[tuple[Cell, ...]]
) -> HttpResponseBase:
    if shape not in MEDIA_TYPES:
        raise Http404
    answer = HttpResponse(sheet(shape, header, rows), content_type=MEDIA_TYPES[shape])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{officer.today:%Y%m%d}.{shape}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _cells(row: PlaceRow) -> tuple[Cell, ...]:
    counts = (row.counts[state] for state in PostingState)
    marks = ("x" if row.has_f06 else "", "x" if row.has_f07 else "")
    return row.code, row.name, row.parent, *counts, row.lag_median, row.lag_worst, row.last_on, *marks


def _line_cells(line: StaleLine) -> tuple[Cell, ...]:
    how = line.standing
    state = str(STATES[how.state].label)
    return line.unit_code, line.unit, line.code, line.title, state, shown_in_words(how), how.due_on, how.lag
