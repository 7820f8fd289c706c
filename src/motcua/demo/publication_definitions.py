"""The publication decision that the demonstration is preparing, as data/publication.yaml says it."""

from dataclasses import dataclass
from functools import cache

from motcua.demo.records import DATA, Record, read_file
from motcua.rules.declarations import Condition, FieldDefinition, FieldKind


@dataclass(frozen=True, slots=True)
class NewProcedureDefinition:
    """A procedure that the province is about to regulate."""

    code: str
    title: str
    sector: str
    limit: str
    agency: str
    place: str
    fee_basis: str
    steps: tuple[str, ...]
    subjects: tuple[str, ...]
    papers: tuple[str, ...]
    results: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublicationDefinition:
    """A decision with its one procedure and what that asks."""

    title: str
    norm: str
    procedure: NewProcedureDefinition
    declaration: tuple[FieldDefinition, ...]


@cache
def publication() -> PublicationDefinition:
    """Return the decision; raises `DefinitionFault`."""
    file = read_file(DATA / "publication.yaml")
    procedure = _procedure(file.record("procedure"))
    declaration = tuple(_field(record) for record in file.records("declaration"))
    found = PublicationDefinition(file.text("title"), file.text("norm"), procedure, declaration)
    file.finish()
    return found


def _procedure(record: Record) -> NewProcedureDefinition:
    found = NewProcedureDefinition(
        code=record.text("code"),
        title=record.text("title"),
        sector=record.text("sector"),
        limit=record.text("limit"),
        agency=record.text("agency"),
        place=record.text("place"),
        fee_basis=record.text("fee_basis"),
        steps=record.texts("steps"),
        subjects=record.texts("subjects"),
        papers=record.texts("papers"),
        results=record.texts("results"),
    )
    record.finish()
    return found


def _field(record: Record) -> FieldDefinition:
    kind = record.choice("kind", FieldKind)
    condition = Condition(record.text("when"), record.texts("values")) if record.has("when") else None
    found = FieldDefinition(
        key=record.text("key"),
        label=record.text("label"),
        kind=kind.value,
        required=record.flag("required", default=True),
        options=record.texts("options") if record.has("options") else (),
        help=record.text("help", ""),
        least=record.whole("least") if record.has("least") else None,
        most=record.whole("most") if record.has("most") else None,
        condition=condition,
        group=record.text("group", ""),
        prefill=record.text("prefill", ""),
        default=record.text("default", ""),
    )
    record.finish()
    return found
