"""What somebody types who sends a petition, follows it or adds to it."""

import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from motcua.documents.models import StoredFile
from motcua.documents.storage import FileRefused
from motcua.dossiers.models import Dossier
from motcua.organisations.models import Unit
from motcua.petitions.commands.send import Content, Sending, WhoSends
from motcua.portal.forms.papers import ACCEPTED, refusal_in_words
from motcua.rules.identifiers import ReferenceUnclear, parse_petition_code
from motcua.ui.fields import MobileField, NameField
from motcua.ui.forms import FileUpload, Textarea

LONGEST_TEXT = 4000
PETITION, QUESTION = "PETITION", "QUESTION"


class DegreesField(forms.DecimalField):
    """Degrees of latitude or longitude, with a comma or a point, to five places: about a metre."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        shape = {"inputmode": "decimal", "class": "input--short", "autocomplete": "off"}
        wrong = format_lazy(_("Hãy ghi một số từ -{most} đến {most}."), most=most)
        messages = dict.fromkeys(("invalid", "min_value", "max_value"), wrong)
        widget = forms.TextInput(attrs=shape)
        super().__init__(
            min_value=-most, max_value=most, required=False, widget=widget, error_messages=messages, **kwargs
        )

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs say int
        """Return the number to five places, None when nothing was typed."""
        found = super().to_python(value.replace(",", ".") if isinstance(value, str) else value)
        return None if found is None else found.quantize(Decimal("0.00001"))


class PetitionForm(forms.Form):
    """A petition or a question of law. `key` is made with the page, so that pressing twice sends one."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    topic = forms.ChoiceField(
        label=_("Bạn muốn gửi gì?"),
        widget=forms.RadioSelect,
        choices=[
            (PETITION, _("Phản ánh, kiến nghị về quy định hoặc cách làm thủ tục")),
            (QUESTION, _("Câu hỏi về pháp luật, thủ tục")),
        ],
        initial=PETITION,
    )
    text = forms.CharField(
        label=_("Nội dung"),
        max_length=LONGEST_TEXT,
        widget=Textarea(attrs={"rows": 8}),
        help_text=_("Viết bằng tiếng Việt: việc gì, ở đâu, khi nào, bạn mong muốn gì."),
        error_messages={"required": _("Hãy viết nội dung.")},
    )
    unit = forms.ChoiceField(
        label=_("Gửi tới"),
        help_text=_("Chưa rõ thì để tỉnh; tỉnh sẽ chuyển đúng nơi."),
        error_messages={"required": _("Hãy chọn nơi gửi tới.")},
    )
    dossier_code = forms.CharField(
        label=_("Mã hồ sơ, nếu về một hồ sơ"),
        max_length=64,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    place = forms.CharField(label=_("Nơi xảy ra"), max_length=300, required=False)
    latitude = DegreesField(label=_("Vĩ độ"), most=90, help_text=_("Ví dụ 21,38602"))
    longitude = DegreesField(label=_("Kinh độ"), most=180, help_text=_("Ví dụ 103,01680"))
    photo = forms.FileField(
        label=_("Ảnh chụp hoặc PDF"),
        required=False,
        allow_empty_file=True,
        widget=FileUpload(accept=ACCEPTED, max_bytes=settings.PAPER_MAX_BYTES),
    )
    full_name = NameField(
        label=_("Họ, chữ đệm và tên"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = MobileField(label=_("Số điện thoại"), required=False)
    email = forms.EmailField(
        label=_("Thư điện tử"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    address = forms.CharField(
        label=_("Nơi cư trú"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )

    def __init__(self, units: Sequence[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._units = {unit.code: unit for unit in units}
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(unit.code, unit.authority_name) for unit in units]

    def clean(self) -> dict[str, Any]:
        """Ask for a way to reach the sender (E-02), and for both halves of a point on the map."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not {"phone", "email"} & set(self.errors) and not given.get("phone") and not given.get("email"):
            self.add_error("phone", _("Hãy ghi số điện thoại hoặc thư điện tử để nhận trả lời."))
        point = (given.get("latitude"), given.get("longitude"))
        if not {"latitude", "longitude"} & set(self.errors) and (point[0] is None) != (point[1] is None):
            self.add_error("latitude", _("Hãy ghi cả vĩ độ và kinh độ, hoặc bỏ trống cả hai."))
        return given

    def refuse_photo(self, refusal: FileRefused) -> None:
        """Say at the field why the file was not taken."""
        self.add_error("photo", refusal_in_words(refusal))

    def sending(self, photo: StoredFile | None) -> Sending:
        """Return what was typed, as the command takes it; a code that names no dossier stays in the text."""
        typed = self.cleaned_data
        key: uuid.UUID = typed["key"]
        dossier, text = None, typed["text"]
        if typed["dossier_code"]:
            dossier = Dossier.objects.submitted().with_public_code(typed["dossier_code"].strip()).first()
            text = text if dossier else f"{text}\n\n({typed['dossier_code']})"
        content = Content(
            text=text,
            unit=self._units[typed["unit"]],
            is_question=typed["topic"] == QUESTION,
            place=typed["place"],
            latitude=typed["latitude"],
            longitude=typed["longitude"],
            photo=photo,
            dossier=dossier,
        )
        who = WhoSends(typed["full_name"], phone=typed["phone"], email=typed["email"], address=typed["address"])
        return Sending(key, who, content)


class PetitionLookUpForm(forms.Form):
    """A code in any spelling and the PIN that came with it."""

    code = forms.CharField(
        label=_("Mã phản ánh"),
        max_length=64,
        help_text=_("Ví dụ P-0048-3920-1573."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Hãy ghi mã phản ánh.")},
    )
    pin = forms.RegexField(
        r"^\s*\d{4,6}\s*$",
        label=_("Mã PIN"),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "6", "class": "input--pin"}
        ),
        error_messages={
            "required": _("Hãy ghi mã PIN."),
            "invalid": _("Mã PIN chỉ gồm các chữ số, ví dụ 4821."),
        },
    )

    def clean_code(self) -> str:
        """Give a code its proper spelling; one that is none stays as it is, and is not found."""
        typed: str = self.cleaned_data["code"]
        try:
            return parse_petition_code(typed)
        except ReferenceUnclear:
            return typed


class MoreForm(forms.Form):
    """What the sender adds."""

    more = forms.CharField(
        label=_("Nội dung bổ sung"),
        max_length=LONGEST_TEXT,
        widget=Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Hãy viết nội dung bổ sung.")},
    )


class ReopenForm(forms.Form):
    """Why the petition is to be handled again."""

    reason = forms.CharField(
        label=_("Vì sao bạn đề nghị mở lại?"),
        max_length=LONGEST_TEXT,
        widget=Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Hãy ghi lý do đề nghị mở lại.")},
    )


class SettledForm(forms.Form):
    """Whether the matter was settled."""

    is_settled = forms.TypedChoiceField(
        label=_("Việc bạn phản ánh đã ổn thỏa chưa?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Đã ổn thỏa")), ("no", _("Chưa ổn thỏa"))],
        coerce=lambda value: value == "yes",
        error_messages={"required": _("Hãy chọn một câu trả lời.")},
    )
    note = forms.CharField(label=_("Ý kiến thêm"), max_length=500, required=False, widget=Textarea(attrs={"rows": 3}))
