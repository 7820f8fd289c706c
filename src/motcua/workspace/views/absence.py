"""An official's own absence: who acts in their roles meanwhile."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from motcua.accounts.commands.delegate import (
    Absence,
    AbsenceUnclear,
    DelegatedAlready,
    NotAColleague,
    delegate,
    end_delegation,
)
from motcua.accounts.models import Delegation
from motcua.accounts.queries import colleagues_of, delegations_of
from motcua.workspace.forms.absence import AbsenceForm
from motcua.workspace.frame import show, typed_before
from motcua.workspace.officer import Officer, officers_only

_SENTENCES = {
    AbsenceUnclear: gettext_lazy("Những ngày vắng phải từ hôm nay trở đi, và ngày cuối không trước ngày đầu."),
    DelegatedAlready: gettext_lazy("Trong những ngày này bạn đã nhờ người khác làm thay. Hãy kết thúc việc đó trước."),
    NotAColleague: gettext_lazy("Người làm thay phải đang giữ vai trò tại một đơn vị của bạn."),
}


@officers_only
def absence(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show who acts for whom, and arrange one's own absence."""
    known = {"valid_from": officer.today, **typed_before(request)}
    colleagues = colleagues_of(officer.user, officer.today)
    form = AbsenceForm(request.POST or None, colleagues=colleagues, initial=known)
    if request.method != "POST" or not form.is_valid():
        return _shown(request, officer, form)
    typed = form.cleaned_data
    days = Absence(typed["valid_from"], typed["last_day"] + timedelta(days=1), typed["reason"])
    try:
        delegate(absent=officer.user, deputy=typed["deputy"], absence=days, at=officer.at)
    except (AbsenceUnclear, DelegatedAlready, NotAColleague) as refusal:
        form.add_error(None, _SENTENCES[type(refusal)])
        return _shown(request, officer, form)
    messages.success(request, _("Đã ghi nhận: %(name)s làm thay bạn.") % {"name": typed["deputy"].display_name})
    return redirect("workspace:absence")


@require_POST
@officers_only
def end_absence(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """Come back earlier: from today the deputy acts no more."""
    given = get_object_or_404(Delegation, pk=pk, absent=officer.user)
    end_delegation(delegation=given, by=officer.user, at=officer.at)
    messages.success(request, _("Đã kết thúc việc làm thay."))
    return redirect("workspace:absence")


def _shown(request: HttpRequest, officer: Officer, form: AbsenceForm) -> HttpResponseBase:
    context = {"form": form, "lines": delegations_of(officer.user, officer.today)}
    return show(request, officer, "workspace/absence.html", context, status=422 if form.errors else 200)
