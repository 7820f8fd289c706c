"""Rows about postings as the plain values the rules decide on."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter
from typing import Final

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Least
from django.utils import timezone

from motcua.accounts.facts import units_above
from motcua.catalogue.models import Offering, ProcedureVersion
from motcua.organisations.models import Unit, UnitLevel
from motcua.posting.models import FeedbackAddress, PostingConfirmation
from motcua.posting.querysets import PLACE
from motcua.rules.posting import Confirmed, Edition, PostingAct, PostingKind, Receiving, first_day_to_post, receiving_on
from motcua.rules.publication import Publisher

_EPOCH: Final = date(2000, 1, 1)
_PLACES: Final = 40
_COUNTING: Final = """
WITH said AS (
    SELECT id, unit_id, kind, "on",
        (("on" - DATE '2000-01-01')::bigint << 40) + coalesce(first_id, id) AS turn
    FROM posting_postingconfirmation
    WHERE withdrawn_at IS NULL AND "on" <= %(day)s
        AND (%(units)s::bigint[] IS NULL OR unit_id = ANY(%(units)s))
),
each AS (
    SELECT said.unit_id, line.procedure_id, said.kind, line.version_id, min(said."on") AS first_on,
        max(said.turn) AS turn
    FROM said JOIN posting_postingline line ON line.confirmation_id = said.id
    GROUP BY said.unit_id, line.procedure_id, said.kind, line.version_id
),
dated AS (
    SELECT each.*, text.number, text.valid_from, text.valid_until <= %(day)s AS has_ended
    FROM each LEFT JOIN catalogue_procedureversion text ON text.id = each.version_id
),
holding AS (
    SELECT unit_id, procedure_id, kind, max(turn) AS turn
    FROM dated WHERE valid_from <= %(day)s AND has_ended IS NOT TRUE
    GROUP BY unit_id, procedure_id, kind
)
SELECT dated.unit_id, dated.procedure_id, dated.kind, version_id, first_on, dated.turn, number, valid_from
FROM dated LEFT JOIN holding USING (unit_id, procedure_id, kind)
WHERE has_ended IS NOT TRUE OR holding.turn IS NULL OR holding.turn < dated.turn
"""
"""A turn is the day of a confirmation, then its place among those of the day, as one number to be compared."""
_KINDS: Final = {kind.value: kind for kind in PostingKind}


@dataclass(frozen=True, slots=True)
class At:
    """A procedure at a desk, by their keys."""

    unit_id: int
    procedure_id: int


@dataclass(frozen=True, slots=True)
class Said:
    """What a desk confirmed last of one kind of posting, and when."""

    on: date
    shows_feedback: bool


def receptions(day: date, unit_ids: Collection[int] | None = None) -> dict[At, Receiving]:
    """Return the unbroken time around `day` in which each desk receives each procedure; None asks for every desk."""
    found = Offering.objects.filter(Q(procedure__withdrawn_on=None) | Q(procedure__withdrawn_on__gt=day))
    if unit_ids is not None:
        found = found.filter(receiving_unit__in=unit_ids)
    periods: defaultdict[At, list[Receiving]] = defaultdict(list)
    rows = found.values_list("receiving_unit", "procedure", "valid_from", "valid_until")
    for unit_id, procedure_id, since, until in rows:
        periods[At(unit_id, procedure_id)].append(Receiving(since, until))
    runs = ((place, receiving_on(of, day)) for place, of in periods.items())
    return {place: run for place, run in runs if run is not None}


def received_by(unit: Unit) -> frozenset[int]:
    """Return the procedures that a desk receives, has received or will: what may be put up there on some day."""
    return frozenset(Offering.objects.filter(receiving_unit=unit).values_list("procedure", flat=True))


def first_days(version_ids: Collection[int]) -> dict[int, date]:
    """Return the first day on which each of these published versions can have been put up."""
    rows = ProcedureVersion.objects.filter(pk__in=version_ids, published_at__isnull=False).values_list(
        "pk", "number", "valid_from", "publication_line__decision__signed_on", "published_at"
    )
    return {
        pk: first_day_to_post(
            Edition(number, valid_from, signed_on=signed_on, published_on=timezone.localdate(published_at))
        )
        for pk, number, valid_from, signed_on, published_at in rows
        if published_at is not None
    }


def editions(day: date, procedure_ids: Collection[int] | None = None) -> dict[int, tuple[Edition, ...]]:
    """Return the published versions that hold on `day` or later, by procedure; None asks for every procedure."""
    found = ProcedureVersion.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=day),
        Q(procedure__withdrawn_on=None) | Q(procedure__withdrawn_on__gt=day),
        published_at__isnull=False,
    )
    if procedure_ids is not None:
        found = found.filter(procedure__in=procedure_ids)
    rows = found.annotate(ends_on=Least("valid_until", "procedure__withdrawn_on")).order_by("procedure", "valid_from")
    by_procedure: defaultdict[int, list[Edition]] = defaultdict(list)
    for procedure_id, number, valid_from, ends_on, signed_on, publisher, is_shortened in rows.values_list(
        "procedure",
        "number",
        "valid_from",
        "ends_on",
        "publication_line__decision__signed_on",
        "publication_line__decision__publisher",
        "publication_line__decision__is_shortened",
    ):
        whose = Publisher(publisher) if publisher else Publisher.CHAIRMAN
        edition = Edition(number, valid_from, ends_on, signed_on, whose, bool(is_shortened))
        by_procedure[procedure_id].append(edition)
    return {procedure_id: tuple(found) for procedure_id, found in by_procedure.items()}


def confirmed(day: date, unit_ids: Collection[int] | None = None) -> dict[At, tuple[Confirmed, ...]]:
    """Return what counts on `day` of all that was confirmed, in the order of its day and place; None for every desk.

    Of each text, or taking-down, in each kind of posting that is the last time, and with it stands the first day. What
    was said of an ended text before one that holds was put up is left out by the database: what is read grows with the
    procedures, not with the years.
    """
    asked = {"day": day, "units": None if unit_ids is None else list(unit_ids)}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTING, asked)
        rows = cursor.fetchall()
    texts = {row[3]: Edition(row[6], row[7]) for row in rows if row[3] is not None}
    by_place: defaultdict[At, list[Confirmed]] = defaultdict(list)
    for unit_id, procedure_id, kind, version_id, first_on, turn, *_ in sorted(rows, key=itemgetter(5)):
        edition = texts.get(version_id)
        act = PostingAct.TAKEN_DOWN if edition is None else PostingAct.PUT_UP
        on = _EPOCH + timedelta(days=turn >> _PLACES)
        by_place[At(unit_id, procedure_id)].append(Confirmed(act, _KINDS[kind], on, edition, first_on))
    return {place: tuple(said) for place, said in by_place.items()}


def last_said(unit_ids: Collection[int] | None = None) -> dict[int, dict[PostingKind, Said]]:
    """Return what each desk said last of each kind of posting on which it put something up; None for every desk."""
    said = PostingConfirmation.objects.counting().filter(act=PostingAct.PUT_UP.value)
    if unit_ids is not None:
        said = said.filter(unit__in=unit_ids)
    rows = said.order_by("unit", "kind", "-on", PLACE.desc(), "-pk").distinct("unit", "kind")
    found: defaultdict[int, dict[PostingKind, Said]] = defaultdict(dict)
    for unit_id, kind, on, shows_feedback in rows.values_list("unit", "kind", "on", "shows_feedback"):
        found[unit_id][PostingKind(kind)] = Said(on, shows_feedback)
    return found


def feedback_addresses(day: date) -> dict[int, FeedbackAddress]:
    """Return where feedback goes on `day`, by the unit that says so."""
    return {one.unit_id: one for one in FeedbackAddress.objects.on(day).select_related("unit")}


def nearest(
    unit_id: int, found: Mapping[int, FeedbackAddress], parents: Mapping[int, int | None]
) -> FeedbackAddress | None:
    """Return the address that holds for a unit: its own, else that of the nearest unit above it; None without one."""
    above: int | None = unit_id
    while above is not None:
        if above in found:
            return found[above]
        above = parents.get(above)
    return None


def parents() -> dict[int, int | None]:
    """Return what stands above each unit."""
    return dict(Unit.objects.values_list("pk", "parent"))


def keeping_ids(unit: Unit, on: date) -> frozenset[int]:
    """Return the units whose control officers look after the postings of `unit`: of its province."""
    provinces = Unit.objects.filter(pk__in=units_above(unit)).provinces().values_list("pk", flat=True)
    beside = Unit.objects.on(on).filter(parent__in=provinces, level=UnitLevel.PROVINCE).values_list("pk", flat=True)
    return frozenset([*provinces, *beside])
