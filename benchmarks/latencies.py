"""How long things took, as people quote it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Latencies:
    """The median, the slowest of twenty, and the worst; in milliseconds."""

    p50: float
    p95: float
    worst: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Latencies":
        """Return those of `seconds`, which is not empty."""
        ordered = sorted(seconds)
        return cls(
            p50=ordered[len(ordered) // 2] * 1000,
            p95=ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000,
            worst=ordered[-1] * 1000,
        )

    def __str__(self) -> str:
        return f"p50 {self.p50:7.1f} ms   p95 {self.p95:7.1f} ms   worst {self.worst:7.1f} ms"


def timed(act: Callable[[], object]) -> float:
    """Return how many seconds `act` takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
