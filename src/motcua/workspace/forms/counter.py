"""What an officer takes down from somebody at the counter: one page, one form."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.commands.draft import ApplicantDetails
from motcua.dossiers.commands.file_at_counter import CounterFiling, HandedIn
from motcua.dossiers.models import ReturnChannel
from motcua.dossiers.queries.counter import AskedFor, AskedPaper
from motcua.ui.declarations import Block, Declaration, fields_from, rearranged, sent_answers
from motcua.ui.fields import CitizenIdField, NameField, PhoneField
from motcua.workspace.forms.scans import ScanField, hand_over
from motcua.workspace.uploads import Uploads

_MOST_SHEETS = 99
_ANSWER = "answer_"
_PERSON = ("full_name", "citizen_id", "phone", "email", "address", "on_behalf_of")


class PaperFields(NamedTuple):
    """The fields of one paper, beside the paper they are about and the leg of a linked group it is asked for."""

    leg: str
    paper: AskedPaper
    originals: forms.BoundField
    copies: forms.BoundField
    file: forms.BoundField


class QuestionFields(NamedTuple):
    """The questions of one procedure, beside the leg of a linked group that it is."""

    leg: str
    blocks: list[Block]


class PersonForm(forms.Form):
    """Who applies; `key` makes one dossier of it."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    full_name = NameField(label=_("Họ, chữ đệm và tên"), max_length=150, help_text=_("Ghi như trên thẻ căn cước."))
    citizen_id = CitizenIdField(label=_("Số định danh cá nhân"))
    phone = PhoneField(label=_("Số điện thoại"))
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    address = forms.CharField(label=_("Nơi cư trú"), max_length=300)
    on_behalf_of = NameField(
        label=_("Nộp thay cho"),
        max_length=150,
        required=False,
        help_text=_("Chỉ ghi khi người đến quầy nộp giúp người khác."),
    )

    def person(self) -> list[forms.BoundField]:
        """Return the fields about the applicant."""
        return [self[name] for name in _PERSON]

    def details(self) -> ApplicantDetails:
        """Return who applies, as the command takes it."""
        return ApplicantDetails(**{name: self.cleaned_data[name] for name in _PERSON})


class CounterForm(PersonForm):
    """Who applies, the declaration, the papers handed over, how the result is wanted.

    `asked` is what a procedure asks, or each leg of a linked group.
    """

    channel = forms.ChoiceField(
        label=_("Nhận kết quả bằng cách nào"),
        widget=forms.RadioSelect,
        choices=ReturnChannel.choices,
        initial=ReturnChannel.AT_THE_DESK.value,
    )
    postal_address = forms.CharField(
        label=_("Địa chỉ nhận qua bưu chính"),
        max_length=300,
        required=False,
        help_text=_("Chỉ cần khi nhận qua bưu chính."),
    )

    def __init__(
        self,
        *args: Any,
        asked: Sequence[AskedFor],
        uploads: Uploads | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._asked = asked
        every = [question for part in asked for question in part.questions]
        self.declared = Declaration(self, every, prefix=_ANSWER)
        for paper in (paper for part in asked for paper in part.papers):
            self.fields[f"originals_{paper.position}"] = _sheets(_("Bản chính"))
            self.fields[f"copies_{paper.position}"] = _sheets(_("Bản sao"))
            self.fields[f"file_{paper.position}"] = ScanField(label=_("Bản quét"))
        hand_over(self, uploads or Uploads())

    def declaration(self) -> list[QuestionFields]:
        """Return the questions, procedure by procedure; without those that ask nothing."""
        blocks = self.declared.blocks()
        keys = [(part.leg, {question["key"] for question in part.questions}) for part in self._asked]
        parts = [QuestionFields(leg, [one for one in blocks if one.key in own]) for leg, own in keys]
        return [part for part in parts if part.blocks]

    def papers(self) -> list[PaperFields]:
        """Return the fields paper by paper, in the order of the closed list."""
        return [
            PaperFields(
                part.leg, paper, *(self[f"{name}_{paper.position}"] for name in ("originals", "copies", "file"))
            )
            for part in self._asked
            for paper in part.papers
        ]

    def answers(self) -> dict[str, str]:
        """Return the declaration in writing, by key."""
        return self.declared.answers()

    def filing(self) -> CounterFiling:
        """Return what was typed, as the command takes it."""
        typed = self.cleaned_data
        return CounterFiling(
            key=typed["key"],
            details=self.details(),
            answers=self.answers(),
            papers={fields.paper.position: self._handed_in(fields.paper.position) for fields in self.papers()},
            return_channel=ReturnChannel(typed["channel"]),
            postal_address=typed["postal_address"],
        )

    def _handed_in(self, position: int) -> HandedIn:
        typed = self.cleaned_data
        return HandedIn(
            originals_count=typed[f"originals_{position}"] or 0,
            copies_count=typed[f"copies_{position}"] or 0,
            file=typed[f"file_{position}"],
        )

    def clean(self) -> dict[str, Any]:
        """Ask for an address when the result goes by post."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("channel") == ReturnChannel.POST and not given.get("postal_address"):
            self.add_error("postal_address", _("Hãy ghi địa chỉ để bưu điện gửi kết quả tới."))
        self.declared.check_seen()
        return given


def typed_anew(questions: Sequence[Mapping[str, Any]], data: QueryDict, act: str) -> dict[str, Any]:
    """Return what was typed at the counter, the declaration arranged as the button `act` says."""
    answers = rearranged(fields_from(questions), sent_answers(data, _ANSWER), act)
    rest = {name: value for name, value in data.items() if not name.startswith(_ANSWER)}
    return {**rest, **{f"{_ANSWER}{key}": said for key, said in answers.items()}}


def _sheets(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=_MOST_SHEETS,
        widget=forms.NumberInput(attrs={"class": "input--short", "inputmode": "numeric"}),
    )
