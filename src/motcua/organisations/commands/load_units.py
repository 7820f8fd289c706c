"""Load a nationwide list of units: provinces, districts of before, communes, or what became of each old commune."""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

from motcua.kernel import events
from motcua.organisations.commands.unit_register import Outcome, UnitRegister
from motcua.organisations.events import UnitsLoaded
from motcua.organisations.reports import FileUnreadable, LoadReport, Progress, RejectedLine
from motcua.organisations.unit_lists import LineUnclear, read_unit_file

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = ["FileUnreadable", "LoadReport", "load_units"]

_SUBJECT: Final = "units"
_ONE_LOAD_AT_A_TIME: Final = 7_102_025
_PROGRESS_EVERY: Final = 500


@transaction.atomic
def load_units(
    path: Path, *, at: datetime, actor: "User | None" = None, progress: Progress | None = None
) -> LoadReport:
    """Load one nationwide list, told by its columns, and report every line.

    A broken line is reported and the others are loaded; a second load of the same file changes nothing and leaves no
    event. Raises `FileUnreadable`, and then nothing was loaded. Provinces that are needed and not there are entered.
    Codes of before 1 July 2025 are given to units that end that day, so a code in use again names two units, each in
    its time.
    """
    file = read_unit_file(path)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_LOAD_AT_A_TIME])
    register = UnitRegister()
    rejected = [RejectedLine(number, "COLUMN_COUNT", "too few or too many columns") for number in file.ragged]
    counts = dict.fromkeys(Outcome, 0)
    for done, line in enumerate(file.lines, start=1):
        try:
            counts[register.enter(file.kind, line)] += 1
        except LineUnclear as unclear:
            rejected.append(RejectedLine(line.number, unclear.reason, unclear.detail))
        if progress and done % _PROGRESS_EVERY == 0:
            progress(done, len(file.lines))
    register.write()
    if progress:
        progress(len(file.lines), len(file.lines))
    report = LoadReport(
        file=path.name,
        loaded=counts[Outcome.CREATED],
        changed=counts[Outcome.CHANGED],
        unchanged=counts[Outcome.UNCHANGED],
        rejected=tuple(sorted(rejected, key=lambda one: one.line)),
    )
    if report.loaded or report.changed:
        _record(report, path, actor, at)
    return report


def _record(report: LoadReport, path: Path, actor: "User | None", at: datetime) -> None:
    event = UnitsLoaded(
        subject=_SUBJECT,
        file=report.file,
        digest=hashlib.sha256(path.read_bytes()).hexdigest(),
        loaded_count=report.loaded,
        changed_count=report.changed,
        rejected_count=len(report.rejected),
    )
    events.record(event, actor=actor, at=at)
