"""The yearly plans of reviews: every plan, one plan, what is put into it, its decision, the income of an hour."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from motcua.catalogue.commands import review_plans
from motcua.catalogue.commands.review_plans import AlreadyPlanned, AlreadySet, MayNotReview, PlanIssued, PlanThere
from motcua.catalogue.models import Procedure, ReviewPlan
from motcua.catalogue.review_pages import (
    PlanPage,
    candidates,
    incomes,
    own_plan_unit,
    plan_page,
    reviewing_units,
)
from motcua.catalogue.review_pages import plans as every_plan
from motcua.organisations.models import Unit
from motcua.rules.permissions import Role
from motcua.workspace.forms.reviews import IncomeForm, IssuePlanForm, OpenPlanForm, PlanReviewForm
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.printed_review import pile_links
from motcua.workspace.review_words import PILES_IN_ADDRESSES


@officers_only
def plans(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show every plan, and begin the plan of a year."""
    unit, year = _plan_unit(officer), officer.today.year
    first = {"year": year, "plan_due_on": date(year, 1, 31), "result_due_on": date(year, 9, 15)}
    form = OpenPlanForm(request.POST or None, initial=first)
    if request.method == "POST" and unit is None:
        return closed(request, officer)
    if unit and form.is_valid():
        year = form.cleaned_data["year"]
        try:
            review_plans.open_plan(year=year, unit=unit, days=form.days(), actor=officer.user, at=officer.at)
        except PlanThere:
            form.add_error("year", _("Năm này đã có kế hoạch."))
        else:
            messages.success(request, _("Đã lập kế hoạch rà soát năm %(year)s.") % {"year": year})
            return redirect("workspace:review-plan", year=year)
    context = {"lines": every_plan(), "form": form if unit else None, "unit": unit}
    return show(request, officer, "workspace/reviews/plans.html", context, status=422 if form.errors else 200)


@officers_only
def plan(request: HttpRequest, officer: Officer, year: int) -> HttpResponseBase:
    """Show the procedures of a plan, a pile of them or all."""
    return _shown(request, officer, _page_of(request, officer, year))


@officers_only
def issue(request: HttpRequest, officer: Officer, year: int) -> HttpResponseBase:
    """Enter the decision that issues a plan."""
    page = _page_of(request, officer, year)
    if page.plan.issued_on is not None:
        return _shown(request, officer, page, _("Kế hoạch này đã ban hành."), status=409)
    if not page.may_issue:
        return closed(request, officer)
    form = IssuePlanForm(request.POST or None, initial={"issued_on": officer.today})
    if form.is_valid():
        try:
            review_plans.issue_plan(plan=page.plan, **form.cleaned_data, actor=officer.user, at=officer.at)
        except PlanIssued:
            return _shown(request, officer, page, _("Kế hoạch này đã ban hành."), status=409)
        messages.success(request, _("Đã ban hành kế hoạch."))
        return redirect("workspace:review-plan", year=year)
    context = {"plan": page.plan, "form": form}
    return show(request, officer, "workspace/reviews/issue.html", context, status=422 if form.errors else 200)


@officers_only
def pick(request: HttpRequest, officer: Officer, year: int) -> HttpResponseBase:
    """Look for a procedure to put into a plan."""
    found, text = get_object_or_404(ReviewPlan, year=year), request.GET.get("q", "")
    if not officer.units(Role.PROCEDURE_CONTROL_OFFICER):
        return closed(request, officer)
    context = {"plan": found, "text": text, "lines": candidates(found, text, officer.today)}
    return show(request, officer, "workspace/reviews/pick.html", context)


@officers_only
def add(request: HttpRequest, officer: Officer, year: int, procedure: str) -> HttpResponseBase:
    """Put one procedure into a plan."""
    found, chosen = get_object_or_404(ReviewPlan, year=year), get_object_or_404(Procedure, code=procedure)
    own = officer.units(Role.PROCEDURE_CONTROL_OFFICER)
    if not own:
        return closed(request, officer)
    units, today = reviewing_units(own, officer.today), officer.today
    form = PlanReviewForm(request.POST or None, units=units, year=year, today=today)
    if form.is_valid():
        at, planned = officer.at, form.planned()
        try:
            review_plans.plan_review(plan=found, procedure=chosen, planned=planned, actor=officer.user, at=at)
        except AlreadyPlanned as refusal:
            form.add_error(None, _("Thủ tục này đã có trong kế hoạch, số %(number)s.") % {"number": refusal.number})
        except review_plans.NotInForce:
            form.add_error(None, _("Thủ tục này hiện không có hiệu lực nên chưa rà soát được."))
        else:
            messages.success(request, _("Đã đưa thủ tục vào kế hoạch."))
            return redirect("workspace:review-plan", year=year)
    context = {"plan": found, "procedure": chosen, "form": form}
    return show(request, officer, "workspace/reviews/add.html", context, status=422 if form.errors else 200)


@officers_only
def income(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show by what income an hour is counted, and set it from a day on."""
    unit = _plan_unit(officer)
    form = IncomeForm(request.POST or None)
    if request.method == "POST" and unit is None:
        return closed(request, officer)
    if unit and form.is_valid():
        try:
            review_plans.set_hourly_income(income=form.income(), unit=unit, actor=officer.user, at=officer.at)
        except AlreadySet:
            form.add_error("valid_from", _("Đã có mức áp dụng từ đúng ngày này."))
        except MayNotReview:
            return closed(request, officer)
        else:
            messages.success(request, _("Đã ghi mức thu nhập."))
            return redirect("workspace:hourly-income")
    context = {"lines": incomes(), "form": form if unit else None}
    return show(request, officer, "workspace/reviews/income.html", context, status=422 if form.errors else 200)


def closed(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Say who prepares reviews and who decides on them."""
    sentence = _("Chỉ cán bộ kiểm soát thủ tục của cơ quan rà soát hoặc cấp trên chuẩn bị, và Chủ tịch tỉnh phê duyệt.")
    return show(request, officer, "workspace/closed.html", {"sentence": sentence}, status=403)


def _plan_unit(officer: Officer) -> Unit | None:
    return own_plan_unit(officer.units(Role.PROCEDURE_CONTROL_OFFICER), officer.grants, officer.today)


def _page_of(request: HttpRequest, officer: Officer, year: int) -> PlanPage:
    pile = PILES_IN_ADDRESSES.get(request.GET.get("loc", ""), PILES_IN_ADDRESSES["tat-ca"])
    try:
        return plan_page(year, officer.user, pile=pile, number=request.GET.get("trang", ""), on=officer.today)
    except ReviewPlan.DoesNotExist:
        raise Http404 from None


def _shown(
    request: HttpRequest, officer: Officer, page: PlanPage, sentence: str = "", *, status: int = 200
) -> HttpResponseBase:
    context = {"plan": page.plan, "page": page, "piles": pile_links(page), "sentence": sentence}
    return show(request, officer, "workspace/reviews/plan.html", context, status=status)
