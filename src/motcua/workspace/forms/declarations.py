"""One field of a declaration as a form: kind, help, limits, condition, group, what is filled in beforehand."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.rules.declaration_editing import free_key, with_changed, with_field
from motcua.rules.declaration_flaws import declaration_flaws
from motcua.rules.declarations import (
    UNANSWERED,
    WITH_LIMITS,
    WITH_OPTIONS,
    Condition,
    Effect,
    FieldDefinition,
    FieldKind,
)
from motcua.rules.vietnamese import nfc
from motcua.ui.fields import YES_OR_NO
from motcua.ui.forms import Textarea
from motcua.workspace.declaration_words import BESIDE, KINDS, SOURCES, flaw_in_words

_MOST: Final = 10**12
EFFECTS: Final = (
    (Effect.SHOW.value, _("Chỉ hiện câu này khi điều kiện đúng")),
    (Effect.REQUIRE.value, _("Luôn hiện, bắt buộc trả lời khi điều kiện đúng")),
)


class FieldForm(forms.Form):
    """A field to add or change; `fields` are those there are, `before` those of the version before."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    label = forms.CharField(label=_("Câu hỏi"), max_length=300, widget=Textarea(attrs={"rows": 2}))
    kind = forms.ChoiceField(label=_("Loại"), choices=[(kind.value, words) for kind, words in KINDS.items()])
    required = forms.BooleanField(label=_("Bắt buộc trả lời"), required=False)
    help = forms.CharField(
        label=_("Lời giải thích dưới câu hỏi"), max_length=1000, required=False, widget=Textarea(attrs={"rows": 2})
    )
    options = forms.CharField(
        label=_("Các lựa chọn"),
        max_length=8000,
        required=False,
        widget=Textarea(attrs={"rows": 4}),
        help_text=_("Chỉ dùng cho câu chọn: mỗi lựa chọn một dòng."),
    )
    least = forms.IntegerField(
        label=_("Tối thiểu"),
        min_value=0,
        max_value=_MOST,
        required=False,
        help_text=_("Số ký tự của chữ, giá trị của số và tiền, số lựa chọn, số mục của nhóm."),
    )
    most = forms.IntegerField(label=_("Tối đa"), min_value=0, max_value=_MOST, required=False)
    group = forms.ChoiceField(label=_("Thuộc nhóm lặp lại"), required=False)
    when = forms.ChoiceField(
        label=_("Điều kiện dựa vào câu"), required=False, help_text=_("Chọn rồi bấm “Chọn giá trị” để chọn trả lời.")
    )
    values = forms.MultipleChoiceField(
        label=_("Khi câu ấy trả lời"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Không chọn gì: chỉ cần câu ấy đã được trả lời."),
    )
    effect = forms.ChoiceField(
        label=_("Tác dụng của điều kiện"), choices=EFFECTS, initial=Effect.SHOW.value, widget=forms.RadioSelect
    )
    prefill = forms.ChoiceField(
        label=_("Điền sẵn từ"),
        required=False,
        choices=[("", _("Không điền sẵn")), *((s.value, w) for s, w in SOURCES.items())],
    )
    default = forms.CharField(label=_("Trả lời sẵn"), max_length=300, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        fields: Sequence[FieldDefinition],
        before: Sequence[FieldDefinition],
        field: FieldDefinition | None = None,
        after: str = "",
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial={**(_initial(field) if field else {"required": True}), **(initial or {})})
        self._fields, self._before, self._field, self._after = tuple(fields), tuple(before), field, after
        said = self.data if self.is_bound else self.initial
        self._offer(str(said.get("when") or ""))

    def _offer(self, when: str) -> None:
        """Offer the groups there are, the fields that a condition may ask after, and the answers of the one chosen."""
        own = self._field.key if self._field else ""
        others = [one for one in self._fields if one.key != own]
        groups = [(one.key, one.label) for one in others if one.kind == FieldKind.GROUP]
        earlier = [one for one in others if one.kind not in UNANSWERED and one.kind != FieldKind.GROUP]
        self.fields["group"] = _chosen(self.fields["group"], [("", _("Không thuộc nhóm nào")), *groups])
        told = [(one.key, one.label) for one in earlier]
        self.fields["when"] = _chosen(self.fields["when"], [("", _("Không có điều kiện")), *told])
        chosen = next((one for one in earlier if one.key == when), None)
        plain = [(value, value) for value in (chosen.options if chosen else ())]
        offered = YES_OR_NO if chosen and chosen.kind == FieldKind.YES_NO else plain
        known = {value for value, _label in offered}
        stale = [(value, value) for value in self.initial.get("values", ()) if value not in known]
        self.has_values = bool(offered or stale)
        self.fields["values"] = _chosen(self.fields["values"], [*offered, *stale])

    def definition(self) -> FieldDefinition:
        """Return the field that was typed; what its kind has no use for is left out."""
        typed = self.cleaned_data
        kind, when = typed["kind"], typed["when"]
        asks = kind not in UNANSWERED
        label = " ".join(nfc(typed["label"]).split())
        return FieldDefinition(
            key=self._field.key if self._field else free_key(label, [*self._fields, *self._before]),
            label=label,
            kind=kind,
            required=typed["required"] and asks,
            options=_lines(typed["options"]) if kind in WITH_OPTIONS else (),
            help=nfc(typed["help"]),
            least=typed["least"] if kind in WITH_LIMITS else None,
            most=typed["most"] if kind in WITH_LIMITS else None,
            condition=Condition(when, tuple(typed["values"]), Effect(typed["effect"])) if when else None,
            group=typed["group"],
            prefill=typed["prefill"] if asks else "",
            default=nfc(typed["default"]) if asks else "",
        )

    def declaration(self) -> tuple[FieldDefinition, ...]:
        """Return the whole declaration with what was typed."""
        field = self.definition()
        return with_changed(self._fields, field) if self._field else with_field(self._fields, field, self._after)

    def clean(self) -> dict[str, Any]:
        """Say beside each box what the rules find wrong with the field; the list tells what lies with others."""
        typed: dict[str, Any] = super().clean() or {}
        if self.errors:
            return typed
        self.cleaned_data = typed
        key, whole = self.definition().key, self.declaration()
        for flaw in declaration_flaws(whole, self._before):
            if flaw.key == key and flaw.fault in BESIDE:
                self.add_error(BESIDE[flaw.fault], flaw_in_words(flaw, whole))
        return typed


def _initial(field: FieldDefinition) -> dict[str, Any]:
    condition = field.condition
    return {
        "label": field.label,
        "kind": field.kind,
        "required": field.required,
        "help": field.help,
        "options": "\n".join(field.options),
        "least": field.least,
        "most": field.most,
        "group": field.group,
        "when": condition.field if condition else "",
        "values": list(condition.values) if condition else [],
        "effect": condition.effect.value if condition else Effect.SHOW.value,
        "prefill": field.prefill,
        "default": field.default,
    }


def _chosen(field: forms.Field, choices: list[tuple[str, Any]]) -> forms.Field:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
    return field


def _lines(text: str) -> tuple[str, ...]:
    return tuple(nfc(line.strip()) for line in text.splitlines() if line.strip())
