"""Give and move the promise of a linked application (B-21): each leg's plan, and the whole's due moment."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import timezone

from motcua.dossiers.commands.custody import calendar_of
from motcua.dossiers.commands.promise import LimitUnknown
from motcua.dossiers.facts import clock_facts, counting_mode, limit_for
from motcua.dossiers.linked_facts import legs_with_limits
from motcua.dossiers.models import Dossier, FormerLinkedPromise, LinkedApplication, LinkedLeg
from motcua.rules.deadlines import derivation_as_json
from motcua.rules.linked import LEAD, WholeState
from motcua.rules.linked_terms import LegTerm, LinkedPlan, awaited_until, linked_plan
from motcua.rules.promises import ClockFacts
from motcua.rules.time_limits import TimeLimit

WHOLE_PROMISE = ["due_at", "due_is_provisional", "derivation"]
"""The columns of an application that hold its promise."""


def promise_the_whole(dossier: Dossier, at: datetime) -> LinkedApplication:
    """Write the promise of the whole accepted with its leading `dossier` at `at`, and return the application.

    Call it in the transaction of the acceptance, once the dossier has its own promise. Raises `LimitUnknown`,
    `CalendarExhausted`.
    """
    application = (
        LinkedApplication.objects.select_for_update(of=("self",)).select_related("group").get(dossiers=dossier)
    )
    legs = legs_with_limits(application.pk)
    application.accepted_at, application.state = at, WholeState.UNDER_WAY.value
    plan = _plan(application, legs, {LEAD: dossier}, at)
    _write_whole(application, plan)
    application.save(update_fields=["accepted_at", "state", *WHOLE_PROMISE])
    _write_legs(application, legs, plan, at)
    dossier.linked_application = application
    return application


def move_the_whole(
    application: LinkedApplication, legs: Sequence[LinkedLeg], dossiers: Mapping[int, Dossier], at: datetime
) -> bool:
    """Write the plan as the clocks of the legs now have it: of every leg and of the whole the later of old and new.

    Nothing is due sooner than it was (L-08); what was promised for the whole before stays on record (R-2). A whole that
    is due as before is provisional as the plan now has it (R-15). The caller saves the application; tells whether
    anything changed.
    """
    plan = _plan(application, legs, dossiers, at)
    has_changed = _write_legs(application, legs, plan, at)
    whole = plan.whole
    if application.due_at is not None and whole.due_at <= application.due_at:
        if whole.due_at < application.due_at or whole.is_provisional == application.due_is_provisional:
            return has_changed
        application.due_is_provisional = whole.is_provisional
        return True
    _keep_former(application, at)
    _write_whole(application, plan)
    return True


def _keep_former(application: LinkedApplication, at: datetime) -> None:
    """Put the present promise, if there is one, into the history, before it is replaced at `at`."""
    if application.due_at is not None:
        FormerLinkedPromise.objects.create(
            application=application,
            due_at=application.due_at,
            derivation=application.derivation,
            replaced_at=at,
        )


def _plan(
    application: LinkedApplication, legs: Sequence[LinkedLeg], dossiers: Mapping[int, Dossier], at: datetime
) -> LinkedPlan:
    channel = dossiers[LEAD].filing_channel
    terms = [_term(leg, dossiers.get(leg.number), channel, at) for leg in legs]
    return linked_plan(timezone.localtime(application.accepted_at), terms, counting_mode())


def _term(leg: LinkedLeg, dossier: Dossier | None, channel: str, at: datetime) -> LegTerm:
    limit = limit_for(leg.procedure_version, channel)
    if limit is None:
        raise LimitUnknown
    calendar = calendar_of(leg.competent_unit, at)
    return LegTerm(leg.number, frozenset(leg.group_leg.needs), limit, calendar, _clock(dossier, limit))


def _clock(dossier: Dossier | None, limit: TimeLimit) -> ClockFacts | None:
    return clock_facts(dossier, limit) if dossier is not None and dossier.accepted_at is not None else None


def _write_whole(application: LinkedApplication, plan: LinkedPlan) -> None:
    whole = plan.whole
    application.due_at, application.due_is_provisional = whole.due_at, whole.is_provisional
    application.derivation = {"vi": derivation_as_json(whole, "vi"), "en": derivation_as_json(whole, "en")}


def _write_legs(application: LinkedApplication, legs: Sequence[LinkedLeg], plan: LinkedPlan, at: datetime) -> bool:
    """Write the plan of each leg, the later of old and new; tell whether any moved."""
    planned = {leg.number: leg for leg in plan.legs}
    moved = []
    for leg in legs:
        before = leg.begins_at, leg.due_at
        leg.begins_at = _later(leg.begins_at, planned[leg.number].begins_at)
        leg.due_at = _later(leg.due_at, planned[leg.number].moment.due_at)
        if (leg.begins_at, leg.due_at) != before:
            calendar = calendar_of(leg.competent_unit, at)
            leg.awaited_until = awaited_until(timezone.localtime(leg.due_at), application.group.waits_days, calendar)
            moved.append(leg)
    LinkedLeg.objects.bulk_update(moved, ["begins_at", "due_at", "awaited_until"])
    return bool(moved)


def _later(old: datetime | None, new: datetime) -> datetime:
    return new if old is None else max(old, new)
