"""A desk confirms what it put up or took down; a confirmation is corrected, or withdrawn (C-10)."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.documents.models import StoredFile
from motcua.kernel import events
from motcua.organisations.models import Unit
from motcua.posting.events import PostingConfirmed, PostingCorrected, PostingWithdrawn
from motcua.posting.facts import first_days, received_by
from motcua.posting.models import PostingConfirmation, PostingLine
from motcua.rules.posting import PostingAct, PostingKind, may_confirm

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = [
    "DayImpossible",
    "KeyTaken",
    "MayNotConfirm",
    "NamedTwice",
    "NotSigned",
    "NotToPost",
    "NothingChosen",
    "PhotoNotAnImage",
    "Posted",
    "PutUpBeforeSigned",
    "Told",
    "WithdrawnBefore",
    "confirm_put_up",
    "confirm_taken_down",
    "correct",
    "withdraw",
]


class MayNotConfirm(Exception):
    """The official does not work at that desk."""


class NothingChosen(Exception):
    """No procedure was named."""


class NotToPost(Exception):
    """These are not published versions of procedures that the desk receives: `codes`, in order."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = tuple(codes)


class DayImpossible(Exception):
    """The day lies after `latest`, today."""

    def __init__(self, latest: date) -> None:
        super().__init__(f"..{latest}")
        self.latest = latest


class NamedTwice(Exception):
    """These procedures stand more than once in what is told: `codes`, in order."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = tuple(codes)


class PutUpBeforeSigned(Exception):
    """On the day `on` these texts were not signed yet: `texts`, in order."""

    def __init__(self, on: date, texts: "Sequence[NotSigned]") -> None:
        super().__init__(f"{on}: " + ", ".join(f"{text.code} {text.earliest}" for text in texts))
        self.on = on
        self.texts = tuple(texts)


class PhotoNotAnImage(Exception):
    """What was handed over as a photo of the board is no image."""


class KeyTaken(Exception):
    """The key names a confirmation that says something else."""


class WithdrawnBefore(Exception):
    """The confirmation was corrected or withdrawn before."""


@dataclass(frozen=True, slots=True)
class NotSigned:
    """A procedure by its code, and the first day on which the text meant can have been put up."""

    code: str
    earliest: date


@dataclass(frozen=True, slots=True)
class Posted:
    """A procedure by its code, and the number of the version that was put up."""

    code: str
    number: int


@dataclass(frozen=True, slots=True)
class Told:
    """What a desk says of a board as a whole; `on` is the day it was done."""

    kind: PostingKind
    on: date
    shows_feedback: bool = False
    photo: StoredFile | None = None
    note: str = ""


def confirm_put_up(
    *, key: uuid.UUID, unit: Unit, posted: Sequence[Posted], told: Told, actor: "User", at: datetime
) -> PostingConfirmation:
    """Confirm that a desk put versions of procedures up, all on one day; the same under `key` again does nothing.

    Raises `MayNotConfirm`, `NothingChosen`, `NamedTwice`, `NotToPost`, `DayImpossible`, `PutUpBeforeSigned`,
    `PhotoNotAnImage`, `KeyTaken`.
    """
    row = PostingConfirmation(key=key, unit=unit, act=PostingAct.PUT_UP.value, shows_feedback=told.shows_feedback)
    return _confirm(row, posted, told, actor, at)


def confirm_taken_down(
    *, key: uuid.UUID, unit: Unit, codes: Sequence[str], told: Told, actor: "User", at: datetime
) -> PostingConfirmation:
    """Confirm that a desk took procedures down, all on one day; the same under `key` again does nothing.

    Raises `MayNotConfirm`, `NothingChosen`, `NamedTwice`, `NotToPost`, `DayImpossible`, `PhotoNotAnImage`, `KeyTaken`.
    """
    row = PostingConfirmation(key=key, unit=unit, act=PostingAct.TAKEN_DOWN.value)
    return _confirm(row, [Posted(code, 0) for code in codes], told, actor, at)


@transaction.atomic
def _confirm(
    row: PostingConfirmation, posted: Sequence[Posted], told: Told, actor: "User", at: datetime
) -> PostingConfirmation:
    _guard(row.unit, actor, at)
    _fill(row, told, actor, at)
    before = PostingConfirmation.objects.filter(key=row.key).select_related("photo").first()
    if before is not None:
        if _content(before) != _content(row) or _lines_of(before) != set(posted):
            raise KeyTaken
        return before
    _require_possible(told, at)
    numbers = _numbers(posted)
    lines = _taken_down(numbers) if row.act == PostingAct.TAKEN_DOWN else _put_up(row.unit, numbers)
    _require_signed(lines, told.on)
    row.save()
    for line in lines:
        line.confirmation = row
    PostingLine.objects.bulk_create(lines)
    events.record(_confirmed(row, lines), actor=actor, at=at)
    return row


@transaction.atomic
def correct(
    *, confirmation: PostingConfirmation, key: uuid.UUID, told: Told, actor: "User", at: datetime
) -> PostingConfirmation:
    """Put another confirmation of the same procedures in the place of a wrong one; again under `key` it does nothing.

    It stands in the order of the day where the wrong one stood. Without a photo the one before stays. Raises
    `MayNotConfirm`, `WithdrawnBefore`, `DayImpossible`, `PutUpBeforeSigned`, `PhotoNotAnImage`, `KeyTaken`.
    """
    _guard(confirmation.unit, actor, at)
    wrong = PostingConfirmation.objects.select_for_update(of=("self",)).get(pk=confirmation.pk)
    first = wrong.first or wrong
    row = PostingConfirmation(key=key, unit=confirmation.unit, act=wrong.act, corrects=wrong, first=first)
    _fill(row, told, actor, at)
    row.photo = told.photo or wrong.photo
    row.shows_feedback = told.shows_feedback and wrong.act == PostingAct.PUT_UP
    before = PostingConfirmation.objects.filter(key=key).select_related("photo").first()
    if before is not None:
        if _content(before) != _content(row):
            raise KeyTaken
        return before
    if wrong.withdrawn_at is not None:
        raise WithdrawnBefore
    _require_possible(told, at)
    lines = list(wrong.lines.select_related("procedure").order_by("pk"))
    _require_signed(lines, told.on)
    wrong.withdrawn_at = at
    wrong.save(update_fields=["withdrawn_at"])
    row.save()
    PostingLine.objects.bulk_create(
        PostingLine(confirmation=row, procedure_id=line.procedure_id, version_id=line.version_id) for line in lines
    )
    event = PostingCorrected(
        subject=_subject(row.unit),
        key=str(row.key),
        corrected=str(wrong.key),
        kind=row.kind,
        on=row.on,
        shows_feedback=row.shows_feedback,
        photo_hash=row.photo.sha256 if row.photo else "",
    )
    events.record(event, actor=actor, at=at)
    return row


@transaction.atomic
def withdraw(*, confirmation: PostingConfirmation, actor: "User", at: datetime) -> PostingConfirmation:
    """Have a confirmation that was a mistake count no more; raises `MayNotConfirm`, `WithdrawnBefore`."""
    _guard(confirmation.unit, actor, at)
    row = PostingConfirmation.objects.select_for_update(of=("self",)).get(pk=confirmation.pk)
    if row.withdrawn_at is not None:
        raise WithdrawnBefore
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    events.record(PostingWithdrawn(subject=_subject(confirmation.unit), key=str(row.key)), actor=actor, at=at)
    return row


def _guard(unit: Unit, actor: "User", at: datetime) -> None:
    """Lock the desk, so that its chain of events grows one at a time, and refuse who does not work there."""
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    today = timezone.localdate(at)
    if not may_confirm(unit.pk, grants_of(actor, today), on=today):
        raise MayNotConfirm


def _require_possible(told: Told, at: datetime) -> None:
    today = timezone.localdate(at)
    if told.on > today:
        raise DayImpossible(today)
    if told.photo is not None and not told.photo.is_image:
        raise PhotoNotAnImage


def _require_signed(lines: Sequence[PostingLine], on: date) -> None:
    """Refuse a day on which one of the texts put up did not exist yet; what was taken down has none."""
    earliest = first_days([line.version_id for line in lines if line.version_id is not None])
    early = [
        NotSigned(line.procedure.code, earliest[line.version_id])
        for line in lines
        if line.version_id is not None and on < earliest[line.version_id]
    ]
    if early:
        raise PutUpBeforeSigned(on, early)


def _put_up(unit: Unit, numbers: Mapping[str, int]) -> list[PostingLine]:
    """Return the lines to be stored, in the order of `numbers`: published versions of what the desk receives."""
    published = ProcedureVersion.objects.filter(
        procedure__code__in=numbers, procedure__in=received_by(unit), published_at__isnull=False
    )
    versions = {
        (version.procedure.code, version.number): version
        for version in published.select_related("procedure").only("number", "procedure__code")
    }
    wrong = [one for one in numbers.items() if one not in versions]
    if wrong:
        raise NotToPost([code for code, _ in wrong])
    return [PostingLine(procedure=versions[one].procedure, version=versions[one]) for one in numbers.items()]


def _taken_down(numbers: Mapping[str, int]) -> list[PostingLine]:
    procedures = {one.code: one for one in Procedure.objects.filter(code__in=numbers)}
    wrong = [code for code in numbers if code not in procedures]
    if wrong:
        raise NotToPost(wrong)
    return [PostingLine(procedure=procedures[code]) for code in numbers]


def _numbers(posted: Sequence[Posted]) -> dict[str, int]:
    """Return the version of each procedure, 0 for none; refuse an empty list, and one that names a procedure twice."""
    if not posted:
        raise NothingChosen
    counts = Counter(one.code for one in posted)
    twice = [code for code, count in counts.items() if count > 1]
    if twice:
        raise NamedTwice(twice)
    return {one.code: one.number for one in posted}


def _fill(row: PostingConfirmation, told: Told, actor: "User", at: datetime) -> None:
    row.kind, row.on, row.note = told.kind.value, told.on, told.note
    row.photo, row.confirmed_by, row.confirmed_at = told.photo, actor, at


def _content(row: PostingConfirmation) -> tuple[object, ...]:
    """Return what a second word under one key must say as well; a photo is known by its bytes."""
    photo = row.photo.sha256 if row.photo else ""
    return row.unit_id, row.act, row.corrects_id, row.kind, row.on, row.shows_feedback, row.note, photo


def _lines_of(row: PostingConfirmation) -> set[Posted]:
    lines = row.lines.values_list("procedure__code", "version__number")
    return {Posted(code, number or 0) for code, number in lines}


def _confirmed(row: PostingConfirmation, lines: Sequence[PostingLine]) -> PostingConfirmed:
    return PostingConfirmed(
        subject=_subject(row.unit),
        key=str(row.key),
        act=row.act,
        kind=row.kind,
        on=row.on,
        shows_feedback=row.shows_feedback,
        procedures=tuple(line.procedure.code for line in lines),
        versions=tuple(line.version.number if line.version else 0 for line in lines),
        photo_hash=row.photo.sha256 if row.photo else "",
    )


def _subject(unit: Unit) -> str:
    return f"posting:{unit.code}"
