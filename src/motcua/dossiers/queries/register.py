"""All dossiers an official may see, the newest first, and the look-up by code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from motcua.accounts.models import User
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.marks import read_mark
from motcua.rules.permissions import RoleGrant
from motcua.rules.transitions import Status

PAGE_SIZE = 50
FOUND_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of the register: `code` is the public code, `procedure` its short name, `applicant` a name.

    `due_at` is None before acceptance.
    """

    code: str
    procedure: str
    applicant: str
    status: Status
    submitted_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Register:
    """One page; `after` is what the next page continues from, None at the end."""

    rows: tuple[RegisterRow, ...]
    after: str | None


def register(
    actor: User, grants: Sequence[RoleGrant], *, at: datetime, status: Status | None = None, after: str = ""
) -> Register:
    """Return a page of the dossiers `actor` may see, the newest first, of one status or of all.

    `after` is the `after` of the page before; malformed, it starts from the beginning.
    """
    seen = Dossier.objects.visible_to(grants, actor_id=actor.pk, on=timezone.localdate(at))
    if status is not None:
        seen = seen.filter(status=status)
    rows = list(_older_than(after, seen).select_related("procedure_version", "applicant")[: PAGE_SIZE + 1])
    last = rows[PAGE_SIZE - 1] if len(rows) > PAGE_SIZE else None
    return Register(
        rows=tuple(_row(dossier) for dossier in rows[:PAGE_SIZE]),
        after=f"{last.created_at.isoformat()}~{last.pk}" if last else None,
    )


def find(actor: User, grants: Sequence[RoleGrant], *, at: datetime, text: str) -> tuple[RegisterRow, ...]:
    """Return up to 20 visible dossiers whose code or reference begins with `text`, the exact one alone if there is."""
    clean = "".join(text.split()).upper()
    if not clean:
        return ()
    seen = Dossier.objects.visible_to(grants, actor_id=actor.pk, on=timezone.localdate(at))
    loaded = seen.select_related("procedure_version", "applicant")
    found = loaded.with_public_code(clean) or loaded.filter(
        Q(code__startswith=clean) | Q(reference__startswith=clean)
    ).order_by("-created_at", "-pk")
    return tuple(_row(dossier) for dossier in found[:FOUND_AT_MOST])


def _older_than(after: str, dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    ordered = dossiers.order_by("-created_at", "-pk")
    mark = read_mark(after)
    if mark is None or mark.moment is None:
        return ordered
    older = Q(created_at__lt=mark.moment) | Q(pk__lt=mark.pk)
    return ordered.filter(created_at__lte=mark.moment).filter(older)


def _row(dossier: Dossier) -> RegisterRow:
    return RegisterRow(
        code=dossier.public_code,
        procedure=dossier.procedure_version.name,
        applicant=dossier.applicant.full_name,
        status=dossier.stage,
        submitted_at=dossier.submitted_at,
        due_at=dossier.due_at,
        finished_at=dossier.finished_at,
    )
