"""What is filled in to go on in a process that branches: a leg beside the leading way, the head's word on a draft."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.accounts.models import User
from motcua.dossiers.queries.assignment import officers_of_each
from motcua.rules.transitions import Action
from motcua.ui.forms import Textarea
from motcua.workspace.forms.acts import ActForm, AssignForm, WayForm, officer_choices
from motcua.workspace.forms.course import words_field
from motcua.workspace.forms.scans import ScanField


class PassOnForm(AssignForm):
    """What the verification found, and to whom the next one goes: first, whoever has the dossier in hand."""

    action = Action.PASS_ON
    note = words_field(_("Kết quả thẩm tra"), longest=5000, rows=5)

    field_order = ("version", "note", "way", "to")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound and self.page.dossier.assignee:
            self.initial.setdefault("to", self.page.dossier.assignee.username)


class AssignLegForm(ActForm):
    """Which leg, where there are several, and to whom of the officers of the units that do them."""

    leg = forms.ChoiceField(label=_("Bước phối hợp"), widget=forms.RadioSelect)
    to = forms.ChoiceField(label=_("Giao cho"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Lời dặn, lý do giao"),
        help_text=_("Lưu thành ghi chú nội bộ của hồ sơ."),
        required=False,
        max_length=500,
        widget=Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines, on = self.page.course.legs_to_give, timezone.localdate(self.page.at)
        # Where nothing is to give any more, the act itself refuses, and says why.
        units = sorted({line.unit_id for line in lines or self.page.course.legs})
        loads = {load.username: load for theirs in officers_of_each(units, on=on).values() for load in theirs}
        self.fields["to"].choices = officer_choices(loads.values())  # type: ignore[attr-defined]  # a ChoiceField
        if len(lines) < 2:  # noqa: PLR2004  # nothing to choose
            del self.fields["leg"]
            return
        self.fields["leg"].choices = [  # type: ignore[attr-defined]  # the field is a ChoiceField
            (line.leg, f"{line.name} · {line.unit}") for line in lines
        ]

    def clean_to(self) -> User:
        """Return the chosen officer."""
        return User.objects.get(username=self.cleaned_data["to"])

    def clean(self) -> dict[str, Any]:
        """Return the leg that was chosen, empty where there is one."""
        cleaned: dict[str, Any] = super().clean() or {}
        return {"leg": "", **cleaned}


class FinishLegForm(ActForm):
    """What came of the step of a leg; `part` says which step, and how it goes on, where there is more than one."""

    part = forms.ChoiceField(label=_("Bước đã làm xong"), widget=forms.RadioSelect)
    opinion = words_field(_("Ý kiến, kết quả của bước"), longest=5000, rows=6)
    file = ScanField(label=_("Văn bản kèm theo"), help_text=_("Để trống nếu không có văn bản riêng."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = [(line, way) for line in self.page.course.own_legs for way in line.ways or ("",)]
        if len(self.parts) < 2:  # noqa: PLR2004  # nothing to choose
            del self.fields["part"]
            return
        self.fields["part"].choices = [  # type: ignore[attr-defined]  # the field is a ChoiceField
            (str(number), f"{line.name}: {way}" if way else line.name) for number, (line, way) in enumerate(self.parts)
        ]

    def clean(self) -> dict[str, Any]:
        """Return the `leg` and the `way` that were chosen; the only ones there are need no choice."""
        cleaned: dict[str, Any] = super().clean() or {}
        number = cleaned.get("part", "0")
        if number and int(number) < len(self.parts):
            line, cleaned["way"] = self.parts[int(number)]
            cleaned["leg"] = line.leg
        return {"leg": "", "way": "", **cleaned}


class ApproveDraftForm(WayForm):
    """Approving may carry a remark."""

    action = Action.APPROVE_DRAFT
    note = forms.CharField(label=_("Ý kiến"), required=False, max_length=2000, widget=Textarea(attrs={"rows": 3}))
