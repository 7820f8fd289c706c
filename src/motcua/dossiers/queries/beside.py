"""What officials keep beside a dossier: who follows it, notes for colleagues, wording to use again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from motcua.accounts.models import User
from motcua.dossiers.facts import custody_by_row
from motcua.dossiers.models import Dossier, Following, Memo, StockPhrase
from motcua.rules.bulk import may_remind
from motcua.rules.permissions import RoleGrant
from motcua.rules.transitions import Action


@dataclass(frozen=True, slots=True)
class MemoLine:
    """One note, by whom and when."""

    text: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Beside:
    """Notes, the newest first; the names of those who follow; whether the reader does, and may remind the holder."""

    memos: tuple[MemoLine, ...]
    followers: tuple[str, ...]
    is_following: bool
    may_remind: bool


def beside(dossier: Dossier, actor: User, grants: Sequence[RoleGrant], *, at: datetime) -> Beside:
    """Return what is kept beside `dossier`, in two queries."""
    memos = Memo.objects.filter(dossier=dossier).select_related("written_by").order_by("-written_at", "-pk")
    followings = list(Following.objects.filter(dossier=dossier).select_related("user").order_by("since", "pk"))
    return Beside(
        memos=tuple(MemoLine(memo.text, memo.written_by.display_name, memo.written_at) for memo in memos),
        followers=tuple(one.user.display_name for one in followings),
        is_following=any(one.user_id == actor.pk for one in followings),
        may_remind=may_remind(custody_by_row(dossier), grants, on=timezone.localdate(at)),
    )


@dataclass(frozen=True, slots=True)
class PhraseLine:
    """Wording of a unit: for which act and procedure (empty: every one), its name and its words as they were kept."""

    pk: int
    act: Action
    unit: str
    procedure: str
    name: str
    text: str
    who: str


def phrases_of(grants: Sequence[RoleGrant]) -> tuple[PhraseLine, ...]:
    """Return all wording of the units in which these grants are held, by act and name."""
    units = {grant.unit_id for grant in grants}
    return _lines(Q(unit__in=units))


def phrases_for(dossier: Dossier, act: Action, grants: Sequence[RoleGrant]) -> tuple[PhraseLine, ...]:
    """Return the wording for an act on `dossier`, with `procedure_version` loaded: the procedure's own first."""
    units = {grant.unit_id for grant in grants}
    fits = Q(procedure=None) | Q(procedure=dossier.procedure_version.procedure_id)
    lines = _lines(Q(unit__in=units) & Q(act=act.value) & fits)
    return tuple(sorted(lines, key=lambda line: not line.procedure))


def _lines(wanted: Q) -> tuple[PhraseLine, ...]:
    rows = StockPhrase.objects.filter(wanted).select_related("unit", "procedure", "written_by")
    return tuple(
        PhraseLine(
            pk=row.pk,
            act=Action(row.act),
            unit=row.unit.name,
            procedure=row.procedure.title if row.procedure else "",
            name=row.name,
            text=row.text,
            who=row.written_by.display_name,
        )
        for row in rows.order_by("act", "name", "pk")
    )
