"""Dossiers of the ward already on their way, made through the commands by the people of the demonstration."""

import random
import uuid
from datetime import datetime, timedelta

from django.utils import timezone

from motcua.accounts.models import User
from motcua.catalogue.models import Offering
from motcua.demo.commands.applicants import answer, invent
from motcua.demo.commands.sheets import specimen
from motcua.dossiers.commands import draft, legs, process
from motcua.dossiers.models import Dossier, FilingChannel
from motcua.rules.transitions import Status
from tests.journeys.province import BIRTH, BUILDING_PERMIT, MORNING, WARD, WARD_NAME
from tests.ways import ASKED_FOR, WAIT, Office, way_to

TO_ANSWER = ASKED_FOR


def person(username: str) -> User:
    return User.objects.get(username=username)


def office_of(procedure: str = BIRTH) -> Office:
    """Everybody in the ward who works on that procedure."""
    offerings = Offering.objects.select_related("procedure", "competent_unit", "receiving_unit")
    return Office(
        offering=offerings.get(procedure__code=procedure, competent_unit__code=WARD),
        reception=person("tiepnhan.dbp"),
        dispatcher=person("phancong.dbp"),
        officer=person("hotich.dbp"),
        signer=person("lanhdao.dbp"),
        clerk=person("vanthu.dbp"),
        asked=person("cutru.dbp").grants.select_related("unit").latest("valid_from").unit,
        result_file=None,
        draft_file=specimen("Giấy khai sinh", by=person("hotich.dbp"), at=MORNING),
    )


def dossier_in(
    status: Status, *, procedure: str = BIRTH, at: datetime = MORNING - timedelta(hours=1), owner: str = "congdan"
) -> Dossier:
    """A dossier of the account `owner` that has come as far as `status`, its acts a minute apart from `at` on."""
    return carry_on(_draft(procedure, person(owner), at), status, at=at)


def permit_at(step: str) -> Dossier:
    """A building permit whose leading way has come to `step`: B2 with legs beside it, B5 their join, B7 the head."""
    at = MORNING - timedelta(hours=1)
    dossier, officer = dossier_in(Status.IN_PROGRESS, procedure=BUILDING_PERMIT, at=at), person("hotich.dbp")
    at += timedelta(minutes=5)
    if step in {"B5", "B7"}:
        for leg, expert in (("B3", officer), ("B4", person("dangky.vpdk"))):
            found = legs.LegResult("Không có ý kiến khác.", leg=leg)
            legs.finish_leg(dossier=dossier, officer=expert, result=found, at=at)
        legs.pass_on(dossier=dossier, officer=officer, giving=process.Giving(officer, "Đủ điều kiện."), at=at)
    if step == "B7":
        draft_permit = specimen("Giấy phép xây dựng", by=officer, at=at)
        proposal = process.Proposal("Đủ điều kiện.", "Giấy phép xây dựng", draft_permit)
        process.propose(dossier=dossier, officer=officer, proposal=proposal, at=at + timedelta(minutes=1))
    return Dossier.objects.get(pk=dossier.pk)


def carry_on(dossier: Dossier, status: Status, *, at: datetime) -> Dossier:
    """Take a draft as far as `status`."""
    office = office_of(dossier.procedure_version.procedure.code)
    for reached, act in way_to(status, dossier, office):
        at += WAIT.get(reached, timedelta(minutes=1))
        act(at)
        dossier = Dossier.objects.get(pk=dossier.pk)
    assert dossier.status == status
    return dossier


def _draft(procedure: str, owner: User, at: datetime) -> Dossier:
    chance = random.Random(f"{procedure} {at}")
    filing = draft.Filing(key=uuid.uuid4(), channel=FilingChannel.ONLINE, owner=owner)
    dossier = draft.start_draft(offering=office_of(procedure).offering, filing=filing, actor=owner, at=at)
    applicant = invent(chance, place=WARD_NAME)
    draft.save_applicant(dossier=dossier, details=applicant.as_applicant(), actor=owner, at=at)
    answers = answer(chance, dossier.procedure_version, applicant, timezone.localdate(at))
    draft.save_declaration(dossier=dossier, answers=answers, actor=owner, at=at)
    for paper in dossier.papers.select_related("required_paper"):
        if paper.required_paper.is_required:
            file = specimen(paper.required_paper.name, by=owner, at=at)
            draft.attach_paper(dossier=dossier, position=paper.position, file=file, actor=owner, at=at)
    return Dossier.objects.get(pk=dossier.pk)
