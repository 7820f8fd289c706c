from datetime import timedelta

import pytest

from motcua.kernel.models import EventRecord
from motcua.notifications.models import PetitionMessage
from motcua.petitions.commands.afterwards import reopen_petition
from motcua.petitions.commands.answering import NamesASender, draft_answer
from motcua.petitions.commands.sorting import ask_more, join_petition, transfer_petition
from motcua.petitions.facts import people_of
from motcua.petitions.models import Petition
from motcua.petitions.queries.public import petition_status
from motcua.rules.petition_privacy import PersonalKind
from motcua.rules.petitions import Finding, PetitionStage, Sorting
from tests.make import MONDAY, make_draft, make_user
from tests.petitions.making import Staff, approved, make_petition, make_staff, sort

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)
NAMING = "Kính gửi bà Lò Thị Ban, quầy đã nhắc nhở."
NEUTRAL = "Quầy đã nhắc nhở."


@pytest.fixture
def staff() -> Staff:
    return make_staff()


def joined_pair(staff: Staff) -> tuple[Petition, Petition]:
    """A petition of bà Ban, and a stranger's that was joined to it."""
    lead, other = make_petition(staff), make_petition(staff)
    Petition.objects.filter(pk=other.pk).update(full_name="Vàng A Chía", email="chia@example.com", phone="")
    join_petition(petition=other, into=lead, officer=staff.sorter, at=MONDAY)
    return lead, other


def told(address: str) -> str:
    return " ".join(PetitionMessage.objects.filter(address=address).values_list("body", flat=True))


def naming_draft(petition: Petition, staff: Staff) -> Petition:
    sort(petition, staff)
    return draft_answer(petition=petition, text=NAMING, finding=Finding.FOUNDED, officer=staff.officer, at=LATER)


def test_an_answer_that_names_its_sender_does_not_go_to_strangers(staff: Staff) -> None:
    lead, _ = joined_pair(staff)
    naming_draft(lead, staff)

    with pytest.raises(NamesASender) as refused:
        approved(lead, staff, at=LATER)
    with pytest.raises(NamesASender):
        approved(lead, staff, for_joined="Gửi anh Vàng A Chía", at=LATER)

    assert [one.kind for one in refused.value.found] == [PersonalKind.NAME]
    lead.refresh_from_db()
    assert lead.stage is PetitionStage.DRAFTED
    assert "nhắc nhở" not in told("chia@example.com")


def test_strangers_read_what_was_written_for_them(staff: Staff) -> None:
    lead, other = joined_pair(staff)
    naming_draft(lead, staff)

    approved(lead, staff, for_joined=NEUTRAL, at=LATER)

    assert NAMING in told("ban@example.com")
    assert NEUTRAL in told("chia@example.com")
    assert "Ban" not in told("chia@example.com")
    other = Petition.objects.select_related("unit", "joined_to__unit").get(pk=other.pk)
    assert petition_status(other, at=LATER).answer == NEUTRAL


def test_whoever_stands_alone_is_named_as_before(staff: Staff) -> None:
    alone = naming_draft(make_petition(staff), staff)

    approved(alone, staff, for_joined=NEUTRAL, at=LATER)

    assert NAMING in told("ban@example.com")
    assert alone.answers.get().joined_text == ""


def test_a_leading_petition_that_goes_back_lets_the_joined_ones_go(staff: Staff) -> None:
    lead, other = joined_pair(staff)

    sort(lead, staff, Sorting.DENUNCIATION)

    other.refresh_from_db()
    assert (other.stage, other.joined_to, other.closed_at) == (PetitionStage.RECEIVED, None, None)
    assert other.due_at is not None
    assert "được xử lý riêng" in told("chia@example.com")
    assert EventRecord.objects.filter(subject=other.code, kind="PetitionReleased").count() == 1


def test_while_the_leading_sender_is_asked_the_others_do_not_wait(staff: Staff) -> None:
    lead, other = joined_pair(staff)

    ask_more(petition=lead, question="Ở quầy nào?", officer=staff.sorter, at=LATER)

    other.refresh_from_db()
    assert (other.stage, other.counted_from) == (PetitionStage.RECEIVED, MONDAY)
    assert "Ở quầy nào?" not in told("chia@example.com")


def test_joined_petitions_are_sent_on_together_with_the_leading_one(staff: Staff) -> None:
    there, (lead, other) = make_staff(), joined_pair(staff)

    transfer_petition(petition=lead, to=there.unit, reason="Đất đai", officer=staff.sorter, at=LATER)

    other.refresh_from_db()
    assert (other.unit, other.joined_to, other.stage) == (there.unit, lead, PetitionStage.JOINED)
    assert set(Petition.objects.visible_to(frozenset({there.unit.pk}))) == {lead, other}
    assert "đã được chuyển tới" in told("chia@example.com")
    assert other.transfers.get().to_unit == there.unit


def test_when_the_matter_is_opened_again_every_sender_knows(staff: Staff) -> None:
    lead, other = joined_pair(staff)
    sort(lead, staff)
    draft_answer(petition=lead, text=NEUTRAL, finding=Finding.FOUNDED, officer=staff.officer, at=LATER)
    approved(lead, staff, at=LATER)

    reopen_petition(petition=lead, reason="Vẫn chậm", officer=None, at=LATER)

    assert "được mở lại" in told("chia@example.com")
    assert "được mở lại" not in told("ban@example.com")
    other.refresh_from_db()
    assert other.joined_to == lead


def test_the_promise_to_whoever_wrote_first_stands(staff: Staff) -> None:
    older = make_petition(staff)
    newer = make_petition(staff, owner=make_user(), at=MONDAY + timedelta(days=3))

    join_petition(petition=older, into=newer, officer=staff.sorter, at=MONDAY + timedelta(days=3))

    newer.refresh_from_db()
    assert (newer.counted_from, newer.received_at) == (MONDAY, MONDAY + timedelta(days=3))
    assert newer.due_at == older.due_at


def test_what_is_known_of_everybody_joined_and_of_their_dossiers_is_looked_for(staff: Staff) -> None:
    lead, other = joined_pair(staff)
    Petition.objects.filter(pk=other.pk).update(dossier=make_draft().pk)
    staff.unit.phone = "0215 3800 000"
    staff.unit.save()

    people = people_of(lead)

    assert {"Lò Thị Ban", "Vàng A Chía", "Vàng Thị Mỷ"} <= set(people.names)
    assert {"0912345678", "ban@example.com", "chia@example.com", "0900000123", "011199000123"} <= set(people.contacts)
    assert people.public == ("0215 3800 000",)
