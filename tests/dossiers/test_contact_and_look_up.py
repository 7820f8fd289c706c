"""Guests: proving a contact by code, and looking a dossier up by PIN."""

import re
import uuid
from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from motcua.dossiers.commands import draft
from motcua.dossiers.commands.callers import caller_digest
from motcua.dossiers.commands.confirm_contact import FOR_ONE_PLACE, CodeRefused, confirm_contact, send_contact_code
from motcua.dossiers.commands.look_up import (
    TRIES_FROM_ONE_PLACE,
    LookupLocked,
    LookupRefused,
    locked_for,
    look_up,
)
from motcua.dossiers.commands.submit import ApplicationIncomplete, submit
from motcua.dossiers.facts import is_phone_unconfirmed
from motcua.dossiers.models import CodeSending, ContactCode, Dossier, FilingChannel, LookupFailure
from motcua.kernel.models import EventRecord
from motcua.notifications.models import Message
from motcua.rules.transitions import Status
from tests.make import MONDAY, make_dossier, make_file, make_offering

pytestmark = pytest.mark.django_db
EMAIL, SMS = ContactCode.Channel.EMAIL, ContactCode.Channel.SMS


def guest_draft() -> Dossier:
    filing = draft.Filing(key=uuid.uuid4(), channel=FilingChannel.ONLINE)
    dossier = draft.start_draft(offering=make_offering(), filing=filing, actor=None, at=MONDAY)
    details = draft.ApplicantDetails(
        full_name="Sùng A Chư", citizen_id="", phone="0900000456", email="chu@example.com", address=""
    )
    draft.save_applicant(dossier=dossier, details=details, actor=None, at=MONDAY)
    draft.save_declaration(dossier=dossier, answers={"ten_con": "Sùng Thị Dở"}, actor=None, at=MONDAY)
    draft.attach_paper(dossier=dossier, position=1, file=make_file(), actor=None, at=MONDAY)
    return Dossier.objects.get(pk=dossier.pk)


def code_sent(dossier: Dossier, channel: str) -> str:
    body = Message.objects.filter(dossier=dossier, channel=channel).latest("pk").body
    found = re.search(r"\b\d{6}\b", body)
    assert found is not None
    return found[0]


def test_a_guest_hands_in_after_confirming_phone_and_mail() -> None:
    dossier = guest_draft()
    with pytest.raises(ApplicationIncomplete, match="CONTACT"):
        submit(dossier=dossier, actor=None, at=MONDAY)

    for channel in (EMAIL, SMS):
        send_contact_code(dossier=dossier, channel=channel, at=MONDAY)
        confirm_contact(dossier=dossier, channel=channel, code=code_sent(dossier, channel), at=MONDAY)

    assert submit(dossier=dossier, actor=None, at=MONDAY).status == Status.SUBMITTED


def test_where_no_text_message_goes_out_the_mail_alone_is_confirmed(settings: Settings) -> None:
    settings.CONTACT_CODE_CHANNELS = ["EMAIL"]
    dossier = guest_draft()
    with pytest.raises(CodeRefused, match="NO_WAY"):
        send_contact_code(dossier=dossier, channel=SMS, at=MONDAY)

    send_contact_code(dossier=dossier, channel=EMAIL, at=MONDAY)
    confirm_contact(dossier=dossier, channel=EMAIL, code=code_sent(dossier, EMAIL), at=MONDAY)

    assert submit(dossier=dossier, actor=None, at=MONDAY).status == Status.SUBMITTED
    assert is_phone_unconfirmed(dossier)


def test_where_no_text_message_goes_out_a_guest_without_an_address_cannot_hand_in(settings: Settings) -> None:
    settings.CONTACT_CODE_CHANNELS = ["EMAIL"]
    dossier = guest_draft()
    dossier.applicant.email = ""
    dossier.applicant.save()

    with pytest.raises(ApplicationIncomplete, match="CONTACT"):
        submit(dossier=dossier, actor=None, at=MONDAY)


def test_where_nothing_goes_out_no_guest_hands_in(settings: Settings) -> None:
    dossier = guest_draft()
    for channel in (EMAIL, SMS):
        send_contact_code(dossier=dossier, channel=channel, at=MONDAY)
        confirm_contact(dossier=dossier, channel=channel, code=code_sent(dossier, channel), at=MONDAY)
    settings.CONTACT_CODE_CHANNELS = []

    with pytest.raises(ApplicationIncomplete, match="CONTACT"):
        submit(dossier=dossier, actor=None, at=MONDAY)


def test_a_confirmed_address_that_is_changed_must_be_confirmed_again() -> None:
    dossier = guest_draft()
    for channel in (EMAIL, SMS):
        send_contact_code(dossier=dossier, channel=channel, at=MONDAY)
        confirm_contact(dossier=dossier, channel=channel, code=code_sent(dossier, channel), at=MONDAY)
    changed = draft.ApplicantDetails(
        full_name="Sùng A Chư", citizen_id="", phone="0900000999", email="chu@example.com", address=""
    )
    draft.save_applicant(dossier=dossier, details=changed, actor=None, at=MONDAY)

    with pytest.raises(ApplicationIncomplete, match="CONTACT"):
        submit(dossier=dossier, actor=None, at=MONDAY)


def test_five_wrong_codes_make_the_code_worthless() -> None:
    dossier = guest_draft()
    send_contact_code(dossier=dossier, channel=SMS, at=MONDAY)
    right = code_sent(dossier, SMS)
    wrong = "000000" if right != "000000" else "000001"

    for _ in range(5):
        with pytest.raises(CodeRefused, match="WRONG"):
            confirm_contact(dossier=dossier, channel=SMS, code=wrong, at=MONDAY)

    with pytest.raises(CodeRefused, match="TOO_MANY"):
        confirm_contact(dossier=dossier, channel=SMS, code=right, at=MONDAY)


def test_a_code_is_good_for_fifteen_minutes() -> None:
    dossier = guest_draft()
    send_contact_code(dossier=dossier, channel=SMS, at=MONDAY)

    with pytest.raises(CodeRefused, match="EXPIRED"):
        confirm_contact(
            dossier=dossier, channel=SMS, code=code_sent(dossier, SMS), at=MONDAY + timedelta(minutes=15, seconds=1)
        )


def test_codes_cannot_be_sent_in_a_row() -> None:
    dossier = guest_draft()
    send_contact_code(dossier=dossier, channel=SMS, at=MONDAY)

    with pytest.raises(CodeRefused, match="TOO_SOON"):
        send_contact_code(dossier=dossier, channel=SMS, at=MONDAY + timedelta(seconds=59))


def codes_to_one_number(count: int, *, start: datetime = MONDAY, client: str = "") -> list[str]:
    """Ask for a code to the same foreign number from `count` new drafts, a second apart; return how each fared."""
    fared = []
    for number in range(count):
        dossier = guest_draft()
        try:
            send_contact_code(dossier=dossier, channel=SMS, client=client, at=start + timedelta(seconds=number))
        except CodeRefused as refused:
            fared.append(refused.reason)
        else:
            fared.append("SENT")
    return fared


def test_many_drafts_cannot_ring_one_number_again_and_again() -> None:
    fared = codes_to_one_number(7)

    assert fared == ["SENT"] * 5 + ["TOO_OFTEN"] * 2
    assert Message.objects.filter(channel="SMS").count() == 5


def test_a_number_is_free_after_an_hour_and_at_most_ten_times_a_day() -> None:
    codes_to_one_number(5)

    second = codes_to_one_number(6, start=MONDAY + timedelta(hours=1, seconds=10))
    third = codes_to_one_number(1, start=MONDAY + timedelta(hours=3))
    next_day = codes_to_one_number(1, start=MONDAY + timedelta(days=1, seconds=1))

    assert second == ["SENT"] * 5 + ["TOO_OFTEN"]
    assert (third, next_day) == (["TOO_OFTEN"], ["SENT"])


def test_one_place_cannot_ring_many_numbers() -> None:
    place = "2001:db8:1:2::7"
    for number in range(FOR_ONE_PLACE.count):
        CodeSending.objects.create(address=str(number), client=caller_digest(place), at=MONDAY)
    dossier = guest_draft()

    with pytest.raises(CodeRefused, match="TOO_OFTEN") as refused:
        send_contact_code(dossier=dossier, channel=SMS, client="2001:db8:1:2:ffff::1", at=MONDAY)
    send_contact_code(dossier=dossier, channel=SMS, client="2001:db8:1:3::7", at=MONDAY)

    assert refused.value.until == MONDAY + timedelta(hours=1)


def test_where_codes_went_is_not_kept_in_clear() -> None:
    codes_to_one_number(1, client="203.0.113.7")

    kept = CodeSending.objects.get()
    assert (len(kept.address), len(kept.client)) == (64, 64)


def test_asking_for_new_codes_gives_no_new_guesses_that_day() -> None:
    dossier = guest_draft()
    guessed = []
    for number in range(4):
        at = MONDAY + timedelta(minutes=2 * number)
        try:
            send_contact_code(dossier=dossier, channel=SMS, at=at)
        except CodeRefused as refused:
            guessed.append(refused.reason)
            break
        right = code_sent(dossier, SMS)
        for _ in range(5):
            with pytest.raises(CodeRefused, match="WRONG"):
                confirm_contact(dossier=dossier, channel=SMS, code=f"{(int(right) + 1) % 10**6:06}", at=at)

    assert guessed == ["TOO_MANY_TODAY"]
    with pytest.raises(CodeRefused, match="TOO_MANY_TODAY") as refused_today:
        confirm_contact(dossier=dossier, channel=SMS, code=code_sent(dossier, SMS), at=MONDAY + timedelta(minutes=5))
    assert refused_today.value.until == MONDAY + timedelta(days=1)
    tomorrow = MONDAY + timedelta(days=1)
    send_contact_code(dossier=dossier, channel=SMS, at=tomorrow)
    confirm_contact(dossier=dossier, channel=SMS, code=code_sent(dossier, SMS), at=tomorrow)


def test_there_is_no_code_without_an_address() -> None:
    dossier = guest_draft()
    dossier.applicant.email = ""
    dossier.applicant.save()

    with pytest.raises(CodeRefused, match="NO_ADDRESS"):
        send_contact_code(dossier=dossier, channel=EMAIL, at=MONDAY)


def test_the_record_does_not_keep_the_code() -> None:
    dossier = guest_draft()
    send_contact_code(dossier=dossier, channel=SMS, at=MONDAY)

    told = EventRecord.objects.get(subject=dossier.reference, kind="ContactCodeSent").payload

    assert told == {"channel": "SMS"}


def test_code_and_pin_find_the_dossier_by_reference_and_by_national_code() -> None:
    dossier = make_dossier(status=Status.ACCEPTED)

    for code in (dossier.reference, dossier.code or "", f" {dossier.reference.lower()} "):
        assert look_up(public_code=code, pin=dossier.lookup_pin, at=MONDAY) == dossier


def test_a_draft_cannot_be_looked_up() -> None:
    dossier = guest_draft()

    with pytest.raises(LookupRefused):
        look_up(public_code=dossier.reference, pin=dossier.lookup_pin, at=MONDAY)


def test_both_codes_of_a_dossier_share_one_count() -> None:
    dossier = make_dossier(status=Status.ACCEPTED)
    wrong = "0000" if dossier.lookup_pin != "0000" else "0001"
    for number in range(5):
        with pytest.raises(LookupRefused):
            code = dossier.reference if number % 2 else dossier.code or ""
            look_up(public_code=code, pin=wrong, at=MONDAY)

    for code in (dossier.reference, dossier.code or ""):
        with pytest.raises(LookupLocked):
            look_up(public_code=code, pin=dossier.lookup_pin, at=MONDAY)


@pytest.mark.parametrize(
    ("client", "other", "is_one_place"),
    [
        ("2001:db8:1:2::7", "2001:db8:1:2:ffff:ffff:ffff:ffff", True),
        ("2001:db8:1:2::7", "2001:db8:1:3::7", False),
        ("::ffff:203.0.113.7", "203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("unix:", "unix:", True),
    ],
)
def test_a_whole_network_of_a_household_is_one_place(client: str, other: str, is_one_place: bool) -> None:
    assert (caller_digest(client) == caller_digest(other)) == is_one_place


@pytest.mark.parametrize("exists", [True, False])
def test_after_five_wrong_pins_even_the_right_one_waits(exists: bool) -> None:
    dossier = make_dossier()
    code = dossier.reference if exists else "KHONG-CO"
    wrong = "0000" if dossier.lookup_pin != "0000" else "0001"
    for number in range(5):
        with pytest.raises(LookupRefused):
            look_up(public_code=code, pin=wrong, at=MONDAY + timedelta(seconds=number))

    with pytest.raises(LookupLocked) as locked:
        look_up(public_code=code, pin=dossier.lookup_pin, at=MONDAY + timedelta(minutes=1))

    assert locked.value.until == MONDAY + timedelta(seconds=4, minutes=15)


def test_the_lock_opens_again() -> None:
    dossier = make_dossier()
    wrong = "0000" if dossier.lookup_pin != "0000" else "0001"
    for _ in range(5):
        with pytest.raises(LookupRefused):
            look_up(public_code=dossier.reference, pin=wrong, at=MONDAY)

    assert look_up(public_code=dossier.reference, pin=dossier.lookup_pin, at=MONDAY + timedelta(minutes=16)) == dossier


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, 0), (4, 0), (5, 15), (6, 30), (7, 60), (11, 960), (12, 960), (20, 960)]
)
def test_every_further_wrong_pin_doubles_the_wait(failures: int, minutes: int) -> None:
    assert locked_for(failures) == timedelta(minutes=minutes)


def guess_many_codes(client: str) -> None:
    for number in range(TRIES_FROM_ONE_PLACE):
        with pytest.raises(LookupRefused):
            look_up(public_code=f"T-{number}", pin="0000", client=client, at=MONDAY + timedelta(seconds=number))


def test_guessing_many_codes_from_one_place_locks_that_place_for_an_hour() -> None:
    dossier = make_dossier()
    guess_many_codes("203.0.113.7")

    with pytest.raises(LookupLocked) as locked:
        look_up(
            public_code=dossier.reference,
            pin=dossier.lookup_pin,
            client="203.0.113.7",
            at=MONDAY + timedelta(minutes=30),
        )

    assert locked.value.until == MONDAY + timedelta(hours=1)
    found = look_up(
        public_code=dossier.reference,
        pin=dossier.lookup_pin,
        client="203.0.113.7",
        at=MONDAY + timedelta(hours=1, seconds=1),
    )
    assert found == dossier


def test_a_locked_place_does_not_lock_others_and_is_not_kept_in_clear() -> None:
    dossier = make_dossier()
    guess_many_codes("203.0.113.7")

    found = look_up(
        public_code=dossier.reference,
        pin=dossier.lookup_pin,
        client="203.0.113.8",
        at=MONDAY + timedelta(minutes=30),
    )

    assert found == dossier
    assert not LookupFailure.objects.filter(client__contains="203.0").exists()
