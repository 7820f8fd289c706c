"""What a citizen reads of a group of procedures done at once, and of an application for one."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from motcua.catalogue.linked_groups import GroupOffer, LegOffer, group_offers
from motcua.catalogue.models import LinkedGroup, RequiredPaper
from motcua.dossiers.facts import counting_mode, limit_for, may_be_filed_online
from motcua.dossiers.models import FilingChannel
from motcua.dossiers.queries.derivation import DerivedDay, derivation_shown
from motcua.organisations.facts import working_calendar
from motcua.portal.queries.places import Place, place_at, place_meant
from motcua.portal.queries.procedure_page import fee_in_words, limit_in_words
from motcua.rules.linked_papers import asks_paper, asks_question
from motcua.rules.linked_terms import LegTerm, LinkedPlan, linked_plan
from motcua.rules.working_time import CalendarExhausted


@dataclass(frozen=True, slots=True)
class GroupLegLine:
    """One leg as it is offered: who settles it, in what term and for what fee, and after which legs it begins.

    `due_at` is when it would end at the latest if the whole were accepted now; None where that cannot be said.
    """

    number: int
    procedure_code: str
    name: str
    agency: str
    limit: str
    fee: str
    after: tuple[str, ...]
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class GroupPaper:
    """One paper to bring, and for which leg."""

    name: str
    case: str
    leg: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A group for its applicants. `place` is the desk they mean, whose agencies `legs` name.

    `due_at` and `derivation` are of the whole if it were accepted now; None where no place is known or no day counted.
    """

    group: LinkedGroup
    places: tuple[Place, ...]
    place: Place | None
    legs: tuple[GroupLegLine, ...]
    papers: tuple[GroupPaper, ...]
    shared_count: int
    question_count: int
    due_at: datetime | None
    is_provisional: bool
    derivation: tuple[DerivedDay, ...]

    @property
    def can_be_filed(self) -> bool:
        """Whether some desk takes the whole group online."""
        return bool(self.places)

    @property
    def needed(self) -> tuple[GroupPaper, ...]:
        """The papers that everybody brings."""
        return tuple(paper for paper in self.papers if paper.is_required)

    @property
    def by_case(self) -> tuple[GroupPaper, ...]:
        """The papers that some cases need."""
        return tuple(paper for paper in self.papers if not paper.is_required)


def group_page(code: str, *, said_place: str, at: datetime) -> GroupPage:
    """Return the group in force at `at`; raises `LinkedGroup.DoesNotExist`."""
    today = timezone.localdate(at)
    group = LinkedGroup.objects.on(today).get(code=code)
    offers = [offer for offer in group_offers(group, today) if _is_open_online(offer)]
    places = {place_at(offer.offering).key: offer for offer in offers}
    shown = tuple(place_at(offer.offering) for offer in offers)
    place = place_meant(shown, said_place)
    offer = places[place.key] if place else (offers[0] if offers else None)
    legs = offer.legs if offer else ()
    plan = _plan(legs, at) if place else None
    papers, shared_count = _papers(legs)
    return GroupPage(
        group=group,
        places=shown,
        place=place,
        legs=tuple(_line(leg, legs, plan, names_agency=place is not None) for leg in legs),
        papers=papers,
        shared_count=shared_count,
        question_count=sum(
            asks_question(leg.leg.as_rule(), field["key"]) for leg in legs for field in leg.version.declaration
        ),
        due_at=plan.whole.due_at if plan else None,
        is_provisional=plan.whole.is_provisional if plan else False,
        derivation=derivation_shown(plan.whole) if plan else (),
    )


def _is_open_online(offer: GroupOffer) -> bool:
    return all(may_be_filed_online(leg.version) for leg in offer.legs)


def _plan(legs: tuple[LegOffer, ...], at: datetime) -> LinkedPlan | None:
    terms = []
    for leg in legs:
        limit = limit_for(leg.version, FilingChannel.ONLINE)
        if limit is None:
            return None
        calendar = working_calendar(leg.competent_unit, timezone.localdate(at))
        terms.append(LegTerm(leg.leg.number, frozenset(leg.leg.needs), limit, calendar))
    try:
        return linked_plan(timezone.localtime(at), terms, counting_mode())
    except CalendarExhausted:
        return None


def _line(leg: LegOffer, legs: tuple[LegOffer, ...], plan: LinkedPlan | None, *, names_agency: bool) -> GroupLegLine:
    version = leg.version
    names = {one.leg.number: one.version.name for one in legs}
    return GroupLegLine(
        number=leg.leg.number,
        procedure_code=version.procedure.code,
        name=version.name,
        agency=leg.competent_unit.authority_name if names_agency else "",
        limit=limit_in_words(limit_for(version, FilingChannel.ONLINE), version.limit_text),
        fee=fee_in_words(version.fee_vnd, version.fee_text),
        after=tuple(names[needed] for needed in leg.leg.needs),
        due_at=plan.legs[leg.leg.number - 1].moment.due_at if plan else None,
    )


def _papers(legs: tuple[LegOffer, ...]) -> tuple[tuple[GroupPaper, ...], int]:
    """Return the papers asked for once, and how many more the procedures ask for on their own."""
    rows = RequiredPaper.objects.filter(version__in=[leg.version.pk for leg in legs], is_note=False)
    by_version: dict[int, list[RequiredPaper]] = {}
    for row in rows.order_by("position"):
        by_version.setdefault(row.version_id, []).append(row)
    asked = [
        GroupPaper(paper.name, paper.case, leg.version.name, paper.is_required)
        for leg in legs
        for paper in by_version.get(leg.version.pk, [])
        if asks_paper(leg.leg.as_rule(), paper.position)
    ]
    return tuple(asked), sum(map(len, by_version.values())) - len(asked)
