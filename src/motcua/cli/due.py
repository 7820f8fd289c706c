"""`motcua due`: when a dossier falls due, and why, without a database."""

import json
from datetime import date, datetime

import click

from motcua.rules.deadlines import CountingMode, DueMoment, due_moment, due_moment_as_json
from motcua.rules.time_limits import Language, TimeLimit, TimeLimitUnclear, format_time_limit, parse_time_limit
from motcua.rules.working_time import (
    DEFAULT_HOURS,
    HANOI,
    CalendarExhausted,
    OfficeHours,
    OfficeHoursUnclear,
    working_calendar,
)

_LANGUAGES: dict[str, Language] = {"vi": "vi", "en": "en"}
_WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_SAYS: dict[Language, dict[str, str]] = {
    "vi": {
        "received": "không đọc được thời điểm tiếp nhận {text!r}; viết dạng 2021-02-08T10:00 (có giờ)",
        "limit": "không rõ thời hạn {text!r}; viết cả số và đơn vị, ví dụ '5 ngày làm việc', '8 giờ'",
        "hours": "không đọc được giờ làm việc {text!r}; viết dạng 07:30-11:30,13:00-17:00",
        "exhausted": "ngày hẹn nằm ngoài lịch làm việc đã có ({start} đến trước {until}); không tính được",
        "due": "Hẹn trả: {due}",
        "from": "Tiếp nhận {received}; thời hạn: {limit}.",
        "provisional": "Tạm tính: lịch làm việc năm {year} còn có thể thay đổi.",
    },
    "en": {
        "received": "moment of receipt not understood: {text!r}; write 2021-02-08T10:00, with the hour",
        "limit": "time limit not understood: {text!r}; write amount and unit, such as '5 working days' or '20 days'",
        "hours": "office hours not understood: {text!r}; write 07:30-11:30,13:00-17:00",
        "exhausted": "the due date lies outside the loaded working calendar ({start} until before {until})",
        "due": "Due: {due}",
        "from": "Received {received}; time limit: {limit}.",
        "provisional": "Provisional: the working calendar of {year} may still change.",
    },
}


class PastTheCalendar(click.ClickException):
    """The due date lies outside the loaded calendar."""

    exit_code = 3


@click.command()
@click.option("--received", required=True, metavar="MOMENT", help="When the dossier was received: 2021-02-08T10:00.")
@click.option(
    "--limit", "limit_text", required=True, metavar="TEXT", help="The time limit: '5 ngày làm việc', '20 days'."
)
@click.option(
    "--mode",
    type=click.Choice(["civil", "rolling"]),
    default="civil",
    help="How working days are counted.",
    show_default=True,
)
@click.option(
    "--hours", "hours_text", default=str(DEFAULT_HOURS), metavar="SPANS", help="Office hours.", show_default=True
)
@click.option(
    "--lang", type=click.Choice(["vi", "en"]), default="vi", help="Language of the answer.", show_default=True
)
@click.option("--json", "as_data", is_flag=True, help="Print the answer as JSON.")
def due(*, received: str, limit_text: str, mode: str, hours_text: str, lang: str, as_data: bool) -> None:
    """Print when a dossier falls due and how that was counted, day by day.

    Exit codes: 0 counted; 2 input not understood; 3 the answer lies outside the loaded working calendar.
    """
    language = _LANGUAGES[lang]
    received_at = _received(received, language)
    limit = _limit(limit_text, language)
    calendar = working_calendar(_hours(hours_text, language))
    try:
        moment = due_moment(received_at, limit, calendar, CountingMode(mode.upper()))
    except CalendarExhausted as exhausted:
        says = _SAYS[language]["exhausted"]
        raise PastTheCalendar(
            says.format(start=_day(exhausted.loaded_from), until=_day(exhausted.loaded_until))
        ) from exhausted
    if as_data:
        click.echo(json.dumps(due_moment_as_json(moment, language), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_page(received_at, limit, moment, language)))


def _received(text: str, language: Language) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
        local = moment.replace(tzinfo=HANOI) if moment.tzinfo is None else moment.astimezone(HANOI)
    except (ValueError, OverflowError):
        local = None
    if local is None or ":" not in text:
        raise click.UsageError(_SAYS[language]["received"].format(text=text))
    return local


def _limit(text: str, language: Language) -> TimeLimit:
    try:
        return parse_time_limit(text)
    except TimeLimitUnclear:
        raise click.UsageError(_SAYS[language]["limit"].format(text=text)) from None


def _hours(text: str, language: Language) -> OfficeHours:
    try:
        return OfficeHours.parse(text)
    except OfficeHoursUnclear:
        raise click.UsageError(_SAYS[language]["hours"].format(text=text)) from None


def _page(received_at: datetime, limit: TimeLimit, moment: DueMoment, language: Language) -> list[str]:
    says = _SAYS[language]
    width = max(map(len, _WEEKDAYS[language]))
    lines = [
        says["due"].format(due=_moment(moment.due_at, language)),
        says["from"].format(received=_moment(received_at, language), limit=format_time_limit(limit, language)),
        "",
    ]
    for line in moment.derivation:
        weekday = _WEEKDAYS[language][line.on.weekday()]
        lines.append(f"{weekday:<{width}}  {_day(line.on)}  {line.text(language)}  [{', '.join(line.rule_ids)}]")
    if moment.is_provisional:
        lines += ["", says["provisional"].format(year=moment.due_at.year)]
    return lines


def _moment(moment: datetime, language: Language) -> str:
    return f"{moment:%H:%M} {_WEEKDAYS[language][moment.weekday()]} {_day(moment.date())}"


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
