"""Delete an application that was never handed in, with everything typed into it; its chain of events stays."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from motcua.accounts.models import User
from motcua.dossiers.events import DraftDeleted
from motcua.dossiers.models import Dossier, LinkedApplication
from motcua.dossiers.querysets import DossierQuerySet
from motcua.kernel import events
from motcua.rules.transitions import Action, Status, TransitionRefused

__all__ = ["TransitionRefused", "delete_draft", "delete_untouched_drafts"]


@transaction.atomic
def delete_draft(*, dossier: Dossier, actor: User | None, at: datetime) -> None:
    """Delete a draft because its applicant wishes so; one that is gone already stays gone.

    Raises `TransitionRefused` once the application is handed in. Files that nobody refers to any more are deleted by
    `documents.commands`, later.
    """
    locked = Dossier.objects.select_for_update(of=("self",)).filter(pk=dossier.pk).first()
    if locked is None:
        return
    if locked.stage is not Status.DRAFT:
        raise TransitionRefused(locked.stage, Action.SUBMIT)
    _delete(locked, "APPLICANT", actor, at)


def delete_untouched_drafts(at: datetime) -> int:
    """Delete the drafts that nobody has changed for the days of the settings; return how many there were.

    One a transaction: a draft that its applicant is just changing is waited for, looked at again, and kept.
    """
    references = list(_untouched(at).values_list("reference", flat=True))
    return sum(_delete_if_untouched(reference, at) for reference in references)


@transaction.atomic
def _delete_if_untouched(reference: str, at: datetime) -> bool:
    Dossier.objects.select_for_update(of=("self",)).filter(reference=reference).first()
    draft = _untouched(at).filter(reference=reference).first()
    if draft is None:
        return False
    _delete(draft, "AGE", None, at)
    return True


def _untouched(at: datetime) -> DossierQuerySet:
    guests = Dossier.objects.filter(owner=None).drafts_untouched_since(
        at - timedelta(days=settings.GUEST_DRAFT_KEPT_DAYS)
    )
    owned = Dossier.objects.filter(owner__isnull=False).drafts_untouched_since(
        at - timedelta(days=settings.DRAFT_KEPT_DAYS)
    )
    return guests | owned


def _delete(draft: Dossier, cause: str, actor: User | None, at: datetime) -> None:
    reference, linked_id = draft.reference, draft.linked_application_id
    draft.delete()
    if linked_id is not None:
        LinkedApplication.objects.filter(pk=linked_id).delete()
    events.record(DraftDeleted(subject=reference, cause=cause), actor=actor, at=at)
