"""A package and what it would do, as the page prints it."""

from dataclasses import dataclass
from typing import Final

from motcua.province_setup.merging import State
from motcua.province_setup.queries import ComparedLine, KindCounts
from motcua.workspace.package_words import EFFECTS, STATES, TONES, field_in_words, need_in_words, value_in_words

PER_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class PrintedKind:
    """One kind: how many items stand in each state, and whether something of it would be written."""

    name: str
    label: str
    new: int
    changed: int
    clash: int
    same: int
    here_only: int

    @property
    def is_written(self) -> bool:
        """Whether there is something to choose."""
        return bool(self.new or self.changed)


@dataclass(frozen=True, slots=True)
class PrintedDifference:
    """One field: its name, both values, and what the package does to it."""

    field: str
    ours: str
    theirs: str
    effect: str


@dataclass(frozen=True, slots=True)
class PrintedItem:
    """One item; `more` is how many differences are not printed, `held_by` what it waits for, in words.

    `choice` is what may be decided about it, one of `ComparedItem.Choice`.
    """

    key: str
    name: str
    state: str
    tone: str
    differences: tuple[PrintedDifference, ...]
    more: int
    open_dossier_count: int
    held_by: tuple[str, ...]
    choice: str


def printed_kind(one: KindCounts) -> PrintedKind:
    """Return one kind as the table prints it."""
    counts = one.counts
    return PrintedKind(
        name=one.kind.name,
        label=str(one.kind.label),
        new=counts[State.NEW],
        changed=counts[State.CHANGED],
        clash=counts[State.CLASH],
        same=counts[State.SAME],
        here_only=counts[State.HERE_ONLY],
    )


def printed_item(line: ComparedLine) -> PrintedItem:
    """Return one item with its differences."""
    return PrintedItem(
        key=line.key,
        name=line.name,
        state=str(STATES[line.state]),
        tone=TONES[line.state],
        differences=tuple(
            PrintedDifference(
                field=field_in_words(one.path),
                ours=value_in_words(one.ours),
                theirs=value_in_words(one.theirs),
                effect=str(EFFECTS[one.effect]),
            )
            for one in line.differences
        ),
        more=line.more,
        open_dossier_count=line.open_dossier_count,
        held_by=tuple(need_in_words(one) for one in line.held_by),
        choice=line.choice,
    )
