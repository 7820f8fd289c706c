"""What is typed when a survey is prepared."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.rules.surveys import LEAST_ALIKE
from motcua.surveys.commands.prepare import Plan, Question
from motcua.surveys.models import Survey
from motcua.ui.forms import Textarea, VietnameseDateField

_MOST_QUESTIONS = 60
_SAMPLE = (
    gettext_lazy("Tiếp cận dịch vụ | Bạn tìm thông tin về thủ tục có dễ không?"),
    gettext_lazy("Tiếp cận dịch vụ | Nơi tiếp nhận có đủ chỗ ngồi, biển chỉ dẫn không?"),
    gettext_lazy("Thủ tục | Giấy tờ phải nộp có đúng như đã niêm yết không?"),
    gettext_lazy("Thủ tục | Phí, lệ phí có đúng như đã niêm yết không?"),
    gettext_lazy("Công chức | Người tiếp nhận có lịch sự, hướng dẫn rõ không?"),
    gettext_lazy("Kết quả | Kết quả có chính xác, đúng hẹn không?"),
    gettext_lazy("Tiếp nhận ý kiến | Góp ý, phản ánh của bạn có được trả lời không?"),
)


class SurveyForm(forms.Form):
    """Who is asked, how many, until when, and the questions, one a line under their factor."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=gettext_lazy("Tên cuộc khảo sát"), max_length=200)
    returned_from = VietnameseDateField(label=gettext_lazy("Hỏi người nhận kết quả từ ngày"))
    returned_until = VietnameseDateField(label=gettext_lazy("Đến trước ngày"))
    unit_count = forms.IntegerField(
        label=gettext_lazy("Số đơn vị rút ra"), min_value=1, max_value=1000, help_text=gettext_lazy("Bậc một.")
    )
    group_count = forms.IntegerField(
        label=gettext_lazy("Số lĩnh vực rút ở mỗi đơn vị"),
        min_value=1,
        max_value=100,
        help_text=gettext_lazy("Bậc hai."),
    )
    dossier_count = forms.IntegerField(
        label=gettext_lazy("Số hồ sơ rút ở mỗi lĩnh vực"),
        min_value=LEAST_ALIKE,
        max_value=1000,
        help_text=gettext_lazy("Bậc ba. Ít nhất 5, để câu trả lời không chỉ ra người."),
    )
    closes_on = VietnameseDateField(label=gettext_lazy("Nhận trả lời đến hết ngày"))
    questions = forms.CharField(
        label=gettext_lazy("Câu hỏi"),
        widget=Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy(
            "Mỗi dòng một câu: yếu tố, dấu gạch đứng, câu hỏi. Ví dụ: Công chức | Có lịch sự không?"
        ),
    )

    def clean_questions(self) -> tuple[Question, ...]:
        """Read the lines; each has a factor, a bar and a question."""
        lines = [line.strip() for line in self.cleaned_data["questions"].split("\n") if line.strip()]
        if len(lines) > _MOST_QUESTIONS:
            raise forms.ValidationError(_("Nhiều nhất %(most)s câu hỏi.") % {"most": _MOST_QUESTIONS})
        found = []
        for number, line in enumerate(lines, start=1):
            factor, bar, text = (part.strip() for part in line.partition("|"))
            if not (bar and factor and text):
                raise forms.ValidationError(
                    _("Dòng %(number)s thiếu yếu tố, gạch đứng hoặc câu hỏi.") % {"number": number}
                )
            if len(factor) > 100 or len(text) > 300:  # noqa: PLR2004  # as the columns are wide
                raise forms.ValidationError(_("Dòng %(number)s quá dài.") % {"number": number})
            found.append(Question(factor, text))
        return tuple(found)

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        typed = super().clean() or {}
        since, until = typed.get("returned_from"), typed.get("returned_until")
        if since and until and until <= since:
            self.add_error("returned_until", _("Ngày này phải sau ngày bắt đầu."))
        return typed

    def plan(self) -> Plan:
        """Return what was typed of people and days; needs a valid form."""
        return Plan(**{name: self.cleaned_data[name] for name in Plan.__dataclass_fields__})


class SlipForm(forms.Form):
    """The code on a paper slip."""

    code = forms.CharField(label=gettext_lazy("Mã phiếu"), max_length=20, help_text=gettext_lazy("12 chữ và số."))


def shown_as_typed(survey: Survey | None) -> dict[str, Any]:
    """Return what the form begins with: what the survey says, or an example of ours where there is none."""
    if survey is None:
        return {"unit_count": 10, "group_count": 3, "dossier_count": 10, "questions": "\n".join(map(str, _SAMPLE))}
    lines = [f"{row.factor} | {row.text}" for row in survey.questions.order_by("position")]
    said = {name: getattr(survey, name) for name in Plan.__dataclass_fields__}
    return {**said, "questions": "\n".join(lines), "seen": survey.version}
