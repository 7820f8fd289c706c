"""The national database on screen: what differs, one procedure on both sides, and taking it over (C-09)."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.exchange.commands.take_over import MayNotExchange, take_over
from motcua.exchange.facts import may_exchange
from motcua.exchange.models import NationalRecord
from motcua.exchange.queries.lists import DifferenceRow, difference_list, every_difference
from motcua.exchange.queries.screens import DifferencePage, difference_page, overview
from motcua.ui.parts import Link
from motcua.workspace.catalogue_words import PARTS, difference_in_words
from motcua.workspace.forms.national import DifferencesForm
from motcua.workspace.frame import show
from motcua.workspace.national_words import REFUSALS, refusal_in_words
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.sheets import MEDIA_TYPES, Cell, sheet
from motcua.workspace.views.catalogue import neighbours, page_number


@officers_only
def differences(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the numbers and what differs, the oldest first."""
    form = DifferencesForm(request.GET)
    context: dict[str, Any] = {"form": form, "pages": pages("national"), "numbers": overview(officer.today)}
    if not form.is_valid():
        return show(request, officer, "workspace/national/differences.html", context, status=422)
    page = difference_list(form.narrowing(), page_number(request))
    context |= {
        "total": page.total,
        "rows": [(row, parts_of(row)) for row in page.rows],
        "file_url": f"{reverse('workspace:national-file', args=['csv'])}?{request.GET.urlencode()}",
        **neighbours(page.number, page.last),
    }
    return show(request, officer, "workspace/national/differences.html", context)


@officers_only
def differences_file(request: HttpRequest, officer: Officer, shape: str) -> HttpResponseBase:
    """Hand the list out as CSV or XLSX."""
    form = DifferencesForm(request.GET)
    if shape not in MEDIA_TYPES or not form.is_valid():
        raise Http404
    header = (_("Mã"), _("Tên thủ tục"), _("Loại khác biệt"), _("Bộ phận khác nhau"), _("Phát hiện từ"))
    content = sheet(shape, header, _cells(every_difference(form.narrowing())))
    answer = HttpResponse(content, content_type=MEDIA_TYPES[shape])
    answer.headers["Content-Disposition"] = f'attachment; filename="khac-biet-{officer.today:%Y%m%d}.{shape}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@officers_only
def procedure(request: HttpRequest, officer: Officer, procedure: str) -> HttpResponseBase:
    """Show one procedure here and there, and take over what the national database says."""
    page = _page(procedure, officer)
    if request.method != "POST":
        return _shown(request, officer, page)
    try:
        take_over(code=page.code, seen_digest=request.POST.get("seen", ""), actor=officer.user, at=officer.at)
    except MayNotExchange:
        return closed(request, officer)
    except REFUSALS as refused:
        return _shown(request, officer, _page(procedure, officer), refusal_in_words(refused), status=409)
    messages.success(request, _("Đã nhận nội dung của Cơ sở dữ liệu quốc gia."))
    return redirect("workspace:national-procedure", procedure=procedure)


def pages(current: str) -> list[Link]:
    """Return the pages about the national database that stand beside one another."""
    places = (
        ("national", _("Khác biệt")),
        ("national-entries", _("Việc cập nhật")),
        ("national-names", _("Ghép tên")),
        ("national-files", _("Nhập, xuất tệp")),
    )
    return [Link(label=label, url=reverse(f"workspace:{name}"), is_current=name == current) for name, label in places]


def parts_of(row: DifferenceRow) -> str:
    """Return the parts that differ in words."""
    return ", ".join(str(PARTS[part]) for part in row.parts)


def closed(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Say who exchanges data with the national database."""
    sentence = _("Chỉ cán bộ kiểm soát thủ tục của tỉnh trao đổi dữ liệu với Cơ sở dữ liệu quốc gia.")
    return show(request, officer, "workspace/closed.html", {"sentence": sentence}, status=403)


def _cells(rows: Iterable[DifferenceRow]) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        yield row.code, row.title, row.kind_label, parts_of(row), row.since


def _page(code: str, officer: Officer) -> DifferencePage:
    try:
        return difference_page(code, officer.today)
    except NationalRecord.DoesNotExist:
        raise Http404 from None


def _shown(
    request: HttpRequest, officer: Officer, page: DifferencePage, sentence: str = "", *, status: int = 200
) -> HttpResponseBase:
    context = {
        "page": page,
        "sentence": sentence,
        "parts": [difference_in_words(difference) for difference in page.parts],
        "kept": ", ".join(str(PARTS[part]) for part in PARTS if part in page.kept),
        "may_take_over": page.may_be_taken and may_exchange(officer.user, officer.today),
    }
    return show(request, officer, "workspace/national/procedure.html", context, status=status)
