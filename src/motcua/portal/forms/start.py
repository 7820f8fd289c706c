"""Beginning an application."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.portal.queries.places import Place


class StartForm(forms.Form):
    """Where to file. `key` is made with the page, so that pressing the button twice begins one application."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    place = forms.ChoiceField(
        label=_("Nộp tại"),
        help_text=_("Thường là xã, phường nơi bạn cư trú, hoặc nơi có đất, có công trình."),
        error_messages={"required": _("Hãy chọn nơi nộp hồ sơ.")},
    )

    def __init__(self, places: Sequence[Place], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, str | Promise]] = [(place.key, place.label) for place in places]
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices if len(choices) == 1 else [("", _("Chọn xã, phường")), *choices]

    def draft_key(self) -> uuid.UUID:
        """Return the key of the draft: the same page and the same place give the same draft."""
        return uuid.uuid5(self.cleaned_data["key"], self.cleaned_data["place"])
