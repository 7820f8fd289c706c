"""What a procedure is to say, as plain fields and repeated rows; without a script rows come and go by buttons."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.definitions import (
    ChannelDefinition,
    Content,
    PaperDefinition,
    ResultDefinition,
    TermsDefinition,
)
from motcua.catalogue.models import Channel
from motcua.rules.legal_numbers import canonical
from motcua.rules.publication import Extent
from motcua.rules.time_limits import TimeLimitUnclear, format_time_limit, parse_time_limit
from motcua.rules.vietnamese import nfc
from motcua.ui.forms import Textarea

MOST_ROWS: Final = 80
_MOST_VND: Final = 10**12
_MOST_COPIES: Final = 99
_LONGEST_NUMBER: Final = 200
_LONGEST_FILE: Final = 500
_LINES: Final = ("steps", "subjects", "implementing_agencies", "legal_basis")
_TEXTS: Final = (
    "title",
    "deciding_agency",
    "coordinating_agencies",
    "delegated_agency",
    "receiving_address",
    "conditions",
)
_ON_THE_LIST: Final = (
    "title",
    "limit_text",
    "fee_vnd",
    "fee_text",
    "fee_basis",
    "receiving_address",
    "legal_basis",
    "note",
)


def _box(rows: int) -> Textarea:
    return Textarea(attrs={"rows": rows})


class TermsForm(forms.Form):
    """A time limit and a fee."""

    limit_text = forms.CharField(
        label=_("Thời hạn giải quyết"),
        max_length=4000,
        required=False,
        widget=_box(2),
        help_text=_("Ví dụ: 05 ngày làm việc"),
    )
    fee_vnd = forms.IntegerField(
        label=_("Phí, lệ phí (đồng)"),
        min_value=0,
        max_value=_MOST_VND,
        required=False,
        help_text=_("0: miễn phí. Để trống khi không phải một mức."),
    )
    fee_text = forms.CharField(label=_("Phí, lệ phí (diễn giải)"), max_length=8000, required=False, widget=_box(2))

    fee_basis = forms.CharField(
        label=_("Văn bản quy định phí, lệ phí"),
        max_length=_LONGEST_NUMBER,
        required=False,
        help_text=_("Ghi số, ký hiệu. Ví dụ: 85/2019/TT-BTC"),
    )

    def terms(self, known: Sequence[TermsDefinition]) -> TermsDefinition:
        """Return what was typed; words as in `known` keep what was made of them, others are read or flagged."""
        typed = self.cleaned_data
        text, fee_text, fee = nfc(typed["limit_text"]), nfc(typed["fee_text"]), typed["fee_vnd"]
        limit = next((terms for terms in known if text and _limit_text(terms) == text), None) or _read(text)
        same = next((terms for terms in known if (terms.fee_vnd, terms.fee_text) == (fee, fee_text)), None)
        return replace(
            limit,
            fee_vnd=fee,
            fee_text=fee_text,
            fee_basis=canonical(typed["fee_basis"]),
            fee_currency=same.fee_currency if same else "VND",
            fee_needs_review=same.fee_needs_review if same else fee is None and bool(fee_text),
        )


class ContentForm(TermsForm):
    """The fields of a procedure that stand once; lists are typed one entry a line."""

    title = forms.CharField(label=_("Tên thủ tục"), max_length=1000, widget=_box(2))
    steps = forms.CharField(
        label=_("Trình tự thực hiện"), required=False, widget=_box(6), help_text=_("Mỗi bước một dòng.")
    )
    set_count = forms.IntegerField(label=_("Số bộ hồ sơ"), min_value=1, max_value=20)
    subjects = forms.CharField(
        label=_("Đối tượng thực hiện"), required=False, widget=_box(2), help_text=_("Mỗi đối tượng một dòng.")
    )
    deciding_agency = forms.CharField(label=_("Cơ quan có thẩm quyền"), max_length=4000, required=False, widget=_box(2))
    implementing_agencies = forms.CharField(
        label=_("Cơ quan thực hiện"), required=False, widget=_box(2), help_text=_("Mỗi cơ quan một dòng.")
    )
    delegated_agency = forms.CharField(
        label=_("Cơ quan được ủy quyền"), max_length=4000, required=False, widget=_box(2)
    )
    coordinating_agencies = forms.CharField(
        label=_("Cơ quan phối hợp"), max_length=4000, required=False, widget=_box(2)
    )
    receiving_address = forms.CharField(label=_("Địa chỉ tiếp nhận"), max_length=4000, required=False, widget=_box(2))
    results = forms.CharField(label=_("Kết quả"), required=False, widget=_box(2), help_text=_("Mỗi kết quả một dòng."))
    conditions = forms.CharField(label=_("Yêu cầu, điều kiện"), required=False, widget=_box(3))
    legal_basis = forms.CharField(
        label=_("Căn cứ pháp lý"), required=False, widget=_box(3), help_text=_("Mỗi văn bản một dòng, ghi số, ký hiệu.")
    )
    note = forms.CharField(
        label=_("Nội dung sửa đổi, bổ sung"),
        max_length=4000,
        required=False,
        widget=_box(2),
        help_text=_("Ghi trong phụ lục quyết định."),
    )
    field_order = (
        "title",
        "steps",
        "limit_text",
        "fee_vnd",
        "fee_text",
        "fee_basis",
        "set_count",
        "subjects",
        "deciding_agency",
        "implementing_agencies",
        "delegated_agency",
        "coordinating_agencies",
        "receiving_address",
        "results",
        "conditions",
        "legal_basis",
        "note",
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None, extent: Extent) -> None:
        super().__init__(data, initial=initial)
        if extent is Extent.LIST:
            self.fields = {name: field for name, field in self.fields.items() if name in _ON_THE_LIST}

    def clean_legal_basis(self) -> str:
        """Return the number each line names; refuse a line that is too long to be one."""
        text: str = self.cleaned_data["legal_basis"]
        lines = [canonical(line) for line in text.splitlines()]
        if any(len(line) > _LONGEST_NUMBER for line in lines):
            raise forms.ValidationError(_("Mỗi dòng ghi số, ký hiệu văn bản, không quá 200 chữ."))
        return "\n".join(lines)


class PaperForm(forms.Form):
    """One paper of the dossier."""

    NEEDS = (("REQUIRED", _("Phải nộp")), ("IF_ANY", _("Nộp nếu có")), ("NOTE", _("Lời ghi chú, không phải giấy tờ")))

    name = forms.CharField(label=_("Tên giấy tờ"), max_length=4000, widget=_box(2))
    case = forms.CharField(
        label=_("Trường hợp"), max_length=500, required=False, help_text=_("Để trống: mọi trường hợp.")
    )
    originals = forms.IntegerField(label=_("Bản chính"), min_value=0, max_value=_MOST_COPIES, initial=0)
    copies = forms.IntegerField(label=_("Bản sao"), min_value=0, max_value=_MOST_COPIES, initial=0)
    form_no = forms.CharField(label=_("Số mẫu"), max_length=100, required=False)
    need = forms.ChoiceField(label=_("Yêu cầu"), choices=NEEDS)
    form_files = forms.CharField(
        label=_("Tệp mẫu"),
        max_length=4000,
        required=False,
        widget=_box(2),
        help_text=_("Tên tệp hoặc địa chỉ của mẫu, mỗi tệp một dòng."),
    )

    def clean_form_files(self) -> str:
        """Refuse a line that is too long to name a file."""
        text: str = self.cleaned_data["form_files"]
        if any(len(line) > _LONGEST_FILE for line in text.splitlines()):
            raise forms.ValidationError(_("Mỗi dòng không quá 500 chữ."))
        return text

    def clean(self) -> dict[str, Any]:
        """Refuse a paper to hand in of which no sheet is asked for (B-08)."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("need") == "REQUIRED" and not typed.get("originals", 1) and not typed.get("copies", 1):
            self.add_error("originals", _("Giấy tờ phải nộp có ít nhất một bản chính hoặc bản sao."))
        return typed

    def paper(self) -> PaperDefinition:
        """Return the paper that was typed."""
        typed = self.cleaned_data
        return PaperDefinition(
            name=nfc(typed["name"]),
            case=nfc(typed["case"]),
            originals=typed["originals"],
            copies=typed["copies"],
            form_no=typed["form_no"],
            form_files=_lines(typed["form_files"]),
            is_required=typed["need"] == "REQUIRED",
            is_note=typed["need"] == "NOTE",
        )


class WayForm(TermsForm):
    """One way to file, with its own limit and fee where they differ."""

    method = forms.ChoiceField(label=_("Cách nộp"), choices=Channel.Method.choices)
    note = forms.CharField(label=_("Mô tả"), max_length=8000, required=False, widget=_box(2))
    field_order = ("method", "limit_text", "fee_vnd", "fee_text", "fee_basis", "note")


class Rows(BaseFormSet):  # type: ignore[type-arg]  # Django has no type parameter here when it runs
    """Repeated rows of one kind."""


@dataclass(slots=True)
class ContentForms:
    """The forms of one draft together; `papers` is None where the publisher says the list only."""

    main: ContentForm
    papers: Rows | None
    ways: Rows

    def is_valid(self) -> bool:
        """Tell whether every part can be kept, having looked at each."""
        parts = [part for part in (self.main, self.papers, self.ways) if part is not None]
        return [part.is_valid() for part in parts].count(False) == 0

    def has_errors(self) -> bool:
        """Tell whether something that was sent cannot be kept; forms that were not sent have no errors."""
        sets = [one for one in (self.papers, self.ways) if one is not None and one.is_bound]
        return bool(self.main.errors) or any(one.total_error_count() for one in sets)

    def content(self, before: Content) -> Content:
        """Return `before` with what was typed in its place."""
        typed = self.main.cleaned_data
        known = [before.terms, *(channel.terms for channel in before.channels)]
        changes: dict[str, Any] = {name: nfc(typed[name]) for name in _TEXTS if name in typed}
        changes |= {name: _lines(typed[name]) for name in _LINES if name in typed}
        if "set_count" in typed:
            codes = {result.name: result.code for result in before.results}
            names = _lines(typed["results"])
            changes["set_count"] = typed["set_count"]
            changes["results"] = tuple(ResultDefinition(name, codes.get(name, "")) for name in names)
        if self.papers is not None:
            changes["papers"] = tuple(form.paper() for form in self.papers.forms)
        ways = tuple(
            ChannelDefinition(form.cleaned_data["method"], form.terms(known), nfc(form.cleaned_data["note"]))
            for form in self.ways.forms
        )
        return replace(before, **changes, terms=self.main.terms(known), channels=ways)


def stored_forms(content: Content, note: str, extent: Extent) -> ContentForms:
    """Return the forms filled with what a draft says."""
    main = {
        **_terms(content.terms),
        **{name: getattr(content, name) for name in _TEXTS},
        **{name: "\n".join(getattr(content, name)) for name in _LINES},
        "results": "\n".join(result.name for result in content.results),
        "set_count": content.set_count,
        "note": note,
    }
    papers = [
        {
            "name": paper.name,
            "case": paper.case,
            "originals": paper.originals,
            "copies": paper.copies,
            "form_no": paper.form_no,
            "form_files": "\n".join(paper.form_files),
            "need": "NOTE" if paper.is_note else "REQUIRED" if paper.is_required else "IF_ANY",
        }
        for paper in content.papers
    ]
    ways = [{"method": way.method, "note": way.note, **_terms(way.terms)} for way in content.channels]
    return _forms(extent, main, papers, ways)


def typed_forms(data: QueryDict, extent: Extent) -> ContentForms:
    """Return the forms with what was sent, to be checked."""
    papers = None if extent is Extent.LIST else _rows(PaperForm)(data, prefix="paper")
    return ContentForms(ContentForm(data, extent=extent), papers, _rows(WayForm)(data, prefix="way"))


def rearranged_forms(data: QueryDict, extent: Extent, act: str) -> ContentForms:
    """Return the forms with what was sent, unchecked, their rows as the button `act` says.

    `add-paper`, and `remove-paper-<n>`, `up-paper-<n>`, `copy-paper-<n>`, n from 0; likewise `way`; anything else
    changes nothing.
    """
    verb, _dash, rest = act.partition("-")
    kind, _dash, place = rest.partition("-")
    rows = {prefix: _sent(data, form, prefix) for prefix, form in (("paper", PaperForm), ("way", WayForm))}
    if kind in rows and verb == "add" and len(rows[kind]) < MOST_ROWS:
        rows[kind].append({})
    elif kind in rows and place.isdecimal() and int(place) < len(rows[kind]):
        _rearrange(rows[kind], verb, int(place))
    main = {name: data.get(name, "") for name in ContentForm.base_fields}
    return _forms(extent, main, rows["paper"], rows["way"])


def _rearrange(rows: list[dict[str, Any]], verb: str, place: int) -> None:
    """Take row `place` away, move it up by one, or put a copy behind it."""
    if verb == "remove":
        del rows[place]
    elif verb == "up" and place:
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
    elif verb == "copy" and len(rows) < MOST_ROWS:
        rows.insert(place + 1, dict(rows[place]))


def _forms(
    extent: Extent, main: dict[str, Any], papers: list[dict[str, Any]], ways: list[dict[str, Any]]
) -> ContentForms:
    return ContentForms(
        ContentForm(initial=main, extent=extent),
        None if extent is Extent.LIST else _rows(PaperForm)(initial=papers, prefix="paper"),
        _rows(WayForm)(initial=ways, prefix="way"),
    )


def _rows(form: type[forms.Form]) -> type[Rows]:
    made = formset_factory(form, formset=Rows, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
    assert issubclass(made, Rows)  # the factory makes a class of the one it is given
    return made


def _sent(data: QueryDict, form: type[forms.Form], prefix: str) -> list[dict[str, Any]]:
    told = data.get(f"{prefix}-TOTAL_FORMS", "0")
    count = min(int(told), MOST_ROWS) if told.isdecimal() else 0
    return [{name: data.get(f"{prefix}-{n}-{name}", "") for name in form.base_fields} for n in range(count)]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(nfc(line.strip()) for line in text.splitlines() if line.strip())


def _terms(terms: TermsDefinition) -> dict[str, Any]:
    fee = {name: getattr(terms, name) for name in ("fee_vnd", "fee_text", "fee_basis")}
    return {"limit_text": _limit_text(terms), **fee}


def _limit_text(terms: TermsDefinition) -> str:
    """Return the limit as written; one that was never written, in words that are read back as it is."""
    return terms.limit_text or (format_time_limit(terms.limit, "vi") if terms.limit else "")


def _read(text: str) -> TermsDefinition:
    if not text:
        return TermsDefinition()
    try:
        return TermsDefinition(limit=parse_time_limit(text), limit_text=text)
    except TimeLimitUnclear:
        return TermsDefinition(limit_text=text, limit_needs_review=True)
