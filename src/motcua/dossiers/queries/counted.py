"""Accepted dossiers as the report on settlement sees them, read some thousands at a time (C-30)."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.functions import Coalesce

from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.facts import counting_mode, limit_for
from motcua.dossiers.models import (
    Dossier,
    FilingChannel,
    FinancialObligation,
    FormerLinkedPromise,
    FormerPromise,
    SupplementRequest,
)
from motcua.dossiers.querysets import DossierQuerySet
from motcua.rules.counting import CountingMode
from motcua.rules.deadlines import promise_mode
from motcua.rules.linked import has_joint_result
from motcua.rules.promises import PromiseCause
from motcua.rules.settlement import CountedDossier, Promised, Reception, Wait
from motcua.rules.settlement_figures import FilingWay
from motcua.rules.transitions import ENDED_EARLY, Status

_BATCH = 5000
_MOVED = frozenset({PromiseCause.CALENDAR, PromiseCause.VERSION})
"""Why a promise is replaced by one that rests on the same facts."""


@dataclass(frozen=True, slots=True)
class CountedRow:
    """A dossier that counts, and whose line it is in: all but `way` and `dossier` are ids."""

    dossier_id: int
    unit_id: int
    procedure_id: int
    sector_id: int
    way: FilingWay
    dossier: CountedDossier


def counted_rows(
    dossiers: DossierQuerySet, *, since: datetime | None = None, until: datetime | None = None
) -> Iterator[list[CountedRow]]:
    """Yield those of `dossiers` that were accepted, in batches, by their primary key; each batch reads all it needs.

    Those that ended before `since` or were accepted from `until` on are left out. A linked application is one, by its
    leading agency, its promises for all and the end of its last leg, and it waits for the applicant while any of its
    legs does; it has a result when any leg was decided (B-21).
    """
    is_linked = Q(linked_application__isnull=False)
    ended_at = Case(
        When(is_linked, then=F("linked_application__finished_at")), default=Coalesce("finished_at", "closed_at")
    )
    counted = (
        dossiers.counted_once()
        .filter(accepted_at__isnull=False)
        .annotate(ended_at=ended_at, promised=Coalesce("linked_application__due_at", "due_at"))
        .order_by("pk")
    )
    if until is not None:
        counted = counted.filter(accepted_at__lt=until)
    if since is not None:
        counted = counted.filter(Q(ended_at=None) | Q(ended_at__gte=since))
    columns = counted.values_list(
        "pk",
        "competent_unit_id",
        "procedure_version_id",
        F("procedure_version__procedure_id"),
        F("procedure_version__procedure__sector_id"),
        "filing_channel",
        "status",
        "accepted_at",
        "promised",
        "promise_cause",
        "ended_at",
        "linked_application_id",
    )
    modes: dict[tuple[int, str], CountingMode] = {}
    after = 0
    while rows := list(columns.filter(pk__gt=after)[:_BATCH]):
        after = rows[-1][0]
        _know_modes({(row[2], row[5]) for row in rows} - modes.keys(), modes)
        of_rows = _of_rows([row[0] for row in rows])
        wholes = {row[-1] for row in rows} - {None}
        of_whole = _of_wholes(wholes) if wholes else _Wholes({}, {}, frozenset())
        batch = []
        for pk, unit, version, procedure, sector, channel, status, accepted_at, due_at, cause, ended, linked in rows:
            former = of_whole.former.get(linked, []) if linked else of_rows.former[pk]
            now = Promised(due_at, is_extension=not linked and _rests_on_apology(cause, former))
            counted_dossier = CountedDossier(
                accepted_at=accepted_at,
                came_in=Reception.ONLINE if channel == FilingChannel.ONLINE else Reception.DIRECT_OR_POSTAL,
                promises=(*former, now),
                waits=tuple(of_whole.waits.get(linked, ()) if linked else of_rows.waits[pk]),
                ended_at=ended,
                has_result=linked in of_whole.with_result if linked else status not in ENDED_EARLY,
                mode=counting_mode() if linked else modes[version, channel],
            )
            batch.append(CountedRow(pk, unit, procedure, sector, FilingWay(channel), counted_dossier))
        yield batch


def _rests_on_apology(cause: str, former: list[Promised]) -> bool:
    """Tell whether a promise given for `cause` after those of `former` is the new date of an apology, or that moved."""
    if cause == PromiseCause.EXTENSION:
        return True
    return cause in _MOVED and bool(former) and former[-1].is_extension


def _know_modes(asked: set[tuple[int, str]], modes: dict[tuple[int, str], CountingMode]) -> None:
    versions = ProcedureVersion.objects.prefetch_related("channels").in_bulk({version for version, _ in asked})
    mode = counting_mode()
    modes.update(((pk, channel), promise_mode(limit_for(versions[pk], channel), mode)) for pk, channel in asked)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Of dossiers, by key: replaced promises, and when it was the applicant's turn."""

    former: Mapping[int, list[Promised]]
    waits: Mapping[int, list[Wait]]


def _of_rows(keys: Collection[int]) -> _Rows:
    among = Q(dossier__in=keys)
    former = defaultdict[int, list[Promised]](list)
    columns = ("dossier_id", "due_at", "replaced_at", "cause")
    rows = FormerPromise.objects.filter(among).order_by("dossier_id", "replaced_at", "pk")
    for pk, due_at, replaced_at, cause in rows.values_list(*columns):
        found = former[pk]
        found.append(Promised(due_at, replaced_at, is_extension=_rests_on_apology(cause, found)))
    return _Rows(former, _waits(among, "dossier_id"))


@dataclass(frozen=True, slots=True)
class _Wholes:
    """Of linked applications, by key: replaced promises, when any leg waited for the applicant, which have a result."""

    former: Mapping[int, list[Promised]]
    waits: Mapping[int, list[Wait]]
    with_result: frozenset[int]


def _of_wholes(applications: Collection[int]) -> _Wholes:
    rows = FormerLinkedPromise.objects.filter(application__in=applications)
    legs = Q(dossier__linked_application__in=applications)
    stages = defaultdict[int, set[Status]](set)
    opened = Dossier.objects.filter(linked_application__in=applications)
    for pk, status in opened.values_list("linked_application_id", "status"):
        stages[pk or 0].add(Status(status))
    return _Wholes(
        former=_promises(rows),
        waits=_waits(legs, "dossier__linked_application"),
        with_result=frozenset(pk for pk, found in stages.items() if has_joint_result(found)),
    )


def _promises(rows: QuerySet[FormerLinkedPromise]) -> defaultdict[int, list[Promised]]:
    """Return the promises for all legs that were replaced, the oldest first, by application."""
    found = defaultdict[int, list[Promised]](list)
    columns = ("application_id", "due_at", "replaced_at")
    for pk, due_at, replaced_at in rows.order_by("application_id", "replaced_at", "pk").values_list(*columns):
        found[pk].append(Promised(due_at, replaced_at))
    return found


def _waits(among: Q, whose: str) -> defaultdict[int, list[Wait]]:
    """Return when it was the applicant's turn, by what the column `whose` names."""
    found = defaultdict[int, list[Wait]](list)
    asked = SupplementRequest.objects.filter(among).values_list(whose, "requested_at", "completed_at")
    owed = FinancialObligation.objects.filter(among).values_list(whose, "asked_at", "settled_at")
    for pk, since, until in (*asked, *owed):
        found[pk].append(Wait(since, until))
    return found
