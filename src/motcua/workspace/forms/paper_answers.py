"""What is filled in to enter later what a desk did on paper besides accepting: declined, asked for papers, gave out."""

from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.commands.asking import Asking
from motcua.dossiers.commands.enter_answer import PaperAnswer
from motcua.dossiers.commands.file_at_counter import CounterFiling
from motcua.dossiers.commands.intake import Refusal
from motcua.dossiers.commands.return_result import GivenOnPaper
from motcua.dossiers.queries.counter import AskedPaper
from motcua.rules.papers import DeclineGround
from motcua.ui.forms import Textarea, VietnameseDateField
from motcua.workspace.forms.acts import GroundForm, HandOverForm
from motcua.workspace.forms.counter import CounterForm, PersonForm
from motcua.workspace.forms.paper_mode import moment, time_field


class AnsweredForm(forms.Form):
    """When the application came and when it was answered, as the paper form has it."""

    answered_time = time_field(_("Giờ ghi trên phiếu"), _("Ví dụ: 08:30"))
    submitted_time = time_field(
        _("Giờ người dân nộp, nếu khác"), _("Để trống nếu trả lời ngay khi nộp."), required=False
    )

    def answer(self, filing: CounterFiling, day: date) -> PaperAnswer:
        """Return what was typed, as the command takes it."""
        typed = self.cleaned_data
        answered_at = moment(day, typed["answered_time"])
        submitted_at = moment(day, typed["submitted_time"]) if typed["submitted_time"] else answered_at
        return PaperAnswer(filing, submitted_at, answered_at)


class PaperDeclineForm(AnsweredForm, GroundForm, PersonForm):
    """What form 03 says that was written by hand."""

    def __init__(self, *args: Any, version: ProcedureVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(version.legal_basis)

    def paper_answer(self, day: date) -> PaperAnswer:
        """Return what was typed about who came and when."""
        return self.answer(CounterFiling(self.cleaned_data["key"], self.details()), day)

    def refusal(self) -> Refusal:
        """Return why the desk declined."""
        typed = self.cleaned_data
        return Refusal(DeclineGround(typed["ground"]), typed["citation"], typed["reason"])


class AskedRow(NamedTuple):
    """One paper that form 02 may ask for."""

    paper: AskedPaper
    wanted: forms.BoundField
    note: forms.BoundField


class PaperAskingForm(AnsweredForm, CounterForm):
    """What form 02 says that was written by hand, and what was handed in with the application."""

    reason = forms.CharField(
        label=_("Lý do chung"),
        help_text=_("Ghi đúng như trên phiếu đã giao."),
        widget=Textarea(attrs={"rows": 3}),
        max_length=2000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for fields in self.papers():
            at = str(fields.paper.position)
            self.fields[f"wanted_{at}"] = forms.BooleanField(label=fields.paper.name, required=False)
            self.fields[f"note_{at}"] = forms.CharField(label=_("Cần bổ sung, sửa gì"), required=False, max_length=300)

    def rows(self) -> list[AskedRow]:
        """Return the papers that may be asked for, in the order of the list."""
        return [
            AskedRow(fields.paper, self[f"wanted_{fields.paper.position}"], self[f"note_{fields.paper.position}"])
            for fields in self.papers()
        ]

    def clean(self) -> dict[str, Any]:
        """Gather the papers asked for as `items`, by position; each needs its note."""
        typed: dict[str, Any] = super().clean() or {}
        wanted = [row.paper.position for row in self.rows() if typed.get(f"wanted_{row.paper.position}")]
        typed["items"] = {position: typed.get(f"note_{position}", "") for position in wanted}
        for position, note in typed["items"].items():
            if not note:
                self.add_error(f"note_{position}", _("Hãy ghi rõ cần bổ sung hoặc sửa gì ở giấy tờ này."))
        if not wanted:
            self.add_error(None, _("Hãy chọn ít nhất một giấy tờ cần bổ sung."))
        return typed

    def paper_answer(self, day: date) -> PaperAnswer:
        """Return what was typed about who came, with what and when."""
        return self.answer(self.filing(), day)

    def asking(self) -> Asking:
        """Return what was asked for."""
        return Asking(self.cleaned_data["items"], self.cleaned_data["reason"])


class HandOverOnPaperForm(HandOverForm):
    """Who took the result while the system was down, and when."""

    given_on = VietnameseDateField(label=_("Ngày trả ghi trên giấy"))
    given_time = time_field(_("Giờ trả ghi trên giấy"), _("Ví dụ: 08:30"))

    def clean(self) -> dict[str, Any]:
        """Put who and when together as `given`."""
        typed: dict[str, Any] = super().clean() or {}
        if {"received_by", "given_on", "given_time"} <= typed.keys():
            typed["given"] = GivenOnPaper(typed["received_by"], moment(typed["given_on"], typed["given_time"]))
        return typed
