"""What officials are told when a clock turns or another unit is asked. Runs in the transaction of the event."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.utils import timezone

from motcua.accounts.models import Grant, User
from motcua.dossiers.desk_events import DossierReminded
from motcua.dossiers.events import (
    ConsultationAnswered,
    ConsultationRequested,
    ConsultationSilent,
    DossierAssigned,
    DossierDueSoon,
    DossierOverdue,
    DossierPassedOn,
    DraftGivenBack,
    FinancialObligationSettled,
    ResultGivenAtOnce,
    ReworkRequested,
    SupplementCompleted,
    SupplementReceivedAtCounter,
)
from motcua.dossiers.facts import hands_of_legs
from motcua.dossiers.leg_events import LegAssigned, LegFinished, LegOverdue
from motcua.dossiers.models import Dossier, Step
from motcua.kernel.compiled import CompiledQuery
from motcua.kernel.events import Event, subscribe
from motcua.organisations.models import Unit
from motcua.rules.permissions import GIVES_OUT_LEGS, Role
from motcua.rules.watching import Watcher

_DOSSIERS = CompiledQuery(Dossier.objects.all(), by="reference")
# Plain SQL, because who stands in for whom comes with the write instead of by a query of its own.
_KEEP = """
INSERT INTO notifications_notice (user_id, dossier_id, kind, due_at, created_at)
SELECT told.id, %(dossier)s, %(kind)s, %(due_at)s, %(at)s FROM (
    SELECT unnest(%(told)s::bigint[]) AS id
    UNION
    SELECT deputy_id FROM accounts_delegation JOIN accounts_user ON accounts_user.id = deputy_id AND is_active
    WHERE absent_id = ANY(%(told)s::bigint[]) AND valid_from <= %(day)s AND valid_until > %(day)s
) AS told ORDER BY told.id
"""


def tell_holder(event: DossierDueSoon, at: datetime) -> None:
    """Tell whoever must act that the dossier is due soon."""
    dossier = _dossier(event)
    _tell(dossier, _holders(dossier, at), _kind(event), event.due_at, at)


def tell_reminded(event: DossierReminded, at: datetime) -> None:
    """Tell whoever must act that somebody who answers for the dossier waits."""
    dossier = _dossier(event)
    _tell(dossier, _holders(dossier, at), _kind(event), dossier.action_due_at, at)


def tell_watcher(event: DossierOverdue, at: datetime) -> None:
    """Tell who stands on the rung of the ladder that the dossier is late."""
    dossier = _dossier(event)
    watcher = Watcher(event.watcher)
    told = _holders(dossier, at) if watcher is Watcher.HOLDER else _watchers(dossier, watcher, at)
    _tell(dossier, told, _kind(event), event.due_at, at)


def tell_head_of_silence(event: ConsultationSilent, at: datetime) -> None:
    """Report a silent unit to the head of the one-stop, and to the officer who waits (B step 11)."""
    dossier = _dossier(event)
    heads = _with_role(Role.HEAD_OF_ONE_STOP, dossier.receiving_unit_id, at)
    _tell(dossier, {*heads, *_assignee(dossier)}, _kind(event), event.due_at, at)


def tell_unit_asked(event: ConsultationRequested, at: datetime) -> None:
    """Tell the officers of the unit that is asked for its opinion."""
    unit = Unit.objects.get(code=event.unit)
    _tell(_dossier(event), _with_role(Role.PROCESSING_OFFICER, unit.pk, at), _kind(event), event.due_at, at)


def tell_units_beside(event: DossierAssigned | DossierPassedOn | LegFinished, at: datetime) -> None:
    """Tell the units whose legs began with the act or went on, each with the due moment of its own step (B-21).

    Told are the officers who may do it and who gives it to one of them; of a leg that goes on, the officer who has it,
    unless they finished the step before it themselves.
    """
    if not event.legs:
        return
    dossier = _dossier(event)
    begun = Step.objects.filter(dossier=dossier, code__in=event.legs, finished_at=None, leg__gt="").order_by("pk")
    for step in begun:
        told = _hands_of(step, at)
        if step.assignee_id not in told:
            told = told.union(*(_with_role(role, step.unit_id, at) for role in GIVES_OUT_LEGS))
        elif isinstance(event, LegFinished):
            told = told - _who_finished(dossier, event.step, at)
        _tell(dossier, told, "LegBegun", step.due_at, at)


def tell_leg_assigned(event: LegAssigned, at: datetime) -> None:
    """Tell the officer that a leg is theirs, and until when."""
    dossier = _dossier(event)
    step = Step.objects.filter(dossier=dossier, code=event.step, finished_at=None, leg__gt="").first()
    if step is not None and step.assignee_id is not None:
        _tell(dossier, {step.assignee_id}, _kind(event), step.due_at, at)


def tell_of_leg(event: LegFinished, at: datetime) -> None:
    """Tell the officer who answers for the dossier that a unit beside has done its part."""
    dossier = _dossier(event)
    if event.is_joined:
        _tell(dossier, _assignee(dossier), _kind(event), dossier.due_at, at)


def tell_of_late_leg(event: LegOverdue, at: datetime) -> None:
    """Tell who is late with a leg, the officer it was given to or else the unit, and the officer who waits for it."""
    dossier = _dossier(event)
    legs = Step.objects.filter(dossier=dossier, code=event.step, finished_at=None, leg__gt="")
    late = set[int]().union(*(_hands_of(step, at) for step in legs))
    _tell(dossier, {*late, *_assignee(dossier)}, _kind(event), event.due_at, at)


def tell_assignee(
    event: DossierAssigned
    | DossierPassedOn
    | DraftGivenBack
    | ReworkRequested
    | ConsultationAnswered
    | FinancialObligationSettled
    | SupplementCompleted
    | SupplementReceivedAtCounter,
    at: datetime,
) -> None:
    """Tell the officer in whose hands the dossier is now; nobody while it is in nobody's."""
    dossier = _dossier(event)
    _tell(dossier, _assignee(dossier), _kind(event), dossier.due_at, at)


def tell_signer(event: ResultGivenAtOnce, at: datetime) -> None:
    """Tell the signer that the desk gave out a result as signed by them (B step 5)."""
    signer = User.objects.get(username=event.signer)
    _tell(_dossier(event), {signer.pk}, _kind(event), None, at)


def _dossier(event: Event) -> Dossier:
    return _DOSSIERS.get(event.subject)


def _assignee(dossier: Dossier) -> set[int]:
    return {dossier.assignee_id} if dossier.assignee_id is not None else set()


def _holders(dossier: Dossier, at: datetime) -> set[int]:
    """Return who must act: the officer it is assigned to, else everybody with the role in the unit."""
    if dossier.assignee_id is not None:
        return {dossier.assignee_id}
    if dossier.holder_unit_id is None:
        return set()
    return _with_role(Role(dossier.holder_role), dossier.holder_unit_id, at)


def _hands_of(leg: Step, at: datetime) -> set[int]:
    """Return who must do a leg: the officer it was given to, else everybody with the role in the unit."""
    assignee_id = hands_of_legs([leg], timezone.localdate(at))[leg.pk].assignee_id
    return {assignee_id} if assignee_id is not None else _with_role(Role(leg.role), leg.unit_id, at)


def _who_finished(dossier: Dossier, step: str, at: datetime) -> set[int]:
    """Return who finished that step of a leg at `at`."""
    done = Step.objects.filter(dossier=dossier, code=step, finished_at=at, leg__gt="", finished_by__isnull=False)
    return set(done.values_list("finished_by", flat=True))


def _watchers(dossier: Dossier, watcher: Watcher, at: datetime) -> set[int]:
    is_desk = watcher is Watcher.HEAD_OF_ONE_STOP
    unit_id = dossier.receiving_unit_id if is_desk else dossier.competent_unit_id
    return _with_role(Role(watcher.value), unit_id, at)


def _with_role(role: Role, unit_id: int, at: datetime) -> set[int]:
    held = Grant.objects.on(timezone.localdate(at)).filter(role=role.value, unit=unit_id)
    return set(held.filter(user__is_active=True).values_list("user_id", flat=True))


def _tell(dossier: Dossier, user_ids: Iterable[int], kind: str, due_at: datetime | None, at: datetime) -> None:
    """Keep a notice of that kind for each of them, and for whoever acts in their place that day."""
    told = sorted(set(user_ids))
    if not told:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _KEEP,
            {
                "told": told,
                "day": timezone.localdate(at),
                "dossier": dossier.pk,
                "kind": kind,
                "due_at": due_at,
                "at": at,
            },
        )


def _kind(event: Event) -> str:
    return type(event).__name__


subscribe(DossierDueSoon, tell_holder)
subscribe(DossierReminded, tell_reminded)
subscribe(DossierOverdue, tell_watcher)
subscribe(ConsultationSilent, tell_head_of_silence)
subscribe(ConsultationRequested, tell_unit_asked)
subscribe(ConsultationAnswered, tell_assignee)
subscribe(DossierAssigned, tell_assignee)
subscribe(DossierAssigned, tell_units_beside)
subscribe(DossierPassedOn, tell_assignee)
subscribe(DossierPassedOn, tell_units_beside)
subscribe(LegAssigned, tell_leg_assigned)
subscribe(LegFinished, tell_of_leg)
subscribe(LegFinished, tell_units_beside)
subscribe(LegOverdue, tell_of_late_leg)
subscribe(DraftGivenBack, tell_assignee)
subscribe(ResultGivenAtOnce, tell_signer)
subscribe(ReworkRequested, tell_assignee)
subscribe(FinancialObligationSettled, tell_assignee)
subscribe(SupplementCompleted, tell_assignee)
subscribe(SupplementReceivedAtCounter, tell_assignee)
