"""Refusals of what desks confirm of their boards, with their stable codes."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from pydantic import JsonValue

from motcua.api.errors import Problem
from motcua.posting.commands import confirm


def _not_to_post(refusal: confirm.NotToPost) -> Problem:
    detail = _("Nơi này không tiếp nhận, hoặc chưa công bố nội dung đó của: %(codes)s.")
    codes = ", ".join(refusal.codes)
    return Problem(422, "not_to_post", detail % {"codes": codes}, more={"procedures": [*refusal.codes]})


def _named_twice(refusal: confirm.NamedTwice) -> Problem:
    detail = _("Mỗi thủ tục chỉ ghi một lần: %(codes)s.") % {"codes": ", ".join(refusal.codes)}
    return Problem(422, "named_twice", detail, more={"procedures": [*refusal.codes]})


def _day_impossible(refusal: confirm.DayImpossible) -> Problem:
    latest = refusal.latest
    detail = _("Ngày thực hiện không sau hôm nay, %(day)s.") % {"day": f"{latest:%d/%m/%Y}"}
    return Problem(422, "day_impossible", detail, more={"latest": latest.isoformat()})


def _not_signed(refusal: confirm.PutUpBeforeSigned) -> Problem:
    detail = _("Ngày thực hiện sớm hơn ngày ký công bố nội dung được niêm yết; từng thủ tục kèm ngày sớm nhất.")
    texts: list[JsonValue] = [{"procedure": text.code, "earliest": text.earliest.isoformat()} for text in refusal.texts]
    return Problem(422, "put_up_before_signed", detail, more={"procedures": texts})


POSTING_PROBLEMS: dict[type[Exception], Callable[[Any], Problem]] = {
    confirm.MayNotConfirm: lambda _refusal: Problem(
        403,
        "may_not_confirm_posting",
        _("Chỉ cán bộ tiếp nhận và phụ trách bộ phận một cửa của nơi niêm yết xác nhận ở đây."),
    ),
    confirm.NothingChosen: lambda _refusal: Problem(422, "nothing_chosen", _("Hãy chọn ít nhất một thủ tục.")),
    confirm.NamedTwice: _named_twice,
    confirm.NotToPost: _not_to_post,
    confirm.KeyTaken: lambda _refusal: Problem(
        422, "idempotency_key_reused", _("Idempotency-Key này đã dùng cho một yêu cầu khác.")
    ),
    confirm.DayImpossible: _day_impossible,
    confirm.PutUpBeforeSigned: _not_signed,
}
