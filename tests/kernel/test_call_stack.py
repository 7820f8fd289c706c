"""Calls get their room in one piece of memory; seen by the fresh pages that a loop takes."""

import resource
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from motcua.kernel.call_stack import in_one_piece

DEPTHS = range(20, 400)
TURNS = 300


def _wide(one: int) -> int:
    """Stand for a call with a frame larger than that of `_faults`: at some depth it is the one that has no room."""
    a = b = c = d = e = f = g = h = i = j = k = m = n = o = p = q = r = s = t = u = one
    return a + b + c + d + e + f + g + h + i + j + k + m + n + o + p + q + r + s + t + u


def _faults(depth: int) -> int:
    """Call in a loop, from `depth` calls down; return how many fresh pages of memory that took."""
    if depth:
        return _faults(depth - 1)
    before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
    for number in range(TURNS):
        _wide(number)
    return resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before


def _plainly(depth: int) -> int:
    return _faults(depth)


def _with_room(depth: int) -> int:
    return in_one_piece(_faults, depth)


def _most(asked: Callable[[int], int]) -> int:
    """Ask from every depth in a thread of its own, whose frames begin anew; return the worst."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(lambda: max(map(asked, DEPTHS))).result()


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="how frames are kept is a matter of each version")
def test_a_loop_at_the_end_of_a_piece_takes_a_page_each_time_and_none_with_room() -> None:
    assert _most(_plainly) >= TURNS
    assert _most(_with_room) < TURNS


def test_what_is_given_and_returned_passes_through() -> None:
    assert in_one_piece(dict, [("a", 1)], b=2) == {"a": 1, "b": 2}


def test_a_refusal_passes_through() -> None:
    with pytest.raises(ZeroDivisionError):
        in_one_piece(divmod, 1, 0)
