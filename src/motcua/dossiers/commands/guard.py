"""What every act of an official does first: lock, see that nobody was quicker, check the right, ask the table."""

from datetime import datetime

from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.dossiers.models import Dossier
from motcua.kernel.models import EventRecord
from motcua.rules.permissions import check
from motcua.rules.transitions import Action, Status, status_after

RELATED = (
    "procedure_version__procedure",
    "workflow",
    "receiving_unit",
    "competent_unit",
)


class StaleDossier(Exception):
    """The dossier changed since the officer opened it: `kind` of event, `by` whom (None: the applicant), `at` when."""

    def __init__(self, *, reference: str, kind: str, by: str | None, at: datetime) -> None:
        super().__init__(reference)
        self.reference, self.kind, self.by, self.at = reference, kind, by, at


def lock(reference: str) -> Dossier:
    """Return the dossier of that reference, locked until the transaction ends; raises `Dossier.DoesNotExist`."""
    return Dossier.objects.select_for_update(of=("self",)).select_related(*RELATED).get(reference=reference)


def begin(
    *, dossier: Dossier, action: Action, officer: User, at: datetime, seen_version: int | None
) -> tuple[Dossier, Status]:
    """Lock `dossier` for `action` and return it with the status that follows.

    `seen_version` is the version the officer had on the screen; None skips that check. Raises `StaleDossier`,
    `NotPermitted`, `TransitionRefused`, in this order.
    """
    locked = lock(dossier.reference)
    if seen_version is not None and locked.version != seen_version:
        raise _stale(locked)
    today = timezone.localdate(at)
    check(action, locked.custody(), grants_of(officer, today), actor_id=officer.pk, on=today)
    return locked, status_after(locked.stage, action)


def advance(dossier: Dossier, fields: list[str]) -> None:
    """Save `fields` and count the change."""
    dossier.version += 1
    dossier.save(update_fields=[*fields, "version"])


def _stale(dossier: Dossier) -> StaleDossier:
    last = EventRecord.objects.filter(subject=dossier.reference).select_related("actor").order_by("-seq")[0]
    by = last.actor.display_name if isinstance(last.actor, User) else None
    return StaleDossier(reference=dossier.reference, kind=last.kind, by=by, at=last.at)
