"""The catalogue on any day: which procedures are in force, and the versions of one (C-12)."""

from collections.abc import Mapping
from typing import Final

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.catalogue.queries.comparison import comparison
from motcua.catalogue.queries.day import catalogue_on, sector_choices, unit_choices
from motcua.catalogue.queries.versions import published_numbers, versions_page
from motcua.exchange.queries.screens import sync_of
from motcua.ui.parts import Link
from motcua.workspace.catalogue_words import PARTS, difference_in_words
from motcua.workspace.forms.catalogue import CatalogueForm
from motcua.workspace.frame import show
from motcua.workspace.national_words import printed_sync
from motcua.workspace.officer import Officer, officers_only

_LONGEST_NUMBER: Final = 6


@officers_only
def on_a_day(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the catalogue as of the day asked for, of today unless a day is asked for."""
    asked = with_default(request.GET, {"ngay": f"{officer.today:%d/%m/%Y}"})
    form = CatalogueForm(asked, sectors=sector_choices(), units=unit_choices())
    context: dict[str, object] = {"form": form, "pages": pages("catalogue"), "today": officer.today}
    if not form.is_valid():
        return show(request, officer, "workspace/catalogue/day.html", context, status=422)
    day = form.cleaned_data["ngay"]
    page = catalogue_on(day, form.narrowing(), number=page_number(request))
    context |= {"page": page, "day": day, **neighbours(page.number, page.last)}
    return show(request, officer, "workspace/catalogue/day.html", context)


def pages(current: str) -> list[Link]:
    """Return the pages of the catalogue that stand beside one another."""
    places = (
        ("catalogue", _("Theo ngày")),
        ("catalogue-counts", _("Biến động")),
        ("catalogue-quality", _("Chất lượng")),
    )
    return [Link(label=label, url=reverse(f"workspace:{name}"), is_current=name == current) for name, label in places]


def with_default(asked: Mapping[str, str], default: Mapping[str, str]) -> dict[str, str]:
    """Return what the address asks for, with `default` for whatever it does not name."""
    return {**default, **{name: asked[name] for name in asked}}


def page_number(request: HttpRequest) -> int:
    """Return the number of the page asked for; 1 when it is no number."""
    written = request.GET.get("trang", "")
    return int(written) if written.isdecimal() and len(written) <= _LONGEST_NUMBER else 1


def neighbours(number: int, last: int) -> dict[str, int | None]:
    """Return the numbers of the pages before and after, None where there is none."""
    return {"before": number - 1 if number > 1 else None, "after": number + 1 if number < last else None}


@officers_only
def of_procedure(request: HttpRequest, officer: Officer, procedure: str) -> HttpResponseBase:
    """Show every published version of a procedure, and choose two to compare."""
    try:
        page = versions_page(procedure, officer.today)
    except Procedure.DoesNotExist:
        raise Http404 from None
    numbers = [line.number for line in page.lines]
    context = {
        "page": page,
        "today": officer.today,
        "choices": numbers,
        **printed_sync(sync_of(procedure, officer.today)),
    }
    return show(request, officer, "workspace/catalogue/versions.html", context)


@officers_only
def compare(request: HttpRequest, officer: Officer, procedure: str) -> HttpResponseBase:
    """Show what differs between two published versions, the last two unless others are asked for."""
    numbers = published_numbers(procedure)
    if not numbers:
        raise Http404
    before, after = asked_version(request, "truoc", numbers[-2:][0]), asked_version(request, "sau", numbers[-1])
    try:
        page = comparison(procedure, before, after)
    except ProcedureVersion.DoesNotExist:
        raise Http404 from None
    context = {
        "page": page,
        "choices": numbers,
        "parts": [difference_in_words(difference) for difference in page.differences],
        "unchanged": ", ".join(str(PARTS[part]) for part in page.unchanged),
    }
    return show(request, officer, "workspace/catalogue/compare.html", context)


def asked_version(request: HttpRequest, name: str, default: int) -> int:
    """Return the number of a version asked for, `default` when none is; what is no number is none of them."""
    written = request.GET.get(name, str(default))
    return int(written) if written.isdecimal() and len(written) <= _LONGEST_NUMBER else 0
