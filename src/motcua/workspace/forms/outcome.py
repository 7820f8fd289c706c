"""What an official fills in when a dossier comes late, to an end, back to the applicant, or out wrong."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from motcua.accounts.models import User
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.assignment import SignerLine, signers_of
from motcua.dossiers.queries.extension import extension_outlook
from motcua.dossiers.queries.paper_mode import was_down_since
from motcua.ui.forms import VietnameseDateField
from motcua.ui.wording import day_in_words
from motcua.workspace.forms.acts import ActForm
from motcua.workspace.forms.course import words_field
from motcua.workspace.forms.paper_mode import moment, time_field
from motcua.workspace.forms.scans import ScanField


class ExtendForm(ActForm):
    """Why the result comes late, and the new day: one of the next working days, or another one."""

    reason = words_field(_("Lý do chậm"), _("In vào phiếu xin lỗi; người nộp đọc đúng những chữ này."))
    day = forms.ChoiceField(label=_("Hẹn lại vào"), required=False)
    other_day = VietnameseDateField(
        label=_("Hoặc ngày khác"), required=False, help_text=_("Phải là ngày làm việc, sau ngày đã hẹn.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outlook = extension_outlook(self.page.dossier, self.page.at)
        self.fields["day"].choices = [  # type: ignore[attr-defined]  # the field is a ChoiceField
            ("", _("(chọn ngày)")),
            *((choice.on.isoformat(), self._words(choice.days, choice.on)) for choice in self.outlook.choices),
        ]

    def clean(self) -> dict[str, Any]:
        """Return the one day that was chosen as `new_day`."""
        cleaned: dict[str, Any] = super().clean() or {}
        chosen, other = cleaned.get("day"), cleaned.get("other_day")
        if other and chosen:
            self.add_error("other_day", _("Chỉ chọn một ngày: trong danh sách, hoặc ngày khác."))
        elif not (chosen or other) and not {"day", "other_day"} & self.errors.keys():
            self.add_error("day", _("Hãy chọn ngày hẹn lại."))
        cleaned["new_day"] = other or (date.fromisoformat(chosen) if chosen else None)
        return cleaned

    def _words(self, days: int, on: date) -> str:
        words = ngettext("%(count)s ngày làm việc nữa: %(day)s", "%(count)s ngày làm việc nữa: %(day)s", days)
        return words % {"count": days, "day": day_in_words(on)}


class EndForm(ActForm):
    """Why the dossier ends without a decision, and the provision that lets it (R-6)."""

    basis = forms.CharField(label=_("Căn cứ"), help_text=_("Điều, khoản và tên văn bản."), max_length=300)
    reason = words_field(_("Lý do"), _("In vào thông báo mẫu 05; người nộp đọc đúng những chữ này."))


class PostForm(ActForm):
    """Under which number the post carries the result."""

    post_no = forms.CharField(
        label=_("Số hiệu bưu gửi"), help_text=_("Ghi trên phiếu gửi của bưu điện."), max_length=60
    )


class ReleaseForm(ActForm):
    """Nothing to fill in: the applicant fetches the file from their page."""


class AtOnceForm(ActForm):
    """The signed, stamped result that is given out on the spot, who signed it and who took it (B step 5)."""

    title = forms.CharField(label=_("Tên kết quả"), max_length=300)
    number = forms.CharField(label=_("Số, ký hiệu"), help_text=_("Ví dụ: 12/TLKS"), max_length=64)
    signer = forms.ChoiceField(
        label=_("Lãnh đạo đã ký"), help_text=_("Người này được báo ngay trên trang của mình."), widget=forms.RadioSelect
    )
    file = ScanField(
        label=_("Kết quả đã ký và đóng dấu"),
        required=True,
        error_messages={"required": _("Hãy chọn tệp chụp kết quả đã ký.")},
    )
    received_by = forms.CharField(
        label=_("Người nhận kết quả"), help_text=_("Người nộp, hoặc người được ủy quyền nhận thay."), max_length=150
    )
    given_on = VietnameseDateField(
        label=_("Ngày trả ghi trên giấy"),
        help_text=_("Chỉ ghi ngày, giờ nếu đã trả trên giấy khi hệ thống gián đoạn. Để trống nếu trả lúc này."),
        required=False,
    )
    given_time = time_field(_("Giờ trả ghi trên giấy"), _("Ví dụ: 08:30"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dossier = self.page.dossier
        signers = self._signers(dossier)
        expected = dossier.procedure_version.results.order_by("position").first()
        self.fields["title"].initial = expected.name if expected else ""
        self.fields["received_by"].initial = dossier.applicant.full_name
        self.fields["signer"].initial = signers[0].username if len(signers) == 1 else None
        self.fields["signer"].choices = [  # type: ignore[attr-defined]  # the field is a ChoiceField
            (line.username, line.name) for line in signers
        ]
        if not self.was_down:
            del self.fields["given_on"], self.fields["given_time"]

    def _signers(self, dossier: Dossier) -> list[SignerLine]:
        """Return who signs today, and where it may have been given out on paper who did on the day of acceptance."""
        accepted_at = dossier.accepted_at or self.page.at
        self.was_down = was_down_since(dossier.receiving_unit_id, accepted_at)
        moments = (accepted_at, self.page.at) if self.was_down else (self.page.at,)
        days = dict.fromkeys(timezone.localdate(at) for at in moments)
        found = [line for day in days for line in signers_of(dossier.competent_unit_id, on=day)]
        return list(dict.fromkeys(found))

    def clean_signer(self) -> User:
        """Return the chosen signer."""
        return User.objects.get(username=self.cleaned_data["signer"])

    def clean(self) -> dict[str, Any]:
        """Put day and hour on paper together as `given_at`."""
        cleaned: dict[str, Any] = super().clean() or {}
        on, clock = cleaned.get("given_on"), cleaned.get("given_time")
        cleaned["given_at"] = moment(on, clock) if on and clock else None
        if bool(on) != bool(clock) and not {"given_on", "given_time"} & self.errors.keys():
            self.add_error("given_time" if on else "given_on", _("Hãy ghi cả ngày và giờ trả ghi trên giấy."))
        return cleaned


class ErrorForm(ActForm):
    """What is wrong with the result."""

    error = words_field(
        _("Sai sót"), _("Ghi rõ sai ở đâu và đúng phải là gì. Cơ quan ký lại trong 3 ngày làm việc, không thu tiền.")
    )


class CorrectForm(ActForm):
    """The number and the file of the right result."""

    number = forms.CharField(label=_("Số, ký hiệu"), max_length=64)
    file = ScanField(
        label=_("Kết quả đúng, đã ký và đóng dấu"),
        required=True,
        error_messages={"required": _("Hãy chọn tệp kết quả đúng.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].initial = self.page.result.number if self.page.result else ""
