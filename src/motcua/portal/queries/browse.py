"""Ways to a procedure other than searching: what many people file, events of life, sectors."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.db.models import Count, Q
from django.utils import timezone

from motcua.catalogue import queries as catalogue
from motcua.catalogue.models import Offering, Procedure, ProcedureVersion, Sector
from motcua.catalogue.queries.life_events import LifeEventPage, life_event_cards, life_event_on
from motcua.catalogue.search import ProcedureHit, find_procedures
from motcua.dossiers.models import Dossier
from motcua.portal.queries.procedure_page import fee_in_words, limit_in_words
from motcua.rules.time_limits import LimitUnit, TimeLimit
from motcua.rules.vietnamese import search_key

POPULAR_WITHIN = timedelta(days=90)
POPULAR_COUNT = 8
PAGE_SIZE = 40
_KEPT_SECONDS = 300


@dataclass(frozen=True, slots=True)
class ProcedureLine:
    """One procedure in a list."""

    code: str
    title: str
    summary: str
    sector: str
    limit: str
    fee: str
    is_offered: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """A group of procedures: a sector or an event of life."""

    slug: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class ShelfPage:
    """The procedures of one group, one page of them."""

    name: str
    lines: tuple[ProcedureLine, ...]
    page: int
    has_next: bool


@dataclass(frozen=True, slots=True)
class WalkStep:
    """One procedure of an event of life, in its place, with advice on when and why."""

    line: ProcedureLine
    advice: str


@dataclass(frozen=True, slots=True)
class Walk:
    """An event of life as somebody wrote it: where to begin and what comes next; `others` belong to it as well."""

    name: str
    introduction: str
    steps: tuple[WalkStep, ...]
    others: tuple[ProcedureLine, ...]


@dataclass(frozen=True, slots=True)
class HomePage:
    """What the first page offers besides the search."""

    popular: tuple[ProcedureLine, ...]
    life_events: tuple[Shelf, ...]
    sectors: tuple[Shelf, ...]


def home_page(at: datetime) -> HomePage:
    """Return the lists of the home page."""
    today = timezone.localdate(at)
    return HomePage(popular=_popular(at), life_events=life_events(today), sectors=sectors(today)[:12])


def search_page(text: str, on: date) -> tuple[ProcedureLine, ...]:
    """Return what was found for `text`, the likeliest first."""
    hits = find_procedures(text, on=on, limit=PAGE_SIZE)
    lines = _lines([hit.code for hit in hits], on)
    return tuple(lines[hit.code] for hit in hits if hit.code in lines)


def suggestions(text: str, on: date) -> list[ProcedureHit]:
    """Return the few procedures that `text` most likely means."""
    return find_procedures(text, on=on, limit=6)


def sectors(on: date) -> tuple[Shelf, ...]:
    """Return the sectors with procedures offered in the province, in Vietnamese order."""
    return _kept(f"portal:sectors:{on}", lambda: _sectors(on))


def all_sectors(on: date) -> tuple[Shelf, ...]:
    """Return every sector with the number of its procedures in force, in Vietnamese order."""
    return _kept(f"portal:all-sectors:{on}", lambda: _all_sectors(on))


def life_events(on: date) -> tuple[Shelf, ...]:
    """Return the events of life: those written out in their own order, then what procedures name, most first."""
    return _kept(f"portal:life-events:{on}", lambda: _life_events(on))


def sector_page(code: str, *, page: int, on: date) -> ShelfPage:
    """Return the procedures of a sector, those offered in the province first; raises `Sector.DoesNotExist`."""
    sector = Sector.objects.get(code=code)
    offered = Q(pk__in=Offering.objects.on(on).values("procedure"))
    rows = Procedure.objects.in_force(on).of_sector(code).annotate(is_offered=offered)
    codes = rows.order_by("-is_offered", "sort_key", "code").values_list("code", flat=True)
    start = (page - 1) * PAGE_SIZE
    shown = list(codes[start : start + PAGE_SIZE + 1])
    lines = _lines(shown[:PAGE_SIZE], on)
    return ShelfPage(
        name=sector.name,
        lines=tuple(lines[code] for code in shown[:PAGE_SIZE] if code in lines),
        page=page,
        has_next=len(shown) > PAGE_SIZE,
    )


def walk_page(slug: str, on: date) -> Walk | None:
    """Return the event of life as it is written out, with what else names it; None where nobody wrote it."""
    event = life_event_on(slug, on)
    return _walk(event, on) if event else None


def _walk(event: LifeEventPage, on: date) -> Walk:
    codes = [step.procedure for step in event.steps]
    naming = ProcedureVersion.objects.on(on).filter(life_events__contains=[event.name])
    rows = Procedure.objects.in_force(on).filter(pk__in=naming.values("procedure")).exclude(code__in=codes)
    others = list(rows.order_by("sort_key", "code").values_list("code", flat=True)[:PAGE_SIZE])
    lines = _lines([*codes, *others], on)
    return Walk(
        name=event.name,
        introduction=event.introduction,
        steps=tuple(WalkStep(lines[step.procedure], step.advice) for step in event.steps if step.procedure in lines),
        others=tuple(lines[code] for code in others if code in lines),
    )


def life_event_page(slug: str, on: date) -> ShelfPage | None:
    """Return the procedures of one event of life; None when no procedure names it."""
    shelf = next((event for event in life_events(on) if event.slug == slug), None)
    if shelf is None:
        return None
    naming = ProcedureVersion.objects.on(on).filter(life_events__contains=[shelf.name])
    rows = Procedure.objects.in_force(on).filter(pk__in=naming.values("procedure"))
    codes = list(rows.order_by("sort_key", "code").values_list("code", flat=True))
    lines = _lines(codes, on)
    return ShelfPage(
        name=shelf.name, lines=tuple(lines[code] for code in codes if code in lines), page=1, has_next=False
    )


def _kept(key: str, count: Callable[[], tuple[Shelf, ...]]) -> tuple[Shelf, ...]:
    """Return shelves counted lately: every first page shows them, and the catalogue changes by the week."""
    return cache.get_or_set(key, count, _KEPT_SECONDS) or ()


def _sectors(on: date) -> tuple[Shelf, ...]:
    offered = Q(procedures__in=Offering.objects.on(on).values("procedure"))
    rows = Sector.objects.annotate(count=Count("procedures", filter=offered, distinct=True)).filter(count__gt=0)
    return tuple(Shelf(row.code, row.name, row.count) for row in rows.order_by("sort_key"))


def _all_sectors(on: date) -> tuple[Shelf, ...]:
    return tuple(Shelf(card.code, card.name, card.procedure_count) for card in catalogue.sectors(on))


def _life_events(on: date) -> tuple[Shelf, ...]:
    named = ProcedureVersion.objects.on(on).alive(on).exclude(life_events=[]).values_list("life_events", flat=True)
    counts = Counter(name for names in named for name in names)
    written = tuple(Shelf(card.code, card.name, card.count) for card in life_event_cards(on))
    known = {shelf.slug for shelf in written}
    rest = [(name, count) for name, count in counts.items() if _slug(name) not in known]
    return written + tuple(Shelf(_slug(name), name, count) for name, count in sorted(rest, key=_most_first))


def _popular(at: datetime) -> tuple[ProcedureLine, ...]:
    today = timezone.localdate(at)
    codes = cache.get_or_set(f"portal:popular:{today}", lambda: _popular_codes(at), _KEPT_SECONDS) or []
    lines = _lines(codes, today)
    return tuple(lines[code] for code in codes if code in lines)


def _popular_codes(at: datetime) -> list[str]:
    """Rank by what was filed lately and still holds; a young installation falls back on what citizens look for."""
    today = timezone.localdate(at)
    in_force = Procedure.objects.in_force(today)
    filed = (
        Dossier.objects.filter(submitted_at__gt=at - POPULAR_WITHIN)
        .filter(procedure_version__procedure__in=in_force.values("pk"))
        .values_list("procedure_version__procedure__code")
        .annotate(count=Count("pk"))
        .order_by("-count", "procedure_version__procedure__code")
    )
    codes = [code for code, _count in filed[:POPULAR_COUNT]]
    offered = in_force.filter(pk__in=Offering.objects.on(today).values("procedure"))
    likely = offered.exclude(code__in=codes).order_by("-search_standing", "sort_key", "code")
    return codes + list(likely.values_list("code", flat=True)[: POPULAR_COUNT - len(codes)])


def _lines(codes: Iterable[str], on: date) -> dict[str, ProcedureLine]:
    rows = ProcedureVersion.objects.on(on).alive(on).filter(procedure__code__in=list(codes))
    offered = set(Offering.objects.on(on).filter(procedure__code__in=list(codes)).values_list("procedure", flat=True))
    return {
        row.procedure.code: ProcedureLine(
            code=row.procedure.code,
            title=row.short_title or row.title,
            summary=row.summary or (row.title if row.short_title else ""),
            sector=row.procedure.sector.name,
            limit=_short_limit(row.limit),
            fee=fee_in_words(row.fee_vnd, ""),
            is_offered=row.procedure_id in offered,
        )
        for row in rows.select_related("procedure__sector")
    }


def _short_limit(limit: TimeLimit | None) -> str:
    if limit is not None and limit.unit is LimitUnit.SAME_DAY:
        limit = TimeLimit(limit.amount, LimitUnit.IMMEDIATE)
    return limit_in_words(limit, "")


def _slug(name: str) -> str:
    return search_key(name).replace(" ", "-")


def _most_first(counted: tuple[str, int]) -> tuple[int, str]:
    return -counted[1], counted[0]
