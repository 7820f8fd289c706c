"""Begin a linked application: the leading leg's draft, which asks for everything once, and a line for each leg."""

from datetime import datetime

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from motcua.accounts.models import User
from motcua.catalogue.linked_groups import GroupOffer, LegOffer, group_offer
from motcua.catalogue.models import LinkedGroup, Offering
from motcua.dossiers.commands.draft import Filing, NotOffered, lay_out
from motcua.dossiers.facts import has_known_limit, may_be_filed_online
from motcua.dossiers.linked_events import LinkedDraftStarted
from motcua.dossiers.models import Dossier, FilingChannel, LinkedApplication, LinkedLeg, Paper
from motcua.kernel import events
from motcua.rules.linked import LEAD, LegState
from motcua.rules.linked_papers import asked_position, asks_paper

__all__ = ["GroupNotOffered", "NotOffered", "lay_out_linked", "start_linked_draft"]


class GroupNotOffered(Exception):
    """The group cannot be applied for at that desk on that day: not in force, or some leg is not offered that way."""

    def __init__(self, group: str) -> None:
        super().__init__(group)
        self.group = group


@transaction.atomic
def start_linked_draft(
    *, group: LinkedGroup, offering: Offering, filing: Filing, actor: User | None, at: datetime
) -> Dossier:
    """Begin an application for `group` at the desk of `offering`, and return the leading leg's draft.

    `offering` is of the leading procedure. The same key returns the same draft. Raises `GroupNotOffered`, `NotOffered`.
    """
    dossier, is_new = lay_out_linked(group, offering, filing, at)
    if not is_new:
        return dossier
    event = LinkedDraftStarted(subject=dossier.reference, group=group.code, competent_unit=offering.competent_unit.code)
    events.record(event, actor=actor, at=at)
    return dossier


def lay_out_linked(group: LinkedGroup, offering: Offering, filing: Filing, at: datetime) -> tuple[Dossier, bool]:
    """Make the empty leading dossier with the papers of all legs and their lines, and say whether it is new."""
    offer = group_offer(group, offering, timezone.localdate(at))
    may_be_filed = may_be_filed_online if filing.channel == FilingChannel.ONLINE else has_known_limit
    if offer is None or not all(may_be_filed(leg.version) for leg in offer.legs):
        raise GroupNotOffered(group.code)
    dossier, is_new = lay_out(offering, filing, at)
    if is_new:
        _link(dossier, offer, at)
    return dossier, is_new


def _link(dossier: Dossier, offer: GroupOffer, at: datetime) -> None:
    application = LinkedApplication.objects.create(reference=dossier.reference, group=offer.group, created_at=at)
    dossier.linked_application, dossier.leg_number = application, LEAD
    dossier.save(update_fields=["linked_application", "leg_number"])
    LinkedLeg.objects.bulk_create(
        LinkedLeg(
            application=application,
            number=leg.leg.number,
            group_leg=leg.leg,
            procedure_version=leg.version,
            workflow=leg.workflow,
            competent_unit=leg.competent_unit,
            state=(LegState.OPEN if leg.leg.number == LEAD else LegState.WAITING).value,
        )
        for leg in offer.legs
    )
    others = [leg for leg in offer.legs if leg.leg.number != LEAD]
    prefetch_related_objects([leg.version for leg in others], "papers")
    Paper.objects.bulk_create(paper for leg in others for paper in _papers(dossier, leg))


def _papers(dossier: Dossier, leg: LegOffer) -> list[Paper]:
    sharing = leg.leg.as_rule()
    return [
        Paper(dossier=dossier, required_paper=required, position=asked_position(leg.leg.number, required.position))
        for required in sorted(leg.version.papers.all(), key=lambda paper: paper.position)
        if not required.is_note and asks_paper(sharing, required.position)
    ]
