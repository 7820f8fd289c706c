"""Order that open dossiers follow a new version of their procedure, and have them follow, batch by batch (R-13)."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.catalogue.models import PublicationDecision
from motcua.catalogue.publication_facts import office_of
from motcua.dossiers.commands.custody import calendar_of
from motcua.dossiers.commands.guard import advance
from motcua.dossiers.commands.promise import PROMISE, bring_forward
from motcua.dossiers.models import Dossier, VersionMove
from motcua.dossiers.queries.version_moves import Judged, judge, targets_of, to_judge, touched_dossiers
from motcua.dossiers.version_events import DossierMoved, VersionMoveOrdered
from motcua.kernel import events
from motcua.rules.publication import DecisionAct, MayNotPublish, may_do
from motcua.rules.version_moves import PromiseRule

__all__ = ["MayNotPublish", "MoveOrder", "MoveUnderWay", "NothingToFollow", "move_next", "order_move"]

BATCH = 100


class NothingToFollow(Exception):
    """No amended procedure of the decision has a version that is in force today and the last one."""


class MoveUnderWay(Exception):
    """An earlier order about the same decision is still being carried out."""


@dataclass(frozen=True, slots=True)
class MoveOrder:
    """What the publisher says: which article lets open dossiers follow, and what becomes of their promises."""

    key: uuid.UUID
    article: str
    promises: PromiseRule


@transaction.atomic
def order_move(*, decision: PublicationDecision, order: MoveOrder, actor: User, at: datetime) -> VersionMove:
    """Order that the open dossiers which may follow do so; a job carries it out.

    An order of the same key is returned as it stands. Raises `MayNotPublish`, `NothingToFollow`, `MoveUnderWay`.
    """
    today = timezone.localdate(at)
    decision = PublicationDecision.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=decision.pk)
    if not may_do(DecisionAct.PUBLISH, office_of(decision.issuer, today), grants_of(actor, today), on=today):
        raise MayNotPublish
    given = VersionMove.objects.filter(key=order.key, decision=decision).first()
    if given is not None:
        return given
    if not targets_of(decision, today):
        raise NothingToFollow
    if decision.version_moves.filter(finished_at=None).exists():
        raise MoveUnderWay
    found = VersionMove.objects.create(
        key=order.key,
        decision=decision,
        article=order.article,
        promises=order.promises.value,
        ordered_by=actor,
        ordered_at=at,
    )
    event = VersionMoveOrdered(
        subject=str(decision.key), order=str(order.key), article=order.article, promises=order.promises.value
    )
    events.record(event, actor=actor, at=at)
    return found


@transaction.atomic
def move_next(*, order: VersionMove, at: datetime, size: int = BATCH) -> bool:
    """Have the next `size` dossiers follow, and return whether that was the last of the work.

    The place reached is kept with what was done, so that a job that is killed or runs twice goes on where it was.
    """
    order = (
        VersionMove.objects.select_for_update(of=("self",)).select_related("decision", "ordered_by").get(pk=order.pk)
    )
    if order.finished_at is not None:
        return True
    targets = targets_of(order.decision, timezone.localdate(at))
    dossiers = to_judge(touched_dossiers(targets), order.last_dossier_id, size)
    for judged in judge(dossiers, targets, PromiseRule(order.promises), at=at):
        if judged.move.bar is not None:
            order.stayed_count += 1
            continue
        _follow(judged, order, at)
        order.moved_count += 1
        order.sooner_count += judged.move.is_sooner
    if dossiers:
        order.last_dossier_id = dossiers[-1].pk
    else:
        order.finished_at = at
    order.save()
    return order.finished_at is not None


def _follow(judged: Judged, order: VersionMove, at: datetime) -> None:
    dossier, before = judged.dossier, judged.dossier.procedure_version
    old_due_at = _promised(dossier)
    dossier.procedure_version = judged.target
    fields = ["procedure_version"]
    if judged.sooner is not None:
        bring_forward(dossier, judged.sooner, calendar_of(dossier.competent_unit, at), at)
        fields += [*PROMISE, "action_due_at", "warn_at"]
    advance(dossier, fields)
    event = DossierMoved(
        subject=dossier.reference,
        order=str(order.key),
        decision=order.decision.number,
        from_version=before.number,
        to_version=judged.target.number,
        old_due_at=old_due_at,
        due_at=_promised(dossier),
    )
    events.record(event, actor=order.ordered_by, at=at)


def _promised(dossier: Dossier) -> datetime:
    assert dossier.due_at is not None  # it has been accepted, a constraint holds it
    return timezone.localtime(dossier.due_at)
