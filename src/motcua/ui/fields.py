"""The fields that applicants and officers fill in alike: names, numbers, and a procedure's own questions."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from motcua.rules.completeness import is_citizen_id, phone_number, receives_texts
from motcua.rules.vietnamese import nfc
from motcua.ui.forms import Textarea, VietnameseDateField

LONGEST_ANSWER = 300
LONGEST_TEXT = 4000
PHONE_UNCLEAR = _("Số điện thoại có 10 chữ số, bắt đầu bằng 0, ví dụ 0912 345 678.")
_PASSPORT = re.compile(r"[A-Z]\d{7,8}")


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
        if value and not is_citizen_id(value) and not _PASSPORT.fullmatch(value):
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
    """A number with a comma or a point before its decimals, as people write it."""

    def __init__(self, **kwargs: Any) -> None:
        shape = {"inputmode": "decimal", "class": "input--short"}
        super().__init__(min_value=0, max_digits=15, widget=forms.TextInput(attrs=shape), **kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs say int
        """Return the number, None when nothing was typed."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


def field_for(question: Mapping[str, Any]) -> forms.Field:
    """Return the form field of one question of a procedure's declaration."""
    common: dict[str, Any] = {
        "label": question["label"],
        "required": bool(question.get("required", True)),
        "help_text": question.get("help", ""),
    }
    if question["kind"] == "choice":
        choices = [(option, option) for option in question.get("options", [])]
        return forms.ChoiceField(widget=forms.RadioSelect, choices=choices, **common)
    if question["kind"] == "longtext":
        return forms.CharField(max_length=LONGEST_TEXT, widget=Textarea(attrs={"rows": 4}), **common)
    if not common["help_text"] and question["kind"] in {"date", "citizen_id"}:
        del common["help_text"]
    return _SIMPLE.get(question["kind"], _text)(**common)


def written(value: Any) -> str:
    """Return a cleaned answer the way it is kept: dates as day/month/year, numbers without needless zeros."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return unicodedata.normalize("NFC", str(value)).strip()  # line breaks stay


def _text(**common: Any) -> forms.Field:
    return forms.CharField(max_length=LONGEST_ANSWER, **common)


_SIMPLE = {
    "date": VietnameseDateField,
    "number": NumberField,
    "citizen_id": CitizenIdField,
    "phone": PhoneField,
}
