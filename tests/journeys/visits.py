"""A page as somebody meets it, and an address that shows none."""

from collections.abc import Callable
from dataclasses import dataclass, field

from motcua.rules.transitions import Status
from tests.journeys.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Visit:
    """One page as `who` meets it. `then` is done on the page before it is looked at; `answer` is the last status.

    `of` names the status of the dossier in the address; a guest's draft is the one that guest began. `step` names the
    open step of a building permit, whose process branches, when the address is about that one. Who comes `apart` gets
    a browser of their own, because this leaves something behind in it.
    """

    route: str
    who: str = ""
    of: Status | None = None
    kwargs: dict[str, str | int] = field(default_factory=dict)
    query: str = ""
    then: Callable[[Visitor], None] | None = None
    answer: int = 200
    apart: bool = False
    step: str = ""

    def __str__(self) -> str:
        parts = (
            self.who or "guest",
            self.of or self.step,
            self.query,
            self.then.__name__ if self.then else "",
            self.answer,
        )
        return " ".join([self.route, *(str(part) for part in parts if part and part != 200)])


@dataclass(frozen=True, slots=True)
class Bare:
    """An address that never answers with a page of its own, and what stands there `instead`."""

    visit: Visit
    instead: str
