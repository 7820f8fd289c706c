"""The roadmap of online services: targets of the years against what was reached."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from motcua.catalogue.commands.service_targets import set_target
from motcua.catalogue.queries.level_targets import targets, targets_page
from motcua.dossiers.queries.service_targets import target_lines
from motcua.workspace.forms.service_levels import TargetForm
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.sheets import CSV, MEDIA_TYPES, sheet
from motcua.workspace.target_words import cells, header, outcome, tone
from motcua.workspace.views.service_levels import closed, keeps, pages


@officers_only
def roadmap(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the targets against what their years reached, and set one."""
    may = keeps(officer)
    if request.method == "POST" and not may:
        return closed(request, officer)
    form = TargetForm(request.POST or None, initial={"year": officer.today.year})
    if form.is_valid():
        set_target(target=form.target(), actor=officer.user, at=officer.at)
        messages.success(request, _("Đã ghi mục tiêu."))
        return redirect("workspace:service-targets")
    page = targets_page(request.GET.get("trang", ""))
    context = {
        "pages": pages("service-targets"),
        "page": page,
        "lines": [(line, outcome(line), tone(line)) for line in target_lines(page, officer.today)],
        "form": form if may else None,
    }
    return show(request, officer, "workspace/levels/targets.html", context, status=422 if form.errors else 200)


@officers_only
def file(_request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Hand out every target against what its year reached, one a line."""
    lines = target_lines(targets(), officer.today)
    answer = HttpResponse(sheet(CSV, header(), map(cells, lines)), content_type=MEDIA_TYPES[CSV])
    answer.headers["Content-Disposition"] = 'attachment; filename="lo-trinh-dich-vu-cong.csv"'
    return answer
