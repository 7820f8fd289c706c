"""The cost tables of a review: typed row by row, counted by the server while they are typed, taken away as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from motcua.catalogue.commands.reviews import IncomeUnknown, ReviewNotThere, write_costs
from motcua.catalogue.models import CostLine
from motcua.catalogue.review_facts import hourly_vnd_on
from motcua.catalogue.review_pages import CountedLine, ReviewPage
from motcua.rules.compliance_cost import cost_a_year, cost_once, total_a_year
from motcua.rules.simplification import ReviewAct
from motcua.workspace.first_costs import empty_cost, first_costs
from motcua.workspace.forms.costs import CostTable, cost_table, initial_costs, typed_rows
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.printed_review import dong
from motcua.workspace.review_words import SIDES_IN_ADDRESSES
from motcua.workspace.sheets import MEDIA_TYPES, XLSX, sheet
from motcua.workspace.views.reviews import page_of, refusal, shown

_MOST_VND: Final = 10**15


@dataclass(frozen=True, slots=True)
class _Place:
    """Which table of which review."""

    page: ReviewPage
    side: CostLine.Side


@officers_only
def costs(request: HttpRequest, officer: Officer, year: int, number: int, side: str) -> HttpResponseBase:
    """Show one cost table as a form; count, rearrange or keep what is typed."""
    page, which = page_of(officer, year, number), SIDES_IN_ADDRESSES.get(side)
    if which is None:
        raise Http404
    place = _Place(page, which)
    refused = refusal(request, officer, page, ReviewAct.ASSESS)
    if refused:
        return refused
    if request.method != "POST":
        return _shown(request, officer, place, cost_table(initial=initial_costs(_rows(place))))
    table = cost_table(request.POST)
    act, _dash, row = request.POST.get("do", "save").partition("-")
    if act == "sum":
        return JsonResponse(_counted(table, officer))
    if act in {"add", "remove"}:
        rows = _rearranged(typed_rows(table), act, int(row) if row.isdigit() else 0)
        return _shown(request, officer, place, cost_table(initial=rows))
    return _kept(request, officer, place, table)


@officers_only
def costs_file(request: HttpRequest, officer: Officer, year: int, number: int) -> HttpResponseBase:
    """Hand both cost tables out as a spreadsheet."""
    page = page_of(officer, year, number)
    header = [
        *(_("Bảng"), _("Hoạt động"), _("Công việc"), _("Cách thức"), _("Số giờ (t)"), _("Thu nhập một giờ (w)")),
        *(_("Thuê dịch vụ, tư vấn (s)"), _("Phí, lệ phí, khác (f)"), _("Số lần một năm (n)")),
        *(_("Số đối tượng một năm (m)"), _("Chi phí một lần (c)"), _("Chi phí một năm (C)"), _("Ghi chú")),
    ]
    rows = [_cells(page, counted) for counted in (*page.before, *page.after)]
    answer = HttpResponse(sheet(XLSX, header, rows), content_type=MEDIA_TYPES[XLSX])
    answer.headers["Content-Disposition"] = f'attachment; filename="chi-phi-tuan-thu-{year}-{number}.xlsx"'
    return answer


def _cells(page: ReviewPage, counted: CountedLine) -> list[str | float]:
    line = counted.line
    return [
        str(line.get_side_display()),
        str(line.get_activity_display()),
        line.name,
        line.manner,
        float(line.hours),
        page.review.hourly_vnd or 0,
        line.service_vnd,
        line.fee_vnd,
        float(line.times),
        line.subjects,
        counted.once_vnd,
        counted.year_vnd,
        line.note,
    ]


def _rows(place: _Place) -> list[CostLine]:
    """Return the rows of the table; at first those of the version, or of the table before the change."""
    before, after = ([counted.line for counted in side] for side in (place.page.before, place.page.after))
    own = before if place.side is CostLine.Side.BEFORE else after or before
    version = place.page.review.version
    return own or (first_costs(version) if version else [])


def _rearranged(rows: list[dict[str, Any]], act: str, place: int) -> list[dict[str, Any]]:
    if act == "add":
        return [*rows[:place], *initial_costs([empty_cost()]), *rows[place:]]
    return [*rows[:place], *rows[place + 1 :]]


def _kept(request: HttpRequest, officer: Officer, place: _Place, table: CostTable) -> HttpResponseBase:
    if not table.is_valid():
        return _shown(request, officer, place, table, status=422)
    lines = [form.line() for form in table.forms]
    if _too_much(lines, officer):
        sentence = _("Tổng chi phí quá lớn: hãy xem lại số lần và số đối tượng.")
        return _shown(request, officer, place, table, sentence, status=422)
    try:
        write_costs(review=place.page.review, side=place.side, lines=lines, actor=officer.user, at=officer.at)
    except IncomeUnknown:
        sentence = _("Chưa có thu nhập bình quân một giờ nên chưa tính được; bảng chưa được lưu.")
        return _shown(request, officer, place, table, sentence, status=409)
    except ReviewNotThere:
        return shown(request, officer, place.page, _("Tình trạng vừa thay đổi: hãy xem lại."), status=409)
    messages.success(request, _("Đã lưu bảng chi phí."))
    return redirect("workspace:review", year=place.page.review.plan.year, number=place.page.review.number)


def _too_much(lines: Sequence[CostLine], officer: Officer) -> bool:
    hourly = hourly_vnd_on(officer.today) or 0
    return total_a_year((line.as_rule() for line in lines), hourly) > _MOST_VND


def _counted(table: CostTable, officer: Officer) -> dict[str, object]:
    """Return what each row comes to once and a year, "" where it cannot be read, and the total as far as it goes."""
    hourly = hourly_vnd_on(officer.today) or 0
    rows = [form.line().as_rule() if form.is_valid() else None for form in table.forms]
    return {
        "rows": [[dong(cost_once(row, hourly)), dong(cost_a_year(row, hourly))] if row else ["", ""] for row in rows],
        "total": dong(total_a_year((row for row in rows if row), hourly)),
    }


def _shown(
    request: HttpRequest,
    officer: Officer,
    place: _Place,
    table: CostTable,
    sentence: str = "",
    *,
    status: int = 200,
) -> HttpResponseBase:
    context = {
        "review": place.page.review,
        "side": place.side.label,
        "table": table,
        "sentence": sentence,
        "hourly_vnd": hourly_vnd_on(officer.today),
        **_sums(table, officer),
    }
    return show(request, officer, "workspace/reviews/costs.html", context, status=status)


def _sums(table: CostTable, officer: Officer) -> dict[str, object]:
    """Return the forms with their sums: of a bound table those that can be read, of a new one those it begins with."""
    data = table if table.is_bound else cost_table(_as_typed(table))
    counted = _counted(data, officer)
    sums = counted["rows"]
    assert isinstance(sums, list)  # as it is made above
    return {"rows": list(zip(table.forms, sums, strict=True)), "total": counted["total"]}


def _as_typed(table: CostTable) -> dict[str, str]:
    """Return what a browser would send of the table as it stands."""
    told = {"form-TOTAL_FORMS": str(len(table.forms)), "form-INITIAL_FORMS": str(len(table.forms))}
    for form in table.forms:
        told |= {bound.html_name: str(bound.value() if bound.value() is not None else "") for bound in form}
    return told
