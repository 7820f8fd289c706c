"""Words that go with what officials do beside a dossier, and wording they keep."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.accounts.queries import Post
from motcua.catalogue.models import Procedure
from motcua.organisations.models import Unit
from motcua.rules.transitions import Action
from motcua.ui.forms import Textarea
from motcua.workspace.labels import ACTIONS

WORDED = (
    Action.GUIDE,
    Action.REQUEST_INTAKE_SUPPLEMENT,
    Action.DECLINE,
    Action.ASSIGN,
    Action.REQUEST_SUPPLEMENT,
    Action.CONSULT,
    Action.PROPOSE,
    Action.PROPOSE_REFUSAL,
    Action.RETURN_FOR_REWORK,
    Action.EXTEND,
    Action.STOP,
    Action.CLOSE_UNANSWERED,
)
"""The acts in whose forms sentences are written."""


def _refusing(sentence: Any, *, is_required: bool = False) -> dict[str, Any]:
    """Have words that are too long, or that are missing, refused with `sentence`."""
    return {"max_length": sentence} | ({"required": sentence} if is_required else {})


class FollowForm(forms.Form):
    """Why an official follows a dossier, which may be left out."""

    text = forms.CharField(
        label=_("Vì sao"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages=_refusing(_("Lý do theo dõi dài quá 200 ký tự.")),
    )


class RemindForm(forms.Form):
    """A word to whoever is reminded, which may be left out."""

    text = forms.CharField(
        label=_("Lời nhắc"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages=_refusing(_("Lời nhắc dài quá 500 ký tự.")),
    )


class MemoForm(forms.Form):
    """A note."""

    text = forms.CharField(
        label=_("Nội dung, người nộp không đọc được"),
        max_length=2000,
        widget=Textarea(attrs={"rows": 3}),
        error_messages=_refusing(_("Hãy viết nội dung ghi chú (không quá 2000 ký tự)."), is_required=True),
    )


class BesideForms:
    """The three forms beside a dossier, of which one at most holds what was typed: `current` tells which."""

    def __init__(self, current: forms.Form | None = None) -> None:
        self.current = current
        self.follow = self._of(FollowForm, "follow")
        self.remind = self._of(RemindForm, "remind")
        self.memo = self._of(MemoForm, "memo")

    def _of(self, kind: type[forms.Form], name: str) -> forms.Form:
        form = self.current if isinstance(self.current, kind) else kind()
        form.auto_id = f"{name}-%s"
        return form


class PhraseForm(forms.Form):
    """Whose officials use the wording, in which act, for which procedure, and the words."""

    unit = forms.ChoiceField(label=_("Đơn vị dùng"))
    act = forms.ChoiceField(label=_("Dùng khi"), choices=[(act.value, ACTIONS[act]) for act in WORDED])
    procedure = forms.CharField(
        label=_("Mã thủ tục"), required=False, max_length=20, help_text=_("Để trống nếu dùng cho mọi thủ tục.")
    )
    name = forms.CharField(label=_("Tên mẫu"), max_length=60)
    text = forms.CharField(
        label=_("Câu mẫu"),
        max_length=2000,
        widget=Textarea(attrs={"rows": 4}),
        help_text=_("Được điền thay: {nguoi_nop}, {ma}, {thu_tuc}, {giay_to} (các giấy tờ chưa đạt)."),
    )

    def __init__(self, *args: Any, posts: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._units = {post.unit.code: post.unit for post in posts}
        self.fields["unit"].choices = [  # type: ignore[attr-defined]  # the field is a ChoiceField
            (code, unit.name) for code, unit in self._units.items()
        ]

    def clean_unit(self) -> Unit:
        """Return the unit."""
        return self._units[self.cleaned_data["unit"]]

    def clean_act(self) -> Action:
        """Return the act."""
        return Action(self.cleaned_data["act"])

    def clean_procedure(self) -> Procedure | None:
        """Return the procedure of that code, None for every one."""
        code = self.cleaned_data["procedure"].strip()
        if not code:
            return None
        found = Procedure.objects.filter(code=code).first()
        if found is None:
            raise forms.ValidationError(_("Không có thủ tục nào mang mã này."))
        return found
