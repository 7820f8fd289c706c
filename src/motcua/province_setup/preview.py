"""What a package would do here, item by item, before anything is done."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from motcua.dossiers.models import Dossier
from motcua.province_setup.archive import Archive, Fault, PackageRefused
from motcua.province_setup.contents import as_item, items_here
from motcua.province_setup.json_values import Json, ValueUnclear, from_json
from motcua.province_setup.kinds import BY_NAME, KINDS, Kind
from motcua.province_setup.merging import Difference, Effect, Item, State, merge

_PROCEDURES = "procedures"
_CHANGEABLE = "withdrawn_on"


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item: its key, what people call it, how it stands, what differs, and how it would stand here afterwards.

    `open_dossier_count` is of a procedure that would be withdrawn under them: it then clashes.
    """

    key: str
    name: str
    state: State
    differences: tuple[Difference, ...]
    merged: Item
    told: Item
    open_dossier_count: int = 0


@dataclass(frozen=True, slots=True)
class KindPreview:
    """The items of one kind, those that would change something first, and how many stand in each state."""

    kind: Kind
    lines: tuple[ItemLine, ...]
    counts: Mapping[State, int]

    @property
    def written_count(self) -> int:
        """How many items would be written."""
        return self.counts[State.NEW] + self.counts[State.CHANGED]


def preview(archive: Archive) -> list[KindPreview]:
    """Compare a package with what is here, kind by kind. Raises `PackageRefused` where a value cannot be read."""
    strange = archive.items.keys() - BY_NAME.keys()
    if strange:
        raise PackageRefused(Fault.CONTENT_UNCLEAR, min(strange))
    return [_kind_preview(kind, archive.items.get(kind.name, ())) for kind in KINDS]


def _kind_preview(kind: Kind, said: Sequence[Json]) -> KindPreview:
    theirs = _read(kind, said)
    ours = {kind.rules.key_of(item): item for item in items_here(kind)}
    busy = _open_dossiers(theirs) if kind.name == _PROCEDURES else {}
    lines = [_line(kind, key, ours.get(key), item, busy) for key, item in theirs.items()]
    here_only = [
        ItemLine(key, name_of(item), State.HERE_ONLY, (), item, item) for key, item in ours.items() if key not in theirs
    ]
    lines.extend(here_only)
    order = list(State)
    lines.sort(key=lambda line: order.index(line.state))
    counts = Counter(line.state for line in lines)
    return KindPreview(kind, tuple(lines), {state: counts[state] for state in State})


def _read(kind: Kind, said: Iterable[Json]) -> dict[str, Item]:
    """Return the items of a package by key, every value of them checked."""
    found: dict[str, Item] = {}
    for place, item in enumerate(said):
        try:
            told = as_item(from_json(kind.values, item))
        except ValueUnclear as unclear:
            raise PackageRefused(Fault.CONTENT_UNCLEAR, f"{kind.name}.{place}: {unclear.path}") from unclear
        key = kind.rules.key_of(told)
        if key in found or told.get("versions") == []:
            raise PackageRefused(Fault.CONTENT_UNCLEAR, f"{kind.name}: {key}")
        found[key] = told
    return found


def _line(kind: Kind, key: str, ours: Item | None, theirs: Item, busy: Mapping[str, int]) -> ItemLine:
    if ours is None:
        return ItemLine(key, name_of(theirs), State.NEW, (), theirs, theirs)
    merged = merge(ours, theirs, kind.rules)
    withdrawn = any(one.path == _CHANGEABLE and one.effect is Effect.ENDS for one in merged.differences)
    open_count = busy.get(key, 0) if withdrawn else 0
    state = State.CLASH if open_count else merged.state
    return ItemLine(key, name_of(theirs), state, merged.differences, merged.item, theirs, open_count)


def _open_dossiers(theirs: Mapping[str, Item]) -> Mapping[str, int]:
    """Return how many dossiers under way each procedure has that the package says is withdrawn."""
    withdrawn = [key for key, item in theirs.items() if item["withdrawn_on"]]
    rows = Dossier.objects.under_way().filter(procedure_version__procedure__code__in=withdrawn).order_by()
    return Counter(rows.values_list("procedure_version__procedure__code", flat=True))


def name_of(item: Item) -> str:
    """Return what people call an item: its title or name where it has one."""
    for field in ("title", "name", "source", "term", "role", "decision_no", "spans"):
        if item.get(field):
            return str(item[field])
    written = item.get("written")
    return str(written.get("title") or written.get("number")) if isinstance(written, dict) else ""
