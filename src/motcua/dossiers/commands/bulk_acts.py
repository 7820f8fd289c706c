"""What a bulk act does to one dossier, and how that is taken back: each by the act's own command."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.commands.beside import follow, remind, unfollow, write_memo
from motcua.dossiers.commands.legs import LegGiving, TheirsAlready, assign_leg, legs_of
from motcua.dossiers.commands.process import Giving, NotAnOfficerThere, assign, transfer
from motcua.dossiers.models import BulkItem, BulkJob, Dossier, Following
from motcua.rules.bulk import BulkAct, ChangedSince, NobodyBefore, NotReversible, check_back
from motcua.rules.transitions import Action


@dataclass(frozen=True, slots=True)
class Done:
    """The dossier after the act, its `version` then (None: it changed nothing), and who had it before, if anybody.

    `has_moved` tells that this version is of the act's making; following, reminders and notes make none.
    """

    dossier: Dossier
    version: int | None = None
    former_id: int | None = None
    has_moved: bool = False


def do_one(job: BulkJob, item: BulkItem, at: datetime) -> Done:
    """Do the act of `job` to the dossier of `item`; raises what its command raises."""
    return _ACTS[BulkAct(job.act)](job, item, at)


def _assign(job: BulkJob, item: BulkItem, at: datetime) -> Done:
    if job.to is None:
        raise NotAnOfficerThere("")
    former_id, giving = item.dossier.assignee_id, Giving(job.to, job.text)
    done = assign(dossier=item.dossier, officer=job.ordered_by, giving=giving, at=at, seen_version=item.seen_version)
    return Done(done, done.version, former_id, has_moved=True)


def _assign_leg(job: BulkJob, item: BulkItem, at: datetime) -> Done:
    if job.to is None:
        raise NotAnOfficerThere("")
    own = legs_of(item.dossier, job.ordered_by, at, Action.ASSIGN_LEG)
    giving = LegGiving(job.to, job.text)
    done = assign_leg(
        dossier=item.dossier, officer=job.ordered_by, giving=giving, at=at, seen_version=item.seen_version
    )
    if done.version == item.seen_version:
        raise TheirsAlready
    return Done(done, done.version, own[0].assignee_id, has_moved=True)


def _transfer(job: BulkJob, item: BulkItem, at: datetime) -> Done:
    done = transfer(dossier=item.dossier, officer=job.ordered_by, at=at, seen_version=item.seen_version)
    return Done(done, done.version, has_moved=True)


def _follow(job: BulkJob, item: BulkItem, at: datetime) -> Done:
    is_known = Following.objects.filter(dossier=item.dossier_id, user=job.ordered_by).exists()
    done = follow(dossier=item.dossier, officer=job.ordered_by, reason=job.text, at=at)
    return Done(done, None if is_known else done.version)


def _take_back(job: BulkJob, item: BulkItem, at: datetime) -> Done:
    if job.takes_back is None:
        raise NotReversible
    deed = job.takes_back.items.select_related("former", "dossier").get(dossier=item.dossier_id)
    check_back(deed.as_deed(BulkAct(job.takes_back.act)), item.dossier.version)
    if BulkAct(job.takes_back.act) is BulkAct.FOLLOW:
        mine = Following.objects.filter(dossier=item.dossier_id, user=job.ordered_by).first()
        if mine is None or mine.since != deed.done_at:
            raise ChangedSince
        return Done(unfollow(dossier=item.dossier, officer=job.ordered_by, at=at))
    done = _give_back(job, job.takes_back, deed, at)
    return Done(done, done.version, has_moved=True)


def _give_back(job: BulkJob, earlier: BulkJob, deed: BulkItem, at: datetime) -> Dossier:
    """Give the dossier, or its leg, to who had it before the earlier job."""
    if deed.former is None:
        raise NobodyBefore
    dossier, officer, seen = deed.dossier, job.ordered_by, deed.done_version
    if BulkAct(earlier.act) is BulkAct.ASSIGN:
        giving = Giving(deed.former, job.text)
        return assign(dossier=dossier, officer=officer, giving=giving, at=at, seen_version=seen)
    leg = LegGiving(deed.former, job.text)
    return assign_leg(dossier=dossier, officer=officer, giving=leg, at=at, seen_version=seen)


_ACTS: dict[BulkAct, Callable[[BulkJob, BulkItem, datetime], Done]] = {
    BulkAct.ASSIGN: _assign,
    BulkAct.ASSIGN_LEG: _assign_leg,
    BulkAct.TRANSFER: _transfer,
    BulkAct.REMIND: lambda job, item, at: Done(
        remind(dossier=item.dossier, officer=job.ordered_by, text=job.text, at=at)
    ),
    BulkAct.MEMO: lambda job, item, at: Done(
        write_memo(dossier=item.dossier, officer=job.ordered_by, text=job.text, at=at)
    ),
    BulkAct.FOLLOW: _follow,
    BulkAct.TAKE_BACK: _take_back,
}
