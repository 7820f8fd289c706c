"""Say that a published version has no such part, or take that back (C-03)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from motcua.catalogue.events import NoneDeclared, NoneTakenBack
from motcua.catalogue.models import NoneDeclaration, ProcedureVersion
from motcua.catalogue.quality_facts import may_declare, parts_facts
from motcua.kernel import events
from motcua.rules.procedure_parts import Part, PartNotEmpty, check_may_be_none

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = ["MayNotDeclare", "NotPublished", "PartNotEmpty", "declare_none", "take_back_none"]


class MayNotDeclare(Exception):
    """The official does not control procedures in the province."""


class NotPublished(Exception):
    """The version is a draft: what it lacks is written into it, not declared beside it."""


@transaction.atomic
def declare_none(*, version: ProcedureVersion, part: Part, actor: "User", at: datetime) -> NoneDeclaration:
    """Say that `version` has no such `part`; saying it twice leaves one declaration, the first, and one event.

    Raises `MayNotDeclare`, `NotPublished`, `PartNotEmpty`.
    """
    version = _locked(version, actor, at)
    check_may_be_none(part, parts_facts([version.pk])[version.pk].filled)
    row, is_new = NoneDeclaration.objects.get_or_create(
        version=version, part=part.value, defaults={"declared_by": actor, "declared_at": at}
    )
    if is_new:
        event = NoneDeclared(subject=version.procedure.code, number=version.number, part=part.value)
        events.record(event, actor=actor, at=at)
    return row


@transaction.atomic
def take_back_none(*, version: ProcedureVersion, part: Part, actor: "User", at: datetime) -> ProcedureVersion:
    """Take back that `version` has no such `part`; what is not declared stays so, without an event.

    Raises `MayNotDeclare`, `NotPublished`.
    """
    version = _locked(version, actor, at)
    count, _ = NoneDeclaration.objects.filter(version=version, part=part.value).delete()
    if count:
        event = NoneTakenBack(subject=version.procedure.code, number=version.number, part=part.value)
        events.record(event, actor=actor, at=at)
    return version


def _locked(version: ProcedureVersion, actor: "User", at: datetime) -> ProcedureVersion:
    locked = ProcedureVersion.objects.select_for_update(of=("self",)).select_related("procedure").get(pk=version.pk)
    if not may_declare(locked, actor, at):
        raise MayNotDeclare
    if not locked.is_published:
        raise NotPublished
    return locked
