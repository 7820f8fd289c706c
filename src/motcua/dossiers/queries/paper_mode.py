"""What a desk keeps for work on paper: its kits, their numbers, its outages, and what a promise would have been."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from motcua.catalogue.models import Offering, ProcedureVersion
from motcua.dossiers.facts import clock_start, counting_mode, limit_for
from motcua.dossiers.models import FilingChannel, Outage, PaperEntry, PaperKit, PaperSlot
from motcua.organisations.facts import working_calendar
from motcua.organisations.models import Unit
from motcua.rules.deadlines import due_at
from motcua.rules.working_time import CalendarExhausted

SHOWN_AT_MOST = 20
_FREE = Q(spoilt_at=None, retired_at=None, entry=None)


class SlotState(StrEnum):
    """What became of a number of a kit."""

    FREE = "FREE"
    USED = "USED"
    SPOILT = "SPOILT"
    WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True, slots=True)
class KitRow:
    """One kit and how many of its numbers are free, used, spoilt; those left of a withdrawn kit are none of these."""

    kit: PaperKit
    free_count: int
    used_count: int
    spoilt_count: int


@dataclass(frozen=True, slots=True)
class OutageRow:
    """One outage and how many acts on paper were entered for it, results given out among them."""

    outage: Outage
    entered_count: int


@dataclass(frozen=True, slots=True)
class DeskOnPaper:
    """A desk with its kits, the newest first, and its outages, the newest first; `is_down` while one lasts."""

    desk: Unit
    kits: tuple[KitRow, ...]
    outages: tuple[OutageRow, ...]
    is_down: bool


@dataclass(frozen=True, slots=True)
class SlotRow:
    """One number: what became of it, the dossier's code, who did it and when; `reason` of one that is spoilt."""

    number: int
    state: SlotState
    code: str
    by: str
    at: datetime | None
    reason: str


def desks_on_paper(desks: Sequence[Unit]) -> tuple[DeskOnPaper, ...]:
    """Return the newest kits and outages of each of `desks`."""
    kits = [kit for desk in desks for kit in PaperKit.objects.filter(desk=desk).order_by("-pk")[:SHOWN_AT_MOST]]
    rows = _kit_rows(PaperKit.objects.filter(pk__in=[kit.pk for kit in kits]))
    down = (
        Outage.objects.filter(desk__in=desks)
        .select_related("declared_by")
        .annotate(count=Count("entries", distinct=True) + Count("returns", distinct=True))
    )
    outages = [OutageRow(outage, outage.count) for outage in down.order_by("-began_at", "-pk")]
    return tuple(
        DeskOnPaper(
            desk=desk,
            kits=tuple(row for row in rows if row.kit.desk_id == desk.pk),
            outages=tuple(row for row in outages if row.outage.desk_id == desk.pk)[:SHOWN_AT_MOST],
            is_down=any(row.outage.desk_id == desk.pk and row.outage.ended_at is None for row in outages),
        )
        for desk in desks
    )


def kits_in_use(desks: Iterable[Unit]) -> list[tuple[PaperKit, list[int]]]:
    """Return the kits that are not withdrawn, by desk, with their free numbers; those without one are left out."""
    free = PaperSlot.objects.filter(_FREE, kit__desk__in=list(desks))
    slots = free.select_related("kit__desk", "kit__competent_unit")
    found = dict[int, tuple[PaperKit, list[int]]]()
    for slot in slots.order_by("kit__desk__sort_key", "kit", "number"):
        found.setdefault(slot.kit_id, (slot.kit, []))[1].append(slot.number)
    return list(found.values())


def slots_of(kit: PaperKit) -> tuple[SlotRow, ...]:
    """Return what became of each number of `kit`, in their order."""
    related = ("spoilt_by", "entry__dossier", "entry__entered_by")
    return tuple(_slot(slot) for slot in kit.slots.select_related(*related).order_by("number"))


def kits_of(desks: Iterable[Unit]) -> QuerySet[PaperKit]:
    """Return the kits of `desks` with all that their page and their PDF say."""
    related = ("desk__parent__parent", "competent_unit__parent", "reserved_by", "withdrawn_by")
    return PaperKit.objects.filter(desk__in=list(desks)).select_related(*related)


def agencies_at(desk: Unit, *, on: date) -> list[Unit]:
    """Return the agencies for which `desk` takes something in on `on`, by name."""
    competent = Offering.objects.on(on).received_by(desk).values("competent_unit")
    return list(Unit.objects.filter(pk__in=competent).order_by("sort_key", "pk"))


def outage_days(desk: Unit, at: datetime) -> list[date]:
    """Return the days on which an outage of `desk` lasted, the latest first, at most 31."""
    days = set[date]()
    for outage in Outage.objects.filter(desk=desk).order_by("-began_at")[:SHOWN_AT_MOST]:
        first, last = timezone.localdate(outage.began_at), timezone.localdate(outage.ended_at or at)
        days |= {date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)}
    return sorted(days, reverse=True)[:31]


def was_down_since(desk_id: int, moment: datetime) -> bool:
    """Tell whether an outage declared for the desk lasted at `moment` or began later."""
    return Outage.objects.filter(Q(ended_at=None) | Q(ended_at__gte=moment), desk=desk_id).exists()


def counted_due_on(offering: Offering, version: ProcedureVersion, accepted_at: datetime) -> date | None:
    """Return the day the rules promise for what is accepted at `accepted_at`; None when it cannot be counted."""
    limit = limit_for(version, FilingChannel.DIRECT)
    calendar = working_calendar(offering.competent_unit, timezone.localdate(accepted_at))
    if limit is None:
        return None
    try:
        start = clock_start(offering.receiving_unit, offering.competent_unit, accepted_at, calendar)
        return due_at(start.counted_from, limit, calendar, counting_mode()).date()
    except CalendarExhausted:
        return None


def _kit_rows(kits: QuerySet[PaperKit]) -> list[KitRow]:
    counted = kits.select_related("competent_unit").annotate(
        free_count=Count("slots", filter=Q(slots__spoilt_at=None, slots__retired_at=None, slots__entry=None)),
        used_count=Count("slots__entry"),
        spoilt_count=Count("slots", filter=Q(slots__spoilt_at__isnull=False)),
    )
    return [KitRow(kit, kit.free_count, kit.used_count, kit.spoilt_count) for kit in counted.order_by("-pk")]


def _slot(slot: PaperSlot) -> SlotRow:
    entry: PaperEntry | None = getattr(slot, "entry", None)
    if entry is not None:
        code = entry.dossier.public_code
        return SlotRow(slot.number, SlotState.USED, code, entry.entered_by.display_name, entry.entered_at, "")
    if slot.spoilt_at is not None:
        by = slot.spoilt_by.display_name if slot.spoilt_by else ""
        return SlotRow(slot.number, SlotState.SPOILT, "", by, slot.spoilt_at, slot.spoilt_reason)
    state = SlotState.FREE if slot.retired_at is None else SlotState.WITHDRAWN
    return SlotRow(slot.number, state, "", "", slot.retired_at, "")
