"""What stands at the head of every paper a desk or an agency issues (B-30), and what each says of its dossier."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from motcua.accounts.models import User
from motcua.documents.form_data import CommonData, HeadData, PersonData
from motcua.dossiers.models import Applicant, Dossier
from motcua.organisations.models import Unit
from motcua.rules.prescribed_forms import AnyPaper, PrescribedForm, form_of
from motcua.rules.regimes import Regime, regime_on

LOOK_UP_PATH = "/tra-cuu/"


def prescribed(dossier: Dossier, kind: AnyPaper, at: datetime) -> PrescribedForm:
    """Return the form as the regime of the dossier has it; before acceptance, as that of the day of `at` has it."""
    regime = Regime(dossier.regime) if dossier.regime else regime_on(timezone.localdate(at))
    return form_of(kind, regime)


def head(issuer: Unit, form: PrescribedForm, *, number: str, at: datetime) -> HeadData:
    """Return the head of a paper of `issuer`, whose parents are loaded up to the territory it is in."""
    return {
        "generation": form.generation.value,
        "form": form.number,
        "notation": form.notation,
        "title": list(form.title),
        "size": form.size.value,
        "number": number,
        "superior": issuer.parent.authority_name if issuer.parent else "",
        "desk": issuer.authority_name,
        "place": place_of(issuer),
        "at": timezone.localtime(at).isoformat(),
    }


def about(dossier: Dossier, form: PrescribedForm, *, number: str, officer: User, at: datetime) -> CommonData:
    """Return what a form about `dossier` says whatever its kind, in the name of the receiving desk."""
    desk = dossier.receiving_unit
    return {
        **head(desk, form, number=number, at=at),
        "desk_phone": desk.phone,
        "code": dossier.public_code,
        "look_up_url": look_up_url(dossier.public_code),
        "applicant": _person(dossier.applicant),
        "procedure": dossier.procedure_version.title,
        "procedure_code": dossier.procedure_version.procedure.code,
        "officer": officer.display_name,
        "officer_phone": officer.phone or desk.phone,
    }


def look_up_url(public_code: str) -> str:
    """Return the address a form's QR code opens: the code alone, never the PIN or anything personal (B-26)."""
    return f"{settings.SITE_URL.rstrip('/')}{LOOK_UP_PATH}?ma={public_code}"


def place_of(issuer: Unit) -> str:
    """Name the place of issue: the nearest territory, without the word for its kind, as Decree 30/2020 asks."""
    unit: Unit | None = issuer
    while unit is not None and not unit.is_territory:
        unit = unit.parent
    if unit is None:
        return ""
    words = unit.name.split(" ")
    kind = {"Thành phố": 2, "Thị trấn": 2, "Thị xã": 2, "Đặc khu": 2}.get(" ".join(words[:2]), 1)
    name = " ".join(words[kind:])
    return name if name and not name.isdigit() else unit.name


def _person(applicant: Applicant) -> PersonData:
    return {
        "full_name": applicant.full_name,
        "citizen_id": applicant.citizen_id,
        "phone": applicant.phone,
        "email": applicant.email,
        "address": applicant.address,
        "on_behalf_of": applicant.on_behalf_of,
    }
