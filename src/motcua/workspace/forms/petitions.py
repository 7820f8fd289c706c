"""The forms about petitions: one written down for its sender, and what each act needs to be told."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.accounts.models import User
from motcua.dossiers.models import Dossier
from motcua.organisations.models import Unit
from motcua.petitions.commands.send import Content, Sending, WhoSends
from motcua.petitions.models import CHANNEL_LABELS, FINDING_LABELS, SORTING_LABELS
from motcua.rules.petitions import ENTERED_BY_OFFICIALS, FINDINGS, HANDLED, Finding, PetitionChannel, Sorting
from motcua.ui.fields import NameField, PhoneField
from motcua.ui.forms import Textarea

LONGEST = 4000
_CHANNELS = [(one.value, CHANNEL_LABELS[one]) for one in PetitionChannel if one in ENTERED_BY_OFFICIALS]


def _text(label: Any, missing: Any, *, rows: int = 4, longest: int = LONGEST, **more: Any) -> forms.CharField:
    messages = {"required": missing}
    widget = Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=longest, widget=widget, error_messages=messages, **more)


class EnterForm(forms.Form):
    """A petition that came by telephone, on paper or at the desk; `key` makes a second click harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    channel = forms.ChoiceField(label=_("Cách gửi"), choices=_CHANNELS)
    unit = forms.ChoiceField(label=_("Đơn vị nhận"))
    text = _text(_("Nội dung"), _("Hãy ghi nội dung phản ánh."), rows=8)
    is_question = forms.BooleanField(label=_("Là câu hỏi về pháp luật, thủ tục"), required=False)
    dossier_code = forms.CharField(label=_("Mã hồ sơ, nếu về một hồ sơ"), max_length=64, required=False)
    place = forms.CharField(label=_("Nơi xảy ra"), max_length=300, required=False)
    full_name = NameField(label=_("Họ, chữ đệm và tên"), max_length=150)
    phone = PhoneField(label=_("Số điện thoại"), required=False)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    address = forms.CharField(label=_("Nơi cư trú"), max_length=300, required=False)

    def __init__(self, data: Any, *, units: Sequence[Unit]) -> None:
        super().__init__(data, initial={"key": uuid.uuid4(), "channel": PetitionChannel.DESK.value})
        self._units = {unit.code: unit for unit in units}
        choices = [(unit.code, unit.name) for unit in units]
        self.fields["unit"] = forms.ChoiceField(label=_("Đơn vị nhận"), choices=choices)

    def clean(self) -> dict[str, Any]:
        """Ask for a telephone number or an address of the sender (E-02)."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(given.get(name) for name in ("phone", "email", "address")) and "phone" not in self.errors:
            self.add_error("phone", _("Hãy ghi số điện thoại, thư điện tử hoặc nơi cư trú của người gửi."))
        return given

    def sending(self) -> Sending:
        """Return what was typed; a code that names no dossier stays in the text."""
        typed = self.cleaned_data
        dossier, text = None, typed["text"]
        if typed["dossier_code"]:
            dossier = Dossier.objects.submitted().with_public_code(typed["dossier_code"].strip()).first()
            text = text if dossier else f"{text}\n\n({typed['dossier_code']})"
        content = Content(
            text=text,
            unit=self._units[typed["unit"]],
            is_question=typed["is_question"],
            place=typed["place"],
            dossier=dossier,
        )
        who = WhoSends(typed["full_name"], phone=typed["phone"], email=typed["email"], address=typed["address"])
        return Sending(typed["key"], who, content)


class SortForm(forms.Form):
    """What a petition is. What is none goes back with a reason."""

    sorting = forms.ChoiceField(
        label=_("Phân loại"),
        widget=forms.RadioSelect,
        choices=[(one.value, label) for one, label in SORTING_LABELS.items()],
        help_text=_(
            "Khiếu nại, tố cáo, việc tư pháp không xử lý như phản ánh: chọn đúng loại, hệ thống trả lại kèm hướng dẫn."
        ),
        error_messages={"required": _("Hãy chọn một loại.")},
    )
    is_complex = forms.BooleanField(label=_("Việc phức tạp"), required=False)
    reason = forms.CharField(
        label=_("Lý do trả lại"), max_length=LONGEST, required=False, widget=Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        """Ask why a petition goes back."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        sorting = given.get("sorting")
        if sorting and Sorting(sorting) not in HANDLED and not given.get("reason"):
            self.add_error("reason", _("Hãy ghi lý do trả lại để người gửi biết."))
        return given


class AskForm(forms.Form):
    """What the sender is asked to add."""

    question = _text(_("Cần người gửi cho biết thêm"), _("Hãy ghi điều cần bổ sung."))


class CompleteForm(forms.Form):
    """What the sender said when asked."""

    reply = _text(_("Nội dung người gửi bổ sung"), _("Hãy ghi nội dung bổ sung."))


class TransferForm(forms.Form):
    """Where a petition goes, and why."""

    unit = forms.ChoiceField(label=_("Chuyển tới"), error_messages={"required": _("Hãy chọn đơn vị.")})
    reason = _text(_("Lý do chuyển"), _("Hãy ghi lý do chuyển."), rows=3)

    def __init__(self, data: Any, *, units: Sequence[Unit], initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self._units = {unit.code: unit for unit in units}
        self.fields["unit"].choices = [("", _("Chọn đơn vị")), *((u.code, u.authority_name) for u in units)]  # type: ignore[attr-defined]  # a choice field

    def clean_unit(self) -> Unit:
        """Return the unit that was chosen."""
        return self._units[self.cleaned_data["unit"]]


class AskOpinionForm(TransferForm):
    """Which unit is asked for its part of the answer."""

    reason = None  # type: ignore[assignment]  # Django takes the field away
    question = _text(_("Điều cần cho ý kiến"), _("Hãy ghi điều cần cho ý kiến."))


class OpinionForm(forms.Form):
    """A unit's part of a joint answer; the unit is chosen where the official works in several that were asked."""

    unit = forms.ChoiceField(label=_("Đơn vị cho ý kiến"))
    text = _text(_("Ý kiến của đơn vị"), _("Hãy ghi ý kiến."), rows=6)

    def __init__(self, data: Any, *, units: Sequence[Unit]) -> None:
        super().__init__(data)
        self._units = {unit.code: unit for unit in units}
        self.fields["unit"].choices = [(unit.code, unit.name) for unit in units]  # type: ignore[attr-defined]  # a choice field

    def clean_unit(self) -> Unit:
        """Return the unit that was chosen."""
        return self._units[self.cleaned_data["unit"]]


class AssignForm(forms.Form):
    """Who drafts the answer."""

    to = forms.ChoiceField(label=_("Giao cho"), error_messages={"required": _("Hãy chọn một người.")})

    def __init__(self, data: Any, *, people: Sequence[User]) -> None:
        super().__init__(data)
        self._people = {person.username: person for person in people}
        self.fields["to"].choices = [(one.username, one.display_name) for one in people]  # type: ignore[attr-defined]  # a choice field

    def clean_to(self) -> User:
        """Return the colleague who was chosen."""
        return self._people[self.cleaned_data["to"]]


class AnswerForm(forms.Form):
    """The answer, and what it comes to."""

    finding = forms.ChoiceField(
        label=_("Kết luận"), widget=forms.RadioSelect, error_messages={"required": _("Hãy chọn kết luận.")}
    )
    text = _text(_("Nội dung trả lời"), _("Hãy viết nội dung trả lời."), rows=10)

    def __init__(self, data: Any, *, sorting: str, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        fitting = FINDINGS.get(Sorting(sorting), ()) if sorting else ()
        self.fields["finding"].choices = [(one.value, FINDING_LABELS[one]) for one in fitting]  # type: ignore[attr-defined]  # a choice field

    def clean_finding(self) -> Finding:
        """Return what was chosen, as the rules know it."""
        return Finding(self.cleaned_data["finding"])


class RemarkForm(forms.Form):
    """What is to be mended in a draft."""

    remark = _text(_("Cần sửa gì"), _("Hãy ghi cần sửa gì."))


class DirectionForm(forms.Form):
    """What the leader directs."""

    direction = _text(_("Ý kiến chỉ đạo"), _("Hãy ghi ý kiến chỉ đạo."))


class JoinForm(forms.Form):
    """Which petition says the same."""

    into = forms.CharField(
        label=_("Gộp vào phản ánh"),
        max_length=20,
        help_text=_("Mã của phản ánh cùng nội dung, cùng đơn vị đang giữ."),
        error_messages={"required": _("Hãy ghi mã phản ánh.")},
    )


class PublishForm(forms.Form):
    """What everybody is to read: without anything that tells who sent it."""

    title = forms.CharField(label=_("Tiêu đề"), max_length=200, error_messages={"required": _("Hãy ghi tiêu đề.")})
    question = _text(_("Nội dung, đã lược bỏ thông tin cá nhân"), _("Hãy ghi nội dung."), rows=8, longest=6000)
    answer = _text(_("Trả lời, đã lược bỏ thông tin cá nhân"), _("Hãy ghi trả lời."), rows=8, longest=6000)
    is_read = forms.BooleanField(
        label=_("Tôi đã đọc lại: không còn gì cho biết ai là ai, sức khỏe của ai, trẻ em nào, nhà nào."),
        error_messages={"required": _("Hãy đọc lại toàn văn rồi đánh dấu: máy không nhận ra những điều này.")},
    )


class ReopenForm(forms.Form):
    """Why a petition is handled again."""

    reason = _text(_("Lý do mở lại"), _("Hãy ghi lý do mở lại."))


class ApproveForm(forms.Form):
    """The leader's word on the draft that stands above; `for_joined` only where strangers would read it too."""

    draft = forms.IntegerField(widget=forms.HiddenInput)
    for_joined = forms.CharField(
        label=_("Trả lời riêng cho người gửi các phản ánh đã gộp"),
        max_length=LONGEST,
        required=False,
        widget=Textarea(attrs={"rows": 6}),
        help_text=_("Để trống thì họ nhận nguyên văn câu trả lời trên; khi đó không được có thông tin của ai."),
    )

    def __init__(self, data: Any, *, draft: int | None, has_joined: bool) -> None:
        super().__init__(data, initial={"draft": draft})
        self._lying = draft
        if not has_joined:
            del self.fields["for_joined"]

    def clean(self) -> dict[str, Any]:
        """Have a draft that was written anew read again: the form then stands under the new one."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("draft") != self._lying:
            self.data = {**{name: self.data[name] for name in self.data}, "draft": self._lying}
            self.add_error(None, _("Dự thảo đã thay đổi sau khi bạn đọc. Hãy đọc lại rồi duyệt."))
        return given


class JustDoForm(forms.Form):
    """An act that needs no word."""
