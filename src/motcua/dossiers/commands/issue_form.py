"""Issue a prescribed form about a dossier: take its number and fix what it says. It is drawn when first opened."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone

from motcua.accounts.models import User
from motcua.documents.models import IssuedDocument
from motcua.dossiers.models import Applicant, Dossier
from motcua.kernel.events import JsonValue, plain
from motcua.kernel.sequences import next_number
from motcua.rules.papers import FORM_NUMBER, NUMBER_MARK, PaperKind


def issue_form(
    dossier: Dossier, kind: PaperKind, particulars: Mapping[str, object], *, officer: User, at: datetime
) -> IssuedDocument:
    """Issue the form `kind` in the name of the receiving desk, numbered from 1 each year (B-30 to B-33).

    Everything printed is taken from the dossier as it is now, so call it after the change.
    """
    desk = dossier.receiving_unit
    year = timezone.localdate(at).year
    count = next_number(f"{kind}:{desk.code}", date(year, 1, 1))
    return IssuedDocument.objects.create(
        subject=dossier.reference,
        kind=kind.value,
        number=f"{desk.code}/{year}/{count}/{NUMBER_MARK[kind]}",
        data=_said(dossier, kind, particulars, officer=officer, at=at) | {"number": f"{count}/{NUMBER_MARK[kind]}"},
        issued_at=at,
        issued_by=officer,
    )


def _said(
    dossier: Dossier, kind: PaperKind, particulars: Mapping[str, object], *, officer: User, at: datetime
) -> dict[str, JsonValue]:
    applicant: Applicant = dossier.applicant
    version = dossier.procedure_version
    papers = dossier.papers.select_related("required_paper").order_by("position")
    return {
        "form": FORM_NUMBER[kind],
        "agency": dossier.competent_unit.authority_name,
        "desk": dossier.receiving_unit.name,
        "desk_phone": dossier.receiving_unit.phone,
        "desk_address": dossier.receiving_unit.address,
        "code": dossier.code or "",
        "reference": dossier.reference,
        "pin": dossier.lookup_pin,
        "applicant": {
            "full_name": applicant.full_name,
            "citizen_id": applicant.citizen_id,
            "phone": applicant.phone,
            "email": applicant.email,
            "address": applicant.address,
        },
        "procedure": {"code": version.procedure.code, "title": version.title, "limit": version.limit_text},
        "papers": [
            {
                "position": paper.position,
                "name": paper.required_paper.name,
                "state": paper.state,
                "originals": paper.originals_count,
                "copies": paper.copies_count,
                "electronic": paper.file_id is not None,
            }
            for paper in papers
        ],
        "filed": dossier.get_filing_channel_display(),
        "returned": dossier.get_return_channel_display(),
        "at": plain(timezone.localtime(at)),
        "due_at": plain(timezone.localtime(dossier.due_at)) if dossier.due_at else None,
        "due_is_provisional": dossier.due_is_provisional,
        "derivation": dossier.derivation.get("vi", []),
        "officer": officer.display_name,
        **{name: plain(value) for name, value in particulars.items()},
    }
