"""Results that go out together no longer wait for a leg that is late by more than its group allows [U] (B-21)."""

from datetime import datetime, timedelta

import pytest

from motcua.dossiers.commands import return_result
from motcua.dossiers.commands.return_result import LegsUnderWay
from motcua.dossiers.models import Dossier, LinkedApplication
from motcua.dossiers.queries.linked import LinkedView, whole_of
from motcua.notifications.models import Message
from motcua.rules.linked import LegState, WholeState
from motcua.rules.transitions import Status
from tests.linked import HOUR, Linked, follow, leg_dossier, make_accepted, make_group, settle
from tests.make import HANOI, MONDAY

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)
DUE = datetime(2026, 3, 12, 17, 0, tzinfo=HANOI)
"""When leg 2 is due by the plan, a Thursday; it is the one that stays silent."""
UNTIL = datetime(2026, 3, 16, 17, 0, tzinfo=HANOI)
"""Two working days later, over a week-end."""


def all_but_one(linked: Linked) -> LinkedApplication:
    application = settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)
    return settle(application, 3, linked.offices[2], at=TUESDAY)


def give_out(application: LinkedApplication, linked: Linked, at: datetime, number: int = 1) -> Dossier:
    dossier = leg_dossier(application, number)
    return return_result.hand_over(dossier=dossier, officer=linked.lead.reception, received_by="Mỷ", at=at)


def view(application: LinkedApplication, at: datetime) -> LinkedView:
    whole = whole_of(leg_dossier(application, 1), at=at)
    assert whole is not None
    return whole


def test_where_nothing_is_set_the_results_wait_as_long_as_it_takes() -> None:
    linked = make_group()
    application = all_but_one(linked)

    with pytest.raises(LegsUnderWay):
        give_out(application, linked, DUE + timedelta(days=365))
    assert view(application, DUE + timedelta(days=365)).legs[1].awaited_until is None


def test_the_others_wait_for_a_late_leg_so_many_working_days_of_its_agency() -> None:
    linked = make_group(waits_days=2)
    application = all_but_one(linked)
    assert view(application, UNTIL).legs[1].awaited_until == UNTIL

    with pytest.raises(LegsUnderWay) as refused:
        give_out(application, linked, UNTIL)
    assert refused.value.numbers == (2,)
    assert view(application, UNTIL).waits_for_others

    seen = view(application, UNTIL + HOUR)
    given = give_out(application, linked, UNTIL + HOUR)

    assert [leg.is_given_up for leg in seen.legs] == [False, True, False]
    assert not seen.waits_for_others
    application = follow(given, UNTIL + HOUR)
    stages = [leg_dossier(application, number).stage for number in (1, 2, 3)]
    assert stages == [Status.RETURNED, Status.TRANSFERRED, Status.RETURNED]
    assert (application.stage, application.closed_at) == (WholeState.UNDER_WAY, None), "its lead still answers for it"


def test_the_silent_leg_goes_on_and_its_result_is_told_of_and_goes_out_on_its_own() -> None:
    linked = make_group(waits_days=0)
    application = all_but_one(linked)
    follow(give_out(application, linked, DUE + HOUR), DUE + HOUR)
    later = datetime(2026, 3, 17, 8, 0, tzinfo=HANOI)

    application = settle(application, 2, linked.offices[1], at=later)

    told = Message.objects.filter(dossier=leg_dossier(application, 2), channel="SITE", created_at__gte=later)
    assert [message.subject.partition(":")[0] for message in told] == ["Đã có kết quả"]
    assert not Message.objects.filter(subject__startswith="Hồ sơ liên thông đã xong").exists(), "told of once"
    given = give_out(application, linked, later + 5 * HOUR, number=2)
    application = follow(given, later + 5 * HOUR)
    assert (application.stage, application.closed_at) == (WholeState.GRANTED, later + 5 * HOUR)
    bodies = [
        Message.objects.get(dossier=leg_dossier(application, number), channel="SITE", subject__startswith="Đã trả").body
        for number in (1, 2)
    ]
    assert ["một việc của hồ sơ liên thông" in body for body in bodies] == [False, True], "which went out alone"


def test_a_leg_that_waits_for_the_silent_one_is_given_up_by_its_own_plan() -> None:
    linked = make_group(needs=((), (1,), (2,)), waits_days=1)
    application = settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)
    plan = {leg.number: leg.awaited_until or MONDAY for leg in application.legs.all()}

    with pytest.raises(LegsUnderWay) as refused:
        give_out(application, linked, plan[2] + HOUR)

    assert refused.value.numbers == (3,)
    give_out(application, linked, plan[3] + HOUR)
    states = list(application.legs.order_by("number").values_list("state", flat=True))
    assert states == [LegState.GRANTED, LegState.OPEN, LegState.WAITING]
