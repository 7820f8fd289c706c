"""Rows of a dossier as the plain values the rules decide on."""

from motcua.dossiers.models import Applicant, ContactCode, Dossier, FilingChannel, Paper, ReturnChannel
from motcua.rules.completeness import ApplicationFacts, Question


def application_facts(dossier: Dossier) -> ApplicationFacts:
    """Return what `dossier` holds so far; needs `procedure_version` and `applicant` loaded, and reads the papers."""
    applicant: Applicant = dossier.applicant
    papers = list(dossier.papers.select_related("required_paper"))
    return ApplicationFacts(
        full_name=applicant.full_name,
        phone=applicant.phone,
        answers=applicant.declaration,
        questions=[
            Question(key=field["key"], is_required=field["required"]) for field in dossier.procedure_version.declaration
        ],
        needed_positions=frozenset(paper.position for paper in papers if paper.required_paper.is_required),
        given_positions=frozenset(paper.position for paper in papers if _is_given(paper)),
        needs_postal_address=dossier.return_channel == ReturnChannel.POST,
        postal_address=applicant.postal_address,
        contact_confirmed=contact_is_confirmed(dossier, applicant),
    )


def contact_is_confirmed(dossier: Dossier, applicant: Applicant) -> bool:
    """Tell whether phone and e-mail are known to be the applicant's.

    An account or a counter vouches for them; a guest confirms each address given by the code sent to it.
    """
    if dossier.owner_id is not None or dossier.filing_channel != FilingChannel.ONLINE:
        return True
    confirmed = set(dossier.contact_codes.filter(confirmed_at__isnull=False).values_list("channel", "address"))
    wanted = {(ContactCode.Channel.SMS.value, applicant.phone)}
    if applicant.email:
        wanted.add((ContactCode.Channel.EMAIL.value, applicant.email))
    return bool(applicant.phone) and wanted <= confirmed


def _is_given(paper: Paper) -> bool:
    return paper.file_id is not None or paper.originals_count + paper.copies_count > 0
