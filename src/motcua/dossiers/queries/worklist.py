"""An official's worklist: what waits for them now, the most urgent first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from motcua.accounts.models import User
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.marks import read_mark
from motcua.dossiers.queries.time_left import Remaining, remaining_of_each
from motcua.rules.permissions import RoleGrant
from motcua.rules.transitions import WAITING_FOR_APPLICANT, Status

PAGE_SIZE = 50
# All that a line reads: the rest of a procedure is long.
_SHOWN = (
    "code",
    "reference",
    "status",
    "submitted_at",
    "accepted_at",
    "counted_from",
    "action_due_at",
    "receiving_unit",
    "procedure_version__title",
    "procedure_version__short_title",
    "applicant__full_name",
    "holder_unit__name",
    "competent_unit__name",
    "assignee__full_name",
    "assignee__username",
)


class Shelf(StrEnum):
    """The counters above the worklist, which are its filters too (ux 18)."""

    ALL = "ALL"
    OVERDUE = "OVERDUE"
    DUE_TODAY = "DUE_TODAY"
    WAITING_FOR_APPLICANT = "WAITING_FOR_APPLICANT"
    ELSEWHERE = "ELSEWHERE"


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One line of a worklist: `code` is the public code, `procedure` its short name, `applicant` a name.

    `remaining` is None when no clock runs.
    """

    code: str
    reference: str
    procedure: str
    applicant: str
    status: Status
    unit: str
    assignee: str
    action_due_at: datetime | None
    remaining: Remaining | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class Worklist:
    """One page; `after` is what the next page continues from, None at the end. `counts` is by shelf."""

    rows: tuple[WorklistRow, ...]
    counts: dict[Shelf, int]
    after: str | None


def worklist(
    actor: User, grants: Sequence[RoleGrant], *, at: datetime, shelf: Shelf = Shelf.ALL, after: str = ""
) -> Worklist:
    """Return a page of what waits for `actor` at `at`, by remaining time, the least first, then by age.

    `after` is the `after` of the page before. The two shelves of what waits elsewhere list what the actor may see but
    need not act on. What has no clock, as a result that waits to be fetched, stands last. Malformed `after`
    starts from the beginning.
    """
    today = timezone.localdate(at)
    mine = Dossier.objects.waiting_for(grants, actor_id=actor.pk, on=today)
    seen = Dossier.objects.under_way().visible_to(grants, actor_id=actor.pk, on=today)
    rows = _page(_on_shelf(shelf, mine, seen, at), after)
    left = remaining_of_each(rows[:PAGE_SIZE], at)
    return Worklist(
        rows=tuple(_row(dossier, left[dossier.pk]) for dossier in rows[:PAGE_SIZE]),
        counts=_counts(mine, seen, at),
        after=_mark(rows[PAGE_SIZE - 1]) if len(rows) > PAGE_SIZE else None,
    )


def _on_shelf(shelf: Shelf, mine: QuerySet[Dossier], seen: QuerySet[Dossier], at: datetime) -> QuerySet[Dossier]:
    shelves = {
        Shelf.ALL: mine,
        Shelf.OVERDUE: mine.filter(action_due_at__lt=at),
        Shelf.DUE_TODAY: mine.filter(action_due_at__gte=at, action_due_at__lt=_midnight_after(at)),
        Shelf.WAITING_FOR_APPLICANT: seen.filter(status__in=WAITING_FOR_APPLICANT),
        Shelf.ELSEWHERE: seen.filter(holder_unit__isnull=False).exclude(pk__in=mine.values("pk")),
    }
    return shelves[shelf]


def _counts(mine: QuerySet[Dossier], seen: QuerySet[Dossier], at: datetime) -> dict[Shelf, int]:
    own = mine.aggregate(
        every=Count("pk"),
        overdue=Count("pk", filter=Q(action_due_at__lt=at)),
        today=Count("pk", filter=Q(action_due_at__gte=at, action_due_at__lt=_midnight_after(at))),
    )
    others = seen.aggregate(
        applicant=Count("pk", filter=Q(status__in=WAITING_FOR_APPLICANT)),
        moving=Count("pk", filter=Q(holder_unit__isnull=False)),
    )
    return {
        Shelf.ALL: own["every"],
        Shelf.OVERDUE: own["overdue"],
        Shelf.DUE_TODAY: own["today"],
        Shelf.WAITING_FOR_APPLICANT: others["applicant"],
        Shelf.ELSEWHERE: max(others["moving"] - own["every"], 0),
    }


def _page(dossiers: QuerySet[Dossier], after: str) -> list[Dossier]:
    """Pick the rows from the index alone, then read what the lines show of those few."""
    picked = _later_than(after, dossiers).order_by("action_due_at", "pk").values("pk")[: PAGE_SIZE + 1]
    related = ("procedure_version", "applicant", "holder_unit", "competent_unit", "assignee")
    rows = Dossier.objects.filter(pk__in=picked).select_related(*related).only(*_SHOWN)
    return list(rows.order_by("action_due_at", "pk"))


def _later_than(after: str, dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    mark = read_mark(after)
    if mark is None:
        return dossiers
    if mark.moment is None:
        return dossiers.filter(action_due_at=None, pk__gt=mark.pk)
    later = Q(action_due_at__gt=mark.moment) | Q(action_due_at=mark.moment, pk__gt=mark.pk)
    return dossiers.filter(later | Q(action_due_at=None))


def _mark(dossier: Dossier) -> str:
    """Name a row by its clock and its number; the clock is empty while none runs."""
    due_at = dossier.action_due_at
    return f"{due_at.isoformat() if due_at else ''}~{dossier.pk}"


def _row(dossier: Dossier, left: Remaining | None) -> WorklistRow:
    unit = dossier.holder_unit or dossier.competent_unit
    return WorklistRow(
        code=dossier.public_code,
        reference=dossier.reference,
        procedure=dossier.procedure_version.name,
        applicant=dossier.applicant.full_name,
        status=dossier.stage,
        unit=unit.name,
        assignee=dossier.assignee.display_name if dossier.assignee else "",
        action_due_at=dossier.action_due_at,
        remaining=left,
        is_new=dossier.stage is Status.SUBMITTED,
    )


def _midnight_after(at: datetime) -> datetime:
    local = timezone.localtime(at)
    return (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
