"""What an applicant types into an application. Forms check shape; what is missing is the rules' business."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.commands.draft import ApplicantDetails
from motcua.dossiers.models import Applicant, ReturnChannel
from motcua.ui.fields import CitizenIdField, MobileField, NameField, written


@dataclass(frozen=True, slots=True)
class SoFar:
    """What can be kept of a form that is still being filled in, by field, and the fields that are only half typed."""

    values: dict[str, str]
    unfinished: tuple[str, ...]


def so_far(form: forms.Form) -> SoFar:
    """Return what of a bound form can be kept: what is whole, and what was emptied. The rest stays as it was."""
    form.is_valid()
    typed = {name: form[name].data for name in form.fields if form[name].data is not None}
    emptied = {name: "" for name, value in typed.items() if not any(map(str.strip, _each(value)))}
    whole = {name: written(value) for name, value in form.cleaned_data.items() if name in typed}
    unfinished = tuple(name for name in typed if name not in whole and name not in emptied)
    return SoFar({**whole, **emptied}, unfinished)


def _each(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


class ApplicantForm(forms.Form):
    """Who applies."""

    full_name = NameField(
        label=_("Họ, chữ đệm và tên"),
        max_length=150,
        help_text=_("Ghi như trên thẻ căn cước."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    citizen_id = CitizenIdField(label=_("Số định danh cá nhân"))
    phone = MobileField(label=_("Số điện thoại"), help_text=_("Tin nhắn về hồ sơ được gửi tới số này."))
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
        return ApplicantDetails(**{name: self.cleaned_data[name] for name in self.fields})


class MailedApplicantForm(ApplicantForm):
    """Who applies, where codes and messages go by e-mail only: a guest without an address could not hand in."""

    phone = MobileField(label=_("Số điện thoại"), help_text=_("Nơi tiếp nhận gọi số này khi cần."))
    email = forms.EmailField(
        label=_("Thư điện tử"),
        help_text=_("Mã xác nhận và tin về hồ sơ được gửi tới địa chỉ này."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


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
