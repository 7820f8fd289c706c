"""Who is entrusted with what. Nothing here leads to a dossier (N: an administrator never reads one)."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.accounts.commands.grants import (
    GrantEndsBeforeItStarts,
    MayNotEntrust,
    PastWouldChange,
    Period,
    end_grant,
    grant_role,
)
from motcua.accounts.models import Grant
from motcua.accounts.queries import grants_in, units_under
from motcua.rules.permissions import Role
from motcua.workspace.forms.administration import GrantForm
from motcua.workspace.frame import show, typed_before
from motcua.workspace.labels import ROLES
from motcua.workspace.officer import Officer, officers_only

_SENTENCES = {
    MayNotEntrust: gettext_lazy(
        "Bạn chỉ giao, thu hồi vai trò tại đơn vị mình quản trị và cấp dưới, và không giao vai trò cho chính mình."
    ),
    GrantEndsBeforeItStarts: gettext_lazy("Ngày kết thúc phải sau ngày bắt đầu."),
    PastWouldChange: gettext_lazy(
        "Vai trò này đã được giao từ ngày đó với ngày kết thúc khác. Những ngày đã qua giữ nguyên: "
        "hãy chọn ngày bắt đầu khác, hoặc ngày kết thúc, từ hôm nay trở đi."
    ),
}


@officers_only
def people(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show who holds which role in the administrator's units, and give a role."""
    if not officer.units(Role.ADMINISTRATOR):
        return _closed(request, officer)
    units = units_under(officer.units(Role.ADMINISTRATOR))
    known = {"valid_from": officer.today, **typed_before(request)}
    form = GrantForm(request.POST or None, units=units, initial=known)
    if request.method != "POST" or not form.is_valid():
        return _shown(request, officer, form)
    try:
        _grant(form, officer)
    except (MayNotEntrust, GrantEndsBeforeItStarts, PastWouldChange) as refusal:
        form.add_error(None, _SENTENCES[type(refusal)])
        return _shown(request, officer, form)
    messages.success(request, _("Đã giao vai trò."))
    return redirect("workspace:administration")


@officers_only
def revoke(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """End a grant: today is its first day without the right, and one yet to begin never does.

    Who comes by the address lands on the list.
    """
    if request.method != "POST":
        return redirect("workspace:administration")
    units = units_under(officer.units(Role.ADMINISTRATOR))
    grant = get_object_or_404(Grant, pk=pk, unit__in=units)
    try:
        until = max(officer.today, grant.valid_from)
        end_grant(grant=grant, valid_until=until, by=officer.user, at=officer.at)
    except MayNotEntrust as refusal:
        messages.error(request, _SENTENCES[type(refusal)])
    else:
        messages.success(request, _("Đã thu hồi vai trò."))
    return redirect("workspace:administration")


def _grant(form: GrantForm, officer: Officer) -> Grant:
    typed = form.cleaned_data
    until = _day_after(typed["last_day"]) if typed["last_day"] else None
    return grant_role(
        user=typed["username"],
        unit=typed["unit"],
        role=Role(typed["role"]),
        period=Period(typed["valid_from"], until),
        by=officer.user,
        at=officer.at,
    )


def _day_after(day: date) -> date:
    return day + timedelta(days=1)


def _shown(request: HttpRequest, officer: Officer, form: GrantForm) -> HttpResponseBase:
    units = units_under(officer.units(Role.ADMINISTRATOR))
    lines = [(line, ROLES[line.role]) for line in grants_in(units, officer.today)]
    context = {"form": form, "lines": lines, "today": officer.today}
    return show(request, officer, "workspace/administration/people.html", context, status=422 if form.errors else 200)


def _closed(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    context = {"sentence": _("Trang này dành cho quản trị của đơn vị.")}
    return show(request, officer, "workspace/closed.html", context, status=403)
