"""What applicants are told, over which channel, and that it leaves once."""

from datetime import date, timedelta

import pytest
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from motcua.dossiers.commands.confirm_contact import send_contact_code
from motcua.dossiers.commands.recount import CalendarNotice, announce_calendar, apply_calendar
from motcua.dossiers.commands.submit import submit
from motcua.dossiers.commands.withdraw import withdraw
from motcua.dossiers.models import Applicant, CalendarRecount, ContactCode, Dossier
from motcua.dossiers.tasks import follow_calendar
from motcua.notifications.commands.deliver import deliver
from motcua.notifications.commands.forget_codes import forget_codes
from motcua.notifications.models import Message
from motcua.notifications.queries import messages_about, outbox
from motcua.notifications.tasks import send, tell_moved
from motcua.notifications.wording import SMS_LENGTH
from motcua.rules.calendar_days import CalendarDay, DayKind
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.make import MONDAY, make_dossier, make_draft, make_office, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaving(settings: Settings) -> None:
    settings.MESSAGES_STAY_IN_OUTBOX = False


def test_each_message_goes_to_site_mail_and_phone() -> None:
    dossier = make_dossier(status=Status.ACCEPTED)

    channels = sorted(Message.objects.filter(dossier=dossier).values_list("channel", flat=True))

    assert channels == ["EMAIL", "EMAIL", "SITE", "SITE", "SMS", "SMS"]


def test_no_text_message_goes_to_a_landline() -> None:
    dossier = make_draft()
    Applicant.objects.filter(dossier=dossier).update(phone="02153825104")

    submit(dossier=Dossier.objects.get(pk=dossier.pk), actor=dossier.owner, at=MONDAY)

    assert set(Message.objects.filter(dossier=dossier).values_list("channel", flat=True)) == {"EMAIL", "SITE"}


def test_every_text_message_is_plain_and_short() -> None:
    make_dossier(status=Status.RETURNED)

    bodies = list(Message.objects.filter(channel="SMS").values_list("body", flat=True))
    assert bodies
    assert all(body.isascii() and len(body) <= SMS_LENGTH for body in bodies)


def test_what_leaves_the_house_has_one_job_each() -> None:
    dossier = make_dossier(status=Status.SUBMITTED)

    jobs = {job.args["message_id"] for job in ProcrastinateJob.objects.filter(task_name="notifications.send")}

    assert jobs == set(Message.objects.filter(dossier=dossier).exclude(channel="SITE").values_list("pk", flat=True))


def test_a_mail_leaves_once_with_the_same_id_on_every_retry(leaving: None) -> None:
    make_dossier(status=Status.SUBMITTED)
    message = Message.objects.get(channel="EMAIL")

    deliver(message=message, at=MONDAY)
    deliver(message=Message.objects.get(pk=message.pk), at=MONDAY)

    assert [letter.extra_headers["Message-ID"] for letter in mail.outbox] == [f"<{message.delivery_key}@localhost>"]
    assert Message.objects.get(pk=message.pk).sent_at == MONDAY


def test_in_the_demonstration_nothing_leaves() -> None:
    make_dossier(status=Status.SUBMITTED)

    for message in Message.objects.exclude(channel="SITE"):
        send(message_id=message.pk)

    assert mail.outbox == []
    assert not Message.objects.exclude(channel="SITE").filter(sent_at__isnull=False).exists()


def test_a_text_message_waits_until_an_operator_is_connected(leaving: None) -> None:
    make_dossier(status=Status.SUBMITTED)
    message = Message.objects.get(channel="SMS")

    deliver(message=message, at=MONDAY)

    assert Message.objects.get(pk=message.pk).sent_at is None


def test_who_has_no_account_and_no_mail_gets_text_messages_only() -> None:
    dossier = make_draft()
    Dossier.objects.filter(pk=dossier.pk).update(owner=None, filing_channel="POSTAL")
    dossier.applicant.email = ""
    dossier.applicant.save()
    submit(dossier=dossier, actor=None, at=MONDAY)

    assert not Message.objects.exists()

    withdraw(dossier=dossier, actor=None, at=MONDAY)

    assert not Message.objects.filter(channel__in=["EMAIL", "SITE"]).exists()


def test_no_message_has_the_pin_in_it() -> None:
    dossier = make_dossier(status=Status.RETURNED)
    Dossier.objects.filter(pk=dossier.pk).update(lookup_pin="kín!")

    assert not Message.objects.filter(body__contains="kín!").exists()


def test_the_site_shows_what_was_said_newest_first() -> None:
    dossier = make_dossier(status=Status.ACCEPTED)

    lines = messages_about(dossier.pk)

    assert [line.subject.split(":")[0] for line in lines] == ["Hồ sơ đã được tiếp nhận", "Đã nhận hồ sơ trực tuyến"]


def test_the_outbox_shows_mail_and_text_messages() -> None:
    make_dossier(status=Status.SUBMITTED)

    assert {line.channel for line in outbox()} == {"EMAIL", "SMS"}


def test_a_message_with_a_code_is_deleted_when_the_code_is_worthless() -> None:
    dossier = make_draft()
    send_contact_code(dossier=dossier, channel=ContactCode.Channel.EMAIL, at=MONDAY)
    submit(dossier=dossier, actor=dossier.owner, at=MONDAY)
    told = Message.objects.count()

    early = forget_codes(MONDAY + timedelta(minutes=15))
    late = forget_codes(MONDAY + timedelta(minutes=15, seconds=1))

    assert (early, late) == (0, 1)
    assert Message.objects.count() == told - 1
    assert not Message.objects.filter(subject__contains="mã xác nhận").exists()


def test_a_message_deleted_meanwhile_is_not_sent() -> None:
    send.func(message_id=4711)

    assert not Message.objects.exists()


def test_a_later_date_is_told_once_however_often_the_job_runs() -> None:
    office = make_office()
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    officer = make_officer(Role.PROCEDURE_CONTROL_OFFICER, office.offering.competent_unit)
    at = MONDAY + timedelta(hours=6)
    day = CalendarDay(date(2026, 3, 3), DayKind.CLOSED, "lũ quét", "flood", "Công điện 05")
    notice = CalendarNotice("Công điện 05", office.offering.competent_unit, (day,))
    announcement = announce_calendar(notice=notice, officer=officer, at=at)
    apply_calendar(announcement=announcement, officer=officer, at=at)
    follow_calendar(recount_id=CalendarRecount.objects.get().pk)
    before = Message.objects.count()

    for _ in range(2):
        tell_moved(announcement=announcement.record_subject, references=[dossier.reference])

    told = Message.objects.order_by("pk")[before:]
    assert {message.channel for message in told} == {"SITE", "EMAIL", "SMS"}
    body = next(message.body for message in told if message.channel == "EMAIL")
    assert "dời sang 17:00 ngày 10/03/2026 thay cho 17:00 ngày 09/03/2026" in body
    assert all(len(message.body) <= SMS_LENGTH for message in told if message.channel == "SMS")
