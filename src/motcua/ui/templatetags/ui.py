"""Tags and filters of the design system: they print what they are given and decide nothing."""

from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.forms import BaseForm
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from motcua.rules.prose import Line, Span, SpanKind
from motcua.ui import wording
from motcua.ui.forms import SummaryError, errors_of
from motcua.ui.icons import FLOWER, ICONS
from motcua.ui.parts import Tone, Urgency
from motcua.ui.statuses import look_of

register = template.Library()

URGENCY_LOOKS = {
    Urgency.OVERDUE: (Tone.BAD, "overdue"),
    Urgency.SOON: (Tone.WARN, "clock"),
    Urgency.ON_TRACK: (Tone.GOOD, "clock"),
    Urgency.PAUSED: (Tone.INFO, "pause"),
    Urgency.NONE: (Tone.QUIET, "clock"),
}


_BREAK = SafeString("<br>")


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of ours; it says nothing to a screen reader, so words must stand beside it."""
    drawing = mark_safe(ICONS[name])  # noqa: S308  # drawn in icons.py
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>', drawing)


@register.simple_tag
def brand_mark() -> SafeString:
    """Draw the ban flower."""
    drawing = mark_safe(FLOWER)  # noqa: S308  # drawn in icons.py
    return format_html('<svg class="brand__mark" viewBox="0 0 48 48" aria-hidden="true">{}</svg>', drawing)


@register.simple_tag
def tag(label: str, tone: str = "quiet", icon_name: str = "") -> SafeString:
    """Print a word on the colour of a tone, with an icon when given."""
    drawing = icon(icon_name) if icon_name else ""
    return format_html('<span class="tag tone--{}">{}{}</span>', Tone(tone).value, drawing, label)


@register.simple_tag
def status_tag(status: str, label: str) -> SafeString:
    """Print a dossier's status; `label` is the model's word for it (get_status_display)."""
    look = look_of(status)
    return tag(label, look.tone, look.icon)


@register.simple_tag
def urgency_tag(urgency: str, words: str) -> SafeString:
    """Print the time left with the colour and the icon of its urgency."""
    tone, icon_name = URGENCY_LOOKS[Urgency(urgency)]
    return format_html('<span class="time-left tone--{}">{}{}</span>', tone.value, icon(icon_name), words)


@register.filter
def vn_moment(at: datetime | None) -> str:
    """Print a moment: "17:00 thứ Hai, 22/02/2021"; nothing for None."""
    return wording.moment_in_words(at) if at else ""


@register.filter
def vn_date(on: date | None) -> str:
    """Print a day or the day of a moment: "22/02/2021"; nothing for None."""
    return wording.date_in_words(on) if on else ""


@register.filter
def vn_day(on: date | None) -> str:
    """Print a day with its name: "thứ Hai, 22/02/2021"; nothing for None."""
    return wording.day_in_words(on) if on else ""


@register.filter
def vnd(amount: int | None) -> str:
    """Print whole dong: "150.000 đồng"; nothing for None."""
    return wording.dong_in_words(amount) if amount is not None else ""


@register.filter
def time_left(span: timedelta | None) -> str:
    """Print remaining working time: "còn 1 ngày 3 giờ", "quá hạn 2 giờ"; nothing for None."""
    return wording.time_left(span) if span is not None else ""


@register.filter
def working_time(span: timedelta | None) -> str:
    """Print a length of working time: "1 ngày 3 giờ"; nothing for None."""
    return wording.working_time(span) if span is not None else ""


@register.filter
def prose_line(line: Line) -> SafeString:
    """Print a line of prose with its strong and stressed words and its links."""
    return format_html_join("", "{}", ((_span(span),) for span in line))


@register.filter
def prose_lines(lines: tuple[Line, ...]) -> SafeString:
    """Print lines of prose one under the other."""
    return format_html_join(_BREAK, "{}", ((prose_line(line),) for line in lines))


def _span(span: Span) -> SafeString | str:
    if span.kind is SpanKind.LINK:
        return format_html('<a href="{}" rel="noopener">{}</a>', span.address, span.text)
    if span.kind is SpanKind.STRONG:
        return format_html("<strong>{}</strong>", span.text)
    return format_html("<em>{}</em>", span.text) if span.kind is SpanKind.STRESSED else span.text


@register.simple_tag(takes_context=True)
def query_with(context: template.Context, **changes: Any) -> str:
    """Print the present query string with some parameters changed; None takes one out."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return f"?{query.urlencode()}"


@register.inclusion_tag("ui/components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, list[SummaryError]]:
    """List every error of a bound form, each leading to its field; nothing when there is none."""
    return {"errors": errors_of(form)}
