"""What an official fills in on the way to a decision: guidance, minutes, opinions asked and given, money owed."""

import re
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.commands.note import Minutes
from motcua.organisations.models import Unit
from motcua.organisations.queries import find_units, unit_by_code
from motcua.rules.transitions import Action
from motcua.ui.forms import Textarea, VietnameseDateField
from motcua.workspace.forms.acts import ActForm, ProposeForm
from motcua.workspace.forms.scans import ScanField

_NOT_DIGITS = re.compile(r"[\s.,]")
_LONGEST_TERM = 60


def words_field(label: Any, help_text: Any = "", *, longest: int = 2000, rows: int = 4) -> forms.CharField:
    """Return a box for some sentences."""
    return forms.CharField(label=label, help_text=help_text, max_length=longest, widget=Textarea(attrs={"rows": rows}))


class GuideForm(ActForm):
    """What the applicant should do."""

    text = words_field(_("Nội dung hướng dẫn"), _("Người nộp đọc đúng những chữ này. Hồ sơ vẫn chờ tiếp nhận."))


class VerificationForm(ActForm):
    """When, where, with whom the check was made, and what it found."""

    day = VietnameseDateField(label=_("Ngày xác minh"))
    time = forms.TimeField(
        label=_("Bắt đầu lúc"), help_text=_("Ví dụ: 08:30"), input_formats=["%H:%M", "%Hh%M", "%H.%M"]
    )
    place = forms.CharField(label=_("Địa điểm"), max_length=300)
    participants = words_field(_("Thành phần tham gia"), rows=3)
    findings = words_field(_("Nội dung và kết quả xác minh"), longest=5000, rows=6)
    file = ScanField(label=_("Biên bản có chữ ký"), help_text=_("Để trống nếu lập trên giấy."))

    def clean(self) -> dict[str, Any]:
        """Put everything together as `minutes`."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("day") and cleaned.get("time"):
            began_at = timezone.make_aware(datetime.combine(cleaned["day"], cleaned["time"]))
            cleaned["minutes"] = Minutes(
                began_at,
                cleaned.get("place", ""),
                cleaned.get("participants", ""),
                cleaned.get("findings", ""),
                file=cleaned.get("file"),
            )
        return cleaned


class ConsultForm(ActForm):
    """Whom to ask, found by the words of its name, what, and how many working days they have."""

    words = forms.CharField(
        label=_("Tìm đơn vị"), help_text=_("Ghi một phần tên, có dấu hay không dấu đều được."), max_length=100
    )
    unit = forms.ChoiceField(label=_("Đơn vị được hỏi"), required=False, widget=forms.RadioSelect)
    question = words_field(_("Nội dung cần hỏi"), _("Đơn vị được hỏi đọc đúng những chữ này."), longest=5000)
    days = forms.IntegerField(
        label=_("Thời hạn trả lời (ngày làm việc)"),
        help_text=_("Hạn trả kết quả cho người nộp không lùi theo thời hạn này."),
        min_value=1,
        max_value=_LONGEST_TERM,
        initial=5,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        typed = str(self.data.get("words", "")) if self.is_bound else ""
        found = find_units(typed, on=timezone.localdate(self.page.at)) if typed.strip() else []
        self.found = [card for card in found if card.code != self.page.dossier.competent_unit.code]
        self.fields["unit"].choices = [  # type: ignore[attr-defined]  # the field is a ChoiceField
            (card.code, f"{card.authority_name} ({card.parent_name})" if card.parent_name else card.authority_name)
            for card in self.found
        ]

    def clean(self) -> dict[str, Any]:
        """Return the unit that was chosen, or the only one found, as `asked`."""
        cleaned: dict[str, Any] = super().clean() or {}
        code = cleaned.get("unit") or (self.found[0].code if len(self.found) == 1 else "")
        if code:
            cleaned["asked"] = unit_by_code(code)
        elif cleaned.get("words") and not self.found:
            self.add_error("words", _("Không tìm thấy đơn vị nào có tên như vậy."))
        elif self.found and "unit" not in self.errors:
            self.add_error("unit", _("Hãy chọn một trong những đơn vị tìm thấy."))
        return cleaned

    def asked(self) -> Unit:
        """Return the unit to ask, of a form without errors."""
        unit: Unit = self.cleaned_data["asked"]
        return unit


class AnswerForm(ActForm):
    """The opinion of the unit that was asked, and its letter if there is one."""

    text = words_field(_("Ý kiến trả lời"), longest=5000, rows=6)
    file = ScanField(label=_("Văn bản trả lời"), help_text=_("Để trống nếu không có văn bản riêng."))


class GoOnForm(ActForm):
    """Why the officer goes on without the answer."""

    note = words_field(_("Lý do giải quyết tiếp"), _("Bạn chịu trách nhiệm về việc không chờ ý kiến nữa."))


class ObligationForm(ActForm):
    """What the applicant has to pay before the agency goes on."""

    basis = forms.CharField(
        label=_("Căn cứ"), help_text=_("Điều, khoản và tên văn bản buộc nộp trước khi giải quyết."), max_length=300
    )
    notice_no = forms.CharField(label=_("Số thông báo"), help_text=_("Ví dụ: 12/TB"), max_length=100)
    amount_vnd = forms.CharField(
        label=_("Số tiền (đồng)"),
        help_text=_("Ví dụ: 150.000"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def clean_amount_vnd(self) -> int:
        """Return whole dong, however the thousands were set apart."""
        digits = _NOT_DIGITS.sub("", self.cleaned_data["amount_vnd"])
        if not digits.isascii() or not digits.isdigit() or not int(digits):
            raise forms.ValidationError(_("Hãy ghi số tiền bằng số, ví dụ 150.000."))
        return int(digits)


class SettleForm(ActForm):
    """What shows that it was paid."""

    proof = forms.CharField(label=_("Chứng từ"), help_text=_("Số biên lai, giấy nộp tiền và ngày nộp."), max_length=200)


class ProposeRefusalForm(ProposeForm):
    """The officer's opinion, the draft refusal, and the provision it rests on (R-6)."""

    action = Action.PROPOSE_REFUSAL
    basis = forms.CharField(
        label=_("Căn cứ từ chối"),
        help_text=_("Điều, khoản và tên văn bản. Không có căn cứ thì không được từ chối."),
        max_length=300,
    )

    field_order = ("version", "way", "basis", "opinion", "title", "file")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].label, self.fields["file"].label = _("Tên văn bản"), _("Dự thảo văn bản từ chối")
        if not self.is_bound:
            self.initial.setdefault("title", _("Văn bản từ chối giải quyết hồ sơ"))
