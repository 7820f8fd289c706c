from datetime import timedelta

import pytest

from motcua.notifications.models import PetitionMessage
from motcua.petitions.commands.answering import NamesASender, draft_answer
from motcua.petitions.commands.sorting import join_petition
from motcua.petitions.models import Petition
from motcua.petitions.queries.public import petition_status
from motcua.rules.petition_privacy import PersonalKind
from motcua.rules.petitions import Finding, PetitionStage
from tests.make import MONDAY
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
