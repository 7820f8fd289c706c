"""Reviews of what stands on ended law: written down when found, settled one by one (J-07)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.kernel import events
from motcua.legislation.events import BasesChecked, BasisItemSettled
from motcua.legislation.facts import keeping_unit_ids
from motcua.legislation.models import BasisReview, BasisReviewItem, LegalDocument
from motcua.rules.legal_basis import Severity
from motcua.rules.legal_rights import MayNotKeepLaw, may_settle_review

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = ["Dependant", "MayNotKeepLaw", "Need", "note_needs", "settle_item", "wait_for_turn"]

_ONE_AT_A_TIME = 64_2025_7
_Kind, _Outcome = BasisReviewItem.Kind, BasisReviewItem.Outcome


@dataclass(frozen=True, slots=True, order=True)
class Dependant:
    """Something that stands on a legal document: its kind, the code it has where it is kept, and its name."""

    kind: BasisReviewItem.Kind
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Need:
    """A document ended, whole (ERROR) or in part (WARNING), on a day, with everything that stands on it now."""

    document_id: int
    severity: Severity
    ended_on: date
    dependants: tuple[Dependant, ...]


def wait_for_turn() -> None:
    """Let one transaction at a time look for what stands on ended law; call it before looking."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])


@transaction.atomic
def note_needs(needs: Sequence[Need], *, at: datetime) -> int:
    """Write down what has to be looked at, and return how many items were new.

    Known items stay as they are; one that no longer stands on the document is marked gone, and waits anew when it does
    again; a review with a new item opens again. Where nothing is new, nothing is recorded.
    """
    wait_for_turn()
    known = {
        (one.document_id, one.severity, one.ended_on): one for one in BasisReview.objects.prefetch_related("items")
    }
    opened: list[int] = []
    fresh: list[BasisReviewItem] = []
    back = 0
    for need in needs:
        key = (need.document_id, need.severity.value, need.ended_on)
        review = known.get(key)
        there = {(item.kind, item.code): item for item in review.items.all()} if review else {}
        missing = [one for one in need.dependants if (one.kind, one.code) not in there]
        again = [
            item.pk
            for one in need.dependants
            if (item := there.get((one.kind, one.code))) is not None and item.outcome == _Outcome.GONE
        ]
        if not missing and not again:
            continue
        if review is None or review.closed_at is not None:
            opened.append(need.document_id)
        review = _open(review, need, at)
        back += BasisReviewItem.objects.filter(pk__in=again).update(outcome=_Outcome.PENDING, settled_at=None)
        fresh += [BasisReviewItem(review=review, kind=one.kind, code=one.code, name=one.name) for one in missing]
    BasisReviewItem.objects.bulk_create(fresh)
    gone = _forget_gone(needs, known.values(), at)
    if fresh or back or gone:
        codes = LegalDocument.objects.filter(pk__in=opened).order_by("code").values_list("code", flat=True)
        event = BasesChecked(subject="legal-bases", opened=tuple(codes), item_count=len(fresh) + back, gone_count=gone)
        events.record(event, actor=None, at=at)
    return len(fresh) + back


@transaction.atomic
def settle_item(
    *, item: BasisReviewItem, outcome: BasisReviewItem.Outcome, note: str, actor: "User", at: datetime
) -> BasisReviewItem:
    """Say what becomes of one item; the review is done when the last one is settled. Raises `MayNotKeepLaw`.

    Said once more it is said anew; PENDING takes it back, and opens the review.
    """
    today = timezone.localdate(at)
    if not may_settle_review(keeping_unit_ids(), grants_of(actor, today), on=today):
        raise MayNotKeepLaw
    review = BasisReview.objects.select_for_update(of=("self",)).select_related("document").get(pk=item.review_id)
    item = BasisReviewItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if (item.outcome, item.note) == (outcome, note):
        return item
    item.outcome, item.note = outcome, note
    is_settled = outcome != _Outcome.PENDING
    item.settled_by, item.settled_at = (actor, at) if is_settled else (None, None)
    item.save(update_fields=["outcome", "note", "settled_by", "settled_at"])
    _close_or_open([review], at)
    event = BasisItemSettled(subject=review.document.code, kind=item.kind, code=item.code, outcome=item.outcome)
    events.record(event, actor=actor, at=at)
    return item


def _open(review: BasisReview | None, need: Need, at: datetime) -> BasisReview:
    if review is None:
        return BasisReview.objects.create(
            document_id=need.document_id, severity=need.severity, ended_on=need.ended_on, opened_at=at
        )
    if review.closed_at is not None:
        review.closed_at = None
        review.save(update_fields=["closed_at"])
    return review


def _forget_gone(needs: Sequence[Need], known: Iterable[BasisReview], at: datetime) -> int:
    """Mark what nobody has looked at and no longer stands on its document, and return how much that is.

    What somebody has settled stays as they said.
    """
    standing = {
        (need.document_id, need.severity.value, need.ended_on): {(one.kind, one.code) for one in need.dependants}
        for need in needs
    }
    reviews = list(known)
    gone = [
        item.pk
        for review in reviews
        for item in review.items.all()
        if item.outcome == _Outcome.PENDING
        and (item.kind, item.code) not in standing.get((review.document_id, review.severity, review.ended_on), set())
    ]
    BasisReviewItem.objects.filter(pk__in=gone).update(outcome=_Outcome.GONE, settled_by=None, settled_at=at)
    if gone:
        _close_or_open([review for review in reviews if review.closed_at is None], at)
    return len(gone)


def _close_or_open(reviews: Iterable[BasisReview], at: datetime) -> None:
    ids = [review.pk for review in reviews]
    pending = set(
        BasisReviewItem.objects.filter(review__in=ids, outcome=_Outcome.PENDING).values_list("review", flat=True)
    )
    BasisReview.objects.filter(pk__in=pending).exclude(closed_at=None).update(closed_at=None)
    BasisReview.objects.filter(pk__in=set(ids) - pending, closed_at=None).update(closed_at=at)
