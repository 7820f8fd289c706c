"""Prepare a publication decision: begin it, choose its procedures, write what each is to say (C-02, C-06)."""

import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.catalogue.commands.shelf import content_columns, put_parts
from motcua.catalogue.contents import content_of
from motcua.catalogue.definitions import Content, TermsDefinition
from motcua.catalogue.events import (
    PublicationBegun,
    PublicationChanged,
    PublicationContentWritten,
    PublicationLineAdded,
    PublicationLineRemoved,
)
from motcua.catalogue.models import Procedure, ProcedureVersion, PublicationDecision, PublicationLine, Sector
from motcua.catalogue.publication_facts import changed_parts, definition_of, extent_for, office_of
from motcua.kernel import events
from motcua.organisations.models import Unit, UnitKind
from motcua.rules.identifiers import ProcedureCodeUnclear, bare_procedure_code
from motcua.rules.publication import (
    WITH_CONTENT,
    ActNotOpen,
    DecisionAct,
    DecisionState,
    Extent,
    LineKind,
    MayNotPublish,
    Publisher,
    may_do,
    parts_beyond,
    state_after,
)
from motcua.rules.vietnamese import sort_key

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = [
    "ActNotOpen",
    "BeyondTheList",
    "CodeTaken",
    "DraftMoved",
    "MayNotPublish",
    "NotInForce",
    "ProcedureCodeUnclear",
    "StillSuccessor",
    "UnderPublication",
    "add_line",
    "add_new_procedure",
    "begin_decision",
    "change_decision",
    "guard",
    "put_content",
    "remove_line",
    "write_content",
]

_SORTED_LENGTH = 400


class NotInForce(Exception):
    """The procedure `code` is not in the catalogue, or ends already."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class UnderPublication(Exception):
    """A decision not yet published, this one or another, has the procedure already: `title` is that decision's."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.title = title


class CodeTaken(Exception):
    """There is a procedure of this code already."""


class StillSuccessor(Exception):
    """Another line says that the procedure `code`, which is nowhere else yet, takes the place of its own."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class DraftMoved(Exception):
    """Somebody changed the draft since it was read."""


class BeyondTheList(Exception):
    """The publisher says only the local list of this procedure; `parts` are the fields that were to change (C-05)."""

    def __init__(self, parts: frozenset[str]) -> None:
        super().__init__(", ".join(sorted(parts)))
        self.parts = parts


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a decision is about, and the text that makes it necessary; `norm_issued_on` None: not told."""

    title: str
    norm: str
    norm_effective_on: date
    norm_issued_on: date | None = None
    is_shortened: bool = False


@dataclass(frozen=True, slots=True)
class LineTold:
    """What a line does, by which norm, in which part; `replaced_by` stands with REPLACED alone."""

    kind: LineKind
    norm: str = ""
    note: str = ""
    replaced_by: Procedure | None = None


@dataclass(frozen=True, slots=True)
class NewProcedure:
    """A procedure that the province regulates, under the code that the national database gave it."""

    code: str
    title: str
    sector: Sector
    level: str


@transaction.atomic
def begin_decision(
    *, key: uuid.UUID, issuer: Unit, occasion: Occasion, actor: "User", at: datetime
) -> PublicationDecision:
    """Begin a decision of the chairman of `issuer`; a second time with the same `key` returns the first one.

    Raises `MayNotPublish`.
    """
    today = timezone.localdate(at)
    may = issuer.kind == UnitKind.PROVINCE and may_do(
        DecisionAct.EDIT, office_of(issuer, today), grants_of(actor, today), on=today
    )
    if not may:
        raise MayNotPublish
    decision, is_new = PublicationDecision.objects.get_or_create(
        key=key,
        defaults={
            **_columns(occasion),
            "issuer": issuer,
            "publisher": Publisher.CHAIRMAN,
            "begun_by": actor,
            "begun_at": at,
        },
    )
    if is_new:
        event = PublicationBegun(subject=str(key), issuer=issuer.code, norm_effective_on=occasion.norm_effective_on)
        events.record(event, actor=actor, at=at)
    return decision


@transaction.atomic
def change_decision(
    *, decision: PublicationDecision, occasion: Occasion, actor: "User", at: datetime
) -> PublicationDecision:
    """Say anew what a decision is about; lines that took its norm follow. Raises `MayNotPublish`, `ActNotOpen`."""
    decision = guard(decision, DecisionAct.EDIT, actor, at)
    columns = _columns(occasion)
    decision.lines.filter(norm=decision.norm).update(norm=occasion.norm)
    for name, value in columns.items():
        setattr(decision, name, value)
    decision.save(update_fields=columns.keys())
    event = PublicationChanged(subject=str(decision.key), norm_effective_on=occasion.norm_effective_on)
    events.record(event, actor=actor, at=at)
    return decision


@transaction.atomic
def add_line(
    *, decision: PublicationDecision, procedure: Procedure, told: LineTold, actor: "User", at: datetime
) -> PublicationLine:
    """Enter a procedure of the catalogue; one that gets a new version begins with what it says now.

    Raises `MayNotPublish`, `ActNotOpen`, `NotInForce`, `UnderPublication`.
    """
    decision = guard(decision, DecisionAct.EDIT, actor, at)
    procedure = Procedure.objects.select_for_update(of=("self",)).select_related("sector").get(pk=procedure.pk)
    _refuse_twice(procedure)
    now = ProcedureVersion.objects.open_ended().filter(procedure=procedure).first()
    is_extent = extent_for(decision, procedure) is not None
    is_first = told.kind is LineKind.NEW and procedure.scope == Procedure.Scope.LOCAL
    if now is None or procedure.is_withdrawn or not is_extent or is_first:
        raise NotInForce(procedure.code)
    has_content = told.kind in WITH_CONTENT
    line = PublicationLine.objects.create(
        decision=decision,
        procedure=procedure,
        kind=told.kind,
        norm=told.norm or decision.norm,
        note=told.note,
        replaced_by=told.replaced_by if told.kind is LineKind.REPLACED else None,
        based_on=now,
        version=_draft(procedure, content_of(now), decision, now) if has_content else None,
    )
    event = PublicationLineAdded(subject=str(decision.key), procedure=procedure.code, kind=told.kind)
    events.record(event, actor=actor, at=at)
    return line


@transaction.atomic
def add_new_procedure(
    *, decision: PublicationDecision, wanted: NewProcedure, actor: "User", at: datetime
) -> PublicationLine:
    """Enter a procedure that there has not been yet; nobody meets it before the decision is published.

    Raises `MayNotPublish`, `ActNotOpen`, `CodeTaken`, `ProcedureCodeUnclear`.
    """
    decision = guard(decision, DecisionAct.EDIT, actor, at)
    if bare_procedure_code(wanted.code) != wanted.code:
        raise ProcedureCodeUnclear(wanted.code)
    procedure, is_new = Procedure.objects.get_or_create(
        code=wanted.code,
        defaults={
            "title": wanted.title,
            "sector": wanted.sector,
            "scope": Procedure.Scope.LOCAL,
            "issuing_authority": decision.issuer.authority_name,
            "sort_key": sort_key(wanted.title)[:_SORTED_LENGTH],
            "search_key": "",  # found by nobody until it is published
        },
    )
    if not is_new:
        raise CodeTaken
    content = Content(title=wanted.title, level=wanted.level, terms=TermsDefinition())
    line = PublicationLine.objects.create(
        decision=decision,
        procedure=procedure,
        kind=LineKind.NEW,
        norm=decision.norm,
        version=_draft(procedure, content, decision, None),
    )
    event = PublicationLineAdded(subject=str(decision.key), procedure=procedure.code, kind=LineKind.NEW)
    events.record(event, actor=actor, at=at)
    return line


@transaction.atomic
def remove_line(*, line: PublicationLine, actor: "User", at: datetime) -> None:
    """Take a procedure out again with its draft; one that never was anywhere else is gone.

    Nothing is done a second time. Raises `MayNotPublish`, `ActNotOpen`, `StillSuccessor`.
    """
    decision = guard(line.decision, DecisionAct.EDIT, actor, at)
    found = PublicationLine.objects.filter(pk=line.pk).select_related("procedure", "version").first()
    if found is None:
        return
    procedure, version = found.procedure, found.version
    found.delete()
    if version is not None:
        version.delete()
    if not procedure.search_key and not procedure.versions.exists():
        if PublicationLine.objects.filter(replaced_by=procedure).exists():
            raise StillSuccessor(procedure.code)
        Procedure.objects.filter(pk=procedure.pk).delete()
    event = PublicationLineRemoved(subject=str(decision.key), procedure=procedure.code)
    events.record(event, actor=actor, at=at)


@transaction.atomic
def write_content(
    *, line: PublicationLine, content: Content, note: str, actor: "User", at: datetime, seen: str = ""
) -> PublicationLine:
    """Put `content` in the place of what the draft of the line said; `note` says which part is amended (C-06).

    `seen` is the hash of the content that the writer read, empty where nobody read any. Raises `MayNotPublish`,
    `ActNotOpen`, `BeyondTheList`, `DraftMoved`.
    """
    decision = guard(line.decision, DecisionAct.EDIT, actor, at)
    line = PublicationLine.objects.select_related("procedure__sector", "version").get(pk=line.pk)
    version = line.version
    if version is None:
        raise ActNotOpen(DecisionState(decision.state), DecisionAct.EDIT)
    line.decision = decision
    wanted = definition_of(line.procedure, content).digest
    if seen and version.content_hash not in {seen, wanted}:
        raise DraftMoved
    return put_content(line=line, version=version, content=content, note=note, actor=actor, at=at)


def put_content(
    *, line: PublicationLine, version: ProcedureVersion, content: Content, note: str, actor: "User", at: datetime
) -> PublicationLine:
    """Write what the draft `version` of a line says, whose decision is guarded; raises `BeyondTheList`."""
    decision = line.decision
    beyond = parts_beyond(
        extent_for(decision, line.procedure) or Extent.LIST, changed_parts(content_of(version), content)
    )
    if beyond:
        raise BeyondTheList(beyond)
    columns = content_columns(content)
    for name, value in columns.items():
        setattr(version, name, value)
    version.content_hash = definition_of(line.procedure, content).digest
    version.save(update_fields=[*columns, "content_hash"])
    for parts in (version.papers, version.channels, version.results):
        parts.all().delete()
    put_parts([(content, version)])
    line.note = note
    line.save(update_fields=["note"])
    event = PublicationContentWritten(
        subject=str(decision.key), procedure=line.procedure.code, content_hash=version.content_hash
    )
    events.record(event, actor=actor, at=at)
    return line


def guard(decision: PublicationDecision, act: DecisionAct, actor: "User", at: datetime) -> PublicationDecision:
    """Return the decision locked and in the state that `act` leads to; raises `MayNotPublish`, `ActNotOpen`."""
    found = PublicationDecision.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=decision.pk)
    today = timezone.localdate(at)
    if not may_do(act, office_of(found.issuer, today), grants_of(actor, today), on=today):
        raise MayNotPublish
    found.state = state_after(DecisionState(found.state), act)
    return found


def _columns(occasion: Occasion) -> dict[str, object]:
    return {name: getattr(occasion, name) for name in occasion.__slots__}


def _refuse_twice(procedure: Procedure) -> None:
    there = PublicationLine.objects.filter(procedure=procedure).exclude(decision__state=DecisionState.PUBLISHED)
    line = there.select_related("decision").first()
    if line is not None:
        raise UnderPublication(line.decision.title)


def _draft(
    procedure: Procedure, content: Content, decision: PublicationDecision, before: ProcedureVersion | None
) -> ProcedureVersion:
    content = replace(content, decision_no="")
    version = ProcedureVersion.objects.create(
        procedure=procedure,
        number=0,
        valid_from=decision.norm_effective_on,
        is_handmade=True,
        source=before.source if before else "",
        source_url=before.source_url if before else "",
        source_date=before.source_date if before else "",
        content_hash=definition_of(procedure, content).digest,
        **content_columns(content),
    )
    put_parts([(content, version)])
    return version
