"""Which report is asked for: the period by its name, what its lines are of, and whose."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from motcua.catalogue.queries.day import CodeChoice
from motcua.organisations.models import Unit
from motcua.reporting.queries.sums import GroupBy, Wanted
from motcua.rules.periods import NoSuchPeriod, PeriodKind, ReportPeriod, periods_in_year, report_period

_FIRST_YEAR, _LAST_YEAR = 2010, 2100


class SettlementForm(forms.Form):
    """A period of a year, what the lines are of, and one unit or all."""

    loai = forms.ChoiceField(
        label=_("Kỳ báo cáo"),
        choices=[
            (PeriodKind.MONTH.value, _("Tháng")),
            (PeriodKind.QUARTER.value, _("Quý")),
            (PeriodKind.HALF_YEAR.value, _("Sáu tháng")),
            (PeriodKind.YEAR.value, _("Năm")),
        ],
    )
    ky = forms.IntegerField(
        label=_("Kỳ thứ"), min_value=1, help_text=_("Ví dụ: 3 là tháng 3 hoặc quý III. Báo cáo năm: 1.")
    )
    nam = forms.IntegerField(label=_("Năm"), min_value=_FIRST_YEAR, max_value=_LAST_YEAR)
    theo = forms.ChoiceField(
        label=_("Chia theo"),
        choices=[
            (GroupBy.UNIT.value, _("Cơ quan giải quyết")),
            (GroupBy.SECTOR.value, _("Lĩnh vực")),
            (GroupBy.PROCEDURE.value, _("Thủ tục")),
        ],
    )
    donvi = forms.ChoiceField(label=_("Cơ quan, đơn vị"), required=False)

    def __init__(self, *args: Any, units: Sequence[CodeChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Mọi đơn vị")), *((one.code, one.name) for one in units)]
        self.fields["donvi"].choices = choices  # type: ignore[attr-defined]  # the field is a ChoiceField

    def clean(self) -> dict[str, Any]:
        """Refuse a number that no period of the year has, and say how many there are."""
        typed = super().clean() or {}
        if {"loai", "ky", "nam"} <= typed.keys():
            kind = PeriodKind(typed["loai"])
            try:
                typed["period"] = report_period(kind, typed["nam"], typed["ky"])
            except NoSuchPeriod:
                count = periods_in_year(kind)
                sentence = ngettext("Một năm có %(count)s kỳ loại này.", "Một năm có %(count)s kỳ loại này.", count)
                self.add_error("ky", sentence % {"count": count})
        return typed

    def period(self) -> ReportPeriod:
        """Return the period asked for; needs a valid form."""
        period: ReportPeriod = self.cleaned_data["period"]
        return period

    def wanted(self) -> Wanted:
        """Return what the lines are of, and whose; needs a valid form."""
        typed = self.cleaned_data
        unit = Unit.objects.get(code=typed["donvi"]).pk if typed["donvi"] else None
        return Wanted(GroupBy(typed["theo"]), None if unit is None else frozenset({unit}))
