"""Ask an applicant for papers of the closed list (form 02): what asking before and after acceptance share (B-08)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from motcua.accounts.models import User
from motcua.dossiers.commands.custody import calendar_of
from motcua.dossiers.commands.issue_form import HandWritten, issue_form
from motcua.dossiers.models import Dossier, Paper, SupplementItem, SupplementRequest
from motcua.rules.deadlines import may_close_from
from motcua.rules.papers import CheckState, PaperKind
from motcua.rules.regimes import regime_rules_on
from motcua.rules.time_limits import LimitUnit, TimeLimit


class NothingAskedFor(Exception):
    """A supplement request names no paper of the closed list."""


class AskedBefore(Exception):
    """The one request there may be was made already, and nothing lets it be made again (B-58, R-4)."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What to add, by position of the closed list, and why; `basis` is the provision that orders asking again."""

    items: Mapping[int, str]
    reason: str
    basis: str = ""


def asked_count(dossier: Dossier, *, after_acceptance: bool) -> int:
    """Return how often the applicant was asked, before or after acceptance."""
    return dossier.supplement_requests.filter(after_acceptance=after_acceptance).count()


def ask(
    dossier: Dossier,
    asking: Asking,
    *,
    officer: User,
    at: datetime,
    is_exception: bool = False,
    by_hand: HandWritten | None = None,
) -> SupplementRequest:
    """Issue form 02 and write down what was asked for; the dossier has its new status already.

    `is_exception` marks a second request after acceptance, for which the agency head answers; `by_hand` tells of a form
    entered from paper. Raises `NothingAskedFor`, and `Paper.DoesNotExist` for a position outside the closed list.
    """
    if not asking.items:
        raise NothingAskedFor
    asked = [(_paper_at(dossier, position), note) for position, note in sorted(asking.items.items())]
    items = [{"position": paper.position, "note": note} for paper, note in asked]
    data: dict[str, object] = {"reason": asking.reason, "basis": asking.basis, "items": items}
    data |= by_hand.particulars() if by_hand else {}
    request = SupplementRequest.objects.create(
        dossier=dossier,
        reason=asking.reason,
        basis=asking.basis,
        after_acceptance=dossier.accepted_at is not None,
        is_exception=is_exception,
        requested_at=at,
        requested_by=officer,
        closable_from=_closable_from(dossier, at),
        document=issue_form(dossier, PaperKind.SUPPLEMENT_REQUEST, data, officer=officer, at=at),
    )
    for paper, note in asked:
        paper.state = CheckState.WRONG.value if paper.file_id else CheckState.MISSING.value
        paper.note = note[:300]
        paper.save(update_fields=["state", "note"])
    SupplementItem.objects.bulk_create(
        SupplementItem(request=request, paper=paper, note=note[:300]) for paper, note in asked
    )
    return request


def positions_of(request: SupplementRequest) -> tuple[int, ...]:
    """Return the positions of the closed list that were asked for, in its order."""
    return tuple(request.items.order_by("paper__position").values_list("paper__position", flat=True))


def _paper_at(dossier: Dossier, position: int) -> Paper:
    return dossier.papers.select_related("required_paper").get(position=position)


def _closable_from(dossier: Dossier, at: datetime) -> datetime | None:
    """Return when silence lets the desk close the dossier; None where the regime sets no such term (B step 10)."""
    local = timezone.localtime(at)
    since = timezone.localdate(dossier.accepted_at) if dossier.accepted_at else local.date()
    days = regime_rules_on(since).silent_applicant_days
    if days is None:
        return None
    limit = TimeLimit(Decimal(days), LimitUnit.DAY)
    return may_close_from(local, limit, calendar_of(dossier.receiving_unit, at))
