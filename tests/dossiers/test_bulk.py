"""One act on many dossiers: ordered once, done one by one, each once; undone until it starts."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from motcua.accounts.facts import grants_of
from motcua.accounts.models import Grant, User
from motcua.dossiers.commands import bulk_acts, process
from motcua.dossiers.commands.beside import NotSeen, NotToRemind, follow, remind, unfollow, write_memo
from motcua.dossiers.commands.bulk import (
    BulkIsEmpty,
    BulkIsOver,
    BulkOrder,
    Chosen,
    cancel_bulk,
    do_next,
    order_bulk,
)
from motcua.dossiers.models import BulkItem, BulkJob, Dossier, Following, Memo, Step
from motcua.dossiers.queries.bulk import Asked, acts_for, preview, progress
from motcua.dossiers.tasks import do_bulk
from motcua.kernel.models import EventRecord
from motcua.rules.bulk import BulkAct, ItemOutcome
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.make import MONDAY, Office, make_dossier, make_office, make_officer

pytestmark = pytest.mark.django_db

NOW = MONDAY + timedelta(hours=9)


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def colleague(office: Office) -> User:
    return make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit)


def chosen(dossiers: Sequence[Dossier]) -> list[Chosen]:
    return [Chosen(dossier.pk, dossier.version) for dossier in dossiers]


def ordered(
    dossiers: Sequence[Dossier], by: User, *, act: BulkAct = BulkAct.ASSIGN, to: User | None = None, text: str = ""
) -> BulkJob:
    order = BulkOrder(uuid.uuid4(), act, chosen(dossiers), to, text)
    return order_bulk(order=order, officer=by, at=NOW)


def done(job: BulkJob) -> BulkJob:
    while not do_next(job=job, at=NOW + timedelta(minutes=1)):
        continue
    return BulkJob.objects.get(pk=job.pk)


def outcomes(job: BulkJob) -> list[tuple[str, str]]:
    return [(item.outcome, item.reason) for item in job.items.order_by("position")]


def test_what_an_absent_officer_holds_goes_to_a_colleague(office: Office, colleague: User) -> None:
    held = [make_dossier(office=office, status=Status.IN_PROGRESS) for _ in range(3)]

    job = done(ordered(held, office.dispatcher, to=colleague, text="Anh Páo nghỉ phép"))

    assert outcomes(job) == [(ItemOutcome.DONE, "")] * 3
    assert set(Dossier.objects.values_list("assignee", flat=True)) == {colleague.pk}
    assert Step.objects.filter(note="Anh Páo nghỉ phép", finished_by=office.dispatcher).count() == 3
    assert EventRecord.objects.filter(subject=held[0].reference, kind="DossierAssigned").count() == 2
    assert job.finished_at is not None


def test_a_button_pressed_twice_orders_one_job(office: Office, colleague: User) -> None:
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    order = BulkOrder(uuid.uuid4(), BulkAct.ASSIGN, chosen([dossier]), colleague)

    first = order_bulk(order=order, officer=office.dispatcher, at=NOW)
    second = order_bulk(order=order, officer=office.dispatcher, at=NOW + timedelta(seconds=1))

    assert first == second
    assert BulkItem.objects.count() == 1
    assert EventRecord.objects.filter(kind="BulkOrdered").count() == 1


def test_no_dossier_makes_no_job(office: Office) -> None:
    with pytest.raises(BulkIsEmpty):
        ordered([], office.dispatcher)


def test_the_job_waits_until_it_can_no_longer_be_undone(office: Office, colleague: User) -> None:
    job = ordered([make_dossier(office=office, status=Status.IN_PROGRESS)], office.dispatcher, to=colleague)

    with connection.cursor() as cursor:
        cursor.execute("SELECT scheduled_at, args FROM procrastinate_jobs WHERE task_name = 'dossiers.do_bulk'")
        jobs = cursor.fetchall()
    assert job.starts_at == NOW + timedelta(seconds=settings.BULK_UNDO_SECONDS)
    assert [scheduled for scheduled, _ in jobs] == [job.starts_at]


def test_undone_before_its_start_it_changes_nothing(office: Office, colleague: User) -> None:
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    job = ordered([dossier], office.dispatcher, to=colleague)

    cancel_bulk(job=job, officer=office.dispatcher, at=NOW)
    cancel_bulk(job=job, officer=office.dispatcher, at=NOW)
    job = done(job)

    assert outcomes(job) == [(ItemOutcome.CANCELLED, "")]
    assert Dossier.objects.get(pk=dossier.pk).version == dossier.version
    assert EventRecord.objects.filter(kind="BulkCancelled").count() == 1


def test_stopped_half_way_it_leaves_the_rest_alone(office: Office, colleague: User) -> None:
    held = [make_dossier(office=office, status=Status.IN_PROGRESS) for _ in range(3)]
    job = ordered(held, office.dispatcher, to=colleague)
    do_next(job=job, at=NOW)

    cancel_bulk(job=job, officer=office.dispatcher, at=NOW)
    job = done(job)

    assert [outcome for outcome, _ in outcomes(job)] == [ItemOutcome.DONE, ItemOutcome.CANCELLED, ItemOutcome.CANCELLED]


def test_what_is_over_can_not_be_stopped_nor_can_somebody_elses(office: Office, colleague: User) -> None:
    job = ordered([make_dossier(office=office, status=Status.IN_PROGRESS)], office.dispatcher, to=colleague)
    with pytest.raises(BulkJob.DoesNotExist):
        cancel_bulk(job=job, officer=office.signer, at=NOW)
    done(job)

    with pytest.raises(BulkIsOver):
        cancel_bulk(job=job, officer=office.dispatcher, at=NOW)


def test_one_that_is_refused_says_why_and_stops_no_other(office: Office, colleague: User) -> None:
    stale, good, signed = (
        make_dossier(office=office, status=status)
        for status in (Status.IN_PROGRESS, Status.IN_PROGRESS, Status.PENDING_SIGN)
    )
    job = ordered([stale, signed, good], office.dispatcher, to=colleague)
    process.assign(dossier=stale, officer=office.dispatcher, giving=process.Giving(colleague), at=NOW)

    job = done(job)

    assert outcomes(job) == [
        (ItemOutcome.REFUSED, "StaleDossier"),
        (ItemOutcome.REFUSED, "TransitionRefused"),
        (ItemOutcome.DONE, ""),
    ]
    record = EventRecord.objects.get(kind="BulkFinished")
    assert (record.payload["done_count"], record.payload["refused_count"]) == (1, 2)


def test_a_fault_of_ours_leaves_one_dossier_out_and_stops_no_other(
    office: Office, colleague: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    faulty, good = (make_dossier(office=office, status=Status.IN_PROGRESS) for _ in range(2))
    job = ordered([faulty, good], office.dispatcher, to=colleague)
    assign = process.assign

    def breaks_once(*, dossier: Dossier, **rest: Any) -> Dossier:
        if dossier.pk == faulty.pk:
            raise ZeroDivisionError("Vàng Thị Mỷ")
        return assign(dossier=dossier, **rest)

    monkeypatch.setattr(bulk_acts, "assign", breaks_once)

    job = done(job)

    assert outcomes(job) == [(ItemOutcome.REFUSED, "Fault"), (ItemOutcome.DONE, "")]
    assert "ZeroDivisionError" in caplog.text
    assert "Vàng Thị Mỷ" not in caplog.text


def test_a_job_that_is_killed_goes_on_where_it_was(office: Office, colleague: User) -> None:
    held = [make_dossier(office=office, status=Status.IN_PROGRESS) for _ in range(3)]
    job = ordered(held, office.dispatcher, to=colleague)
    do_next(job=job, at=NOW)

    do_bulk.func(job_id=job.pk)
    do_bulk.func(job_id=job.pk)

    assert EventRecord.objects.filter(kind="DossierAssigned").count() == 6  # three of them by the way there
    assert [outcome for outcome, _ in outcomes(job)] == [ItemOutcome.DONE] * 3


def test_the_right_is_asked_for_when_the_dossiers_turn_comes(office: Office, colleague: User) -> None:
    job = ordered([make_dossier(office=office, status=Status.IN_PROGRESS)], office.dispatcher, to=colleague)
    Grant.objects.filter(user=office.dispatcher).update(valid_until=MONDAY.date())

    assert outcomes(done(job)) == [(ItemOutcome.REFUSED, "NotPermitted")]


def test_the_other_acts_are_done_by_their_own_commands(office: Office) -> None:
    accepted = make_dossier(office=office, status=Status.ACCEPTED)
    held = make_dossier(office=office, status=Status.IN_PROGRESS)

    done(ordered([accepted], office.reception, act=BulkAct.TRANSFER))
    done(ordered([held], office.signer, act=BulkAct.REMIND, text="Gấp"))
    done(ordered([held], office.officer, act=BulkAct.MEMO, text="Đã gọi điện"))
    done(ordered([held], office.officer, act=BulkAct.FOLLOW, text="Việc khó"))

    assert Dossier.objects.get(pk=accepted.pk).stage is Status.TRANSFERRED
    assert list(Memo.objects.order_by("pk").values_list("text", flat=True)) == ["Gấp", "Đã gọi điện"]
    assert Following.objects.get().reason == "Việc khó"
    kinds = ["DossierReminded", "MemoWritten", "DossierFollowed"]
    assert (
        list(EventRecord.objects.filter(kind__in=kinds).order_by("at", "seq").values_list("kind", flat=True)) == kinds
    )
    assert Dossier.objects.get(pk=held.pk).version == held.version


def test_a_preview_says_of_each_what_would_keep_it_out(office: Office, colleague: User) -> None:
    can, theirs, over = (
        make_dossier(office=office, status=status)
        for status in (Status.IN_PROGRESS, Status.IN_PROGRESS, Status.RETURNED)
    )
    process.assign(dossier=theirs, officer=office.dispatcher, giving=process.Giving(colleague), at=NOW)
    grants = grants_of(office.dispatcher, NOW.date())
    stranger = make_office().officer
    dossiers = Dossier.objects.order_by("pk").for_page()

    seen = preview(dossiers, Asked(BulkAct.ASSIGN, colleague), office.dispatcher, grants, at=NOW)
    to_stranger = preview(dossiers, Asked(BulkAct.ASSIGN, stranger), office.dispatcher, grants, at=NOW)
    by_stranger = preview(dossiers, Asked(BulkAct.ASSIGN), stranger, grants_of(stranger, NOW.date()), at=NOW)

    assert [one.code for one in seen.can] == [can.public_code]
    assert [(one.code, one.reason) for one in seen.cannot] == [
        (theirs.public_code, "TheirsAlready"),
        (over.public_code, "TransitionRefused"),
    ]
    assert {load.username for load in seen.officers} == {office.officer.username, colleague.username}
    assert {one.reason for one in to_stranger.cannot} == {"NotAnOfficerThere", "TransitionRefused"}
    assert {one.reason for one in by_stranger.cannot} == {"NotPermitted", "TransitionRefused"}


def test_each_role_is_offered_what_it_could_ever_do(office: Office) -> None:
    offered = {
        person: set(acts_for(grants_of(person, NOW.date()))) - {BulkAct.MEMO, BulkAct.FOLLOW}
        for person in (office.reception, office.dispatcher, office.officer, office.signer)
    }

    assert list(offered.values()) == [
        {BulkAct.TRANSFER},
        {BulkAct.ASSIGN, BulkAct.ASSIGN_LEG, BulkAct.REMIND},
        set(),
        {BulkAct.REMIND},
    ]


def test_progress_counts_by_outcome(office: Office, colleague: User) -> None:
    held = [make_dossier(office=office, status=Status.IN_PROGRESS) for _ in range(2)]
    job = ordered(held, office.dispatcher, to=colleague)
    as_read = (office.dispatcher, grants_of(office.dispatcher, NOW.date()))

    before = progress(job, *as_read, at=NOW)
    do_next(job=job, at=NOW)
    meanwhile = progress(job, *as_read, at=NOW)
    after = progress(done(job), *as_read, at=NOW)

    assert (before.is_undoable, meanwhile.is_undoable, meanwhile.is_running, after.is_running) == (
        True,
        False,
        True,
        False,
    )
    assert (meanwhile.counts[ItemOutcome.DONE], meanwhile.counts[ItemOutcome.WAITING]) == (1, 1)


def test_what_is_not_theirs_to_see_is_neither_followed_nor_noted_nor_reminded(office: Office) -> None:
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    stranger = make_office().signer

    with pytest.raises(NotSeen):
        follow(dossier=dossier, officer=stranger, reason="", at=NOW)
    with pytest.raises(NotSeen):
        write_memo(dossier=dossier, officer=stranger, text="?", at=NOW)
    with pytest.raises(NotSeen):
        remind(dossier=dossier, officer=stranger, text="", at=NOW)
    with pytest.raises(NotToRemind):
        remind(dossier=dossier, officer=office.officer, text="", at=NOW)
    assert not EventRecord.objects.filter(kind__in=["DossierFollowed", "MemoWritten", "DossierReminded"]).exists()


def test_following_twice_and_leaving_twice_changes_nothing_more(office: Office) -> None:
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    for _ in range(2):
        follow(dossier=dossier, officer=office.signer, reason="", at=NOW)
    assert Following.objects.count() == 1

    for _ in range(2):
        unfollow(dossier=dossier, officer=office.signer, at=NOW)

    kinds = ["DossierFollowed", "DossierUnfollowed"]
    assert list(EventRecord.objects.filter(kind__in=kinds).order_by("seq").values_list("kind", flat=True)) == kinds
