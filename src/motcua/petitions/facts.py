"""Petitions as the plain values the rules decide on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from motcua.dossiers.models import Applicant
from motcua.organisations.facts import working_calendar
from motcua.organisations.models import Unit, UnitKind
from motcua.petitions.models import Answer, Opinion, Petition
from motcua.rules.deadlines import Beginning, DueMoment
from motcua.rules.petition_privacy import Sender
from motcua.rules.petition_terms import NEXT_STEP, Kind, Term, TermSource, TermStep, term_due, term_for
from motcua.rules.petitions import Hands, PetitionChannel, Sorting


def sources() -> frozenset[TermSource]:
    """Return the texts whose terms this province goes by."""
    return frozenset(TermSource(name) for name in settings.PETITION_TERM_SOURCES)


def provinces() -> frozenset[int]:
    """Return the ids of the provinces, whose officials answer for all petitions (E-07)."""
    return frozenset(Unit.objects.filter(kind=UnitKind.PROVINCE, dissolved_on=None).values_list("pk", flat=True))


def hands_of(petition: Petition) -> Hands:
    """Return who has the petition, asking who is awaited."""
    asked = Opinion.objects.filter(petition=petition, given_at=None).values_list("unit", flat=True)
    return petition.hands(frozenset(asked))


def kind_of(petition: Petition) -> Kind | None:
    """Return what the terms depend on; None for what an official found a question of law, and for what is not received.

    Those have none. What its sender called a question has its terms until it is sorted.
    """
    if petition.sorting == Sorting.QUESTION or petition.received_at is None:
        return None
    return Kind(
        on=timezone.localdate(petition.received_at),
        is_online=petition.channel == PetitionChannel.ONLINE,
        is_complex=petition.is_complex,
    )


def term_of(petition: Petition, step: TermStep) -> Term | None:
    """Return the term that binds for `step`; None when no text gives one: none says by when a question is answered."""
    if petition.is_question and step is TermStep.ANSWER:
        return None
    kind = kind_of(petition)
    return term_for(step, kind, sources()) if kind else None


def due_of(petition: Petition, step: TermStep) -> DueMoment | None:
    """Return by when `step` has to be done, with the count; None without a term. Needs `unit`."""
    term = term_of(petition, step)
    since = petition.answered_at if step is TermStep.PUBLISH else petition.counted_from
    if term is None or since is None:
        return None
    calendar = working_calendar(petition.unit, timezone.localdate(since))
    return term_due(term, since, calendar, _beginning(petition, step))


def next_due_at(petition: Petition) -> datetime | None:
    """Return by when whoever has the petition must have acted; None while nobody of the officials must."""
    step = NEXT_STEP.get(petition.stage)
    due = due_of(petition, step) if step else None
    return due.due_at if due else None


@dataclass(frozen=True, slots=True)
class NoticeTerms:
    """The working days that a posted notice names; None where no text gives any."""

    transfer_days: int | None
    answer_days: int | None


def notice_terms(on: date) -> NoticeTerms:
    """Return the terms of what is sent on `on`, online or not, and is not complex: the longer where they differ."""
    kinds = [Kind(on, is_online=is_online) for is_online in (True, False)]

    def days(step: TermStep) -> int | None:
        terms = [term_for(step, kind, sources()) for kind in kinds]
        return max((term.working_days for term in terms if term), default=None)

    return NoticeTerms(days(TermStep.TRANSFER), days(TermStep.ANSWER))


def same_count(petition: Petition) -> int:
    """Return how often the matter came: this petition, those joined to it, and each time it was opened again."""
    return 1 + petition.joined.count() + petition.reopened_count


def people_of(petition: Petition) -> Sender:
    """Return who must not be told from what is published: sender, senders joined, applicants of their dossiers.

    What units have published of themselves may stand there.
    """
    rows = [petition, *petition.joined.all()]
    names, addresses = [row.full_name for row in rows], [row.address for row in rows]
    contacts = [contact for row in rows for contact in (row.phone, row.email)]
    about = {row.dossier_id for row in rows if row.dossier_id is not None}
    for applicant in Applicant.objects.filter(dossier__in=about).order_by("pk") if about else ():
        names += [applicant.full_name, applicant.on_behalf_of]
        addresses += [applicant.address, applicant.postal_address]
        contacts += [applicant.phone, applicant.email, applicant.citizen_id]
    units = Unit.objects.exclude(phone="", email="").order_by("pk").values_list("phone", "email")
    public = [contact for unit in units for contact in unit]
    return Sender(_said(names), _said(addresses), _said(contacts), public=_said(public))


def _said(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, values)))


def approved_answer(petition: Petition) -> Answer | None:
    """Return the answer that stands; None while there is none."""
    return petition.answers.filter(is_approved=True).select_related("unit").order_by("-decided_at").first()


def _beginning(petition: Petition, step: TermStep) -> Beginning:
    if step is TermStep.PUBLISH:
        return Beginning.PETITION_ANSWERED
    return Beginning.PETITION_COMPLETED if petition.is_completed else Beginning.PETITION_RECEIVED
