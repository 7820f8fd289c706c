from datetime import timedelta

import pytest

from motcua.kernel.models import EventRecord
from motcua.petitions.commands.afterwards import (
    TooLateToReopen,
    ask_whether_settled,
    reopen_petition,
    say_settled,
)
from motcua.petitions.commands.answering import (
    ask_opinion,
)
from motcua.petitions.commands.publishing import PublicText, StillPersonal, publish_answer, unpublish_answer
from motcua.petitions.commands.sorting import (
    join_petition,
    transfer_petition,
)
from motcua.petitions.models import Petition, PublishedAnswer
from motcua.rules.petition_privacy import PersonalKind
from motcua.rules.petitions import PetitionStage
from tests.make import MONDAY
from tests.petitions.making import (
    PUBLIC,
    SAID,
    Staff,
    answered,
    approved,
    drafted,
    make_in,
    make_petition,
    make_staff,
    published,
)

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)
SOON = MONDAY + timedelta(minutes=5)


@pytest.fixture
def staff() -> Staff:
    return make_staff()


def kinds(petition: Petition) -> list[str]:
    rows = EventRecord.objects.filter(subject=petition.code).order_by("seq")
    return list(rows.values_list("kind", flat=True))


def test_what_is_published_holds_no_personal_datum(staff: Staff) -> None:
    petition = answered(make_petition(staff), staff)
    planted = PublicText("Trả chậm", "Tôi là lo thi ban, số 0912 345 678", "Đã nhắc nhở.")

    with pytest.raises(StillPersonal) as refused:
        publish_answer(petition=petition, text=planted, officer=staff.sorter, at=LATER)

    assert {one.kind for one in refused.value.found} == {PersonalKind.PHONE, PersonalKind.NAME}
    assert not PublishedAnswer.objects.exists()


def test_a_joined_senders_name_is_kept_back_too(staff: Staff) -> None:
    first, second = make_petition(staff), make_petition(staff)
    Petition.objects.filter(pk=second.pk).update(full_name="Vàng A Chía")
    join_petition(petition=second, into=first, officer=staff.sorter, at=MONDAY)
    answered(first, staff)

    text = PublicText("Trả chậm", "Anh Vàng A Chía hỏi", "Đã nhắc nhở.")
    with pytest.raises(StillPersonal):
        publish_answer(petition=first, text=text, officer=staff.sorter, at=LATER)


def test_published_again_it_keeps_its_number_and_can_be_taken_down(staff: Staff) -> None:
    petition = published(staff)
    shown = PublishedAnswer.objects.get(petition=petition)

    again = publish_answer(petition=petition, text=PUBLIC, officer=staff.sorter, at=LATER)
    unpublish_answer(petition=petition, officer=staff.sorter, at=LATER)
    unpublish_answer(petition=petition, officer=staff.sorter, at=LATER)

    assert again.number == shown.number
    assert not PublishedAnswer.objects.public().exists()
    assert kinds(petition).count("PetitionUnpublished") == 1


def test_reopened_by_its_sender_it_is_handled_again_and_no_longer_published(staff: Staff) -> None:
    petition = published(staff)

    again = reopen_petition(petition=petition, reason="Vẫn chậm", officer=None, at=LATER)

    assert (again.stage, again.reopened_count, again.answered_at) == (PetitionStage.HANDLING, 1, None)
    assert again.text == f"{SAID}\n\nVẫn chậm"
    assert not PublishedAnswer.objects.public().exists()
    drafted(again, staff, at=LATER)
    assert approved(again, staff, at=LATER).stage is PetitionStage.ANSWERED


def test_a_returned_one_is_sorted_anew_and_too_late_is_too_late(staff: Staff) -> None:
    returned = make_in(PetitionStage.RETURNED, staff)
    with pytest.raises(TooLateToReopen):
        reopen_petition(petition=returned, reason="x", officer=None, at=MONDAY + timedelta(days=61))

    again = reopen_petition(petition=returned, reason="x", officer=staff.sorter, at=MONDAY + timedelta(days=61))

    assert (again.stage, again.sorting, again.return_reason) == (PetitionStage.RECEIVED, "", "")


def test_four_weeks_later_the_sender_is_asked_once(staff: Staff) -> None:
    petition = answered(make_petition(staff), staff)

    assert ask_whether_settled(MONDAY + timedelta(days=27)) == 0
    assert ask_whether_settled(MONDAY + timedelta(days=28)) == 1
    assert ask_whether_settled(MONDAY + timedelta(days=29)) == 0

    said = say_settled(petition=petition, is_settled=False, note="Vẫn vậy", at=MONDAY + timedelta(days=29))
    say_settled(petition=petition, is_settled=False, note="Vẫn vậy", at=MONDAY + timedelta(days=29))
    assert (said.is_settled, said.settled_note) == (False, "Vẫn vậy")
    assert kinds(petition)[-2:] == ["PetitionFollowedUp", "PetitionSettledSaid"]


def test_overdue_is_what_waits_past_its_term(staff: Staff) -> None:
    late, done = make_petition(staff), answered(make_petition(staff), staff)

    found = Petition.objects.overdue(MONDAY + timedelta(days=8))

    assert list(found) == [late]
    assert done not in found


def test_a_unit_reads_what_it_has_had_or_was_asked_about(staff: Staff) -> None:
    other, asked, third = make_staff(), make_staff(), make_staff()
    petition = make_in(PetitionStage.HANDLING, staff)
    ask_opinion(petition=petition, unit=asked.unit, question="?", officer=staff.officer, at=MONDAY)
    transfer_petition(petition=petition, to=other.unit, reason="", officer=staff.sorter, at=LATER)

    for unit in (staff.unit, other.unit, asked.unit):
        assert Petition.objects.visible_to(frozenset({unit.pk})).exists()
    assert not Petition.objects.visible_to(frozenset({third.unit.pk})).exists()
    assert Petition.objects.visible_to(None).exists()


def test_no_event_holds_what_was_said_or_who_said_it(staff: Staff) -> None:
    petition = published(staff)
    reopen_petition(petition=petition, reason="Bà Ban", officer=None, at=LATER)

    told = " ".join(str(row.payload) for row in EventRecord.objects.filter(subject=petition.code))

    for secret in ("Ban", "0912345678", SAID, "ban@example.com", petition.pin):
        assert secret not in told
