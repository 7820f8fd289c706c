"""Choose how the province counts on time and late, from a day on (C-30, L-11)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.kernel import events
from motcua.organisations.models import Unit
from motcua.reporting.events import CountingDefinitionChosen
from motcua.reporting.models import CountingChoice
from motcua.rules.settlement_table import CountingDefinition, may_choose_definition

__all__ = ["Choice", "LaterChoice", "MayNotChoose", "choose_definition"]

_LOCK = 7_306_122
"""The number of the advisory lock under which definitions are chosen, one after the other."""


class MayNotChoose(Exception):
    """The official does not control procedures at the province."""


class LaterChoice(Exception):
    """Another definition holds from `valid_from` on, that very day or later: what was reported is not rewritten."""

    def __init__(self, valid_from: date) -> None:
        super().__init__(valid_from.isoformat())
        self.valid_from = valid_from


@dataclass(frozen=True, slots=True)
class Choice:
    """A definition from a day on, by the document `ground`."""

    definition: CountingDefinition
    valid_from: date
    ground: str


@transaction.atomic
def choose_definition(*, choice: Choice, actor: User, at: datetime) -> CountingChoice:
    """Keep the choice; the very same again changes nothing and leaves no event.

    Raises `MayNotChoose`, `LaterChoice`.
    """
    _require_chooser(actor, at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = CountingChoice.objects.order_by("-valid_from").first()
    if last is not None and last.valid_from >= choice.valid_from:
        if Choice(last.as_rule(), last.valid_from, last.ground) == choice:
            return last
        raise LaterChoice(last.valid_from)
    said = {name: value.value for name, value in asdict(choice.definition).items()}
    row = CountingChoice.objects.create(
        valid_from=choice.valid_from, ground=choice.ground, chosen_by=actor, chosen_at=at, **said
    )
    event = CountingDefinitionChosen(
        subject="counting-definition", valid_from=choice.valid_from, ground=choice.ground, **said
    )
    events.record(event, actor=actor, at=at)
    return row


def _require_chooser(actor: User, at: datetime) -> None:
    today = timezone.localdate(at)
    grants = grants_of(actor, today)
    places = Unit.objects.filter(pk__in=[grant.unit_id for grant in grants], parent=None)
    if not may_choose_definition(set(places.values_list("pk", flat=True)), grants, on=today):
        raise MayNotChoose
