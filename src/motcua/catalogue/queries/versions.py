"""The versions of one procedure, as published one after the other (C-12)."""

from dataclasses import dataclass
from datetime import date

from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.catalogue.queries.day import version_on


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """One published version; it holds from `valid_from` until before `ends_on`, None: no end is known."""

    number: int
    title: str
    level: str
    decision_no: str
    valid_from: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """A procedure with its versions, the newest first.

    `in_force` is the number of the one in force on the day asked, None when none is. `withdrawn_on` is the first day
    without it, None when it is not abolished; `replaced_by` then may be the code of the procedure to file instead.
    """

    code: str
    title: str
    sector: str
    withdrawn_on: date | None
    replaced_by: str
    in_force: int | None
    lines: tuple[PublishedLine, ...]


def versions_page(code: str, day: date) -> VersionsPage:
    """Return the versions of the procedure `code`, in three queries; raises `Procedure.DoesNotExist`.

    One that is still being prepared in a publication decision is not there.
    """
    procedure = Procedure.objects.select_related("sector", "replaced_by").get(code=code)
    rows = procedure.versions.filter(published_at__isnull=False).order_by("-number")
    lines = tuple(
        PublishedLine(
            number=row.number,
            title=row.title,
            level=str(row.get_level_display()),
            decision_no=row.decision_no,
            valid_from=row.valid_from,
            ends_on=min((end for end in (row.valid_until, procedure.withdrawn_on) if end), default=None),
        )
        for row in rows.only("procedure", "number", "title", "level", "decision_no", "valid_from", "valid_until")
    )
    if not lines:
        raise Procedure.DoesNotExist(code)
    return VersionsPage(
        code=procedure.code,
        title=procedure.title,
        sector=procedure.sector.name,
        withdrawn_on=procedure.withdrawn_on,
        replaced_by=procedure.replaced_by.code if procedure.replaced_by else "",
        in_force=version_on(code, day),
        lines=lines,
    )


def published_numbers(code: str) -> list[int]:
    """Return the numbers of the published versions of the procedure `code`, the oldest first; none: there are none."""
    rows = ProcedureVersion.objects.filter(procedure__code=code, published_at__isnull=False)
    return list(rows.order_by("number").values_list("number", flat=True))
