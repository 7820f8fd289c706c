"""The sentences of a derivation, in Vietnamese and English: one for each thing that can happen on a day."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from motcua.rules.calendar_days import DayKind
from motcua.rules.working_time import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Phrase:
    """The same words in both languages."""

    vi: str
    en: str

    def filled(self, **values: "Phrase | str | int") -> "Phrase":
        """Put `values` into the blanks; a phrase goes in by its language."""
        return Phrase(
            self.vi.format(
                **{name: value.vi if isinstance(value, Phrase) else value for name, value in values.items()}
            ),
            self.en.format(
                **{name: value.en if isinstance(value, Phrase) else value for name, value in values.items()}
            ),
        )

    def joined(self, other: "Phrase") -> "Phrase":
        """Return both, one after the other."""
        return Phrase(f"{self.vi} {other.vi}", f"{self.en} {other.en}")

    def lowered(self) -> "Phrase":
        """Return it as it stands inside a sentence: the first letter small."""
        return Phrase(self.vi[0].lower() + self.vi[1:], self.en[0].lower() + self.en[1:])


class Beginning(StrEnum):
    """What a limit is counted from: the acceptance, the last paper asked for (L-10), or the agency's receipt (B-12).

    EXPECTED_AT_AGENCY: the last moment by which the agency must receive what another desk took in. LEG_OPENED: the leg
    of a linked application began when those it needs had their results (B-21). PETITION_RECEIVED, PETITION_COMPLETED,
    PETITION_ANSWERED: a petition came, came to be complete, was answered (E-04).
    """

    ACCEPTED = "ACCEPTED"
    SUPPLEMENT_COMPLETED = "SUPPLEMENT_COMPLETED"
    EXPECTED_AT_AGENCY = "EXPECTED_AT_AGENCY"
    RECEIVED_BY_AGENCY = "RECEIVED_BY_AGENCY"
    LEG_OPENED = "LEG_OPENED"
    PETITION_RECEIVED = "PETITION_RECEIVED"
    PETITION_COMPLETED = "PETITION_COMPLETED"
    PETITION_ANSWERED = "PETITION_ANSWERED"


OF_PETITIONS = frozenset({Beginning.PETITION_RECEIVED, Beginning.PETITION_COMPLETED, Beginning.PETITION_ANSWERED})
"""What the terms of petitions are counted from; no promise of a dossier is."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How a beginning is told: what happened, and what its day is called."""

    what: Phrase
    day: Phrase


OPENINGS: dict[Beginning, Opening] = {
    Beginning.ACCEPTED: Opening(Phrase("Tiếp nhận", "Received"), Phrase("ngày tiếp nhận", "the day of receipt")),
    Beginning.SUPPLEMENT_COMPLETED: Opening(
        Phrase(
            "Thời hạn tính lại từ đầu: nhận đủ giấy tờ bổ sung",
            "The limit starts anew: the last of the papers asked for received",
        ),
        Phrase("ngày nhận đủ", "that day"),
    ),
    Beginning.EXPECTED_AT_AGENCY: Opening(
        Phrase(
            "Tiếp nhận ở nơi khác; cơ quan giải quyết nhận hồ sơ chậm nhất",
            "Received elsewhere; with the competent agency at the latest",
        ),
        Phrase("ngày nhận", "the day of receipt"),
    ),
    Beginning.RECEIVED_BY_AGENCY: Opening(
        Phrase("Cơ quan giải quyết nhận hồ sơ", "Received by the competent agency"),
        Phrase("ngày nhận", "the day of receipt"),
    ),
    Beginning.LEG_OPENED: Opening(
        Phrase(
            "Việc liên thông tiếp theo bắt đầu khi việc trước có kết quả",
            "The next linked leg begins when the one before has its result",
        ),
        Phrase("ngày chuyển", "that day"),
    ),
    Beginning.PETITION_RECEIVED: Opening(
        Phrase("Nhận phản ánh, kiến nghị", "Petition received"), Phrase("ngày nhận", "the day of receipt")
    ),
    Beginning.PETITION_COMPLETED: Opening(
        Phrase("Người gửi bổ sung nội dung", "The sender added what was asked for"), Phrase("ngày nhận", "that day")
    ),
    Beginning.PETITION_ANSWERED: Opening(
        Phrase("Trả lời phản ánh, kiến nghị", "Petition answered"), Phrase("ngày trả lời", "that day")
    ),
}

SATURDAY_DESK = Phrase("(bộ phận một cửa làm việc thứ Bảy)", "(Saturday desk)")
"""Said of what came in while a Saturday desk was open (L-02)."""

SENTENCES: dict[str, Phrase] = {
    "received": Phrase(
        "{what} lúc {at}; {day} không tính vào thời hạn.",
        "{what} at {at}; {day} is not counted.",
    ),
    "received-running": Phrase(
        "{what} lúc {at}; thời hạn tính từ thời điểm này.", "{what} at {at}; the limit runs from this moment."
    ),
    "received-used": Phrase(
        "{what} lúc {at}; thời hạn tính từ thời điểm này, trong ngày tính được {used}.",
        "{what} at {at}; the limit runs from this moment and uses {used} of this day.",
    ),
    "received-closed": Phrase(
        "{what} lúc {at}, ngoài giờ làm việc; thời hạn tính từ khi cơ quan làm việc trở lại.",
        "{what} at {at}, outside office hours; the limit runs from when the office opens again.",
    ),
    "received-closing": Phrase(
        "{what} lúc {at}, khi hết giờ làm việc; thời hạn tính từ khi cơ quan làm việc trở lại.",
        "{what} at {at}, as the office closed; the limit runs from when the office opens again.",
    ),
    "received-saturday": Phrase(
        "{what} lúc {at}; thứ Bảy không tính vào thời hạn, thời hạn tính từ ngày làm việc tiếp theo.",
        "{what} at {at}; Saturday is not counted, the limit runs from the next working day.",
    ),
    "received-today": Phrase(
        "{what} lúc {at}; giải quyết ngay trong ngày.", "{what} at {at}; to be settled the same day."
    ),
    "received-late": Phrase(
        "{what} lúc {at}, sau 15 giờ; được trả trong ngày làm việc tiếp theo.",
        "{what} at {at}, after 15:00; may be settled on the next working day.",
    ),
    "received-shut": Phrase(
        "{what} lúc {at}, khi cơ quan không làm việc; giải quyết trong ngày làm việc tiếp theo.",
        "{what} at {at}, when the office was closed; to be settled on the next working day.",
    ),
    "working-day": Phrase("Ngày làm việc thứ {n}.", "Working day {n}."),
    "swapped-day": Phrase(
        "Ngày làm việc thứ {n}: làm bù do hoán đổi ngày làm việc ({name}).",
        "Working day {n}: worked in exchange for another day ({name}).",
    ),
    "time-used": Phrase("Tính {used} làm việc, còn lại {left}.", "Uses {used} of working time; {left} left."),
    "time-swapped": Phrase(
        "Làm bù do hoán đổi ngày làm việc ({name}): tính {used} làm việc, còn lại {left}.",
        "Worked in exchange for another day ({name}): uses {used} of working time; {left} left.",
    ),
    "off": Phrase("{off}; không tính.", "{off}; not counted."),
    "calendar-day": Phrase("Ngày thứ {n}.", "Day {n}."),
    "calendar-day-off": Phrase("Ngày thứ {n}; {off}, vẫn tính.", "Day {n}; {off}, counted all the same."),
    "last-day-off": Phrase(
        "Ngày thứ {n}, ngày cuối của thời hạn; {off}, nên thời hạn kéo dài đến hết ngày làm việc tiếp theo.",
        "Day {n}, the last day of the limit; {off}, so the limit ends with the next working day.",
    ),
    "resumed": Phrase(
        "Thời hạn chạy tiếp từ lúc {at}: thời gian từ {since} không tính vào thời hạn ({ground}).",
        "The limit runs on from {at}: the time since {since} does not count ({ground}).",
    ),
    "extended": Phrase(
        "Cơ quan giải quyết xin lỗi và hẹn lại một lần: hạn cũ {old}, hạn mới lùi {n} ngày làm việc.",
        "The agency apologised and gave one new date: due {old} before, {n} working days later now.",
    ),
    "written": Phrase(
        "Giấy tiếp nhận viết tay đã hẹn trả ngày {written}, tính theo quy định là ngày {counted}: ngày ghi trên giấy "
        "đã giao có giá trị.",
        "The receipt written by hand promises {written}, by the rules it would be {counted}: the day on the paper that "
        "was given binds.",
    ),
    "still-off": Phrase(
        "{off}; thời hạn kéo dài đến hết ngày làm việc tiếp theo.", "{off}; the limit ends with the next working day."
    ),
    "running": Phrase("Thời hạn tính bằng giờ vẫn chạy.", "The limit in hours keeps running."),
    "runs": Phrase("Thời hạn vẫn chạy.", "The limit keeps running."),
    "hours-end-off": Phrase(
        "Thời hạn hết lúc {end}; {off}, nên thời hạn kéo dài đến hết ngày làm việc tiếp theo.",
        "The limit ends at {end}; {off}, so it ends with the next working day.",
    ),
    "due-working-day": Phrase(
        "Ngày làm việc thứ {n}, ngày cuối: hết hạn lúc {at}.", "Working day {n}, the last: due at {at}."
    ),
    "due-swapped-day": Phrase(
        "Ngày làm việc thứ {n}, làm bù do hoán đổi ngày làm việc ({name}), ngày cuối: hết hạn lúc {at}.",
        "Working day {n}, worked in exchange for another day ({name}), the last: due at {at}.",
    ),
    "due-part": Phrase("Tính thêm {used} làm việc: hết hạn lúc {at}.", "Uses {used} more: due at {at}."),
    "due-calendar-day": Phrase("Ngày thứ {n}, ngày cuối: hết hạn lúc {at}.", "Day {n}, the last: due at {at}."),
    "due-moved": Phrase(
        "Ngày làm việc tiếp theo sau ngày nghỉ: hết hạn lúc {at}.", "Next working day after the days off: due at {at}."
    ),
    "due-time": Phrase("Tính {used} làm việc: hết hạn lúc {at}.", "Uses {used} of working time: due at {at}."),
    "due-held": Phrase(
        "Tính {used} làm việc: hết hạn khi hết giờ làm việc, lúc {at}, vì không được quá {n} ngày làm việc.",
        "Uses {used} of working time: due when the office closes, at {at}, for it may not exceed {n} working days.",
    ),
    "due": Phrase("Hết hạn lúc {at}.", "Due at {at}."),
    "due-opening": Phrase(
        "Thời hạn hết lúc {end} ngày {end_on}, ngoài giờ làm việc: hết hạn khi cơ quan làm việc trở lại, lúc {at}.",
        "The limit ends at {end} on {end_on}, outside office hours: due when the office opens again, at {at}.",
    ),
    "due-close": Phrase("Hết hạn khi hết giờ làm việc, lúc {at}.", "Due when the office closes, at {at}."),
}

DAYS_OFF: dict[DayKind, Phrase] = {
    DayKind.WEEKEND: Phrase("Nghỉ hằng tuần", "Weekly rest day"),
    DayKind.HOLIDAY: Phrase("Nghỉ lễ, tết: {name}", "Public holiday: {name}"),
    DayKind.COMPENSATORY: Phrase("Nghỉ bù: {name}", "Day off in lieu: {name}"),
    DayKind.SWAPPED_OFF: Phrase("Nghỉ hoán đổi: {name}", "Day off in exchange: {name}"),
    DayKind.CLOSED: Phrase("Cơ quan không làm việc: {name}", "Office closed: {name}"),
}


def duration(amount: timedelta) -> Phrase:
    """Say an amount of working time in hours and whole minutes."""
    hours, minutes = divmod(amount // timedelta(minutes=1), 60)
    if not hours:
        return Phrase(f"{minutes} phút", f"{minutes} min")
    if not minutes:
        return Phrase(f"{hours} giờ", f"{hours} h")
    return Phrase(f"{hours} giờ {minutes} phút", f"{hours} h {minutes} min")


def occasion(day: date, calendar: WorkingCalendar) -> Phrase:
    """Name the occasion for which `day` is in the calendar's table; empty for a plain day."""
    listed = calendar.days.get(day)
    return Phrase(listed.name, listed.name_en) if listed else Phrase("", "")


def day_off(day: date, calendar: WorkingCalendar) -> Phrase:
    """Say why `day` is off."""
    return DAYS_OFF[calendar.day_kind(day)].filled(name=occasion(day, calendar))
