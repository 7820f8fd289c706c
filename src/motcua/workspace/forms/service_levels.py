"""What is typed about levels of online service."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.commands.service_levels import Found, LevelSetting
from motcua.catalogue.models import ServiceLevel, ServiceTarget
from motcua.catalogue.queries.day import CodeChoice
from motcua.catalogue.queries.service_levels import NO_LEVEL, LevelNarrowing
from motcua.organisations.models import Unit
from motcua.rules.service_levels import Level, levels_on
from motcua.ui.forms import VietnameseDateField
from motcua.workspace.forms.catalogue import NarrowingForm

_FIRST_YEAR, _LAST_YEAR = 2011, 2100
_TOLD = [("", _("Chưa kiểm tra")), ("yes", _("Có")), ("no", _("Không"))]
_TOLD_OF = {None: "", True: "yes", False: "no"}


class LevelsForm(NarrowingForm):
    """The day of which the levels are asked, and what to narrow the list to."""

    field_order = ("ngay", "mucdo", "linhvuc", "donvi")
    ngay = VietnameseDateField(label=_("Mức độ của ngày"), help_text="")
    mucdo = forms.ChoiceField(
        label=_("Mức độ"),
        required=False,
        choices=[("", _("Mọi mức độ")), *ServiceLevel.Name.choices, (NO_LEVEL, _("Chưa ghi mức độ"))],
    )

    def clean(self) -> dict[str, Any]:
        """Refuse to look for a level by a name that was not in use on the day."""
        typed = super().clean() or {}
        level, day = typed.get("mucdo"), typed.get("ngay")
        if level and level != NO_LEVEL and day and Level(level) not in levels_on(day):
            self.add_error("mucdo", _names_in_use(day))
        return typed

    def narrowing(self) -> LevelNarrowing:
        """Return what was asked for; needs a valid form."""
        typed = self.cleaned_data
        return LevelNarrowing(sector=typed["linhvuc"], unit=typed["donvi"], level=typed["mucdo"])


class RisingForm(NarrowingForm):
    """What the list of levels to raise is narrowed to."""

    def narrowing(self) -> LevelNarrowing:
        """Return what was asked for; needs a valid form."""
        return LevelNarrowing(sector=self.cleaned_data["linhvuc"], unit=self.cleaned_data["donvi"])


class LevelForm(forms.Form):
    """A level from a day on, on a ground, at every unit or one of `units`, with what was found to be so there."""

    level = forms.ChoiceField(label=_("Mức độ"), choices=[("", _("Chọn mức độ")), *ServiceLevel.Name.choices])
    valid_from = VietnameseDateField(label=_("Áp dụng từ ngày"))
    unit = forms.ChoiceField(label=_("Nơi áp dụng"), required=False)
    ground = forms.CharField(label=_("Căn cứ"), max_length=300, help_text=_("Số, ngày của văn bản."))
    pays_online = forms.ChoiceField(
        label=_("Nộp phí, lệ phí trực tuyến được?"),
        choices=_TOLD,
        required=False,
        help_text=_("Thủ tục không thu tiền: chọn Có."),
    )
    result_from_afar = forms.ChoiceField(
        label=_("Trả kết quả trực tuyến hoặc qua bưu chính?"), choices=_TOLD, required=False
    )
    needs_presence = forms.ChoiceField(label=_("Người dân phải đến trực tiếp?"), choices=_TOLD, required=False)

    def __init__(self, *args: Any, units: Sequence[CodeChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("Mọi cơ quan")), *((one.code, one.name) for one in units)]  # type: ignore[attr-defined]  # the field is a ChoiceField

    def clean(self) -> dict[str, Any]:
        """Refuse a level that is not in use on its first day, and say which are."""
        typed = super().clean() or {}
        level, day = typed.get("level"), typed.get("valid_from")
        if level and day and Level(level) not in levels_on(day):
            self.add_error("level", _names_in_use(day))
        return typed

    def setting(self) -> LevelSetting:
        """Return what was typed."""
        typed = self.cleaned_data
        unit = Unit.objects.get(code=typed["unit"]) if typed["unit"] else None
        found = Found(*(_told(typed[name]) for name in ("pays_online", "result_from_afar", "needs_presence")))
        return LevelSetting(Level(typed["level"]), typed["valid_from"], typed["ground"], unit, found)


class CorrectForm(LevelForm):
    """What a level recorded wrongly should have been, and why; the place stays."""

    reason = forms.CharField(label=_("Lý do sửa"), max_length=300)

    def __init__(self, *args: Any, level: ServiceLevel, **kwargs: Any) -> None:
        typed = {name: getattr(level, name) for name in ("level", "valid_from", "ground")}
        told = {name: _TOLD_OF[getattr(level, name)] for name in ("pays_online", "result_from_afar", "needs_presence")}
        super().__init__(*args, units=(), initial=typed | told, **kwargs)
        self.level_unit = level.unit
        del self.fields["unit"]

    def setting(self) -> LevelSetting:
        """Return what was typed, at the place the level has."""
        self.cleaned_data["unit"] = ""
        return replace(super().setting(), unit=self.level_unit)


class EndForm(forms.Form):
    """From which day on a level holds no longer, and the document that says so."""

    until = VietnameseDateField(label=_("Hết áp dụng từ ngày"))
    ground = forms.CharField(label=_("Căn cứ"), max_length=300, help_text=_("Số, ngày của văn bản."))


class WithdrawForm(forms.Form):
    """Why a level is taken back."""

    reason = forms.CharField(label=_("Lý do thu hồi"), max_length=300)


def _names_in_use(day: date) -> str:
    names = ", ".join(str(ServiceLevel.Name(one).label) for one in levels_on(day))
    return gettext("Ngày này chỉ dùng các mức: %(names)s.") % {"names": names}


def _told(typed: str) -> bool | None:
    return None if not typed else typed == "yes"


class TargetForm(forms.Form):
    """A target of a year."""

    year = forms.IntegerField(label=_("Năm"), min_value=_FIRST_YEAR, max_value=_LAST_YEAR)
    metric = forms.ChoiceField(label=_("Chỉ tiêu"), choices=ServiceTarget.Metric.choices)
    percent = forms.IntegerField(label=_("Mục tiêu (%)"), min_value=0, max_value=100)
    source = forms.CharField(label=_("Văn bản giao"), max_length=300)

    def target(self) -> ServiceTarget:
        """Return the row that was typed, not yet saved."""
        return ServiceTarget(**self.cleaned_data)
