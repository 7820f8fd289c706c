"""What officials see of petitions: the list by remaining working time, and everything about one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from motcua.accounts.models import Grant, User
from motcua.dossiers.queries.derivation import DerivedDay, derivation_shown
from motcua.dossiers.queries.time_left import Remaining, remaining_until
from motcua.organisations.facts import working_calendars
from motcua.petitions.facts import approved_answer, due_of, hands_of, provinces, same_count
from motcua.petitions.models import Answer, MoreAsked, Opinion, Petition, PublishedAnswer, Transfer
from motcua.petitions.queries.suggest import SuggestedUnit, suggested_units
from motcua.petitions.querysets import PetitionQuerySet
from motcua.rules.permissions import RoleGrant
from motcua.rules.petition_terms import FIRST_STEPS, TermStep
from motcua.rules.petitions import (
    ROLES_FOR,
    PetitionAct,
    PetitionStage,
    is_repeated,
    may_act,
    may_enter,
    open_acts,
    units_read,
)

PAGE = 30
_ALIKE_WITHIN = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class DraftRow:
    """An answer that waits for the leader's word; `number` is its id."""

    number: int
    finding: str
    text: str


@dataclass(frozen=True, slots=True)
class PetitionRow:
    """A petition in the list; `remaining` is None while no clock runs, `draft` while none waits."""

    code: str
    text: str
    stage: PetitionStage
    stage_label: str
    sorting_label: str
    unit: str
    assignee: str
    due_at: datetime | None
    remaining: Remaining | None
    is_repeated: bool
    draft: DraftRow | None


@dataclass(frozen=True, slots=True)
class PetitionList:
    """One page of the list, and how many petitions of the whole of it are late."""

    rows: tuple[PetitionRow, ...]
    has_next: bool
    overdue_count: int


@dataclass(frozen=True, slots=True)
class DueLine:
    """By when a step has to be done, by which text, and how that was counted."""

    step: TermStep
    due_at: datetime
    is_over: bool
    derivation: tuple[DerivedDay, ...]


@dataclass(frozen=True, slots=True)
class AlikePetition:
    """Another petition that may say the same: of the unit, still open."""

    code: str
    text: str
    received_at: datetime | None


@dataclass(frozen=True, slots=True)
class PetitionPage:
    """Everything about one petition, and what the official may do: `acts` now, `theirs` at some stage."""

    petition: Petition
    acts: frozenset[PetitionAct]
    theirs: frozenset[PetitionAct]
    dues: tuple[DueLine, ...]
    questions: tuple[MoreAsked, ...]
    transfers: tuple[Transfer, ...]
    opinions: tuple[Opinion, ...]
    answers: tuple[Answer, ...]
    approved: Answer | None
    published: PublishedAnswer | None
    suggestions: tuple[SuggestedUnit, ...]
    alike: tuple[AlikePetition, ...]
    joined: tuple[AlikePetition, ...]
    same_count: int
    is_repeated: bool
    may_read_pin: bool


def visible_petitions(grants: Iterable[RoleGrant], *, at: datetime) -> PetitionQuerySet:
    """Return the petitions that an official with `grants` reads."""
    return Petition.objects.visible_to(units_read(grants, provinces(), on=timezone.localdate(at)))


def petition_list(grants: Iterable[RoleGrant], *, which: str, number: int, at: datetime) -> PetitionList:
    """Return one page, counted from 1: `which` is OPEN, OVERDUE, REPEATED or ALL; what is due first comes first."""
    seen = visible_petitions(grants, at=at)
    counted = seen.annotate(same_count=Count("joined") + 1)
    found = {
        "OVERDUE": counted.overdue(at),
        "REPEATED": counted.awaiting().filter(Q(joined__isnull=False) | Q(reopened_count__gt=0)).distinct(),
        "ALL": counted,
    }.get(which, counted.awaiting())
    rows = list(found.by_due().select_related("unit", "assignee")[(number - 1) * PAGE : number * PAGE + 1])
    return PetitionList(_rows(rows[:PAGE], at), has_next=len(rows) > PAGE, overdue_count=seen.overdue(at).count())


def petition_page(code: str, user: User, grants: Iterable[RoleGrant], *, at: datetime) -> PetitionPage:
    """Return everything about one petition; raises `Petition.DoesNotExist` for one the official does not read."""
    grants, today = tuple(grants), timezone.localdate(at)
    related = ("unit", "received_unit", "assignee", "photo", "dossier", "procedure", "joined_to", "taken_up_by")
    petition = visible_petitions(grants, at=at).select_related(*related).get(code=code)
    hands = hands_of(petition)
    theirs = frozenset(act for act in ROLES_FOR if may_act(act, hands, grants, actor_id=user.pk, on=today))
    is_unsorted = petition.stage in {PetitionStage.RECEIVED, PetitionStage.HANDLING}
    times = same_count(petition)
    return PetitionPage(
        petition=petition,
        acts=theirs & open_acts(petition.stage),
        theirs=theirs,
        dues=_dues(petition, at),
        questions=tuple(petition.questions.order_by("asked_at", "pk")),
        transfers=tuple(petition.transfers.select_related("from_unit", "to_unit").order_by("at", "pk")),
        opinions=tuple(petition.opinions.select_related("unit").order_by("asked_at", "pk")),
        answers=tuple(petition.answers.select_related("unit", "drafted_by").order_by("drafted_at", "pk")),
        approved=approved_answer(petition),
        published=PublishedAnswer.objects.filter(petition=petition).first(),
        suggestions=suggested_units(petition, on=today) if is_unsorted and PetitionAct.TRANSFER in theirs else (),
        alike=_alike(petition) if is_unsorted and PetitionAct.JOIN in theirs else (),
        joined=tuple(_line(row) for row in petition.joined.order_by("received_at", "pk")),
        same_count=times,
        is_repeated=is_repeated(times),
        may_read_pin=may_enter(petition.received_unit_id, grants, on=today),
    )


def colleagues(petition: Petition, *, at: datetime) -> tuple[User, ...]:
    """Return who may draft the answer in the unit that has the petition, by name."""
    roles = [role.value for role in ROLES_FOR[PetitionAct.DRAFT_ANSWER]]
    held = Grant.objects.on(timezone.localdate(at)).filter(unit=petition.unit_id, role__in=roles)
    return tuple(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("full_name", "pk"))


def _rows(rows: list[Petition], at: datetime) -> tuple[PetitionRow, ...]:
    calendars = working_calendars({row.unit_id for row in rows}, timezone.localdate(at))
    waiting = Answer.objects.filter(petition__in=[row.pk for row in rows], decided_at=None)
    drafts = {one.petition_id: DraftRow(one.pk, one.finding, one.text) for one in waiting}
    found = []
    for row in rows:
        times = getattr(row, "same_count", 1) + row.reopened_count
        is_running = row.due_at is not None and row.counted_from is not None
        found.append(
            PetitionRow(
                code=row.code,
                text=row.text,
                stage=row.stage,
                stage_label=row.stage_label,
                sorting_label=row.sorting_label,
                unit=row.unit.authority_name,
                assignee=row.assignee.display_name if row.assignee else "",
                due_at=row.due_at,
                remaining=remaining_until(row.counted_from, row.due_at, calendars[row.unit_id], at)
                if is_running and row.counted_from and row.due_at
                else None,
                is_repeated=is_repeated(times),
                draft=drafts.get(row.pk),
            )
        )
    return tuple(found)


def _dues(petition: Petition, at: datetime) -> tuple[DueLine, ...]:
    steps = {
        PetitionStage.RECEIVED: FIRST_STEPS,
        PetitionStage.HANDLING: (TermStep.ANSWER,),
        PetitionStage.DRAFTED: (TermStep.ANSWER,),
        PetitionStage.ANSWERED: (TermStep.PUBLISH,),
    }.get(petition.stage, ())
    dues = [(step, due_of(petition, step)) for step in steps]
    return tuple(DueLine(step, due.due_at, due.due_at < at, derivation_shown(due)) for step, due in dues if due)


def _alike(petition: Petition) -> tuple[AlikePetition, ...]:
    """Return open petitions of the unit about the same dossier, or that come with the same beginning or sender."""
    since = (petition.received_at or petition.created_at) - _ALIKE_WITHIN
    open_ones = Petition.objects.awaiting().filter(unit=petition.unit_id, received_at__gte=since)
    same = Q(text__istartswith=petition.text[:60])
    if petition.dossier_id is not None:
        same |= Q(dossier=petition.dossier_id)
    if petition.phone:
        same |= Q(phone=petition.phone)
    found = open_ones.filter(same).exclude(pk=petition.pk).order_by("received_at", "pk")[:5]
    return tuple(_line(row) for row in found)


def _line(row: Petition) -> AlikePetition:
    return AlikePetition(row.code, row.text, row.received_at)
