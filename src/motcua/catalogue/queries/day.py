"""The catalogue as it stood, or will stand, on any day (C-12): which version of which procedure is in force."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q
from django.db.models.functions import Least

from motcua.catalogue.models import Offering, Procedure, ProcedureVersion, Sector
from motcua.catalogue.querysets import OfferingQuerySet, ProcedureVersionQuerySet
from motcua.organisations.models import Unit
from motcua.rules.vietnamese import nfc, words

PAGE_SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list of the catalogue is narrowed to: codes of a sector, a level and a unit, and words; empty: not.

    A unit means what it receives or decides on that day. Words are looked for in the code and in today's name, or
    together as they stand in the name of that day.
    """

    sector: str = ""
    level: str = ""
    unit: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class DayLine:
    """A procedure as in force on the day; `ends_on` is the first day on which this is no longer so, None: not known."""

    code: str
    title: str
    sector: str
    level: str
    version: int
    decision_no: str
    valid_from: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class DayPage:
    """One page of the catalogue on a day; `number` counts from 1, `last` is the number of the last one."""

    lines: tuple[DayLine, ...]
    total: int
    number: int
    last: int


@dataclass(frozen=True, slots=True)
class CodeChoice:
    """Something to narrow a list to: a sector or a unit."""

    code: str
    name: str


def version_on(code: str, day: date) -> int | None:
    """Return the number of the version of the procedure `code` in force on `day`; None when none is."""
    return versions_in_force(day).filter(procedure__code=code).values_list("number", flat=True).first()


def versions_in_force(day: date, narrowing: Narrowing = Narrowing()) -> ProcedureVersionQuerySet:
    """Return the versions in force on `day`, at most one a procedure: published, valid, not abolished by then."""
    found = ProcedureVersion.objects.on(day).filter(
        Q(procedure__withdrawn_on=None) | Q(procedure__withdrawn_on__gt=day)
    )
    if narrowing.sector:
        found = found.filter(procedure__sector__code=narrowing.sector)
    if narrowing.level:
        found = found.filter(level=narrowing.level)
    if narrowing.unit:
        found = found.filter(procedure__in=_offered(narrowing.unit, day).values("procedure"))
    return _with_words(found, narrowing.text)


def catalogue_on(day: date, narrowing: Narrowing = Narrowing(), *, number: int = 1) -> DayPage:
    """Return page `number` of the catalogue as of `day`, in Vietnamese order of today's names.

    Two queries, three with a unit. A number beyond the last page gives the last one.
    """
    found = versions_in_force(day, narrowing)
    total = found.count()
    last = max(1, -(-total // PAGE_SIZE))
    number = min(max(number, 1), last)
    rows = found.annotate(ends_on=Least("valid_until", "procedure__withdrawn_on")).order_by(
        "procedure__sort_key", "procedure__code"
    )[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    labels = dict(ProcedureVersion.Level.choices)
    lines = tuple(
        DayLine(
            code=code,
            title=title,
            sector=sector,
            level=str(labels[level]),
            version=version,
            decision_no=decision_no,
            valid_from=valid_from,
            ends_on=ends_on,
        )
        for code, title, sector, level, version, decision_no, valid_from, ends_on in rows.values_list(
            "procedure__code",
            "title",
            "procedure__sector__name",
            "level",
            "number",
            "decision_no",
            "valid_from",
            "ends_on",
        )
    )
    return DayPage(lines=lines, total=total, number=number, last=last)


def sector_choices() -> tuple[CodeChoice, ...]:
    """Return every sector that has procedures, in Vietnamese order, whatever the day."""
    rows = Sector.objects.filter(pk__in=Procedure.objects.values("sector")).order_by("sort_key", "code")
    return tuple(CodeChoice(code, name) for code, name in rows.values_list("code", "name"))


def unit_choices() -> tuple[CodeChoice, ...]:
    """Return every unit that receives or decides a procedure, or once did, in Vietnamese order."""
    rows = Unit.objects.filter(
        Q(pk__in=Offering.objects.values("receiving_unit")) | Q(pk__in=Offering.objects.values("competent_unit"))
    )
    return tuple(CodeChoice(code, name) for code, name in rows.by_name().values_list("code", "name"))


def _offered(unit: str, day: date) -> OfferingQuerySet:
    place = Unit.objects.filter(code=unit).values_list("pk", flat=True).first()
    at = Q(receiving_unit=place) | Q(competent_unit=place)
    return Offering.objects.on(day).filter(at)


def _with_words(found: ProcedureVersionQuerySet, text: str) -> ProcedureVersionQuerySet:
    typed = words(text)
    if not typed:
        return found
    each = Q()
    for word in typed:
        each &= Q(procedure__search_key__contains=word) | Q(procedure__code__contains=word)
    return found.filter(each | Q(title__icontains=nfc(text)) | Q(procedure__code__startswith=text.strip()))
