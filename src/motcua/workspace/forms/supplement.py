"""What an official fills in to ask for papers, and to take what was asked for."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.commands.supplement import Brought
from motcua.dossiers.facts import asked_items
from motcua.dossiers.models import SupplementItem
from motcua.dossiers.queries.dossier_page import PaperLine
from motcua.rules.papers import CheckState, PaperKind, may_go_without
from motcua.ui.forms import Textarea
from motcua.workspace.forms.acts import ActForm, sheets_field
from motcua.workspace.forms.scans import ScanField, hand_over
from motcua.workspace.uploads import Uploads


class SupplementRow(NamedTuple):
    """One paper that may be asked for."""

    line: PaperLine
    wanted: forms.BoundField
    note: forms.BoundField


class SupplementForm(ActForm):
    """Which papers of the closed list to ask for, what is wrong with each, and why; once more only on a cited basis."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = forms.CharField(
            label=_("Lý do chung"),
            help_text=_("Người nộp đọc đúng những chữ này. Viết đủ một lần: chỉ được yêu cầu bổ sung một lần."),
            widget=Textarea(attrs={"rows": 4}),
            max_length=2000,
        )
        if self.is_asked_before:
            self.fields["basis"] = forms.CharField(
                label=_("Điều khoản cho phép yêu cầu thêm"),
                help_text=_("Ví dụ: khoản 2 Điều 16 Nghị định số 123/2015/NĐ-CP."),
                max_length=300,
                required=False,
            )
        for line in self.page.papers:
            at = str(line.position)
            self.fields[f"wanted_{at}"] = forms.BooleanField(
                label=line.name, required=False, initial=line.state in {CheckState.MISSING, CheckState.WRONG}
            )
            self.fields[f"note_{at}"] = forms.CharField(
                label=_("Cần bổ sung, sửa gì"), required=False, max_length=300, initial=line.note
            )

    @property
    def is_asked_before(self) -> bool:
        """Tell whether form 02 went out before."""
        return any(form.kind is PaperKind.SUPPLEMENT_REQUEST for form in self.page.forms)

    def rows(self) -> list[SupplementRow]:
        """Return the papers that may be asked for, in the order of the list."""
        return [
            SupplementRow(line, self[f"wanted_{line.position}"], self[f"note_{line.position}"])
            for line in self.page.papers
        ]

    def refuse(self, sentence: str, positions: Iterable[int] = (), field: str = "") -> None:
        """Show why the act was refused, at the basis where that is what it lacks."""
        super().refuse(sentence, positions, field)
        if self.is_asked_before and not self.cleaned_data.get("basis"):
            self.add_error("basis", _("Hãy ghi điều khoản cho phép yêu cầu bổ sung thêm."))

    def clean(self) -> dict[str, Any]:
        """Gather the papers asked for as `items`, by position; each needs its note."""
        cleaned: dict[str, Any] = {"basis": "", **(super().clean() or {})}
        wanted = [line.position for line in self.page.papers if cleaned.get(f"wanted_{line.position}")]
        cleaned["items"] = {position: cleaned.get(f"note_{position}", "") for position in wanted}
        for position, note in cleaned["items"].items():
            if not note:
                self.add_error(f"note_{position}", _("Hãy ghi rõ cần bổ sung hoặc sửa gì ở giấy tờ này."))
        return cleaned


class AfterAcceptanceForm(SupplementForm):
    """The same once the dossier is accepted: no provision lets it be repeated, only the head of the agency (R-4)."""

    @property
    def is_asked_before(self) -> bool:
        """Tell that no basis is asked for."""
        return False

    @property
    def provided(self) -> list[PaperLine]:
        """Return what the applicant has handed in already (ux 25)."""
        return [line for line in self.page.papers if line.file_id or line.originals_count or line.copies_count]


class ReceivedRow(NamedTuple):
    """One paper that was asked for, and what is brought of it; no `absence_reason` where every case needs it."""

    item: SupplementItem
    originals: forms.BoundField
    copies: forms.BoundField
    file: forms.BoundField
    absence_reason: forms.BoundField | None


class ReceiveSupplementForm(ActForm):
    """What somebody brought of each paper asked for: sheets, a scan, or why there is none."""

    def __init__(self, *args: Any, uploads: Uploads | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = asked_items(self.page.dossier)
        for item in self.items:
            at = str(item.paper.position)
            self.fields[f"originals_{at}"] = sheets_field(_("Bản chính"), 0)
            self.fields[f"copies_{at}"] = sheets_field(_("Bản sao"), 0)
            self.fields[f"file_{at}"] = ScanField(label=_("Bản quét"))
            if may_go_without(is_needed=item.paper.required_paper.is_required):
                self.fields[f"absence_{at}"] = forms.CharField(
                    label=_("Người nộp không có giấy này, vì"), required=False, max_length=300
                )
        hand_over(self, uploads or Uploads())

    def rows(self) -> list[ReceivedRow]:
        """Return the fields paper by paper, in the order of the list."""
        return [self._row(item) for item in self.items]

    def refuse(self, sentence: str, positions: Iterable[int] = (), field: str = "") -> None:
        """Show why the act was refused, and at which papers."""
        super().refuse(sentence, positions, field)
        words = _("Giấy tờ số %(number)s: hãy ghi số bản giấy đã nhận, hoặc chọn bản quét.")
        for position in positions:
            if f"file_{position}" in self.fields:
                self.add_error(f"file_{position}", words % {"number": position})

    def clean(self) -> dict[str, Any]:
        """Gather what was brought as `brought`, by position."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["brought"] = {
            position: Brought(
                originals_count=cleaned.get(f"originals_{position}") or 0,
                copies_count=cleaned.get(f"copies_{position}") or 0,
                file=cleaned.get(f"file_{position}"),
                absence_reason=cleaned.get(f"absence_{position}", ""),
            )
            for position in (item.paper.position for item in self.items)
        }
        return cleaned

    def _row(self, item: SupplementItem) -> ReceivedRow:
        at = str(item.paper.position)
        absence = f"absence_{at}"
        return ReceivedRow(
            item=item,
            originals=self[f"originals_{at}"],
            copies=self[f"copies_{at}"],
            file=self[f"file_{at}"],
            absence_reason=self[absence] if absence in self.fields else None,
        )
