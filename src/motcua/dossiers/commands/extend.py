"""Apologise for a delay and give a new date, once (form 04, B step 13, R-3)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.dossiers.commands.custody import calendar_of
from motcua.dossiers.commands.guard import FORM, StaleDossier, advance, begin
from motcua.dossiers.commands.irregular import note_irregularity
from motcua.dossiers.commands.issue_form import issue_form
from motcua.dossiers.commands.promise import PROMISE, change_promise
from motcua.dossiers.events import DossierExtended
from motcua.dossiers.models import Dossier, Extension
from motcua.kernel import events
from motcua.rules.irregularities import Irregularity
from motcua.rules.papers import PaperKind
from motcua.rules.permissions import NotPermitted
from motcua.rules.promises import ExtensionRefused, PromiseCause, extended
from motcua.rules.transitions import Action, TransitionRefused

__all__ = ["ExtensionRefused", "NotPermitted", "StaleDossier", "TransitionRefused", "extend"]


@dataclass(frozen=True, slots=True)
class Apology:
    """Why the result will be late, and the working day of the new promise."""

    reason: str
    new_day: date


@transaction.atomic
def extend(
    *, dossier: Dossier, officer: User, apology: Apology, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Move the promise to the close of a later working day, and apologise in writing.

    Announced later than one working day before it was due it is valid all the same, and kept as an irregularity (F13).
    Raises `ExtensionRefused`, `StaleDossier`, `NotPermitted`, `TransitionRefused`.
    """
    dossier, _ = begin(
        dossier=dossier, action=Action.EXTEND, officer=officer, at=at, seen_version=seen_version, related=FORM
    )
    if dossier.due_at is None:
        raise Dossier.DoesNotExist
    old, local = timezone.localtime(dossier.due_at), timezone.localtime(at)
    found = extended(
        old,
        apology.new_day,
        at=local,
        extended_count=Extension.objects.filter(dossier=dossier).count(),
        calendar=calendar_of(dossier.competent_unit, at),
    )
    new = found.promise.due_at
    data = {"reason": apology.reason, "old_due_at": old.isoformat(), "new_due_at": new.isoformat()}
    issued = issue_form(dossier, PaperKind.APOLOGY, data, officer=officer, at=at)
    Extension.objects.create(
        dossier=dossier,
        reason=apology.reason,
        old_due_at=old,
        new_due_at=new,
        extended_at=at,
        extended_by=officer,
        document=issued,
    )
    change_promise(dossier, PromiseCause.EXTENSION, at)
    advance(dossier, [*PROMISE, "action_due_at", "warn_at"])
    if found.is_late_notice:
        note_irregularity(dossier, Irregularity.LATE_APOLOGY, by=officer, at=at)
    event = DossierExtended(subject=dossier.reference, document=issued.number, old_due_at=old, due_at=new)
    events.record(event, actor=officer, at=at)
    return dossier
