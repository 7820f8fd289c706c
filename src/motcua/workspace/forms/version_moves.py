"""The form by which a publisher orders that open dossiers follow a new version (R-13)."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.commands.move_versions import MoveOrder
from motcua.dossiers.models import VersionMove
from motcua.rules.version_moves import PromiseRule


class MoveOrderForm(forms.Form):
    """Which article says so, and what becomes of promises; `key` makes a second click harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    article = forms.CharField(
        label=_("Điều khoản cho áp dụng với hồ sơ đã tiếp nhận"),
        max_length=300,
        help_text=_("Ghi điều, khoản và số văn bản. Ví dụ: khoản 2 Điều 9 Quyết định 12/2026/QĐ-UBND"),
    )
    promises = forms.ChoiceField(
        label=_("Ngày đã hẹn trả kết quả"),
        choices=VersionMove.Promises.choices,
        initial=PromiseRule.KEEP,
        widget=forms.RadioSelect,
        help_text=_("Ngày đã hẹn không bao giờ dời muộn hơn. Chỉ hẹn sớm hơn khi điều khoản trên nói vậy."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"key": uuid.uuid4()})

    def order(self) -> MoveOrder:
        """Return what was typed."""
        typed = self.cleaned_data
        return MoveOrder(typed["key"], typed["article"], PromiseRule(typed["promises"]))
