"""Load legal documents from a file: number, type, title, agency, date, status, and what replaced or amended each."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

from motcua.kernel import events
from motcua.kernel.events import plain
from motcua.legislation.commands.reckon import reckon
from motcua.legislation.definitions import DocumentDefinition
from motcua.legislation.events import DocumentsLoaded
from motcua.legislation.models import DocumentRelation, LegalDocument
from motcua.organisations.records import RawLine, RecordUnclear, Values, count_records, read_lines
from motcua.organisations.reports import FileUnreadable, LoadReport, Progress, RejectedLine
from motcua.rules.legal_effect import EndReason, Relation
from motcua.rules.legal_numbers import KIND_OF_WORD, Kind, NumberUnclear, address_of, kind_of, read_number

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = ["FileUnreadable", "LoadReport", "load_documents"]

_NEEDED: Final = frozenset({"number", "type"})
_ONE_LOAD_AT_A_TIME: Final = 64_2025_1
_BATCH: Final = 500
_ENDED: Final = frozenset({"expired", "expired_or_replaced"})
_OVER: Final = {"replaced_by": Relation.REPLACES, "amended_by": Relation.AMENDS}


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line understood: the document, and the numbers of those that did something to it."""

    line: int
    definition: DocumentDefinition
    done_by: tuple[tuple[Relation, str], ...]
    is_ended: bool

    @property
    def names(self) -> tuple[str, ...]:
        """The addresses it may stand under: number and territory, or also the day, where the number has no year."""
        said = self.definition
        plain_name = address_of(said.number, said.territory)
        if said.issued_on is None or read_number(said.number).year is not None:
            return (plain_name,)
        return plain_name, address_of(said.number, said.territory, said.issued_on)

    @property
    def digest(self) -> str:
        """What the line says, to tell whether it says it again."""
        said = {"said": plain(asdict(self.definition)), "by": sorted(self.done_by), "ended": self.is_ended}
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def load_documents(
    path: Path, *, at: datetime, actor: "User | None" = None, progress: Progress | None = None
) -> LoadReport:
    """Load JSON lines (also gzipped) or XLSX, and report every line.

    A document known by its number and territory, and by its day where the number has no year (J-02), is changed where
    the file says something new; what a legal officer wrote by hand stays (`kept`). Documents that others name and
    nobody describes are entered by their number alone. A status without a day says nothing about when a document ended,
    and is kept as a note: effect is reckoned from days.
    Raises `FileUnreadable`, and then nothing was loaded.
    """
    total = count_records(path, needed=_NEEDED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_LOAD_AT_A_TIME])
    entries, rejected = _read(read_lines(path, needed=_NEEDED))
    known = _known()
    places = _places(entries, known)
    fresh = [(entry, code) for entry, code in places if code not in known]
    theirs = [(entry, code) for entry, code in places if code in known and _may_write(known[code])]
    changed = [(entry, code) for entry, code in theirs if known[code].loaded_hash != entry.digest]
    kept = len(entries) - len(fresh) - len(theirs)
    LegalDocument.objects.bulk_create(
        (_row(entry, LegalDocument(code=code)) for entry, code in fresh), batch_size=_BATCH
    )
    _update([_row(entry, known[code]) for entry, code in changed])
    _relate([*fresh, *changed])
    if fresh or changed:
        reckon()
    if progress:
        progress(total, total)
    report = LoadReport(
        file=path.name,
        loaded=len(fresh),
        changed=len(changed),
        unchanged=len(entries) - len(fresh) - len(changed),
        rejected=tuple(rejected),
        kept=kept,
    )
    if fresh or changed:
        _record(report, path, actor, at)
    return report


def _read(lines: Iterable[RawLine]) -> tuple[list[_Entry], list[RejectedLine]]:
    entries: list[_Entry] = []
    seen: dict[str, int] = {}
    rejected: list[RejectedLine] = []
    for line in lines:
        try:
            if line.unclear is not None:
                raise line.unclear
            entry = _entry(line.number, Values(line.values))
            _refuse_repeated(entry, seen)
            entries.append(entry)
        except RecordUnclear as unclear:
            rejected.append(RejectedLine(line.number, unclear.fault, unclear.detail))
    return entries, rejected


def _refuse_repeated(entry: _Entry, seen: dict[str, int]) -> None:
    """Refuse a second line under the same name; one without a day could be any of the same number before it."""
    name = entry.names[-1]
    if name in seen:
        raise RecordUnclear("REPEATED", f"{entry.definition.number} stands on line {seen[name]} already")
    seen |= {one: entry.line for one in entry.names if one not in seen}


def _entry(line: int, values: Values) -> _Entry:
    number = _number(values.text("number", 100))
    status = values.text("effect_status", 40)
    remarks = [values.text(key) for key in ("effect_status", "effect_note") if status not in {"", "unknown"}]
    definition = DocumentDefinition(
        number=number,
        kind=_kind(values.text("type"), number),
        title=values.text("title"),
        issuer=values.text("issuing_agency", 200),
        territory=values.text("province", 200),
        issued_on=_day(values, "issue_date"),
        effective_from=_day(values, "effective_from"),
        effective_until=_day(values, "effective_until"),
        end_reason=EndReason.ENTERED.value if _day(values, "effective_until") else "",
        note=" · ".join(remark for remark in remarks if remark),
        source=values.text("source", 300),
        source_url=values.text("gazette_url", 500),
    )
    by = tuple((relation, _number(one)) for key, relation in _OVER.items() for one in values.texts(key))
    return _Entry(line, definition, by, status in _ENDED)


def _number(text: str) -> str:
    try:
        return str(read_number(text))
    except NumberUnclear:
        raise RecordUnclear("NOT_A_NUMBER", text[:60]) from None


def _kind(word: str, number: str) -> Kind:
    return KIND_OF_WORD.get(word.lower()) or kind_of(read_number(number))


def _day(values: Values, key: str) -> date | None:
    text = values.text(key)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RecordUnclear("NOT_A_DAY", f"{key}={text[:20]}") from None


def _known() -> dict[str, LegalDocument]:
    """Return every document by its address, locked until the load is over."""
    rows = LegalDocument.objects.select_for_update(of=("self",)).defer("text").order_by("pk")
    return {document.code: document for document in rows}


def _places(entries: list[_Entry], known: dict[str, LegalDocument]) -> list[tuple[_Entry, str]]:
    """Return each entry with the address it stands under: where it is already, or the first that is free for it."""
    taken: set[str] = set()
    places = []
    for entry in entries:
        code = _place(entry, known, taken)
        taken.add(code)
        places.append((entry, code))
    return places


def _place(entry: _Entry, known: dict[str, LegalDocument], taken: set[str]) -> str:
    plain_name, dated = entry.names[0], entry.names[-1]
    there = known.get(plain_name)
    if dated in known or plain_name in taken:
        return dated
    is_another = there is not None and not there.is_stub and there.issued_on not in {None, entry.definition.issued_on}
    return dated if is_another else plain_name


def _may_write(document: LegalDocument) -> bool:
    """Tell whether nobody here has written the document by hand."""
    return document.is_stub or bool(document.loaded_hash)


def _row(entry: _Entry, document: LegalDocument) -> LegalDocument:
    for name, value in asdict(entry.definition).items():
        setattr(document, name, value)
    document.search_key = entry.definition.search_key
    document.loaded_hash = entry.digest
    document.is_stub = False
    return document


def _update(documents: list[LegalDocument]) -> None:
    columns = [*DocumentDefinition.__dataclass_fields__, "search_key", "loaded_hash", "is_stub"]
    LegalDocument.objects.bulk_update(documents, columns, batch_size=_BATCH)


def _relate(places: list[tuple[_Entry, str]]) -> None:
    """Write who replaced and amended whom; a number nobody describes becomes a stub in the same territory.

    What an earlier file said of the same documents and this one does not goes.
    """
    named = [(entry, at, relation, number) for entry, at in places for relation, number in entry.done_by]
    known = dict(LegalDocument.objects.values_list("code", "pk"))
    wanted: dict[str, tuple[str, str]] = {}
    for entry, _at, _relation, number in named:
        code = _code_of(number, entry.definition.territory, known)
        if code not in known:
            wanted[code] = (number, entry.definition.territory)
    LegalDocument.objects.bulk_create(_stubs(wanted), batch_size=_BATCH)
    known = dict(LegalDocument.objects.values_list("code", "pk"))
    said = {
        (source, known[at], relation.value)
        for entry, at, relation, number in named
        if (source := known[_code_of(number, entry.definition.territory, known)]) != known[at]
    }
    there = DocumentRelation.objects.filter(target__in=[known[at] for _entry, at in places])
    loaded = there.filter(is_loaded=True).values_list("pk", "source", "target", "kind")
    DocumentRelation.objects.filter(pk__in=[pk for pk, *tie in loaded if tuple(tie) not in said]).delete()
    DocumentRelation.objects.bulk_create(
        (
            DocumentRelation(source_id=source, target_id=target, kind=kind, is_loaded=True)
            for source, target, kind in sorted(said)
        ),
        ignore_conflicts=True,
        batch_size=_BATCH,
    )


def _code_of(number: str, territory: str, known: dict[str, int]) -> str:
    """Return the code of a number named beside a document of `territory`: there, or one that holds everywhere."""
    there = address_of(number, territory)
    everywhere = address_of(number)
    return everywhere if there not in known and everywhere in known else there


def _stubs(wanted: dict[str, tuple[str, str]]) -> Iterator[LegalDocument]:
    for code, (number, territory) in wanted.items():
        definition = DocumentDefinition(number=number, kind=kind_of(read_number(number)), territory=territory)
        row = LegalDocument(code=code, is_stub=True, search_key=definition.search_key)
        row.number, row.kind, row.territory = number, definition.kind, territory
        yield row


def _record(report: LoadReport, path: Path, actor: "User | None", at: datetime) -> None:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    event = DocumentsLoaded(
        subject="legal-documents",
        file=report.file,
        digest=digest,
        loaded_count=report.loaded,
        changed_count=report.changed,
        unchanged_count=report.unchanged,
        rejected_count=len(report.rejected),
    )
    events.record(event, actor=actor, at=at)
