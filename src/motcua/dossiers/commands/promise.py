"""Give and change the promise of a dossier: what was promised before stays on record (R-2)."""

from datetime import date, datetime

from motcua.dossiers.commands.custody import calendar_of
from motcua.dossiers.facts import clock_facts, clock_start, counting_mode, limit_for
from motcua.dossiers.models import Dossier, FormerPromise
from motcua.rules.deadlines import DueMoment, derivation_as_json, due_moment, due_soon_from
from motcua.rules.paper_mode import EntryFault, EntryRefused
from motcua.rules.promises import Beginning, PromiseCause, as_written, promise
from motcua.rules.time_limits import TimeLimit
from motcua.rules.working_time import WorkingCalendar

PROMISE = ["due_at", "due_is_provisional", "derivation", "promise_cause", "counted_from", "counted_because"]
"""The columns of a dossier that hold its promise."""


class LimitUnknown(Exception):
    """The procedure's time limit is not known as a length of time, so no promise can be given."""


def limit_of(dossier: Dossier) -> TimeLimit:
    """Return the legal limit for the way the dossier was filed; raises `LimitUnknown`."""
    limit = limit_for(dossier.procedure_version, dossier.filing_channel)
    if limit is None:
        raise LimitUnknown
    return limit


def give_promise(dossier: Dossier, at: datetime) -> DueMoment:
    """Write the promise of a dossier accepted at `at`, without saving it, and return it (B step 4c).

    Where the regime counts from the competent agency's receipt and another desk took the dossier in, the promise counts
    from the last moment that agency may receive it (B-12). Raises `LimitUnknown`, `CalendarExhausted`.
    """
    calendar = calendar_of(dossier.competent_unit, at)
    moment = _first_count(dossier, at, calendar)
    _write(dossier, moment, PromiseCause.ACCEPTANCE, calendar)
    return moment


def give_written_promise(dossier: Dossier, at: datetime, written_on: date) -> DueMoment:
    """Write the promise of a dossier accepted at `at` on a paper receipt that names `written_on`, which binds (B-59).

    Returns what the rules counted. Raises `LimitUnknown`, `CalendarExhausted`, and `EntryRefused` where that day had
    closed when the dossier was accepted.
    """
    calendar = calendar_of(dossier.competent_unit, at)
    counted = _first_count(dossier, at, calendar)
    promised = as_written(counted, written_on, calendar)
    if promised.due_at < at:
        raise EntryRefused(EntryFault.DUE_BEFORE_ACCEPTANCE)
    _write(dossier, promised, PromiseCause.ACCEPTANCE, calendar)
    return counted


def _first_count(dossier: Dossier, at: datetime, calendar: WorkingCalendar) -> DueMoment:
    limit = limit_of(dossier)
    start = clock_start(dossier.receiving_unit, dossier.competent_unit, at, calendar)
    dossier.counted_from, dossier.counted_because = start.counted_from, start.beginning.value
    return due_moment(start.counted_from, limit, calendar, counting_mode(), start.beginning)


def begin_anew(dossier: Dossier, beginning: Beginning, cause: PromiseCause, at: datetime) -> None:
    """Count the whole limit from `at`, and write the promise unless the one given is later, without saving it."""
    dossier.counted_from, dossier.counted_because = at, beginning.value
    change_promise(dossier, cause, at)


def change_promise(dossier: Dossier, cause: PromiseCause, at: datetime) -> None:
    """Write the promise as its facts now have it, unless it would be sooner (L-08); keep the former one on record."""
    calendar = calendar_of(dossier.competent_unit, at)
    moment = promise(clock_facts(dossier, limit_of(dossier)), calendar, counting_mode())
    if dossier.due_at is not None and moment.due_at <= dossier.due_at:
        return
    keep_former(dossier, at)
    _write(dossier, moment, cause, calendar)


def bring_forward(dossier: Dossier, moment: DueMoment, calendar: WorkingCalendar, at: datetime) -> None:
    """Write a sooner promise by a new version of the procedure, without saving it; keep the former one (R-13, B-59)."""
    keep_former(dossier, at)
    _write(dossier, moment, PromiseCause.VERSION, calendar)


def keep_former(dossier: Dossier, at: datetime) -> None:
    """Put the present promise, if there is one, into the history, before it is replaced at `at`."""
    if dossier.due_at is None:
        return
    FormerPromise.objects.create(
        dossier=dossier,
        due_at=dossier.due_at,
        cause=dossier.promise_cause,
        derivation=dossier.derivation,
        replaced_at=at,
    )


def _write(dossier: Dossier, moment: DueMoment, cause: PromiseCause, calendar: WorkingCalendar) -> None:
    """Write the promise, and the clock of whoever holds the dossier while it runs."""
    dossier.due_at, dossier.due_is_provisional = moment.due_at, moment.is_provisional
    dossier.derivation = {"vi": derivation_as_json(moment, "vi"), "en": derivation_as_json(moment, "en")}
    dossier.promise_cause = cause.value
    dossier.action_due_at = moment.due_at
    dossier.warn_at = due_soon_from(dossier.counted_from, moment.due_at, calendar) if dossier.counted_from else None
