"""The forms about news: an article, a photo, a word to an act, a section."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.news.commands.photos import PhotoText
from motcua.news.commands.sections import SectionText
from motcua.news.commands.writing import Wording
from motcua.news.models import Edition, NewsSection
from motcua.organisations.models import Unit
from motcua.rules.news import NewsAct
from motcua.rules.vietnamese import slug
from motcua.ui.forms import Textarea, VietnameseDateField
from motcua.workspace.forms.posting import PhotoField

LONGEST_BODY = 30_000
_MARKS = _(
    "Dòng trống để sang đoạn. Đầu dòng: ## tiêu đề, ### tiêu đề nhỏ, - gạch đầu dòng, 1. bước, > trích dẫn. "
    "Trong dòng: **đậm**, *nghiêng*, [chữ](https://địa-chỉ)."
)


class ArticleForm(forms.Form):
    """What an article says; `seen` is the version that was read, `key` makes a second click harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    unit = forms.ChoiceField(label=_("Đơn vị đăng"))
    section = forms.ModelChoiceField(
        label=_("Chuyên mục"),
        queryset=NewsSection.objects.none(),
        to_field_name="slug",
        empty_label=None,
        error_messages={"required": _("Hãy chọn chuyên mục.")},
    )
    title = forms.CharField(label=_("Tiêu đề"), max_length=200, error_messages={"required": _("Hãy ghi tiêu đề.")})
    summary = forms.CharField(
        label=_("Tóm tắt"),
        max_length=500,
        widget=Textarea(attrs={"rows": 3}),
        help_text=_("Một hai câu, hiện trong danh sách tin."),
        error_messages={"required": _("Hãy ghi tóm tắt.")},
    )
    body = forms.CharField(
        label=_("Nội dung bài"),
        max_length=LONGEST_BODY,
        widget=Textarea(attrs={"rows": 16}),
        help_text=_MARKS,
        error_messages={"required": _("Hãy viết nội dung bài.")},
    )
    author = forms.CharField(label=_("Tác giả"), max_length=100, error_messages={"required": _("Hãy ghi tác giả.")})
    is_contributor = forms.BooleanField(
        label=_("Tác giả là cộng tác viên"), required=False, help_text=_("Hiện “(CTV)” sau tên tác giả.")
    )

    def __init__(
        self,
        data: Any,
        *,
        sections: Sequence[int],
        units: Sequence[Unit] = (),
        author: str = "",
        edition: Edition | None = None,
    ) -> None:
        super().__init__(data, initial=_shown(edition) if edition else {"key": uuid.uuid4(), "author": author})
        self._units = {unit.code: unit for unit in units}
        if edition:
            del self.fields["unit"]
            sections = (*sections, edition.section_id)
        else:
            self.fields["unit"].choices = [(unit.code, unit.name) for unit in units]  # type: ignore[attr-defined]  # a choice field
        field = self.fields["section"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = NewsSection.objects.filter(pk__in=sections).order_by("position", "name")

    def wording(self) -> Wording:
        """Return what was typed."""
        return Wording(**{name: self.cleaned_data[name] for name in Wording.__slots__})

    def chosen_unit(self) -> Unit:
        """Return the unit whose news it is."""
        return self._units[self.cleaned_data["unit"]]


def _shown(edition: Edition) -> dict[str, Any]:
    said = {name: getattr(edition, name) for name in ("title", "summary", "body", "author", "is_contributor")}
    return {**said, "section": edition.section.slug, "seen": edition.version}


class ArticlePhotoForm(forms.Form):
    """A photo with what is said of it."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    photo = PhotoField(
        label=_("Ảnh"),
        required=True,
        help_text=_("Tệp JPEG hoặc PNG, không quá 20 MB. Nơi chụp, giờ chụp ghi trong ảnh bị xóa khi lưu."),
        error_messages={"required": _("Hãy chọn ảnh.")},
    )
    alt = forms.CharField(
        label=_("Mô tả ảnh"),
        max_length=200,
        help_text=_("Cho người không nhìn thấy ảnh: trong ảnh có gì."),
        error_messages={"required": _("Hãy mô tả ảnh.")},
    )
    caption = forms.CharField(label=_("Chú thích dưới ảnh"), max_length=300, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"key": uuid.uuid4()})

    def text(self) -> PhotoText:
        """Return what was typed."""
        return PhotoText(alt=self.cleaned_data["alt"], caption=self.cleaned_data["caption"])


class SeenForm(forms.Form):
    """An act that needs no word but on what it was decided."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


def _word(label: Any, missing: Any) -> forms.CharField:
    box = Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=500, widget=box, error_messages={"required": missing})


class RemarkForm(forms.Form):
    """What is to be changed."""

    word = _word(_("Cần sửa gì"), _("Hãy ghi cần sửa gì."))


class CorrectionForm(forms.Form):
    """What is put right; readers see it under the article."""

    word = _word(_("Đính chính, cập nhật điều gì"), _("Hãy ghi đính chính, cập nhật điều gì."))


class WithdrawalForm(forms.Form):
    """Why an article is taken off the portal."""

    word = _word(_("Lý do gỡ"), _("Hãy ghi lý do gỡ."))


ACT_FORMS: dict[NewsAct, type[forms.Form]] = {
    NewsAct.SUBMIT: SeenForm,
    NewsAct.PUBLISH: SeenForm,
    NewsAct.GIVE_BACK: RemarkForm,
    NewsAct.CORRECT: CorrectionForm,
    NewsAct.WITHDRAW: WithdrawalForm,
}


class SectionForm(forms.Form):
    """A section; its address comes from its first name and stays."""

    name = forms.CharField(label=_("Tên chuyên mục"), max_length=60, error_messages={"required": _("Hãy ghi tên.")})
    position = forms.IntegerField(label=_("Thứ tự"), min_value=0, max_value=999, initial=10)
    valid_from = VietnameseDateField(label=_("Dùng từ ngày"))
    valid_until = VietnameseDateField(label=_("Đến trước ngày"), required=False)

    def __init__(self, data: Any, *, section: NewsSection | None = None, initial: dict[str, Any] | None = None) -> None:
        names = ("name", "position", "valid_from", "valid_until")
        super().__init__(data, initial={name: getattr(section, name) for name in names} if section else initial)
        self._section = section

    def clean_name(self) -> str:
        """Refuse a new name whose address another section has, or that leaves none."""
        name: str = self.cleaned_data["name"]
        if self._section is None:
            address = slug(name)[:60]
            if not address or address.isdecimal():
                raise forms.ValidationError(_("Tên chuyên mục phải có chữ."))
            if NewsSection.objects.filter(slug=address).exists():
                raise forms.ValidationError(_("Đã có chuyên mục này."))
        return name

    def text(self) -> SectionText:
        """Return what was typed."""
        typed = self.cleaned_data
        address = self._section.slug if self._section else slug(typed["name"])[:60]
        return SectionText(address, **{name: typed[name] for name in SectionText.__slots__ if name != "slug"})
