"""An official's own absence: who acts in their roles meanwhile."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
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
from motcua.dossiers.queries.assignment import OfficerLoad, officers_of_each
from motcua.dossiers.queries.narrowing import Narrowing
from motcua.rules.permissions import GIVES_OUT_WORK
from motcua.workspace.forms.absence import AbsenceForm
from motcua.workspace.frame import show, typed_before
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.worklist_address import Address

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
    loads = _officers_of(officer)
    context = {
        "form": form,
        "lines": delegations_of(officer.user, officer.today),
        "loads": [(load, _held_by(load)) for load in loads if load.open_count],
        "leg_loads": [(load, _helped_by(load)) for load in loads if load.all_leg_count],
    }
    return show(request, officer, "workspace/absence.html", context, status=422 if form.errors else 200)


def _officers_of(officer: Officer) -> list[OfficerLoad]:
    """Return those to whom the official gives out work, by how much they hold."""
    units = dict.fromkeys(post.unit.pk for post in officer.posts if post.role in GIVES_OUT_WORK)
    return [load for theirs in officers_of_each(units, on=officer.today).values() for load in theirs]


def _held_by(load: OfficerLoad) -> str:
    """Return the address of the list of what somebody holds, from where it can be given on."""
    return _list_of(Narrowing(officer=load.username))


def _helped_by(load: OfficerLoad) -> str:
    """Return the address of the list of what somebody does a parallel leg of."""
    return _list_of(Narrowing(leg_officer=load.username))


def _list_of(narrowing: Narrowing) -> str:
    return f"{reverse('workspace:worklist')}?{Address(shelf='noi-khac', narrowing=narrowing).query()}"
