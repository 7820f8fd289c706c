"""What is filled in of a declaration before the applicant sees it (D-05, C-17)."""

from motcua.dossiers.linked_facts import declaration_of
from motcua.dossiers.models import Applicant, Dossier
from motcua.rules.declaration_answers import prefilled
from motcua.rules.declarations import Prefill


def filled_in_before(dossier: Dossier) -> dict[str, str]:
    """Return the answers known before they are asked for, by key: who applies, the account's last dossier, defaults.

    Asks for an earlier dossier only where a field is filled in from it and the applicant has an account.
    """
    fields = declaration_of(dossier)
    reaches_back = any(one.prefill == Prefill.EARLIER for one in fields)
    applicant: Applicant = dossier.applicant
    known = {
        Prefill.NAME: applicant.full_name,
        Prefill.CITIZEN_ID: applicant.citizen_id,
        Prefill.PHONE: applicant.phone,
        Prefill.EMAIL: applicant.email,
        Prefill.ADDRESS: applicant.address,
        Prefill.REPRESENTED: applicant.on_behalf_of,
    }
    return prefilled(fields, known, _earlier(dossier) if reaches_back else {})


def _earlier(dossier: Dossier) -> dict[str, str]:
    """Return the declaration of the account's dossier of the same procedure that was handed in last."""
    if dossier.owner_id is None:
        return {}
    same = Applicant.objects.filter(
        dossier__owner=dossier.owner_id,
        dossier__procedure_version__procedure=dossier.procedure_version.procedure_id,
        dossier__submitted_at__isnull=False,
    )
    found = same.exclude(dossier=dossier.pk).order_by("-dossier__submitted_at", "-dossier__pk").first()
    said: dict[str, str] = found.declaration if found else {}
    return said
