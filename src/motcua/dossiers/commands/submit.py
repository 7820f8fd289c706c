"""Hand an application in."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.catalogue.linked_groups import group_offer
from motcua.catalogue.models import Offering
from motcua.dossiers.commands.custody import HOLDER, give_to_desk_for_answer
from motcua.dossiers.commands.draft import NotOffered
from motcua.dossiers.commands.guard import advance, lock
from motcua.dossiers.events import DossierSubmitted
from motcua.dossiers.facts import application_facts
from motcua.dossiers.linked_facts import legs_of
from motcua.dossiers.models import Dossier, LinkedApplication
from motcua.kernel import events
from motcua.rules.completeness import Gap, gaps
from motcua.rules.transitions import Action, TransitionRefused, status_after

__all__ = ["ApplicationIncomplete", "NotOffered", "TransitionRefused", "VersionEnded", "submit"]


class ApplicationIncomplete(Exception):
    """The application lacks `gaps`."""

    def __init__(self, found: Sequence[Gap]) -> None:
        super().__init__(", ".join(f"{gap.part}:{gap.what}" for gap in found))
        self.gaps = tuple(found)


class VersionEnded(Exception):
    """The draft was begun under a text of `procedure` that is no longer in force: it has to be begun anew (R-14)."""

    def __init__(self, procedure: str) -> None:
        super().__init__(procedure)
        self.procedure = procedure


@transaction.atomic
def submit(*, dossier: Dossier, actor: User | None, at: datetime) -> Dossier:
    """Hand the application in; the desk has to answer within eight working hours (B-20).

    Handing it in twice gives the same dossier. Raises `VersionEnded`, `NotOffered`, `ApplicationIncomplete`.
    """
    dossier = lock(dossier.reference)
    if dossier.submitted_at is not None:
        return dossier
    dossier.status = status_after(dossier.stage, Action.SUBMIT)
    _require_in_force(dossier, timezone.localdate(at))
    _require_complete(dossier)
    dossier.submitted_at = at
    answer_due_at = give_to_desk_for_answer(dossier, at)
    advance(dossier, ["status", "submitted_at", *HOLDER])
    event = DossierSubmitted(
        subject=dossier.reference,
        procedure=dossier.procedure_version.procedure.code,
        channel=dossier.filing_channel,
        answer_due_at=answer_due_at,
    )
    events.record(event, actor=actor, at=at)
    return dossier


def _require_in_force(dossier: Dossier, on: date) -> None:
    """Raise `VersionEnded` when the text has changed since the draft was begun, `NotOffered` when the desk has."""
    version = dossier.procedure_version
    if not version.is_in_force(on):
        raise VersionEnded(version.procedure.code)
    desk = {"receiving_unit": dossier.receiving_unit_id, "competent_unit": dossier.competent_unit_id}
    offering = Offering.objects.on(on).filter(procedure=version.procedure_id, **desk).first()
    if offering is None:
        raise NotOffered(version.procedure.code)
    if dossier.linked_application_id is not None:
        _require_legs_in_force(dossier, offering, on)


def _require_legs_in_force(dossier: Dossier, offering: Offering, on: date) -> None:
    """Raise as `_require_in_force` does when the group or what a leg asks has changed since the draft was begun."""
    application = LinkedApplication.objects.select_related("group").get(dossiers=dossier)
    ended = [leg for leg in legs_of(application.pk) if not leg.procedure_version.is_in_force(on)]
    if ended or not application.group.is_in_force(on):
        raise VersionEnded((ended[0].procedure_version if ended else dossier.procedure_version).procedure.code)
    if group_offer(application.group, offering, on) is None:
        raise NotOffered(dossier.procedure_version.procedure.code)


def _require_complete(dossier: Dossier) -> None:
    found = gaps(application_facts(dossier))
    if found:
        raise ApplicationIncomplete(found)
