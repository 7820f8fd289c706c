"""The papers of publication decisions: fixed when published, drawn once, kept by their content (C-06)."""

from datetime import datetime

from django.db import transaction

from motcua.catalogue.models import PublicationDecision
from motcua.documents.catalogue_drawing import CataloguePaper, draw
from motcua.documents.models import IssuedDocument, StoredFile
from motcua.documents.publication_paper import decision_data
from motcua.documents.storage import keep, read

KIND = "PUBLICATION_DECISION"


def fix_decision(decision: PublicationDecision, at: datetime) -> IssuedDocument:
    """Fix what the paper of a decision published at `at` says; a second time changes nothing.

    Its number here is the key of the decision: numbers of decisions begin anew every year (J-03).
    """
    said = {"data": decision_data(decision, at=at), "issued_at": at, "subject": str(decision.key)}
    return IssuedDocument.objects.get_or_create(kind=KIND, number=str(decision.key), defaults=said)[0]


def decision_pdf(decision: PublicationDecision, *, at: datetime) -> bytes:
    """Return the paper of a decision: of a published one what was kept, else a draft as it stands at `at`.

    A decision published before papers were kept is drawn from what it says now, and not kept.
    """
    issued = IssuedDocument.objects.select_related("file").filter(kind=KIND, number=str(decision.key)).first()
    if issued is None:
        return draw(CataloguePaper.DECISION, decision_data(decision, at=decision.published_at or at))
    return read(issued.file or draw_decision(issued.pk))


@transaction.atomic
def draw_decision(pk: int) -> StoredFile:
    """Draw the paper unless somebody has done so, and return its file."""
    issued = IssuedDocument.objects.select_for_update().get(pk=pk, kind=KIND)
    if issued.file is None:
        drawn = draw(CataloguePaper.DECISION, issued.data)
        name = f"quyet-dinh-{issued.data['number'].replace('/', '-')}.pdf"
        issued.file = keep(drawn, media_type="application/pdf", name=name, by=None, at=issued.issued_at)
        issued.save(update_fields=["file"])
    return issued.file
