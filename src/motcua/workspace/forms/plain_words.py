"""What is typed as plain words about a procedure."""

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.commands.plain_words import PlainWords
from motcua.ui.forms import Textarea

_LONGEST = 400


class PlainWordsForm(forms.Form):
    """The five answers; an empty one is left to what the procedure itself says."""

    purpose = forms.CharField(
        label=_("Để làm gì"),
        max_length=_LONGEST,
        required=False,
        widget=Textarea(attrs={"rows": 2}),
        help_text=_("Ví dụ: Để con có Giấy khai sinh và số định danh cá nhân."),
    )
    who = forms.CharField(
        label=_("Ai làm được"), max_length=_LONGEST, required=False, widget=Textarea(attrs={"rows": 2})
    )
    how_long = forms.CharField(
        label=_("Mất bao lâu"),
        max_length=_LONGEST,
        required=False,
        widget=Textarea(attrs={"rows": 2}),
        help_text=_("Hiện dưới thời hạn chính thức, không thay cho thời hạn đó."),
    )
    cost = forms.CharField(
        label=_("Tốn bao nhiêu"),
        max_length=_LONGEST,
        required=False,
        widget=Textarea(attrs={"rows": 2}),
        help_text=_("Hiện dưới mức phí chính thức, không thay cho mức phí đó."),
    )
    place = forms.CharField(
        label=_("Làm ở đâu"), max_length=_LONGEST, required=False, widget=Textarea(attrs={"rows": 2})
    )

    def words(self) -> PlainWords:
        """Return what was typed; needs a valid form."""
        return PlainWords(**self.cleaned_data)
