"""What is said beside the catalogue, as a configuration package carries it: plain words, events of life, levels."""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.catalogue.models import LifeEvent, PlainSummary, ServiceLevel, ServiceTarget


@dataclass(frozen=True, slots=True)
class CarriedWording:
    """The five answers of one writing, as `PlainSummary`; who wrote them is left out."""

    number: int
    purpose: str
    who: str
    how_long: str
    cost: str
    place: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class CarriedPlainWords:
    """All that was written in plain words about one version, by its number and the hash it was published under."""

    procedure: str
    version: int
    version_hash: str
    writings: tuple[CarriedWording, ...]


@dataclass(frozen=True, slots=True)
class CarriedLifeStep:
    """One procedure of an event of life, by its code."""

    procedure: str
    advice: str


@dataclass(frozen=True, slots=True)
class CarriedLifeEvent:
    """An event of life with its procedures in order; `search_key` also has the words it is looked for by."""

    code: str
    name: str
    introduction: str
    position: int
    search_key: str
    content_hash: str
    steps: tuple[CarriedLifeStep, ...]


@dataclass(frozen=True, slots=True)
class CarriedLevel:
    """How far a procedure can be done online at a unit, empty: at all of them, for a period (D-01)."""

    procedure: str
    unit: str
    axis: str
    level: str
    valid_from: date
    valid_until: date | None
    ground: str
    pays_online: bool | None
    result_from_afar: bool | None
    needs_presence: bool | None


@dataclass(frozen=True, slots=True)
class CarriedTarget:
    """What share is to be reached by the end of a year (D-04)."""

    year: int
    metric: str
    percent: int
    source: str


def carried_plain_words() -> list[CarriedPlainWords]:
    """Return what was written about each version, by procedure and number."""
    rows = PlainSummary.objects.select_related("version__procedure")
    found: dict[tuple[str, int, str], list[CarriedWording]] = {}
    for row in rows.order_by("version__procedure__code", "version__number", "number"):
        version = row.version
        said = CarriedWording(row.number, row.purpose, row.who, row.how_long, row.cost, row.place, row.written_at)
        found.setdefault((version.procedure.code, version.number, version.content_hash), []).append(said)
    return [CarriedPlainWords(*key, tuple(writings)) for key, writings in found.items()]


def carried_life_events() -> list[CarriedLifeEvent]:
    """Return the events of life by their code."""
    rows = LifeEvent.objects.prefetch_related("steps__procedure").order_by("code")
    return [
        CarriedLifeEvent(
            code=row.code,
            name=row.name,
            introduction=row.introduction,
            position=row.position,
            search_key=row.search_key,
            content_hash=row.content_hash,
            steps=tuple(
                CarriedLifeStep(step.procedure.code, step.advice)
                for step in sorted(row.steps.all(), key=lambda step: step.position)
            ),
        )
        for row in rows
    ]


def carried_levels() -> list[CarriedLevel]:
    """Return the levels that stand; one that was withdrawn never held."""
    rows = ServiceLevel.objects.standing().select_related("procedure", "unit")
    levels = [
        CarriedLevel(
            procedure=row.procedure.code,
            unit=row.unit.code if row.unit else "",
            axis=row.axis,
            level=row.level,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            ground=row.ground,
            pays_online=row.pays_online,
            result_from_afar=row.result_from_afar,
            needs_presence=row.needs_presence,
        )
        for row in rows
    ]
    return sorted(levels, key=lambda one: (one.procedure, one.unit, one.axis, one.valid_from))


def carried_targets() -> list[CarriedTarget]:
    """Return the targets by year and what is counted."""
    rows = ServiceTarget.objects.order_by("year", "metric")
    return [CarriedTarget(row.year, row.metric, row.percent, row.source) for row in rows]
