"""Uploading one paper, and the words for a file that is not taken."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from motcua.documents.storage import FileRefused
from motcua.ui.forms import FileUpload

ACCEPTED = "image/jpeg,image/png,application/pdf"

_REFUSALS = {
    "EMPTY": _("Tệp này không có nội dung. Hãy chọn lại hoặc chụp lại ảnh."),
    "TOO_LARGE": _("Tệp này quá lớn. Hãy chụp lại ở cỡ nhỏ hơn, hoặc tách thành nhiều trang; tối đa 20 MB."),
    "WRONG_TYPE": _("Tệp này không phải ảnh JPG, PNG hay PDF. Hãy chụp ảnh giấy tờ hoặc xuất ra PDF."),
    "BROKEN": _("Tệp này bị hỏng, không mở được. Hãy chụp lại hoặc xuất lại PDF rồi gửi."),
    "LOCKED": _("PDF này bị khóa bằng mật khẩu. Hãy bỏ mật khẩu rồi gửi lại."),
    "ACTIVE_CONTENT": _("PDF này có chứa chương trình chạy kèm nên không được nhận. Hãy in ra PDF mới rồi gửi lại."),
}
_NOT_TAKEN = {
    "PROGRAM": _("Bên trong tệp này là một chương trình, dù tên tệp ghi thế nào, nên không được nhận."),
    "OFFICE": _("Đây là tệp Word, Excel hoặc tệp nén. Hãy xuất ra PDF hoặc chụp ảnh giấy tờ rồi gửi."),
    "HEIC": _("Đây là ảnh kiểu HEIC của điện thoại. Hãy đổi sang JPG, hoặc chụp lại ở chế độ tương thích."),
}


class AbsenceForm(forms.Form):
    """Why the applicant has no such paper."""

    reason = forms.CharField(
        label=_("Vì sao bạn không có giấy này?"),
        max_length=300,
        error_messages={"required": _("Hãy ghi vì sao bạn không có giấy này.")},
    )


class PaperForm(forms.Form):
    """One file for one paper; `absence` is what may be said instead, where not every case needs it."""

    file = forms.FileField(
        label=_("Chọn tệp hoặc chụp ảnh"),
        widget=FileUpload(accept=ACCEPTED, max_bytes=settings.PAPER_MAX_BYTES),
        error_messages={"required": _("Hãy chọn một tệp hoặc chụp ảnh giấy tờ này.")},
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, absence: AbsenceForm | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.absence = absence or AbsenceForm(prefix=self.prefix)

    def refuse(self, refusal: FileRefused) -> None:
        """Say at the field why the file was not taken."""
        self.add_error("file", refusal_in_words(refusal))


def refusal_in_words(refusal: FileRefused) -> forms.ValidationError:
    """Return why a file was not taken, as a field says it."""
    sentence = _NOT_TAKEN.get(refusal.found, _REFUSALS[refusal.reason])
    return forms.ValidationError(sentence, code=refusal.reason)
