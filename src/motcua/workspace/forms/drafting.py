"""The forms about a draft of the province's own document: what it says, what it rests on, an item, the signature."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.legislation.commands.draft_acts import Signature
from motcua.legislation.commands.drafting import Wording
from motcua.legislation.models import LegalDraft, LegalDraftItem
from motcua.legislation.queries.citations import LONGEST_TEXT
from motcua.legislation.queries.drafts import ItemCard
from motcua.organisations.models import Unit
from motcua.rules.drafting import DRAFTED_RELATIONS, DraftKind, ItemState
from motcua.ui.forms import Textarea, VietnameseDateField
from motcua.workspace.forms.laws import RelationForm
from motcua.workspace.law_words import DOES


class WordingForm(forms.Form):
    """What a draft says of itself; `seen` is the version that was read, `key` makes a second click harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("Loại văn bản"), choices=LegalDraft.DraftKindChoice.choices)
    title = forms.CharField(label=_("Trích yếu"), max_length=2000, widget=Textarea(attrs={"rows": 2}))
    drafting_unit = forms.ModelChoiceField(
        label=_("Đơn vị chủ trì soạn thảo"), queryset=Unit.objects.none(), to_field_name="code"
    )
    issuer_mark = forms.CharField(
        label=_("Ký hiệu cơ quan ban hành"),
        max_length=40,
        required=False,
        help_text=_("Phần cuối của số, ký hiệu. Ví dụ: UBND; quyết định quy phạm của Chủ tịch: CTUBND"),
    )
    planned_on = VietnameseDateField(label=_("Dự kiến ký ngày"), required=False)
    planned_effect_on = VietnameseDateField(label=_("Dự kiến có hiệu lực từ ngày"), required=False)
    sets_procedures = forms.BooleanField(label=_("Có quy định thủ tục hành chính"), required=False)
    is_shortened = forms.BooleanField(label=_("Ban hành theo trình tự, thủ tục rút gọn"), required=False)
    text = forms.CharField(
        label=_("Nội dung dự thảo"),
        required=False,
        max_length=LONGEST_TEXT,
        help_text=_("Dán toàn văn; các văn bản được viện dẫn sẽ được nhận ra."),
        widget=Textarea(attrs={"rows": 12}),
    )

    def __init__(self, data: Any, *, issuer: Unit, draft: LegalDraft | None = None) -> None:
        super().__init__(data, initial=_shown(draft) if draft else {"key": uuid.uuid4(), "issuer_mark": "UBND"})
        below = Unit.objects.filter(parent=issuer, dissolved_on=None) | Unit.objects.filter(pk=issuer.pk)
        field = self.fields["drafting_unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = below.order_by("name")

    def clean(self) -> dict[str, Any]:
        """Refuse an effect planned before the signature."""
        typed: dict[str, Any] = super().clean() or {}
        signed, effective = typed.get("planned_on"), typed.get("planned_effect_on")
        if signed and effective and effective < signed:
            self.add_error("planned_effect_on", _("Văn bản không có hiệu lực trước ngày ký."))
        return typed

    def wording(self) -> Wording:
        """Return what was typed."""
        typed = {name: self.cleaned_data[name] for name in Wording.__slots__}
        return Wording(**{**typed, "kind": DraftKind(typed["kind"])})


def _shown(draft: LegalDraft) -> dict[str, Any]:
    columns = {name: getattr(draft, name) for name in Wording.__slots__}
    return {**columns, "drafting_unit": draft.drafting_unit.code, "seen": draft.version}


class DraftTieForm(RelationForm):
    """What the draft will do to a document of the register; the days are those of its own effect."""

    relation = forms.ChoiceField(label=_("Dự thảo này"), choices=[(one.value, DOES[one]) for one in DRAFTED_RELATIONS])
    from_day = None  # type: ignore[assignment]  # Django's way to leave out a field of the parent
    until = None  # type: ignore[assignment]  # the same


class ItemForm(forms.Form):
    """Where an item of the checklist stands, and how or why."""

    state = forms.ChoiceField(label=_("Kết quả"), choices=LegalDraftItem.State.choices)
    note = forms.CharField(
        label=_("Ghi chú hoặc lý do"), max_length=1000, required=False, widget=Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any, *, card: ItemCard) -> None:
        super().__init__(data, initial={"state": card.state.value, "note": card.note})
        choices = LegalDraftItem.State.choices
        if not card.can_be_set_aside:
            choices = [choice for choice in choices if choice[0] != ItemState.NOT_NEEDED.value]
        self.fields["state"] = forms.ChoiceField(label=_("Kết quả"), choices=choices)

    def clean(self) -> dict[str, Any]:
        """Ask why an item is set aside."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("state") == ItemState.NOT_NEEDED.value and not typed.get("note"):
            self.add_error("note", _("Hãy ghi lý do không cần."))
        return typed


class DraftSignForm(forms.Form):
    """What the signer gives the document."""

    number = forms.CharField(label=_("Số, ký hiệu"), max_length=100, help_text=_("Ví dụ: 12/2026/QĐ-UBND, 60/KH-UBND"))
    signed_on = VietnameseDateField(label=_("Ngày ký"))
    effective_from = VietnameseDateField(label=_("Có hiệu lực từ ngày"))

    def signature(self) -> Signature:
        """Return what was typed."""
        return Signature(**self.cleaned_data)
