"""A page as somebody meets it, an address that shows none, and who there is."""

from collections.abc import Callable
from dataclasses import dataclass, field

from motcua.rules.transitions import Status
from tests.journeys.visitor import Visitor

GUEST, CITIZEN, STRANGER = "", "congdan", "moi"
DESK, HEAD, DISPATCHER, OFFICER = "tiepnhan.dbp", "motcua.dbp", "phancong.dbp", "hotich.dbp"
LEADER, CLERK, ADMINISTRATOR, KEEPER = "lanhdao.dbp", "vanthu.dbp", "quantri", "kiemsoat"
ASKED = "cutru.dbp"
BESIDE = "dangky.vpdk"
FORM_01 = "form 01"
OUR_PACKAGE, STRANGE_PACKAGE = "our package", "strange package"
NO_JOB = "7b1c3c52-6d0e-4f0b-8a5e-3f6a0a8c9b12"
CONTROL, LEGAL, CHAIRMAN = "kiemsoat", "tuphap", "chutich"


@dataclass(frozen=True, slots=True)
class Visit:
    """One page as `who` meets it. `then` is done on the page before it is looked at; `answer` is the last status.

    `of` names the status of the dossier in the address; a guest's draft is the one that guest began. `step` names the
    open step of a building permit, whose process branches, when the address is about that one. Who comes `apart` gets
    a browser of their own, because this leaves something behind in it.
    """

    route: str
    who: str = GUEST
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
