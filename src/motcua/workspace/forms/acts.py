"""What an official fills in for each act. Forms check shape; whether the act is open is for the rules to say."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from motcua.accounts.models import User
from motcua.dossiers.commands.intake import PaperCheck
from motcua.dossiers.models import CHECK_LABELS, GROUND_LABELS
from motcua.dossiers.queries.assignment import OfficerLoad, officers_of
from motcua.dossiers.queries.dossier_page import DossierPage, PaperLine
from motcua.rules.papers import CheckState, DeclineGround
from motcua.rules.transitions import Action
from motcua.ui.forms import Textarea
from motcua.workspace.forms.scans import ScanField, hand_over
from motcua.workspace.seen import snapshot
from motcua.workspace.uploads import Uploads

_MOST_SHEETS = 99
_FINDINGS = (CheckState.PRESENT, CheckState.MISSING, CheckState.WRONG, CheckState.NOT_NEEDED)


class ActForm(forms.Form):
    """The form of one act: `version` is the state of the dossier on the screen, `seen` what the screen said of it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, page: DossierPage, uploads: Uploads | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        self.fields["version"].initial = page.version
        self.fields["seen"].initial = snapshot(page)
        hand_over(self, uploads or Uploads())

    def refuse(self, sentence: str, positions: Iterable[int] = (), field: str = "") -> None:
        """Show why the act was refused, at the `field` and the papers it is about where the form has them."""
        self.add_error(field if field in self.fields else None, sentence)
        for name in (f"state_{position}" for position in positions):
            if name in self.fields:
                self.add_error(name, _("Giấy tờ này chưa đủ điều kiện để tiếp nhận."))

    def carry_on(self, page: DossierPage) -> None:
        """Keep what was typed for the dossier as it now is, so that sending it again is meant for that."""
        self.page = page
        kept = cast("QueryDict", self.data).copy()
        kept["version"], kept["seen"] = str(page.version), snapshot(page)
        self.data = kept

    def long_field(self) -> str:
        """Return the name of the first field for sentences, which wording begins in; empty where there is none."""
        fields = self.fields.items()
        return next((name for name, field in fields if isinstance(field.widget, forms.Textarea)), "")

    def begin_with(self, text: str) -> None:
        """Have the first field for sentences begin with `text`, unless something stands there."""
        self.initial.setdefault(self.long_field(), text)

    def spoken(self) -> dict[str, str]:
        """Return what was typed or chosen, by name of its field, in the words of the page."""
        return {bound.name: _spoken(bound) for bound in self if not bound.is_hidden and bound.value()}

    def kept(self) -> list[tuple[str, str]]:
        """Return what was typed, to be copied from a page that can no longer take it."""
        return [
            (str(bound.label), str(bound.value()))
            for bound in self
            if not bound.is_hidden and isinstance(bound.value(), str) and bound.value()
        ]


class PaperRow(NamedTuple):
    """The fields of one paper, beside the paper they are about."""

    line: PaperLine
    state: forms.BoundField
    originals: forms.BoundField
    copies: forms.BoundField
    note: forms.BoundField


class AcceptForm(ActForm):
    """What the officer found of each paper of the closed list; one for other cases is supposed not to be needed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [(state.value, CHECK_LABELS[state]) for state in _FINDINGS]
        for line in self.page.papers:
            supposed = CheckState.NOT_NEEDED if line.is_for_other_cases else line.state
            at = str(line.position)
            self.fields[f"state_{at}"] = forms.ChoiceField(
                label=_("Kết quả kiểm tra"),
                choices=states,
                initial=None if supposed is CheckState.UNCHECKED else supposed.value,
                widget=forms.RadioSelect(attrs={"class": "choices--row"}),
            )
            self.fields[f"originals_{at}"] = sheets_field(_("Bản chính"), line.originals_count)
            self.fields[f"copies_{at}"] = sheets_field(_("Bản sao"), line.copies_count)
            self.fields[f"note_{at}"] = forms.CharField(
                label=_("Ghi chú"), max_length=300, required=False, initial=line.note
            )

    def rows(self) -> list[PaperRow]:
        """Return the fields paper by paper, in the order of the list."""
        return [
            PaperRow(line, *(self[f"{name}_{line.position}"] for name in ("state", "originals", "copies", "note")))
            for line in self.page.papers
        ]

    def clean(self) -> dict[str, Any]:
        """Gather the answers as `checks`, by position."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["checks"] = {
            line.position: PaperCheck(
                state=CheckState(cleaned[f"state_{line.position}"]),
                originals_count=cleaned.get(f"originals_{line.position}") or 0,
                copies_count=cleaned.get(f"copies_{line.position}") or 0,
                note=cleaned.get(f"note_{line.position}", ""),
            )
            for line in self.page.papers
            if cleaned.get(f"state_{line.position}")
        }
        return cleaned


class GroundForm(forms.Form):
    """The ground of a decline, the provision it rests on, and the case in plain words (B-07)."""

    ground = forms.ChoiceField(
        label=_("Căn cứ từ chối"),
        choices=[(ground.value, GROUND_LABELS[ground]) for ground in DeclineGround],
        widget=forms.RadioSelect,
    )
    basis = forms.ChoiceField(label=_("Văn bản"), required=False)
    article = forms.CharField(
        label=_("Điều, khoản, điểm"),
        help_text=_("Ví dụ: khoản 2 Điều 16. Văn bản không có trong danh sách thì ghi cả tên văn bản ở đây."),
        max_length=150,
    )
    reason = forms.CharField(
        label=_("Lý do cụ thể"),
        help_text=_("Người nộp đọc đúng những chữ này."),
        widget=Textarea(attrs={"rows": 4}),
        max_length=2000,
    )

    def offer(self, texts: Sequence[str]) -> None:
        """Have the text chosen among `texts`, the procedure's own legal basis."""
        self.fields["basis"].initial = texts[0] if texts else ""
        self.fields["basis"].choices = [  # type: ignore[attr-defined]  # the field is a ChoiceField
            *((text, text) for text in texts),
            ("", _("Văn bản khác (ghi ở ô dưới)")),
        ]

    def clean(self) -> dict[str, Any]:
        """Put article and text together as `citation`, the way public papers cite."""
        cleaned: dict[str, Any] = super().clean() or {}
        parts = [cleaned.get("article", ""), cleaned.get("basis", "")]
        cleaned["citation"] = ", ".join(part for part in parts if part)[:300]
        return cleaned


class DeclineForm(ActForm, GroundForm):
    """Why the desk declines a dossier."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(self.page.dossier.procedure_version.legal_basis)


class TransferForm(ActForm):
    """Nothing to fill in: the internal process says where the dossier goes."""


class WayForm(ActForm):
    """An act on a step from which the process leaves a choice: `way` is asked for when there is one."""

    action: Action
    way = forms.ChoiceField(label=_("Đi tiếp thế nào"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = self.page.course.onward_of(self.action)
        if self.page.course.ways_of(self.action):
            self.fields["way"].choices = [  # type: ignore[attr-defined]  # the field is a ChoiceField
                (way.label, f"{way.label} → {way.step}") for way in ways
            ]
        else:
            del self.fields["way"]

    def clean(self) -> dict[str, Any]:
        """Return the words of the way, empty where there is nothing to choose."""
        cleaned: dict[str, Any] = super().clean() or {}
        return {"way": "", **cleaned}


def officer_choices(loads: Iterable[OfficerLoad]) -> list[tuple[str, str]]:
    """Return officers to choose from, with how much each has on the table."""
    return [
        (
            load.username,
            ngettext("%(name)s: đang giữ %(count)s hồ sơ", "%(name)s: đang giữ %(count)s hồ sơ", load.held_count)
            % {"name": load.name, "count": load.held_count},
        )
        for load in loads
    ]


class AssignForm(WayForm):
    """To whom of the competent unit's processing officers, with how much each has on the table."""

    action = Action.ASSIGN
    to = forms.ChoiceField(label=_("Giao cho"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("Lời dặn"), required=False, max_length=500, widget=Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        loads = officers_of(self.page.dossier.competent_unit_id, on=timezone.localdate(self.page.at))
        self.fields["to"].choices = officer_choices(loads)  # type: ignore[attr-defined]  # the field is a ChoiceField

    def clean_to(self) -> User:
        """Return the chosen officer."""
        return User.objects.get(username=self.cleaned_data["to"])


class ProposeForm(WayForm):
    """The officer's opinion and the draft result."""

    action = Action.PROPOSE
    opinion = forms.CharField(label=_("Ý kiến thẩm tra"), widget=Textarea(attrs={"rows": 5}), max_length=5000)
    title = forms.CharField(label=_("Tên kết quả"), max_length=300)
    file = ScanField(label=_("Dự thảo kết quả"))


class ReworkForm(ActForm):
    """Why the draft goes back."""

    reason = forms.CharField(label=_("Cần làm lại gì"), widget=Textarea(attrs={"rows": 4}), max_length=5000)


class SignForm(ActForm):
    """Signing may carry a remark."""

    note = forms.CharField(label=_("Ý kiến"), required=False, max_length=2000, widget=Textarea(attrs={"rows": 3}))


class IssueForm(ActForm):
    """The number and sign of the result, and its stamped file."""

    number = forms.CharField(label=_("Số, ký hiệu"), help_text=_("Ví dụ: 12/GKS"), max_length=64)
    file = ScanField(label=_("Bản đã đóng dấu"), help_text=_("Để trống nếu phát hành đúng tệp dự thảo."))


class WithdrawalForm(ActForm):
    """Why the applicant takes the dossier back, in their own words."""

    reason = forms.CharField(
        label=_("Lý do người nộp nêu"),
        help_text=_("Ghi theo lời người nộp. Lý do được lưu trong hồ sơ, không gửi đi đâu."),
        widget=Textarea(attrs={"rows": 3}),
        max_length=2000,
    )


class HandOverForm(ActForm):
    """Who took the result."""

    received_by = forms.CharField(
        label=_("Người nhận kết quả"), help_text=_("Người nộp, hoặc người được ủy quyền nhận thay."), max_length=150
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_by"].initial = self.page.dossier.applicant.full_name


def _spoken(bound: forms.BoundField) -> str:
    """Return the value of a field, the label of what was chosen in place of its code."""
    choices = dict(getattr(bound.field, "choices", []))
    return str(choices.get(bound.value(), bound.value()))


def sheets_field(label: Any, initial: int) -> forms.IntegerField:
    """Return the field for how many sheets of a sort there are."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=_MOST_SHEETS,
        initial=initial,
        widget=forms.NumberInput(attrs={"class": "input--short", "inputmode": "numeric"}),
    )
