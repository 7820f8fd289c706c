"""The forms about postings: what was put up or taken down, a correction, where feedback goes."""

import re
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from motcua.posting.commands.confirm import Posted, Told
from motcua.posting.commands.feedback import Address
from motcua.posting.models import PostingConfirmation
from motcua.posting.queries.board import BoardLine
from motcua.rules.posting import PostingKind, PostingState
from motcua.rules.vietnamese import nfc
from motcua.ui.forms import FileUpload, Textarea, VietnameseDateField
from motcua.workspace.forms.scans import ScanField
from motcua.workspace.posting_words import choice_of

_NAME = re.compile(r"[^:]+:\d{1,6}")


class PhotoBox(FileUpload):
    """A file box for pictures alone, whose rules stand in the words beside it."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Leave out the sentence that names other files."""
        context = super().get_context(name, value, attrs)
        context["widget"]["max_mb"] = 0
        return context


class PhotoField(ScanField):
    """A photo of a board."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget = PhotoBox(accept="image/jpeg,image/png", max_bytes=settings.PAPER_MAX_BYTES)


class WordForm(forms.Form):
    """What is said of a board as a whole; `key` makes a second click harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Hình thức"), choices=PostingConfirmation.Kind.choices, widget=forms.RadioSelect)
    on = VietnameseDateField(label=_("Ngày thực hiện"))
    photo = PhotoField(
        label=_("Ảnh chụp"), help_text=_("Tệp JPEG hoặc PNG, không quá 20 MB. Chụp cả bảng, không chụp người dân.")
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=500, required=False, widget=Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial={"key": uuid.uuid4(), **initial})

    def told(self) -> Told:
        """Return what was typed."""
        typed = self.cleaned_data
        return Told(
            kind=PostingKind(typed["kind"]),
            on=typed["on"],
            shows_feedback=typed.get("shows_feedback", False),
            photo=typed["photo"],
            note=nfc(typed["note"]),
        )


class BoardForm(WordForm):
    """Some lines of a board at once; those in `ticked` are ticked, the others can be added by the page that has all."""

    posted = forms.MultipleChoiceField(
        label=_("Thủ tục"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Hãy chọn ít nhất một thủ tục."),
            "invalid_choice": _("Danh sách đã thay đổi sau khi bạn mở trang. Hãy xem lại rồi gửi lại."),
        },
    )

    def __init__(
        self, data: Any = None, *, lines: Sequence[BoardLine], ticked: Sequence[BoardLine], initial: dict[str, Any]
    ) -> None:
        names = [line.posted for line in ticked]
        super().__init__(data, initial={"posted": names, **initial})
        shown = lines if data is not None else ticked
        self.fields["posted"].choices = [(line.posted, choice_of(line)) for line in shown]  # type: ignore[attr-defined]  # the field has choices

    def offer_again(self) -> None:
        """Offer what was ticked: this form was taken in before, and the list it was made from is another one by now."""
        names = [name for name in self["posted"].data or () if _NAME.fullmatch(name)]
        self.fields["posted"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]  # as above

    def told_lines(self) -> list[Posted]:
        """Return the lines that were ticked."""
        pairs = [one.rpartition(":") for one in self.cleaned_data["posted"]]
        return [Posted(code, int(number)) for code, _colon, number in pairs]


class PutUpForm(BoardForm):
    """Procedures that were put up."""

    field_order = ("key", "kind", "on", "photo", "shows_feedback", "note", "posted")
    shows_feedback = forms.BooleanField(label=_("Có niêm yết địa chỉ và hướng dẫn phản ánh, kiến nghị"), required=False)


class TakenDownForm(BoardForm):
    """Procedures that were taken down."""

    field_order = ("key", "kind", "on", "photo", "note", "posted")


class CorrectionForm(WordForm):
    """Another word about the same procedures; without a new photo the one before stays."""

    field_order = ("key", "kind", "on", "photo", "shows_feedback", "note")
    shows_feedback = forms.BooleanField(label=_("Có niêm yết địa chỉ và hướng dẫn phản ánh, kiến nghị"), required=False)

    def __init__(self, data: Any = None, *, before: PostingConfirmation) -> None:
        names = ("kind", "on", "note", "shows_feedback")
        super().__init__(data, initial={name: getattr(before, name) for name in names})
        if before.act == PostingConfirmation.Act.TAKEN_DOWN:
            del self.fields["shows_feedback"]


class AddressForm(forms.Form):
    """Where feedback goes, and from which day on."""

    receiver = forms.CharField(label=_("Nơi nhận"), max_length=250)
    phone = forms.CharField(label=_("Điện thoại"), max_length=50, required=False)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    website = forms.URLField(
        label=_("Trang tiếp nhận"),
        max_length=200,
        required=False,
        assume_scheme="https",
        help_text=_("Ví dụ: https://pakn.dichvucong.gov.vn"),
    )
    address = forms.CharField(label=_("Địa chỉ"), max_length=300, required=False)
    valid_from = VietnameseDateField(label=_("Áp dụng từ"))

    def told(self) -> Address:
        """Return what was typed."""
        return Address(**{name: nfc(self.cleaned_data[name]) for name in Address.__slots__})


class DifferencesForm(forms.Form):
    """What the list of differences is narrowed to."""

    tinhtrang = forms.ChoiceField(
        label=_("Tình trạng"),
        required=False,
        choices=[
            ("", _("Mọi sai khác")),
            (PostingState.STALE.value, _("Đang niêm yết nội dung cũ")),
            (PostingState.MISSING.value, _("Quá hạn, chưa niêm yết")),
        ],
    )
    q = forms.CharField(label=_("Tên đơn vị, tên hoặc mã thủ tục"), required=False, max_length=200)


class PlacesForm(forms.Form):
    """What the list of desks is narrowed to."""

    loi = forms.ChoiceField(
        label=_("Phát hiện"),
        required=False,
        choices=[
            ("", _("Mọi nơi niêm yết")),
            ("F06", _("F06: niêm yết khác danh mục đang có hiệu lực")),
            ("F07", _("F07: chưa niêm yết địa chỉ, hướng dẫn phản ánh")),
        ],
    )
    q = forms.CharField(label=_("Tên đơn vị"), required=False, max_length=200)
