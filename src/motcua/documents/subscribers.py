"""What documents do when something happens below them. Runs in the transaction of the event."""

from datetime import datetime

from motcua.catalogue.events import PublicationIssued
from motcua.catalogue.models import PublicationDecision
from motcua.documents.issued_decisions import fix_decision
from motcua.documents.tasks import draw_decision
from motcua.kernel.events import subscribe


def keep_decision(event: PublicationIssued, at: datetime) -> None:
    """Fix the paper of a published decision, and have it drawn and kept."""
    decision = PublicationDecision.objects.select_related("issuer").get(key=event.subject)
    draw_decision.defer(document_id=fix_decision(decision, at).pk)


subscribe(PublicationIssued, keep_decision)
