"""The official table of settlement: of a period, on screen and to take away (C-30)."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.catalogue.queries.day import unit_choices
from motcua.dossiers.models import Dossier
from motcua.reporting.queries.behind import BehindLine, Column, Figure, dossiers_behind
from motcua.reporting.queries.settlement_table import SettlementTable, settlement_table
from motcua.reporting.queries.sums import GroupBy
from motcua.rules.periods import PeriodKind, period_of, preceding
from motcua.workspace.forms.reports import SettlementForm
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.report_words import (
    ShownLine,
    column_names,
    columns,
    days_in_words,
    period_in_words,
    sentences,
    shown_lines,
)
from motcua.workspace.sheets import MEDIA_TYPES, Cell, sheet
from motcua.workspace.views.catalogue import with_default

_LONGEST_KEY = 18


@officers_only
def settlement(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the table of a period, of the quarter that ended last unless another is asked for."""
    form = _form(request, officer)
    context: dict[str, Any] = {"form": form}
    if not form.is_valid():
        return show(request, officer, "workspace/reports/settlement.html", context, status=422)
    table = settlement_table(form.period(), form.wanted())
    asked = _asked(form)
    context |= {
        "table": table,
        "lines": [(line, _links(line, asked)) for line in shown_lines(table)],
        "period": period_in_words(table.period),
        "days": days_in_words(table.period),
        "sentences": list(sentences(table.definition)),
        "files": [(shape.upper(), _file_url(shape, asked)) for shape in MEDIA_TYPES],
    }
    return show(request, officer, "workspace/reports/settlement.html", context)


@officers_only
def settlement_file(request: HttpRequest, officer: Officer, shape: str) -> HttpResponseBase:
    """Hand the table out as CSV or XLSX; a period that cannot be is explained on the page."""
    if shape not in MEDIA_TYPES:
        raise Http404
    form = _form(request, officer)
    if not form.is_valid():
        return redirect(f"{reverse('workspace:settlement-report')}?{request.GET.urlencode()}")
    table = settlement_table(form.period(), form.wanted())
    answer = HttpResponse(sheet(shape, _header(), _rows(table)), content_type=MEDIA_TYPES[shape])
    name = f"giai-quyet-{table.period.since:%Y%m%d}-{table.period.until:%Y%m%d}.{shape}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@officers_only
def behind(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the dossiers behind one figure, a page at a time; opening one asks whether the reader may see it."""
    form, column = _form(request, officer), request.GET.get("cot", "")
    if not form.is_valid() or column not in list(Column):
        return redirect(f"{reverse('workspace:settlement-report')}?{request.GET.urlencode()}")
    table = settlement_table(form.period(), form.wanted())
    line = next((one for one in table.lines if one.code == request.GET.get("dong")), None)
    figure = Figure(form.period(), Column(column), form.wanted(), line.key if line else None)
    page = dossiers_behind(figure, table.definition, after=_key_asked(request))
    query = request.GET.copy()
    query["sau"] = str(page.after)
    context = {
        "lines": _with_openable(page.lines, officer),
        "column": column_names()[Column(column)],
        "of": line.name if line else "",
        "count": getattr((line or table.whole).settlement, column),
        "period": period_in_words(table.period),
        "days": days_in_words(table.period),
        "back": f"{reverse('workspace:settlement-report')}?{urlencode(_asked(form))}",
        "next_url": f"?{query.urlencode()}" if page.after is not None else "",
    }
    return show(request, officer, "workspace/reports/behind.html", context)


def _key_asked(request: HttpRequest) -> int:
    asked = request.GET.get("sau", "")
    return int(asked) if asked.isdecimal() and len(asked) <= _LONGEST_KEY else 0


def _with_openable(lines: Sequence[BehindLine], officer: Officer) -> list[tuple[BehindLine, bool]]:
    """Return the lines with whether the reader may open the dossier."""
    seen = Dossier.objects.visible_to(officer.grants, actor_id=officer.user.pk, on=officer.today)
    visible = set(seen.filter(pk__in=[one.dossier.pk for one in lines]).values_list("pk", flat=True))
    return [(one, one.dossier.pk in visible) for one in lines]


def _asked(form: SettlementForm) -> dict[str, str]:
    """Return what was asked for, as addresses say it; what was not is empty."""
    return {name: str(form[name].value() or "") for name in form.fields}


def _form(request: HttpRequest, officer: Officer) -> SettlementForm:
    last = preceding(period_of(PeriodKind.QUARTER, officer.today))
    default = {"loai": last.kind.value, "ky": str(last.number), "nam": str(last.year), "theo": GroupBy.UNIT.value}
    return SettlementForm(with_default(request.GET, default), units=unit_choices())


def _links(line: ShownLine, asked: dict[str, str]) -> list[tuple[int, str]]:
    """Return each figure with the address of the dossiers behind it; none behind 0."""
    home = reverse("workspace:settlement-report-behind")
    return [
        (figure, f"{home}?{urlencode({**asked, 'cot': column.value, 'dong': line.code})}" if figure else "")
        for column, figure in zip(column_names(), line.figures, strict=True)
    ]


def _file_url(shape: str, asked: dict[str, str]) -> str:
    return reverse("workspace:settlement-report-file", args=[shape], query=asked)


def _header() -> tuple[str, ...]:
    return (_("STT"), _("Tên"), *columns(), _("Tỷ lệ đúng hạn"))


def _rows(table: SettlementTable) -> list[tuple[Cell, ...]]:
    """Return the lines, numbered, then what the table says beneath: its period, how it was counted, on what ground."""
    *lines, whole = shown_lines(table)
    rows: list[tuple[Cell, ...]] = [
        (number, line.name, *line.figures, line.on_time) for number, line in enumerate(lines, start=1)
    ]
    rows.append((None, whole.name, *whole.figures, whole.on_time))
    beneath = [f"{period_in_words(table.period)}: {days_in_words(table.period)}", *sentences(table.definition)]
    if table.chosen:
        beneath.append(table.chosen.ground)
    return [*rows, *((None, sentence) for sentence in beneath)]
