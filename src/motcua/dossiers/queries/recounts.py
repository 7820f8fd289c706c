"""What an announcement about the calendar does to the clocks of running dossiers, read in batches."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.facts import ClockStart, clock_of, counting_mode, limit_for
from motcua.dossiers.models import Consultation, Dossier, ExcludedWait, Extension, PaperEntry, Step, SupplementRequest
from motcua.organisations.facts import calendars_around
from motcua.organisations.models import CalendarAnnouncement
from motcua.organisations.queries import unit_ids_under
from motcua.rules.counting import CountingMode
from motcua.rules.promises import Beginning, ClockFacts
from motcua.rules.recounts import (
    CalendarChange,
    ClockKind,
    Given,
    Recount,
    Shift,
    moved_days,
    moved_hours,
    recount,
)
from motcua.rules.time_limits import TimeLimit
from motcua.rules.working_time import in_hanoi

BATCH = 2000
_OF_TERM = ("pk", "dossier_id", "unit_id")
_COLUMNS = (
    "pk",
    "reference",
    "code",
    "procedure_version_id",
    "filing_channel",
    "receiving_unit_id",
    "competent_unit_id",
    "submitted_at",
    "accepted_at",
    "due_at",
    "due_is_provisional",
    "counted_from",
    "counted_because",
    "action_due_at",
)


@dataclass(frozen=True, slots=True)
class RunningDossier:
    """What is read of a dossier whose clocks run."""

    pk: int
    reference: str
    code: str | None
    procedure_version_id: int
    filing_channel: str
    receiving_unit_id: int
    competent_unit_id: int
    submitted_at: datetime
    accepted_at: datetime | None
    due_at: datetime | None
    due_is_provisional: bool
    counted_from: datetime | None
    counted_because: str
    action_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock that runs: of which row of which dossier, by the calendar of which unit, since when, and due when."""

    kind: ClockKind
    row_id: int
    dossier: RunningDossier
    unit_id: int
    started_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of a clock that an announcement touches; `facts` are what a promise rests on, else None."""

    clock: Clock
    recount: Recount
    facts: ClockFacts | None
    change: CalendarChange


@dataclass(frozen=True, slots=True)
class EffectBatch:
    """The effects on some dossiers, in the order of their ids, and the last of them; None when there are no more."""

    effects: tuple[Effect, ...]
    last_dossier_id: int | None


@dataclass(slots=True)
class Recounter:
    """Counts what one announcement does to running dossiers, whether or not it is in force yet.

    What was once read of procedures stays: their published versions never change.
    """

    announcement: CalendarAnnouncement
    first_on: date
    mode: CountingMode = field(default_factory=counting_mode)
    _limits: dict[tuple[int, str], TimeLimit | None] = field(default_factory=dict)

    def batch(self, running: QuerySet[Dossier], after: int, size: int = BATCH) -> EffectBatch:
        """Return the effects on the next `size` of the dossiers `running`, those after the id `after`."""
        rows = running.filter(pk__gt=after).order_by("pk").values_list(*_COLUMNS)[:size]
        dossiers = [RunningDossier(*row) for row in rows]
        if not dossiers:
            return EffectBatch((), None)
        return EffectBatch(tuple(self._effects(dossiers)), dossiers[-1].pk)

    def _effects(self, dossiers: Sequence[RunningDossier]) -> Iterable[Effect]:
        self._know_limits(dossiers)
        rows = _Rows.of(dossiers, until=self.announcement.in_force_at)
        changes = self._changes(dossiers, rows)
        for dossier in dossiers:
            yield from self._of_promise(dossier, rows, changes[dossier.competent_unit_id])
            yield from self._of_intake(dossier, rows, changes[dossier.receiving_unit_id])
        by_id = {dossier.pk: dossier for dossier in dossiers}
        for kind, moved in _MOVED.items():
            for term in rows.terms[kind]:
                change = changes[term.unit_id]
                clock = Clock(kind, term.pk, by_id[term.dossier_id], term.unit_id, term.started_at, term.due_at)
                yield from self._told(clock, moved(term.started_at, term.due_at, change), None, change)

    def _of_promise(self, dossier: RunningDossier, rows: "_Rows", change: CalendarChange) -> Iterable[Effect]:
        counted_from = dossier.counted_from or dossier.accepted_at
        limit = self._limits[dossier.procedure_version_id, dossier.filing_channel]
        if dossier.due_at is None or counted_from is None or limit is None or self._is_over(dossier.due_at):
            return
        start = ClockStart(counted_from, Beginning(dossier.counted_because))
        facts = clock_of(start, limit, rows.waits[dossier.pk], rows.extensions.get(dossier.pk))
        if start.keeps_receipt and dossier.pk in rows.written:
            facts = replace(facts, written_on=rows.written[dossier.pk])
        given = Given(in_hanoi(dossier.due_at), dossier.due_is_provisional)
        clock = Clock(ClockKind.PROMISE, dossier.pk, dossier, dossier.competent_unit_id, counted_from, dossier.due_at)
        yield from self._told(clock, recount(given, facts, change, self.mode), facts, change)

    def _of_intake(self, dossier: RunningDossier, rows: "_Rows", change: CalendarChange) -> Iterable[Effect]:
        due_at, started_at = dossier.action_due_at, rows.completed.get(dossier.pk, dossier.submitted_at)
        in_force_at = self.announcement.in_force_at
        if dossier.accepted_at or due_at is None or (in_force_at and started_at >= in_force_at):
            return
        clock = Clock(ClockKind.INTAKE, dossier.pk, dossier, dossier.receiving_unit_id, started_at, due_at)
        yield from self._told(clock, moved_hours(started_at, due_at, change), None, change)

    def _told(self, clock: Clock, told: Recount, facts: ClockFacts | None, change: CalendarChange) -> Iterable[Effect]:
        if told.shift is not Shift.UNMOVED:
            yield Effect(clock, told, facts, change)

    def _is_over(self, due_at: datetime) -> bool:
        """Tell whether a clock is due before the first day that was announced, which then cannot move it."""
        return in_hanoi(due_at).date() < self.first_on

    def _know_limits(self, dossiers: Sequence[RunningDossier]) -> None:
        asked = {(dossier.procedure_version_id, dossier.filing_channel) for dossier in dossiers} - self._limits.keys()
        terms = ProcedureVersion.objects.only("limit_amount", "limit_unit").prefetch_related("channels")
        wanted = terms.in_bulk({version for version, _ in asked})
        self._limits.update((key, limit_for(wanted[key[0]], key[1])) for key in asked)

    def _changes(self, dossiers: Sequence[RunningDossier], rows: "_Rows") -> dict[int | None, CalendarChange]:
        units = {unit for dossier in dossiers for unit in (dossier.receiving_unit_id, dossier.competent_unit_id)}
        units |= {term.unit_id for terms in rows.terms.values() for term in terms}
        begun = min(min(dossier.counted_from or dossier.submitted_at, dossier.submitted_at) for dossier in dossiers)
        around = calendars_around(units, timezone.localdate(begun), self.announcement.pk)
        return {pk: CalendarChange(both.before, both.after) for pk, both in around.items()}


_MOVED = {ClockKind.STEP: moved_hours, ClockKind.CONSULTATION: moved_days}
"""How the terms of a dossier follow the calendar."""


@dataclass(frozen=True, slots=True)
class _Term:
    """An open step, or an opinion that is awaited."""

    pk: int
    dossier_id: int
    unit_id: int
    started_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class _Rows:
    """What else is read of some dossiers: waits, new and written dates, open terms, last supplements at intake."""

    waits: dict[int, list[ExcludedWait]]
    extensions: dict[int, Extension]
    written: dict[int, date]
    terms: dict[ClockKind, list[_Term]]
    completed: dict[int, datetime]

    @classmethod
    def of(cls, dossiers: Sequence[RunningDossier], *, until: datetime | None) -> "_Rows":
        """Read them; of terms only those that began before `until`, because later ones know the calendar already."""
        ids = {dossier.pk for dossier in dossiers}
        # A span of ids instead of a list of thousands; rows of dossiers in between that do not run are left aside.
        span = Q(dossier__gte=min(ids), dossier__lte=max(ids))
        waits = defaultdict[int, list[ExcludedWait]](list)
        for wait in ExcludedWait.objects.filter(span).order_by("began_at"):
            waits[wait.dossier_id].append(wait)
        steps = Step.objects.filter(span, finished_at=None).order_by("pk")
        asked = Consultation.objects.filter(span, closed_at=None).order_by("pk")
        if until is not None:
            steps, asked = steps.filter(started_at__lt=until), asked.filter(asked_at__lt=until)
        unaccepted = [dossier.pk for dossier in dossiers if dossier.accepted_at is None]
        completed = SupplementRequest.objects.filter(dossier__in=unaccepted).order_by("completed_at")
        return cls(
            waits=waits,
            extensions={row.dossier_id: row for row in Extension.objects.filter(span)},
            written={
                pk: on
                for pk, on in PaperEntry.objects.filter(span).values_list("dossier", "written_due_on")
                if on is not None
            },
            terms={
                ClockKind.STEP: _terms(steps.values_list(*_OF_TERM, "started_at", "due_at"), ids),
                ClockKind.CONSULTATION: _terms(asked.values_list(*_OF_TERM, "asked_at", "due_at"), ids),
            },
            completed={
                row.dossier_id: row.completed_at for row in completed.order_by("completed_at") if row.completed_at
            },
        )


def _terms(rows: Iterable[tuple[int, int, int, datetime, datetime]], ids: Collection[int]) -> list[_Term]:
    return [_Term(*row) for row in rows if row[1] in ids]


def recounter(announcement: CalendarAnnouncement) -> Recounter:
    """Return what counts the effects of `announcement`."""
    days = list(announcement.days.values_list("on", flat=True))
    if announcement.confirms_year is not None:
        days.append(date(announcement.confirms_year, 1, 1))
    return Recounter(announcement, min(days))


def running_dossiers(announcement: CalendarAnnouncement) -> QuerySet[Dossier]:
    """Return the dossiers whose clocks `announcement` may reach: handed in, not over, of a unit in its scope."""
    running = Dossier.objects.filter(submitted_at__isnull=False, closed_at=None, finished_at=None)
    if announcement.unit is None:
        return running
    units = unit_ids_under(announcement.unit)
    asked = Consultation.objects.filter(unit__in=units, closed_at=None).values("dossier")
    legs = Step.objects.filter(unit__in=units, finished_at=None, leg__gt="").values("dossier")
    in_scope = Q(competent_unit__in=units) | Q(receiving_unit__in=units) | Q(pk__in=asked) | Q(pk__in=legs)
    return running.filter(in_scope)
