"""The forms about configuration packages: the file, and the fingerprint that was compared."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class PackageForm(forms.Form):
    """A package somebody brings."""

    file = forms.FileField(
        label=_("Tệp gói cấu hình"),
        help_text=_("Tệp .zip do trang này hoặc lệnh motcua export package lập."),
        error_messages={"empty": _("Tệp này rỗng. Hãy chọn tệp gói cấu hình.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,application/zip"}),
    )

    def clean_file(self) -> Any:
        """Refuse a file larger than a request may be."""
        file = self.cleaned_data["file"]
        if file.size > settings.COUNTER_REQUEST_MAX_BYTES:
            raise forms.ValidationError(
                _("Tệp quá lớn. Gói lớn được nạp bằng lệnh motcua load package trên máy chủ."), code="TOO_LARGE"
            )
        return file


class FingerprintForm(forms.Form):
    """The fingerprint that the owner of the key told, by another way than the file came."""

    fingerprint = forms.CharField(
        label=_("Dấu vân tay do nơi gửi đọc hoặc gửi cho bạn"),
        max_length=100,
        help_text=_("64 chữ số và chữ cái a đến f; có thể có dấu cách."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
