"""What the applicant of a linked application is told: the promise of the whole, and when every leg has ended."""

from datetime import timedelta

import pytest

from motcua.dossiers.commands.return_result import hand_over
from motcua.notifications import life_wording, wording
from motcua.notifications.commands.compose import told_dossiers
from motcua.notifications.models import Message
from tests.linked import HOUR, leg_dossier, make_accepted, make_group, settle
from tests.make import MONDAY

pytestmark = pytest.mark.django_db
TUESDAY = MONDAY + timedelta(days=1)


def told() -> list[str]:
    return [row.subject.split(":")[0] for row in Message.objects.filter(channel="EMAIL").order_by("pk")]


def test_the_promise_is_that_of_the_whole_and_the_results_are_told_of_once() -> None:
    linked = make_group()
    application = settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)

    accepted = Message.objects.filter(channel="EMAIL", subject__startswith="Hồ sơ đã được tiếp nhận").get()
    assert "17:00 ngày 12/03/2026" in accepted.body
    assert linked.group.name in accepted.body
    settle(application, 2, linked.offices[1], at=TUESDAY)
    settle(application, 3, linked.offices[2], at=TUESDAY, refusal_basis="Điều 12")

    assert told() == [
        "Đã nhận hồ sơ trực tuyến",
        "Hồ sơ đã được tiếp nhận",
        "Từ chối giải quyết hồ sơ",
        "Hồ sơ liên thông đã xong",
    ]
    ended = Message.objects.filter(channel="EMAIL").latest("pk")
    assert "Có kết quả" in ended.body
    assert "Không được giải quyết" in ended.body


def test_results_that_go_out_one_by_one_are_told_of_each() -> None:
    linked = make_group(returns_together=False)

    settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)

    assert told()[-1] == "Đã có kết quả"
    ready = Message.objects.filter(channel="EMAIL").latest("pk").body
    name = linked.lead.offering.procedure.title
    assert f"Việc “{name}” đã có kết quả" in ready
    assert f"{name}, một việc của hồ sơ liên thông “{linked.group.name}”" in ready


def test_results_told_of_each_are_not_told_of_again_at_the_end() -> None:
    linked = make_group(returns_together=False, needs=((), ()), days=("1", "1"))
    application = settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)

    assert settle(application, 2, linked.offices[1], at=MONDAY + 2 * HOUR).finished_at is not None
    assert told()[-2:] == ["Đã có kết quả"] * 2

    lead = leg_dossier(application, 1)
    hand_over(dossier=lead, officer=linked.lead.reception, received_by="Mỷ", at=MONDAY + 6 * HOUR)

    returned = Message.objects.get(channel="EMAIL", subject__startswith="Đã trả kết quả").body
    assert "một việc của hồ sơ liên thông" in returned


def test_a_refusal_of_one_leg_names_it_and_waits_for_the_others() -> None:
    linked = make_group()

    settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR, refusal_basis="Điều 12")

    refused = Message.objects.get(channel="EMAIL", subject__startswith="Từ chối giải quyết").body
    assert f"Cơ quan từ chối giải quyết việc “{linked.lead.offering.procedure.title}”" in refused
    assert "bản giấy được trả một lần khi xong tất cả các việc, hẹn 17:00 ngày 12/03/2026" in refused


def test_a_date_of_one_leg_is_not_told_as_that_of_the_whole() -> None:
    linked = make_group()
    application = make_accepted(linked)
    lead = told_dossiers().get(linked_application=application, leg_number=1)
    name = linked.lead.offering.procedure.title

    said = [
        wording.supplement_received(lead, None),
        wording.moved(lead, None, "lịch"),
        life_wording.settled(lead),
        life_wording.extended(lead, "Mất điện"),
    ]

    for one in said:
        assert f"việc “{name}”" in one.body.replace("Việc", "việc")
        assert "Hẹn trả kết quả:" not in one.body
        assert "(viec 1)" in one.sms
