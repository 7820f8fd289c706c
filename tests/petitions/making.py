"""Petitions and the people who deal with them, made through the commands."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.accounts.models import User
from motcua.organisations.models import Unit
from motcua.petitions.commands.answering import answer_petition, draft_answer
from motcua.petitions.commands.publishing import PublicText, publish_answer
from motcua.petitions.commands.send import Content, Sending, WhoSends, enter_petition, send_petition
from motcua.petitions.commands.sorting import ask_more, classify
from motcua.petitions.models import Petition
from motcua.rules.permissions import Role
from motcua.rules.petitions import Finding, PetitionChannel, PetitionStage, Sorting
from tests.make import MONDAY, make_officer, make_unit, make_user

BAN = WhoSends("Lò Thị Ban", phone="0912345678", email="ban@example.com", address="Bản Phủ, xã Thanh Nưa")
SAID = "Quầy số 2 trả kết quả chậm ba ngày mà không báo trước."
PUBLIC = PublicText("Trả kết quả chậm", "Quầy trả kết quả chậm ba ngày.", "Đã nhắc nhở và xin lỗi người dân.")


@dataclass(frozen=True)
class Staff:
    """A unit and one official of each kind that deals with petitions there."""

    unit: Unit
    desk: User
    sorter: User
    officer: User
    leader: User


def make_staff(unit: Unit | None = None) -> Staff:
    unit = unit or make_unit()
    return Staff(
        unit=unit,
        desk=make_officer(Role.RECEPTION_OFFICER, unit),
        sorter=make_officer(Role.DISPATCHER, unit),
        officer=make_officer(Role.PROCESSING_OFFICER, unit),
        leader=make_officer(Role.SIGNER, unit),
    )


def sending(unit: Unit, *, text: str = SAID, key: uuid.UUID | None = None, is_question: bool = False) -> Sending:
    return Sending(key or uuid.uuid4(), BAN, Content(text=text, unit=unit, is_question=is_question))


def make_petition(staff: Staff, *, text: str = SAID, owner: User | None = None, at: datetime = MONDAY) -> Petition:
    """A petition that an account sent: received at once."""
    return send_petition(sending=sending(staff.unit, text=text), owner=owner or make_user(), at=at)


def make_written(staff: Staff, *, channel: PetitionChannel = PetitionChannel.PHONE, at: datetime = MONDAY) -> Petition:
    """A petition that the desk wrote down."""
    return enter_petition(sending=sending(staff.unit), channel=channel, officer=staff.desk, at=at)


def sort(petition: Petition, staff: Staff, sorting: Sorting = Sorting.CONDUCT, *, at: datetime = MONDAY) -> Petition:
    return classify(petition=petition, sorting=sorting, reason="Lý do", officer=staff.sorter, at=at)


def drafted(petition: Petition, staff: Staff, finding: Finding = Finding.FOUNDED, *, at: datetime = MONDAY) -> Petition:
    return draft_answer(petition=petition, text="Đã nhắc nhở.", finding=finding, officer=staff.officer, at=at)


def answered(petition: Petition, staff: Staff, *, at: datetime = MONDAY) -> Petition:
    """Sort, draft and answer it."""
    drafted(sort(petition, staff, at=at), staff, at=at)
    return approved(petition, staff, at=at)


def approved(petition: Petition, staff: Staff, *, for_joined: str = "", at: datetime = MONDAY) -> Petition:
    """Approve the draft that lies there."""
    draft = petition.answers.get(decided_at=None).pk
    return answer_petition(petition=petition, draft=draft, for_joined=for_joined, officer=staff.leader, at=at)


def make_in(stage: PetitionStage, staff: Staff, *, owner: User | None = None) -> Petition:
    """A petition of an account in the stage asked for."""
    ways: dict[PetitionStage, Callable[[Petition], Petition]] = {
        PetitionStage.RECEIVED: lambda petition: petition,
        PetitionStage.ASKED: lambda petition: ask_more(
            petition=petition, question="Ở quầy nào?", officer=staff.sorter, at=MONDAY
        ),
        PetitionStage.HANDLING: lambda petition: sort(petition, staff),
        PetitionStage.DRAFTED: lambda petition: drafted(sort(petition, staff), staff),
        PetitionStage.ANSWERED: lambda petition: answered(petition, staff),
        PetitionStage.RETURNED: lambda petition: sort(petition, staff, Sorting.COMPLAINT),
    }
    return ways[stage](make_petition(staff, owner=owner))


def published(staff: Staff, *, text: PublicText = PUBLIC) -> Petition:
    petition = answered(make_petition(staff), staff)
    publish_answer(petition=petition, text=text, officer=staff.sorter, at=MONDAY + timedelta(hours=1))
    return petition
