"""The record: chains, digests, and finding what was changed behind the program's back."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.kernel import events
from motcua.kernel.digests import NothingToDigest, close_day
from motcua.kernel.events import Event, Secret, plain, record, record_many, subscribe, subscribe_many
from motcua.kernel.models import DailyDigest, EventRecord
from motcua.kernel.verification import Newest, verify_record
from motcua.rules.transitions import Status
from tests.make import make_user

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened(Event):
    """Something happened."""

    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whispered(Event):
    """Something secret happened."""

    secret: Secret


def write(subject: str, count: int = 1) -> None:
    for number in range(count):
        record(Happened(subject=subject, note=str(number)), actor=None, at=AT + timedelta(minutes=number))


def tamper(sql: str, *values: int) -> None:
    """Change the tables as somebody with the database's own password could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE kernel_eventrecord DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE kernel_dailydigest DISABLE TRIGGER USER")
        cursor.execute(sql, values)


def test_the_events_of_a_subject_form_a_chain() -> None:
    write("A", 3)

    first, second, third = EventRecord.objects.filter(subject="A").order_by("seq")
    assert (first.seq, first.previous_hash) == (1, "")
    assert (second.previous_hash, third.previous_hash) == (first.hash, second.hash)


def test_a_sound_record_is_verified_whole() -> None:
    write("A", 3)
    write("B", 2)
    close_day(date(2026, 3, 2))
    steps: list[tuple[int, int]] = []

    found = verify_record(lambda done, total: steps.append((done, total)))

    assert (found.events_checked, found.digests_checked, found.first_broken) == (5, 1, None)
    assert steps[-1] == (5, 5)


@pytest.mark.parametrize("statement", ["UPDATE kernel_eventrecord SET kind = 'x'", "DELETE FROM kernel_eventrecord"])
def test_the_database_refuses_to_change_or_remove_an_event(statement: str) -> None:
    write("A")

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("table", ["eventrecord", "dailydigest"])
def test_the_database_refuses_to_empty_the_record(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE kernel_{table} ENABLE TRIGGER {table}_no_truncate")

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE kernel_{table}")


@pytest.mark.parametrize(
    ("sql", "seq", "reason"),
    [
        pytest.param(
            'UPDATE kernel_eventrecord SET payload = \'{"note": "forged"}\' WHERE seq = 2',
            2,
            "content was changed",
            id="a changed payload",
        ),
        pytest.param(
            "UPDATE kernel_eventrecord SET at = at + interval '1 second' WHERE seq = 3",
            3,
            "content was changed",
            id="a changed moment",
        ),
        pytest.param(
            "UPDATE kernel_eventrecord SET actor_id = (SELECT min(id) FROM accounts_user) WHERE seq = 2",
            2,
            "content was changed",
            id="a changed actor",
        ),
        pytest.param("DELETE FROM kernel_eventrecord WHERE seq = 2", 3, "event 2 is missing", id="one taken out"),
        pytest.param(
            "UPDATE kernel_eventrecord SET hash = repeat('0', 64) WHERE seq = 1", 1, "content", id="a changed hash"
        ),
    ],
)
def test_the_first_broken_event_is_named(sql: str, seq: int, reason: str) -> None:
    make_user()
    write("A", 4)
    tamper(sql)

    broken = verify_record().first_broken

    assert broken is not None
    assert (broken.subject, broken.seq) == ("A", seq)
    assert reason in broken.reason


def test_an_event_slipped_in_is_found() -> None:
    write("A", 2)
    tamper(
        "INSERT INTO kernel_eventrecord (subject, seq, kind, payload, at, previous_hash, hash) "
        "VALUES ('A', 3, 'Forged', '{}', now(), 'x', 'y')"
    )

    broken = verify_record().first_broken

    assert broken is not None
    assert (broken.seq, broken.reason) == (3, "does not follow from the event before it")


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        pytest.param("DELETE FROM kernel_eventrecord WHERE subject = 'A' AND seq = 3", "events", id="a cut-off tail"),
        pytest.param("DELETE FROM kernel_eventrecord WHERE subject = 'B'", "subject", id="a vanished subject"),
    ],
)
def test_the_digest_of_the_day_shows_what_a_chain_cannot(sql: str, reason: str) -> None:
    write("A", 3)
    write("B", 2)
    close_day(date(2026, 3, 2))
    tamper(sql)

    broken = verify_record().first_broken

    assert broken is not None
    assert broken.subject == "digest 2026-03-02"
    assert reason in broken.reason


def test_a_tail_written_anew_with_right_hashes_is_found_by_the_digest() -> None:
    write("A", 3)
    close_day(date(2026, 3, 2))
    tamper("DELETE FROM kernel_eventrecord WHERE seq = 3")
    row = record(Happened(subject="A", note="forged"), actor=None, at=AT)
    last = DailyDigest.objects.get().last_event_id
    tamper("UPDATE kernel_eventrecord SET id = %s WHERE id = %s", last, row.pk)

    broken = verify_record().first_broken

    assert broken is not None
    assert "heads" in broken.reason


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        pytest.param("UPDATE kernel_dailydigest SET event_count = 9", "content was changed", id="a changed digest"),
        pytest.param(
            "DELETE FROM kernel_dailydigest WHERE \"on\" = '2026-03-02'", "does not follow", id="a removed digest"
        ),
    ],
)
def test_the_digests_are_chained_too(sql: str, reason: str) -> None:
    for day in (2, 3):
        write("A")
        close_day(date(2026, 3, day))
    tamper(sql)

    broken = verify_record().first_broken

    assert broken is not None
    assert reason in broken.reason


def test_what_happens_after_a_digest_does_not_break_it() -> None:
    write("A", 2)
    close_day(date(2026, 3, 2))
    write("A")
    write("C")

    assert verify_record().first_broken is None


def test_a_day_is_closed_once() -> None:
    write("A")

    assert close_day(date(2026, 3, 2)) == close_day(date(2026, 3, 2))


def test_a_digest_covers_the_heads_that_moved_in_the_order_of_code_points() -> None:
    write("A")
    close_day(date(2026, 3, 2))
    for subject in ("đ", "b", "B"):
        write(subject, 2)

    digest = close_day(date(2026, 3, 3))

    heads = {row.subject: row.hash for row in EventRecord.objects.filter(seq=2)}
    told = "".join(f"{subject} 2 {heads[subject]}\n" for subject in sorted(heads))
    assert digest.heads_hash == hashlib.sha256(told.encode()).hexdigest()
    assert (digest.event_count, digest.subject_count) == (7, 4)


def test_an_event_slipped_in_below_all_numbers_is_found_by_the_digest() -> None:
    write("A")
    close_day(date(2026, 3, 2))
    row = record(Happened(subject="B"), actor=None, at=AT)
    tamper("UPDATE kernel_eventrecord SET id = -5 WHERE id = %s", row.pk)

    broken = verify_record().first_broken

    assert broken is not None
    assert broken.reason == "had 1 subjects, now 2: a subject vanished or was added"


def test_a_record_written_anew_with_all_its_digests_lacks_the_one_that_was_taken_down() -> None:
    write("A", 2)
    noted = close_day(date(2026, 3, 2)).hash
    assert verify_record(noted=noted[:12]).first_broken is None
    tamper("DELETE FROM kernel_eventrecord WHERE seq = 2")
    tamper("DELETE FROM kernel_dailydigest")
    close_day(date(2026, 3, 2))

    unaware, aware = verify_record(), verify_record(noted=noted)

    assert unaware.first_broken is None
    assert aware.first_broken is not None
    assert aware.first_broken.subject == f"digest {noted}"


def test_what_no_digest_covers_yet_is_counted() -> None:
    write("A", 2)
    assert verify_record().newest is None
    digest = close_day(date(2026, 3, 2))
    write("A")
    write("B", 2)

    assert verify_record().newest == Newest(on=date(2026, 3, 2), hash=digest.hash, events_since=3)


def test_a_digest_is_never_put_before_another() -> None:
    write("A")
    newest = close_day(date(2026, 3, 2))

    assert close_day(date(2026, 1, 5)) == newest
    assert verify_record().first_broken is None


def test_an_empty_record_has_nothing_to_close() -> None:
    with pytest.raises(NothingToDigest):
        close_day(date(2026, 3, 2))


def test_a_secret_reaches_the_reaction_but_not_the_record() -> None:
    heard: list[str] = []
    subscribe(Whispered, lambda event, _at: heard.append(event.secret.value))

    row = record(Whispered(subject="A", secret=Secret("123456")), actor=None, at=AT)

    assert heard == ["123456"]
    assert row.payload == {}
    assert "123456" not in repr(Secret("123456"))


def test_values_are_kept_plainly() -> None:
    assert plain({1: [Decimal("0.5"), Status.DONE, date(2026, 3, 2)], "x": (None, True)}) == {
        "1": ["0.5", "DONE", "2026-03-02"],
        "x": [None, True],
    }


def test_what_json_cannot_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="an event cannot hold set"):
        plain({1})


def test_a_rollback_takes_the_event_along() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        events.record(Happened(subject="A"), actor=None, at=AT)
        raise ZeroDivisionError

    assert not EventRecord.objects.exists()


def test_many_events_at_once_make_the_chains_that_single_ones_would() -> None:
    write("A", 2)
    heard: list[str] = []
    subscribe_many(Happened, lambda happened, _: heard.extend(event.subject for event in happened))

    record_many([Happened(subject="A"), Happened(subject="B")], actor=None, at=AT + timedelta(hours=1))
    record_many([], actor=None, at=AT)

    assert heard == ["A", "B"]
    assert list(EventRecord.objects.filter(subject="A").values_list("seq", flat=True).order_by("seq")) == [1, 2, 3]
    assert verify_record().first_broken is None
