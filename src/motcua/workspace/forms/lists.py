"""Filters of the lists."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.accounts.queries import Post
from motcua.dossiers.models import STATUS_LABELS
from motcua.organisations.models import Unit
from motcua.rules.transitions import Status

EVERY = "tat-ca"


class StatusForm(forms.Form):
    """One status, or all."""

    status = forms.ChoiceField(
        label=_("Trạng thái"),
        initial=EVERY,
        choices=[
            (EVERY, _("Mọi trạng thái")),
            *((status.value, label) for status, label in STATUS_LABELS.items() if status is not Status.DRAFT),
        ],
    )


class SaveFilterForm(forms.Form):
    """The name of a filter, and the unit whose officials have it too."""

    name = forms.CharField(label=_("Tên bộ lọc"), max_length=60)
    unit = forms.ChoiceField(label=_("Ai dùng"), required=False)
    query = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, posts: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._units = {post.unit.code: post.unit for post in posts}
        self.fields["unit"].choices = [  # type: ignore[attr-defined]  # the field is a ChoiceField
            ("", _("Chỉ mình tôi")),
            *((code, _("Cả đơn vị: %(unit)s") % {"unit": unit.name}) for code, unit in self._units.items()),
        ]

    def clean_unit(self) -> Unit | None:
        """Return the unit to share with, None for nobody."""
        return self._units.get(self.cleaned_data["unit"])
