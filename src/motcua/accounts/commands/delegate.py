"""Let a colleague act in the roles of somebody who is absent, so that nothing waits for them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from motcua.accounts.events import DelegationEnded, DutiesDelegated
from motcua.accounts.facts import grants_of
from motcua.accounts.models import Delegation, User
from motcua.kernel import events
from motcua.rules.permissions import may_stand_in

__all__ = ["Absence", "AbsenceUnclear", "DelegatedAlready", "NotAColleague", "delegate", "end_delegation"]


class AbsenceUnclear(Exception):
    """The absence ends before it starts, or lies in the past."""


class DelegatedAlready(Exception):
    """Another deputy acts on some of those days."""


class NotAColleague(Exception):
    """The deputy holds no role of their own in a unit of the absent person."""


@dataclass(frozen=True, slots=True)
class Absence:
    """From a day until the day before another, and why."""

    valid_from: date
    valid_until: date
    reason: str


@transaction.atomic
def delegate(*, absent: User, deputy: User, absence: Absence, at: datetime) -> Delegation:
    """Have `deputy` act in the roles that `absent` holds, while the absence lasts; doing it twice returns the first.

    Only one's own absence is arranged so. Raises `AbsenceUnclear`, `NotAColleague`, `DelegatedAlready`.
    """
    absent = User.objects.select_for_update(of=("self",)).get(pk=absent.pk)
    today = timezone.localdate(at)
    if absence.valid_until <= max(absence.valid_from, today) or absence.valid_from < today:
        raise AbsenceUnclear
    from_day = absence.valid_from
    colleagues = grants_of(deputy, from_day)
    if deputy.pk == absent.pk or not may_stand_in(grants_of(absent, from_day), colleagues, from_day=from_day):
        raise NotAColleague
    overlapping = Delegation.objects.filter(
        absent=absent, valid_from__lt=absence.valid_until, valid_until__gt=absence.valid_from
    )
    same = {"deputy": deputy, "valid_from": absence.valid_from, "valid_until": absence.valid_until}
    known = overlapping.first()
    if known is not None:
        if all(getattr(known, name) == value for name, value in same.items()):
            return known
        raise DelegatedAlready
    Delegation.objects.filter(absent=absent, valid_from=from_day, valid_until=from_day).delete()
    given = Delegation.objects.create(absent=absent, reason=absence.reason, **same)
    event = DutiesDelegated(
        subject=absent.record_subject,
        deputy=deputy.record_subject,
        valid_from=given.valid_from,
        valid_until=given.valid_until,
    )
    events.record(event, actor=absent, at=at)
    return given


@transaction.atomic
def end_delegation(*, delegation: Delegation, by: User, at: datetime) -> Delegation:
    """End the deputy's part from today on; one yet to begin never does. One that has ended is returned as it is."""
    given = Delegation.objects.select_for_update(of=("self",)).select_related("absent", "deputy").get(pk=delegation.pk)
    until = max(timezone.localdate(at), given.valid_from)
    if given.valid_until <= until:
        return given
    given.valid_until = until
    given.save(update_fields=["valid_until"])
    event = DelegationEnded(subject=given.absent.record_subject, deputy=given.deputy.record_subject, valid_until=until)
    events.record(event, actor=by, at=at)
    return given
