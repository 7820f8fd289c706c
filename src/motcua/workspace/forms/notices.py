"""About which matters an official is written to, and when."""

from collections.abc import Mapping
from typing import Any

from django import forms

from motcua.notifications.kinds import notice_in_words
from motcua.notifications.models import Period


class NoticePeriodsForm(forms.Form):
    """One choice for each kind of notice."""

    def __init__(self, *args: Any, periods: Mapping[str, Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, period in periods.items():
            self.fields[kind] = forms.ChoiceField(
                label=notice_in_words(kind),
                choices=Period.choices,
                initial=period.value,
                widget=forms.RadioSelect(attrs={"class": "choices--row"}),
            )

    def periods(self) -> dict[str, Period]:
        """Return what was chosen."""
        return {kind: Period(self.cleaned_data[kind]) for kind in self.fields}
