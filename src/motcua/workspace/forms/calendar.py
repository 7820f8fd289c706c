"""An announcement about the working calendar: for whom, by which document, which days."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.organisations.commands.announce_days import CalendarNotice
from motcua.organisations.models import CalendarDay as Row
from motcua.organisations.models import Unit
from motcua.rules.calendar_days import CalendarDay, DayKind
from motcua.ui.forms import VietnameseDateField

NATIONWIDE = "VN"
LONGEST = 60
_SATURDAY = 5


class AnnouncementForm(forms.Form):
    """Days of one kind, one after the other, and a day worked in exchange; or the confirmation of a year."""

    scope = forms.ChoiceField(
        label=_("Áp dụng cho"),
        help_text=_("Cả các đơn vị trực thuộc."),
        error_messages={"required": _("Hãy chọn nơi áp dụng.")},
    )
    source = forms.CharField(label=_("Văn bản"), max_length=300, help_text=_("Số, ngày, cơ quan ban hành."))
    kind = forms.ChoiceField(label=_("Loại ngày"), choices=Row.Kind.choices)
    first_day = VietnameseDateField(label=_("Từ ngày"), required=False)
    last_day = VietnameseDateField(label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu chỉ một ngày."))
    name = forms.CharField(label=_("Dịp hoặc lý do"), max_length=120, required=False)
    worked_day = VietnameseDateField(
        label=_("Làm bù vào ngày"), required=False, help_text=_("Thứ Bảy hoặc Chủ nhật, khi hoán đổi.")
    )
    confirms_year = forms.IntegerField(
        label=_("Chốt lịch năm"),
        required=False,
        help_text=_("Khi lịch nghỉ cả năm đã công bố; chỉ cho toàn quốc."),
    )

    def __init__(self, *args: Any, units: Sequence[Unit], is_nationwide: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._units = {unit.code: unit for unit in units}
        whole = [(NATIONWIDE, _("Toàn quốc"))] if is_nationwide else []
        self.fields["scope"].choices = [  # type: ignore[attr-defined]  # the field is a ChoiceField
            ("", _("(chọn nơi áp dụng)")),
            *((unit.code, unit.name) for unit in units),
            *whole,
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for a day and its occasion, unless a year is confirmed; the days are to stand in order."""
        typed: dict[str, Any] = super().clean() or {}
        first, last = typed.get("first_day"), typed.get("last_day")
        if first is None and not typed.get("confirms_year") and not self.errors:
            self.add_error("first_day", _("Hãy ghi ngày."))
        if first and not typed.get("name") and "name" not in self.errors:
            self.add_error("name", _("Hãy ghi dịp hoặc lý do."))
        if first and last and not first <= last <= first + timedelta(days=LONGEST):
            self.add_error("last_day", _("Ngày cuối phải sau ngày đầu và trong vòng 60 ngày."))
        return typed

    def notice(self) -> CalendarNotice:
        """Return what was typed, as the command takes it."""
        typed = self.cleaned_data
        return CalendarNotice(
            source=typed["source"],
            unit=self._units.get(typed["scope"]),
            days=tuple(self._days()),
            confirms_year=typed["confirms_year"],
        )

    def _days(self) -> list[CalendarDay]:
        typed = self.cleaned_data
        first = typed["first_day"]
        if first is None:
            return []
        kind, last = DayKind(typed["kind"]), typed["last_day"] or first
        span = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        meant = [day for day in span if len(span) == 1 or _fits(day, kind)]
        days = [self._day(day, kind) for day in meant]
        if typed["worked_day"]:
            days.append(self._day(typed["worked_day"], DayKind.SWAPPED_WORK))
        return days

    def _day(self, on: date, kind: DayKind) -> CalendarDay:
        name, source = self.cleaned_data["name"], self.cleaned_data["source"]
        return CalendarDay(on, kind, name, name, source)


def _fits(day: date, kind: DayKind) -> bool:
    """Tell whether a day in the middle of a row is meant: rest days stay rest days, and only they can be worked."""
    is_weekend = day.weekday() >= _SATURDAY
    return is_weekend if kind in {DayKind.WEEKEND, DayKind.SWAPPED_WORK} else not is_weekend
