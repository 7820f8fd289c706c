"""The comparison of a package with what is here, kept so that a page reads a few rows and not the whole set-up."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Final

from django.db.models import Max

from motcua.accounts.events import RoleGranted, RoleRevoked, RolesBroughtIn
from motcua.catalogue.carried import CarriedProcedure
from motcua.kernel.events import Event
from motcua.kernel.models import EventRecord
from motcua.province_setup.archive import Manifest
from motcua.province_setup.json_values import Json
from motcua.province_setup.merging import State
from motcua.province_setup.models import ComparedItem, PackageComparison
from motcua.province_setup.preview import ItemLine, KindPreview

MOST_DIFFERENCES: Final = 30
_LONGEST_VALUE: Final = 200
_FEW_EVENTS: Final = 20_000
_SETUP_APPS: Final = ("organisations", "legislation", "catalogue", "posting")
_SETUP_EVENTS: Final = (RoleGranted, RoleRevoked, RolesBroughtIn)


def keep_comparison(manifest_sha256: str, found: Sequence[KindPreview], at: datetime) -> PackageComparison:
    """Keep what a preview found in place of an earlier one of the same content; items that are the same are counted."""
    comparison = _kept(manifest_sha256, {one.kind.name: dict(one.counts) for one in found}, at)
    ComparedItem.objects.bulk_create(
        (
            _item(comparison, one, position, line)
            for one in found
            for position, line in enumerate(line for line in one.lines if line.state is not State.SAME)
        ),
        batch_size=1000,
    )
    return comparison


def keep_sameness(manifest_sha256: str, manifest: Manifest, at: datetime) -> PackageComparison:
    """Keep that a package says what is here now, item for item, as one that was made this moment does."""
    counts: dict[str, dict[State, int]] = {}
    for listed in manifest.files:
        kind = counts.setdefault(listed.kind, {State.SAME: 0})
        kind[State.SAME] += listed.count
    return _kept(manifest_sha256, counts, at)


def is_stale(comparison: PackageComparison) -> bool:
    """Tell whether something of the set-up may have changed since. Two queries, whatever happened in between."""
    newest = _newest_event()
    if newest == comparison.last_event:
        return False
    if newest - comparison.last_event > _FEW_EVENTS:
        return True
    later = EventRecord.objects.filter(pk__gt=comparison.last_event)
    return later.filter(kind__in=setup_event_names()).exists()


def setup_event_names() -> frozenset[str]:
    """Return the names of the events after which a comparison may no longer hold."""
    kinds = {one for one in Event.__subclasses__() if one.__module__.split(".")[1] in _SETUP_APPS}
    return frozenset(one.__name__ for one in {*kinds, *_SETUP_EVENTS})


def _newest_event() -> int:
    return EventRecord.objects.aggregate(newest=Max("pk"))["newest"] or 0


def _kept(manifest_sha256: str, counts: dict[str, dict[State, int]], at: datetime) -> PackageComparison:
    values = {"counts": counts, "at": at, "last_event": _newest_event()}
    comparison, is_new = PackageComparison.objects.select_for_update().update_or_create(
        manifest_sha256=manifest_sha256, defaults=values
    )
    if not is_new:
        comparison.items.all().delete()
    return comparison


def _item(comparison: PackageComparison, one: KindPreview, position: int, line: ItemLine) -> ComparedItem:
    shown = line.differences[:MOST_DIFFERENCES]
    return ComparedItem(
        comparison=comparison,
        kind=one.kind.name,
        position=position,
        key=line.key,
        name=line.name,
        state=line.state,
        differences=[
            {
                "path": told.path,
                "ours": _short(told.ours),
                "theirs": _short(told.theirs),
                "effect": told.effect,
            }
            for told in shown
        ],
        more=len(line.differences) - len(shown),
        held_by=[asdict(need) for need in line.held_by],
        open_dossier_count=line.open_dossier_count,
        choice=_choice(one, line),
    )


def _choice(one: KindPreview, line: ItemLine) -> str:
    """Return what somebody may decide about an item that clashes."""
    if line.if_taken is not None:
        return ComparedItem.Choice.TAKE
    may_publish = (
        one.kind.values is CarriedProcedure
        and line.state is State.CLASH
        and not line.open_dossier_count
        and not line.merged["withdrawn_on"]
    )
    return ComparedItem.Choice.PUBLISH_ANEW if may_publish else ComparedItem.Choice.NONE


def _short(value: Json) -> Json:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return value if len(text) <= _LONGEST_VALUE else text[:_LONGEST_VALUE]
