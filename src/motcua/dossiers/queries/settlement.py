"""The figures of the report on settlement, computed from the dossiers themselves (C-30)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

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
from motcua.rules.settlement import (
    NOTHING,
    CountedDossier,
    Period,
    Promised,
    Reception,
    Settlement,
    Wait,
    settlement,
)
from motcua.rules.transitions import ENDED_EARLY, Status

_BATCH = 5000


@dataclass(frozen=True, slots=True)
class ReportLine:
    """Whose line it is: the competent unit and the sector of the procedure, both by id."""

    unit_id: int
    sector_id: int


def settlement_by_line(periods: Iterable[Period], dossiers: DossierQuerySet) -> list[dict[ReportLine, Settlement]]:
    """Return for each period the lines of the report over `dossiers`, which are read once.

    A line without a dossier in the period is left out. Narrow `dossiers` by what the reader may see. A linked
    application is one, by its leading agency, its promises for all and the end of its last leg, and it waits for the
    applicant while any of its legs does; it has a result when any leg was decided (B-21).
    """
    asked = list(periods)
    found = [defaultdict[ReportLine, Settlement](lambda: NOTHING) for _ in asked]
    since, until = min(period.since for period in asked), max(period.until for period in asked)
    for lines in _batches(dossiers, since, until):
        for line, counted in lines.items():
            for period, table in zip(asked, found, strict=True):
                row = settlement(counted, period)
                if row != NOTHING:
                    table[line] += row
    return [dict(table) for table in found]


def _batches(
    dossiers: DossierQuerySet, since: datetime, until: datetime
) -> Iterator[dict[ReportLine, list[CountedDossier]]]:
    """Read the dossiers that count between the two moments, some thousands at a time."""
    is_linked = Q(linked_application__isnull=False)
    ended_at = Case(
        When(is_linked, then=F("linked_application__finished_at")), default=Coalesce("finished_at", "closed_at")
    )
    promised = Coalesce("linked_application__due_at", "due_at")
    counted = (
        dossiers.counted_once()
        .filter(accepted_at__lt=until)
        .annotate(ended_at=ended_at, promised=promised)
        .order_by("pk")
    )
    counted = counted.filter(Q(ended_at=None) | Q(ended_at__gte=since))
    columns = counted.values_list(
        "pk",
        "competent_unit_id",
        "procedure_version_id",
        F("procedure_version__procedure__sector_id"),
        "filing_channel",
        "status",
        "accepted_at",
        "promised",
        "ended_at",
        "linked_application_id",
    )
    modes: dict[tuple[int, str], CountingMode] = {}
    after = 0
    while rows := list(columns.filter(pk__gt=after)[:_BATCH]):
        first, after = rows[0][0], rows[-1][0]
        _know_modes({(row[2], row[4]) for row in rows} - modes.keys(), modes)
        span = Q(dossier__gte=first, dossier__lte=after)
        former, waits = _promises(FormerPromise.objects.filter(span), "dossier_id"), _waits(span, "dossier_id")
        wholes = {row[-1] for row in rows} - {None}
        of_whole = _of_wholes(wholes) if wholes else _Wholes({}, {}, frozenset())
        by_line = defaultdict[ReportLine, list[CountedDossier]](list)
        for pk, unit, version, sector, channel, status, accepted_at, due_at, ended_at_, linked in rows:
            by_line[ReportLine(unit, sector)].append(
                CountedDossier(
                    accepted_at=accepted_at,
                    came_in=Reception.ONLINE if channel == FilingChannel.ONLINE else Reception.DIRECT_OR_POSTAL,
                    promises=(*(of_whole.former.get(linked, ()) if linked else former[pk]), Promised(due_at)),
                    waits=tuple(of_whole.waits.get(linked, ()) if linked else waits[pk]),
                    ended_at=ended_at_,
                    has_result=linked in of_whole.with_result if linked else status not in ENDED_EARLY,
                    mode=counting_mode() if linked else modes[version, channel],
                )
            )
        yield by_line


def _know_modes(asked: set[tuple[int, str]], modes: dict[tuple[int, str], CountingMode]) -> None:
    versions = ProcedureVersion.objects.prefetch_related("channels").in_bulk({version for version, _ in asked})
    mode = counting_mode()
    modes.update(((pk, channel), promise_mode(limit_for(versions[pk], channel), mode)) for pk, channel in asked)


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
        former=_promises(rows, "application_id"),
        waits=_waits(legs, "dossier__linked_application"),
        with_result=frozenset(pk for pk, found in stages.items() if has_joint_result(found)),
    )


def _promises(rows: QuerySet[Any], whose: str) -> defaultdict[int, list[Promised]]:
    """Return the promises that were replaced, the oldest first, by what the column `whose` names."""
    found = defaultdict[int, list[Promised]](list)
    for pk, due_at, replaced_at in rows.order_by(whose, "replaced_at", "pk").values_list(
        whose, "due_at", "replaced_at"
    ):
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
