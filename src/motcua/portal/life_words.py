"""What became of a dossier in plain words for its applicant: what it waits for, what was decided, what lies behind."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.dossiers.models import ANSWER_LABELS, Dossier
from motcua.dossiers.queries.clock_ahead import ClockAhead, own_clock_rules
from motcua.dossiers.queries.own_life import (
    Advice,
    AskedFor,
    Mending,
    NewDate,
    Owed,
    OwnLife,
    PapersAsked,
    RefusalIssued,
)
from motcua.rules.promises import PromiseCause, SupplementClock
from motcua.ui.wording import date_in_words, dong_in_words, moment_in_words


@dataclass(frozen=True, slots=True)
class Line:
    """One fact; `is_quoted` tells that it is in the words of an official or the law, which stay Vietnamese."""

    label: str
    text: str
    is_quoted: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """One matter: what an official wrote to the applicant (`quoted`, may be empty), the facts, what we say of it."""

    title: str
    lines: tuple[Line, ...]
    quoted: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the applicant goes with papers."""

    desk: str
    address: str


def present(life: OwnLife, place: Place) -> tuple[Topic, ...]:
    """Return what concerns the applicant now, the most urgent first."""
    topics = [
        _asked(life.open_request, life) if life.open_request else None,
        _owed(life.owed, place) if life.owed else None,
        _mending(life.mending) if life.mending else None,
        _declined(life),
        _refusal(life.refusal) if life.refusal else None,
        _ending(life),
        _withdrawal(life),
        _extension(life.extension, life.leg_name) if life.extension and _gives_promise(life) else None,
        *(_advice(one) for one in life.advice if _is_before_decision(life)),
    ]
    return tuple(topic for topic in topics if topic is not None)


def past(life: OwnLife) -> tuple[Topic, ...]:
    """Return what lies behind: advice followed, papers brought, money paid, an apology, a mended result."""
    topics = [
        *(_advice(one) for one in life.advice if not _is_before_decision(life)),
        *(_answered(one) for one in life.answered_requests),
        *(_settled(one) for one in life.settled),
        _extension(life.extension, life.leg_name) if life.extension and not _gives_promise(life) else None,
        *(_mended(one) for one in life.corrections if one.corrected_at),
    ]
    return tuple(topic for topic in topics if topic is not None)


def clock_lines(asked: PapersAsked, clock: ClockAhead | None, leg_name: str = "") -> tuple[Line, ...]:
    """Say what the open request does to the limit, and until when the dossier stays open without it (B step 10)."""
    lines = [Line(_("Thời hạn giải quyết"), _clock_words(clock))]
    if clock is not None and clock.due_at is not None:
        label = (
            _("Gửi đủ ngay bây giờ thì việc này xong chậm nhất") if leg_name else _("Gửi đủ ngay bây giờ thì hẹn trả")
        )
        lines.append(Line(label, moment_in_words(clock.due_at)))
    if asked.closable_from is not None:
        lines.append(Line(_("Gửi trước"), _silence_words(asked, asked.closable_from)))
    return tuple(lines)


def supplement_sent(dossier: Dossier) -> str:
    """Say what follows once everything asked for is in: the desk answers, or the limit runs to its new day (L-10)."""
    if dossier.accepted_at is None or dossier.due_at is None:
        return _("Đã gửi bổ sung. Nơi tiếp nhận xem lại và trả lời trong 8 giờ làm việc.")
    due = moment_in_words(dossier.due_at)
    is_resumed = own_clock_rules(dossier).supplement is SupplementClock.RESUME
    if dossier.leg_name:
        words = (
            _("Đã gửi bổ sung. Thời hạn của việc “%(leg)s” được tính tiếp, trừ thời gian chờ; chậm nhất xong %(due)s.")
            if is_resumed
            else _("Đã gửi bổ sung. Thời hạn của việc “%(leg)s” được tính lại từ đầu; chậm nhất xong %(due)s.")
        )
        return words % {"leg": dossier.leg_name, "due": due}
    words = (
        _("Đã gửi bổ sung. Thời hạn giải quyết được tính tiếp, trừ thời gian chờ; hẹn trả kết quả %(due)s.")
        if is_resumed
        else _("Đã gửi bổ sung. Thời hạn giải quyết được tính lại từ đầu; hẹn trả kết quả %(due)s.")
    )
    return words % {"due": due}


def _asked(asked: PapersAsked, life: OwnLife) -> Topic:
    basis = [Line(_("Căn cứ yêu cầu thêm"), asked.basis, is_quoted=True)] if asked.basis else []
    lines = (*(_paper(item) for item in asked.items), *basis, *clock_lines(asked, life.clock, life.leg_name))
    return Topic(_("Giấy tờ cần bổ sung"), lines, quoted=asked.reason)


def _paper(item: AskedFor) -> Line:
    if item.answer is None:
        return Line(item.name, item.note, is_quoted=True)
    return Line(item.name, f"{item.note}\n({ANSWER_LABELS[item.answer]})", is_quoted=True)


def _clock_words(clock: ClockAhead | None) -> str:
    if clock is None:
        return _(
            "Hồ sơ chưa được tiếp nhận nên chưa có ngày hẹn trả. Bạn gửi đủ thì nơi tiếp nhận xem lại và trả lời trong "
            "8 giờ làm việc."
        )
    if clock.is_resumed:
        return _("Đang dừng. Bạn gửi đủ thì thời hạn được tính tiếp; thời gian chờ bổ sung không tính.")
    return _("Đang dừng. Bạn gửi đủ thì thời hạn được tính lại từ đầu.")


def _silence_words(asked: PapersAsked, closable_from: datetime) -> str:
    words = (
        _("%(moment)s – đã quá. Cơ quan có thể đóng hồ sơ bất cứ lúc nào; hồ sơ chưa đóng thì bạn vẫn gửi được.")
        if asked.is_silence_over
        else _("%(moment)s. Từ lúc đó, nếu chưa nhận đủ giấy tờ, cơ quan được đóng hồ sơ.")
    )
    return words % {"moment": moment_in_words(closable_from)}


def _owed(owed: Owed, place: Place) -> Topic:
    where = f"{place.desk}\n{place.address}" if place.address else place.desk
    clock = (
        _("Thời gian bạn thực hiện không tính vào thời hạn; nộp chứng từ xong thì ngày hẹn được tính lại.")
        if owed.is_excluded
        else _("Vẫn tính trong lúc chờ, theo luật của lĩnh vực này.")
    )
    lines = (*_money(owed), Line(_("Mang chứng từ đến"), where, is_quoted=True), Line(_("Thời hạn giải quyết"), clock))
    return Topic(_("Nghĩa vụ tài chính phải thực hiện"), lines)


def _money(owed: Owed) -> tuple[Line, ...]:
    return (
        Line(_("Số tiền"), dong_in_words(owed.amount_vnd)),
        Line(_("Theo thông báo số"), owed.notice_no),
        Line(_("Căn cứ"), owed.basis, is_quoted=True),
        Line(_("Thông báo lúc"), moment_in_words(owed.asked_at)),
    )


def _mending(mending: Mending) -> Topic:
    due = Line(_("Kết quả đúng có trước"), moment_in_words(mending.due_at))
    note = _("Cơ quan xin lỗi bạn. Việc đính chính không thu khoản nào.")
    return Topic(_("Kết quả đang được đính chính"), (due,), quoted=mending.error, note=note)


def _declined(life: OwnLife) -> Topic | None:
    if life.declined is None:
        return None
    lines = (
        Line(_("Lý do theo quy định"), life.declined.ground_label),
        Line(_("Căn cứ"), life.declined.citation, is_quoted=True),
    )
    return Topic(_("Vì sao không tiếp nhận"), lines, quoted=life.declined.reason)


def _refusal(refusal: RefusalIssued) -> Topic:
    lines = [Line(_("Văn bản"), refusal.title, is_quoted=True), Line(_("Số, ký hiệu"), refusal.number)]
    if refusal.issued_on:
        lines.append(Line(_("Ngày ban hành"), date_in_words(refusal.issued_on)))
    lines.append(Line(_("Căn cứ"), refusal.basis, is_quoted=True))
    note = _("Lý do ghi trong văn bản. Nếu không đồng ý, bạn có quyền khiếu nại theo pháp luật.")
    return Topic(_("Cơ quan từ chối giải quyết"), tuple(lines), note=note)


def _ending(life: OwnLife) -> Topic | None:
    if life.ending is None:
        return None
    basis = Line(_("Căn cứ"), life.ending.basis, is_quoted=True)
    return Topic(_("Vì sao hồ sơ kết thúc"), (basis,), quoted=life.ending.reason)


def _withdrawal(life: OwnLife) -> Topic | None:
    if life.withdrawal_reason == "":
        return None
    return Topic(_("Bạn đã rút hồ sơ tại nơi tiếp nhận"), (), quoted=life.withdrawal_reason)


def _extension(date: NewDate, leg_name: str) -> Topic:
    lines = (
        *([Line(_("Việc hẹn lại"), leg_name, is_quoted=True)] if leg_name else []),
        Line(_("Đã hẹn"), moment_in_words(date.old_due_at)),
        Line(_("Hẹn lại"), moment_in_words(date.new_due_at)),
        Line(_("Báo lúc"), moment_in_words(date.extended_at)),
    )
    return Topic(_("Cơ quan xin lỗi và hẹn lại"), lines, quoted=date.reason)


def _advice(advice: Advice) -> Topic:
    return Topic(
        _("Nơi tiếp nhận hướng dẫn"), (Line(_("Hướng dẫn lúc"), moment_in_words(advice.given_at)),), quoted=advice.text
    )


def _is_before_decision(life: OwnLife) -> bool:
    """Tell whether the desk has not decided yet whether it accepts the dossier."""
    return life.cause is None and life.declined is None


def _gives_promise(life: OwnLife) -> bool:
    return life.cause is PromiseCause.EXTENSION and life.result is None


def _answered(asked: PapersAsked) -> Topic:
    lines = [*(_paper(item) for item in asked.items), Line(_("Yêu cầu lúc"), moment_in_words(asked.requested_at))]
    if asked.completed_at:
        lines.append(Line(_("Bổ sung đủ lúc"), moment_in_words(asked.completed_at)))
    return Topic(_("Đã bổ sung giấy tờ"), tuple(lines), quoted=asked.reason)


def _settled(owed: Owed) -> Topic:
    lines = [*_money(owed), Line(_("Chứng từ"), owed.proof, is_quoted=True)]
    if owed.settled_at:
        lines.append(Line(_("Ghi nhận lúc"), moment_in_words(owed.settled_at)))
    return Topic(_("Đã thực hiện nghĩa vụ tài chính"), tuple(lines))


def _mended(mending: Mending) -> Topic:
    lines = [Line(_("Báo lúc"), moment_in_words(mending.reported_at))]
    if mending.corrected_at:
        lines.append(Line(_("Đính chính xong lúc"), moment_in_words(mending.corrected_at)))
    return Topic(_("Kết quả đã được đính chính"), tuple(lines), quoted=mending.error)
