"""An act on many dossiers: chosen on the list, looked at in a preview, ordered with the key of that preview."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from motcua.accounts.models import User
from motcua.dossiers.commands.bulk import Chosen
from motcua.dossiers.models import BULK_LABELS
from motcua.dossiers.queries.assignment import OfficerLoad
from motcua.dossiers.queries.bulk import Preview
from motcua.rules.bulk import GIVES_TO_OFFICER, MOST_WORDS, MOST_WORDS_OF, NEEDS_WORDS, TAKES_NO_WORDS, BulkAct
from motcua.ui.forms import Textarea
from motcua.workspace.forms.acts import officer_choices

_SALT = "workspace.bulk.2"
_TAKES_WORDS = {
    BulkAct.ASSIGN: _("Lời dặn, lý do giao"),
    BulkAct.ASSIGN_LEG: _("Lời dặn, lý do giao"),
    BulkAct.REMIND: _("Lời nhắc"),
    BulkAct.MEMO: _("Nội dung ghi chú"),
    BulkAct.FOLLOW: _("Vì sao theo dõi"),
    BulkAct.TAKE_BACK: _("Vì sao thu lại"),
}


@dataclass(frozen=True, slots=True)
class Sealed:
    """The dossiers of a preview with the versions it showed: those it said `can` be done, and the others."""

    can: list[Chosen]
    cannot: list[Chosen]


class ActChoice(forms.Form):
    """Which act, on the dossiers ticked in the list or on every one of its filter."""

    act = forms.ChoiceField(choices=[(act.value, label) for act, label in BULK_LABELS.items()])
    every = forms.BooleanField(required=False)
    query = forms.CharField(required=False, max_length=4000)

    def clean_act(self) -> BulkAct:
        """Return the act."""
        return BulkAct(self.cleaned_data["act"])


class BulkForm(forms.Form):
    """To whom, which words, and the dossiers of the preview, sealed: they are what was looked at, and no others."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    sealed = forms.CharField(widget=forms.HiddenInput)
    to = forms.ChoiceField(label=_("Giao cho"), required=False)
    text = forms.CharField(required=False, widget=Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, act: BulkAct, officers: Sequence[OfficerLoad] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.act = act
        self.fields["key"].initial = uuid.uuid4()
        if act in GIVES_TO_OFFICER:
            self.fields["to"].required = True
            self.fields["to"].choices = [("", _("Chọn cán bộ")), *officer_choices(officers)]  # type: ignore[attr-defined]  # a ChoiceField
        else:
            del self.fields["to"]
        if act not in TAKES_NO_WORDS:
            self.fields["text"].label = _TAKES_WORDS[act]
            self.fields["text"].required = act in NEEDS_WORDS
            most = MOST_WORDS_OF.get(act, MOST_WORDS)
            self.fields["text"].validators.append(MaxLengthValidator(most))
            self.fields["text"].widget.attrs["maxlength"] = most
        else:
            del self.fields["text"]

    def clean_to(self) -> User:
        """Return the chosen officer."""
        return User.objects.get(username=self.cleaned_data["to"])

    def clean_sealed(self) -> Sealed:
        """Return the dossiers of the preview."""
        found = unseal(self.cleaned_data["sealed"])
        if found is None:
            raise forms.ValidationError(_("Danh sách hồ sơ không còn nguyên vẹn. Hãy chọn lại từ danh sách."))
        return found

    def carry_on(self, looked_at: Preview) -> None:
        """Keep what was typed for the dossiers as they now are, so that sending it again is meant for that."""
        if self.is_bound:
            self.data = {**{name: self.data.get(name) for name in self.data}, "sealed": seal(looked_at)}


def seal(looked_at: Preview) -> str:
    """Return the dossiers of a preview as one signed text."""
    groups = [[(one.pk, one.version) for one in group] for group in (looked_at.can, looked_at.cannot)]
    return signing.dumps(groups, salt=_SALT, compress=True)


def unseal(text: str) -> Sealed | None:
    """Return what `seal` wrote; None for anything else."""
    try:
        can, cannot = signing.loads(text, salt=_SALT)
    except signing.BadSignature:
        return None
    return Sealed(*([Chosen(pk, version) for pk, version in group] for group in (can, cannot)))
