"""The step table of an internal process as a form: a row a step; and what the chairman writes."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.definitions import StepDefinition
from motcua.catalogue.models import WorkflowStep
from motcua.catalogue.process_table import TableRow, hours_in_words, read_hours, rows_of_steps
from motcua.organisations.models import Unit
from motcua.rules.workflow import ROLE_OF, Branching, StepKind, StepPlace
from motcua.ui.forms import Textarea, VietnameseDateField

_MOST_HOURS = 9999
MOST_ROWS = 60


class StepForm(forms.Form):
    """One step."""

    code = forms.RegexField(r"^[\w.-]+$", label=_("Mã bước"), max_length=40)
    name = forms.CharField(label=_("Nội dung công việc"), max_length=300)
    kind = forms.ChoiceField(label=_("Loại bước"), choices=WorkflowStep.Kind.choices)
    place = forms.ChoiceField(label=_("Nơi thực hiện"), choices=WorkflowStep.Place.choices)
    unit = forms.CharField(label=_("Mã cơ quan phối hợp"), max_length=64, required=False)
    hours = forms.CharField(label=_("Thời gian"), max_length=60, help_text=_("Ví dụ: 4 giờ; 0,5 ngày"))
    output = forms.CharField(label=_("Kết quả"), max_length=300, required=False)
    following = forms.CharField(
        label=_("Bước tiếp theo"),
        max_length=600,
        required=False,
        help_text=_("Để trống: dòng kế tiếp. Ví dụ: B3: đủ điều kiện; B4: phải kiểm tra"),
    )
    branching = forms.ChoiceField(label=_("Nếu nhiều bước"), choices=WorkflowStep.Branches.choices)

    def clean_hours(self) -> Decimal:
        """Return the working hours."""
        hours = read_hours(self.cleaned_data["hours"])
        if hours is None or hours > _MOST_HOURS:
            raise forms.ValidationError(_("Ghi thời gian theo giờ hoặc ngày làm việc, ví dụ 4 giờ, 0,5 ngày."))
        return hours

    def clean_unit(self) -> Unit | None:
        """Return the agency that does the step in support, if any."""
        code = self.cleaned_data["unit"].strip()
        if not code:
            return None
        unit = Unit.objects.filter(code=code, dissolved_on=None).first()
        if unit is None:
            raise forms.ValidationError(_("Không có đơn vị mang mã này."))
        return unit

    def row(self) -> TableRow:
        """Return the row that was typed."""
        typed = self.cleaned_data
        kind = StepKind(typed["kind"])
        step = StepDefinition(
            code=typed["code"],
            name=typed["name"],
            kind=kind,
            role=ROLE_OF[kind],
            place=StepPlace(typed["place"]),
            hours=typed["hours"],
            branching=Branching(typed["branching"]),
            output=typed["output"],
            unit=typed["unit"],
        )
        return TableRow(step, typed["following"])


class StepTable(BaseFormSet):  # type: ignore[type-arg]  # Django has no type parameter here when it runs
    """The rows, each with a code of its own."""

    def clean(self) -> None:
        """Refuse two rows of one code, which could not be stored."""
        codes = [form.cleaned_data.get("code") for form in self.forms if form.is_valid()]
        for form in self.forms:
            if form.is_valid() and codes.count(form.cleaned_data["code"]) > 1:
                form.add_error("code", _("Mã bước này đã dùng cho dòng khác."))
        if any(form.errors for form in self.forms):
            raise forms.ValidationError(_("Một số dòng cần sửa; bảng chưa được lưu."))


def step_table(data: QueryDict | None = None, *, initial: list[dict[str, Any]] | None = None) -> StepTable:
    """Return the form of the whole table."""
    made = formset_factory(StepForm, formset=StepTable, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
    table = made(data, initial=initial)
    assert isinstance(table, StepTable)  # the factory makes a class of the one it is given
    return table


def initial_rows(steps: Sequence[StepDefinition]) -> list[dict[str, Any]]:
    """Return the steps as the form shows them."""
    return [
        {
            "code": row.step.code,
            "name": row.step.name,
            "kind": row.step.kind.value,
            "place": row.step.place.value,
            "unit": row.step.unit.code if row.step.unit else "",
            "hours": hours_in_words(row.step.hours),
            "output": row.step.output,
            "following": row.following,
            "branching": row.step.branching.value,
        }
        for row in rows_of_steps(steps)
    ]


class ApproveProcessForm(forms.Form):
    """The chairman's decision."""

    decision_no = forms.CharField(label=_("Số quyết định phê duyệt"), max_length=100)
    valid_from = VietnameseDateField(label=_("Áp dụng từ ngày"))


class GiveProcessBackForm(forms.Form):
    """Why the chairman gives a draft back."""

    reason = forms.CharField(label=_("Lý do trả lại"), max_length=1000, widget=Textarea(attrs={"rows": 3}))


class ImportForm(forms.Form):
    """A file that fills a draft."""

    file = forms.FileField(
        label=_("Tệp quy trình"), help_text=_("Bảng XLSX (TT, nội dung, trách nhiệm, thời gian, kết quả) hoặc BPMN.")
    )
