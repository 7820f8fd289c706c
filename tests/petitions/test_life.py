import uuid
from datetime import timedelta

import pytest

from motcua.kernel.models import EventRecord
from motcua.petitions.commands.afterwards import (
    forget_unconfirmed,
)
from motcua.petitions.commands.answering import (
    FindingUnfit,
    OpinionsAwaited,
    answer_petition,
    ask_opinion,
    draft_answer,
    give_answer_back,
    give_opinion,
    take_up,
)
from motcua.petitions.commands.confirm import CodeRefused, confirm_petition, send_petition_code
from motcua.petitions.commands.guard import MayNotHandle, PetitionActRefused
from motcua.petitions.commands.look_up import LookupLocked, LookupRefused, look_up_petition
from motcua.petitions.commands.send import TooManySent, enter_petition, send_petition
from motcua.petitions.commands.sorting import (
    NotAColleagueThere,
    NotAnother,
    ask_more,
    assign_petition,
    classify,
    complete_petition,
    join_petition,
    transfer_petition,
)
from motcua.petitions.facts import due_of
from motcua.petitions.models import ContactProof, Petition
from motcua.rules.petition_terms import TermStep
from motcua.rules.petitions import Finding, PetitionChannel, PetitionStage, Sorting
from tests.make import MONDAY, make_user
from tests.petitions.making import (
    Staff,
    answered,
    approved,
    drafted,
    make_in,
    make_petition,
    make_staff,
    make_written,
    sending,
    sort,
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


def test_a_signed_in_citizens_petition_is_received_at_once_and_due_to_be_sent_on_in_five_days(staff: Staff) -> None:
    petition = make_petition(staff)

    assert petition.stage is PetitionStage.RECEIVED
    assert petition.due_at
    assert f"{petition.due_at.astimezone(MONDAY.tzinfo):%H:%M %d/%m}" == "17:00 09/03"
    assert kinds(petition) == ["PetitionReceived"]


def test_sending_it_twice_gives_one_petition(staff: Staff) -> None:
    once = sending(staff.unit, key=uuid.uuid4())
    owner = make_user()

    first = send_petition(sending=once, owner=owner, at=MONDAY)
    again = send_petition(sending=once, owner=owner, at=LATER)

    assert first.pk == again.pk
    assert kinds(first) == ["PetitionReceived"]


def test_a_guests_petition_waits_for_the_code_and_begins_then(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secrets.randbelow", lambda _: 424242)
    petition = send_petition(sending=sending(staff.unit), owner=None, at=MONDAY)
    assert petition.stage is PetitionStage.UNCONFIRMED
    send_petition_code(petition=petition, at=MONDAY)

    confirmed = confirm_petition(petition=petition, code="424 242", at=SOON)

    assert (confirmed.stage, confirmed.counted_from) == (PetitionStage.RECEIVED, SOON)
    assert confirm_petition(petition=petition, code="000000", at=LATER).stage is PetitionStage.RECEIVED
    assert kinds(petition) == ["PetitionBegun", "PetitionCodeSent", "PetitionReceived"]


def test_a_wrong_code_is_counted_until_it_is_worth_nothing(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secrets.randbelow", lambda _: 424242)
    petition = send_petition(sending=sending(staff.unit), owner=None, at=MONDAY)
    with pytest.raises(CodeRefused, match="EXPIRED"):
        confirm_petition(petition=petition, code="424242", at=MONDAY)
    send_petition_code(petition=petition, at=MONDAY)
    for _ in range(5):
        with pytest.raises(CodeRefused, match="WRONG"):
            confirm_petition(petition=petition, code="111111", at=MONDAY)

    with pytest.raises(CodeRefused, match="TOO_MANY"):
        confirm_petition(petition=petition, code="424242", at=MONDAY)
    with pytest.raises(CodeRefused, match="TOO_SOON"):
        send_petition_code(petition=petition, at=MONDAY)
    assert ContactProof.objects.get(petition=petition).wrong_count == 5


def test_no_code_goes_out_where_no_way_reaches_the_sender(staff: Staff, settings: pytest.FixtureRequest) -> None:
    settings.CONTACT_CODE_CHANNELS = []  # type: ignore[attr-defined]  # the fixture is Django's settings
    petition = send_petition(sending=sending(staff.unit), owner=None, at=MONDAY)

    with pytest.raises(CodeRefused, match="NO_WAY"):
        send_petition_code(petition=petition, at=MONDAY)


def test_what_nobody_confirms_is_forgotten_after_two_days(staff: Staff) -> None:
    kept = make_petition(staff)
    petition = send_petition(sending=sending(staff.unit), owner=None, at=MONDAY)

    assert forget_unconfirmed(MONDAY + timedelta(hours=47)) == 0
    assert forget_unconfirmed(MONDAY + timedelta(days=2)) == 1

    assert list(Petition.objects.all()) == [kept]
    assert kinds(petition) == ["PetitionBegun", "PetitionForgotten"]


def test_the_desk_writes_down_a_call_and_a_stranger_to_the_unit_may_not(staff: Staff) -> None:
    petition = make_written(staff)

    assert (petition.channel, petition.entered_by) == (PetitionChannel.PHONE, staff.desk)
    with pytest.raises(MayNotHandle):
        enter_petition(sending=sending(staff.unit), channel=PetitionChannel.PHONE, officer=make_staff().desk, at=MONDAY)


def test_code_and_pin_find_it_and_guessing_is_locked(staff: Staff) -> None:
    petition = make_petition(staff)

    found = look_up_petition(code=petition.code.lower(), pin=f" {petition.pin}", at=MONDAY)

    assert found == petition
    wrong = f"{(int(petition.pin) + 1) % 10_000:04}"
    for _ in range(5):
        with pytest.raises(LookupRefused):
            look_up_petition(code=petition.code, pin=wrong, at=MONDAY)
    with pytest.raises(LookupLocked):
        look_up_petition(code=petition.code, pin=petition.pin, at=MONDAY)


def test_what_is_not_confirmed_is_not_looked_up(staff: Staff) -> None:
    petition = send_petition(sending=sending(staff.unit), owner=None, at=MONDAY)

    with pytest.raises(LookupRefused):
        look_up_petition(code=petition.code, pin=petition.pin, at=MONDAY)


def test_sorted_it_is_to_be_answered_in_fifteen_working_days(staff: Staff) -> None:
    petition = sort(make_petition(staff), staff)

    assert petition.stage is PetitionStage.HANDLING
    assert petition.due_at
    assert f"{petition.due_at.astimezone(MONDAY.tzinfo):%d/%m/%Y}" == "23/03/2026"
    sort(petition, staff)
    assert kinds(petition) == ["PetitionReceived", "PetitionSorted"]


@pytest.mark.parametrize("sorting", [Sorting.COMPLAINT, Sorting.DENUNCIATION, Sorting.JUDICIAL])
def test_a_complaint_goes_back_and_nobody_can_answer_it_as_a_petition(staff: Staff, sorting: Sorting) -> None:
    petition = sort(make_petition(staff), staff, sorting)

    assert (petition.stage, petition.due_at, petition.closed_at) == (PetitionStage.RETURNED, None, MONDAY)
    with pytest.raises(PetitionActRefused):
        drafted(petition, staff)


def test_a_question_of_law_has_no_term_once_an_official_found_it_one(staff: Staff) -> None:
    asked = sending(staff.unit, is_question=True)

    petition = send_petition(sending=asked, owner=make_user(), at=MONDAY)

    assert petition.due_at
    assert f"{petition.due_at.astimezone(MONDAY.tzinfo):%H:%M %d/%m}" == "17:00 09/03", (
        "to be sorted in time all the same"
    )
    assert due_of(petition, TermStep.ANSWER) is None, "no day is promised"
    assert sort(petition, staff, Sorting.QUESTION).due_at is None


def test_what_its_sender_called_a_question_and_is_none_is_answered_in_time(staff: Staff) -> None:
    asked = sending(staff.unit, is_question=True)
    petition = send_petition(sending=asked, owner=make_user(), at=MONDAY)

    found = sort(petition, staff, Sorting.CONDUCT)

    assert found.due_at
    assert f"{found.due_at.astimezone(MONDAY.tzinfo):%d/%m/%Y}" == "23/03/2026"


def test_only_whoever_sorts_may_sort(staff: Staff) -> None:
    petition = make_petition(staff)

    with pytest.raises(MayNotHandle):
        classify(petition=petition, sorting=Sorting.CONDUCT, officer=staff.officer, at=MONDAY)

    petition.refresh_from_db()
    assert petition.stage is PetitionStage.RECEIVED


def test_no_clock_runs_while_the_sender_is_asked_and_it_begins_anew_with_the_reply(staff: Staff) -> None:
    petition = ask_more(petition=make_petition(staff), question="Ở quầy nào?", officer=staff.sorter, at=MONDAY)
    assert (petition.stage, petition.due_at) == (PetitionStage.ASKED, None)

    day_after = MONDAY + timedelta(days=1)
    back = complete_petition(petition=petition, reply="Quầy số 2", officer=None, at=day_after)

    assert (back.stage, back.counted_from) == (PetitionStage.RECEIVED, day_after)
    assert back.questions.get().reply == "Quầy số 2"
    with pytest.raises(PetitionActRefused):
        complete_petition(petition=petition, reply="Quầy số 3", officer=None, at=day_after)


def test_the_desk_writes_down_the_reply_of_somebody_without_the_portal(staff: Staff) -> None:
    petition = ask_more(petition=make_written(staff), question="Ở quầy nào?", officer=staff.sorter, at=MONDAY)

    assert complete_petition(petition=petition, reply="Quầy 2", officer=staff.desk, at=LATER).stage is (
        PetitionStage.RECEIVED
    )


def test_sent_on_it_belongs_to_the_other_unit_and_the_clock_goes_on(staff: Staff) -> None:
    other = make_staff()
    petition = make_petition(staff)
    due_at = petition.due_at

    moved = transfer_petition(petition=petition, to=other.unit, reason="Đất đai", officer=staff.sorter, at=LATER)

    assert (moved.unit, moved.received_unit, moved.due_at) == (other.unit, staff.unit, due_at)
    with pytest.raises(MayNotHandle):
        sort(moved, staff)
    assert sort(moved, other).stage is PetitionStage.HANDLING
    with pytest.raises(NotAnother):
        transfer_petition(petition=moved, to=other.unit, reason="", officer=other.sorter, at=LATER)


def test_given_to_one_officer_it_is_theirs_to_answer(staff: Staff) -> None:
    petition = sort(make_petition(staff), staff)
    with pytest.raises(NotAColleagueThere):
        assign_petition(petition=petition, to=make_user(), officer=staff.sorter, at=MONDAY)

    assign_petition(petition=petition, to=staff.officer, officer=staff.sorter, at=MONDAY)
    assign_petition(petition=petition, to=staff.officer, officer=staff.sorter, at=MONDAY)

    assert drafted(petition, staff).stage is PetitionStage.DRAFTED
    assert kinds(petition).count("PetitionAssigned") == 1


def test_a_draft_goes_back_with_a_remark_and_comes_again(staff: Staff) -> None:
    petition = make_in(PetitionStage.DRAFTED, staff)

    back = give_answer_back(petition=petition, remark="Nêu rõ ngày", officer=staff.leader, at=LATER)
    drafted(back, staff, at=LATER)
    done = approved(back, staff, at=LATER)

    assert (done.stage, done.answered_at) == (PetitionStage.ANSWERED, LATER)
    assert [row.is_approved for row in done.answers.order_by("pk")] == [False, True]


def test_the_officer_does_not_approve_their_own_draft(staff: Staff) -> None:
    petition = make_in(PetitionStage.DRAFTED, staff)

    with pytest.raises(MayNotHandle):
        answer_petition(petition=petition, draft=1, officer=staff.officer, at=LATER)


def test_a_finding_has_to_fit(staff: Staff) -> None:
    petition = make_in(PetitionStage.HANDLING, staff)

    with pytest.raises(FindingUnfit):
        draft_answer(petition=petition, text="x", finding=Finding.AMEND, officer=staff.officer, at=LATER)


def test_a_joint_answer_waits_for_the_other_unit(staff: Staff) -> None:
    other, petition = make_staff(), make_in(PetitionStage.HANDLING, staff)
    ask_opinion(petition=petition, unit=other.unit, question="Phí nào?", officer=staff.officer, at=MONDAY)
    ask_opinion(petition=petition, unit=other.unit, question="Phí nào?", officer=staff.officer, at=MONDAY)
    with pytest.raises(OpinionsAwaited) as waiting:
        drafted(petition, staff)
    assert waiting.value.units == (other.unit.name,)
    with pytest.raises(NotAnother):
        ask_opinion(petition=petition, unit=staff.unit, question="", officer=staff.officer, at=MONDAY)

    give_opinion(petition=petition, unit=other.unit, text="Không thu phí", officer=other.officer, at=LATER)

    assert drafted(petition, staff).stage is PetitionStage.DRAFTED
    assert petition.opinions.get().text == "Không thu phí"


def test_a_unit_that_was_not_asked_has_no_part(staff: Staff) -> None:
    petition = make_in(PetitionStage.HANDLING, staff)

    with pytest.raises(MayNotHandle):
        give_opinion(petition=petition, unit=staff.unit, text="x", officer=make_staff().officer, at=LATER)


def test_the_leader_takes_a_repeated_matter_in_hand(staff: Staff) -> None:
    first, second = make_petition(staff), make_petition(staff)
    join_petition(petition=second, into=first, officer=staff.sorter, at=MONDAY)

    taken = take_up(petition=first, direction="Kiểm tra quầy 2", officer=staff.leader, at=LATER)

    assert (taken.taken_up_by, taken.direction) == (staff.leader, "Kiểm tra quầy 2")
    event = EventRecord.objects.get(subject=first.code, kind="PetitionTakenUp")
    assert event.payload == {"same_count": 2}


def test_duplicates_are_answered_together(staff: Staff) -> None:
    first, second, third = (make_petition(staff) for _ in range(3))
    join_petition(petition=third, into=second, officer=staff.sorter, at=MONDAY)
    joined = join_petition(petition=second, into=first, officer=staff.sorter, at=MONDAY)
    assert joined.stage is PetitionStage.JOINED
    with pytest.raises(NotAnother):
        join_petition(petition=first, into=first, officer=staff.sorter, at=MONDAY)
    with pytest.raises(NotAnother):
        join_petition(petition=first, into=make_petition(make_staff()), officer=staff.sorter, at=MONDAY)

    answered(first, staff, at=LATER)

    event = EventRecord.objects.get(subject=first.code, kind="PetitionAnswered")
    assert set(event.payload["joined"]) == {second.code, third.code}


def test_an_account_does_not_have_a_stranger_written_to_without_end(staff: Staff) -> None:
    owner = make_user()
    again = sending(staff.unit)
    send_petition(sending=again, owner=owner, at=MONDAY)
    for _ in range(2):
        make_petition(staff, owner=owner)

    with pytest.raises(TooManySent):
        make_petition(staff, owner=owner, at=LATER)

    assert send_petition(sending=again, owner=owner, at=LATER).key == again.key
    make_petition(staff, at=LATER)
    assert make_petition(staff, owner=owner, at=MONDAY + timedelta(days=1)).stage is PetitionStage.RECEIVED


def test_an_account_sends_ten_a_day_with_its_own_contact(staff: Staff) -> None:
    owner = make_user()
    owner.phone, owner.email = "0912345678", "Ban@example.com"
    owner.save()
    for _ in range(10):
        make_petition(staff, owner=owner)

    with pytest.raises(TooManySent):
        make_petition(staff, owner=owner, at=LATER)
