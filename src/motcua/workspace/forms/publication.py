"""The forms about a publication decision: what it is about, its lines, and what its publisher writes."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.commands.publication_drafts import LineTold, NewProcedure, Occasion
from motcua.catalogue.models import Procedure, ProcedureVersion, PublicationLine, Sector
from motcua.organisations.models import Unit
from motcua.rules.publication import LineKind
from motcua.ui.forms import Textarea, VietnameseDateField

_LEVELS = [(level.value, level.label) for level in (ProcedureVersion.Level.PROVINCE, ProcedureVersion.Level.COMMUNE)]


class OccasionForm(forms.Form):
    """What a decision is about, and the text that makes it necessary."""

    title = forms.CharField(
        label=_("Trích yếu"), max_length=500, help_text=_("Ví dụ: Công bố thủ tục hành chính lĩnh vực Lâm nghiệp")
    )
    norm = forms.CharField(
        label=_("Số, ký hiệu văn bản quy định thủ tục"), max_length=100, help_text=_("Ví dụ: 12/2026/QĐ-UBND")
    )
    norm_issued_on = VietnameseDateField(label=_("Ngày ban hành văn bản"), required=False)
    norm_effective_on = VietnameseDateField(label=_("Ngày văn bản có hiệu lực"))
    is_shortened = forms.BooleanField(label=_("Văn bản ban hành theo trình tự, thủ tục rút gọn"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a text that takes effect before it is issued, and a hurried one without its day."""
        typed: dict[str, Any] = super().clean() or {}
        issued, effective = typed.get("norm_issued_on"), typed.get("norm_effective_on")
        if issued and effective and effective < issued:
            self.add_error("norm_effective_on", _("Văn bản không có hiệu lực trước ngày ban hành."))
        if typed.get("is_shortened") and not issued and "norm_issued_on" not in self.errors:
            self.add_error("norm_issued_on", _("Văn bản rút gọn cần ngày ban hành để tính hạn công bố."))
        return typed

    def occasion(self) -> Occasion:
        """Return what was typed."""
        return Occasion(**{name: self.cleaned_data[name] for name in Occasion.__slots__})


class BeginForm(OccasionForm):
    """A decision to begin; `key` makes a second click harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    issuer = forms.ChoiceField(label=_("Cơ quan công bố"))
    field_order = ("issuer", "title", "norm", "norm_issued_on", "norm_effective_on", "is_shortened")

    def __init__(self, data: Any, *, issuers: list[Unit], about: Mapping[str, object] | None = None) -> None:
        super().__init__(data, initial={"key": uuid.uuid4(), **(about or {})})
        self._issuers = {unit.code: unit for unit in issuers}
        choices = [(unit.code, unit.authority_name) for unit in issuers]
        self.fields["issuer"] = forms.ChoiceField(label=_("Cơ quan công bố"), choices=choices)

    def clean_issuer(self) -> Unit:
        """Return the unit that was chosen."""
        return self._issuers[self.cleaned_data["issuer"]]


class LineForm(forms.Form):
    """What a decision does to a procedure of the catalogue."""

    kind = forms.ChoiceField(label=_("Quyết định này"), choices=PublicationLine.Kind.choices, initial=LineKind.AMENDED)
    norm = forms.CharField(
        label=_("Văn bản sửa đổi, thay thế hoặc bãi bỏ"),
        max_length=100,
        required=False,
        help_text=_("Để trống: văn bản của quyết định."),
    )
    replaced_by = forms.CharField(
        label=_("Mã thủ tục thay thế"), max_length=32, required=False, help_text=_("Chỉ ghi khi thủ tục bị thay thế.")
    )

    def __init__(self, data: Any, *, procedure: Procedure) -> None:
        super().__init__(data)
        self._procedure = procedure
        if procedure.scope == Procedure.Scope.LOCAL:
            kinds = [(value, label) for value, label in PublicationLine.Kind.choices if value != LineKind.NEW]
            self.fields["kind"] = forms.ChoiceField(label=_("Quyết định này"), choices=kinds, initial=LineKind.AMENDED)

    def clean(self) -> dict[str, Any]:
        """Find the successor, which a replaced procedure must have."""
        typed: dict[str, Any] = super().clean() or {}
        code = typed.get("replaced_by", "").strip()
        typed["successor"] = None
        if typed.get("kind") != LineKind.REPLACED:
            return typed
        successor = Procedure.objects.filter(code=code).exclude(pk=self._procedure.pk).first() if code else None
        if successor is None:
            self.add_error("replaced_by", _("Ghi mã của một thủ tục khác trong danh mục hoặc trong quyết định này."))
        typed["successor"] = successor
        return typed

    def told(self) -> LineTold:
        """Return what was typed."""
        typed = self.cleaned_data
        return LineTold(kind=LineKind(typed["kind"]), norm=typed["norm"], replaced_by=typed["successor"])


class NewProcedureForm(forms.Form):
    """A procedure that the province regulates and that there has not been."""

    code = forms.CharField(
        label=_("Mã thủ tục"), max_length=40, help_text=_("Mã do Cơ sở dữ liệu quốc gia cấp, ví dụ 3.000123")
    )
    title = forms.CharField(label=_("Tên thủ tục"), max_length=1000, widget=Textarea(attrs={"rows": 2}))
    sector = forms.ModelChoiceField(
        label=_("Lĩnh vực"), queryset=Sector.objects.order_by("sort_key", "code"), to_field_name="code"
    )
    level = forms.ChoiceField(label=_("Cấp thực hiện"), choices=_LEVELS)

    def wanted(self) -> NewProcedure:
        """Return what was typed."""
        return NewProcedure(**{name: self.cleaned_data[name] for name in NewProcedure.__slots__})


class SignForm(forms.Form):
    """The publisher's signature."""

    number = forms.CharField(label=_("Số quyết định"), max_length=100, help_text=_("Ví dụ: 315/QĐ-UBND"))
    signed_on = VietnameseDateField(label=_("Ngày ký"))


class GiveBackForm(forms.Form):
    """Why the publisher gives a decision back."""

    reason = forms.CharField(label=_("Lý do trả lại"), max_length=1000, widget=Textarea(attrs={"rows": 3}))


class EntryForm(forms.Form):
    """The day on which a decision entered the national database."""

    entered_on = VietnameseDateField(label=_("Ngày cập nhật Cơ sở dữ liệu quốc gia"))
