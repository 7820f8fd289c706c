"""How long do all legal documents and all procedures take to be loaded, and does loading them again change nothing?

Goal: under 3 minutes each on a machine of two cores, the second time no change. The real records are looked for beside
the checkout (../shared/data); a machine without them has nothing to measure, and says so.
"""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from benchmarks.installation import installed, machine

REAL = Path(__file__).resolve().parents[2] / "shared" / "data"
GOAL_SECONDS = 180


def main() -> None:
    """Load each file twice, print seconds and outcome; exit 1 when the goal or the second time fails."""
    if not (REAL / "procedures.jsonl.gz").is_file():
        print("the real records are not beside this checkout: nothing to measure")
        return
    with installed(is_durable=True):
        from motcua.catalogue.commands.load_procedures import load_procedures  # noqa: PLC0415  # Django is ready now
        from motcua.kernel.models import EventRecord  # noqa: PLC0415
        from motcua.legislation.commands.load_documents import load_documents  # noqa: PLC0415
        from motcua.organisations.reports import LoadReport  # noqa: PLC0415

        print(machine())
        loads: dict[str, Callable[..., LoadReport]] = {
            "legal_documents.jsonl.gz": load_documents,
            "procedures.jsonl.gz": load_procedures,
        }
        is_good = True
        for name, load in loads.items():
            at, began = datetime(2026, 12, 1, tzinfo=UTC), perf_counter()
            first = load(REAL / name, at=at)
            seconds, events, began = perf_counter() - began, EventRecord.objects.count(), perf_counter()
            second = load(REAL / name, at=at)
            again = perf_counter() - began
            has_changed = second.loaded + second.changed > 0 or EventRecord.objects.count() != events
            is_good &= max(seconds, again) < GOAL_SECONDS and not has_changed
            print(f"{name}: first {seconds:.1f} s, {first.loaded} loaded, {len(first.rejected)} rejected")
            print(f"{name}: again {again:.1f} s, {second.unchanged} unchanged, changes: {has_changed}", flush=True)
        is_good &= _national()
    sys.exit(0 if is_good else 1)


def _national() -> bool:
    """Write the catalogue out, take it in as the national one twice and compare; tell whether nothing differs."""
    from motcua.exchange.commands.compare import compare  # noqa: PLC0415  # Django is ready now
    from motcua.exchange.commands.take_records import Told, take_records  # noqa: PLC0415
    from motcua.exchange.national_format import lines_of_records  # noqa: PLC0415
    from motcua.exchange.queries.exported import catalogue_records  # noqa: PLC0415

    at, began = datetime(2026, 12, 1, tzinfo=UTC), perf_counter()
    content = lines_of_records(catalogue_records(at.date()))
    print(f"national structure: written in {perf_counter() - began:.1f} s, {len(content):,} bytes")
    changed = 0
    for time in ("first", "again"):
        began = perf_counter()
        report = take_records(told=Told(content, is_whole=True), actor=None, at=at)
        changed = report.loaded + report.changed
        print(f"national structure: {time} taken in {perf_counter() - began:.1f} s, {changed} new or changed")
    began = perf_counter()
    differing = compare(at=at)
    print(f"national structure: compared in {perf_counter() - began:.1f} s, {differing} differ", flush=True)
    return changed == 0 and differing == 0


if __name__ == "__main__":
    main()
