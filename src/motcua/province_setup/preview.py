"""What a package would do here, item by item, before anything is done."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from motcua.dossiers.models import Dossier
from motcua.province_setup.archive import Archive, Fault, PackageRefused
from motcua.province_setup.contents import as_item, items_here
from motcua.province_setup.json_values import Json, ValueUnclear, from_json
from motcua.province_setup.kinds import BY_NAME, KINDS, Kind
from motcua.province_setup.merging import Difference, Effect, Item, Rules, State, Weight, merge
from motcua.province_setup.needs import PROCEDURES, Need, Standing, clashes_of, is_held_back

_CHANGEABLE = "withdrawn_on"
WRITTEN: Final = frozenset({State.NEW, State.CHANGED})
"""The states of items that would be written."""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item: its key, what people call it, how it stands, what differs, and how it would stand here afterwards.

    `ours` is None where it is not here. `open_dossier_count` is of a procedure that would be withdrawn under them: it
    then clashes. `held_by` is what it stands on and what stays otherwise here: it then clashes too. `if_taken` is how a
    clashing record of facts would stand here once somebody settles it for the package; None: nobody may.
    """

    key: str
    name: str
    state: State
    differences: tuple[Difference, ...]
    merged: Item
    told: Item
    ours: Item | None
    open_dossier_count: int = 0
    held_by: tuple[Need, ...] = ()
    if_taken: Item | None = None


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


Beside = dict[str, dict[str, ItemLine]]
"""The lines of each kind by their keys."""


def preview(archive: Archive) -> list[KindPreview]:
    """Compare a package with what is here, kind by kind. Raises `PackageRefused` where a value cannot be read."""
    strange = archive.items.keys() - BY_NAME.keys()
    if strange:
        raise PackageRefused(Fault.CONTENT_UNCLEAR, min(strange))
    beside: Beside = {}
    return [_kind_preview(kind, archive.items.get(kind.name, ()), beside) for kind in KINDS]


def _kind_preview(kind: Kind, said: Sequence[Json], beside: Beside) -> KindPreview:
    """Compare one kind; `beside` are the lines of the kinds before it, to which its own are added."""
    theirs = _read(kind, said)
    ours = {kind.rules.key_of(item): item for item in items_here(kind)}
    busy = _open_dossiers(theirs) if kind.name == PROCEDURES else {}
    lines = [_held(kind, _line(kind, key, ours.get(key), item, busy), beside) for key, item in theirs.items()]
    here_only = [
        ItemLine(key, name_of(item), State.HERE_ONLY, (), item, item, item)
        for key, item in ours.items()
        if key not in theirs
    ]
    lines.extend(here_only)
    beside[kind.name] = {line.key: line for line in lines}
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
        return ItemLine(key, name_of(theirs), State.NEW, (), theirs, theirs, None)
    merged = merge(ours, theirs, kind.rules)
    withdrawn = any(one.path == _CHANGEABLE and one.effect is Effect.ENDS for one in merged.differences)
    open_count = busy.get(key, 0) if withdrawn else 0
    state = State.CLASH if open_count else merged.state
    settled = merge(ours, theirs, kind.rules, weight=Weight.THEIRS) if state is State.CLASH else merged
    return ItemLine(
        key=key,
        name=name_of(theirs),
        state=state,
        differences=merged.differences,
        merged=merged.item,
        told=theirs,
        ours=ours,
        open_dossier_count=open_count,
        if_taken=settled.item if kind.rules.stub and state is State.CLASH and settled.state is State.CHANGED else None,
    )


def _held(kind: Kind, line: ItemLine, beside: Beside) -> ItemLine:
    """Leave an item out that would be written and stands on something that stays otherwise here."""
    held_by = tuple(dict.fromkeys(need for need in needs_of(kind, line) if _holds(need, beside, WRITTEN)))
    return replace(line, state=State.CLASH, held_by=held_by) if held_by else line


def needs_of(kind: Kind, line: ItemLine) -> Iterator[Need]:
    """Return what the parts of an item that would be written stand on; nothing where nothing would."""
    if line.state in WRITTEN:
        yield from kind.stands_on(_changing(line, kind.rules))


def _changing(line: ItemLine, rules: Rules) -> Item:
    """Return the item with those of its parts only that are not here as they will be."""
    if line.ours is None:
        return line.merged
    return {name: _other(said, line.ours[name]) if name in rules.parts else said for name, said in line.merged.items()}


def _other(parts: Json, there: Json) -> Json:
    assert isinstance(parts, list)
    assert isinstance(there, list)
    return [part for part in parts if part not in there]


def _holds(need: Need, beside: Beside, written: Collection[State]) -> bool:
    line = beside.get(need.kind, {}).get(need.key)
    if line is None:
        return False
    here = line.merged if line.state in written else line.ours
    told = None if line.state is State.HERE_ONLY else line.told
    differences = clashes_of(line.differences)
    if line.open_dossier_count:
        differences = (*differences, *(one for one in line.differences if one.path == _CHANGEABLE))
    return is_held_back(need, Standing(told, here, differences, line.state is State.CLASH))


def lacking(found: Sequence[KindPreview], chosen: Collection[str]) -> tuple[str, str] | None:
    """Return a chosen kind and the key of what it stands on and what only a kind that is not chosen would bring.

    None where the choice is whole.
    """
    beside = {one.kind.name: {line.key: line for line in one.lines} for one in found}
    for one in found:
        needs = (need for line in one.lines if one.kind.name in chosen for need in needs_of(one.kind, line))
        for need in needs:
            if need.kind not in chosen and _holds(need, beside, ()):
                return one.kind.name, need.key
    return None


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
