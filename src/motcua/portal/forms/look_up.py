"""What a visitor types to look a dossier up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.rules.identifiers import ReferenceUnclear, parse_reference

LONGEST_CODE = 64


class LookUpForm(forms.Form):
    """A code in any spelling and the PIN that came with it."""

    code = forms.CharField(
        label=_("Mã hồ sơ hoặc mã tra cứu"),
        max_length=LONGEST_CODE,
        help_text=_("Ghi trên giấy tiếp nhận hoặc trong tin nhắn, ví dụ T-0048-3920-1573."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Hãy ghi mã hồ sơ hoặc mã tra cứu.")},
    )
    pin = forms.RegexField(
        r"^\s*\d{4,6}\s*$",
        label=_("Mã PIN"),
        help_text=_("Bốn chữ số, gửi cùng với mã."),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "6", "class": "input--pin"}
        ),
        error_messages={
            "required": _("Hãy ghi mã PIN."),
            "invalid": _("Mã PIN chỉ gồm các chữ số, ví dụ 4821."),
        },
    )

    def clean_code(self) -> str:
        """Give a reference its proper spelling; a national code stays as it is."""
        typed: str = self.cleaned_data["code"]
        try:
            return parse_reference(typed)
        except ReferenceUnclear:
            return "".join(typed.split()).upper()

    def refuse(self, sentence: Any) -> None:
        """Say under the form why nothing is shown."""
        self.add_error(None, sentence)
