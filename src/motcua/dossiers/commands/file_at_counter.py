"""Take the application of somebody who came to the desk in person (B steps 1 to 4)."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.catalogue.models import LinkedGroup, Offering
from motcua.documents.models import StoredFile
from motcua.dossiers.commands.custody import HOLDER, give_to_desk_for_answer
from motcua.dossiers.commands.draft import ApplicantDetails, Filing, NotOffered, lay_out
from motcua.dossiers.commands.guard import advance
from motcua.dossiers.commands.linked_draft import GroupNotOffered, lay_out_linked
from motcua.dossiers.commands.submit import ApplicationIncomplete
from motcua.dossiers.events import DossierFiledAtCounter
from motcua.dossiers.facts import application_facts
from motcua.dossiers.linked_events import LinkedFiledAtCounter
from motcua.dossiers.linked_facts import declaration_of
from motcua.dossiers.models import Applicant, Dossier, FilingChannel, Paper, ReturnChannel
from motcua.kernel import events
from motcua.rules.completeness import Part, gaps
from motcua.rules.declaration_answers import kept
from motcua.rules.permissions import NotPermitted, check_file_at
from motcua.rules.transitions import Action, status_after

__all__ = [
    "ApplicationIncomplete",
    "GroupNotOffered",
    "NotOffered",
    "NotPermitted",
    "file_at_counter",
    "file_linked_at_counter",
]


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What was handed in of one paper: sheets on paper, and a scan when there is one."""

    originals_count: int
    copies_count: int
    file: StoredFile | None


@dataclass(frozen=True, slots=True)
class CounterFiling:
    """One application as the officer took it down; `key` makes sending it twice one dossier.

    `papers` is by position of the closed list; `postal_address` is kept only for the post. Who came is all that form 03
    says of an application that was declined.
    """

    key: uuid.UUID
    details: ApplicantDetails
    answers: Mapping[str, str] = field(default_factory=dict)
    papers: Mapping[int, HandedIn] = field(default_factory=dict)
    return_channel: ReturnChannel = ReturnChannel.AT_THE_DESK
    postal_address: str = ""


@transaction.atomic
def file_at_counter(*, offering: Offering, filing: CounterFiling, officer: User, at: datetime) -> Dossier:
    """File for the person at the counter, and return the dossier, which waits for the desk's decision.

    Papers may be missing: the desk then asks for them with form 02. Raises `NotPermitted`, `NotOffered`,
    `ApplicationIncomplete`.
    """
    today = timezone.localdate(at)
    check_file_at(offering.receiving_unit_id, grants_of(officer, today), on=today)
    dossier, is_new = lay_out(offering, Filing(key=filing.key, channel=FilingChannel.DIRECT), at)
    if not is_new:
        return dossier
    event = DossierFiledAtCounter(
        subject=dossier.reference,
        procedure=offering.procedure.code,
        competent_unit=offering.competent_unit.code,
        answer_due_at=_hand_in(dossier, filing, at),
    )
    events.record(event, actor=officer, at=at)
    return dossier


@transaction.atomic
def file_linked_at_counter(
    *, group: LinkedGroup, offering: Offering, filing: CounterFiling, officer: User, at: datetime
) -> Dossier:
    """File for all legs of `group` at once, and return the leading dossier, which waits for the desk's decision (B-21).

    `offering` is of the leading procedure; answers and papers are those asked for once. Papers may be missing. Raises
    `NotPermitted`, `GroupNotOffered`, `NotOffered`, `ApplicationIncomplete`.
    """
    today = timezone.localdate(at)
    check_file_at(offering.receiving_unit_id, grants_of(officer, today), on=today)
    dossier, is_new = lay_out_linked(group, offering, Filing(key=filing.key, channel=FilingChannel.DIRECT), at)
    if not is_new:
        return dossier
    event = LinkedFiledAtCounter(
        subject=dossier.reference,
        group=group.code,
        competent_unit=offering.competent_unit.code,
        answer_due_at=_hand_in(dossier, filing, at),
    )
    events.record(event, actor=officer, at=at)
    return dossier


def _hand_in(dossier: Dossier, filing: CounterFiling, at: datetime) -> datetime:
    """Write the application down and give it to the desk; return by when the desk has to answer."""
    write_down(dossier, filing)
    require_whole(dossier)
    dossier.status, dossier.submitted_at = status_after(dossier.stage, Action.SUBMIT), at
    answer_due_at = give_to_desk_for_answer(dossier, at)
    advance(dossier, ["status", "submitted_at", "return_channel", *HOLDER])
    return answer_due_at


def write_down(dossier: Dossier, filing: CounterFiling) -> None:
    """Write what the applicant said and handed in; saves all but the dossier itself."""
    details, is_by_post = filing.details, filing.return_channel == ReturnChannel.POST
    person: Applicant = dossier.applicant
    person.full_name, person.citizen_id = details.full_name, details.citizen_id
    person.phone, person.email = details.phone, details.email
    person.address, person.on_behalf_of = details.address, details.on_behalf_of
    person.postal_address = filing.postal_address if is_by_post else ""
    person.declaration = kept(declaration_of(dossier), filing.answers)
    person.save()
    dossier.return_channel = filing.return_channel
    papers = list(dossier.papers.all())
    for paper in papers:
        handed_in = filing.papers.get(paper.position)
        if handed_in:
            paper.originals_count, paper.copies_count = handed_in.originals_count, handed_in.copies_count
            paper.file = handed_in.file
    Paper.objects.bulk_update(papers, ["originals_count", "copies_count", "file"])


WITHOUT_PAPERS = frozenset(Part) - {Part.PAPERS}
"""What must be there of an application whose papers may be asked for."""


def require_whole(dossier: Dossier, parts: frozenset[Part] = WITHOUT_PAPERS) -> None:
    """Raise `ApplicationIncomplete` when something is missing of `parts`."""
    found = [gap for gap in gaps(application_facts(dossier)) if gap.part in parts]
    if found:
        raise ApplicationIncomplete(found)
