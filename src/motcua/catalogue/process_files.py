"""Internal processes in files: the tables officials write, and BPMN."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from motcua.catalogue.process_table import TableRow
from motcua.rules.vietnamese import unaccented
from motcua.rules.workflow import StepKind


class ReadProblem(StrEnum):
    """Why something in a file was not taken as it stands."""

    NO_TIME = "NO_TIME"
    SHARED_TIME = "SHARED_TIME"
    NO_NAME = "NO_NAME"
    RECEPTION = "RECEPTION"
    KIND_GUESSED = "KIND_GUESSED"
    UNIT_UNKNOWN = "UNIT_UNKNOWN"
    NOT_OURS = "NOT_OURS"


@dataclass(frozen=True, slots=True)
class UnreadPlace:
    """A cell of a table ("B7") or an element of a drawing, and what is wrong with it."""

    place: str
    problem: ReadProblem


@dataclass(frozen=True, slots=True)
class ProcessReading:
    """The rows that were read, in order, and what was not."""

    rows: tuple[TableRow, ...]
    problems: tuple[UnreadPlace, ...]


class FileUnreadable(Exception):
    """The file is neither a table of steps nor a drawing of a process."""


_RETURN: Final = ("tra ket qua", "giao ket qua")
_ISSUE: Final = ("dong dau", "vao so", "phat hanh", "cap so")
_ASSIGN: Final = ("phan cong", "giao viec")
_DECIDE: Final = ("phe duyet", "ky duyet", "duyet", "ky", "xem xet")
_VERIFY: Final = ("tham dinh", "tham tra", "xac minh", "xu ly", "kiem tra", "du thao", "giai quyet", "y kien", "trinh")
_DIVISION: Final = ("truong phong", "lanh dao phong", "phong chuyen mon")
_LEADER: Final = ("chu tich", "giam doc", "lanh dao")


def is_reception(text: str) -> bool:
    """Tell whether a row is the intake at the desk, which comes before the process."""
    plain = _plain(text)
    return _says(plain, ("tiep nhan",)) and not _says(plain, _RETURN)


def guess_kind(name: str, who: str) -> StepKind | None:
    """Return the kind of a step by what it is called, then by who does it; None when nothing says it."""
    what, doer = _plain(name), _plain(who)
    decides = _says(what, _DECIDE) and not _says(what, ("trinh",))
    signs: list[tuple[StepKind, bool]] = [
        (StepKind.RETURN, _says(what, _RETURN)),
        (StepKind.ISSUE, _says(what, _ISSUE) or _says(doer, ("van thu",))),
        (StepKind.ASSIGN, _says(what, _ASSIGN)),
        (StepKind.APPROVE, decides and _says(doer, _DIVISION)),
        (StepKind.SIGN, decides),
        (StepKind.VERIFY, _says(what, _VERIFY)),
        (StepKind.SIGN, _says(doer, _LEADER)),
    ]
    return next((kind for kind, is_said in signs if is_said), None)


def _plain(text: str) -> str:
    return f" {' '.join(re.findall(r'[a-z0-9]+', unaccented(text).lower()))} "


def _says(plain: str, signs: tuple[str, ...]) -> bool:
    return any(f" {sign} " in plain for sign in signs)
