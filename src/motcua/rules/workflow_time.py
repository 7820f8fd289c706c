"""How long an internal process takes: steps in sequence summed, the longest of parallel or alternative ones (B-21).

Source: docs/law/internal-process.md.
"""

from collections.abc import Sequence
from datetime import timedelta

from motcua.rules.workflow import StepSpec
from motcua.rules.workflow_ways import by_code


def critical_path(steps: Sequence[StepSpec]) -> tuple[StepSpec, ...]:
    """Return the steps of the longest way through; of two equally long ones the one named first.

    `steps` has no circle and its first step is the start.
    """
    known = by_code(steps)
    longest: dict[str, tuple[StepSpec, ...]] = {}

    def from_here(code: str) -> tuple[StepSpec, ...]:
        if code not in longest:
            ways = [from_here(after) for after in known[code].next_codes]
            longest[code] = (known[code], *max(ways, key=total, default=()))
        return longest[code]

    return from_here(steps[0].code) if steps else ()


def total(steps: Sequence[StepSpec]) -> timedelta:
    """Return the working time of steps done one after the other."""
    return sum((step.time for step in steps), timedelta())


def longest_path(steps: Sequence[StepSpec]) -> timedelta:
    """Return the working time of the longest way through (R-8)."""
    return total(critical_path(steps))
