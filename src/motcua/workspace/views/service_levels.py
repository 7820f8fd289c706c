"""How far procedures can be done online: on a day, which to raise, one over time."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.catalogue.commands.service_levels import LaterLevel, set_level
from motcua.catalogue.models import Procedure
from motcua.catalogue.queries.day import sector_choices, unit_choices
from motcua.catalogue.queries.level_history import levels_of
from motcua.catalogue.queries.service_levels import levels_of_day
from motcua.dossiers.queries.levels_to_raise import levels_to_raise
from motcua.rules.service_levels import may_keep_levels
from motcua.ui.parts import Link
from motcua.ui.wording import date_in_words
from motcua.workspace.forms.service_levels import LevelForm, LevelsForm, RisingForm
from motcua.workspace.frame import show
from motcua.workspace.level_words import count_lines, history_lines, level_rows, suggestion_lines
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.views.catalogue import with_default


@officers_only
def on_a_day(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the levels of a day, of today unless another is asked for."""
    asked = with_default(request.GET, {"ngay": f"{officer.today:%d/%m/%Y}"})
    form = LevelsForm(asked, sectors=sector_choices(), units=unit_choices())
    context: dict[str, object] = {"form": form, "pages": pages("service-levels")}
    if not form.is_valid():
        return show(request, officer, "workspace/levels/levels.html", context, status=422)
    day = form.cleaned_data["ngay"]
    found = levels_of_day(day, form.narrowing(), number=request.GET.get("trang", ""))
    context |= {"day": day, "page": found.page, "rows": level_rows(found), "counts": count_lines(found)}
    return show(request, officer, "workspace/levels/levels.html", context)


@officers_only
def to_raise(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the procedures whose level the 30 % rule would raise today (D-04)."""
    form = RisingForm(request.GET, sectors=sector_choices(), units=unit_choices())
    context: dict[str, object] = {"form": form, "pages": pages("levels-to-raise")}
    if not form.is_valid():
        return show(request, officer, "workspace/levels/rising.html", context, status=422)
    found = levels_to_raise(officer.at, form.narrowing(), number=request.GET.get("trang", ""))
    context |= {"found": found, "lines": suggestion_lines(found) if found else []}
    return show(request, officer, "workspace/levels/rising.html", context)


@officers_only
def of_procedure(request: HttpRequest, officer: Officer, procedure: str) -> HttpResponseBase:
    """Show the levels of one procedure over time, and set one from a day on."""
    found, may = get_object_or_404(Procedure, code=procedure), keeps(officer)
    if request.method == "POST" and not may:
        return closed(request, officer)
    form = LevelForm(request.POST or None, units=unit_choices())
    if form.is_valid():
        try:
            set_level(procedure=found, setting=form.setting(), actor=officer.user, at=officer.at)
        except LaterLevel as refusal:
            day = date_in_words(refusal.valid_from)
            form.add_error("valid_from", _("Đã có mức độ áp dụng từ %(day)s, hãy chọn ngày sau đó.") % {"day": day})
        else:
            messages.success(request, _("Đã ghi mức độ."))
            return redirect("workspace:service-level", procedure=found.code)
    lines = history_lines(levels_of(found, officer.today))
    context = {"procedure": found, "lines": lines, "form": form if may else None}
    return show(request, officer, "workspace/levels/procedure.html", context, status=422 if form.errors else 200)


def pages(current: str) -> list[Link]:
    """Return the pages about levels that stand beside one another."""
    places = (
        ("service-levels", _("Theo ngày")),
        ("levels-to-raise", _("Nên nâng mức")),
        ("service-targets", _("Lộ trình, mục tiêu")),
    )
    return [Link(label=label, url=reverse(f"workspace:{name}"), is_current=name == current) for name, label in places]


def keeps(officer: Officer) -> bool:
    """Tell whether the screens offer the forms; the commands ask again."""
    places = {post.unit.pk for post in officer.posts if post.unit.parent_id is None}
    return may_keep_levels(places, officer.grants, on=officer.today)


def closed(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Answer those who may not."""
    sentence = _("Chỉ cán bộ kiểm soát thủ tục của tỉnh ghi mức độ và mục tiêu.")
    return show(request, officer, "workspace/closed.html", {"sentence": sentence}, status=403)
