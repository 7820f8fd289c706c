"""Tell of clocks: due soon, late rung by rung, a unit silent or late with its leg. Each once (L-12, B step 11)."""

from datetime import datetime
from functools import partial

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from motcua.dossiers.commands.custody import calendar_of
from motcua.dossiers.commands.irregular import note_irregularity
from motcua.dossiers.events import ConsultationSilent, DossierDueSoon, DossierOverdue
from motcua.dossiers.leg_events import LegOverdue
from motcua.dossiers.models import Alarm, Consultation, Dossier, Step
from motcua.kernel import events
from motcua.rules.irregularities import Irregularity
from motcua.rules.watching import Rung, Watcher, rungs_reached
from motcua.rules.working_time import CalendarExhausted

_log = structlog.stdlib.get_logger(__name__)

DUE_SOON = 0
"""The rung of an alarm that a dossier is due soon."""


def watch(at: datetime) -> int:
    """Raise every alarm that is due at `at`; return how many. Each is a transaction of its own, and told once.

    One that cannot be raised, because a calendar is missing or the dossier went meanwhile, keeps none of the others.
    """
    raised = sum(_try(partial(watch_dossier, dossier=dossier, at=at)) for dossier in Dossier.objects.to_warn_about(at))
    silent = Consultation.objects.filter(closed_at=None, reported_at=None, due_at__lt=at).order_by("pk")
    late = Step.objects.filter(finished_at=None, leg__gt="", reported_at=None, due_at__lt=at).order_by("pk")
    raised += sum(_try(partial(report_silence, consultation=asked, at=at)) for asked in silent)
    return raised + sum(_try(partial(report_late_leg, leg=leg, at=at)) for leg in late)


def _try(act: partial[int]) -> int:
    """Do `act`, and return how many alarms it raised: none when what it rests on is missing."""
    try:
        return act()
    except (CalendarExhausted, Dossier.DoesNotExist) as error:
        # The kind of the fault alone: its text may name people, or say what they typed.
        _log.warning("alarm.left_undone", act=act.func.__name__, fault=type(error).__name__)
        return 0


@transaction.atomic
def watch_dossier(*, dossier: Dossier, at: datetime) -> int:
    """Raise the alarms of one dossier that its clock has come to by `at`, and return how many were new."""
    units = ("receiving_unit", "competent_unit")
    dossier = Dossier.objects.select_for_update(of=("self",)).select_related(*units).get(pk=dossier.pk)
    due_at = dossier.action_due_at
    if due_at is None or dossier.warn_at is None or at < dossier.warn_at:
        return 0
    ladder: tuple[Rung, ...] = settings.ESCALATION
    calendar = calendar_of(dossier.competent_unit, at)
    told = set(Alarm.objects.filter(dossier=dossier, due_at=due_at).values_list("rung", flat=True))
    reached = rungs_reached(timezone.localtime(due_at), timezone.localtime(at), ladder, calendar)
    new = [rung for rung in reached or (DUE_SOON,) if rung not in told]
    Alarm.objects.bulk_create(Alarm(dossier=dossier, due_at=due_at, rung=rung, raised_at=at) for rung in new)
    for rung in new:
        watcher = ladder[rung - 1].watcher if rung else Watcher.HOLDER
        _record(dossier, due_at, rung, watcher, at)
    return len(new)


@transaction.atomic
def report_silence(*, consultation: Consultation, at: datetime) -> int:
    """Report a unit that has not answered by its term, as an irregularity; return 1, or 0 when told before."""
    dossier = Dossier.objects.select_for_update(of=("self",)).get(pk=consultation.dossier_id)
    asked = Consultation.objects.filter(pk=consultation.pk, closed_at=None, reported_at=None, due_at__lt=at)
    awaited = asked.select_related("unit").first()
    if awaited is None:
        return 0
    awaited.reported_at = at
    awaited.save(update_fields=["reported_at"])
    note_irregularity(dossier, Irregularity.SILENT_CONSULTATION, by=None, at=at, reason=awaited.unit.code)
    event = ConsultationSilent(subject=dossier.reference, unit=awaited.unit.code, due_at=awaited.due_at)
    events.record(event, actor=None, at=at)
    return 1


@transaction.atomic
def report_late_leg(*, leg: Step, at: datetime) -> int:
    """Report a unit that let the time of its step of a leg pass; return 1, or 0 when told before or done meanwhile."""
    dossier = Dossier.objects.select_for_update(of=("self",)).get(pk=leg.dossier_id)
    late = Step.objects.filter(pk=leg.pk, finished_at=None, reported_at=None, due_at__lt=at)
    step = late.select_related("unit").first()
    if step is None:
        return 0
    step.reported_at = at
    step.save(update_fields=["reported_at"])
    event = LegOverdue(subject=dossier.reference, unit=step.unit.code, step=step.code, due_at=step.due_at)
    events.record(event, actor=None, at=at)
    return 1


def _record(dossier: Dossier, due_at: datetime, rung: int, watcher: Watcher, at: datetime) -> None:
    if rung == DUE_SOON:
        events.record(DossierDueSoon(subject=dossier.reference, due_at=due_at), actor=None, at=at)
        return
    event = DossierOverdue(subject=dossier.reference, due_at=due_at, rung=rung, watcher=watcher.value)
    events.record(event, actor=None, at=at)
