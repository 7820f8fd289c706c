"""What every act of an official does first: lock, see that nobody was quicker, check the right, ask the table."""

from datetime import datetime
from functools import cache

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.dossiers.desk_events import DossierFollowed, DossierReminded, DossierUnfollowed, MemoWritten
from motcua.dossiers.events import ConsultationSilent, DossierDueSoon, DossierOverdue
from motcua.dossiers.facts import custody_of
from motcua.dossiers.leg_events import LegOverdue
from motcua.dossiers.models import Dossier
from motcua.kernel.compiled import CompiledQuery
from motcua.kernel.models import EventRecord
from motcua.kernel.rows import update_row
from motcua.rules.permissions import check
from motcua.rules.transitions import Action, Status, status_after

UNITS = ("receiving_unit", "competent_unit")
"""What every act needs beside the dossier."""
TERMS = (*UNITS, "procedure_version__procedure")
"""What an act needs that reads what the procedure asks and promises."""
FORM = (*TERMS, "applicant", "receiving_unit__parent__parent")
"""What an act needs that issues a form."""

_BESIDE = (DossierReminded, MemoWritten, DossierFollowed, DossierUnfollowed)
_ALARMS = (DossierDueSoon, DossierOverdue, ConsultationSilent, LegOverdue)
CHANGES_NOTHING = frozenset(kind.__name__ for kind in (*_BESIDE, *_ALARMS))
"""The kinds of event of a dossier after which it stands as before: none of them makes a form out of date."""

# The long texts of a procedure, which no act reads; asked for all the same, they come with a query of their own.
_TEXTS = ("summary", "conditions", "steps", "legal_basis", "implementing_agencies", "receiving_address", "subjects")


class StaleDossier(Exception):
    """The dossier changed since the officer opened it: `kind` of event, `at` when, and who did it.

    `by` is the name and `by_id` the account; both are None for an applicant without one.
    """

    def __init__(self, *, reference: str, kind: str, by: User | None, at: datetime) -> None:
        super().__init__(reference)
        self.reference, self.kind, self.at = reference, kind, at
        self.by: str | None = by.display_name if by else None
        self.by_id: int | None = by.pk if by else None


def lock(reference: str, related: tuple[str, ...] = TERMS) -> Dossier:
    """Return the dossier of that reference with `related`, locked until the transaction ends.

    Raises `Dossier.DoesNotExist`.
    """
    return _locked(related).get(reference)


@cache
def _locked(related: tuple[str, ...]) -> CompiledQuery[Dossier]:
    texts = [f"procedure_version__{text}" for text in _TEXTS] if TERMS[-1] in related else []
    locked = Dossier.objects.select_for_update(of=("self",)).select_related(*related).defer(*texts)
    return CompiledQuery(locked, by="reference")


def begin(
    *,
    dossier: Dossier,
    action: Action,
    officer: User,
    at: datetime,
    seen_version: int | None,
    related: tuple[str, ...] = UNITS,
) -> tuple[Dossier, Status]:
    """Lock `dossier` for `action` and return it, with `related`, and the status that follows.

    `seen_version` is the version the officer had on the screen; None skips that check. Raises `StaleDossier`,
    `NotPermitted`, `TransitionRefused`, in this order.
    """
    locked = reach(dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version, related=related)
    return locked, status_after(locked.stage, action)


def reach(
    *,
    dossier: Dossier,
    action: Action,
    officer: User,
    at: datetime,
    seen_version: int | None,
    related: tuple[str, ...] = UNITS,
) -> Dossier:
    """Do as `begin` does, for an act that does not go by the status of this dossier alone."""
    locked = lock(dossier.reference, related)
    if seen_version is not None and locked.version != seen_version:
        raise _stale(locked)
    today = timezone.localdate(at)
    check(action, custody_of(locked, today), grants_of(officer, today), actor_id=officer.pk, on=today)
    return locked


def advance(dossier: Dossier, fields: list[str]) -> None:
    """Save `fields` and count the change; what it means for a linked application, a job finds out (B-21)."""
    dossier.version += 1
    update_row(dossier, [*fields, "version"])
    if dossier.linked_application_id is not None:
        follow_later(dossier.linked_application_id)


def follow_later(application_id: int) -> None:
    """Have a job find out what the change means for the linked application (B-21)."""
    # By its name, because tasks stand above commands; deferred here, it is lost or kept with the change.
    app.configure_task(name="dossiers.follow_linked").defer(application_id=application_id)


def _stale(dossier: Dossier) -> StaleDossier:
    """Say who changed it; what has been done beside it since, such as following it, is to blame for nothing."""
    changes = EventRecord.objects.filter(subject=dossier.reference).exclude(kind__in=CHANGES_NOTHING)
    last = changes.select_related("actor").order_by("-seq")[0]
    by = last.actor if isinstance(last.actor, User) else None
    return StaleDossier(reference=dossier.reference, kind=last.kind, by=by, at=last.at)
