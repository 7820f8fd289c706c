"""What a worklist is narrowed to, and what there is to choose from."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from motcua.dossiers.models import Dossier, Step
from motcua.rules.transitions import Status

LOOKED_AT = 1_000
"""Among how many of a shelf's dossiers the choices are looked up: nobody narrows down what they would never reach."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Codes and user names that every row must have; empty or None: any. `text` is a part of the dossier's code.

    `officer` holds the dossier, `leg_officer` has a parallel leg of it under way.
    """

    procedure: str = ""
    status: Status | None = None
    officer: str = ""
    leg_officer: str = ""
    unit: str = ""
    text: str = ""

    def of(self, dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
        """Return those of `dossiers` that fit."""
        wanted = Q()
        if self.procedure:
            wanted &= Q(procedure_version__procedure__code=self.procedure)
        if self.status:
            wanted &= Q(status=self.status)
        if self.officer:
            wanted &= Q(assignee__username=self.officer)
        if self.leg_officer:
            legs = Step.objects.filter(assignee__username=self.leg_officer, finished_at=None, leg__gt="")
            wanted &= Q(pk__in=legs.values("dossier"))
        if self.unit:
            wanted &= Q(holder_unit__code=self.unit)
        if text := "".join(self.text.split()).upper():
            wanted &= Q(code__contains=text) | Q(reference__contains=text)
        return dossiers.filter(wanted)


@dataclass(frozen=True, slots=True, order=True)
class Choice:
    """One thing a list can be narrowed to, by the name it is shown under."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What a shelf can be narrowed to."""

    procedures: tuple[Choice, ...]
    statuses: tuple[Status, ...]
    officers: tuple[Choice, ...]
    units: tuple[Choice, ...]


def choices_among(dossiers: QuerySet[Dossier]) -> Choices:
    """Return what the most urgent of `dossiers` can be narrowed to, in one query."""
    first = dossiers.order_by("action_due_at", "pk").values("pk")[:LOOKED_AT]
    rows = Dossier.objects.filter(pk__in=first).values_list(
        "procedure_version__procedure__code",
        "procedure_version__short_title",
        "procedure_version__title",
        "status",
        "assignee__username",
        "assignee__full_name",
        "holder_unit__code",
        "holder_unit__name",
    )
    procedures, statuses, officers, units = set[Choice](), set[str](), set[Choice](), set[Choice]()
    for code, short, title, status, username, name, unit_code, unit in rows.distinct():
        procedures.add(Choice(short or title, code))
        statuses.add(status)
        if username:
            officers.add(Choice(name or username, username))
        if unit_code:
            units.add(Choice(unit, unit_code))
    return Choices(
        procedures=tuple(sorted(procedures)),
        statuses=tuple(status for status in Status if status in statuses),
        officers=tuple(sorted(officers)),
        units=tuple(sorted(units)),
    )
