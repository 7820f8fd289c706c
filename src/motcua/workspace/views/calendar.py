"""The working calendar: what was announced, what an announcement would move, and having it count."""

import csv

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.accounts.queries import units_under
from motcua.dossiers.commands.recount import (
    AnnouncementRefused,
    InForceAlready,
    MayNotKeepCalendar,
    announce_calendar,
    apply_calendar,
)
from motcua.dossiers.queries.calendar_preview import EffectLine, calendar_preview, recount_of
from motcua.organisations.models import CalendarAnnouncement, Unit
from motcua.organisations.queries import announcements_for
from motcua.rules.calendars import AnnouncementFault
from motcua.rules.permissions import Role
from motcua.workspace.forms.calendar import AnnouncementForm
from motcua.workspace.frame import show, typed_before
from motcua.workspace.labels import CLOCKS, SHIFTS
from motcua.workspace.officer import Officer, officers_only

PAGE_SIZE = 50
_MOMENT = "%H:%M %d/%m/%Y"
_FAULTS = {
    AnnouncementFault.SAYS_NOTHING: gettext_lazy("Không có ngày nào trong khoảng đã ghi thuộc loại ngày này."),
    AnnouncementFault.SAID_TWICE: gettext_lazy("Một ngày được ghi hai lần."),
    AnnouncementFault.OUTSIDE_THE_CALENDAR: gettext_lazy("Ngày nằm ngoài lịch làm việc đã có."),
    AnnouncementFault.NOT_A_WEEKDAY: gettext_lazy("Loại ngày này chỉ dùng cho ngày từ thứ Hai đến thứ Sáu."),
    AnnouncementFault.NOT_A_WEEKEND: gettext_lazy("Loại ngày này chỉ dùng cho thứ Bảy hoặc Chủ nhật."),
    AnnouncementFault.YEAR_NOT_NEXT: gettext_lazy("Chỉ chốt được năm đầu tiên chưa chốt."),
    AnnouncementFault.YEAR_NOT_NATIONWIDE: gettext_lazy("Chỉ chốt lịch năm cho toàn quốc."),
}


@officers_only
def announcements(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show what was announced for the officer's units, and take down an announcement."""
    units = _units(officer)
    if not units:
        return _closed(request, officer)
    is_nationwide = any(unit.kind == "PROVINCE" for unit in officer.units(Role.PROCEDURE_CONTROL_OFFICER))
    form = AnnouncementForm(
        request.POST or None, units=units, is_nationwide=is_nationwide, initial=typed_before(request)
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = announce_calendar(notice=form.notice(), officer=officer.user, at=officer.at)
        except AnnouncementRefused as refusal:
            form.add_error(None, _FAULTS[refusal.fault])
        else:
            return redirect("workspace:calendar-preview", pk=made.pk)
    context = {"form": form, "lines": announcements_for([unit.pk for unit in units])}
    return show(request, officer, "workspace/calendar/list.html", context, status=422 if form.errors else 200)


@officers_only
def preview(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """Show what an announcement would move before it counts, and have it count."""
    announcement = _announcement(officer, pk)
    if request.method == "POST":
        try:
            apply_calendar(announcement=announcement, officer=officer.user, at=officer.at)
        except MayNotKeepCalendar:
            return _closed(request, officer)
        except InForceAlready:
            messages.info(request, _("Thông báo này đã được áp dụng từ trước."))
        else:
            messages.success(request, _("Đã áp dụng. Các hạn đang được dời trong nền."))
        return redirect("workspace:calendar-preview", pk=pk)
    context: dict[str, object] = {"announcement": announcement, "recount": recount_of(announcement)}
    if announcement.in_force_at is None:
        found = calendar_preview(announcement)
        page = Paginator(found.lines, PAGE_SIZE).get_page(request.GET.get("trang"))
        rows = [(line, CLOCKS[line.kind], SHIFTS[line.shift]) for line in page]
        context |= {"preview": found, "page": page, "rows": rows}
    return show(request, officer, "workspace/calendar/preview.html", context)


@officers_only
def effects(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """Give the whole preview as a table."""
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="anh-huong-{pk}.csv"'
    answer.headers["Cache-Control"] = "no-store"
    table = csv.writer(answer)
    table.writerow(
        [_("Đơn vị"), _("Mã đơn vị"), _("Hồ sơ"), _("Hạn"), _("Đang là"), _("Sẽ là"), _("Theo lịch"), _("Thay đổi")]
    )
    table.writerows(_cells(line) for line in calendar_preview(_announcement(officer, pk)).lines)
    return answer


def _cells(line: EffectLine) -> list[str]:
    moments = [f"{at:{_MOMENT}}" for at in (line.old_due_at, line.due_at, line.counted_at)]
    return [line.unit, line.unit_code, line.code, str(CLOCKS[line.kind]), *moments, str(SHIFTS[line.shift])]


def _units(officer: Officer) -> list[Unit]:
    return units_under(officer.units(Role.PROCEDURE_CONTROL_OFFICER))


def _announcement(officer: Officer, pk: int) -> CalendarAnnouncement:
    """Return an announcement that the officer may see: their units' and the country's, for who keeps a calendar."""
    units = _units(officer)
    mine = CalendarAnnouncement.objects.within([unit.pk for unit in units]).select_related("unit")
    return get_object_or_404(mine if units else mine.none(), pk=pk)


def _closed(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    context = {"sentence": _("Trang này dành cho cán bộ kiểm soát thủ tục hành chính.")}
    return show(request, officer, "workspace/closed.html", context, status=403)
