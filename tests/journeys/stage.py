"""Dossiers of the ward already on their way, made through the commands by the people of the demonstration."""

import random
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from motcua.accounts.models import User
from motcua.catalogue.models import Offering
from motcua.demo.commands.applicants import answer, invent
from motcua.demo.commands.sheets import specimen
from motcua.dossiers.commands import draft, intake, process
from motcua.dossiers.commands.submit import submit
from motcua.dossiers.commands.withdraw import withdraw
from motcua.dossiers.models import Dossier, FilingChannel
from motcua.rules.papers import CheckState, DeclineGround
from motcua.rules.transitions import Status
from tests.journeys.province import BIRTH, MORNING, WARD, WARD_NAME
from tests.make import Office

TO_ANSWER = "Thiếu chữ ký của người khai."
_ON_THE_WAY = (
    Status.SUBMITTED,
    Status.ACCEPTED,
    Status.TRANSFERRED,
    Status.IN_PROGRESS,
    Status.PENDING_SIGN,
    Status.SIGNED,
    Status.DONE,
    Status.RETURNED,
)
Act = Callable[[Dossier, datetime], object]


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
    )


def dossier_in(
    status: Status, *, procedure: str = BIRTH, at: datetime = MORNING - timedelta(hours=1), owner: str = "congdan"
) -> Dossier:
    """A dossier of the account `owner` that has come as far as `status`, its acts a minute apart from `at` on."""
    return carry_on(_draft(procedure, person(owner), at), status, at=at)


def carry_on(dossier: Dossier, status: Status, *, at: datetime) -> Dossier:
    """Take a draft as far as `status`."""
    office = office_of(dossier.procedure_version.procedure.code)
    for act in _way(status, office):
        at += timedelta(minutes=1)
        act(dossier, at)
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


def _way(status: Status, office: Office) -> list[Act]:
    """Return the acts from the draft to `status`, in their order."""

    def handed_in(dossier: Dossier, at: datetime) -> object:
        return submit(dossier=dossier, actor=dossier.owner, at=at)

    ends: dict[Status, list[Act]] = {
        Status.DRAFT: [],
        Status.WITHDRAWN: [handed_in, lambda dossier, at: withdraw(dossier=dossier, actor=dossier.owner, at=at)],
        Status.INTAKE_SUPPLEMENT: [handed_in, lambda dossier, at: _ask_for_more(dossier, office, at)],
        Status.NOT_ACCEPTED: [handed_in, lambda dossier, at: _decline(dossier, office, at)],
    }
    if status in ends:
        return ends[status]
    return [handed_in, *_inside(office)][: _ON_THE_WAY.index(status) + 1]


def _inside(office: Office) -> list[Act]:
    def proposed(dossier: Dossier, at: datetime) -> object:
        file = specimen("Giấy khai sinh", by=office.officer, at=at)
        proposal = process.Proposal("Hồ sơ đầy đủ, đúng quy định. Đề nghị giải quyết.", "Giấy khai sinh", file)
        return process.propose(dossier=dossier, officer=office.officer, proposal=proposal, at=at)

    numbering = process.Numbering(number="12/GKS", file=None)
    desk, leader = office.reception, office.signer
    return [
        lambda dossier, at: intake.accept(dossier=dossier, officer=desk, checks=_checks(dossier), at=at),
        lambda dossier, at: process.transfer(dossier=dossier, officer=desk, at=at),
        lambda dossier, at: process.assign(
            dossier=dossier, officer=office.dispatcher, to=office.officer, note="", at=at
        ),
        proposed,
        lambda dossier, at: process.sign(dossier=dossier, officer=leader, note="", at=at),
        lambda dossier, at: process.issue(dossier=dossier, officer=office.clerk, numbering=numbering, at=at),
        lambda dossier, at: process.hand_over(dossier=dossier, officer=desk, received_by="Lò Thị Demo", at=at),
    ]


def _checks(dossier: Dossier) -> dict[int, intake.PaperCheck]:
    return {
        paper.position: intake.PaperCheck(CheckState.PRESENT if paper.file_id else CheckState.NOT_NEEDED)
        for paper in dossier.papers.all()
    }


def _ask_for_more(dossier: Dossier, office: Office, at: datetime) -> object:
    return intake.request_intake_supplement(
        dossier=dossier, officer=office.reception, asking=intake.Asking({1: TO_ANSWER}, TO_ANSWER), at=at
    )


def _decline(dossier: Dossier, office: Office, at: datetime) -> object:
    refusal = intake.Refusal(
        DeclineGround.NOT_WITHIN_AUTHORITY, "60/2014/QH13", "Đề nghị nộp tại nơi cha hoặc mẹ cư trú."
    )
    return intake.decline(dossier=dossier, officer=office.reception, refusal=refusal, at=at)
