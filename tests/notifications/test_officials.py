"""What officials are told of what they follow, and what is written to them: at once, in the morning, or never."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from motcua.accounts.models import Grant, User
from motcua.dossiers.commands import process
from motcua.dossiers.commands.beside import follow, remind, unfollow
from motcua.dossiers.commands.guard import lock
from motcua.dossiers.models import Dossier
from motcua.notifications.commands.deliver import deliver_letter
from motcua.notifications.commands.tell_followers import tell_followers
from motcua.notifications.commands.write_to_officials import choose_periods, write_digests, write_instantly
from motcua.notifications.kinds import FOLLOWED
from motcua.notifications.models import Notice, OfficialLetter, Period
from motcua.notifications.queries import notices_of, periods_of, unread_count
from motcua.notifications.tasks import morning_digest, send_letter, tell_officials
from motcua.rules.transitions import Status
from tests.make import MONDAY, Office, make_dossier, make_office

pytestmark = pytest.mark.django_db
NOW = MONDAY + timedelta(hours=9)
NEXT_MORNING = MONDAY + timedelta(hours=23)


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def assigned(office: Office) -> Dossier:
    """One dossier the officer was given and then reminded of."""
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    remind(dossier=dossier, officer=office.signer, text="Gấp", at=NOW)
    return dossier


def wants(user: User, period: Period, *kinds: str) -> None:
    choose_periods(user=user, periods=dict.fromkeys(kinds, period))


def test_events_of_one_dossier_are_one_line_and_one_in_the_bell(office: Office, assigned: Dossier) -> None:
    lines = notices_of(office.officer.pk)

    assert [(line.code, line.kinds) for line in lines] == [
        (assigned.public_code, ("DossierReminded", "DossierAssigned"))
    ]
    assert unread_count(office.officer.pk) == 1


def test_the_morning_letter_is_the_usual_way_and_comes_once(office: Office, assigned: Dossier) -> None:
    assert write_instantly(NOW) == []

    letters = [letter for letter in write_digests(NEXT_MORNING) if letter.user == office.officer]
    again = write_digests(NEXT_MORNING + timedelta(minutes=15))

    assert len(letters) == 1
    assert again == []
    assert letters[0].subject == "Việc mới ở 1 hồ sơ"
    assert letters[0].body.count(assigned.public_code) == 1
    assert "Bạn được giao hồ sơ; Bạn được nhắc về hồ sơ" in letters[0].body
    assert "Vàng Thị Mỷ" not in letters[0].body


def test_what_comes_after_the_morning_letter_waits_for_the_next(office: Office, assigned: Dossier) -> None:
    write_digests(NEXT_MORNING)
    remind(dossier=assigned, officer=office.signer, text="", at=NEXT_MORNING + timedelta(minutes=5))

    assert write_digests(NEXT_MORNING + timedelta(minutes=15)) == []
    assert len(write_digests(NEXT_MORNING + timedelta(days=1))) == 1


def test_who_wants_to_know_at_once_is_written_to_at_once_about_that_alone(office: Office, assigned: Dossier) -> None:
    wants(office.officer, Period.INSTANT, "DossierReminded")

    letters = write_instantly(NOW)

    assert [letter.user for letter in letters] == [office.officer]
    assert "Bạn được nhắc về hồ sơ" in letters[0].body
    assert "Bạn được giao hồ sơ" not in letters[0].body
    assert write_instantly(NOW) == []


def test_who_wants_no_letter_gets_none_and_still_reads_it_on_the_site(office: Office, assigned: Dossier) -> None:
    wants(office.officer, Period.NONE, "DossierReminded", "DossierAssigned", "no such kind")

    assert [*write_instantly(NOW), *write_digests(NEXT_MORNING)] == []
    assert unread_count(office.officer.pk) == 1
    assert periods_of(office.officer.pk)["DossierReminded"] is Period.NONE
    assert periods_of(office.officer.pk)["DossierOverdue"] is Period.DIGEST


def test_what_was_read_or_is_old_news_is_not_written_of(office: Office, assigned: Dossier) -> None:
    Notice.objects.filter(kind="DossierReminded").update(read_at=NOW)
    Notice.objects.filter(kind="DossierAssigned").update(created_at=NOW - timedelta(days=4))

    assert write_digests(NEXT_MORNING) == []


def test_followers_are_told_once_of_whatever_happened(office: Office, assigned: Dossier) -> None:
    follow(dossier=assigned, officer=office.signer, reason="", at=NOW)
    assert tell_followers(NOW) == 0

    process.assign(dossier=assigned, officer=office.dispatcher, giving=process.Giving(office.officer), at=NOW)
    remind(dossier=assigned, officer=office.dispatcher, text="", at=NOW)

    assert (tell_followers(NOW), tell_followers(NOW)) == (1, 0)
    assert [notice.kind for notice in Notice.objects.filter(user=office.signer)] == [FOLLOWED]


def test_what_followers_did_themselves_is_no_news_to_them(office: Office, assigned: Dossier) -> None:
    follow(dossier=assigned, officer=office.signer, reason="", at=NOW)
    remind(dossier=assigned, officer=office.signer, text="", at=NOW)

    assert tell_followers(NOW) == 0


def test_who_may_see_a_dossier_no_longer_is_told_nothing_more_of_it(office: Office, assigned: Dossier) -> None:
    follow(dossier=assigned, officer=office.signer, reason="", at=NOW)
    remind(dossier=assigned, officer=office.dispatcher, text="", at=NOW)
    Grant.objects.filter(user=office.signer).update(valid_until=NOW.date())

    assert tell_followers(NOW) == 0
    assert not Notice.objects.filter(user=office.signer).exists()


@pytest.mark.django_db(transaction=True)
def test_a_dossier_that_somebody_is_changing_is_told_of_the_next_time(office: Office, assigned: Dossier) -> None:
    follow(dossier=assigned, officer=office.signer, reason="", at=NOW)
    remind(dossier=assigned, officer=office.dispatcher, text="", at=NOW)

    def meanwhile() -> int:
        try:
            return tell_followers(NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as aside:
        with transaction.atomic():
            lock(assigned.reference)
            during = aside.submit(meanwhile).result(timeout=10)
            unfollow(dossier=assigned, officer=office.officer, at=NOW)
        after = aside.submit(meanwhile).result(timeout=10)

    assert (during, after) == (0, 1)


def test_letters_leave_once_and_the_demonstration_keeps_them(
    office: Office, assigned: Dossier, settings: Settings
) -> None:
    letter = write_digests(NEXT_MORNING)[0]
    settings.MESSAGES_STAY_IN_OUTBOX = True
    deliver_letter(letter=letter, at=NEXT_MORNING)
    assert mail.outbox == []

    settings.MESSAGES_STAY_IN_OUTBOX = False
    for _ in range(2):
        send_letter.func(letter_id=letter.pk)

    assert [sent.to for sent in mail.outbox] == [[office.officer.email]]
    assert OfficialLetter.objects.get(pk=letter.pk).sent_at is not None


def test_the_jobs_write_and_have_sent(office: Office) -> None:
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    wants(office.officer, Period.INSTANT, "DossierAssigned")
    Notice.objects.update(created_at="2999-01-01T00:00Z")
    assert dossier.pk

    tell_officials.func(timestamp=0)
    morning_digest.func(timestamp=0)

    assert OfficialLetter.objects.count() == 1
