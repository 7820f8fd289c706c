"""The forms about drafts of the province's own documents."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.legislation.commands.draft_acts import Signature
from motcua.legislation.commands.drafting import Wording
from motcua.legislation.models import LegalDraft
from motcua.legislation.queries.citations import LONGEST_TEXT
from motcua.organisations.models import Unit
from motcua.rules.drafting import DraftKind, ItemState
from motcua.ui.forms import Textarea, VietnameseDateField
from motcua.workspace.draft_words import ITEM_STATES, RELATIONS
from motcua.workspace.forms.laws import RelationForm


class DraftForm(forms.Form):
    """What a draft says of itself; `key` makes a second click harmless, `seen` is the version that was read."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("Loại văn bản"), choices=LegalDraft.DraftKindChoice.choices)
    title = forms.CharField(label=_("Trích yếu"), max_length=2000, widget=Textarea(attrs={"rows": 3}))
    drafting_unit = forms.ChoiceField(label=_("Đơn vị chủ trì soạn thảo"))
    issuer_mark = forms.CharField(
        label=_("Ký hiệu cơ quan ban hành"), max_length=40, required=False, help_text=_("Ví dụ: UBND")
    )
    planned_on = VietnameseDateField(label=_("Dự kiến ký ngày"), required=False)
    planned_effect_on = VietnameseDateField(label=_("Dự kiến có hiệu lực từ ngày"), required=False)
    sets_procedures = forms.BooleanField(label=_("Có quy định thủ tục hành chính"), required=False)
    is_shortened = forms.BooleanField(label=_("Ban hành theo trình tự, thủ tục rút gọn"), required=False)
    text = forms.CharField(
        label=_("Nội dung dự thảo"), max_length=LONGEST_TEXT, required=False, widget=Textarea(attrs={"rows": 14})
    )

    def __init__(self, data: Any = None, *, units: Sequence[Unit], initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"key": uuid.uuid4(), **(initial or {})})
        self._units = {unit.code: unit for unit in units}
        choices = self.fields["drafting_unit"]
        assert isinstance(choices, forms.ChoiceField)  # as it is declared above
        choices.choices = [(unit.code, unit.name) for unit in units]

    def wording(self) -> Wording:
        """Return what was typed."""
        typed = dict(self.cleaned_data)
        for name in ("key", "seen"):
            typed.pop(name)
        kind, unit = DraftKind(typed.pop("kind")), self._units[typed.pop("drafting_unit")]
        return Wording(kind=kind, drafting_unit=unit, **typed)


def wording_shown(draft: LegalDraft) -> dict[str, Any]:
    """Return a draft as the form shows it."""
    names = DraftForm.base_fields.keys() - {"key", "seen", "drafting_unit"}
    said = {name: getattr(draft, name) for name in names}
    return {**said, "key": draft.key, "seen": draft.version, "drafting_unit": draft.drafting_unit.code}


class DraftTieForm(RelationForm):
    """What a draft will do to a document of the register."""

    relation = forms.ChoiceField(label=_("Dự thảo này"), choices=RELATIONS)
    from_day = until = None  # type: ignore[assignment]  # known only once it is signed


class ItemForm(forms.Form):
    """Where an item of the checklist stands."""

    state = forms.ChoiceField(
        label=_("Kết quả"), choices=[(one.value, word) for one, word in ITEM_STATES.items()], widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Ghi chú"),
        max_length=2000,
        required=False,
        widget=Textarea(attrs={"rows": 3}),
        help_text=_("Số, ngày văn bản góp ý, thẩm định; hoặc vì sao không cần."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask why an item is not needed."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("state") == ItemState.NOT_NEEDED and not typed.get("note"):
            self.add_error("note", _("Hãy ghi vì sao không cần."))
        return typed


class SignDraftForm(forms.Form):
    """What the signer gives the document."""

    number = forms.CharField(label=_("Số, ký hiệu"), max_length=100, help_text=_("Ví dụ: 12/2026/QĐ-UBND"))
    signed_on = VietnameseDateField(label=_("Ngày ký"))
    effective_from = VietnameseDateField(label=_("Có hiệu lực từ ngày"))

    def signature(self) -> Signature:
        """Return what was typed."""
        return Signature(**self.cleaned_data)


class GiveDraftBackForm(forms.Form):
    """Why a draft goes back."""

    reason = forms.CharField(label=_("Lý do trả lại"), max_length=1000, widget=Textarea(attrs={"rows": 3}))
