"""What officials are told, and what is late."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.dossiers.queries.late import late_list
from motcua.dossiers.queries.linked import linked_list
from motcua.notifications.commands.mark_read import mark_notices_read
from motcua.notifications.commands.write_to_officials import choose_periods
from motcua.notifications.queries import notices_of, periods_of
from motcua.rules.permissions import AT_THE_DESK, OVER_THE_UNIT
from motcua.workspace.forms.notices import NoticePeriodsForm
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.watched import printed_late, printed_notices

WATCHING_ROLES = AT_THE_DESK | OVER_THE_UNIT
"""Who answers for a desk or an agency, and so for what is late there (N)."""


@officers_only
def notices(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show what the official was told, the newest first."""
    context = {"notices": printed_notices(notices_of(officer.user.pk)), "until": officer.at.isoformat()}
    return show(request, officer, "workspace/notices.html", context)


@require_POST
@officers_only
def read_notices(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Mark what stood on the page as read."""
    until = _moment(request.POST.get("until", "")) or officer.at
    mark_notices_read(user=officer.user, until=min(until, officer.at), at=officer.at)
    messages.success(request, _("Đã đánh dấu là đã đọc."))
    return redirect("workspace:notices")


@officers_only
def notice_periods(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show and keep about which matters the official is written to, and when."""
    form = NoticePeriodsForm(request.POST or None, periods=periods_of(officer.user.pk))
    if request.method == "POST" and form.is_valid():
        choose_periods(user=officer.user, periods=form.periods())
        messages.success(request, _("Đã lưu cách báo."))
        return redirect("workspace:notices")
    context = {"form": form, "email": officer.user.email}
    return show(request, officer, "workspace/notice_periods.html", context, status=422 if form.errors else 200)


@officers_only
def late(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show what is late, where it lies and why, to whoever answers for it."""
    if not {post.role for post in officer.posts} & WATCHING_ROLES:
        raise PermissionDenied
    found = late_list(officer.user, officer.grants, at=officer.at)
    return show(request, officer, "workspace/late.html", {"late": found, "rows": printed_late(found)})


@officers_only
def linked(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the linked applications under way, and which leg is late in whose hands, to who answers for the whole."""
    if not {post.role for post in officer.posts} & WATCHING_ROLES:
        raise PermissionDenied
    found = linked_list(officer.user, officer.grants, at=officer.at)
    return show(request, officer, "workspace/linked.html", {"found": found})


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None
