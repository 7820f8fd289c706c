"""Postings in words: how one stands, how long it took, why a confirmation was refused."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from motcua.posting.commands import confirm, feedback
from motcua.posting.models import PostingConfirmation
from motcua.posting.queries.board import BoardLine
from motcua.rules.posting import PostingState, Standing
from motcua.ui.parts import Tone
from motcua.ui.wording import date_in_words
from motcua.workspace.law_words import Standing as Look
from motcua.workspace.refusals import Told

STATES: dict[PostingState, Look] = {
    PostingState.STALE: Look(gettext_lazy("Đang niêm yết nội dung cũ"), Tone.BAD, "alert"),
    PostingState.MISSING: Look(gettext_lazy("Quá hạn, chưa niêm yết"), Tone.BAD, "overdue"),
    PostingState.DUE: Look(gettext_lazy("Cần niêm yết"), Tone.WARN, "clock"),
    PostingState.LATE: Look(gettext_lazy("Đúng nội dung, niêm yết chậm"), Tone.INFO, "check"),
    PostingState.CURRENT: Look(gettext_lazy("Đúng nội dung, đúng hạn"), Tone.GOOD, "check-circle"),
}
MOST_NAMED = 5
"""So many procedures are named in one sentence."""
KINDS = dict(PostingConfirmation.Kind.choices)


def days_of(lag: float | None) -> str:
    """Return a lag as a figure alone; a dash when there is none."""
    return "–" if lag is None else f"{lag:g}".replace(".", ",")


def lag_in_words(lag: int | None) -> str:
    """Return a lag in working days; a dash when there is none."""
    if lag is None:
        return "–"
    return ngettext("%(days)s ngày làm việc", "%(days)s ngày làm việc", lag) % {"days": days_of(lag)}


def detail_of(standing: Standing) -> str:
    """Return what there is to say beside the state: the last day, or the day it was put up with its lag."""
    said = {
        "due": date_in_words(standing.due_on) if standing.due_on else "–",
        "up": date_in_words(standing.put_up_on) if standing.put_up_on else "–",
        "lag": lag_in_words(standing.lag),
    }
    if not standing.number:
        return _("Không còn tiếp nhận ở đây, phải gỡ xuống.")
    if standing.put_up_on:
        return _("Niêm yết %(up)s, sau %(lag)s (hạn %(due)s).") % said
    return _("Hạn niêm yết %(due)s.") % said


def shown_in_words(standing: Standing) -> str:
    """Return what is on show, by kind and version; empty when nothing is."""
    each = _("%(kind)s: lần %(number)s")
    return "; ".join(each % {"kind": KINDS[one.kind.value].lower(), "number": one.number} for one in standing.shown)


def choice_of(line: BoardLine) -> str:
    """Return a line as a box to tick has it."""
    number = line.standing.number or max((one.number for one in line.standing.shown), default=0)
    said = {"code": line.code, "title": line.title, "number": number}
    return _("%(code)s – %(title)s (nội dung lần %(number)s)") % said


def told(refusal: Exception) -> Told:
    """Return the sentence, the status and the field for a refusal."""
    return _SENTENCES[type(refusal)](refusal)


def _not_to_post(refusal: confirm.NotToPost) -> Told:
    sentence = _(
        "Nơi này không tiếp nhận, hoặc chưa công bố nội dung đó của: %(codes)s. Hãy tải lại trang rồi chọn lại."
    )
    return Told(sentence % {"codes": ", ".join(refusal.codes)}, 422, "posted")


def _day(refusal: confirm.DayImpossible) -> Told:
    sentence = _("Ngày thực hiện không sau hôm nay, %(day)s.")
    return Told(sentence % {"day": date_in_words(refusal.latest)}, 422, "on")


def _not_signed(refusal: confirm.PutUpBeforeSigned) -> Told:
    texts = [
        _("%(code)s (từ %(day)s)") % {"code": text.code, "day": date_in_words(text.earliest)} for text in refusal.texts
    ]
    sentence = _(
        "Ngày %(day)s sớm hơn ngày ký công bố nội dung được niêm yết: %(texts)s. Hãy ghi đúng ngày đã niêm yết, hoặc "
        "bỏ chọn các thủ tục này."
    )
    if len(texts) > MOST_NAMED:
        left = len(texts) - MOST_NAMED
        more = ngettext("và %(count)s thủ tục khác", "và %(count)s thủ tục khác", left) % {"count": left}
        texts = [*texts[:MOST_NAMED], more]
    return Told(sentence % {"day": date_in_words(refusal.on), "texts": "; ".join(texts)}, 422, "on")


def _not_later(refusal: feedback.NotLater) -> Told:
    sentence = _("Đã có địa chỉ áp dụng từ %(day)s. Ngày mới phải từ ngày đó trở đi.")
    return Told(sentence % {"day": date_in_words(refusal.valid_from)}, 422, "valid_from")


_SENTENCES: dict[type[Exception], Callable[[Any], Told]] = {
    confirm.MayNotConfirm: lambda _refusal: Told(
        _("Chỉ cán bộ tiếp nhận và phụ trách bộ phận một cửa của nơi niêm yết xác nhận ở đây."), 403
    ),
    confirm.NothingChosen: lambda _refusal: Told(_("Hãy chọn ít nhất một thủ tục."), 422, "posted"),
    confirm.NamedTwice: lambda refusal: Told(
        _("Mỗi thủ tục chỉ chọn một lần: %(codes)s.") % {"codes": ", ".join(refusal.codes)}, 422, "posted"
    ),
    confirm.NotToPost: _not_to_post,
    confirm.DayImpossible: _day,
    confirm.PutUpBeforeSigned: _not_signed,
    confirm.PhotoNotAnImage: lambda _refusal: Told(_("Ảnh chụp phải là tệp JPEG hoặc PNG."), 422, "photo"),
    confirm.KeyTaken: lambda _refusal: Told(
        _("Biểu mẫu này đã gửi với nội dung khác. Hãy mở lại trang, xem lần xác nhận trước rồi sửa nếu cần."), 409
    ),
    confirm.WithdrawnBefore: lambda _refusal: Told(_("Xác nhận này đã được sửa hoặc rút trước đó."), 409),
    feedback.MayNotTellAddress: lambda _refusal: Told(
        _("Chỉ cán bộ kiểm soát thủ tục của tỉnh ghi địa chỉ tiếp nhận phản ánh, kiến nghị."), 403
    ),
    feedback.LeadsNowhere: lambda _refusal: Told(
        _("Hãy ghi ít nhất một cách liên hệ: điện thoại, thư điện tử, trang tiếp nhận hoặc địa chỉ."), 422, "phone"
    ),
    feedback.NotLater: _not_later,
}
REFUSALS = tuple(_SENTENCES)
