"""What the applicant of a linked application is told: the promise of the whole, and when every leg has ended."""

from datetime import timedelta

import pytest

from motcua.notifications.models import Message
from tests.linked import HOUR, make_accepted, make_group, settle
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
