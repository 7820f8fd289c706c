"""The flow picture of an internal process: lanes from top to bottom by who does the step, time from left to right."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from motcua.catalogue.definitions import StepDefinition
from motcua.rules.workflow import Branching
from motcua.ui.wording import working_time
from motcua.workspace.labels import ROLES

BOX_WIDTH, BOX_HEIGHT, GAP_X, GAP_Y = 176, 108, 56, 16
LABEL_WIDTH, CHANNEL = 132, 22
_LETTERS, _LINES, _LANE_LETTERS, _CODE_LETTERS = 22, 4, 18, 17
_CORNER: Final = 14


@dataclass(frozen=True, slots=True)
class Box:
    """A step: where it stands, what it says."""

    code: str
    x: int
    y: int
    lines: tuple[str, ...]
    time: str
    branching: str
    is_marked: bool

    @property
    def middle(self) -> int:
        """The height at which lines enter and leave."""
        return self.y + BOX_HEIGHT // 2

    @property
    def right(self) -> int:
        """Where lines leave."""
        return self.x + BOX_WIDTH

    @property
    def text_lines(self) -> tuple[tuple[int, str], ...]:
        """The lines of the name, each with its height."""
        return tuple((self.y + 38 + 15 * place, line) for place, line in enumerate(self.lines))

    @property
    def short_code(self) -> str:
        """The code, cut to what the box holds."""
        return self.code if len(self.code) <= _CODE_LETTERS else f"{self.code[: _CODE_LETTERS - 1]}…"


@dataclass(frozen=True, slots=True)
class Line:
    """What leads from one step to another; `label` is the condition, cut to what the gap holds."""

    path: str
    label: str
    label_x: int
    label_y: int


@dataclass(frozen=True, slots=True)
class Lane:
    """The lane of one role, or of another agency that supports."""

    y: int
    height: int
    lines: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class FlowPicture:
    """The whole picture; a drawing with a circle or an unknown step has none."""

    width: int
    height: int
    lanes: tuple[Lane, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def flow_picture(steps: Sequence[StepDefinition], marked: frozenset[str] = frozenset()) -> FlowPicture | None:
    """Return the picture of `steps`; `marked` are those something is wrong with. None where none can be drawn."""
    layers = _layers(steps)
    if layers is None:
        return None
    lanes = list(dict.fromkeys(_lane_of(step) for step in steps))
    slots = _slots(steps, layers)
    heights = {lane: 1 + max(slots[s.code] for s in steps if _lane_of(s) == lane) for lane in lanes}
    tops, y = dict[str, int](), 1
    for lane in lanes:
        tops[lane] = y
        y += heights[lane] * (BOX_HEIGHT + GAP_Y) + GAP_Y + CHANNEL
    boxes = {step.code: _box(step, layers, slots, tops, marked) for step in steps}
    drawn = tuple(
        Lane(
            y=tops[lane],
            height=heights[lane] * (BOX_HEIGHT + GAP_Y) + GAP_Y + CHANNEL,
            lines=tuple((tops[lane] + 28 + 16 * n, text) for n, text in enumerate(textwrap.wrap(lane, _LANE_LETTERS))),
        )
        for lane in lanes
    )
    bottoms = {step.code: tops[_lane_of(step)] + heights[_lane_of(step)] * (BOX_HEIGHT + GAP_Y) for step in steps}
    return FlowPicture(
        width=LABEL_WIDTH + (max(layers.values()) + 1) * (BOX_WIDTH + GAP_X) + GAP_X // 2,
        height=y + 1,
        lanes=drawn,
        boxes=tuple(boxes.values()),
        lines=tuple(line for step in steps for line in _lines(step, boxes, layers, bottoms[step.code])),
    )


def _lane_of(step: StepDefinition) -> str:
    return step.unit.name if step.unit else str(ROLES[step.role])


def _layers(steps: Sequence[StepDefinition]) -> dict[str, int] | None:
    """Return the column of each step: after every step that leads to it; None for what cannot be put in columns."""
    codes = {step.code for step in steps}
    if not steps or len(codes) < len(steps) or any(code not in codes for s in steps for code in s.next_codes):
        return None
    layers = dict.fromkeys(codes, 0)
    for _round in range(len(steps) + 1):
        later = {code: layers[step.code] + 1 for step in steps for code in step.next_codes}
        for step in steps:
            for code in step.next_codes:
                later[code] = max(later[code], layers[step.code] + 1)
        if all(layers[code] >= layer for code, layer in later.items()):
            return layers
        layers = {code: max(layer, later.get(code, 0)) for code, layer in layers.items()}
    return None


def _slots(steps: Sequence[StepDefinition], layers: Mapping[str, int]) -> dict[str, int]:
    """Return which place from the top each step has among those of its lane and column."""
    taken, slots = dict[tuple[str, int], int](), dict[str, int]()
    for step in steps:
        key = (_lane_of(step), layers[step.code])
        slots[step.code] = taken.get(key, 0)
        taken[key] = slots[step.code] + 1
    return slots


def _box(
    step: StepDefinition,
    layers: Mapping[str, int],
    slots: Mapping[str, int],
    tops: Mapping[str, int],
    marked: frozenset[str],
) -> Box:
    several = len(step.next_codes) > 1
    return Box(
        code=step.code,
        x=LABEL_WIDTH + GAP_X // 2 + layers[step.code] * (BOX_WIDTH + GAP_X),
        y=tops[_lane_of(step)] + GAP_Y + slots[step.code] * (BOX_HEIGHT + GAP_Y),
        lines=tuple(textwrap.wrap(step.name, _LETTERS, max_lines=_LINES, placeholder=" …")),
        time=working_time(timedelta(hours=float(step.hours))),
        branching=("parallel" if step.branching is Branching.PARALLEL else "choice") if several else "",
        is_marked=step.code in marked,
    )


def _lines(step: StepDefinition, boxes: Mapping[str, Box], layers: Mapping[str, int], bottom: int) -> tuple[Line, ...]:
    labels = step.next_labels or ("",) * len(step.next_codes)
    pairs = zip(step.next_codes, labels, strict=False)
    return tuple(
        _line(boxes[step.code], boxes[code], label, bottom if layers[code] > layers[step.code] + 1 else None)
        for code, label in pairs
    )


def _line(start: Box, end: Box, label: str, channel: int | None) -> Line:
    """Draw from the right of one box to the left of another; a longer way takes the channel under its lane."""
    half = GAP_X // 2
    if channel is None:
        path = f"M{start.right},{start.middle} h{half} V{end.middle} H{end.x}"
        at = (start.right + 4, end.middle - 6)
    else:
        y = channel + GAP_Y + 6
        path = f"M{start.right},{start.middle} h{_CORNER} V{y} H{end.x - half} V{end.middle} H{end.x}"
        at = (start.right + _CORNER + 6, y - 5)
    return Line(path=path, label=textwrap.shorten(label, 40, placeholder=" …"), label_x=at[0], label_y=at[1])
