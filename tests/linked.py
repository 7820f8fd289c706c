"""Linked groups and applications for tests, made through the commands."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.accounts.models import User
from motcua.catalogue.commands.publish_linked_group import GroupDefinition, LegDefinition, publish_linked_group
from motcua.catalogue.models import LinkedGroup, Offering, Procedure
from motcua.dossiers.commands import draft, intake, process
from motcua.dossiers.commands.linked_course import follow_linked
from motcua.dossiers.commands.linked_draft import start_linked_draft
from motcua.dossiers.commands.submit import submit
from motcua.dossiers.linked_facts import questions_of
from motcua.dossiers.models import Dossier, FilingChannel, LinkedApplication
from motcua.organisations.models import Unit
from motcua.rules.linked import WithdrawalEnds
from motcua.rules.papers import CheckState
from tests.make import (
    LONG_AGO,
    MONDAY,
    Office,
    make_file,
    make_offering,
    make_office,
    make_procedure,
    make_unit,
    make_user,
)

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Linked:
    """A group whose legs are settled by one office each, all taken in at the desk of the first."""

    group: LinkedGroup
    offices: tuple[Office, ...]

    @property
    def lead(self) -> Office:
        """The office of the leading agency; its reception is the desk's."""
        return self.offices[0]


def make_group(
    *,
    limits: Mapping[str, str] | None = None,
    needs: tuple[tuple[int, ...], ...] = ((), (1,), (1,)),
    days: tuple[str, ...] = ("1", "7", "5"),
    returns_together: bool = True,
    waits_days: int | None = None,
    withdrawal_ends: WithdrawalEnds = WithdrawalEnds.EACH_DECISION,
    in_person: frozenset[int] = frozenset(),
) -> Linked:
    """A fan: the lead in one working day, then two at the same time in seven and five.

    The second paper of leg 2 is the result of leg 1, and leg 3 takes its answer and its first paper from the lead.
    The legs numbered `in_person` cannot be applied for online; one of "0" `days` is settled at once.
    """
    commune = make_unit()
    procedures = [
        make_procedure(
            limit=limit,
            unit="WORKING_DAY" if int(limit) else "IMMEDIATE",
            ways=["DIRECT"] if number in in_person else ["ONLINE", "DIRECT", "POSTAL"],
        )
        for number, limit in enumerate(days, start=1)
    ]
    lead = make_offering(procedure=procedures[0], commune=commune)
    offerings = [lead, *(_offering(one, lead.receiving_unit, commune) for one in procedures[1:])]
    legs = [
        LegDefinition(
            procedure=procedure.code,
            needs=needed,
            answers={"ten_con": "ten_con"} if number == 3 else {},
            papers={1: 1} if number == 3 else {},
            results={2: 1} if number == 2 and 1 in needed else {},
        )
        for number, (procedure, needed) in enumerate(zip(procedures, needs, strict=True), start=1)
    ]
    definition = GroupDefinition(
        code=f"nhom-{procedures[0].code.replace('.', '-')}",
        name="Khai sinh, thường trú và thẻ bảo hiểm",
        summary="Làm cùng lúc.",
        source="B-21",
        valid_from=LONG_AGO + timedelta(days=1),
        legs=tuple(legs),
        returns_together=returns_together,
        waits_days=waits_days,
        withdrawal_ends=withdrawal_ends,
    )
    group = publish_linked_group(definition=definition, actor=None, at=MONDAY)
    return Linked(group, tuple(make_office(offering=offering) for offering in offerings))


def _offering(procedure: Procedure, desk: Unit, commune: Unit) -> Offering:
    agency = make_unit(parent=commune, kind="OFFICE")
    return Offering.objects.create(procedure=procedure, competent_unit=agency, receiving_unit=desk, valid_from=LONG_AGO)


def make_linked_draft(linked: Linked, *, owner: User | None = None, at: datetime = MONDAY) -> Dossier:
    """A complete draft, not yet handed in."""
    owner = owner or make_user(full_name="Vàng Thị Mỷ")
    filing = draft.Filing(key=uuid.uuid4(), channel=FilingChannel.ONLINE, owner=owner)
    dossier = start_linked_draft(group=linked.group, offering=linked.lead.offering, filing=filing, actor=owner, at=at)
    details = draft.ApplicantDetails("Vàng Thị Mỷ", "011199000123", "0900000123", "my@example.com", "Bản Phủ")
    draft.save_applicant(dossier=dossier, details=details, actor=owner, at=at)
    answers = {field["key"]: f"Trả lời {field['key']}" for field in questions_of(dossier)}
    draft.save_declaration(dossier=dossier, answers=answers, actor=owner, at=at)
    for paper in dossier.papers.filter(required_paper__is_required=True):
        draft.attach_paper(dossier=dossier, position=paper.position, file=make_file(at=at), actor=owner, at=at)
    return Dossier.objects.get(pk=dossier.pk)


def make_accepted(linked: Linked, *, owner: User | None = None, at: datetime = MONDAY) -> LinkedApplication:
    """An application accepted at 9:00, its leading leg handed to its agency at 9:30, and followed."""
    return follow(make_unfollowed(linked, owner=owner, at=at), at + 1.5 * HOUR)


def make_unfollowed(linked: Linked, *, owner: User | None = None, at: datetime = MONDAY) -> Dossier:
    """The leading dossier of one that the worker has not yet come to."""
    dossier = submit(dossier=make_linked_draft(linked, owner=owner, at=at), actor=owner, at=at)
    reception = linked.lead.reception
    intake.accept(dossier=dossier, officer=reception, checks=checks_of(dossier), at=at + HOUR)
    return process.transfer(dossier=dossier, officer=reception, at=at + 1.5 * HOUR)


def checks_of(dossier: Dossier) -> dict[int, intake.PaperCheck]:
    """Everything that was needed is there."""
    return {
        paper.position: intake.PaperCheck(
            CheckState.PRESENT if paper.required_paper.is_required else CheckState.NOT_NEEDED
        )
        for paper in dossier.papers.select_related("required_paper")
    }


def follow(dossier: Dossier, at: datetime) -> LinkedApplication:
    """Do what the job does."""
    assert dossier.linked_application_id is not None
    return follow_linked(application_id=dossier.linked_application_id, at=at)


def leg_dossier(application: LinkedApplication, number: int) -> Dossier:
    return Dossier.objects.get(linked_application=application, leg_number=number)


def settle(
    application: LinkedApplication, number: int, office: Office, *, at: datetime, refusal_basis: str = ""
) -> LinkedApplication:
    """Have the agency of leg `number` decide, within three hours from `at`, and follow the whole."""
    dossier = decide(application, number, office, at=at, refusal_basis=refusal_basis)
    return follow(dossier, at + 3 * HOUR)


def decide(
    application: LinkedApplication, number: int, office: Office, *, at: datetime, refusal_basis: str = ""
) -> Dossier:
    """The same while the worker is behind; return the dossier of the leg."""
    dossier = leg_dossier(application, number)
    process.assign(dossier=dossier, officer=office.dispatcher, giving=process.Giving(office.officer), at=at)
    proposal = process.Proposal("Đủ điều kiện.", "Kết quả", office.result_file, refusal_basis)
    process.propose(dossier=dossier, officer=office.officer, proposal=proposal, at=at + HOUR)
    process.sign(dossier=dossier, officer=office.signer, note="", at=at + 2 * HOUR)
    numbering = process.Numbering(f"{number}/KQ", office.result_file)
    return process.issue(dossier=dossier, officer=office.clerk, numbering=numbering, at=at + 3 * HOUR)
