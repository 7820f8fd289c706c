"""The sheet of a survey."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.surveys.models import SurveyQuestion
from motcua.surveys.wording import MARKS


class SheetForm(forms.Form):
    """A mark of five for each question; any of them may be left out, not all."""

    def __init__(self, questions: Iterable[SurveyQuestion], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.questions = list(questions)
        for row in self.questions:
            self.fields[f"q{row.position}"] = forms.TypedChoiceField(
                label=row.text,
                required=False,
                widget=forms.RadioSelect,
                choices=list(MARKS.items()),
                coerce=int,
                empty_value=None,
                error_messages={"invalid_choice": _("Hãy chọn một trong năm mức, hoặc bỏ trống.")},
            )

    def clean(self) -> dict[str, Any]:
        """Ask for one mark at least."""
        typed = super().clean() or {}
        if not self.errors and not any(typed.values()):
            raise forms.ValidationError(_("Hãy trả lời ít nhất một câu."))
        return typed

    def marks(self) -> dict[int, int]:
        """Return the marks by the positions of the questions; needs a valid form."""
        marks = {row.position: self.cleaned_data[f"q{row.position}"] for row in self.questions}
        return {place: mark for place, mark in marks.items() if mark}

    def by_factor(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields under their factors, in the order of the questions."""
        found: dict[str, list[forms.BoundField]] = {}
        for row in self.questions:
            found.setdefault(row.factor, []).append(self[f"q{row.position}"])
        return list(found.items())
