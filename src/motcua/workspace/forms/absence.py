"""Who acts for an absent official, and for how long."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.accounts.models import User
from motcua.ui.forms import VietnameseDateField


class AbsenceForm(forms.Form):
    """A colleague, the days, and why."""

    deputy = forms.ChoiceField(
        label=_("Người làm thay"), help_text=_("Đồng nghiệp đang giữ vai trò tại đơn vị của bạn.")
    )
    valid_from = VietnameseDateField(label=_("Vắng từ ngày"))
    last_day = VietnameseDateField(label=_("Đến hết ngày"))
    reason = forms.CharField(label=_("Lý do"), help_text=_("Ví dụ: nghỉ phép, đi công tác."), max_length=200)

    def __init__(self, *args: Any, colleagues: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._colleagues = {user.username: user for user in colleagues}
        self.fields["deputy"].choices = [  # type: ignore[attr-defined]  # the field is a ChoiceField
            (user.username, user.display_name) for user in colleagues
        ]

    def clean_deputy(self) -> User:
        """Return the chosen colleague."""
        return self._colleagues[self.cleaned_data["deputy"]]
