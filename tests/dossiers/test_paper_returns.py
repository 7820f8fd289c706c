"""What a desk gave out on paper while the system was down, entered later: results, alone and of a whole (B-25)."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from motcua.accounts.models import User
from motcua.dossiers.commands import correct
from motcua.dossiers.commands.enter_answer import (
    EntryRefused,
)
from motcua.dossiers.commands.paper_mode import OutageRefused, end_outage
from motcua.dossiers.commands.return_result import (
    GivenOnPaper,
    LegsUnderWay,
    NotPermitted,
    StaleDossier,
    TransitionRefused,
    enter_hand_over,
    hand_over,
)
from motcua.dossiers.models import (
    Dossier,
    LinkedApplication,
    PaperKit,
    PaperReturn,
    RegisterBook,
)
from motcua.dossiers.queries.control_sheet import control_sheet
from motcua.dossiers.queries.life import life_of
from motcua.dossiers.queries.paper_mode import desks_on_paper
from motcua.dossiers.queries.register_book import whole_book
from motcua.kernel.models import EventRecord
from motcua.notifications.models import Message
from motcua.rules.paper_mode import EntryFault
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.dossiers.test_paper_mode import ENDED, NEXT_DAY, RECEIVED, desk_of, down, kit_of
from tests.linked import Linked, decide, follow, leg_dossier, make_accepted, make_group
from tests.make import MONDAY, Office, make_dossier, make_office, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def head(office: Office) -> User:
    return make_officer(Role.HEAD_OF_ONE_STOP, office.offering.receiving_unit)


@pytest.fixture
def kit(office: Office, head: User) -> PaperKit:
    kit = kit_of(office, head)
    down(office, head)
    return kit


def given(at: datetime = RECEIVED) -> GivenOnPaper:
    return GivenOnPaper("Vàng Thị Mỷ", at)


def ready(office: Office) -> Dossier:
    """A dossier whose result came to the desk before the outage."""
    return make_dossier(status=Status.DONE, office=office, at=MONDAY - timedelta(days=3))


def test_a_result_given_out_on_paper_is_closed_as_of_then_and_flagged(office: Office, kit: PaperKit) -> None:
    dossier = ready(office)
    before = EventRecord.objects.filter(subject=dossier.reference).count()

    back = enter_hand_over(dossier=dossier, officer=office.reception, given=given(), at=NEXT_DAY)

    back.refresh_from_db()
    flag = PaperReturn.objects.get(dossier=back)
    line = next(iter(whole_book(RegisterBook.objects.get())))
    sheet = control_sheet(Dossier.objects.for_page().get(pk=back.pk), office.reception, at=NEXT_DAY)
    assert (back.stage, back.closed_at, back.holder_unit) == (Status.RETURNED, RECEIVED, None)
    assert (flag.given_at, flag.entered_at, flag.entered_by) == (RECEIVED, NEXT_DAY, office.reception)
    assert (back.result.received_by, back.steps.latest("pk").finished_at) == ("Vàng Thị Mỷ", RECEIVED)
    assert (line.returned_on, "Trả kết quả trên giấy" in line.note) == (RECEIVED.date(), True)
    assert sheet["handovers"][-1]["given_at"] == RECEIVED.isoformat()
    events = EventRecord.objects.filter(subject=back.reference).order_by("-seq")
    assert events.count() == before + 1
    assert (events[0].kind, events[0].at) == ("ReturnEnteredFromPaper", NEXT_DAY)
    assert Message.objects.filter(dossier=back, subject__startswith="Đã trả kết quả").exists()


@pytest.mark.parametrize(
    ("at", "fault"),
    [
        (NEXT_DAY + timedelta(hours=2), EntryFault.IN_THE_FUTURE),
        (MONDAY - timedelta(days=3), EntryFault.BEFORE_THE_RESULT),
        (ENDED + timedelta(minutes=1), EntryFault.OUTSIDE_AN_OUTAGE),
    ],
)
def test_a_result_is_given_out_within_an_outage_and_not_before_it_came(
    office: Office, kit: PaperKit, at: datetime, fault: EntryFault
) -> None:
    dossier = ready(office)

    with pytest.raises(EntryRefused) as refused:
        enter_hand_over(dossier=dossier, officer=office.reception, given=given(at), at=NEXT_DAY)

    assert refused.value.fault is fault
    assert not PaperReturn.objects.exists()


def test_only_the_desk_enters_it_once_and_the_outage_keeps_it(office: Office, head: User, kit: PaperKit) -> None:
    dossier, seen = ready(office), Dossier.objects.get().version
    with pytest.raises(NotPermitted):
        enter_hand_over(dossier=dossier, officer=head, given=given(), at=NEXT_DAY)

    enter_hand_over(dossier=dossier, officer=office.reception, given=given(), at=NEXT_DAY, seen_version=seen)

    with pytest.raises(StaleDossier):
        enter_hand_over(dossier=dossier, officer=office.reception, given=given(), at=NEXT_DAY, seen_version=seen)
    with pytest.raises(OutageRefused):
        outage = desk_of(office).outages.get()
        outage.ended_at = None
        outage.save(update_fields=["ended_at"])
        end_outage(desk=desk_of(office), ended_at=RECEIVED - timedelta(minutes=1), officer=head, at=NEXT_DAY)


def test_a_result_put_right_afterwards_is_given_out_anew(office: Office, kit: PaperKit) -> None:
    dossier = enter_hand_over(dossier=ready(office), officer=office.reception, given=given(), at=NEXT_DAY)
    assert office.result_file is not None
    wrong = correct.report_error(dossier=dossier, officer=office.reception, error="Sai năm sinh", at=NEXT_DAY)
    right = correct.RightResult("13/GKS", office.result_file)
    mended = correct.correct(dossier=wrong, officer=office.signer, right=right, at=NEXT_DAY)

    with pytest.raises(EntryRefused) as refused:
        enter_hand_over(dossier=mended, officer=office.reception, given=given(), at=NEXT_DAY)
    back = hand_over(dossier=mended, officer=office.reception, received_by="Mỷ", at=NEXT_DAY)

    assert refused.value.fault is EntryFault.BEFORE_THE_RESULT
    assert back.stage is Status.RETURNED


def test_what_was_put_right_is_no_more_said_to_have_been_given_out_on_paper(office: Office, kit: PaperKit) -> None:
    dossier = enter_hand_over(dossier=ready(office), officer=office.reception, given=given(), at=NEXT_DAY)
    assert office.result_file is not None
    wrong = correct.report_error(dossier=dossier, officer=office.reception, error="Sai năm sinh", at=NEXT_DAY)
    right = correct.RightResult("13/GKS", office.result_file)
    mended = correct.correct(dossier=wrong, officer=office.signer, right=right, at=NEXT_DAY)

    back = hand_over(dossier=mended, officer=office.reception, received_by="Mỷ", at=NEXT_DAY + timedelta(hours=1))

    line = next(iter(whole_book(RegisterBook.objects.get())))
    life = life_of(Dossier.objects.for_page().get(pk=back.pk), (), at=NEXT_DAY)
    assert (line.returned_on, line.note, life.paper_return) == (NEXT_DAY.date(), "", None)


def test_results_of_a_linked_application_go_out_together_on_paper_too() -> None:
    linked = make_group(needs=((), ()), days=("1", "1"), limits=None)
    head = make_officer(Role.HEAD_OF_ONE_STOP, linked.lead.offering.receiving_unit)
    whole = make_accepted(linked, at=MONDAY - timedelta(days=3))
    lead = decide(whole, 1, linked.lead, at=MONDAY - timedelta(days=2))
    down(linked.lead, head)
    with pytest.raises(LegsUnderWay):
        enter_hand_over(dossier=lead, officer=linked.lead.reception, given=given(), at=NEXT_DAY)
    decide(whole, 2, linked.offices[1], at=MONDAY - timedelta(days=2))
    follow(lead, MONDAY - timedelta(days=1))

    enter_hand_over(dossier=lead, officer=linked.lead.reception, given=given(), at=NEXT_DAY)

    closed = Dossier.objects.filter(linked_application=whole)
    assert {(one.stage, one.closed_at) for one in closed} == {(Status.RETURNED, RECEIVED)}
    assert PaperReturn.objects.count() == 2
    beside = EventRecord.objects.get(kind="LinkedResultReturned")
    assert beside.payload["given_at"] == RECEIVED.isoformat()


@pytest.fixture
def both_ready() -> tuple[Linked, LinkedApplication]:
    """Two legs side by side with their results at the desk before the outage."""
    linked = make_group(needs=((), ()), days=("1", "1"), limits=None)
    whole = make_accepted(linked, at=MONDAY - timedelta(days=3))
    for number in (1, 2):
        decide(whole, number, linked.offices[number - 1], at=MONDAY - timedelta(days=2))
    down(linked.lead, make_officer(Role.HEAD_OF_ONE_STOP, linked.lead.offering.receiving_unit))
    return linked, follow(leg_dossier(whole, 1), MONDAY - timedelta(days=1))


def wrong(linked: Linked, whole: LinkedApplication, number: int, at: datetime) -> Dossier:
    dossier = leg_dossier(whole, number)
    return correct.report_error(dossier=dossier, officer=linked.lead.reception, error="Sai năm sinh", at=at)


def put_right(linked: Linked, whole: LinkedApplication, number: int, at: datetime) -> Dossier:
    office = linked.offices[number - 1]
    assert office.result_file is not None
    right = correct.RightResult("13/GKS", office.result_file)
    return correct.correct(dossier=leg_dossier(whole, number), officer=office.signer, right=right, at=at)


@pytest.mark.parametrize("is_put_right", [True, False])
def test_what_was_found_wrong_since_neither_stops_the_entry_nor_goes_with_it(
    both_ready: tuple[Linked, LinkedApplication], is_put_right: bool
) -> None:
    linked, whole = both_ready
    second = wrong(linked, whole, 2, NEXT_DAY - timedelta(hours=2))
    if is_put_right:
        second = put_right(linked, whole, 2, NEXT_DAY - timedelta(hours=1))

    lead = leg_dossier(whole, 1)
    enter_hand_over(dossier=lead, officer=linked.lead.reception, given=given(), at=NEXT_DAY)

    assert leg_dossier(whole, 1).closed_at == RECEIVED
    assert leg_dossier(whole, 2).stage is second.stage
    assert PaperReturn.objects.get().dossier == lead


def test_what_was_being_put_right_then_kept_the_others_waiting(both_ready: tuple[Linked, LinkedApplication]) -> None:
    linked, whole = both_ready
    wrong(linked, whole, 2, RECEIVED - timedelta(minutes=1))
    put_right(linked, whole, 2, RECEIVED + timedelta(minutes=1))

    with pytest.raises(LegsUnderWay) as refused:
        enter_hand_over(dossier=leg_dossier(whole, 1), officer=linked.lead.reception, given=given(), at=NEXT_DAY)

    assert refused.value.numbers == (2,)


def test_a_leg_that_ended_afterwards_kept_the_others_waiting() -> None:
    linked = make_group(needs=((), ()), days=("1", "1"), limits=None)
    whole = make_accepted(linked, at=MONDAY - timedelta(days=3))
    lead = decide(whole, 1, linked.lead, at=MONDAY - timedelta(days=2))
    decide(whole, 2, linked.offices[1], at=RECEIVED)
    down(linked.lead, make_officer(Role.HEAD_OF_ONE_STOP, linked.lead.offering.receiving_unit))

    with pytest.raises(LegsUnderWay) as refused:
        enter_hand_over(dossier=lead, officer=linked.lead.reception, given=given(), at=NEXT_DAY)

    assert refused.value.numbers == (2,)


def test_the_register_says_it_of_the_result_that_went_out_last(both_ready: tuple[Linked, LinkedApplication]) -> None:
    linked, whole = both_ready
    wrong(linked, whole, 2, NEXT_DAY - timedelta(hours=2))
    lead = leg_dossier(whole, 1)
    enter_hand_over(dossier=lead, officer=linked.lead.reception, given=given(), at=NEXT_DAY)
    mended = put_right(linked, whole, 2, NEXT_DAY)
    later = NEXT_DAY + timedelta(hours=1)

    back = hand_over(dossier=mended, officer=linked.lead.reception, received_by="Mỷ", at=later)

    follow(back, later)
    line = next(iter(whole_book(RegisterBook.objects.get())))
    assert (line.returned_on, line.received_by, line.note) == (NEXT_DAY.date(), "Mỷ", "")


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.SIGNED, Status.RETURNED, Status.CORRECTING])
def test_only_what_lies_at_the_desk_was_given_out(office: Office, kit: PaperKit, status: Status) -> None:
    dossier = make_dossier(status=status, office=office, at=MONDAY - timedelta(days=3))

    with pytest.raises(TransitionRefused):
        enter_hand_over(dossier=dossier, officer=office.reception, given=given(), at=NEXT_DAY)

    assert not PaperReturn.objects.exists()


def test_another_desk_s_outage_is_none_of_this_one(office: Office) -> None:
    other = make_office()
    down(other, make_officer(Role.HEAD_OF_ONE_STOP, other.offering.receiving_unit))

    with pytest.raises(EntryRefused) as refused:
        enter_hand_over(dossier=ready(office), officer=office.reception, given=given(), at=NEXT_DAY)

    assert refused.value.fault is EntryFault.OUTSIDE_AN_OUTAGE


def test_a_refusal_is_given_out_on_paper_too_and_the_outage_counts_it(office: Office, kit: PaperKit) -> None:
    dossier = make_dossier(status=Status.REFUSED, office=office, at=MONDAY - timedelta(days=3))

    back = enter_hand_over(dossier=dossier, officer=office.reception, given=given(), at=NEXT_DAY)

    (place,) = desks_on_paper([desk_of(office)])
    assert (back.stage, back.closed_at, back.result.is_refusal) == (Status.RETURNED, RECEIVED, True)
    assert [row.entered_count for row in place.outages] == [1]
