"""The history of one procedure as everybody may read it: what held when, by which decision, and what changed (C-12)."""

from dataclasses import dataclass
from datetime import date

from motcua.catalogue.contents import content_of
from motcua.catalogue.models import Procedure, ProcedureVersion, PublicationLine
from motcua.catalogue.version_text import lines_of
from motcua.rules.version_differences import PartDifference, part_differences


@dataclass(frozen=True, slots=True)
class PastVersion:
    """One published version; it holds from `valid_from` until before `ends_on`, None: no end is known.

    `is_never`: it was to begin when the procedure was already abolished. `differences` are to the version before, in
    the order of the form; the first one has none.
    """

    number: int
    title: str
    decision_no: str
    valid_from: date
    ends_on: date | None
    is_never: bool
    differences: tuple[PartDifference, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """That a procedure is abolished or replaced from `on`, by which decision (empty and None: not recorded)."""

    on: date
    decision_no: str
    signed_on: date | None
    norm: str
    successor_code: str
    successor_title: str


@dataclass(frozen=True, slots=True)
class History:
    """A procedure with its published versions, the newest first. `ending` is None while nothing ends it."""

    code: str
    title: str
    ending: Ending | None
    versions: tuple[PastVersion, ...]


def history_of(code: str) -> History:
    """Return the history of the procedure `code`, in at most six queries; raises `Procedure.DoesNotExist`.

    One that is still being prepared in a publication decision is not there.
    """
    procedure = Procedure.objects.select_related("replaced_by").get(code=code)
    rows = list(
        ProcedureVersion.objects.filter(procedure=procedure, published_at__isnull=False)
        .prefetch_related("papers", "channels", "results")
        .order_by("number")
    )
    if not rows:
        raise Procedure.DoesNotExist(code)
    told = [lines_of(content_of(row)) for row in rows]
    found: list[PastVersion] = []
    for place, row in enumerate(rows):
        ends = (row.valid_until, procedure.withdrawn_on)
        found.append(
            PastVersion(
                number=row.number,
                title=row.title,
                decision_no=row.decision_no,
                valid_from=row.valid_from,
                ends_on=min((end for end in ends if end), default=None),
                is_never=procedure.withdrawn_on is not None and procedure.withdrawn_on <= row.valid_from,
                differences=part_differences(told[place - 1], told[place]) if place else (),
            )
        )
    return History(
        code=procedure.code, title=rows[-1].title, ending=ending_of(procedure), versions=tuple(reversed(found))
    )


def ending_of(procedure: Procedure) -> Ending | None:
    """Return how the procedure ends or ended, in one query; None while nothing ends it. Needs `replaced_by` loaded."""
    if procedure.withdrawn_on is None:
        return None
    line = (
        PublicationLine.objects.filter(procedure=procedure, ended_on=procedure.withdrawn_on)
        .select_related("decision")
        .order_by("-pk")
        .first()
    )
    successor = procedure.replaced_by
    return Ending(
        on=procedure.withdrawn_on,
        decision_no=line.decision.number if line else "",
        signed_on=line.decision.signed_on if line else None,
        norm=line.norm if line else "",
        successor_code=successor.code if successor else "",
        successor_title=successor.title if successor else "",
    )
