"""What the pages of the catalogue are asked for: days, and what to narrow the list to."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.queries.day import CodeChoice, Narrowing
from motcua.catalogue.queries.movements import Breakdown
from motcua.rules.procedure_parts import MAY_BE_NONE, Part
from motcua.ui.forms import VietnameseDateField
from motcua.workspace.catalogue_words import PARTS, PROBLEM_CHOICES


class NarrowingForm(forms.Form):
    """A sector and a unit to narrow a page of the catalogue to."""

    linhvuc = forms.ChoiceField(label=_("Lĩnh vực"), required=False)
    donvi = forms.ChoiceField(label=_("Cơ quan, đơn vị"), required=False)

    def __init__(self, *args: Any, sectors: Sequence[CodeChoice], units: Sequence[CodeChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, every, choices in (("linhvuc", _("Mọi lĩnh vực"), sectors), ("donvi", _("Mọi đơn vị"), units)):
            self.fields[name].choices = [("", every), *((one.code, one.name) for one in choices)]  # type: ignore[attr-defined]  # the field is a ChoiceField


class CatalogueForm(NarrowingForm):
    """The day of which the catalogue is asked, with everything to narrow it to."""

    field_order = ("ngay", "q", "linhvuc", "cap", "donvi")
    ngay = VietnameseDateField(label=_("Danh mục của ngày"), help_text=_("Một ngày đã qua hoặc sắp tới."))
    q = forms.CharField(label=_("Tên hoặc mã thủ tục"), required=False, max_length=200)
    cap = forms.ChoiceField(
        label=_("Cấp thực hiện"), required=False, choices=[("", _("Mọi cấp")), *ProcedureVersion.Level.choices]
    )

    def narrowing(self) -> Narrowing:
        """Return what was asked for; needs a valid form."""
        typed = self.cleaned_data
        return Narrowing(sector=typed["linhvuc"], level=typed["cap"], unit=typed["donvi"], text=typed["q"])


class PeriodForm(forms.Form):
    """A period to count in, by its first and its last day, and what to break the counts down by."""

    tu = VietnameseDateField(label=_("Từ ngày"), help_text="")
    den = VietnameseDateField(label=_("Đến hết ngày"), help_text="")
    theo = forms.ChoiceField(
        label=_("Chia theo"),
        choices=[
            (Breakdown.LEVEL.value, _("Cấp thực hiện")),
            (Breakdown.SECTOR.value, _("Lĩnh vực")),
            (Breakdown.UNIT.value, _("Cơ quan giải quyết")),
        ],
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        typed = super().clean() or {}
        first, last = typed.get("tu"), typed.get("den")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("den", _("Ngày cuối không được trước ngày đầu."))
        return typed


class QualityForm(NarrowingForm):
    """What the quality report is narrowed to: one problem, a sector, a unit."""

    field_order = ("loi", "linhvuc", "donvi")
    loi = forms.ChoiceField(label=_("Chỗ cần sửa"), required=False, choices=[("", _("Bất kỳ")), *PROBLEM_CHOICES])

    def narrowing(self) -> Narrowing:
        """Return what was asked for; needs a valid form."""
        return Narrowing(sector=self.cleaned_data["linhvuc"], unit=self.cleaned_data["donvi"])


class NoneForm(forms.Form):
    """The part of a version that an officer says there is none of, or takes that back of."""

    part = forms.TypedChoiceField(coerce=Part, choices=[(part.value, PARTS[part]) for part in MAY_BE_NONE])
    do = forms.ChoiceField(choices=[("declare", ""), ("back", "")])
