"""Issue a prescribed form about a dossier: take its number and fix what it says. It is drawn when first opened."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from motcua.accounts.models import User
from motcua.catalogue.models import RequiredPaper
from motcua.documents.form_data import (
    ApologyData,
    CommonData,
    FormData,
    PaperData,
    PersonData,
    ReceiptData,
    RefusalData,
    StopNoticeData,
    SupplementRequestData,
)
from motcua.documents.models import IssuedDocument
from motcua.dossiers.facts import limit_for, papers_of, ways_of
from motcua.dossiers.models import GROUND_LABELS, Applicant, Dossier, Paper, ReturnChannel
from motcua.kernel.events import plain
from motcua.kernel.sequences import next_number
from motcua.organisations.models import Unit
from motcua.rules.papers import FORM_NUMBER, NUMBER_MARK, CheckState, DeclineGround, PaperKind
from motcua.rules.regimes import Regime, regime_on
from motcua.rules.time_limits import format_time_limit

LOOK_UP_PATH = "/tra-cuu/"
NOTATION: dict[Regime, str] = {
    Regime.R2015: "Quyết định số 09/2015/QĐ-TTg",
    Regime.R2018: "Thông tư số 01/2018/TT-VPCP",
    Regime.R2021: "Thông tư số 01/2018/TT-VPCP",
    Regime.R2025: "Thông tư số 03/2025/TT-VPCP",
    Regime.R2026: "Thông tư số 03/2025/TT-VPCP",
}
"""The text that prescribes the form; docs/law/forms.md says how sure each is."""


def issue_form(
    dossier: Dossier, kind: PaperKind, particulars: Mapping[str, object], *, officer: User, at: datetime
) -> IssuedDocument:
    """Issue the form `kind` in the name of the receiving desk, numbered from 1 each year (B-30 to B-35).

    Everything printed is taken from the dossier as it is now, so call it after the change. `particulars`: for a
    request `reason`, `basis` and `items` (position, note), for a refusal `ground`, `citation` and `reason`, for an
    apology `reason`, `old_due_at` and `new_due_at`, for a stop notice `stage`, `basis` and `reason`. It is a Vietnamese
    paper, whatever language the officer reads the site in.
    """
    desk = dossier.receiving_unit
    year = timezone.localdate(at).year
    number = f"{next_number(f'{kind}:{desk.code}', date(year, 1, 1))}/{NUMBER_MARK[kind]}"
    common = _common(dossier, kind, number=number, officer=officer, at=at)
    said = plain(dict(particulars))
    with translation.override(settings.LANGUAGE_CODE):
        data = _data(dossier, kind, common, said)
    return IssuedDocument.objects.create(
        subject=dossier.reference,
        kind=kind.value,
        number=f"{desk.code}/{year}/{number}",
        data=data,
        issued_at=at,
        issued_by=officer,
    )


def _data(dossier: Dossier, kind: PaperKind, common: CommonData, particulars: Any) -> FormData:
    if kind is PaperKind.RECEIPT:
        return _receipt(dossier, common)
    if kind is PaperKind.SUPPLEMENT_REQUEST:
        return _supplement_request(dossier, common, particulars)
    if kind is PaperKind.REFUSAL:
        return _refusal(common, particulars)
    if kind is PaperKind.APOLOGY:
        return _apology(dossier, common, particulars)
    return _stop_notice(dossier, common, particulars)


def look_up_url(public_code: str) -> str:
    """Return the address a form's QR code opens: the code alone, never the PIN or anything personal (B-26)."""
    return f"{settings.SITE_URL.rstrip('/')}{LOOK_UP_PATH}?ma={public_code}"


def _common(dossier: Dossier, kind: PaperKind, *, number: str, officer: User, at: datetime) -> CommonData:
    desk = dossier.receiving_unit
    local = timezone.localtime(at)
    return {
        "form": FORM_NUMBER[kind],
        "notation": NOTATION[regime_on(local.date())],
        "number": number,
        "superior": desk.parent.authority_name if desk.parent else "",
        "desk": desk.authority_name,
        "desk_phone": desk.phone,
        "place": _place(desk),
        "code": dossier.public_code,
        "look_up_url": look_up_url(dossier.public_code),
        "applicant": _person(dossier.applicant),
        "procedure": dossier.procedure_version.title,
        "procedure_code": dossier.procedure_version.procedure.code,
        "at": local.isoformat(),
        "officer": officer.display_name,
        "officer_phone": officer.phone or desk.phone,
    }


def _receipt(dossier: Dossier, common: CommonData) -> ReceiptData:
    version = dossier.procedure_version
    limit = limit_for(version, dossier.filing_channel)
    return {
        **common,
        "pin": dossier.lookup_pin,
        "look_up_address": f"{settings.SITE_URL.rstrip('/')}{LOOK_UP_PATH}",
        "papers": [_handed_in(paper) for paper in papers_of(dossier) if paper.state == CheckState.PRESENT],
        "set_count": version.set_count,
        "limit": format_time_limit(limit) if limit else version.limit_text,
        "fee": _fee(dossier),
        "due_at": timezone.localtime(dossier.due_at).isoformat(),
        "due_is_provisional": dossier.due_is_provisional,
        "returned": dossier.get_return_channel_display(),
        "return_place": _return_place(dossier),
        "derivation": dossier.derivation["vi"],
    }


def _supplement_request(dossier: Dossier, common: CommonData, particulars: Any) -> SupplementRequestData:
    notes = {item["position"]: item["note"] for item in particulars["items"]}
    papers = dossier.papers.filter(position__in=notes).select_related("required_paper").order_by("position")
    asked = [_wanted(paper.required_paper, note=notes[paper.position]) for paper in papers]
    return {**common, "papers": asked, "reason": particulars["reason"], "basis": particulars["basis"]}


def _refusal(common: CommonData, particulars: Any) -> RefusalData:
    ground = str(GROUND_LABELS[DeclineGround(particulars["ground"])])
    return {**common, "ground": ground, "citation": particulars["citation"], "reason": particulars["reason"]}


def _apology(dossier: Dossier, common: CommonData, particulars: Any) -> ApologyData:
    return {
        **common,
        "agency": dossier.competent_unit.authority_name,
        "accepted_at": timezone.localtime(dossier.accepted_at).isoformat(),
        "old_due_at": particulars["old_due_at"],
        "new_due_at": particulars["new_due_at"],
        "reason": particulars["reason"],
    }


def _stop_notice(dossier: Dossier, common: CommonData, particulars: Any) -> StopNoticeData:
    return {
        **common,
        "agency": dossier.competent_unit.authority_name,
        "stage": particulars["stage"],
        "basis": particulars["basis"],
        "reason": particulars["reason"],
    }


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


def _person(applicant: Applicant) -> PersonData:
    return {
        "full_name": applicant.full_name,
        "citizen_id": applicant.citizen_id,
        "phone": applicant.phone,
        "email": applicant.email,
        "address": applicant.address,
        "on_behalf_of": applicant.on_behalf_of,
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


def _place(desk: Unit) -> str:
    """Name the place of issue: the nearest territory, without the word for its kind, as Decree 30/2020 asks."""
    unit: Unit | None = desk
    while unit is not None and not unit.is_territory:
        unit = unit.parent
    if unit is None:
        return ""
    words = unit.name.split(" ")
    kind = {"Thành phố": 2, "Thị trấn": 2, "Thị xã": 2, "Đặc khu": 2}.get(" ".join(words[:2]), 1)
    name = " ".join(words[kind:])
    return name if name and not name.isdigit() else unit.name
