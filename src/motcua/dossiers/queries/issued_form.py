"""The PDF of a form the desk issued."""

from django.db import transaction

from motcua.documents.models import IssuedDocument, StoredFile
from motcua.documents.rendering import render
from motcua.documents.storage import keep, read
from motcua.rules.papers import PaperKind


def pdf_of(pk: int, reference: str) -> bytes:
    """Return the form `pk` issued about the dossier `reference`; raises `IssuedDocument.DoesNotExist`.

    It is drawn on the first opening from what was fixed at its issue, and kept: every later opening gives the same
    bytes, whatever became of the layout, the fonts or the dossier.
    """
    form = IssuedDocument.objects.select_related("file").get(pk=pk, subject=reference)
    return read(form.file or _drawn(pk))


@transaction.atomic
def _drawn(pk: int) -> StoredFile:
    """Draw the form unless somebody else has just done so, and return its file."""
    form = IssuedDocument.objects.select_for_update().get(pk=pk)  # a joined file would be that of before the wait
    if form.file is None:
        drawn = render(PaperKind(form.kind), form.data)
        name = f"{form.number.replace('/', '-')}.pdf"
        form.file = keep(drawn, media_type="application/pdf", name=name, by=None, at=form.issued_at)
        form.save(update_fields=["file"])
    return form.file
