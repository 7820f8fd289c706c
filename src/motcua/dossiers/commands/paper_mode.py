"""Prepare a desk for work on paper and say when it worked so: kits of numbers, outages (B-25)."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.catalogue.models import Offering
from motcua.dossiers.models import Outage, PaperEntry, PaperKit, PaperReturn, PaperSlot
from motcua.dossiers.paper_events import (
    OutageDeclared,
    OutageEnded,
    PaperKitReserved,
    PaperKitWithdrawn,
    PaperSlotSpoilt,
)
from motcua.kernel import events
from motcua.kernel.sequences import next_number
from motcua.organisations.facts import NoAgencyIdentifier, agency_identifier
from motcua.organisations.models import Unit
from motcua.rules.paper_mode import (
    Block,
    NoNumbersLeft,
    OutageFact,
    OutageFault,
    ending_fault,
    free_block,
    may_keep_paper,
    may_see_paper,
    outage_fault,
    paper_rules_on,
)

__all__ = [
    "KitTooLarge",
    "KitWithdrawn",
    "MayNotUsePaper",
    "NoAgencyIdentifier",
    "NoNumbersLeft",
    "NotTakenInThere",
    "OutageRefused",
    "SlotSpoilt",
    "SlotTaken",
    "declare_outage",
    "end_outage",
    "reserve_kit",
    "spoil_slot",
    "withdraw_kit",
]


class MayNotUsePaper(Exception):
    """The official has no part in that desk's work on paper, or not this one."""


class NotTakenInThere(Exception):
    """The desk takes nothing in that day for that agency."""


class KitTooLarge(Exception):
    """A kit holds at most `at_most` numbers."""

    def __init__(self, at_most: int) -> None:
        super().__init__(str(at_most))
        self.at_most = at_most


class KitWithdrawn(Exception):
    """The kit is used no more."""


class SlotTaken(Exception):
    """The number has been entered: `code` is the dossier's, `by` who entered it, `at` when."""

    def __init__(self, entry: PaperEntry) -> None:
        super().__init__(str(entry))
        self.code = entry.dossier.public_code
        self.by, self.at = entry.entered_by.display_name, entry.entered_at


class SlotSpoilt(Exception):
    """The sheet of the number was reported as spoilt, or its kit withdrawn."""


class OutageRefused(Exception):
    """The outage cannot be declared or ended so."""

    def __init__(self, fault: OutageFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@transaction.atomic
def reserve_kit(*, desk: Unit, competent_unit: Unit, count: int, officer: User, at: datetime) -> PaperKit:
    """Keep `count` numbers of the agency for the desk's work on paper, each with a PIN of its own.

    Raises `MayNotUsePaper`, `KitTooLarge`, `NotTakenInThere`, `NoAgencyIdentifier`, `NoNumbersLeft`.
    """
    today = timezone.localdate(at)
    if not may_keep_paper(desk.pk, grants_of(officer, today), on=today):
        raise MayNotUsePaper
    at_most = paper_rules_on(today).kit_at_most
    if count > at_most:
        raise KitTooLarge(at_most)
    if not Offering.objects.on(today).received_by(desk).filter(competent_unit=competent_unit).exists():
        raise NotTakenInThere
    identifier = agency_identifier(competent_unit, today)
    _lock(competent_unit)
    block = free_block(count, _held(competent_unit, at), today)
    kit = PaperKit.objects.create(
        code=f"{desk.code}-{today.year}-{next_number(f'PAPER_KIT:{desk.code}', today.replace(month=1, day=1))}",
        desk=desk,
        competent_unit=competent_unit,
        identifier=identifier,
        first_number=block.first,
        last_number=block.last,
        reserved_at=at,
        reserved_by=officer,
    )
    PaperSlot.objects.bulk_create(
        PaperSlot(kit=kit, competent_unit=competent_unit, number=number, pin=f"{secrets.randbelow(10_000):04}")
        for number in range(block.first, block.last + 1)
    )
    event = PaperKitReserved(
        subject=kit.code, competent_unit=competent_unit.code, first_number=block.first, last_number=block.last
    )
    events.record(event, actor=officer, at=at)
    return kit


@transaction.atomic
def withdraw_kit(*, kit: PaperKit, officer: User, at: datetime) -> PaperKit:
    """Use the kit no more: what is left of it is destroyed, its numbers are free again from tomorrow on.

    Raises `MayNotUsePaper`, `KitWithdrawn`.
    """
    kit = PaperKit.objects.select_for_update(of=("self",)).get(pk=kit.pk)
    today = timezone.localdate(at)
    if not may_keep_paper(kit.desk_id, grants_of(officer, today), on=today):
        raise MayNotUsePaper
    if kit.withdrawn_at is not None:
        raise KitWithdrawn
    slots = list(kit.slots.select_for_update(of=("self",)).order_by("pk"))  # an entry under way comes to its end first
    unused = kit.slots.filter(pk__in=[slot.pk for slot in slots], spoilt_at=None, entry=None).order_by("number")
    event = PaperKitWithdrawn(subject=kit.code, unused=tuple(unused.values_list("number", flat=True)))
    kit.withdrawn_at, kit.withdrawn_by = at, officer
    kit.save(update_fields=["withdrawn_at", "withdrawn_by"])
    kit.slots.update(retired_at=at)
    events.record(event, actor=officer, at=at)
    return kit


@transaction.atomic
def spoil_slot(*, slot: PaperSlot, reason: str, officer: User, at: datetime) -> PaperSlot:
    """Say that the sheet of a number may not be used any more; raises `MayNotUsePaper`, `SlotTaken`, `SlotSpoilt`."""
    slot = lock_slot(slot)
    today = timezone.localdate(at)
    if not may_see_paper(slot.kit.desk_id, grants_of(officer, today), on=today):
        raise MayNotUsePaper
    require_free(slot)
    slot.spoilt_at, slot.spoilt_by, slot.spoilt_reason = at, officer, reason
    slot.save(update_fields=["spoilt_at", "spoilt_by", "spoilt_reason"])
    event = PaperSlotSpoilt(subject=slot.kit.code, number=slot.number, reason=reason)
    events.record(event, actor=officer, at=at)
    return slot


def lock_slot(slot: PaperSlot) -> PaperSlot:
    """Return the slot with its kit, locked until the transaction ends."""
    related = ("kit__desk", "kit__competent_unit")
    return PaperSlot.objects.select_for_update(of=("self",)).select_related(*related).get(pk=slot.pk)


def entry_of(slot: PaperSlot) -> PaperEntry | None:
    """Return what was entered under the number; None when nothing was."""
    return PaperEntry.objects.filter(slot=slot).select_related("dossier", "entered_by").first()


def require_free(slot: PaperSlot) -> None:
    """Raise `SlotTaken` or `SlotSpoilt` for a number that is not free."""
    entry = entry_of(slot)
    if entry is not None:
        raise SlotTaken(entry)
    if slot.spoilt_at is not None or slot.retired_at is not None:
        raise SlotSpoilt


def outage_chosen(desk_id: int, choose: Callable[[Iterable[OutageFact]], OutageFact]) -> Outage:
    """Return the outage that `choose` finds among all declared for the desk, which is kept as it is meanwhile."""
    locked = Outage.objects.select_for_update().filter(desk=desk_id).order_by("pk")
    declared = {one.as_rule(): one for one in locked}
    return declared[choose(declared)]


@dataclass(frozen=True, slots=True)
class OutageNotice:
    """When the desk could not work on the system, None while it lasts, and why."""

    began_at: datetime
    ended_at: datetime | None
    reason: str


@transaction.atomic
def declare_outage(*, desk: Unit, notice: OutageNotice, officer: User, at: datetime) -> Outage:
    """Say when the desk could not work on the system; raises `MayNotUsePaper`, `OutageRefused`."""
    today = timezone.localdate(at)
    if not may_keep_paper(desk.pk, grants_of(officer, today), on=today):
        raise MayNotUsePaper
    _lock(desk)
    others = (one.as_rule() for one in Outage.objects.filter(desk=desk))
    fault = outage_fault(OutageFact(notice.began_at, notice.ended_at), others, at=at)
    if fault is not None:
        raise OutageRefused(fault)
    outage = Outage.objects.create(
        desk=desk,
        began_at=notice.began_at,
        ended_at=notice.ended_at,
        reason=notice.reason,
        declared_at=at,
        declared_by=officer,
    )
    event = OutageDeclared(subject=desk.code, began_at=notice.began_at, ended_at=notice.ended_at, reason=notice.reason)
    events.record(event, actor=officer, at=at)
    return outage


@transaction.atomic
def end_outage(*, desk: Unit, ended_at: datetime, officer: User, at: datetime) -> Outage:
    """Say when the desk could work on the system again.

    Raises `MayNotUsePaper`, `OutageRefused`, and `Outage.DoesNotExist` when it can already.
    """
    today = timezone.localdate(at)
    if not may_keep_paper(desk.pk, grants_of(officer, today), on=today):
        raise MayNotUsePaper
    _lock(desk)
    outage = Outage.objects.select_for_update().get(desk=desk, ended_at=None)
    fault = ending_fault(outage.began_at, ended_at, _done_in(outage), at=at)
    if fault is not None:
        raise OutageRefused(fault)
    outage.ended_at = ended_at
    outage.save(update_fields=["ended_at"])
    event = OutageEnded(subject=desk.code, began_at=outage.began_at, ended_at=ended_at)
    events.record(event, actor=officer, at=at)
    return outage


def _done_in(outage: Outage) -> list[datetime]:
    """Return when what was entered for the outage was done on paper."""
    done = Coalesce("done_at", "dossier__accepted_at")
    entries = PaperEntry.objects.filter(outage=outage).values_list(done, flat=True)
    returns = PaperReturn.objects.filter(outage=outage).values_list("given_at", flat=True)
    return [*entries, *returns]


def _lock(unit: Unit) -> None:
    """Have others that reserve numbers of the agency, or speak of outages of the desk, wait; references may be made."""
    Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=unit.pk)


def _held(competent_unit: Unit, at: datetime) -> Iterable[Block]:
    """Return the blocks in use, and those withdrawn today, whose numbers may stand on papers of today."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(at), time.min))
    kits = PaperKit.objects.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gte=midnight), competent_unit=competent_unit)
    return (Block(kit.first_number, kit.last_number) for kit in kits)
