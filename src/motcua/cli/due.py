"""`motcua due`: when a dossier falls due, and why; without a database unless a unit is named."""

import json
from datetime import date, datetime

import click

from motcua.cli.options import BadInput, data_option
from motcua.rules.deadlines import CountingMode, DueMoment, due_moment, due_moment_as_json
from motcua.rules.time_limits import Language, TimeLimit, TimeLimitUnclear, format_time_limit, parse_time_limit
from motcua.rules.working_time import (
    DEFAULT_HOURS,
    HANOI,
    CalendarExhausted,
    OfficeHours,
    OfficeHoursUnclear,
    WorkingCalendar,
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
    "--hours", "hours_text", metavar="SPANS", help=f"Office hours.  [default: those of --unit, else {DEFAULT_HOURS}]"
)
@click.option("--unit", "unit_code", metavar="CODE", help="Count by the hours and days off of this unit.")
@click.option(
    "--lang", type=click.Choice(["vi", "en"]), default="vi", help="Language of the answer.", show_default=True
)
@click.option("--json", "as_data", is_flag=True, help="Print the answer as JSON.")
@data_option
def due(*, received: str, limit_text: str, mode: str, lang: str, as_data: bool, **whose: str | None) -> None:
    """Print when a dossier falls due and how that was counted, day by day.

    With --unit the installation is asked for the unit's hours and for all that was announced for it; without, the
    built-in table of days off is enough.

    Exit codes: 0 counted; 2 input not understood; 3 the answer lies outside the loaded working calendar.
    """
    language = _LANGUAGES[lang]
    received_at = _received(received, language)
    limit = _limit(limit_text, language)
    calendar = _calendar(whose["unit_code"], whose["hours_text"], received_at, language)
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


def _calendar(unit: str | None, hours: str | None, received_at: datetime, language: Language) -> WorkingCalendar:
    if unit and hours:
        raise click.UsageError("--unit brings its own hours: leave --hours out")
    return _calendar_of(unit, received_at) if unit else _calendar_by(hours, language)


def _calendar_of(unit_code: str, received_at: datetime) -> WorkingCalendar:
    from motcua.cli import installation

    installation.enter_migrated()
    from motcua.organisations.facts import working_calendar as calendar_of
    from motcua.organisations.models import Unit

    unit = Unit.objects.filter(code=unit_code).first()
    if unit is None:
        raise BadInput(f"there is no unit with the code {unit_code}")
    return calendar_of(unit, received_at.date())


def _calendar_by(text: str | None, language: Language) -> WorkingCalendar:
    try:
        return working_calendar(OfficeHours.parse(text) if text else DEFAULT_HOURS)
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
