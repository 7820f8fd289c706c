"""Rows of a dossier as the plain values the rules decide on."""

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects

from motcua.catalogue.models import Channel, ProcedureVersion
from motcua.dossiers.models import Applicant, ContactCode, Dossier, FilingChannel, Paper, ReturnChannel
from motcua.rules.completeness import ApplicationFacts, Question
from motcua.rules.deadlines import CountingMode
from motcua.rules.time_limits import TimeLimit


def counting_mode() -> CountingMode:
    """Return how the province counts limits (L-08)."""
    return CountingMode(settings.COUNTING_MODE)


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


def limit_for(version: ProcedureVersion, filing_channel: str) -> TimeLimit | None:
    """Return the limit of the way of filing, else that of the procedure; None when neither was understood.

    Where one way is listed more than once with different limits, the procedure's own limit stands.
    """
    own = {channel.limit for channel in ways_of(version, filing_channel)} - {None}
    return own.pop() if len(own) == 1 else version.limit


def ways_of(version: ProcedureVersion, filing_channel: str) -> list[Channel]:
    """Return what the procedure says of one way of filing; all ways are read once a version."""
    prefetch_related_objects([version], "channels")
    return [channel for channel in version.channels.all() if channel.method == filing_channel]


def papers_of(dossier: Dossier) -> list[Paper]:
    """Return the papers in the order of the closed list, with what was required; read once a dossier."""
    listed = Paper.objects.select_related("required_paper").order_by("position")
    prefetch_related_objects([dossier], Prefetch("papers", queryset=listed))
    return list(dossier.papers.all())


def has_known_limit(version: ProcedureVersion) -> bool:
    """Tell whether a promise can be given for every way of filing."""
    return all(limit_for(version, way) is not None for way in FilingChannel.values)


def _is_given(paper: Paper) -> bool:
    return paper.file_id is not None or paper.originals_count + paper.copies_count > 0
