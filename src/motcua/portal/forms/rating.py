"""What an applicant says of how their dossier was handled."""

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.portal.rating_words import SCORES
from motcua.ui.forms import Textarea

LONGEST_COMMENT = 500


class RatingForm(forms.Form):
    """One mark of five, and a few words if they like."""

    score = forms.TypedChoiceField(
        label=_("Bạn hài lòng đến mức nào với việc giải quyết hồ sơ này?"),
        widget=forms.RadioSelect,
        choices=list(SCORES.items()),
        coerce=int,
        error_messages={"required": _("Hãy chọn một mức."), "invalid_choice": _("Hãy chọn một trong năm mức.")},
    )
    comment = forms.CharField(
        label=_("Góp ý thêm"),
        required=False,
        max_length=LONGEST_COMMENT,
        help_text=_(
            "Không quá 500 chữ cái. Đừng ghi tên, số định danh, số điện thoại của bạn hay của người khác; "
            "cán bộ giải quyết đọc được những chữ này."
        ),
        widget=Textarea(attrs={"rows": 4}),
        error_messages={"max_length": _("Góp ý dài quá 500 chữ cái. Hãy viết ngắn lại.")},
    )
