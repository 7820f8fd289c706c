"""How the catalogue changed in a period: counts by level, sector or unit, on screen and as a table to take away."""

from collections.abc import Iterator
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.catalogue.queries.movements import Breakdown, MovementTable, movement_table
from motcua.rules.catalogue_counts import Movement
from motcua.workspace.forms.catalogue import PeriodForm
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.sheets import MEDIA_TYPES, Cell, sheet
from motcua.workspace.views.catalogue import pages, with_default

_COLUMNS: Final = ("before", "new", "moved_in", "abolished", "moved_out", "after", "amended", "replaced", "published")


@officers_only
def counted(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the counts of a period, of this year until today unless another is asked for."""
    form = _form(request, officer)
    context: dict[str, object] = {"form": form, "pages": pages("catalogue-counts")}
    if not form.is_valid():
        return show(request, officer, "workspace/catalogue/counts.html", context, status=422)
    query = QueryDict(mutable=True)
    query.update({name: str(form[name].value()) for name in form.fields})
    context |= {
        "table": _table(form),
        "first": form.cleaned_data["tu"],
        "last": form.cleaned_data["den"],
        "by": str(dict(form.fields["theo"].choices)[form.cleaned_data["theo"]]),  # type: ignore[attr-defined]  # a ChoiceField
        "files": [
            (shape.upper(), f"{reverse('workspace:catalogue-counts-file', args=[shape])}?{query.urlencode()}")
            for shape in MEDIA_TYPES
        ],
    }
    return show(request, officer, "workspace/catalogue/counts.html", context)


@officers_only
def counts_file(request: HttpRequest, officer: Officer, shape: str) -> HttpResponseBase:
    """Hand the counts out as CSV or XLSX; a period that cannot be is explained on the page."""
    if shape not in MEDIA_TYPES:
        raise Http404
    form = _form(request, officer)
    if not form.is_valid():
        return redirect(f"{reverse('workspace:catalogue-counts')}?{request.GET.urlencode()}")
    answer = HttpResponse(sheet(shape, _header(), _rows(_table(form))), content_type=MEDIA_TYPES[shape])
    name = f"bien-dong-{form.cleaned_data['tu']:%Y%m%d}-{form.cleaned_data['den']:%Y%m%d}.{shape}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _form(request: HttpRequest, officer: Officer) -> PeriodForm:
    today = officer.today
    default = {"tu": f"01/01/{today.year}", "den": f"{today:%d/%m/%Y}", "theo": Breakdown.LEVEL.value}
    return PeriodForm(with_default(request.GET, default))


def _table(form: PeriodForm) -> MovementTable:
    typed = form.cleaned_data
    return movement_table(typed["tu"], typed["den"], Breakdown(typed["theo"]))


def _header() -> tuple[str, ...]:
    return (
        _("Tên"),
        _("Đầu kỳ"),
        _("Mới"),
        _("Chuyển đến"),
        _("Bãi bỏ"),
        _("Chuyển đi"),
        _("Cuối kỳ"),
        _("Sửa đổi, bổ sung"),
        _("Bãi bỏ do thay thế"),
        _("Đã công bố"),
    )


def _rows(table: MovementTable) -> Iterator[tuple[Cell, ...]]:
    for line in table.lines:
        yield line.name, *_figures(line.counts)
    yield _("Toàn danh mục"), *_figures(table.total)


def _figures(counts: Movement) -> tuple[int, ...]:
    return tuple(getattr(counts, name) for name in _COLUMNS)
