"""The forms about the national database: what to list, a file, a name, a day."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from motcua.exchange.likeness import Suggestion
from motcua.exchange.models import NationalDifference
from motcua.exchange.queries.lists import Narrowing
from motcua.ui.forms import VietnameseDateField
from motcua.workspace.catalogue_words import PARTS

LARGEST_FILE = 20 * 1024**2
_ACCEPTED = ".json,.jsonl,.gz"


class DifferencesForm(forms.Form):
    """What the list of differences is narrowed to."""

    q = forms.CharField(label=_("Tên hoặc mã thủ tục"), required=False, max_length=200)
    loai = forms.ChoiceField(
        label=_("Loại khác biệt"), required=False, choices=[("", _("Mọi loại")), *NationalDifference.Kind.choices]
    )
    phan = forms.ChoiceField(
        label=_("Bộ phận khác nhau"),
        required=False,
        choices=[("", _("Mọi bộ phận")), *((part.value, word) for part, word in PARTS.items())],
    )

    def narrowing(self) -> Narrowing:
        """Return what was asked for; needs a valid form."""
        typed = self.cleaned_data
        return Narrowing(kind=typed["loai"], part=typed["phan"], text=typed["q"].strip())


class TakeFileForm(forms.Form):
    """A file of the national database."""

    file = forms.FileField(
        label=_("Tệp của Cơ sở dữ liệu quốc gia"),
        help_text=_("JSON, mỗi dòng một thủ tục hoặc một tài liệu chung; có thể nén .gz. Không quá 20 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": _ACCEPTED}),
    )
    is_whole = forms.BooleanField(
        label=_("Tệp gồm toàn bộ danh mục: thủ tục không có trong tệp là không còn công khai"), required=False
    )

    def clean_file(self) -> UploadedFile:
        """Refuse a file that is too large."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(_("Tệp quá lớn: không quá 20 MB, hãy nén lại (.gz)."))
        return file


class ExportForm(forms.Form):
    """Which catalogue goes out, and in which shape."""

    ngay = VietnameseDateField(label=_("Danh mục có hiệu lực vào ngày"))
    ma = forms.CharField(
        label=_("Mã thủ tục"), required=False, max_length=32, help_text=_("Để trống: toàn bộ danh mục.")
    )
    dang = forms.ChoiceField(
        label=_("Dạng tệp"),
        choices=[("jsonl.gz", _("Mỗi dòng một thủ tục, nén")), ("json", _("Một tài liệu chung"))],
    )


class NameForm(forms.Form):
    """What a word of the national database is called here: one of the suggestions, or another name of ours."""

    chosen = forms.ChoiceField(label=_("Tại đây gọi là"), required=False, widget=forms.RadioSelect)
    other = forms.CharField(
        label=_("Tên khác tại đây"),
        required=False,
        max_length=1000,
        help_text=_("Ghi khi không có tên gợi ý nào đúng."),
    )

    def __init__(self, data: Any, *, suggested: tuple[Suggestion, ...]) -> None:
        super().__init__(data)
        choices = [
            (one.name, _("%(name)s (giống %(percent)s%%)") % {"name": one.name, "percent": one.percent})
            for one in suggested
        ]
        self.fields["chosen"].choices = choices  # type: ignore[attr-defined]  # the field is a ChoiceField
        if not suggested:
            del self.fields["chosen"]

    def clean(self) -> dict[str, Any]:
        """Take what was typed before what was chosen; one of both is needed."""
        typed: dict[str, Any] = super().clean() or {}
        typed["ours"] = (typed.get("other") or "").strip() or typed.get("chosen", "")
        if not typed["ours"] and not self.errors:
            raise forms.ValidationError(_("Hãy chọn một tên gợi ý hoặc ghi tên khác."))
        return typed


class EnteredForm(forms.Form):
    """The day on which a procedure was entered."""

    entered_on = VietnameseDateField(label=_("Ngày đã cập nhật lên Cơ sở dữ liệu quốc gia"))
