"""The table of compliance costs as a form: a row a thing that people do (C-16)."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.catalogue.models import CostLine

MOST_ROWS: Final = 80
_MOST_VND = 10**10
_MOST_SUBJECTS = 10**8
_MOST_HOURS, _MOST_TIMES = Decimal("99999.99"), Decimal(9999)
_WHOLE = re.compile(r"\d{1,3}(?:[., ]\d{3})+|\d+")


class VndField(forms.IntegerField):
    """Whole numbers as people write them: 1500000, 1.500.000 or 1 500 000."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {"invalid": gettext_lazy("Ghi số nguyên, ví dụ 1.500.000.")}

    def to_python(self, value: Any) -> int | None:
        """Read the number; points, commas and spaces stand between thousands only."""
        if isinstance(value, str) and value.strip():
            if not _WHOLE.fullmatch(value.strip()):
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
            value = re.sub(r"[., ]", "", value)
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """Print a stored number with points; what was typed stays as it was typed."""
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


class NumberField(forms.DecimalField):
    """A number with at most two places after the comma: 4,5."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {"invalid": gettext_lazy("Ghi một số, ví dụ 4,5.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=8, decimal_places=2, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # as Django's own field of this kind
        """Read the number, with a comma or a point."""
        return super().to_python(value.strip().replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """Print a stored number with a comma; what was typed stays as it was typed."""
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value


class CostForm(forms.Form):
    """One row."""

    activity = forms.ChoiceField(label=gettext_lazy("Hoạt động"), choices=CostLine.What.choices)
    name = forms.CharField(label=gettext_lazy("Công việc"), max_length=300)
    manner = forms.CharField(label=gettext_lazy("Cách thức"), max_length=200, required=False)
    hours = NumberField(label=gettext_lazy("Số giờ"), min_value=Decimal(0), max_value=_MOST_HOURS)
    service_vnd = VndField(label=gettext_lazy("Thuê dịch vụ, tư vấn"), min_value=0, max_value=_MOST_VND)
    fee_vnd = VndField(label=gettext_lazy("Phí, lệ phí, khác"), min_value=0, max_value=_MOST_VND)
    times = NumberField(label=gettext_lazy("Số lần một năm"), min_value=Decimal(0), max_value=_MOST_TIMES)
    subjects = VndField(label=gettext_lazy("Số đối tượng một năm"), min_value=0, max_value=_MOST_SUBJECTS)
    note = forms.CharField(label=gettext_lazy("Ghi chú"), max_length=300, required=False)

    def line(self) -> CostLine:
        """Return the row that was typed, not yet saved."""
        return CostLine(**self.cleaned_data)


FIELDS: Final = tuple(CostForm.base_fields)


class CostTable(BaseFormSet):  # type: ignore[type-arg]  # Django has no type parameter here when it runs
    """The rows of one table."""

    def clean(self) -> None:
        """Say above the table that some row needs repair."""
        if any(form.errors for form in self.forms):
            raise forms.ValidationError(_("Một số dòng cần sửa; bảng chưa được lưu."))


def cost_table(
    data: Mapping[str, Any] | None = None, *, initial: Sequence[Mapping[str, Any]] | None = None
) -> CostTable:
    """Return the form of the whole table."""
    made = formset_factory(CostForm, formset=CostTable, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
    table = made(data, initial=initial)
    assert isinstance(table, CostTable)  # the factory makes a class of the one it is given
    for form in table.forms:
        form.empty_permitted = False  # a row without a word is a mistake, not a row to leave out
    return table


def initial_costs(lines: Sequence[CostLine]) -> list[dict[str, Any]]:
    """Return stored rows, or rows to begin with, as the form shows them."""
    return [{name: getattr(line, name) for name in FIELDS} for line in lines]


def typed_rows(table: CostTable) -> list[dict[str, Any]]:
    """Return what was typed, right or wrong, as rows that a new form can begin with."""
    return [{name: form[name].data for name in FIELDS} for form in table.forms]
