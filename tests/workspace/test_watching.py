"""Notices of officials and the page of what is late."""

from collections.abc import Callable
from datetime import datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.accounts.models import User
from motcua.dossiers.commands import consult
from motcua.dossiers.commands.watch import watch
from motcua.notifications.models import Notice, Period
from motcua.notifications.queries import periods_of
from motcua.rules.transitions import Status
from tests.make import HANOI, MONDAY, Office, make_dossier, make_office

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]
LATE = datetime(2026, 3, 10, 9, 0, tzinfo=HANOI)


def test_a_notice_is_counted_shown_and_read(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    officer = at_work(office.officer)

    before = officer.get("/xu-ly/thong-bao/").content.decode()
    until = before.split('name="until" value="')[1].split('"')[0]
    officer.post("/xu-ly/thong-bao/da-doc/", {"until": until})
    after = officer.get("/xu-ly/thong-bao/").content.decode()

    assert "Bạn được giao hồ sơ" in before
    assert dossier.public_code in before
    assert "bell__count" in before
    assert "bell__count" not in after
    assert "Bạn được giao hồ sơ" in after


def test_reading_marks_nothing_that_came_after_the_page(office: Office, at_work: AtWork) -> None:
    make_dossier(status=Status.IN_PROGRESS, office=office)

    at_work(office.officer).post("/xu-ly/thong-bao/da-doc/", {"until": MONDAY.isoformat()})

    assert Notice.objects.filter(user=office.officer, read_at=None).exists()


@pytest.mark.parametrize("until", ["", "yesterday", "2026-13-45T00:00", "2026-03-02T08:00"])
def test_a_moment_that_is_none_reads_everything_there_is(until: str, office: Office, at_work: AtWork) -> None:
    make_dossier(status=Status.IN_PROGRESS, office=office)

    at_work(office.officer).post("/xu-ly/thong-bao/da-doc/", {"until": until})

    assert not Notice.objects.filter(user=office.officer, read_at=None).exists()


def test_the_leader_sees_where_a_late_dossier_lies_and_why(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    question = consult.Question(office.asked, "Có vướng gì không?", days=1)
    consult.consult(dossier=dossier, officer=office.officer, question=question, at=MONDAY.replace(hour=14))
    watch(LATE)

    with time_machine.travel(LATE, tick=False):
        said = at_work(office.signer).get("/xu-ly/qua-han/").content.decode()

    assert dossier.public_code in said
    assert office.officer.display_name in said
    assert "đơn vị được hỏi chưa trả lời dù đã hết hạn" in said
    assert "Vàng Thị Mỷ" not in said


def test_a_leader_elsewhere_sees_none_of_it(office: Office, at_work: AtWork) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    other = make_office()

    with time_machine.travel(LATE, tick=False):
        said = at_work(other.signer).get("/xu-ly/qua-han/").content.decode()

    assert dossier.public_code not in said


def test_the_page_asks_as_much_for_one_row_as_for_ten(office: Office, at_work: AtWork) -> None:
    signer = at_work(office.signer)
    counts = []
    for more in (1, 9):
        for _ in range(more):
            make_dossier(status=Status.IN_PROGRESS, office=office)
        with (
            time_machine.travel(LATE, tick=False),
            CaptureQueriesContext(
                connection,
            ) as asked,
        ):
            signer.get("/xu-ly/qua-han/")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_an_official_chooses_what_is_written_to_them_and_when(office: Office, at_work: AtWork) -> None:
    officer = at_work(office.officer)
    page = officer.get("/xu-ly/thong-bao/cach-bao/").context["form"]
    chosen = dict.fromkeys(page.fields, "DIGEST") | {"DossierAssigned": "INSTANT", "DossierOverdue": "NONE"}

    refused = officer.post("/xu-ly/thong-bao/cach-bao/", chosen | {"DossierOverdue": "HOURLY"})
    kept = officer.post("/xu-ly/thong-bao/cach-bao/", chosen)

    assert (refused.status_code, kept.status_code) == (422, 302)
    periods = periods_of(office.officer.pk)
    assert (periods["DossierAssigned"], periods["DossierOverdue"]) == (Period.INSTANT, Period.NONE)
