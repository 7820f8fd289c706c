"""Events of life and the procedures people meet in them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from motcua.catalogue.models import LifeEvent, LifeEventStep, Procedure
from motcua.rules.vietnamese import search_key


@dataclass(frozen=True, slots=True)
class LifeEventCard:
    """An event of life with how many of its procedures are in force."""

    code: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class LifeEventName:
    """An event of life by its code and its name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class LifeStep:
    """A procedure in force by its code, with the advice that stands beside it."""

    procedure: str
    advice: str


@dataclass(frozen=True, slots=True)
class LifeEventPage:
    """An event of life with its procedures in force, in the order one meets them."""

    code: str
    name: str
    introduction: str
    steps: tuple[LifeStep, ...]


def life_event_cards(on: date) -> tuple[LifeEventCard, ...]:
    """Return the events of life that have a procedure in force on `on`, in their own order."""
    counted = Count("steps", filter=Q(steps__procedure__in=Procedure.objects.in_force(on).values("pk")))
    rows = LifeEvent.objects.annotate(in_force=counted).filter(in_force__gt=0).order_by("position", "code")
    return tuple(LifeEventCard(*row) for row in rows.values_list("code", "name", "in_force"))


def life_events_found(text: str, on: date) -> tuple[LifeEventName, ...]:
    """Return those in whose name or keywords all the words of `text` occur, accents left aside; none without words."""
    words = set(search_key(text).split())
    if not words:
        return ()
    has_step = LifeEventStep.objects.filter(
        event=OuterRef("pk"), procedure__in=Procedure.objects.in_force(on).values("pk")
    )
    rows = LifeEvent.objects.filter(Exists(has_step)).order_by("position", "code")
    return tuple(
        LifeEventName(code, name)
        for code, name, key in rows.values_list("code", "name", "search_key")
        if words <= set(key.split())
    )


def life_event_on(code: str, on: date) -> LifeEventPage | None:
    """Return the event of life of that code with what is in force on `on`, in two queries; None: there is none."""
    event = LifeEvent.objects.filter(code=code).first()
    if event is None:
        return None
    steps = event.steps.filter(procedure__in=Procedure.objects.in_force(on).values("pk")).order_by("position")
    return LifeEventPage(
        code=event.code,
        name=event.name,
        introduction=event.introduction,
        steps=tuple(LifeStep(code, advice) for code, advice in steps.values_list("procedure__code", "advice")),
    )
