"""What an applicant types into an application. Forms check shape; what is missing is the rules' business."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.commands.draft import ApplicantDetails
from motcua.dossiers.models import Applicant, ReturnChannel
from motcua.rules.completeness import is_citizen_id, phone_number
from motcua.rules.vietnamese import nfc
from motcua.ui.forms import VietnameseDateField

FIELDS_A_SECTION = 5
LONGEST_ANSWER = 300
LONGEST_TEXT = 4000
_PASSPORT = re.compile(r"[A-Z]\d{7,8}")


class NameField(forms.CharField):
    """A person's name, composed the way it is stored everywhere."""

    def to_python(self, value: Any) -> str:
        """Return the name with single blanks."""
        return " ".join(nfc(super().to_python(value) or "").split())


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
    """A Vietnamese telephone number, stored as ten digits."""

    def __init__(self, **kwargs: Any) -> None:
        shape = {"inputmode": "tel", "autocomplete": "tel", "class": "input--short", "maxlength": "20"}
        super().__init__(widget=forms.TextInput(attrs=shape), **kwargs)

    def clean(self, value: Any) -> str:
        """Return ten digits; empty when nothing was typed and nothing is required."""
        typed: str = super().clean(value)
        if not typed:
            return ""
        number = phone_number(typed)
        if number is None:
            raise ValidationError(_("Số điện thoại có 10 chữ số, bắt đầu bằng 0, ví dụ 0912 345 678."))
        return number


class NumberField(forms.DecimalField):
    """A number with a comma or a point before its decimals, as people write it."""

    def __init__(self, **kwargs: Any) -> None:
        shape = {"inputmode": "decimal", "class": "input--short"}
        super().__init__(min_value=0, max_digits=15, widget=forms.TextInput(attrs=shape), **kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs say int
        """Return the number, None when nothing was typed."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class ApplicantForm(forms.Form):
    """Who applies."""

    full_name = NameField(
        label=_("Họ, chữ đệm và tên"),
        max_length=150,
        help_text=_("Ghi như trên thẻ căn cước."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    citizen_id = CitizenIdField(label=_("Số định danh cá nhân"))
    phone = PhoneField(label=_("Số điện thoại"), help_text=_("Tin nhắn về hồ sơ được gửi tới số này."))
    email = forms.EmailField(
        label=_("Thư điện tử"),
        required=False,
        help_text=_("Có thư điện tử thì nhận được giấy tiếp nhận đầy đủ."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    address = forms.CharField(
        label=_("Nơi cư trú"),
        max_length=300,
        help_text=_("Bản hoặc tổ, xã hoặc phường, tỉnh."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    on_behalf_of = NameField(
        label=_("Nộp thay cho"),
        max_length=150,
        required=False,
        help_text=_("Chỉ ghi khi bạn nộp giúp người khác: họ tên người đó."),
    )

    def details(self) -> ApplicantDetails:
        """Return what was typed, as the command takes it."""
        return ApplicantDetails(**{name: self.cleaned_data.get(name, "") for name in self.fields})


class DeclarationForm(forms.Form):
    """The procedure's own questions, as its version asks them."""

    def __init__(self, questions: Sequence[Mapping[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[question["key"]] = field_for(question)

    def answers(self) -> dict[str, str]:
        """Return the answers in writing, by key."""
        return {key: _written(value) for key, value in self.cleaned_data.items()}

    def sections(self) -> list[list[forms.BoundField]]:
        """Return the questions five by five."""
        bound = list(self)
        return [bound[start : start + FIELDS_A_SECTION] for start in range(0, len(bound), FIELDS_A_SECTION)]


class ReturnForm(forms.Form):
    """How the applicant wants the result."""

    channel = forms.ChoiceField(
        label=_("Bạn muốn nhận kết quả bằng cách nào?"),
        widget=forms.RadioSelect,
        choices=[
            (ReturnChannel.AT_THE_DESK.value, _("Đến nơi tiếp nhận để lấy")),
            (ReturnChannel.POST.value, _("Qua bưu chính, về tận nhà (trả cước cho bưu điện)")),
            (ReturnChannel.ONLINE.value, _("Bản điện tử, tải về trên cổng")),
        ],
        error_messages={"required": _("Hãy chọn một cách nhận kết quả.")},
    )
    postal_address = forms.CharField(
        label=_("Địa chỉ nhận"),
        max_length=300,
        required=False,
        help_text=_("Chỉ cần khi nhận qua bưu chính: số nhà hoặc bản, xã hoặc phường, tỉnh."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for an address when the result goes by post."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("channel") == ReturnChannel.POST and not given.get("postal_address"):
            self.add_error("postal_address", _("Hãy ghi địa chỉ để bưu điện gửi kết quả tới."))
        return given


class CodeForm(forms.Form):
    """A one-time code."""

    code = forms.RegexField(
        r"^\s*(\d\s*){6}$",
        label=_("Mã xác nhận"),
        help_text=_("Sáu chữ số, có giá trị trong 15 phút."),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": "8", "class": "input--pin"}
        ),
        error_messages={"required": _("Hãy ghi mã vừa nhận."), "invalid": _("Mã xác nhận gồm sáu chữ số.")},
    )


def known(applicant: Applicant) -> dict[str, str]:
    """Return what is already written of the applicant, by field."""
    return {name: getattr(applicant, name) for name in ApplicantForm.base_fields}


def field_for(question: Mapping[str, Any]) -> forms.Field:
    """Return the form field of one question of a declaration."""
    common: dict[str, Any] = {
        "label": question["label"],
        "required": bool(question.get("required", True)),
        "help_text": question.get("help", ""),
    }
    if question["kind"] == "choice":
        choices = [(option, option) for option in question.get("options", [])]
        return forms.ChoiceField(widget=forms.RadioSelect, choices=choices, **common)
    if question["kind"] == "longtext":
        return forms.CharField(max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4}), **common)
    if not common["help_text"] and question["kind"] in {"date", "citizen_id"}:
        del common["help_text"]
    return _SIMPLE.get(question["kind"], _text)(**common)


def _text(**common: Any) -> forms.Field:
    return forms.CharField(max_length=LONGEST_ANSWER, **common)


_SIMPLE = {
    "date": VietnameseDateField,
    "number": NumberField,
    "citizen_id": CitizenIdField,
    "phone": PhoneField,
}


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return unicodedata.normalize("NFC", str(value)).strip()  # line breaks stay
