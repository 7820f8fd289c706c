"""What an announcement about the calendar would do, for its page and as a table: every clock, from when to when."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from motcua.dossiers.models import CalendarRecount
from motcua.dossiers.queries.recounts import Effect, recounter, running_dossiers
from motcua.organisations.models import CalendarAnnouncement, Unit
from motcua.rules.recounts import ClockKind, Shift


@dataclass(frozen=True, slots=True)
class EffectLine:
    """What becomes of one clock; `counted_at` is what the calendar alone would give, `unit` whose calendar it is."""

    code: str
    unit: str
    unit_code: str
    kind: ClockKind
    shift: Shift
    old_due_at: datetime
    due_at: datetime
    counted_at: datetime

    @property
    def moves_by(self) -> timedelta:
        """How much later it is due."""
        return self.due_at - self.old_due_at


@dataclass(frozen=True, slots=True)
class UnitEffects:
    """How many clocks of a unit move, stay though they would come earlier, or are only settled; of all for no unit."""

    unit: str
    later: int
    kept: int
    confirmed: int
    unknown: int


@dataclass(frozen=True, slots=True)
class CalendarPreview:
    """Every effect, by unit and then by code, with the counts of each unit and of all."""

    lines: tuple[EffectLine, ...]
    units: tuple[UnitEffects, ...]
    total: UnitEffects


def calendar_preview(announcement: CalendarAnnouncement) -> CalendarPreview:
    """Return what would happen if `announcement` came into force now; nothing is written."""
    counter, running, after = recounter(announcement), running_dossiers(announcement), 0
    effects: list[Effect] = []
    while (batch := counter.batch(running, after)).last_dossier_id is not None:
        effects += batch.effects
        after = batch.last_dossier_id
    units = Unit.objects.in_bulk({effect.clock.unit_id for effect in effects})
    effects.sort(key=lambda effect: _rank(effect, units[effect.clock.unit_id]))
    lines = tuple(_line(effect, units[effect.clock.unit_id]) for effect in effects)
    counts = Counter((line.unit, line.shift) for line in lines)
    names = dict.fromkeys(line.unit for line in lines)
    total = Counter(line.shift for line in lines)
    return CalendarPreview(
        lines=lines,
        units=tuple(_counted(name, Counter({shift: counts[name, shift] for shift in Shift})) for name in names),
        total=_counted("", total),
    )


@dataclass(frozen=True, slots=True)
class RecountProgress:
    """How far the clocks have followed, all shares of the work together; `finished_at` is None while there is some."""

    moved_count: int
    kept_count: int
    confirmed_count: int
    finished_at: datetime | None


def recount_of(announcement: CalendarAnnouncement) -> RecountProgress | None:
    """Return how far running dossiers have followed `announcement`; None while it is not in force."""
    shares = list(CalendarRecount.objects.filter(announcement=announcement))
    if not shares:
        return None
    ends = [share.finished_at for share in shares]
    return RecountProgress(
        moved_count=sum(share.moved_count for share in shares),
        kept_count=sum(share.kept_count for share in shares),
        confirmed_count=sum(share.confirmed_count for share in shares),
        finished_at=None if None in ends else max(end for end in ends if end),
    )


def _rank(effect: Effect, unit: Unit) -> tuple[str, str, int, str, int]:
    clock = effect.clock
    return (unit.sort_key, unit.code, clock.dossier.pk, clock.kind.value, clock.row_id)


def _line(effect: Effect, unit: Unit) -> EffectLine:
    clock, recount = effect.clock, effect.recount
    return EffectLine(
        code=clock.dossier.code or clock.dossier.reference,
        unit=unit.name,
        unit_code=unit.code,
        kind=clock.kind,
        shift=recount.shift,
        old_due_at=timezone.localtime(clock.due_at),
        due_at=timezone.localtime(recount.due_at),
        counted_at=timezone.localtime(recount.counted_at),
    )


def _counted(unit: str, counts: Counter[Shift]) -> UnitEffects:
    return UnitEffects(
        unit=unit,
        later=counts[Shift.LATER],
        kept=counts[Shift.KEPT],
        confirmed=counts[Shift.CONFIRMED],
        unknown=counts[Shift.UNKNOWN],
    )
