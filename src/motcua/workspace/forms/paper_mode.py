"""What is filled in to prepare a desk for work on paper, and to enter later what was taken in on it."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.commands.enter_from_paper import PaperFiling
from motcua.dossiers.commands.paper_mode import OutageNotice
from motcua.organisations.models import Unit
from motcua.rules.paper_mode import PaperMoments
from motcua.ui.forms import VietnameseDateField
from motcua.workspace.forms.counter import CounterForm

USUAL_COUNT = 20
_CLOCK = ["%H:%M", "%Hh%M", "%H.%M"]


def time_field(label: Any, help_text: Any = "", *, required: bool = True) -> forms.TimeField:
    """Return a field for a time of the day."""
    shape = {"class": "input--short", "inputmode": "text", "autocomplete": "off"}
    widget = forms.TimeInput(attrs=shape, format="%H:%M")
    return forms.TimeField(label=label, help_text=help_text, required=required, input_formats=_CLOCK, widget=widget)


def moment(day: date, clock: time) -> datetime:
    """Return that time of that day at Hà Nội."""
    return timezone.make_aware(datetime.combine(day, clock))


class KitForm(forms.Form):
    """For which agency numbers are kept, and how many."""

    agency = forms.ChoiceField(
        label=_("Cơ quan giải quyết"), help_text=_("Mã hồ sơ mang mã định danh của cơ quan này.")
    )
    count = forms.IntegerField(
        label=_("Bao nhiêu số"),
        min_value=1,
        initial=USUAL_COUNT,
        widget=forms.NumberInput(attrs={"class": "input--short", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, agencies: Sequence[Unit], at_most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(unit.code, unit.authority_name) for unit in agencies]
        self.fields["agency"].choices = choices  # type: ignore[attr-defined]  # the field is a ChoiceField
        self.fields["count"].help_text = _("Đủ cho số hồ sơ của một ngày mất mạng; mỗi bộ không quá %(most)s số.") % {
            "most": at_most
        }


class OutageForm(forms.Form):
    """When the desk could not work on the system, and why; without an end while it lasts."""

    began_on = VietnameseDateField(label=_("Từ ngày"))
    began_time = time_field(_("Từ lúc"), _("Ví dụ: 08:30"))
    ended_on = VietnameseDateField(
        label=_("Đến ngày"), required=False, help_text=_("Để trống nếu hệ thống vẫn chưa hoạt động lại.")
    )
    ended_time = time_field(_("Đến lúc"), required=False)
    reason = forms.CharField(
        label=_("Lý do"), max_length=300, help_text=_("Ví dụ: mất điện cả xã, đứt cáp quang sau lũ.")
    )

    def clean(self) -> dict[str, Any]:
        """Ask for both parts of the end, or for neither."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("ended_on") and not typed.get("ended_time") and "ended_time" not in self.errors:
            self.add_error("ended_time", _("Hãy ghi giờ hệ thống hoạt động lại."))
        if typed.get("ended_time") and not typed.get("ended_on") and "ended_on" not in self.errors:
            self.add_error("ended_on", _("Hãy ghi ngày hệ thống hoạt động lại."))
        return typed

    def notice(self) -> OutageNotice:
        """Return what was typed, as the command takes it."""
        typed = self.cleaned_data
        ended_at = moment(typed["ended_on"], typed["ended_time"]) if typed["ended_on"] else None
        return OutageNotice(moment(typed["began_on"], typed["began_time"]), ended_at, typed["reason"])


class OutageEndForm(forms.Form):
    """When the desk could work on the system again."""

    ended_on = VietnameseDateField(label=_("Hoạt động lại ngày"))
    ended_time = time_field(_("Hoạt động lại lúc"), _("Ví dụ: 14:00"))

    def ended_at(self) -> datetime:
        """Return the moment."""
        return moment(self.cleaned_data["ended_on"], self.cleaned_data["ended_time"])


class SpoilForm(forms.Form):
    """Why a sheet may not be used any more."""

    reason = forms.CharField(label=_("Vì sao hỏng"), max_length=300, help_text=_("Ví dụ: ghi sai ngày hẹn, rách, ướt."))


class PaperEntryForm(CounterForm):
    """What the papers of one number say: as at the counter, with the times and the day of the paper receipt."""

    accepted_time = time_field(_("Giờ tiếp nhận ghi trên giấy"), _("Ví dụ: 08:30"))
    submitted_time = time_field(
        _("Giờ người dân nộp, nếu khác"), _("Để trống nếu tiếp nhận ngay khi nộp."), required=False
    )
    written_due_on = VietnameseDateField(
        label=_("Ngày hẹn trả ghi trên giấy"), help_text=_("Ghi đúng như trên giấy đã giao người nộp.")
    )
    is_as_written = forms.BooleanField(
        label=_("Tôi đã xem lại: giấy đã giao người nộp ghi đúng ngày này"), required=False
    )
    transferred_on = VietnameseDateField(
        label=_("Ngày chuyển cơ quan giải quyết"),
        required=False,
        help_text=_("Theo phiếu kiểm soát; để trống nếu chưa chuyển."),
    )
    transferred_time = time_field(_("Giờ chuyển"), required=False)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._day = day

    def clean(self) -> dict[str, Any]:
        """Ask for both parts of the transfer, or for neither."""
        typed = super().clean()
        if typed.get("transferred_on") and not typed.get("transferred_time") and "transferred_time" not in self.errors:
            self.add_error("transferred_time", _("Hãy ghi giờ chuyển trên phiếu kiểm soát."))
        if typed.get("transferred_time") and not typed.get("transferred_on") and "transferred_on" not in self.errors:
            self.add_error("transferred_on", _("Hãy ghi ngày chuyển trên phiếu kiểm soát."))
        return typed

    def ask_again(self, counted_on: date | None) -> bool:
        """Ask whether the paper really names that day, where it is not the one counted; tell whether it was asked."""
        written_on = self.cleaned_data["written_due_on"]
        if written_on == counted_on or self.cleaned_data["is_as_written"]:
            return False
        said = {"counted": f"{counted_on:%d/%m/%Y}" if counted_on else _("chưa tính được")}
        sentence = _("Theo quy định, ngày hẹn trả là %(counted)s. Hãy xem lại trên giấy rồi sửa, hoặc đánh dấu ô này.")
        self.add_error("is_as_written", sentence % said)
        return True

    def accepted_at(self) -> datetime:
        """Return when the desk accepted it on paper."""
        return moment(self._day, self.cleaned_data["accepted_time"])

    def paper_filing(self) -> PaperFiling:
        """Return what was typed, as the command takes it."""
        typed = self.cleaned_data
        accepted_at = self.accepted_at()
        submitted_at = moment(self._day, typed["submitted_time"]) if typed["submitted_time"] else accepted_at
        gone = moment(typed["transferred_on"], typed["transferred_time"]) if typed["transferred_on"] else None
        return PaperFiling(self.filing(), PaperMoments(submitted_at, accepted_at, gone), typed["written_due_on"])
