"""Put an announcement about the calendar in force, and have the clocks of running dossiers follow it."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from motcua.accounts.facts import grants_of, units_above
from motcua.accounts.models import User
from motcua.dossiers.events import ClocksRecounted
from motcua.dossiers.models import CalendarRecount
from motcua.dossiers.queries.recounts import BATCH, Effect, recounter, running_dossiers
from motcua.kernel import events
from motcua.organisations.commands.announce_days import (
    AnnouncementRefused,
    CalendarNotice,
    InForceAlready,
    announce_days,
    put_in_force,
)
from motcua.organisations.models import CalendarAnnouncement, Unit
from motcua.rules.counting import CountingMode
from motcua.rules.deadlines import due_soon_from, intake_alert_due, line_as_json
from motcua.rules.derivations import DerivationLine
from motcua.rules.permissions import MayNotKeepCalendar, may_keep_calendar
from motcua.rules.promises import promise
from motcua.rules.recounts import ClockKind, Shift
from motcua.rules.time_limits import Language

__all__ = [
    "AnnouncementRefused",
    "CalendarNotice",
    "InForceAlready",
    "MayNotKeepCalendar",
    "announce_calendar",
    "apply_calendar",
    "recount_next",
]

_KEEP_FORMER = """
INSERT INTO dossiers_formerpromise (dossier_id, due_at, cause, derivation, replaced_at)
SELECT id, due_at, promise_cause, derivation, %s FROM dossiers_dossier WHERE id = ANY(%s)
"""
# One JSON document, because an array of JSON texts is escaped letter by letter on its way.
_MOVE_PROMISES = """
UPDATE dossiers_dossier dossier
SET due_at = moved.due_at, due_is_provisional = moved.is_provisional, derivation = moved.derivation,
    promise_cause = 'CALENDAR', version = version + 1,
    action_due_at = CASE WHEN action_due_at = dossier.due_at THEN moved.due_at ELSE action_due_at END,
    warn_at = CASE WHEN action_due_at = dossier.due_at THEN moved.warn_at ELSE dossier.warn_at END
FROM jsonb_to_recordset(%s::jsonb)
    moved(id bigint, due_at timestamptz, warn_at timestamptz, is_provisional bool, derivation jsonb)
WHERE dossier.id = moved.id
"""
_SETTLE = "UPDATE dossiers_dossier SET due_is_provisional = false, version = version + 1 WHERE id = ANY(%s)"
_MOVE_TERMS = {
    ClockKind.STEP: """
UPDATE dossiers_step step SET due_at = moved.due_at
FROM jsonb_to_recordset(%s::jsonb) moved(id bigint, due_at timestamptz) WHERE step.id = moved.id
""",
    ClockKind.CONSULTATION: """
UPDATE dossiers_consultation asked SET due_at = moved.due_at
FROM jsonb_to_recordset(%s::jsonb) moved(id bigint, due_at timestamptz) WHERE asked.id = moved.id
""",
    ClockKind.INTAKE: """
UPDATE dossiers_dossier dossier SET action_due_at = moved.due_at, warn_at = moved.warn_at, version = version + 1
FROM jsonb_to_recordset(%s::jsonb) moved(id bigint, due_at timestamptz, warn_at timestamptz) WHERE dossier.id = moved.id
""",
}


@transaction.atomic
def announce_calendar(*, notice: CalendarNotice, officer: User, at: datetime) -> CalendarAnnouncement:
    """Enter what was announced for a unit of the officer's. Raises `MayNotKeepCalendar`, `AnnouncementRefused`."""
    _check(notice.unit, officer, at)
    return announce_days(notice=notice, actor=officer, at=at)


@transaction.atomic
def apply_calendar(*, announcement: CalendarAnnouncement, officer: User, at: datetime) -> CalendarAnnouncement:
    """Put an announcement in force; the clocks of running dossiers follow in a job.

    Raises `MayNotKeepCalendar`, `InForceAlready`.
    """
    _check(announcement.unit, officer, at)
    return put_in_force(announcement=announcement, actor=officer, at=at)


@transaction.atomic
def recount_next(*, recount: CalendarRecount, at: datetime, size: int = BATCH) -> bool:
    """Have the next `size` dossiers follow the calendar, and return whether that was the last of the work.

    What was done is kept with the place reached, so that a job that is killed or runs twice goes on where it was.
    """
    recount = CalendarRecount.objects.select_for_update(of=("self",)).get(pk=recount.pk)
    if recount.finished_at is not None:
        return True
    announcement = CalendarAnnouncement.objects.select_related("unit").get(pk=recount.announcement_id)
    counter = recounter(announcement)
    running = running_dossiers(announcement).select_for_update(of=("self",))
    if recount.shares > 1:
        running = running.annotate(share=F("pk") % recount.shares).filter(share=recount.share)
    batch = counter.batch(running, recount.last_dossier_id, size)
    if batch.last_dossier_id is None:
        recount.finished_at = at
    else:
        _follow(batch.effects, counter.mode, at)
        _record(batch.effects, announcement, at)
        _count(recount, batch.effects)
        recount.last_dossier_id = batch.last_dossier_id
    recount.save()
    return recount.finished_at is not None


def _check(unit: Unit | None, officer: User, at: datetime) -> None:
    today = timezone.localdate(at)
    places = units_above(unit) if unit else Unit.objects.provinces().values_list("pk", flat=True)
    if not may_keep_calendar(places, grants_of(officer, today), on=today):
        raise MayNotKeepCalendar


def is_settled(effect: Effect) -> bool:
    """Tell whether the promise stays but is provisional no more (R-15)."""
    recount, dossier = effect.recount, effect.clock.dossier
    is_promise = effect.clock.kind is ClockKind.PROMISE and recount.shift is not Shift.LATER
    return is_promise and dossier.due_is_provisional and not recount.is_provisional


def _follow(effects: Sequence[Effect], mode: CountingMode, at: datetime) -> None:
    """Write what the effects say."""
    later = [effect for effect in effects if effect.recount.shift is Shift.LATER]
    promises = [effect for effect in later if effect.clock.kind is ClockKind.PROMISE]
    with connection.cursor() as cursor:
        if promises:
            cursor.execute(_KEEP_FORMER, [at, [effect.clock.row_id for effect in promises]])
            cursor.execute(_MOVE_PROMISES, [f"[{','.join(_moved(effect, mode) for effect in promises)}]"])
        for kind, statement in _MOVE_TERMS.items():
            terms = [effect for effect in later if effect.clock.kind is kind]
            if terms:
                cursor.execute(statement, [json.dumps([_term(effect) for effect in terms])])
        settled = [effect.clock.row_id for effect in effects if is_settled(effect)]
        if settled:
            cursor.execute(_SETTLE, [settled])


def _record(effects: Iterable[Effect], announcement: CalendarAnnouncement, at: datetime) -> None:
    by_dossier = defaultdict[str, list[Effect]](list)
    for effect in effects:
        if effect.recount.shift is Shift.LATER or is_settled(effect):
            by_dossier[effect.clock.dossier.reference].append(effect)
    happened = [_event(reference, told, announcement) for reference, told in by_dossier.items()]
    events.record_many(happened, actor=None, at=at)


def _event(reference: str, told: Sequence[Effect], announcement: CalendarAnnouncement) -> ClocksRecounted:
    promised = next((effect for effect in told if effect.clock.kind is ClockKind.PROMISE), None)
    terms = {effect.clock.kind.value for effect in told} - {ClockKind.PROMISE.value}
    return ClocksRecounted(
        subject=reference,
        announcement=announcement.record_subject,
        old_due_at=promised.clock.due_at if promised else None,
        due_at=promised.recount.due_at if promised else None,
        terms=tuple(sorted(terms)),
    )


def _count(recount: CalendarRecount, effects: Iterable[Effect]) -> None:
    for effect in effects:
        recount.moved_count += effect.recount.shift is Shift.LATER
        recount.kept_count += effect.recount.shift is Shift.KEPT
        recount.confirmed_count += is_settled(effect)


def _term(effect: Effect) -> dict[str, str | int]:
    """Return the new term of a step, an opinion or an answer at intake."""
    clock, calendar = effect.clock, effect.change.after
    moved: dict[str, str | int] = {"id": clock.row_id, "due_at": effect.recount.due_at.isoformat()}
    if clock.kind is ClockKind.INTAKE:
        moved["warn_at"] = intake_alert_due(clock.started_at, calendar).isoformat()
    return moved


def _moved(effect: Effect, mode: CountingMode) -> str:
    """Return the new promise of a dossier as JSON."""
    recount, clock = effect.recount, effect.clock
    warn_at = due_soon_from(clock.started_at, recount.due_at, effect.change.after)
    return (
        f'{{"id":{clock.row_id},"due_at":"{recount.due_at.isoformat()}","warn_at":"{warn_at.isoformat()}",'
        f'"is_provisional":{json.dumps(recount.is_provisional)},"derivation":{_derivation(effect, mode)}}}'
    )


def _derivation(effect: Effect, mode: CountingMode) -> str:
    """Return the whole new derivation as `Dossier.derivation` holds it."""
    assert effect.facts is not None  # a promise rests on facts
    first, *rest = promise(effect.facts, effect.change.after, mode).derivation
    tails = _tails(tuple(rest))
    told = (f'"{language}":[{_line(first, language)}{tail}]' for language, tail in zip(_LANGUAGES, tails, strict=True))
    return f"{{{','.join(told)}}}"


_LANGUAGES: tuple[Language, ...] = ("vi", "en")


@lru_cache(maxsize=4096)
def _tails(lines: tuple[DerivationLine, ...]) -> tuple[str, ...]:
    """Return the lines after the first, in each language: the same for all that were counted from one day on."""
    return tuple("".join(f",{_line(line, language)}" for line in lines) for language in _LANGUAGES)


@lru_cache(maxsize=10_000)
def _line(line: DerivationLine, language: Language) -> str:
    return json.dumps(line_as_json(line, language), ensure_ascii=False)
