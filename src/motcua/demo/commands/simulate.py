"""Let the demonstration province live through the last months: a few hundred dossiers, in every state there is."""

import random
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from motcua.accounts.models import Grant, User
from motcua.catalogue.models import Offering, ProcedureVersion
from motcua.demo.commands.applicants import invent
from motcua.demo.commands.linked_lives import LinkedLife, Plot, staffed_offers
from motcua.demo.commands.lives import Life, Office, ToldAlready
from motcua.demo.commands.outages import OutageStory
from motcua.demo.commands.petitions import live_petitions
from motcua.demo.commands.surveys import live_surveys
from motcua.dossiers.commands.draft import NotOffered, in_force
from motcua.dossiers.facts import is_at_once
from motcua.dossiers.models import FilingChannel
from motcua.kernel.digests import close_day
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status

__all__ = ["NobodyWorksHere", "ToldAlready", "simulate"]

MONTHS = timedelta(days=110)
_RECENT = timedelta(days=9)
_SHORT_STORY = timedelta(days=8)
_STORY = {Status.CLOSED_UNANSWERED: timedelta(days=40)}
_STATES = tuple(Status)
_A_LINKED_ONE, _AN_OUTAGE, _OF_THE_CITIZEN = 30, 30, 4
_RECENT_SHARE, _OWN_SHARE = 0.35, 0.05
_POPULAR = frozenset({"1.001193", "2.000815", "1.000656", "1.004873", "1.001612", "1.004222", "2.000635", "1.013225"})
_AT_THE_AGENCY = (Role.DISPATCHER, Role.PROCESSING_OFFICER, Role.SIGNER, Role.RECORDS_CLERK)
Progress = Callable[[int, int], None]


class NobodyWorksHere(Exception):
    """No offered procedure has people for every step: the province was not loaded."""


def simulate(*, seed: int, dossiers: int, until: datetime, progress: Progress | None = None) -> None:
    """Make `dossiers` dossiers in the months before `until`, through the commands of the site.

    To every `_A_LINKED_ONE` of them comes a linked application, of each group and each plot in turn; from `_AN_OUTAGE`
    of them on a desk works on paper for a day, and people send petitions and answer surveys.

    The same seed, data and `until` give the same story. The record is closed with the digest of the day before, as the
    nightly job would have done. Raises `NobodyWorksHere`, and `ToldAlready` for a seed that was used before.
    """
    chance = random.Random(seed)  # noqa: S311  # a story, not a secret
    offices = staffed_offices(until)
    if not offices:
        raise NobodyWorksHere
    citizen = User.objects.filter(grants=None).order_by("pk").first()
    weights = [_popularity(office) for office in offices]
    for number in range(dossiers):
        # The first stories stop once in every state there is, so that the smallest demonstration shows them all.
        stops_at = _STATES[number] if number < len(_STATES) else None
        office = chance.choices(offices, weights)[0]
        if stops_at is Status.IMMEDIATE_DONE:
            office = next((one for one in offices if one.is_at_once), office)
        owner = citizen if chance.random() < _OWN_SHARE else None
        person = invent(chance, place=_place(office))
        begin = until - _STORY.get(stops_at, _SHORT_STORY) if stops_at else _begin(chance, until)
        Life(chance, office, person, owner, begin, until, stops_at).live()
        if progress:
            progress(number + 1, dossiers)
    _live_linked(chance, dossiers // _A_LINKED_ONE, citizen, until)
    if dossiers >= _AN_OUTAGE:
        live_through_outage(chance, offices, until)
        live_petitions(citizen, until)
        live_surveys(chance, until)
    close_day(timezone.localdate(until) - timedelta(days=1))


def _live_linked(chance: random.Random, count: int, citizen: User | None, until: datetime) -> None:
    people = people_by_role(timezone.localdate(until))
    plots, offers = list(Plot), staffed_offers(people, until)
    for number in range(count if offers else 0):
        offer = offers[(number + number // len(plots)) % len(offers)]
        owner = citizen if number % _OF_THE_CITIZEN == 0 else None
        LinkedLife(chance, offer, people, owner, until, plots[number % len(plots)]).live()


def live_through_outage(chance: random.Random, offices: Sequence[Office], until: datetime) -> None:
    """Have the first desk that has a head, and takes in what a day on paper can be told of, work so for a day."""
    people = people_by_role(timezone.localdate(until))
    for office in offices:
        heads = people.get((Role.HEAD_OF_ONE_STOP, office.offering.receiving_unit_id), ())
        story = OutageStory(chance, office, heads[0], until) if heads else None
        if story is not None and story.is_possible():
            story.live()
            return


def staffed_offices(at: datetime) -> list[Office]:
    """Return every procedure that can be applied for at `at` and has somebody for each step."""
    on = timezone.localdate(at)
    people = people_by_role(on)
    offerings = Offering.objects.on(on).select_related("procedure", "competent_unit", "receiving_unit__parent")
    offices = []
    for offering in offerings.order_by("procedure__code", "receiving_unit__code"):
        desk, agency = offering.receiving_unit_id, offering.competent_unit_id
        reception = people.get((Role.RECEPTION_OFFICER, desk), ())
        dispatchers, officers, signers, clerks = (people.get((role, agency), ()) for role in _AT_THE_AGENCY)
        # Whether it can be applied for takes several queries: asked of the few that have people alone.
        is_staffed = reception and dispatchers and officers and signers and clerks
        version = _version(offering, at) if is_staffed else None
        if version is not None:
            at_once = is_at_once(version, FilingChannel.DIRECT)
            offices.append(Office(offering, reception, dispatchers, officers, signers, clerks, is_at_once=at_once))
    return offices


def _version(offering: Offering, at: datetime) -> ProcedureVersion | None:
    """Return what can be applied for at `at`; None when nothing can."""
    try:
        return in_force(offering, at)[0]
    except NotOffered:
        return None


def people_by_role(on: date) -> dict[tuple[Role, int], tuple[User, ...]]:
    """Return who holds each role in each unit on that day, by role and the unit's id."""
    found: dict[tuple[Role, int], tuple[User, ...]] = {}
    for grant in Grant.objects.on(on).select_related("user").order_by("pk"):
        key = (Role(grant.role), grant.unit_id)
        found[key] = (*found.get(key, ()), grant.user)
    return found


def _place(office: Office) -> str:
    home = office.offering.receiving_unit.parent
    return home.name if home and home.level == "COMMUNE" else "Phường Điện Biên Phủ"


def _popularity(office: Office) -> int:
    return 12 if office.offering.procedure.code in _POPULAR else 2


def _begin(chance: random.Random, until: datetime) -> datetime:
    """Draw when somebody hands in: a third in the last days, so that much is still on the way."""
    span = _RECENT if chance.random() < _RECENT_SHARE else MONTHS
    day = timezone.localtime(until) - timedelta(seconds=chance.uniform(0, span.total_seconds()))
    return day.replace(hour=chance.randrange(7, 21), minute=chance.randrange(60), second=0, microsecond=0)
