"""What is typed about the yearly review: the plan, a procedure in it, a part, the proposal, the decision."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.commands.review_plans import LastDays, Planned
from motcua.catalogue.commands.reviews import Assessment, Proposal
from motcua.catalogue.models import HourlyIncome, Review, VerdictChoice
from motcua.organisations.models import Unit
from motcua.rules.compliance_cost import WORKING_HOURS_A_YEAR
from motcua.rules.procedure_parts import Part
from motcua.rules.simplification import Verdict, questions
from motcua.ui.forms import Textarea, VietnameseDateField
from motcua.workspace.forms.costs import NumberField, VndField
from motcua.workspace.review_words import QUESTIONS

_MOST_INCOME = 10**10
_LEAST_HOURS, _MOST_HOURS = 1000, 8784
_FIRST_YEAR, _LAST_YEAR = 2010, 2100
_MONTHS = [(number, str(number)) for number in range(1, 13)]


class OpenPlanForm(forms.Form):
    """A new plan."""

    year = forms.IntegerField(label=_("Năm"), min_value=_FIRST_YEAR, max_value=_LAST_YEAR)
    plan_due_on = VietnameseDateField(label=_("Hạn ban hành kế hoạch"))
    result_due_on = VietnameseDateField(label=_("Hạn báo cáo kết quả"))
    source = forms.CharField(
        label=_("Văn bản đặt ra hai hạn này"),
        max_length=300,
        help_text=_("Hai ngày ghi sẵn chỉ là gợi ý: hãy đối chiếu với văn bản đang áp dụng."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a result that is due before the plan."""
        typed = super().clean() or {}
        plan_due_on, result_due_on = typed.get("plan_due_on"), typed.get("result_due_on")
        if plan_due_on and result_due_on and result_due_on <= plan_due_on:
            self.add_error("result_due_on", _("Ngày này phải sau hạn ban hành kế hoạch."))
        return typed

    def days(self) -> LastDays:
        """Return the last days that were typed."""
        typed = self.cleaned_data
        return LastDays(typed["plan_due_on"], typed["result_due_on"], typed["source"])


class IncomeForm(forms.Form):
    """The income by which an hour is counted."""

    valid_from = VietnameseDateField(label=_("Áp dụng từ ngày"))
    yearly_income_vnd = VndField(
        label=_("Thu nhập bình quân đầu người một năm (đồng)"), min_value=1, max_value=_MOST_INCOME
    )
    hours_a_year = forms.IntegerField(
        label=_("Số giờ làm việc một năm"),
        min_value=_LEAST_HOURS,
        max_value=_MOST_HOURS,
        initial=WORKING_HOURS_A_YEAR,
        help_text=_("12 tháng × 22 ngày × 8 giờ = 2.112 giờ"),
    )
    source = forms.CharField(label=_("Căn cứ"), max_length=300, help_text=_("Văn bản hoặc số liệu đã công bố."))

    def income(self) -> HourlyIncome:
        """Return the row that was typed, not yet saved."""
        return HourlyIncome(**self.cleaned_data)


class IssuePlanForm(forms.Form):
    """The decision that issues a plan."""

    decision_no = forms.CharField(label=_("Số quyết định ban hành"), max_length=100)
    issued_on = VietnameseDateField(label=_("Ngày ban hành"))


class PlanReviewForm(forms.Form):
    """One procedure in the plan."""

    unit = forms.ChoiceField(label=_("Cơ quan rà soát"))
    from_month = forms.TypedChoiceField(label=_("Từ tháng"), coerce=int, choices=_MONTHS)
    until_month = forms.TypedChoiceField(label=_("Đến hết tháng"), coerce=int, choices=_MONTHS)
    ground = forms.ChoiceField(label=_("Căn cứ lựa chọn"), choices=Review.Ground.choices)
    ground_note = forms.CharField(label=_("Nói rõ căn cứ"), max_length=500, required=False)
    product = forms.CharField(
        label=_("Dự kiến sản phẩm"), max_length=500, help_text=_("Ví dụ: phương án đơn giản hóa, dự thảo nghị quyết")
    )

    def __init__(self, data: Any = None, *, units: Sequence[Unit], year: int, today: date) -> None:
        first = today.month if year == today.year else 1
        super().__init__(data, initial={"from_month": first, "until_month": 12})
        self._units, self._year = {unit.code: unit for unit in units}, year
        choices = self.fields["unit"]
        assert isinstance(choices, forms.ChoiceField)  # as it is declared above
        choices.choices = [(unit.code, unit.name) for unit in units]

    def clean(self) -> dict[str, Any]:
        """Refuse months in the wrong order, and another ground that is not said."""
        typed = super().clean() or {}
        first, last = typed.get("from_month"), typed.get("until_month")
        if first and last and last < first:
            self.add_error("until_month", _("Tháng kết thúc phải từ tháng bắt đầu trở đi."))
        if typed.get("ground") == Review.Ground.OTHER and not typed.get("ground_note"):
            self.add_error("ground_note", _("Hãy ghi rõ lý do khác là gì."))
        return typed

    def planned(self) -> Planned:
        """Return what was typed; the months are whole ones of the year of the plan."""
        typed = self.cleaned_data
        last_day = monthrange(self._year, typed["until_month"])[1]
        return Planned(
            unit=self._units[typed["unit"]],
            starts_on=date(self._year, typed["from_month"], 1),
            ends_on=date(self._year, typed["until_month"], last_day),
            ground=typed["ground"],
            ground_note=typed["ground_note"],
            product=typed["product"],
        )


class PartForm(forms.Form):
    """What is found of one part: an answer to each question that is asked of it, then the verdict."""

    verdict = forms.ChoiceField(label=_("Đánh giá"), choices=VerdictChoice.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Lý do"), max_length=4000, widget=Textarea(attrs={"rows": 3}))
    proposal = forms.CharField(
        label=_("Nội dung đề nghị sửa"), max_length=4000, required=False, widget=Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any = None, *, part: Part, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self._names = [question.value.lower() for question in questions(part)]
        for question, name in zip(questions(part), self._names, strict=True):
            self.fields[name] = forms.CharField(
                label=QUESTIONS[question], max_length=4000, required=False, widget=Textarea(attrs={"rows": 2})
            )
        self.order_fields([*self._names, "verdict", "reason", "proposal"])

    def clean(self) -> dict[str, Any]:
        """Refuse an amendment that does not say how."""
        typed = super().clean() or {}
        if typed.get("verdict") == Verdict.AMEND and not typed.get("proposal"):
            self.add_error("proposal", _("Hãy ghi nội dung đề nghị sửa."))
        return typed

    def assessment(self) -> Assessment:
        """Return what was typed."""
        typed = self.cleaned_data
        return Assessment(
            verdict=Verdict(typed["verdict"]),
            reason=typed["reason"],
            proposal=typed["proposal"],
            **{name: typed[name] for name in self._names},
        )


class ProposeForm(forms.Form):
    """What is laid before the chairman."""

    outcome = forms.ChoiceField(label=_("Phương án"), choices=VerdictChoice.choices, widget=forms.RadioSelect)
    summary = forms.CharField(label=_("Nội dung phương án"), max_length=8000, widget=Textarea(attrs={"rows": 5}))
    limit_after = NumberField(label=_("Thời hạn đề nghị"), min_value=Decimal(0), required=False)

    def __init__(self, data: Any = None, *, limit: Decimal | None, limit_unit: str, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        if not limit:
            del self.fields["limit_after"]
        else:
            self.fields["limit_after"].help_text = _("Tính bằng %(unit)s. Để trống: giữ như hiện nay.") % {
                "unit": limit_unit
            }

    def proposal(self) -> Proposal:
        """Return what was typed."""
        typed = self.cleaned_data
        return Proposal(Verdict(typed["outcome"]), typed["summary"], typed.get("limit_after"))


class ApproveReviewForm(forms.Form):
    """The chairman's decision."""

    decision_no = forms.CharField(label=_("Số quyết định phê duyệt"), max_length=100)
    follow_up_on = VietnameseDateField(label=_("Hạn thực thi phương án"))

    def __init__(self, data: Any = None, *, outcome: str, today: date) -> None:
        super().__init__(data)
        self._today = today
        if outcome == Verdict.KEEP:
            del self.fields["follow_up_on"]

    def clean_follow_up_on(self) -> date:
        """Refuse a day that has passed."""
        day: date = self.cleaned_data["follow_up_on"]
        if day < self._today:
            raise forms.ValidationError(_("Hạn thực thi phải từ hôm nay trở đi."))
        return day


class GiveReviewBackForm(forms.Form):
    """Why the chairman gives a proposal back."""

    reason = forms.CharField(label=_("Lý do trả lại"), max_length=1000, widget=Textarea(attrs={"rows": 3}))
