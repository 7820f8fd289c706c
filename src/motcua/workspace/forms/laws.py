"""Legal documents as forms: what is known of one, what it does to another, a text to check, an item to settle."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.legislation.commands.keep import Tie
from motcua.legislation.definitions import DocumentDefinition
from motcua.legislation.models import BasisReviewItem, LegalDocument
from motcua.legislation.queries.citations import LONGEST_TEXT
from motcua.rules.legal_effect import EffectStatus, EndReason, Relation
from motcua.rules.legal_numbers import Kind, NumberUnclear, address_of, kind_of, read_number
from motcua.ui.forms import Textarea, VietnameseDateField
from motcua.workspace.law_words import DOES, END_REASONS, KINDS, STATUSES

_BLANK = [("", "—")]


class LawFilterForm(forms.Form):
    """What is looked for in the register; the day asks for the effect of then."""

    q = forms.CharField(label=_("Số, ký hiệu hoặc trích yếu"), required=False, max_length=200)
    loai = forms.ChoiceField(
        label=_("Loại văn bản"),
        required=False,
        choices=[("", _("Mọi loại")), *((k.value, w) for k, w in KINDS.items())],
    )
    hieu_luc = forms.ChoiceField(
        label=_("Hiệu lực"),
        required=False,
        choices=[("", _("Mọi tình trạng")), *((s.value, w.label) for s, w in STATUSES.items())],
    )
    ngay = VietnameseDateField(label=_("Vào ngày"), required=False)
    cua_tinh = forms.BooleanField(label=_("Chỉ văn bản do tỉnh ban hành"), required=False)

    @property
    def kind(self) -> Kind | None:
        """The kind chosen, None: every one."""
        return Kind(self.cleaned_data["loai"]) if self.cleaned_data.get("loai") else None

    @property
    def status(self) -> EffectStatus | None:
        """The status chosen, None: every one."""
        return EffectStatus(self.cleaned_data["hieu_luc"]) if self.cleaned_data.get("hieu_luc") else None


class DocumentForm(forms.Form):
    """What is known of a document; its number and territory name it, and are asked for once."""

    number = forms.CharField(label=_("Số, ký hiệu"), max_length=100, help_text=_("Ví dụ: 118/2025/NĐ-CP, 60/QĐ-UBND"))
    territory = forms.CharField(
        label=_("Địa bàn áp dụng"),
        max_length=200,
        required=False,
        help_text=_("Chỉ ghi khi văn bản do một địa phương ban hành. Ví dụ: Điện Biên"),
    )
    kind = forms.ChoiceField(
        label=_("Loại văn bản"),
        required=False,
        choices=[("", _("Theo số, ký hiệu")), *((k.value, w) for k, w in KINDS.items())],
    )
    title = forms.CharField(label=_("Trích yếu"), max_length=2000, required=False, widget=Textarea(attrs={"rows": 3}))
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=200, required=False)
    is_own = forms.BooleanField(label=_("Do tỉnh ban hành"), required=False)
    issued_on = VietnameseDateField(label=_("Ngày ban hành"), required=False)
    effective_from = VietnameseDateField(
        label=_("Có hiệu lực từ ngày"), required=False, help_text=_("Để trống nếu chưa rõ.")
    )
    effective_until = VietnameseDateField(
        label=_("Hết hiệu lực từ ngày"),
        required=False,
        help_text=_("Ngày đầu tiên không còn hiệu lực. Nếu bị thay thế hay bãi bỏ, hãy nhập ở phần quan hệ."),
    )
    end_reason = forms.ChoiceField(
        label=_("Lý do hết hiệu lực"),
        required=False,
        choices=[*_BLANK, *((one.value, END_REASONS[one]) for one in (EndReason.TERM_ENDED, EndReason.REPEALED))],
    )
    is_declared_valid = forms.BooleanField(
        label=_("Được tuyên bố còn hiệu lực dù văn bản được quy định chi tiết đã hết hiệu lực"), required=False
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=2000, required=False, widget=Textarea(attrs={"rows": 2}))

    def clean_number(self) -> str:
        """Return the number in the form we store."""
        try:
            return str(read_number(self.cleaned_data["number"]))
        except NumberUnclear:
            raise forms.ValidationError(_("Ghi đủ số và ký hiệu, ví dụ 118/2025/NĐ-CP hoặc 60/QĐ-UBND.")) from None

    def clean(self) -> dict[str, Any]:
        """Have the end come after the beginning, and with a reason."""
        typed: dict[str, Any] = super().clean() or {}
        begins, ends = typed.get("effective_from"), typed.get("effective_until")
        if begins and ends and ends < begins:
            self.add_error("effective_until", _("Ngày hết hiệu lực phải sau ngày có hiệu lực."))
        if ends and not typed.get("end_reason"):
            self.add_error("end_reason", _("Hãy chọn lý do hết hiệu lực."))
        return typed

    def definition(self) -> DocumentDefinition:
        """Return what was typed."""
        typed = dict(self.cleaned_data)
        kind = Kind(typed.pop("kind")) if typed["kind"] else kind_of(read_number(typed["number"]))
        typed.pop("kind", None)
        if not typed["effective_until"]:
            typed["end_reason"] = ""
        return DocumentDefinition(kind=kind, **typed)


def shown_in_form(document: LegalDocument) -> dict[str, Any]:
    """Return a document as the form shows it."""
    return {name: getattr(document, name) for name in DocumentForm.base_fields}


class RelationForm(forms.Form):
    """What the document does to another, which its number names; a local one its territory, one of several its day."""

    relation = forms.ChoiceField(label=_("Văn bản này"), choices=[(one.value, word) for one, word in DOES.items()])
    other = forms.CharField(
        label=_("Số, ký hiệu văn bản kia"), max_length=100, help_text=_("Văn bản phải có trong sổ.")
    )
    territory = forms.CharField(label=_("Địa bàn của văn bản kia"), max_length=200, required=False)
    issued_on = VietnameseDateField(
        label=_("Ngày ban hành văn bản kia"),
        required=False,
        help_text=_("Chỉ cần khi sổ có nhiều văn bản cùng số, ký hiệu."),
    )
    articles = forms.CharField(
        label=_("Điều, khoản"), max_length=300, required=False, help_text=_("Để trống nếu là toàn bộ văn bản kia.")
    )
    from_day = VietnameseDateField(
        label=_("Từ ngày"), required=False, help_text=_("Để trống: từ ngày văn bản này có hiệu lực.")
    )
    until = VietnameseDateField(label=_("Đến trước ngày"), required=False, help_text=_("Chỉ khi ngưng hiệu lực."))

    def clean(self) -> dict[str, Any]:
        """Find the other document in the register."""
        typed: dict[str, Any] = super().clean() or {}
        if "other" in typed:
            typed["target"] = self._found(typed["other"], typed.get("territory", ""), typed.get("issued_on"))
        begins, ends = typed.get("from_day"), typed.get("until")
        if begins and ends and ends <= begins:
            self.add_error("until", _("Ngày kết thúc phải sau ngày bắt đầu."))
        return typed

    def _found(self, number: str, territory: str, issued_on: date | None) -> LegalDocument | None:
        try:
            number = str(read_number(number))
        except NumberUnclear:
            self.add_error("other", _("Ghi đủ số và ký hiệu, ví dụ 118/2025/NĐ-CP hoặc 60/QĐ-UBND."))
            return None
        name = address_of(number, territory)
        named = [
            one for one in LegalDocument.objects.filter(number=number) if address_of(number, one.territory) == name
        ]
        found = [one for one in named if issued_on in {None, one.issued_on}]
        if not found:
            self.add_error("other", _("Sổ chưa có văn bản này: hãy nhập nó trước."))
        elif len(found) > 1:
            self.add_error("issued_on", _("Sổ có nhiều văn bản cùng số, ký hiệu này: hãy ghi ngày ban hành."))
        return found[0] if len(found) == 1 else None

    def tie(self) -> Tie:
        """Return what was typed."""
        typed = self.cleaned_data
        days = typed.get("from_day"), typed.get("until")
        return Tie(Relation(typed["relation"]), typed["target"], typed["articles"], *days)


class RecogniseForm(forms.Form):
    """A text, pasted or from a plain-text file, and the day it is to take effect."""

    text = forms.CharField(
        label=_("Nội dung văn bản"), required=False, max_length=LONGEST_TEXT, widget=Textarea(attrs={"rows": 10})
    )
    file = forms.FileField(label=_("Hoặc tệp"), required=False, help_text=_("Tệp văn bản thuần (.txt), mã UTF-8."))
    takes_effect_on = VietnameseDateField(label=_("Dự kiến có hiệu lực từ ngày"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for a text, one way or the other."""
        typed: dict[str, Any] = super().clean() or {}
        file = typed.get("file")
        if file is not None:
            try:
                typed["text"] = file.read(LONGEST_TEXT * 4).decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _("Không đọc được tệp này: hãy lưu dạng văn bản thuần (.txt), mã UTF-8."))
        if not typed.get("text") and not self.errors:
            self.add_error("text", _("Hãy dán nội dung văn bản, hoặc chọn tệp."))
        return typed


class SettleForm(forms.Form):
    """What becomes of one thing that stands on ended law."""

    outcome = forms.ChoiceField(
        label=_("Kết quả rà soát"),
        choices=[
            choice for choice in BasisReviewItem.Outcome.choices if choice[0] != BasisReviewItem.Outcome.GONE.value
        ],
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=1000, required=False, widget=Textarea(attrs={"rows": 2}))
