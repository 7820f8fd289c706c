"""Load procedures from a file in the format of the national portal's public records."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from motcua.catalogue.commands.count_words import count_words
from motcua.catalogue.commands.shelf import Edition, Shelf, first_day
from motcua.catalogue.contents import content_of
from motcua.catalogue.definitions import Content, ProcedureDefinition, Provenance
from motcua.catalogue.events import ProceduresLoaded
from motcua.catalogue.local_list import listed_procedures, with_list
from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.catalogue.portal_format import definition_of
from motcua.kernel import events
from motcua.organisations.records import RawLine, RecordUnclear, Values, count_records, read_lines
from motcua.organisations.reports import FileUnreadable, LoadReport, Progress, RejectedLine

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = ["FileUnreadable", "LoadReport", "load_procedures"]

_SUBJECT: Final = "procedures"
_ONE_LOAD_AT_A_TIME: Final = 63_2010_8
_BATCH: Final = 250
# A sheet without one of these, which somebody has cut down, would empty that part of every procedure in it.
_NEEDED_COLUMNS: Final = frozenset(
    {"code", "title", "level", "time_limit_text", "fee_text", "components", "results", "legal_basis"}
)


@transaction.atomic
def load_procedures(
    path: Path, *, at: datetime, actor: "User | None" = None, progress: Progress | None = None
) -> LoadReport:
    """Load JSON lines (also gzipped) or XLSX, and report every line.

    A line that cannot be used is reported and the others are loaded, each whole or not at all. A procedure that says
    the same as before is left alone, one that says something else gets a new version; what was written by hand here,
    what the province's list decides (C-05), what has not begun yet, and what is newer than the file, stays. A load that
    changes nothing leaves no event. Raises `FileUnreadable`, and then nothing was loaded.
    """
    total = count_records(path, needed=_NEEDED_COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_LOAD_AT_A_TIME])
    load = _Load(at)
    for done, line in enumerate(read_lines(path, needed=_NEEDED_COLUMNS), start=1):
        load.take(line)
        if done % _BATCH == 0:
            load.store()
            if progress:
                progress(done, total)
    load.store()
    load.finish()
    if progress:
        progress(total, total)
    report = load.report(path.name)
    if report.loaded or report.changed:
        _record(report, path, actor, at)
    return report


def _record(report: LoadReport, path: Path, actor: "User | None", at: datetime) -> None:
    event = ProceduresLoaded(
        subject=_SUBJECT,
        file=report.file,
        digest=_digest(path),
        loaded_count=report.loaded,
        changed_count=report.changed,
        unchanged_count=report.unchanged,
        rejected_count=len(report.rejected),
    )
    events.record(event, actor=actor, at=at)


@dataclass(frozen=True, slots=True)
class _Known:
    """The open version of a procedure, as far as a line is compared with it."""

    version_id: int
    content_hash: str
    is_handmade: bool
    source_date: str
    valid_from: date
    listed: Content | None
    """What it says, where the province has published its list of a procedure regulated above."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A definition to be stored with the next batch."""

    line: int
    definition: ProcedureDefinition
    known: _Known | None


class _Load:
    """What is known of a load under way."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._today = timezone.localdate(at)
        self._shelf = Shelf()
        self._known = _open_versions()
        self._withdrawn = set(Procedure.objects.filter(withdrawn_on__isnull=False).values_list("code", flat=True))
        self._line_of: dict[str, int] = {}
        self._waiting: list[_Waiting] = []
        self._rejected: list[RejectedLine] = []
        self._loaded = self._changed = self._unchanged = self._kept = self._to_review = 0

    def take(self, line: RawLine) -> None:
        """Compare one line with what is there: reject it, leave it, or keep it for the next batch."""
        try:
            if line.unclear is not None:
                raise line.unclear
            definition = definition_of(Values(line.values))
            self._refuse_repeated(definition.code, line.number)
            known = self._known.get(definition.code)
            if known is not None and known.listed is not None:
                definition = replace(definition, content=with_list(definition.content, known.listed))
            if self._has_news(definition, known):
                self._waiting.append(_Waiting(line.number, definition, known))
        except RecordUnclear as unclear:
            self._reject(line.number, unclear.fault, unclear.detail)

    def store(self) -> None:
        """Store the batch; when the database refuses it, line by line, so that one line spoils no other."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        try:
            self._put(waiting)
        except DatabaseError:
            for one in waiting:
                self._put_alone(one)

    def _put_alone(self, one: _Waiting) -> None:
        self._shelf = Shelf()  # what the failed attempt had entered is gone again
        try:
            self._put([one])
        except DatabaseError as refusal:
            self._shelf = Shelf()
            self._reject(one.line, "STORE_REFUSED", str(refusal).splitlines()[0][:200])

    def finish(self) -> None:
        """Bring the search and the planner's figures up to date."""
        if self._loaded + self._changed == 0:
            return
        count_words()
        with connection.cursor() as cursor:
            cursor.execute(
                "ANALYZE catalogue_procedure, catalogue_procedureversion, catalogue_requiredpaper, catalogue_channel,"
                " catalogue_searchword, catalogue_searchslip"
            )

    def report(self, file: str) -> LoadReport:
        """Return what became of the lines."""
        return LoadReport(
            file=file,
            loaded=self._loaded,
            changed=self._changed,
            unchanged=self._unchanged,
            rejected=tuple(sorted(self._rejected, key=lambda one: one.line)),
            kept=self._kept,
            to_review=self._to_review,
        )

    def _refuse_repeated(self, code: str, line: int) -> None:
        first = self._line_of.setdefault(code, line)
        if first != line:
            raise RecordUnclear("REPEATED", f"{code} stands on line {first} already")
        if code in self._withdrawn:
            raise RecordUnclear("WITHDRAWN", code)

    def _has_news(self, definition: ProcedureDefinition, known: _Known | None) -> bool:
        if known is None:
            return True
        is_kept = known.is_handmade or (known.listed is not None and known.valid_from > self._today)
        if is_kept or known.content_hash == definition.digest:
            self._unchanged += 1
            self._kept += is_kept
            return False
        if definition.source.dated and definition.source.dated < known.source_date:
            raise RecordUnclear("OLDER_THAN_LOADED", f"{definition.source.dated} < {known.source_date}")
        return True

    def _put(self, waiting: list[_Waiting]) -> None:
        replaced = ProcedureVersion.objects.in_bulk([one.known.version_id for one in waiting if one.known])
        with transaction.atomic():
            self._shelf.put(list(self._editions(waiting, replaced)), at=self._at)
        for one in waiting:
            self._loaded += one.known is None
            self._changed += one.known is not None
            terms = one.definition.content.terms
            self._to_review += terms.limit_needs_review or terms.fee_needs_review

    def _editions(self, waiting: list[_Waiting], replaced: dict[int, ProcedureVersion]) -> Iterator[Edition]:
        for one in waiting:
            before = replaced[one.known.version_id] if one.known else None
            wanted = self._first_day_of(one.definition.source, before)
            yield Edition(
                definition=one.definition,
                valid_from=first_day(wanted, before),
                replaces=before,
                is_handmade=False,
            )

    def _first_day_of(self, source: Provenance, before: ProcedureVersion | None) -> date:
        """Return the day the source is of; today, when it does not say or the version before began no earlier."""
        told = min(source.first_day or self._today, self._today)
        return self._today if before is not None and told <= before.valid_from else told

    def _reject(self, line: int, fault: str, detail: str) -> None:
        self._rejected.append(RejectedLine(line, fault, detail))


def _open_versions() -> dict[str, _Known]:
    found = ProcedureVersion.objects.open_ended()
    rows = found.filter(procedure__in=listed_procedures()).prefetch_related("papers", "channels", "results")
    listed = {row.pk: content_of(row) for row in rows}
    columns = found.values_list("procedure__code", "pk", "content_hash", "is_handmade", "source_date", "valid_from")
    return {
        code: _Known(pk, content_hash, is_handmade, dated, first, listed.get(pk))
        for code, pk, content_hash, is_handmade, dated, first in columns
    }


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
