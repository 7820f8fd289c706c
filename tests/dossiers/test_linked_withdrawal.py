"""Taking back a linked application: nothing opens afterwards, and the record tells of every leg (B-21, B-22)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.accounts.facts import grants_of
from motcua.dossiers.commands import process
from motcua.dossiers.commands.end import EndGround, stop
from motcua.dossiers.commands.withdraw import NotPermitted, record_withdrawal, withdraw
from motcua.dossiers.linked_facts import acts_open, may_be_withdrawn
from motcua.dossiers.models import Dossier, LinkedApplication, Withdrawal
from motcua.dossiers.queries.dossier_page import dossier_page
from motcua.dossiers.queries.linked import whole_of
from motcua.kernel.models import EventRecord
from motcua.notifications.models import Message
from motcua.rules.linked import LegState, WholeState, WithdrawalEnds
from motcua.rules.transitions import Action, Status, TransitionRefused
from tests.linked import (
    HOUR,
    Linked,
    decide,
    follow,
    leg_dossier,
    make_accepted,
    make_group,
    make_linked_draft,
    make_unfollowed,
    settle,
)
from tests.make import MONDAY, make_office

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
GRANTED, NOT_GRANTED, NOT_NEEDED = LegState.GRANTED, LegState.NOT_GRANTED, LegState.NOT_NEEDED


def online(lead: Dossier, linked: Linked) -> None:  # as at_the_desk
    withdraw(dossier=lead, actor=None, at=TUESDAY)


def at_the_desk(lead: Dossier, linked: Linked) -> None:
    record_withdrawal(dossier=lead, officer=linked.lead.reception, reason="Đổi ý", at=TUESDAY)


def legs_of(application: LinkedApplication) -> list[tuple[str, int | None]]:
    return list(application.legs.order_by("number").values_list("state", "because_of"))


def whole(lead: Dossier) -> LinkedApplication:
    return LinkedApplication.objects.get(dossiers=lead)


@pytest.mark.parametrize("take_back", [online, at_the_desk])
def test_no_leg_opens_after_the_whole_was_taken_back(take_back: Callable[[Dossier, Linked], None]) -> None:
    linked = make_group(needs=((), (), (2,)))
    lead = make_unfollowed(linked)

    take_back(lead, linked)

    assert legs_of(whole(lead))[1:] == [(NOT_NEEDED, 1), (NOT_NEEDED, 1)], "before the worker comes to it"
    application = follow(lead, TUESDAY + HOUR)
    assert legs_of(application) == [(NOT_GRANTED, None), (NOT_NEEDED, 1), (NOT_NEEDED, 1)]
    assert application.stage is WholeState.NOT_GRANTED
    assert Dossier.objects.filter(linked_application=application).count() == 1


def test_legs_still_to_open_are_taken_back_though_every_open_one_is_decided() -> None:
    linked = make_group()
    lead = decide(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)
    assert may_be_withdrawn(lead)

    for _ in range(2):
        withdraw(dossier=lead, actor=None, at=TUESDAY)

    assert not may_be_withdrawn(lead)
    application = follow(lead, TUESDAY + HOUR)
    assert legs_of(application) == [(GRANTED, None), (NOT_NEEDED, 1), (NOT_NEEDED, 1)]
    assert application.stage is WholeState.PARTLY_GRANTED
    assert application.finished_at == TUESDAY
    told = EventRecord.objects.get(kind="LinkedApplicationWithdrawn")
    assert told.payload == {"withdrawn": [], "not_needed": [2, 3]}
    view = whole_of(lead, at=TUESDAY)
    assert view is not None
    assert [leg.because_of for leg in view.legs] == ["", "", ""], "no result of the lead's is missing"


def test_the_worker_is_told_of_a_withdrawal_that_changes_no_dossier(monkeypatch: pytest.MonkeyPatch) -> None:
    linked = make_group()
    lead = decide(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)
    told: list[int] = []
    monkeypatch.setattr("motcua.dossiers.commands.linked_whole.follow_later", told.append)

    withdraw(dossier=lead, actor=None, at=TUESDAY)

    assert told == [lead.linked_application_id]


def test_legs_that_a_refusal_ends_are_no_reason_to_take_anything_back() -> None:
    linked = make_group()
    lead = decide(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR, refusal_basis="Điều 16")

    assert not may_be_withdrawn(lead)
    with pytest.raises(TransitionRefused):
        withdraw(dossier=lead, actor=None, at=TUESDAY)


def test_a_draft_is_not_taken_back() -> None:
    draft = make_linked_draft(make_group())

    assert not may_be_withdrawn(draft)
    with pytest.raises(TransitionRefused):
        withdraw(dossier=draft, actor=None, at=MONDAY)


def test_the_record_of_every_leg_tells_of_it_and_so_does_a_message() -> None:
    linked = make_group()
    application = settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)
    lead = leg_dossier(application, 1)

    withdraw(dossier=lead, actor=None, at=TUESDAY)

    told = EventRecord.objects.filter(kind="LinkedLegWithdrawn").order_by("pk").values_list("subject", "payload")
    assert list(told) == [(leg_dossier(application, number).reference, {"leg": number}) for number in (2, 3)]
    confirmed = Message.objects.filter(dossier=lead, subject__startswith="Hồ sơ đã được rút")
    assert {message.channel for message in confirmed} == {Message.Channel.SITE, Message.Channel.EMAIL}


def test_the_desk_tells_of_the_other_legs_and_confirms_once() -> None:
    linked = make_group(needs=((), (), (1, 2)))
    application = make_accepted(linked)
    lead = leg_dossier(application, 1)

    at_the_desk(lead, linked)

    second = leg_dossier(application, 2)
    told = EventRecord.objects.get(kind="LinkedLegWithdrawn")
    assert (told.subject, told.actor, second.stage) == (second.reference, linked.lead.reception, Status.WITHDRAWN)
    assert EventRecord.objects.filter(subject=lead.reference, kind="DossierWithdrawnAtCounter").count() == 1
    moved = EventRecord.objects.filter(kind="LinkedApplicationMoved").latest("pk")
    assert moved.payload["not_needed"] == [3]
    assert Message.objects.filter(dossier=lead, subject__startswith="Hồ sơ đã được rút", channel="SITE").count() == 1


def test_dossiers_are_locked_in_the_order_of_their_keys() -> None:
    linked = make_group(needs=((), (1,), ()))
    application = settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)
    assert leg_dossier(application, 3).pk < leg_dossier(application, 2).pk

    with CaptureQueriesContext(connection) as asked:
        withdraw(dossier=leg_dossier(application, 1), actor=None, at=TUESDAY)

    locks = (query["sql"] for query in asked if query["sql"].endswith('FOR UPDATE OF "dossiers_dossier"'))
    orders = [sql.partition("ORDER BY ")[2].partition(" FOR")[0] for sql in locks if "ORDER BY" in sql]
    assert orders == ["1 ASC", '"dossiers_dossier"."id" ASC'], "the first reads the keys alone"


def once_the_lead_is_granted(linked: Linked) -> Dossier:
    application = settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)
    return leg_dossier(application, 1)


def test_the_desk_takes_back_what_is_left_once_the_lead_is_decided() -> None:
    linked = make_group()
    lead = once_the_lead_is_granted(linked)

    for _ in range(2):
        at_the_desk(lead, linked)

    application = follow(lead, TUESDAY)
    stages = [leg_dossier(application, number).stage for number in (1, 2, 3)]
    assert stages == [Status.DONE, Status.WITHDRAWN, Status.WITHDRAWN], "what is decided stays"
    assert application.stage is WholeState.PARTLY_GRANTED
    told = EventRecord.objects.get(kind="LinkedApplicationWithdrawn")
    assert (told.actor, told.payload) == (linked.lead.reception, {"withdrawn": [2, 3], "not_needed": []})
    assert Message.objects.filter(dossier=lead, subject__startswith="Hồ sơ đã được rút", channel="SITE").count() == 1
    grants = grants_of(linked.lead.reception, TUESDAY.date())
    for number in (1, 2, 3):
        dossier = Dossier.objects.for_page().get(pk=leg_dossier(application, number).pk)
        page = dossier_page(dossier, linked.lead.reception, grants, at=TUESDAY)
        assert page.withdrawal_reason == "Đổi ý", "said once, for every leg"


def test_the_desk_takes_back_legs_that_have_yet_to_open_while_the_lead_is_signed() -> None:
    linked = make_group()
    application = make_accepted(linked)
    lead = leg_dossier(application, 1)
    process.assign(
        dossier=lead, officer=linked.lead.dispatcher, giving=process.Giving(linked.lead.officer), at=MONDAY + 2 * HOUR
    )
    proposal = process.Proposal("Được", "Kết quả", linked.lead.result_file)
    process.propose(dossier=lead, officer=linked.lead.officer, proposal=proposal, at=MONDAY + 3 * HOUR)
    lead = process.sign(dossier=lead, officer=linked.lead.signer, note="", at=MONDAY + 4 * HOUR)

    at_the_desk(lead, linked)

    assert legs_of(whole(lead)) == [(LegState.OPEN, None), (NOT_NEEDED, 1), (NOT_NEEDED, 1)]
    assert leg_dossier(application, 1).stage is Status.SIGNED


def test_the_desk_takes_back_the_others_beside_a_lead_that_was_stopped() -> None:
    linked = make_group(needs=((), ()), days=("1", "7"))
    application = make_accepted(linked)
    ground = EndGround("Tranh chấp", "Điều 19")
    lead = stop(dossier=leg_dossier(application, 1), officer=linked.lead.signer, ground=ground, at=MONDAY + 5 * HOUR)

    at_the_desk(lead, linked)

    assert leg_dossier(application, 2).stage is Status.WITHDRAWN
    assert follow(lead, TUESDAY).closed_at == TUESDAY


def test_what_is_decided_throughout_the_desk_does_not_take_back() -> None:
    linked = make_group()
    lead = decide(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR, refusal_basis="Điều 16")

    with pytest.raises(TransitionRefused):
        at_the_desk(lead, linked)
    assert not Withdrawal.objects.exists()


def test_a_whole_that_was_taken_back_at_the_desk_is_not_taken_back_again() -> None:
    linked = make_group(needs=((), ()), days=("1", "7"))
    lead = leg_dossier(make_accepted(linked), 1)
    at_the_desk(lead, linked)

    with pytest.raises(TransitionRefused):
        at_the_desk(lead, linked)


@pytest.mark.parametrize("take_back", [online, at_the_desk])
def test_taking_back_nothing_is_refused_although_a_leg_was_taken_back_before(
    take_back: Callable[[Dossier, Linked], None],
) -> None:
    linked = make_group(needs=((), ()), days=("1", "7"))
    application = settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)
    withdraw(dossier=leg_dossier(application, 2), actor=None, at=MONDAY + 6 * HOUR)

    with pytest.raises(TransitionRefused):
        take_back(leg_dossier(application, 1), linked)


def test_only_the_desk_s_officer_records_it() -> None:
    linked = make_group()
    lead = once_the_lead_is_granted(linked)

    for stranger in (linked.lead.dispatcher, linked.offices[1].dispatcher, make_office().reception):
        with pytest.raises(NotPermitted):
            record_withdrawal(dossier=lead, officer=stranger, reason="Đổi ý", at=TUESDAY)


@pytest.mark.parametrize("take_back", [online, at_the_desk])
def test_where_the_first_decision_ends_it_nothing_is_taken_back_after_it(
    take_back: Callable[[Dossier, Linked], None],
) -> None:
    linked = make_group(withdrawal_ends=WithdrawalEnds.FIRST_DECISION)
    lead = once_the_lead_is_granted(linked)
    second = leg_dossier(whole(lead), 2)

    assert not may_be_withdrawn(lead)
    assert Action.RECORD_WITHDRAWAL not in acts_open(second)
    for dossier in (lead, second):
        with pytest.raises(TransitionRefused):
            take_back(dossier, linked)


@pytest.mark.parametrize("take_back", [online, at_the_desk])
def test_where_the_first_decision_ends_it_the_whole_is_taken_back_before(
    take_back: Callable[[Dossier, Linked], None],
) -> None:
    linked = make_group(needs=((), ()), days=("1", "7"), withdrawal_ends=WithdrawalEnds.FIRST_DECISION)
    application = make_accepted(linked)
    lead = leg_dossier(application, 1)
    assert may_be_withdrawn(lead)
    assert may_be_withdrawn(leg_dossier(application, 2))

    take_back(lead, linked)

    assert [leg_dossier(application, number).stage for number in (1, 2)] == [Status.WITHDRAWN] * 2


def test_one_leg_is_taken_back_on_its_own() -> None:
    linked = make_group()
    lead = once_the_lead_is_granted(linked)
    third = leg_dossier(whole(lead), 3)

    for _ in range(2):
        withdraw(dossier=third, actor=None, at=TUESDAY)

    application = follow(lead, TUESDAY)
    assert [state for state, _ in legs_of(application)] == [GRANTED, LegState.OPEN, NOT_GRANTED]
