"""What taking back an act on many dossiers would do, dossier by dossier, before it is ordered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from motcua.accounts.models import User
from motcua.dossiers.models import BulkItem, BulkJob, Dossier, Following
from motcua.dossiers.queries.bulk import Candidate, Judge, Preview, candidate, units_of
from motcua.dossiers.queries.course import Reader
from motcua.rules.bulk import BulkAct, ChangedSince, ItemOutcome, NobodyBefore, NotReversible, check_back
from motcua.rules.permissions import RoleGrant


@dataclass(frozen=True, slots=True)
class _Now:
    """What the dossiers of a job are judged by: those still seen, who follows since when, who verifies where."""

    job: BulkJob
    judge: Judge
    seen: Mapping[int, Dossier]
    following: Mapping[int, datetime]
    units_of: Mapping[int, frozenset[int]]


def preview_back(job: BulkJob, actor: User, grants: Sequence[RoleGrant], *, at: datetime) -> Preview:
    """Return what taking back the finished `job`, which `actor` ordered, would do now, in its order.

    Only what it did is looked at. A dossier that `actor` may not see any more is named by its code alone.
    """
    on = timezone.localdate(at)
    done = list(job.items.filter(outcome=ItemOutcome.DONE).select_related("dossier", "former").order_by("position"))
    visible = Dossier.objects.visible_to(grants, actor_id=actor.pk, on=on)
    seen = {dossier.pk: dossier for dossier in visible.filter(pk__in=[item.dossier_id for item in done]).for_page()}
    mine = Following.objects.filter(user=actor, dossier__in=seen).values_list("dossier", "since")
    now = _Now(
        job=job,
        judge=Judge(BulkAct(job.act), list(seen.values()), Reader(actor.pk, grants, at)),
        seen=seen,
        following=dict(mine),
        units_of=units_of({item.former_id for item in done if item.former_id}, on),
    )
    judged = [_candidate(item, now) for item in done]
    return Preview(
        can=tuple(one for one in judged if not one.reason),
        cannot=tuple(one for one in judged if one.reason),
        officers=(),
        is_cut=False,
    )


def _candidate(item: BulkItem, now: _Now) -> Candidate:
    dossier = now.seen.get(item.dossier_id)
    if dossier is None:
        return Candidate(
            pk=item.dossier_id,
            code=item.dossier.public_code,
            version=item.done_version or item.seen_version,  # what the order knew; where it stands now is not theirs
            applicant="",
            procedure="",
            status=None,
            holder="",
            reason="NotSeen",
        )
    back_to = item.former.display_name if item.former else ""
    return replace(candidate(dossier, _reason(item, dossier, now)), back_to=back_to)


def _reason(item: BulkItem, dossier: Dossier, now: _Now) -> str:
    act = BulkAct(now.job.act)
    try:
        check_back(item.as_deed(act), dossier.version)
    except (ChangedSince, NobodyBefore, NotReversible) as refusal:
        return type(refusal).__name__
    if act is BulkAct.FOLLOW:
        return "" if now.following.get(dossier.pk) == item.done_at else ChangedSince.__name__
    return now.judge.reason(dossier, item.former, now.units_of.get(item.former_id or 0, frozenset()))
