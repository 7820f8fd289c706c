"""Moments, money and working time in words, in the active language."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext, pgettext

HOURS_OF_A_WORKING_DAY = 8
SIXTY = 60
# Django's catalogue writes "Thứ 2"; public papers write the day out.
WEEKDAYS = (
    gettext_lazy("thứ Hai"),
    gettext_lazy("thứ Ba"),
    gettext_lazy("thứ Tư"),
    gettext_lazy("thứ Năm"),
    gettext_lazy("thứ Sáu"),
    gettext_lazy("thứ Bảy"),
    gettext_lazy("Chủ nhật"),
)


def date_in_words(on: date) -> str:
    """Write a day as "22/02/2021", in English "22 Feb 2021"; a moment is taken at Hà Nội's time."""
    return date_format(_local(on), pgettext("date format of Django", "d/m/Y"))


def day_in_words(on: date) -> str:
    """Write a day with its name: "thứ Hai, 22/02/2021", in English "Monday 22 Feb 2021"."""
    said = {"weekday": WEEKDAYS[_local(on).weekday()], "date": date_in_words(on)}
    return gettext("%(weekday)s, %(date)s") % said


def moment_in_words(at: datetime) -> str:
    """Write a moment the way a receipt promises it: "17:00 thứ Hai, 22/02/2021", "17:00 on Monday 22 Feb 2021"."""
    return gettext("%(time)s %(day)s") % {"time": f"{_local(at):%H:%M}", "day": day_in_words(at)}


def dong_in_words(amount: int) -> str:
    """Write whole dong: "150.000 đồng"."""
    grouped = f"{amount:,}"
    if get_language() != "en":
        grouped = grouped.replace(",", ".")
    return gettext("%(amount)s đồng") % {"amount": grouped}


def working_time(span: timedelta) -> str:
    """Write a length of working time by its two largest units; a working day has eight hours."""
    minutes = int(abs(span).total_seconds()) // SIXTY
    hours, minutes = divmod(minutes, SIXTY)
    days, hours = divmod(hours, HOURS_OF_A_WORKING_DAY)
    words = [
        ngettext("%(count)s ngày", "%(count)s ngày", days) % {"count": days} if days else "",
        ngettext("%(count)s giờ", "%(count)s giờ", hours) % {"count": hours} if hours else "",
        ngettext("%(count)s phút", "%(count)s phút", minutes) % {"count": minutes} if minutes and not days else "",
    ]
    return " ".join(word for word in words if word)


def time_left(span: timedelta) -> str:
    """Say how much working time is left ("còn 1 ngày 3 giờ") or, when negative, gone by ("quá hạn 2 giờ")."""
    length = working_time(span)
    if not length:
        return gettext("đến hạn ngay bây giờ") if span >= timedelta(0) else gettext("vừa quá hạn")
    if span < timedelta(0):
        return gettext("quá hạn %(length)s") % {"length": length}
    return gettext("còn %(length)s") % {"length": length}


def _local(on: date) -> date:
    return timezone.localtime(on) if isinstance(on, datetime) and timezone.is_aware(on) else on
