"""What commands and queries about surveys share: codes, the frame, who keeps them."""

import hashlib
import hmac
from base64 import b32encode
from collections import defaultdict
from datetime import datetime, time
from fractions import Fraction

from django.conf import settings

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.dossiers.models import Dossier
from motcua.rules.surveys import may_keep_surveys
from motcua.rules.transitions import Status
from motcua.rules.working_time import HANOI
from motcua.surveys.models import Survey

_CODE_LENGTH = 12
_ASKED = (Status.RETURNED.value, Status.IMMEDIATE_DONE.value)


def code_for(survey: Survey, dossier_id: int) -> str:
    """Return the code that lets the applicant of a dossier answer once: 12 characters, 60 bits, never stored."""
    said = f"survey:{survey.key}:{dossier_id}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).digest()
    return b32encode(digest).decode().lower()[:_CODE_LENGTH]


def hash_of(code: str) -> str:
    """Return what an invitation keeps of its code; spaces, hyphens and capitals make no difference."""
    plain = code.replace(" ", "").replace("-", "").lower()
    return hashlib.sha256(plain.encode()).hexdigest()


def seed_digest(survey: Survey) -> str:
    """Return what is shown of the seed before the survey is closed."""
    return hashlib.sha256(survey.seed.encode()).hexdigest()


def frame_of(survey: Survey) -> dict[str, dict[str, list[str]]]:
    """Return the keys of the dossiers given back in the period, by sector, by the unit that decided."""
    since, until = (
        datetime.combine(day, time(), tzinfo=HANOI) for day in (survey.returned_from, survey.returned_until)
    )
    rows = Dossier.objects.filter(status__in=_ASKED, closed_at__gte=since, closed_at__lt=until)
    frame: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for pk, unit, sector in rows.values_list("pk", "competent_unit", "procedure_version__procedure__sector__name"):
        frame[str(unit)][sector].append(str(pk))
    return {unit: dict(groups) for unit, groups in frame.items()}


def weight_of(row: object) -> Fraction:
    """Return the weight that an invitation or a sheet keeps."""
    return Fraction(row.weight_numerator, row.weight_denominator)  # type: ignore[attr-defined]  # both have the two


def keeps(actor: User, survey: Survey, at: datetime) -> bool:
    """Tell whether `actor` keeps this survey."""
    on = at.astimezone(HANOI).date()
    return may_keep_surveys(survey.unit_id, grants_of(actor, on), on=on)
