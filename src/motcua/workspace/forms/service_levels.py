"""What is typed about levels of online service."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.commands.service_levels import LevelSetting
from motcua.catalogue.models import ServiceLevel, ServiceTarget
from motcua.organisations.models import Unit
from motcua.rules.service_levels import Level, levels_on
from motcua.ui.forms import VietnameseDateField

_FIRST_YEAR, _LAST_YEAR = 2011, 2100


class DayForm(forms.Form):
    """The day of which the levels are asked."""

    ngay = VietnameseDateField(label=_("Mức độ của ngày"), help_text="")


class LevelForm(forms.Form):
    """A level from a day on, on a ground."""

    level = forms.ChoiceField(label=_("Mức độ"), choices=[("", _("Chọn mức độ")), *ServiceLevel.Name.choices])
    valid_from = VietnameseDateField(label=_("Áp dụng từ ngày"))
    unit_code = forms.CharField(
        label=_("Mã cơ quan"),
        max_length=40,
        required=False,
        help_text=_("Để trống nếu áp dụng ở mọi cơ quan."),
    )
    ground = forms.CharField(label=_("Căn cứ"), max_length=300, help_text=_("Số, ngày của văn bản."))

    def clean_unit_code(self) -> str:
        """Refuse a code no unit has."""
        code: str = self.cleaned_data["unit_code"]
        if code and not Unit.objects.filter(code=code).exists():
            raise forms.ValidationError(_("Không có cơ quan nào mang mã này."))
        return code

    def clean(self) -> dict[str, Any]:
        """Refuse a level that is not in use on its first day, and say which are."""
        typed = super().clean() or {}
        level, day = typed.get("level"), typed.get("valid_from")
        if level and day and Level(level) not in levels_on(day):
            names = ", ".join(str(ServiceLevel.Name(one).label) for one in levels_on(day))
            self.add_error("level", _("Ngày này chỉ dùng các mức: %(names)s.") % {"names": names})
        return typed

    def setting(self) -> LevelSetting:
        """Return what was typed."""
        typed = self.cleaned_data
        unit = Unit.objects.get(code=typed["unit_code"]) if typed["unit_code"] else None
        return LevelSetting(Level(typed["level"]), typed["valid_from"], typed["ground"], unit)


class TargetForm(forms.Form):
    """A target of a year."""

    year = forms.IntegerField(label=_("Năm"), min_value=_FIRST_YEAR, max_value=_LAST_YEAR)
    metric = forms.ChoiceField(label=_("Chỉ tiêu"), choices=ServiceTarget.Metric.choices)
    percent = forms.IntegerField(label=_("Mục tiêu (%)"), min_value=0, max_value=100)
    source = forms.CharField(label=_("Văn bản giao"), max_length=300)

    def target(self) -> ServiceTarget:
        """Return the row that was typed, not yet saved."""
        return ServiceTarget(**self.cleaned_data)
