"""Issue a prescribed form about a dossier: take its number and fix what it says. It is drawn when first opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from motcua.accounts.models import User
from motcua.catalogue.models import ProcedureVersion, RequiredPaper
from motcua.documents.form_data import (
    ApologyData,
    CommonData,
    FormData,
    PaperData,
    ReceiptData,
    RefusalData,
    StopNoticeData,
    SupplementRequestData,
)
from motcua.documents.models import IssuedDocument
from motcua.dossiers.facts import limit_for, papers_of, ways_of
from motcua.dossiers.letterhead import LOOK_UP_PATH, about, place_of, prescribed
from motcua.dossiers.linked_facts import carries_the_whole, legs_with_limits
from motcua.dossiers.models import GROUND_LABELS, Dossier, Extension, Paper, ReturnChannel
from motcua.kernel.events import plain
from motcua.kernel.rows import insert_row
from motcua.kernel.sequences import next_number
from motcua.rules.papers import CheckState, DeclineGround, PaperKind
from motcua.rules.time_limits import format_time_limit


@dataclass(frozen=True, slots=True)
class HandWritten:
    """Of a form that was written by hand: the number of the kit it bears, and when it was entered (B-25)."""

    number: int
    entered_at: datetime

    def particulars(self) -> dict[str, object]:
        """Return it as the form says it."""
        return {"paper_number": str(self.number), "entered_at": timezone.localtime(self.entered_at)}


def number_asked(dossier: Dossier, kind: PaperKind, at: datetime) -> tuple[str, date]:
    """Return the scope and the day by which the form `kind` of the receiving desk is numbered: from 1 each year."""
    return f"{kind}:{dossier.receiving_unit.code}", date(timezone.localdate(at).year, 1, 1)


def issue_form(
    dossier: Dossier,
    kind: PaperKind,
    particulars: Mapping[str, object],
    *,
    officer: User,
    at: datetime,
    taken: int | None = None,
) -> IssuedDocument:
    """Issue the form `kind` in the name of the receiving desk, numbered from 1 each year (B-30 to B-35).

    Everything printed is taken from the dossier as it is now, so call it after the change. `particulars`: for a
    receipt `register_volume`, `register_line` and, where it was taken in on paper, `entered_at`, for a request
    `reason`, `basis` and `items` (position, note), for a refusal `ground`, `citation` and `reason`, for an apology
    `reason`, `old_due_at` and `new_due_at`, for a stop notice `stage`, `basis` and `reason`; for a request or a refusal
    written by hand also those of `HandWritten`. It is a Vietnamese paper,
    whatever language the officer reads the site in. `taken` is the number by `number_asked` when it was taken before;
    None takes the next one.
    """
    desk, form = dossier.receiving_unit, prescribed(dossier, kind, at)
    year = timezone.localdate(at).year
    number = f"{taken or next_number(*number_asked(dossier, kind, at))}/{form.mark}"
    common = about(dossier, form, number=number, officer=officer, at=at)
    said = plain(dict(particulars))
    with translation.override(settings.LANGUAGE_CODE):
        data = _data(dossier, kind, common, said)
    issued = IssuedDocument(
        subject=dossier.reference,
        kind=kind.value,
        number=f"{desk.code}/{year}/{number}",
        data=data,
        issued_at=at,
        issued_by=officer,
    )
    insert_row(issued)
    return issued


def _data(dossier: Dossier, kind: PaperKind, common: CommonData, particulars: Any) -> FormData:
    if kind is PaperKind.RECEIPT:
        return _receipt(dossier, common, particulars)
    if kind is PaperKind.SUPPLEMENT_REQUEST:
        return _supplement_request(dossier, common, particulars)
    if kind is PaperKind.REFUSAL:
        return _refusal(common, particulars)
    if kind is PaperKind.APOLOGY:
        return _apology(dossier, common, particulars)
    return _stop_notice(dossier, common, particulars)


def _receipt(dossier: Dossier, common: CommonData, particulars: Any) -> ReceiptData:
    version = dossier.procedure_version
    whole = dossier.linked_application if carries_the_whole(dossier) else None
    promised = whole or dossier
    return {
        **common,
        "procedure": whole.group.name if whole else common["procedure"],
        "pin": dossier.lookup_pin,
        "look_up_address": f"{settings.SITE_URL.rstrip('/')}{LOOK_UP_PATH}",
        "papers": [_handed_in(paper) for paper in papers_of(dossier) if paper.state == CheckState.PRESENT],
        "set_count": version.set_count,
        "limit": _limits(dossier),
        "fee": _fee(dossier),
        "due_at": timezone.localtime(promised.due_at).isoformat(),
        "due_is_provisional": promised.due_is_provisional,
        "returned": dossier.get_return_channel_display(),
        "return_place": _return_place(dossier),
        "derivation": promised.derivation["vi"],
        "register_volume": particulars["register_volume"],
        "register_line": particulars["register_line"],
        "entered_at": particulars.get("entered_at", ""),
    }


def _limits(dossier: Dossier) -> str:
    """Say the limit of the procedure; for a linked application that of each leg, by the leg's name (B-21)."""
    if not carries_the_whole(dossier) or dossier.linked_application_id is None:
        return _limit(dossier.procedure_version, dossier.filing_channel)
    legs = legs_with_limits(dossier.linked_application_id)
    return "; ".join(
        f"{leg.procedure_version.name}: {_limit(leg.procedure_version, dossier.filing_channel)}" for leg in legs
    )


def _limit(version: ProcedureVersion, channel: str) -> str:
    limit = limit_for(version, channel)
    return format_time_limit(limit) if limit else version.limit_text


def _supplement_request(dossier: Dossier, common: CommonData, particulars: Any) -> SupplementRequestData:
    notes = {item["position"]: item["note"] for item in particulars["items"]}
    papers = dossier.papers.filter(position__in=notes).select_related("required_paper").order_by("position")
    asked = [_wanted(paper.required_paper, note=notes[paper.position]) for paper in papers]
    return {
        **common,
        "papers": asked,
        "reason": particulars["reason"],
        "basis": particulars["basis"],
        "entered_at": particulars.get("entered_at", ""),
        "paper_number": particulars.get("paper_number", ""),
    }


def _refusal(common: CommonData, particulars: Any) -> RefusalData:
    ground = str(GROUND_LABELS[DeclineGround(particulars["ground"])])
    return {
        **common,
        "ground": ground,
        "citation": particulars["citation"],
        "reason": particulars["reason"],
        "entered_at": particulars.get("entered_at", ""),
        "paper_number": particulars.get("paper_number", ""),
    }


def _apology(dossier: Dossier, common: CommonData, particulars: Any) -> ApologyData:
    return {
        **_from_agency(dossier, common),
        "issuer": dossier.competent_unit.authority_name,
        "agency": dossier.competent_unit.authority_name,
        "sector": dossier.procedure_version.procedure.sector.name,
        "accepted_at": timezone.localtime(dossier.accepted_at).isoformat(),
        "old_due_at": particulars["old_due_at"],
        "new_due_at": particulars["new_due_at"],
        "reason": particulars["reason"],
        "extension_count": Extension.objects.filter(dossier=dossier).count() + 1,
    }


def _stop_notice(dossier: Dossier, common: CommonData, particulars: Any) -> StopNoticeData:
    sheets = [
        f"{paper.required_paper.name} ({paper.originals_count:02} bản chính)"
        for paper in papers_of(dossier)
        if paper.originals_count
    ]
    return {
        **_from_agency(dossier, common),
        "issuer": dossier.competent_unit.authority_name,
        "agency": dossier.competent_unit.authority_name,
        "stage": particulars["stage"],
        "basis": particulars["basis"],
        "reason": particulars["reason"],
        "returned_papers": "; ".join(sheets) or "không có bản chính",
        "fee_outcome": "xử lý theo quy định của pháp luật về phí và lệ phí",
    }


def _from_agency(dossier: Dossier, common: CommonData) -> CommonData:
    """Return `common` with the head of the competent agency, which writes these letters itself (B-34)."""
    agency = dossier.competent_unit
    superior = agency.parent.authority_name if agency.parent else ""
    return {**common, "superior": superior, "place": place_of(agency)}


def _handed_in(paper: Paper) -> PaperData:
    return {
        "name": paper.required_paper.name,
        "originals": paper.originals_count,
        "copies": paper.copies_count,
        "electronic": int(paper.file_id is not None),
        "note": paper.note,
    }


def _wanted(wanted: RequiredPaper, *, note: str) -> PaperData:
    return {
        "name": wanted.name,
        "originals": wanted.originals,
        "copies": wanted.copies,
        "electronic": 0,
        "note": note,
    }


def _fee(dossier: Dossier) -> str:
    """Say the fee of the way of filing, else that of the procedure; several fees of one way are left to the text."""
    version = dossier.procedure_version
    own = {channel.fee_vnd for channel in ways_of(version, dossier.filing_channel)} - {None}
    amount = own.pop() if len(own) == 1 else version.fee_vnd
    if amount is None:
        return version.fee_text[:200]
    return f"{amount:,} đồng".replace(",", ".") if amount else "Không thu"


def _return_place(dossier: Dossier) -> str:
    if dossier.return_channel == ReturnChannel.POST:
        return dossier.applicant.postal_address
    if dossier.return_channel == ReturnChannel.ONLINE:
        return settings.SITE_URL
    return ", ".join(part for part in (dossier.receiving_unit.name, dossier.receiving_unit.address) if part)
