"""Enter the legal documents of the demonstration, as data/laws.yaml says."""

from collections.abc import Callable
from datetime import datetime
from functools import cache

from motcua.accounts.models import User
from motcua.demo.records import DATA, Record, read_file
from motcua.legislation.commands.keep import Tie, enter_document
from motcua.legislation.definitions import DocumentDefinition
from motcua.legislation.models import LegalDocument
from motcua.rules.legal_effect import Relation
from motcua.rules.legal_numbers import address_of, kind_of, read_number

KEEPER = "tuphap"


def load_laws(*, at: datetime, step: Callable[[], None]) -> None:
    """Enter every document as the legal officer; one that the register has already is left alone."""
    keeper = User.objects.get(username=KEEPER)
    for definition, ties in _documents():
        if not LegalDocument.objects.filter(code=address_of(definition.number)).exists():
            found = tuple(Tie(relation, LegalDocument.objects.get(number=number)) for relation, number in ties)
            enter_document(definition=definition, ties=found, actor=keeper, at=at)
        step()


def law_count() -> int:
    """Return how many steps `load_laws` reports."""
    return len(_documents())


@cache
def _documents() -> tuple[tuple[DocumentDefinition, tuple[tuple[Relation, str], ...]], ...]:
    file = read_file(DATA / "laws.yaml")
    found = tuple(_document(record) for record in file.records("documents"))
    file.finish()
    return found


def _document(record: Record) -> tuple[DocumentDefinition, tuple[tuple[Relation, str], ...]]:
    number = record.text("number")
    definition = DocumentDefinition(
        number=number,
        kind=kind_of(read_number(number)),
        title=record.text("title"),
        issuer=record.text("issuer"),
        is_own=record.flag("is_own", default=False),
        issued_on=record.day("issued_on"),
        effective_from=record.day("effective_from") if record.has("effective_from") else None,
    )
    ties = tuple(_tie(tie) for tie in record.records("does", may_be_missing=True))
    record.finish()
    return definition, ties


def _tie(record: Record) -> tuple[Relation, str]:
    found = record.choice("relation", Relation), record.text("to")
    record.finish()
    return found
