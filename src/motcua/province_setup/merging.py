"""What becomes of an item that both the place and a package have: compared field by field, in JSON.

Nothing is ever taken away, and what was published or approved is never written anew: it clashes and stays as it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from motcua.province_setup.json_values import Json

Item = dict[str, Json]
_EMPTY = ("", None)


class Effect(StrEnum):
    """What the package does to one field or part."""

    TAKES = "TAKES"
    FILLS = "FILLS"
    ENDS = "ENDS"
    ADDS = "ADDS"
    CLASHES = "CLASHES"


class State(StrEnum):
    """How an item of the package stands beside the place."""

    NEW = "NEW"
    CHANGED = "CHANGED"
    SAME = "SAME"
    CLASH = "CLASH"
    HERE_ONLY = "HERE_ONLY"


@dataclass(frozen=True, slots=True)
class Rules:
    """How the fields of one kind of item are merged; a field that is not named may not differ.

    `taken` are written anew, `ended` may be filled in once, `left` stay as they are here, also deeper inside. `parts`
    are lists whose items are told apart by some of their fields and only added to. While the list `ahead` has more here
    than in the package, the place is the newer one and keeps what would be taken.

    `filled` are fields of a record of facts: what one side does not know (empty) it gets from, or leaves to, the other;
    where both know something else it is a clash that a person may settle for the package. `inside` are groups of such
    fields. `stub` is the field that says that little more than a name is known: such a record never writes over a
    fuller one, and a fuller one always over it. `follows` are fields about the record itself: they come with it.
    """

    key: tuple[str, ...]
    taken: frozenset[str] = frozenset()
    ended: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()
    parts: Mapping[str, "Rules"] = field(default_factory=dict)
    ahead: str = ""
    filled: frozenset[str] = frozenset()
    inside: Mapping[str, "Rules"] = field(default_factory=dict)
    stub: str = ""
    follows: frozenset[str] = frozenset()

    def key_of(self, item: Item) -> str:
        """The words by which an item is told from others of its kind."""
        return " ".join(str(item[name]) for name in self.key if item[name] not in _EMPTY)


class Weight(StrEnum):
    """Which of two records of facts counts for more where they differ."""

    EVEN = "EVEN"
    OURS = "OURS"
    THEIRS = "THEIRS"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs; `ours` is None for a part that is added."""

    path: str
    ours: Json
    theirs: Json
    effect: Effect


@dataclass(frozen=True, slots=True)
class Merged:
    """The item as it will stand here, and what differs now."""

    item: Item
    differences: tuple[Difference, ...]

    @property
    def state(self) -> State:
        """Whether it stays, changes, or cannot be brought together."""
        if any(one.effect is Effect.CLASHES for one in self.differences):
            return State.CLASH
        return State.CHANGED if self.differences else State.SAME


def merge(ours: Item, theirs: Item, rules: Rules, path: str = "", weight: Weight = Weight.EVEN) -> Merged:
    """Bring what the place has and what the package says together; `weight` settles what `Rules.filled` leaves open."""
    keeps_own = bool(rules.ahead) and _has_more(ours, theirs, rules)
    if rules.stub and ours[rules.stub] != theirs[rules.stub]:
        weight = Weight.THEIRS if ours[rules.stub] else Weight.OURS
    merged: Item = {}
    found: list[Difference] = []
    differences: Sequence[Difference]
    for name, mine in ours.items():
        told, place = theirs[name], f"{path}{name}"
        if name in rules.parts:
            value, differences = _merge_parts(mine, told, rules.parts[name], place, weight)
        elif name in rules.inside:
            value, differences = _merge_inside(mine, told, rules.inside[name], place, weight)
        elif name in rules.filled | rules.follows:
            effect = _effect_on_fact(mine, told, weight, is_fact=name in rules.filled)
            value, differences = _merge_field(mine, told, effect, place, rules)
        else:
            value, differences = _merge_field(mine, told, _effect(name, mine, told, rules, keeps_own), place, rules)
        merged[name] = value
        found.extend(differences)
    return Merged(merged, tuple(found))


def _effect(name: str, mine: Json, told: Json, rules: Rules, keeps_own: bool) -> Effect | None:  # noqa: FBT001
    """Return what a difference in that field means; None: it means nothing."""
    if name in rules.left or (name in rules.taken and keeps_own):
        return None
    if name in rules.taken:
        return Effect.TAKES
    if name not in rules.ended:
        return Effect.CLASHES
    if told in _EMPTY:  # here it has ended already
        return None
    return Effect.ENDS if mine in _EMPTY else Effect.CLASHES


def _effect_on_fact(mine: Json, told: Json, weight: Weight, *, is_fact: bool) -> Effect | None:
    """Return what a difference in a fact, or in what follows the record, means; None: it means nothing."""
    if not is_fact:
        return Effect.TAKES if weight is Weight.THEIRS else None
    if told in _EMPTY:
        return None
    if mine in _EMPTY:
        return Effect.FILLS
    return {Weight.EVEN: Effect.CLASHES, Weight.OURS: None, Weight.THEIRS: Effect.TAKES}[weight]


def _merge_inside(
    mine: Json, told: Json, rules: Rules, place: str, weight: Weight
) -> tuple[Json, tuple[Difference, ...]]:
    assert isinstance(mine, dict)
    assert isinstance(told, dict)
    one = merge(mine, told, rules, f"{place}.", weight)
    return one.item, one.differences


def _merge_field(
    mine: Json, told: Json, effect: Effect | None, place: str, rules: Rules
) -> tuple[Json, list[Difference]]:
    if mine == told or effect is None:
        return mine, []
    if effect is Effect.CLASHES:
        return mine, list(differing(mine, told, place, rules.left))
    return told, [Difference(place, mine, told, effect)]


def differing(mine: Json, told: Json, place: str, left: frozenset[str]) -> Iterator[Difference]:
    """Name the innermost fields that differ but for `left`, so that a person sees which words they are."""
    if isinstance(mine, dict) and isinstance(told, dict) and mine.keys() == told.keys():
        for name in sorted(mine.keys() - left):
            yield from differing(mine[name], told[name], f"{place}.{name}", left)
    elif mine != told:
        yield Difference(place, mine, told, Effect.CLASHES)


def _has_more(ours: Item, theirs: Item, rules: Rules) -> bool:
    part = rules.parts[rules.ahead]
    return bool(set(_by_key(ours[rules.ahead], part)) - set(_by_key(theirs[rules.ahead], part)))


def _by_key(listed: Json, rules: Rules) -> dict[str, Item]:
    assert isinstance(listed, list)
    return {rules.key_of(item): item for item in listed if isinstance(item, dict)}


def _merge_parts(mine: Json, told: Json, rules: Rules, place: str, weight: Weight) -> tuple[Json, list[Difference]]:
    ours, theirs = _by_key(mine, rules), _by_key(told, rules)
    merged: dict[str, Item] = dict(ours)
    found: list[Difference] = []
    for key, item in theirs.items():
        if key in ours:
            one = merge(ours[key], item, rules, f"{place}[{key}].", weight)
            merged[key] = one.item
            found.extend(one.differences)
        else:
            merged[key] = item
            found.append(Difference(f"{place}[{key}]", None, item, Effect.ADDS))
    return list(merged.values()), found
