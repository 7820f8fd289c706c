"""Bring in legal documents of another installation, as a configuration package carries them."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from motcua.kernel import events
from motcua.legislation.carried import CarriedDocument
from motcua.legislation.commands.reckon import reckon
from motcua.legislation.events import DocumentsBroughtIn
from motcua.legislation.models import DocumentRelation, LegalDocument

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = ["DocumentNotThere", "bring_in_documents"]


class DocumentNotThere(Exception):
    """A document does something to one that neither comes with it nor is in the register."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def bring_in_documents(
    documents: Sequence[CarriedDocument], *, package: str, actor: "User | None", at: datetime
) -> None:
    """Enter documents that are not there, write the others anew, tie them, and reckon their effect (J-04).

    Raises `DocumentNotThere`.
    """
    if not documents:
        return
    codes = [document.code for document in documents]
    there = {row.code: row for row in LegalDocument.objects.select_for_update(of=("self",)).filter(code__in=codes)}
    for document in documents:
        there[document.code] = _write(document, there.get(document.code))
    named = {one.target for document in documents for one in document.relations} - there.keys()
    there.update({row.code: row for row in LegalDocument.objects.filter(code__in=named)})
    for code in sorted(named - there.keys()):
        raise DocumentNotThere(code)
    for document in documents:
        for told in document.relations:
            DocumentRelation.objects.update_or_create(
                source=there[document.code],
                target=there[told.target],
                kind=told.kind,
                articles=told.articles,
                defaults={"from_day": told.from_day, "until": told.until},
            )
    reckon()
    event = DocumentsBroughtIn(subject="legal-documents", package=package, item_count=len(documents))
    events.record(event, actor=actor, at=at)


def _write(document: CarriedDocument, row: LegalDocument | None) -> LegalDocument:
    row = row or LegalDocument(code=document.code)
    for name, value in asdict(document.written).items():
        setattr(row, name, value)
    row.search_key = document.written.search_key
    row.is_stub, row.text, row.loaded_hash = document.is_stub, document.text, document.loaded_hash
    row.save()
    return row
