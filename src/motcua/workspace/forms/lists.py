"""Filters of the lists."""

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models import STATUS_LABELS
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
