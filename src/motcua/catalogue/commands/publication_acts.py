"""Lay a publication decision before the publisher, give it back, publish it (C-05 to C-08, C-12)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from motcua.catalogue.commands.count_words import count_words
from motcua.catalogue.commands.publication_drafts import ActNotOpen, MayNotPublish, guard
from motcua.catalogue.commands.shelf import Edition, Shelf, first_day
from motcua.catalogue.contents import content_of
from motcua.catalogue.events import PublicationEntered, PublicationGivenBack, PublicationIssued, PublicationSubmitted
from motcua.catalogue.models import Procedure, ProcedureVersion, PublicationDecision, PublicationLine
from motcua.catalogue.publication_facts import all_line_facts, definition_of, extent_for, lines_of
from motcua.kernel import events
from motcua.rules.publication import DecisionAct, Extent, Flaw, LineKind, flaws

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = [
    "ActNotOpen",
    "DayImpossible",
    "DecisionFlawed",
    "MayNotPublish",
    "NumberTaken",
    "give_decision_back",
    "note_entry",
    "publish_decision",
    "submit_decision",
]


class DecisionFlawed(Exception):
    """The decision cannot be published as it stands: `flaws` say why."""

    def __init__(self, found: tuple[Flaw, ...]) -> None:
        super().__init__(", ".join(f"{flaw.code} {flaw.fault}" for flaw in found))
        self.flaws = found


class NumberTaken(Exception):
    """The unit published another decision of that number on that day (J-02)."""


class DayImpossible(Exception):
    """The day told is not between `earliest` (None: no bound) and `latest`, both possible."""

    def __init__(self, earliest: date | None, latest: date) -> None:
        super().__init__(f"{earliest}..{latest}")
        self.earliest = earliest
        self.latest = latest


@transaction.atomic
def submit_decision(*, decision: PublicationDecision, actor: "User", at: datetime) -> PublicationDecision:
    """Lay a decision without a flaw before the publisher; raises `MayNotPublish`, `ActNotOpen`, `DecisionFlawed`."""
    decision = guard(decision, DecisionAct.SUBMIT, actor, at)
    lines = _lines(decision)
    _require_sound(lines, timezone.localdate(at))
    decision.submitted_at, decision.remark = at, ""
    decision.save(update_fields=["state", "submitted_at", "remark"])
    events.record(PublicationSubmitted(subject=str(decision.key), line_count=len(lines)), actor=actor, at=at)
    return decision


@transaction.atomic
def give_decision_back(
    *, decision: PublicationDecision, reason: str, actor: "User", at: datetime
) -> PublicationDecision:
    """Give a submitted decision back to be changed; raises `MayNotPublish`, `ActNotOpen`."""
    decision = guard(decision, DecisionAct.GIVE_BACK, actor, at)
    decision.submitted_at, decision.remark = None, reason
    decision.save(update_fields=["state", "submitted_at", "remark"])
    events.record(PublicationGivenBack(subject=str(decision.key)), actor=actor, at=at)
    return decision


@transaction.atomic
def publish_decision(
    *, decision: PublicationDecision, number: str, signed_on: date, actor: "User", at: datetime
) -> PublicationDecision:
    """Publish a submitted decision under its number: every line takes effect, or none does.

    New versions begin on the day the norm takes effect, today at the earliest and after the version before began, which
    ends there; dossiers accepted under it finish under it (R-13). Procedures that are replaced or abolished are
    withdrawn from that day. Raises `MayNotPublish`, `ActNotOpen`, `DecisionFlawed`, `NumberTaken`, `DayImpossible`.
    """
    decision = guard(decision, DecisionAct.PUBLISH, actor, at)
    today = timezone.localdate(at)
    issued_on = decision.norm_issued_on
    if signed_on > today or (issued_on is not None and signed_on < issued_on):
        raise DayImpossible(issued_on, today)
    published = PublicationDecision.objects.filter(issuer=decision.issuer, number=number, signed_on=signed_on)
    if published.exists():
        raise NumberTaken
    lines = _lines(decision)
    _require_sound(lines, today)
    decision.number, decision.signed_on, decision.published_at = number, signed_on, at
    shelf = Shelf()
    for line in lines:
        if line.version is not None:
            _put_in_force(line, line.version, today, shelf, decision)
        else:
            _end(line, max(decision.norm_effective_on, today))
    count_words()
    decision.save(update_fields=["state", "number", "signed_on", "published_at"])
    events.record(_issued(decision, lines), actor=actor, at=at)
    return decision


@transaction.atomic
def note_entry(*, decision: PublicationDecision, entered_on: date, actor: "User", at: datetime) -> PublicationDecision:
    """Note the day on which a published decision entered the national database (C-08); a later note corrects it.

    Raises `MayNotPublish`, `ActNotOpen`, `DayImpossible`.
    """
    decision = guard(decision, DecisionAct.NOTE_ENTRY, actor, at)
    today, signed_on = timezone.localdate(at), decision.signed_on
    assert signed_on is not None  # a published decision has been signed, a constraint holds it
    if not signed_on <= entered_on <= today:
        raise DayImpossible(signed_on, today)
    decision.entered_on = entered_on
    decision.save(update_fields=["entered_on"])
    events.record(PublicationEntered(subject=str(decision.key), entered_on=entered_on), actor=actor, at=at)
    return decision


def _lines(decision: PublicationDecision) -> list[PublicationLine]:
    """Return the lines with their procedures and what replaces them locked, in one order of locks."""
    named = {pk for pair in decision.lines.values_list("procedure", "replaced_by") for pk in pair if pk}
    list(Procedure.objects.select_for_update().filter(pk__in=named).order_by("pk"))
    return lines_of(decision)


def _require_sound(lines: Sequence[PublicationLine], day: date) -> None:
    found = flaws(all_line_facts(lines, day=day))
    if found:
        raise DecisionFlawed(found)


def _put_in_force(
    line: PublicationLine, version: ProcedureVersion, today: date, shelf: Shelf, decision: PublicationDecision
) -> None:
    before, procedure = line.based_on, line.procedure
    version.decision_no = decision.number
    definition = definition_of(procedure, content_of(version))
    version.valid_from = first_day(max(decision.norm_effective_on, today), before)
    last = ProcedureVersion.objects.filter(procedure=procedure).aggregate(last=Max("number"))["last"]
    version.number = last + 1
    version.content_hash, version.published_at = definition.digest, decision.published_at
    is_list = extent_for(decision, procedure) is Extent.LIST
    # A list decides a part: what is told from above goes on reaching the rest, unless it was written here before.
    version.is_handmade = before.is_handmade if is_list and before is not None else True
    if before is not None:
        before.valid_until = version.valid_from
        before.save(update_fields=["valid_until"])
    columns = ("decision_no", "valid_from", "number", "content_hash", "published_at", "is_handmade")
    version.save(update_fields=columns)
    edition = Edition(definition, version.valid_from, before, is_handmade=version.is_handmade)
    shelf.describe(edition, procedure, today)


def _end(line: PublicationLine, on: date) -> None:
    procedure = line.procedure
    procedure.withdrawn_on, procedure.replaced_by = on, line.replaced_by
    procedure.save(update_fields=["withdrawn_on", "replaced_by"])
    line.ended_on = on
    line.save(update_fields=["ended_on"])


def _issued(decision: PublicationDecision, lines: Sequence[PublicationLine]) -> PublicationIssued:
    by_kind = {kind: [line for line in lines if line.kind == kind] for kind in LineKind}
    in_order = [line for of_kind in by_kind.values() for line in of_kind]
    codes = {kind: tuple(line.procedure.code for line in of_kind) for kind, of_kind in by_kind.items()}
    days = [line.version.valid_from if line.version else line.ended_on for line in in_order]
    signed_on = decision.signed_on
    assert signed_on is not None  # it has just been given
    return PublicationIssued(
        subject=str(decision.key),
        number=decision.number,
        signed_on=signed_on,
        new=codes[LineKind.NEW],
        amended=codes[LineKind.AMENDED],
        replaced=codes[LineKind.REPLACED],
        abolished=codes[LineKind.ABOLISHED],
        valid_from=tuple(day for day in days if day),
        content_hashes=tuple(line.version.content_hash for line in in_order if line.version),
    )
