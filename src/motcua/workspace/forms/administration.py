"""Who is entrusted with what, where, from when until when."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.accounts.models import User
from motcua.organisations.models import Unit
from motcua.rules.permissions import Role
from motcua.ui.forms import VietnameseDateField
from motcua.workspace.labels import ROLES


class GrantForm(forms.Form):
    """One role of one person in one unit."""

    username = forms.CharField(label=_("Tên đăng nhập"), max_length=150)
    unit = forms.ChoiceField(label=_("Tại đơn vị"))
    role = forms.ChoiceField(label=_("Vai trò"), choices=[(role.value, ROLES[role]) for role in Role])
    valid_from = VietnameseDateField(label=_("Từ ngày"))
    last_day = VietnameseDateField(
        label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu chưa biết ngày kết thúc.")
    )

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._units = {unit.code: unit for unit in units}
        self.fields["unit"].choices = [  # type: ignore[attr-defined]  # the field is a ChoiceField
            (unit.code, unit.name) for unit in units
        ]

    def clean_username(self) -> User:
        """Return the person of that user name."""
        user = User.objects.filter(username=self.cleaned_data["username"].strip(), is_active=True).first()
        if user is None:
            raise forms.ValidationError(_("Không có tài khoản đang hoạt động với tên đăng nhập này."))
        return user

    def clean_unit(self) -> Unit:
        """Return the chosen unit."""
        return self._units[self.cleaned_data["unit"]]
