"""Filters over dossiers."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.db import models

from motcua.accounts.models import Grant
from motcua.kernel.models import EventRecord
from motcua.rules.linked import LEAD
from motcua.rules.permissions import (
    ANSWERS_FOR_THE_UNIT,
    ANSWERS_FOR_VACANCIES,
    AT_THE_DESK,
    DOES_LEGS,
    GIVES_OUT_LEGS,
    GIVES_OUT_WORK,
    OVER_THE_UNIT,
    PERSONAL_ACTIONS,
    ROLE_FOR,
    RoleGrant,
)
from motcua.rules.transitions import Status

if TYPE_CHECKING:
    from motcua.dossiers.models import Consultation, Dossier, LinkedApplication, Step


def _in_no_hands(unit_id: int, on: date) -> models.Q:
    """Match what waits in a unit for a person, but is assigned to none who holds the role there on `on`."""
    nobodys = models.Q(pk__in=[])
    for role in {ROLE_FOR[action] for action in PERSONAL_ACTIONS}:
        there = Grant.objects.on(on).filter(unit=unit_id, role=role.value, user__is_active=True).values("user")
        waiting = models.Q(holder_unit=unit_id, holder_role=role.value)
        nobodys |= waiting & (models.Q(assignee=None) | ~models.Q(assignee__in=there))
    return nobodys


def _for_a_vacancy(unit_id: int, on: date) -> models.Q:
    """Match what waits in a unit for a role that nobody holds there on `on`."""
    held = Grant.objects.on(on).filter(unit=unit_id, user__is_active=True).values("role")
    return models.Q(holder_unit=unit_id) & ~models.Q(holder_role__in=held)


def _fallen_back_to(grant: RoleGrant, on: date) -> models.Q:
    """Match what nobody else may act on, and so waits for whoever answers for the unit (N)."""
    fallen = models.Q(pk__in=[])
    if grant.role in GIVES_OUT_WORK:
        fallen |= _in_no_hands(grant.unit_id, on)
    if grant.role in ANSWERS_FOR_VACANCIES:
        fallen |= _for_a_vacancy(grant.unit_id, on)
    return fallen


def _in_hands_of(grant: RoleGrant, actor_id: int) -> models.Q:
    """Match what is assigned to nobody, to the official, or to the absent colleague in whose place they act."""
    hands = [actor_id] if grant.of_user_id is None else [actor_id, grant.of_user_id]
    return models.Q(assignee=None) | models.Q(assignee__in=hands)


def _asked_of(unit_ids: Iterable[int]) -> "models.QuerySet[Consultation]":
    """Return the consultations that wait for the opinion of these units."""
    asked: models.QuerySet[Consultation] = apps.get_model("dossiers", "Consultation").objects.all()
    return asked.filter(unit__in=list(unit_ids), closed_at=None)


def open_legs_of(unit_ids: Iterable[int]) -> "models.QuerySet[Step]":
    """Return the steps of parallel legs that are under way in these units (B-21)."""
    steps: models.QuerySet[Step] = apps.get_model("dossiers", "Step").objects.all()
    return steps.filter(unit__in=list(unit_ids), finished_at=None, leg__gt="")


def grants_for_legs(on: date) -> "models.QuerySet[Grant]":
    """Return the roles in force on `on` with which somebody, in person, does legs."""
    return Grant.objects.on(on).filter(role__in=sorted(DOES_LEGS), user__is_active=True)


def legs_waiting_for(grants: Iterable[RoleGrant], *, actor_id: int, on: date) -> "models.QuerySet[Step]":
    """Return the steps of parallel legs under way that wait for an official with `grants` on `on` (B-21, N).

    For who does legs: those given to nobody, to them, or to the absent colleague in whose place they act. What is in
    nobody's hands, because it was given to nobody or their role has ended, waits for both them and who gives it out.
    """
    mine = models.Q(pk__in=[])
    for grant in grants:
        if not grant.holds_on(on) or grant.role not in DOES_LEGS | GIVES_OUT_LEGS:
            continue
        there = grants_for_legs(on).filter(unit=grant.unit_id).values("user")
        waiting = models.Q(assignee=None) | ~models.Q(assignee__in=there)
        if grant.role in DOES_LEGS:
            waiting |= _in_hands_of(grant, actor_id)
        mine |= models.Q(unit=grant.unit_id) & waiting
    steps: models.QuerySet[Step] = apps.get_model("dossiers", "Step").objects.all()
    return steps.filter(mine, finished_at=None, leg__gt="")


class DossierQuerySet(models.QuerySet["Dossier"]):
    """Chainable filters over dossiers."""

    def with_public_code(self, code: str) -> "DossierQuerySet":
        """Keep the dossier of that national code or reference, as typed: case and blanks do not matter."""
        clean = "".join(code.split()).upper()
        return self.filter(models.Q(code=clean) | models.Q(reference=clean))

    def for_page(self) -> "DossierQuerySet":
        """Load with each dossier everything a page about it needs, in one query."""
        return self.select_related(
            "procedure_version__procedure",
            "receiving_unit",
            "competent_unit",
            "holder_unit",
            "assignee",
            "applicant",
            "linked_application__group",
            "paper_entry__entered_by",
            "paper_return__entered_by",
        )

    def submitted(self) -> "DossierQuerySet":
        """Leave out drafts."""
        return self.exclude(status=Status.DRAFT)

    def drafts_untouched_since(self, moment: datetime) -> "DossierQuerySet":
        """Keep the drafts begun before `moment` to which nothing has happened after it."""
        later = EventRecord.objects.filter(subject=models.OuterRef("reference"), at__gte=moment)
        return self.filter(models.Q(status=Status.DRAFT), models.Q(created_at__lt=moment), ~models.Exists(later))

    def under_way(self) -> "DossierQuerySet":
        """Leave out drafts and what is over; the few that are left have an index of their own."""
        return self.filter(closed_at=None, submitted_at__isnull=False)

    def near(self, grants: Iterable[RoleGrant], *, on: date) -> "DossierQuerySet":
        """Keep what a unit where one of `grants` holds on `on` received, settles since acceptance, holds or helps with.

        A unit helps with what it has a parallel leg of under way.
        """
        units = sorted({grant.unit_id for grant in grants if grant.holds_on(on)})
        settled = models.Q(competent_unit__in=units, accepted_at__isnull=False)
        own = self.filter(models.Q(receiving_unit__in=units) | settled | models.Q(holder_unit__in=units))
        # As one condition they could only be found by reading every dossier there is.
        return self.filter(pk__in=own.values("pk").union(open_legs_of(units).values("dossier")))

    def visible_to(self, grants: Iterable[RoleGrant], *, actor_id: int, on: date) -> "DossierQuerySet":
        """Keep what an official with `grants` may see on `on` (N).

        The desk sees every dossier it received; who gives out the work of an agency or signs for it sees everything it
        settles, and the legs its own unit does. Elsewhere an official sees what waits for their role in their unit or
        for them in person, a leg alike, what their unit is asked about, and what has passed through their own hands.
        """
        held = [grant for grant in grants if grant.holds_on(on)]
        desks = [grant.unit_id for grant in held if grant.role in AT_THE_DESK]
        mine = models.Q(receiving_unit__in=desks)
        for grant in held:
            if grant.role in OVER_THE_UNIT:
                mine |= models.Q(competent_unit=grant.unit_id, accepted_at__isnull=False)
            elif grant.role not in AT_THE_DESK:
                waiting = models.Q(holder_unit=grant.unit_id, holder_role=grant.role.value)
                mine |= waiting & _in_hands_of(grant, actor_id)
            if grant.role in ANSWERS_FOR_THE_UNIT:
                mine |= models.Q(pk__in=_asked_of([grant.unit_id]).values("dossier"))
            if grant.role in GIVES_OUT_LEGS:
                mine |= models.Q(pk__in=open_legs_of([grant.unit_id]).values("dossier"))
            if grant.role in DOES_LEGS:
                mine |= models.Q(pk__in=legs_waiting_for([grant], actor_id=actor_id, on=on).values("dossier"))
        if held:
            # Looked up for each dossier that is asked about: over the years a hand finishes tens of thousands of steps,
            # and of an EXISTS the planner makes a table of them all.
            steps = apps.get_model("dossiers", "Step").objects.filter(dossier=models.OuterRef("pk"))
            finished = steps.filter(finished_by=actor_id).values("dossier")
            mine |= models.Q(pk=models.Subquery(finished[:1]))
        return self.submitted().filter(mine)

    def waiting_for(self, grants: Iterable[RoleGrant], *, actor_id: int, on: date) -> "DossierQuerySet":
        """Keep what an official with `grants` must act on now: what their roles in their units hold.

        A dispatcher has beside it what is assigned to nobody who may still act on it, legs of their own unit alike; the
        heads of a unit what waits there for a role that nobody holds.
        """
        mine, answering, supporting = models.Q(pk__in=[]), list[int](), list[RoleGrant]()
        for grant in grants:
            if grant.holds_on(on):
                held = models.Q(holder_unit=grant.unit_id, holder_role=grant.role.value)
                mine |= held & _in_hands_of(grant, actor_id)
                mine |= _fallen_back_to(grant, on)
                if grant.role in ANSWERS_FOR_THE_UNIT:
                    answering.append(grant.unit_id)
                if grant.role in DOES_LEGS | GIVES_OUT_LEGS:
                    supporting.append(grant)
        beside: list[models.QuerySet[Any, Any]] = [_asked_of(answering).values("dossier")] if answering else []
        if supporting:
            beside.append(legs_waiting_for(supporting, actor_id=actor_id, on=on).values("dossier"))
        if not beside:
            return self.filter(mine)
        # As one condition they could only be found by reading every dossier there is.
        return self.filter(pk__in=self.filter(mine).values("pk").union(*beside))

    def once_waited_for(self, grants: Iterable[RoleGrant], *, on: date) -> "DossierQuerySet":
        """Keep what had a step, now finished, for a role in a unit that the official holds."""
        was_theirs = models.Q(pk__in=[])
        for grant in grants:
            if grant.holds_on(on):
                was_theirs |= models.Q(steps__unit=grant.unit_id, steps__role=grant.role.value)
        return self.filter(was_theirs, steps__finished_at__isnull=False)

    def reachable_by(self, grants: Iterable[RoleGrant], *, actor_id: int, on: date) -> "DossierQuerySet":
        """Keep what an official may see, or whose step waited for their role before somebody was quicker.

        Only for acts: they refuse what is no longer theirs, and tell who was quicker.
        """
        held = tuple(grants)
        seen = self.visible_to(held, actor_id=actor_id, on=on)
        once = self.once_waited_for(held, on=on)
        return self.filter(models.Q(pk__in=seen.values("pk")) | models.Q(pk__in=once.values("pk")))

    def overdue(self, at: datetime) -> "DossierQuerySet":
        """Keep what should have been acted on before `at`."""
        return self.filter(action_due_at__lt=at)

    def to_warn_about(self, at: datetime) -> "DossierQuerySet":
        """Keep those whose clock is amber or red at `at`, and of whose due moment not every rung was told.

        One that is amber and was told of it has nothing more to tell until it is due.
        """
        alarms = apps.get_model("dossiers", "Alarm").objects
        told = alarms.filter(dossier=models.OuterRef("pk"), due_at=models.OuterRef("action_due_at"))
        rungs = len(settings.ESCALATION)
        amber = models.Q(action_due_at__gte=at) & ~models.Exists(told.filter(rung=0))
        red = models.Q(action_due_at__lt=at) & ~models.Exists(told.filter(rung=rungs))
        return self.filter(amber | red, closed_at=None, warn_at__lte=at).order_by("warn_at", "pk")

    def counted_once(self) -> "DossierQuerySet":
        """Leave out the legs of linked applications beside the leading one, so that each counts as one dossier."""
        return self.filter(models.Q(leg_number=None) | models.Q(leg_number=LEAD))

    def owned_by(self, user_id: int) -> "DossierQuerySet":
        """Keep the dossiers a citizen filed from their own account, drafts included."""
        return self.filter(owner=user_id)


class LinkedApplicationQuerySet(models.QuerySet["LinkedApplication"]):
    """Chainable filters over linked applications."""

    def visible_to(self, grants: Iterable[RoleGrant], *, actor_id: int, on: date) -> "LinkedApplicationQuerySet":
        """Keep those whose leading leg an official with `grants` may see: the desk, and who answers for the whole."""
        seen = apps.get_model("dossiers", "Dossier").objects.visible_to(grants, actor_id=actor_id, on=on)
        return self.filter(pk__in=seen.filter(leg_number=LEAD).values("linked_application"))

    def under_way(self) -> "LinkedApplicationQuerySet":
        """Keep what was handed in and is not over."""
        submitted = apps.get_model("dossiers", "Dossier").objects.submitted().filter(leg_number=LEAD)
        return self.filter(closed_at=None, pk__in=submitted.values("linked_application"))

    def overdue(self, at: datetime) -> "LinkedApplicationQuerySet":
        """Keep those of which some leg should have ended before `at`, by the plan of the whole."""
        legs = apps.get_model("dossiers", "LinkedLeg").objects
        late = legs.filter(ended_at=None, due_at__lt=at)
        return self.filter(pk__in=late.values("application"))
