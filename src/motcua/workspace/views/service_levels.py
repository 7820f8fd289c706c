"""How far procedures can be done online: on a day, one over time, the targets of a year."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from motcua.catalogue.commands.service_levels import LaterLevel, set_level
from motcua.catalogue.commands.service_targets import set_target
from motcua.catalogue.models import Procedure
from motcua.catalogue.queries.day import unit_choices
from motcua.catalogue.queries.service_levels import gaps_of, levels_of, levels_of_day
from motcua.rules.service_levels import may_keep_levels
from motcua.ui.wording import date_in_words
from motcua.workspace.forms.service_levels import DayForm, LevelForm, TargetForm
from motcua.workspace.frame import show
from motcua.workspace.level_words import (
    GAPS,
    count_lines,
    filed_in_a_year,
    level_lines,
    level_rows,
    suggestions,
    target_lines,
)
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.views.catalogue import with_default


@officers_only
def on_a_day(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the levels of a day, of today unless another is asked for."""
    form = DayForm(with_default(request.GET, {"ngay": f"{officer.today:%d/%m/%Y}"}))
    if not form.is_valid():
        return show(request, officer, "workspace/levels/levels.html", {"form": form}, status=422)
    found, filed = levels_of_day(form.cleaned_data["ngay"], request.GET.get("trang", "")), filed_in_a_year(officer)
    context = {
        "form": form,
        "day": form.cleaned_data["ngay"],
        "page": found.page,
        "rows": level_rows(found),
        "counts": count_lines(found),
        "suggestions": suggestions(filed, officer),
    }
    return show(request, officer, "workspace/levels/levels.html", context)


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
    context = {
        "procedure": found,
        "lines": level_lines(levels_of(found, officer.today)),
        "gaps": [GAPS[gap] for gap in gaps_of(found, officer.today)],
        "form": form if may else None,
    }
    return show(request, officer, "workspace/levels/procedure.html", context, status=422 if form.errors else 200)


@officers_only
def roadmap(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the targets against what is reached today, and set one."""
    may = keeps(officer)
    if request.method == "POST" and not may:
        return closed(request, officer)
    form = TargetForm(request.POST or None, initial={"year": officer.today.year})
    if form.is_valid():
        set_target(target=form.target(), actor=officer.user, at=officer.at)
        messages.success(request, _("Đã ghi mục tiêu."))
        return redirect("workspace:service-targets")
    lines = target_lines(levels_of_day(officer.today), filed_in_a_year(officer))
    context = {"lines": lines, "form": form if may else None}
    return show(request, officer, "workspace/levels/targets.html", context, status=422 if form.errors else 200)


def keeps(officer: Officer) -> bool:
    """Tell whether the screens offer the forms; the commands ask again."""
    places = {post.unit.pk for post in officer.posts if post.unit.parent_id is None}
    return may_keep_levels(places, officer.grants, on=officer.today)


def closed(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Answer those who may not."""
    sentence = _("Chỉ cán bộ kiểm soát thủ tục của tỉnh ghi mức độ và mục tiêu.")
    return show(request, officer, "workspace/closed.html", {"sentence": sentence}, status=403)
