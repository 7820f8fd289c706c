"""Enter a legal document, change what is known of it, and say what it does to others."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.kernel import events
from motcua.kernel.events import plain
from motcua.legislation.commands.reckon import reckon
from motcua.legislation.definitions import WRITTEN, DocumentDefinition
from motcua.legislation.events import DocumentChanged, DocumentEntered, DocumentsRelated, RelationRemoved
from motcua.legislation.facts import keeping_unit_ids
from motcua.legislation.models import DocumentRelation, LegalDocument
from motcua.rules.legal_effect import Relation
from motcua.rules.legal_numbers import NumberUnclear, address_of, read_number
from motcua.rules.legal_rights import MayNotKeepLaw, may_keep_law

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = [
    "AlreadyEntered",
    "MayNotKeepLaw",
    "NotTwoDocuments",
    "RelatedAlready",
    "change_document",
    "enter_document",
    "put_document",
    "relate",
    "remove_relation",
]


class AlreadyEntered(Exception):
    """The register has the document, as `code`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class RelatedAlready(Exception):
    """That relation stands in the register."""


class NotTwoDocuments(Exception):
    """A document does nothing to itself."""


_KEPT = ("number", "territory", "source", "source_url")


@dataclass(frozen=True, slots=True)
class Tie:
    """What a document does to another; `articles` empty: to all of it. Half-open days; None: the document's own."""

    relation: Relation
    target: LegalDocument
    articles: str = ""
    from_day: date | None = None
    until: date | None = None


@transaction.atomic
def enter_document(
    *, definition: DocumentDefinition, ties: tuple[Tie, ...] = (), actor: "User", at: datetime
) -> LegalDocument:
    """Enter a document with what it does to others; one known by its number alone is filled in.

    Raises `MayNotKeepLaw` and `AlreadyEntered`.
    """
    _check(actor, at)
    return put_document(definition=definition, ties=ties, actor=actor, at=at)


def put_document(
    *, definition: DocumentDefinition, ties: tuple[Tie, ...], actor: "User", at: datetime, text: str = ""
) -> LegalDocument:
    """Enter a document for somebody who may, inside their transaction, with its whole `text` where that is known.

    Raises `AlreadyEntered`, `RelatedAlready` and `NotTwoDocuments`.
    """
    document = _room_for(definition)
    document.text = text or document.text
    _write(document, definition)
    for tie in ties:
        _tie(document, tie)
    reckon()
    event = DocumentEntered(
        subject=document.code,
        number=document.number,
        effective_from=document.effective_from,
        effective_until=document.effective_until,
    )
    events.record(event, actor=actor, at=at)
    return document


@transaction.atomic
def change_document(
    *, document: LegalDocument, definition: DocumentDefinition, actor: "User", at: datetime
) -> LegalDocument:
    """Write what is known of a document anew; number and territory, which name it, stay, and where it came from.

    Saying what stands there already changes and records nothing. Raises `MayNotKeepLaw`.
    """
    _check(actor, at)
    document = LegalDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    said = {**asdict(definition), **{name: getattr(document, name) for name in _KEPT}}
    was = {name: getattr(document, name) for name in WRITTEN if getattr(document, name) != said[name]}
    if not was and not document.is_stub:
        return document
    _write(document, DocumentDefinition(**said))
    reckon()
    before = {name: str(plain(value)) if value is not None else "" for name, value in was.items()}
    events.record(DocumentChanged(subject=document.code, was=before), actor=actor, at=at)
    return document


@transaction.atomic
def relate(*, source: LegalDocument, tie: Tie, actor: "User", at: datetime) -> DocumentRelation:
    """Say what `source` does to another document. Raises `MayNotKeepLaw`, `NotTwoDocuments` and `RelatedAlready`."""
    _check(actor, at)
    source = LegalDocument.objects.select_for_update(of=("self",)).get(pk=source.pk)
    relation = _tie(source, tie)
    reckon()
    event = DocumentsRelated(
        subject=source.code,
        relation=tie.relation,
        target=tie.target.code,
        articles=tie.articles,
        from_day=tie.from_day,
        until=tie.until,
    )
    events.record(event, actor=actor, at=at)
    return relation


@transaction.atomic
def remove_relation(*, relation: DocumentRelation, actor: "User", at: datetime) -> None:
    """Take a relation away that was entered by mistake; the record keeps it. Raises `MayNotKeepLaw`.

    Doing it twice is safe.
    """
    _check(actor, at)
    found = DocumentRelation.objects.select_for_update(of=("self",)).select_related("source", "target")
    kept = found.filter(pk=relation.pk).first()
    if kept is None:
        return
    event = RelationRemoved(
        subject=kept.source.code, relation=kept.kind, target=kept.target.code, articles=kept.articles
    )
    kept.delete()
    reckon()
    events.record(event, actor=actor, at=at)


def _check(actor: "User", at: datetime) -> None:
    today = timezone.localdate(at)
    if not may_keep_law(keeping_unit_ids(), grants_of(actor, today), on=today):
        raise MayNotKeepLaw


def _room_for(definition: DocumentDefinition) -> LegalDocument:
    """Return the row to write: a stub of that number, or a new one; of two who enter one number, the second waits."""
    code = address_of(definition.number, definition.territory)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"legislation.number.{code}"])
    _check_own_series(definition)
    known = LegalDocument.objects.select_for_update(of=("self",)).filter(code=code).first()
    if known is None:
        return LegalDocument(code=code)
    if known.is_stub:
        return known
    if definition.issued_on is None or known.issued_on in {None, definition.issued_on}:
        raise AlreadyEntered(code)
    dated = address_of(
        definition.number, definition.territory, definition.issued_on
    )  # numbers without a year begin anew each January (J-03)
    if LegalDocument.objects.filter(code=dated).exists():
        raise AlreadyEntered(dated)
    return LegalDocument(code=dated)


def _check_own_series(definition: DocumentDefinition) -> None:
    """Refuse a number that the province gave before: one with a year ever, another in the same year (J-03)."""
    if not definition.is_own:
        return
    given = LegalDocument.objects.filter(
        is_own=True, is_stub=False, number=definition.number, territory=definition.territory
    )
    try:
        has_year = read_number(definition.number).year is not None
    except NumberUnclear:
        has_year = False
    if not has_year:
        year = definition.issued_on.year if definition.issued_on else None
        given = given.filter(issuer=definition.issuer, issued_on__year=year)
    known = given.first()
    if known is not None:
        raise AlreadyEntered(known.code)


def _write(document: LegalDocument, definition: DocumentDefinition) -> None:
    for name, value in asdict(definition).items():
        setattr(document, name, value)
    document.search_key = definition.search_key
    document.is_stub, document.loaded_hash = False, ""  # from now on no file writes over it
    document.save()


def _tie(source: LegalDocument, tie: Tie) -> DocumentRelation:
    if source.pk == tie.target.pk:
        raise NotTwoDocuments
    try:
        with transaction.atomic():
            return DocumentRelation.objects.create(
                source=source,
                target=tie.target,
                kind=tie.relation,
                articles=tie.articles,
                from_day=tie.from_day,
                until=tie.until,
            )
    except IntegrityError as clash:
        raise RelatedAlready from clash
