"""Linked groups and applications: what can be applied for at once, beginning it, and what an agency answers for."""

import uuid
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Body, File, Query, Router
from ninja.files import UploadedFile
from pydantic import BaseModel, Field

from motcua.api.auth import Asked, AskedByOfficer, BearerToken, OfficerToken
from motcua.api.shapes import Given, Moment, Shape, Text, Words
from motcua.api.v1.acting import NO_SCANS
from motcua.api.v1.catalogue import QuestionShape
from motcua.api.v1.counter import (
    Filed,
    LinkedFilingGiven,
    filed_as,
    filing_key,
    taken_down,
)
from motcua.api.v1.linked_shapes import LinkedShape
from motcua.api.v1.own import moved
from motcua.api.v1.own_shapes import OwnMoved
from motcua.api.writing import CREATING, created, idempotency_key, written
from motcua.catalogue.linked_groups import GroupContent, group_content, group_offers, groups_found, groups_with
from motcua.catalogue.models import LinkedGroup, Offering, Procedure
from motcua.catalogue.queries import offering_at
from motcua.catalogue.queries.procedures import question_card
from motcua.dossiers.commands.draft import Filing
from motcua.dossiers.commands.file_at_counter import file_linked_at_counter
from motcua.dossiers.commands.linked_draft import GroupNotOffered, start_linked_draft
from motcua.dossiers.models import FilingChannel
from motcua.dossiers.queries.counter import asked_by_group
from motcua.dossiers.queries.linked import linked_list
from motcua.rules.linked import LEAD
from motcua.rules.permissions import check_file_at

router = Router(tags=["Public"])
own_router = Router(tags=["Own dossiers"], auth=BearerToken())
work_router = Router(tags=["Work"], auth=OfficerToken())
_DRAFT_KEYS = uuid.UUID("0c2c1f52-9d5b-4a37-8a60-5f1c0c6f7a2e")


class GroupsAsked(BaseModel):
    """By words of the name, or by one of the procedures; all groups without either."""

    q: Text = Field("", max_length=200)
    procedure: Text = Field("", max_length=40)


class GroupShape(Shape):
    """A group of procedures that are applied for together; `source` is what links them."""

    code: str
    name: str
    summary: str
    source: str
    valid_from: date
    returns_together: bool


class Groups(Shape):
    """Groups in force today, in Vietnamese order."""

    items: list[GroupShape]


class GroupQuestionShape(QuestionShape):
    """A question asked once for the group, under the key it is answered by."""


class GroupPaperShape(Shape):
    """A paper handed in once for the group, at the position it is given at."""

    position: int
    name: str
    case: str
    is_required: bool


class GroupLegShape(Shape):
    """One leg: which legs it needs, by number, and what is asked for it that no other leg has."""

    number: int
    procedure_code: str
    name: str
    needs: tuple[int, ...]
    questions: tuple[GroupQuestionShape, ...]
    papers: tuple[GroupPaperShape, ...]


class GroupDeskShape(Shape):
    """A desk that takes the whole group in; `competent` leads and answers for it."""

    desk: str
    desk_name: str
    competent: str
    competent_name: str


class GroupDetailShape(GroupShape):
    """A group with its legs in order, the leading one first, and the desks that take it in."""

    legs: tuple[GroupLegShape, ...]
    desks: tuple[GroupDeskShape, ...]


class LinkedBeginning(Given):
    """Which group, and where; `competent` only where the desk serves several units that decide the leading leg."""

    group: Words = Field(max_length=80)
    desk: Words = Field(max_length=40)
    competent: Text = Field("", max_length=40)


class LinkedListShape(Shape):
    """Linked applications under way that the official's unit answers for, those with a late leg first: up to 200."""

    at: Moment
    total: int
    late_count: int
    items: list[LinkedShape]


@router.get("", response=Groups)
def list_linked_groups(request: HttpRequest, asked: Query[GroupsAsked]) -> Groups:
    """List the groups in force today: all, those whose names hold the words, or those with a procedure."""
    today = timezone.localdate()
    if asked.procedure:
        procedure = Procedure.objects.filter(code=asked.procedure).first()
        groups = groups_with(procedure.pk, today) if procedure else []
    elif asked.q:
        groups = groups_found(asked.q, today)
    else:
        groups = list(LinkedGroup.objects.on(today).order_by("sort_key", "pk"))
    return Groups(items=[GroupShape.model_validate(group) for group in groups])


@router.get("/{code}", response=GroupDetailShape)
def read_linked_group(request: HttpRequest, code: str) -> GroupDetailShape:
    """Return a group in force: each leg with what is asked for it once, and where the whole can be applied for."""
    today = timezone.localdate()
    group = LinkedGroup.objects.on(today).filter(code=code).first()
    if group is None:
        raise Http404
    desks = [
        GroupDeskShape(
            desk=offer.offering.receiving_unit.code,
            desk_name=offer.offering.receiving_unit.name,
            competent=offer.offering.competent_unit.code,
            competent_name=offer.offering.competent_unit.authority_name,
        )
        for offer in group_offers(group, today)
    ]
    return GroupDetailShape(
        **GroupShape.model_validate(group).model_dump(),
        legs=tuple(_leg(content) for content in group_content(group, today)),
        desks=tuple(desks),
    )


@own_router.post("", response={201: OwnMoved}, openapi_extra=CREATING)
def begin_linked_application(request: Asked, payload: LinkedBeginning) -> HttpResponse:
    """Begin one application for a whole group; it is filled in and handed in as the own dossier it answers with.

    Its questions and papers are those of the group's legs. The same Idempotency-Key begins the same one.
    """
    caller = request.auth
    key = idempotency_key(request, is_required=True)
    draft_key = uuid.uuid5(_DRAFT_KEYS, f"{caller.user.pk} {key} {payload.model_dump_json()}")

    def begin() -> OwnMoved:
        group, offering = _meant(payload, caller.today)
        filing = Filing(key=draft_key, channel=FilingChannel.ONLINE, owner=caller.user)
        return moved(start_linked_draft(group=group, offering=offering, filing=filing, actor=caller.user, at=caller.at))

    return created(written(request, caller, begin, said=payload, status=201), "/api/v1/my/dossiers/")


@work_router.post("", response={201: Filed}, openapi_extra=CREATING)
def file_linked_in_person(
    request: AskedByOfficer, filing: Body[LinkedFilingGiven], scans: File[list[UploadedFile]] = NO_SCANS
) -> HttpResponse:
    """File for somebody at the counter for a whole group: a form with the part `filing` in JSON, and the scans.

    Answers and papers are those that the group asks for once. Papers may be missing, the desk then asks for them. The
    same Idempotency-Key files the same application.
    """
    officer, key = request.auth, filing_key(request)

    def filed() -> Filed:
        group, offering = _meant(filing, officer.today)
        check_file_at(offering.receiving_unit_id, officer.grants, on=officer.today)
        taken = taken_down(officer, filing, asked_by_group(group, officer.today), scans, key)
        act = file_linked_at_counter
        return filed_as(act(group=group, offering=offering, filing=taken, officer=officer.user, at=officer.at))

    return created(written(request, officer, filed, said=filing, files=scans, status=201), "/api/v1/work/dossiers/")


@work_router.get("", response=LinkedListShape)
def list_linked_applications(request: AskedByOfficer) -> LinkedListShape:
    """List the linked applications under way whose leading leg the official may see, and which legs are late."""
    officer = request.auth
    found = linked_list(officer.user, officer.grants, at=officer.at)
    items = [LinkedShape.model_validate(row) for row in found.rows]
    return LinkedListShape(at=found.at, total=found.total, late_count=found.late_count, items=items)


def _meant(given: LinkedBeginning | LinkedFilingGiven, on: date) -> tuple[LinkedGroup, Offering]:
    group = LinkedGroup.objects.on(on).filter(code=given.group).first()
    if group is None:
        raise GroupNotOffered(given.group)
    lead = group.legs.select_related("procedure").get(number=LEAD)
    try:
        return group, offering_at(lead.procedure.code, given.desk, given.competent, on)
    except Offering.DoesNotExist as unknown:
        raise GroupNotOffered(given.group) from unknown


def _leg(content: GroupContent) -> GroupLegShape:
    version = content.version
    questions = (GroupQuestionShape.model_validate(question_card(field)) for _key, field in content.questions)
    papers = (
        GroupPaperShape(position=position, name=paper.name, case=paper.case, is_required=paper.is_required)
        for position, paper in content.papers
    )
    return GroupLegShape(
        number=content.leg.number,
        procedure_code=version.procedure.code,
        name=version.name,
        needs=tuple(content.leg.needs),
        questions=tuple(questions),
        papers=tuple(papers),
    )
