"""The fields that applicants and officers fill in alike: names, numbers, and a procedure's own questions."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motcua.rules.completeness import is_citizen_id, is_passport, phone_number, receives_texts
from motcua.rules.declarations import GREATEST_NUMBER, LONGEST_ANSWER, LONGEST_TEXT, NO, YES
from motcua.rules.vietnamese import nfc
from motcua.rules.written_numbers import NumberUnclear, amount_said, as_said, number_said
from motcua.ui.forms import Textarea, VietnameseDateField

PHONE_UNCLEAR = _("Số điện thoại có 10 chữ số, bắt đầu bằng 0, ví dụ 0912 345 678.")

YES_OR_NO = [(YES, pgettext_lazy("answer", "Có")), (NO, pgettext_lazy("answer", "Không"))]
"""The answers to a question of yes or no, as they are kept and as they are shown."""


class NameField(forms.CharField):
    """A person's name, composed the way it is stored everywhere."""

    def to_python(self, value: Any) -> str:
        """Return the name with single blanks, without marks that cannot be seen or that turn the reading direction."""
        return nfc("".join(sign for sign in super().to_python(value) or "" if unicodedata.category(sign) != "Cf"))

    def validate(self, value: str) -> None:
        """Refuse what has no letter."""
        super().validate(value)
        if value and not any(sign.isalpha() for sign in value):
            raise ValidationError(_("Họ tên phải có chữ. Hãy ghi như trên thẻ căn cước."))


class CitizenIdField(forms.CharField):
    """A citizen number, an old identity card number or a passport number."""

    def __init__(self, **kwargs: Any) -> None:
        shape = {"inputmode": "text", "autocomplete": "off", "class": "input--short", "maxlength": "20"}
        kwargs.setdefault("help_text", _("12 số trên thẻ căn cước. Người nước ngoài ghi số hộ chiếu."))
        super().__init__(widget=forms.TextInput(attrs=shape), **kwargs)

    def to_python(self, value: Any) -> str:
        """Return the number without blanks."""
        return re.sub(r"[\s.\-]", "", super().to_python(value) or "").upper()

    def validate(self, value: str) -> None:
        """Refuse what is neither number."""
        super().validate(value)
        if value and not is_citizen_id(value) and not is_passport(value):
            raise ValidationError(_("Số định danh có 12 chữ số, số chứng minh cũ có 9. Hãy xem lại trên thẻ."))


class PhoneField(forms.CharField):
    """A Vietnamese telephone number, stored as its digits."""

    def __init__(self, **kwargs: Any) -> None:
        shape = {"inputmode": "tel", "autocomplete": "tel", "class": "input--short", "maxlength": "20"}
        super().__init__(widget=forms.TextInput(attrs=shape), **kwargs)

    def clean(self, value: Any) -> str:
        """Return the digits; empty when nothing was typed and nothing is required."""
        typed: str = super().clean(value)
        if not typed:
            return ""
        number = phone_number(typed)
        if number is None:
            raise ValidationError(PHONE_UNCLEAR)
        return number


class MobileField(PhoneField):
    """A telephone number that text messages reach."""

    def clean(self, value: Any) -> str:
        """Return ten digits; empty when nothing was typed and nothing is required."""
        number = super().clean(value)
        if number and not receives_texts(number):
            raise ValidationError(PHONE_UNCLEAR)
        return number


class NumberField(forms.DecimalField):
    """A number as people write it; what reads as two numbers is asked again."""

    def __init__(self, **kwargs: Any) -> None:
        shape = {"inputmode": "decimal", "class": "input--short"}
        kwargs.setdefault("min_value", 0)
        super().__init__(max_digits=len(str(GREATEST_NUMBER)), widget=forms.TextInput(attrs=shape), **kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs say int
        """Return the number, None when nothing was typed."""
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            found = number_said(value)
        except NumberUnclear as unclear:
            both = {"typed": value.strip(), "whole": as_said(unclear.whole), "part": _with_comma(unclear.part)}
            raise ValidationError(
                _("“%(typed)s” đọc được hai cách. Hãy ghi %(whole)s, hoặc ghi %(part)s."), code="unclear", params=both
            ) from unclear
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(found)


class MoneyField(NumberField):
    """An amount in whole dong, with or without points, commas or blanks between the thousands."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs say int
        """Return the amount, None when nothing was typed; a part of a dong is refused."""
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        found = amount_said(value)
        if found is None:
            raise ValidationError(_("Ghi số tiền bằng đồng, không có số lẻ."), code="invalid")
        return super().to_python(found)


class ChoicesField(forms.MultipleChoiceField):
    """Several answers out of some, at least `least` and at most `most` where there are limits."""

    def __init__(self, *, least: int | None, most: int | None, **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> list[str]:
        """Return the answers chosen; several in one text stand one a line."""
        return super().to_python(value.split("\n") if isinstance(value, str) and value else value)

    def validate(self, value: list[str]) -> None:
        """Refuse too few, when anything was chosen, and too many."""
        super().validate(value)
        if value and self.least is not None and len(value) < self.least:
            raise ValidationError(_("Chọn ít nhất %(count)s mục.") % {"count": self.least})
        if self.most is not None and len(value) > self.most:
            raise ValidationError(_("Chọn nhiều nhất %(count)s mục.") % {"count": self.most})


def field_for(question: Mapping[str, Any]) -> forms.Field:
    """Return the form field of one question of a procedure's declaration."""
    common: dict[str, Any] = {
        "label": question["label"],
        "required": bool(question.get("required", True)),
        "help_text": question.get("help", ""),
    }
    kind, least, most = question["kind"], question.get("least"), question.get("most")
    if kind in _WITH_CHOICES:
        offered = [(option, option) for option in question.get("options", [])]
        return _WITH_CHOICES[kind](least, most, choices=YES_OR_NO if kind == "yes_no" else offered, **common)
    if kind in _WITH_LIMITS:
        return _WITH_LIMITS[kind](least, most, **common)
    if not common["help_text"] and kind in {"date", "citizen_id"}:
        del common["help_text"]
    return _SIMPLE.get(kind, _text)(**common)


def written(value: Any) -> str:
    """Return a cleaned answer the way it is kept: dates as day/month/year, numbers without needless zeros."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, list):
        return "\n".join(map(str, value))
    if isinstance(value, Decimal):
        return as_said(value)
    return unicodedata.normalize("NFC", str(value)).strip()  # line breaks stay


def _with_comma(number: Decimal) -> str:
    return as_said(number).replace(".", ",")


def _text(least: int | None = None, most: int | None = None, **common: Any) -> forms.Field:
    return forms.CharField(min_length=least, max_length=min(most or LONGEST_ANSWER, LONGEST_TEXT), **common)


def _longtext(least: int | None, most: int | None, **common: Any) -> forms.Field:
    box = Textarea(attrs={"rows": 4})
    return forms.CharField(min_length=least, max_length=min(most or LONGEST_TEXT, LONGEST_TEXT), widget=box, **common)


def _number(least: int | None, most: int | None, **common: Any) -> forms.Field:
    return NumberField(min_value=least or 0, max_value=most, **common)


def _money(least: int | None, most: int | None, **common: Any) -> forms.Field:
    return MoneyField(min_value=least or 0, max_value=most, **common)


def _address(least: int | None, most: int | None, **common: Any) -> forms.Field:
    common["help_text"] = common["help_text"] or _("Bản hoặc tổ, xã hoặc phường, tỉnh.")
    return _text(least, most, **common)


def _choice(_least: int | None, _most: int | None, **common: Any) -> forms.Field:
    return forms.ChoiceField(widget=forms.RadioSelect, **common)


def _choices(least: int | None, most: int | None, **common: Any) -> forms.Field:
    return ChoicesField(least=least, most=most, widget=forms.CheckboxSelectMultiple, **common)


_Made = Callable[..., forms.Field]
_WITH_CHOICES: dict[str, _Made] = {"choice": _choice, "yes_no": _choice, "choices": _choices}
_WITH_LIMITS: dict[str, _Made] = {
    "text": _text,
    "longtext": _longtext,
    "number": _number,
    "money": _money,
    "address": _address,
}
_SIMPLE = {
    "date": VietnameseDateField,
    "citizen_id": CitizenIdField,
    "phone": PhoneField,
    "email": forms.EmailField,
}
