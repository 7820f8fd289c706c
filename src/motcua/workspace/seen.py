"""What a form showed of its dossier, carried along, so that a stale one can say field by field what changed (ux 22).

It goes to the browser signed and comes back with the form; a broken one only means that no difference is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from motcua.dossiers.models import CHECK_LABELS, STATUS_LABELS
from motcua.dossiers.queries.dossier_page import DossierPage, PaperLine
from motcua.ui.wording import moment_in_words

_SALT = "workspace.seen"
_MOMENT = "at"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is no longer as the form showed it; `typed` is what the form says of it, empty for nothing."""

    label: str
    before: str
    now: str
    typed: str


@dataclass(frozen=True, slots=True)
class Seen:
    """When the form was opened, and what the dossier said then, by key."""

    at: datetime
    facts: Mapping[str, str]


def snapshot(page: DossierPage) -> str:
    """Return what `page` says of the dossier now, signed."""
    said = {**{key: fact.value for key, fact in _facts(page).items()}, _MOMENT: page.at.isoformat()}
    return signing.dumps(said, salt=_SALT, compress=True)


def read_snapshot(text: str) -> Seen | None:
    """Return what `snapshot` wrote; None for anything else."""
    try:
        said = dict(signing.loads(text, salt=_SALT))
    except signing.BadSignature:
        return None
    at = parse_datetime(said.pop(_MOMENT, ""))
    return Seen(at, said) if at else None


def changes_since(seen: Seen, page: DossierPage, typed: Mapping[str, str]) -> list[Change]:
    """Return what `page` says otherwise than was `seen`, beside what was `typed`, by name of the form's field."""
    now = _facts(page)
    return [
        Change(fact.label, seen.facts.get(key, "") or "—", fact.value or "—", typed.get(fact.field, ""))
        for key, fact in now.items()
        if seen.facts.get(key, "") != fact.value
    ]


@dataclass(frozen=True, slots=True)
class _Fact:
    """Something a page says; `field` is the form's field about the same thing, empty for none."""

    label: str
    value: str
    field: str = ""


def _facts(page: DossierPage) -> dict[str, _Fact]:
    dossier = page.dossier
    said = {
        "status": _Fact(_("Trạng thái"), str(STATUS_LABELS[page.status])),
        "holder": _Fact(_("Nơi đang giữ"), dossier.holder_unit.name if dossier.holder_unit else ""),
        "assignee": _Fact(_("Cán bộ thụ lý"), dossier.assignee.display_name if dossier.assignee else "", "to"),
        "due": _Fact(_("Hạn trả kết quả"), moment_in_words(dossier.due_at) if dossier.due_at else ""),
        "applicant": _Fact(_("Người nộp"), dossier.applicant.full_name),
        "phone": _Fact(_("Điện thoại"), dossier.applicant.phone),
        "address": _Fact(_("Địa chỉ"), dossier.applicant.address),
        "result": _Fact(_("Kết quả"), page.result.title if page.result else "", "title"),
        "number": _Fact(_("Số, ký hiệu kết quả"), page.result.number if page.result else "", "number"),
    }
    said |= {f"answer {number}": _Fact(answer.label, answer.text) for number, answer in enumerate(page.answers)}
    for line in page.papers:
        said |= _paper_facts(line)
    return said


def _paper_facts(line: PaperLine) -> dict[str, _Fact]:
    about = {"number": line.position}
    return {
        f"state {line.position}": _Fact(
            _("Giấy tờ số %(number)s: kết quả kiểm tra") % about,
            str(CHECK_LABELS[line.state]),
            f"state_{line.position}",
        ),
        f"note {line.position}": _Fact(_("Giấy tờ số %(number)s: ghi chú") % about, line.note, f"note_{line.position}"),
        f"file {line.position}": _Fact(
            _("Giấy tờ số %(number)s: tệp") % about, line.file_name, f"file_{line.position}"
        ),
    }
