"""Taking back what an act on many dossiers did: by a second order, where nothing has happened since (ux 20)."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.accounts.facts import grants_of
from motcua.accounts.models import Grant, User
from motcua.dossiers.commands import legs, note, process
from motcua.dossiers.commands.beside import follow, unfollow, write_memo
from motcua.dossiers.commands.bulk import BulkOrder, Chosen, NotReversible, do_next, order_bulk
from motcua.dossiers.models import BulkJob, Dossier, Following, Opening, Step
from motcua.dossiers.queries.bulk import Preview, progress
from motcua.dossiers.queries.bulk_back import preview_back
from motcua.dossiers.queries.presence import unread_by
from motcua.kernel.models import EventRecord
from motcua.notifications.models import Notice
from motcua.rules.bulk import BulkAct, ItemOutcome
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.make import HANOI, MONDAY, Office, make_branched_office, make_dossier, make_office, make_officer

pytestmark = pytest.mark.django_db

NOW = MONDAY + timedelta(hours=9)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def colleague(office: Office) -> User:
    return make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit)


def done(
    dossiers: Sequence[Dossier], by: User, *, act: BulkAct = BulkAct.ASSIGN, to: User | None = None, at: datetime = NOW
) -> BulkJob:
    """Order the act and do it on all of them."""
    chosen = [Chosen(dossier.pk, Dossier.objects.get(pk=dossier.pk).version) for dossier in dossiers]
    return finished(order_bulk(order=BulkOrder(uuid.uuid4(), act, chosen, to), officer=by, at=at), at=at)


def finished(job: BulkJob, *, at: datetime = LATER) -> BulkJob:
    while not do_next(job=job, at=at):
        continue
    return BulkJob.objects.select_related("takes_back", "to").get(pk=job.pk)


def looked_at(job: BulkJob) -> Preview:
    return preview_back(job, job.ordered_by, grants_of(job.ordered_by, LATER.date()), at=LATER)


def taken_back(job: BulkJob, *, text: str = "Giao nhầm") -> BulkJob:
    chosen = [Chosen(one.pk, one.version) for one in looked_at(job).can]
    order = BulkOrder(uuid.uuid4(), BulkAct.TAKE_BACK, chosen, None, text, job)
    return finished(order_bulk(order=order, officer=job.ordered_by, at=LATER))


def why_not(job: BulkJob) -> list[tuple[str, str]]:
    return [(one.code, one.reason) for one in looked_at(job).cannot]


def outcomes(job: BulkJob) -> list[tuple[str, str]]:
    return [(item.outcome, item.reason) for item in job.items.order_by("position")]


def test_dossiers_go_back_to_whom_each_was_taken_from_and_the_record_keeps_both(
    office: Office, colleague: User
) -> None:
    third = make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit)
    first, second = (make_dossier(office=office, status=Status.IN_PROGRESS) for _ in range(2))
    process.assign(dossier=second, officer=office.dispatcher, giving=process.Giving(third), at=NOW)
    job = done([first, second], office.dispatcher, to=colleague)
    before = EventRecord.objects.count()

    seen = looked_at(job)
    back = taken_back(job)

    assert [one.back_to for one in seen.can] == [office.officer.display_name, third.display_name]
    assert outcomes(back) == [(ItemOutcome.DONE, "")] * 2
    assert [Dossier.objects.get(pk=one.pk).assignee for one in (first, second)] == [office.officer, third]
    assert list(first.steps.order_by("pk").values_list("note", flat=True))[-2:] == ["Giao nhầm", ""]
    kinds = EventRecord.objects.filter(subject=first.reference).order_by("seq").values_list("kind", flat=True)
    assert list(kinds)[-3:] == ["DossierAssigned"] * 3
    assert EventRecord.objects.count() == before + 4, "the order, two acts, its end; nothing is removed"
    ordered = EventRecord.objects.get(kind="BulkOrdered", subject=back.record_subject)
    assert (ordered.payload["act"], ordered.payload["takes_back"]) == ("TAKE_BACK", str(job.key))
    assert Notice.objects.filter(kind="DossierAssigned", user=third, dossier=second).exists()


def test_what_has_changed_since_stays(office: Office, colleague: User) -> None:
    moved, noted, still = (make_dossier(office=office, status=Status.IN_PROGRESS) for _ in range(3))
    job = done([moved, noted, still], office.dispatcher, to=colleague)
    minutes = note.Minutes(datetime(2026, 3, 2, 8, tzinfo=HANOI), "Bản Phủ", "Trưởng bản", "Đúng")
    note.record_verification(dossier=moved, officer=colleague, minutes=minutes, at=LATER)
    write_memo(dossier=noted, officer=colleague, text="Đã gọi điện", at=LATER)

    cannot = why_not(job)
    back = taken_back(job)

    assert cannot == [(moved.public_code, "ChangedSince")]
    assert outcomes(back) == [(ItemOutcome.DONE, "")] * 2, "a note is no change"
    assert Dossier.objects.get(pk=moved.pk).assignee == colleague


def test_a_change_between_preview_and_turn_leaves_that_dossier_out(office: Office, colleague: User) -> None:
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    job = done([dossier], office.dispatcher, to=colleague)
    chosen = [Chosen(one.pk, one.version) for one in looked_at(job).can]
    order = BulkOrder(uuid.uuid4(), BulkAct.TAKE_BACK, chosen, None, "", job)
    back = order_bulk(order=order, officer=office.dispatcher, at=LATER)
    third = make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit)
    process.assign(dossier=dossier, officer=office.dispatcher, giving=process.Giving(third), at=LATER)

    assert outcomes(finished(back)) == [(ItemOutcome.REFUSED, "ChangedSince")]
    assert Dossier.objects.get(pk=dossier.pk).assignee == third


def test_what_nobody_had_before_stays_and_so_does_what_its_officer_may_no_longer_have(
    office: Office, colleague: User
) -> None:
    first_time = make_dossier(office=office, status=Status.TRANSFERRED)
    held = make_dossier(office=office, status=Status.IN_PROGRESS)
    job = done([first_time, held], office.dispatcher, to=colleague)
    Grant.objects.filter(user=office.officer).update(valid_until=LATER.date())

    assert why_not(job) == [(first_time.public_code, "NobodyBefore"), (held.public_code, "NotAnOfficerThere")]


def test_two_orders_to_take_the_same_back_do_it_once(office: Office, colleague: User) -> None:
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    job = done([dossier], office.dispatcher, to=colleague)
    chosen = [Chosen(one.pk, one.version) for one in looked_at(job).can]
    orders = [BulkOrder(uuid.uuid4(), BulkAct.TAKE_BACK, chosen, None, "", job) for _ in range(2)]
    both = [order_bulk(order=order, officer=office.dispatcher, at=LATER) for order in orders]

    assert [outcomes(finished(one)) for one in both] == [
        [(ItemOutcome.DONE, "")],
        [(ItemOutcome.REFUSED, "ChangedSince")],
    ]


def test_a_leg_goes_back_to_the_officer_who_did_it_before() -> None:
    office = make_branched_office()
    lan, minh = (make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit) for _ in range(2))
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    legs.assign_leg(dossier=dossier, officer=office.dispatcher, giving=legs.LegGiving(lan), at=NOW)

    job = done([dossier], office.dispatcher, act=BulkAct.ASSIGN_LEG, to=minh)
    given = Step.objects.get(code="GOP_Y").assignee
    back = taken_back(job)

    assert (given, Step.objects.get(code="GOP_Y").assignee) == (minh, lan)
    assert outcomes(back) == [(ItemOutcome.DONE, "")]
    assert Dossier.objects.get(pk=dossier.pk).assignee == office.officer, "the dossier itself stays where it is"


def test_following_is_taken_back_where_the_order_began_it(office: Office) -> None:
    known, new, left = (make_dossier(office=office, status=Status.IN_PROGRESS) for _ in range(3))
    follow(dossier=known, officer=office.officer, reason="", at=NOW)
    job = done([known, new, left], office.officer, act=BulkAct.FOLLOW)
    unfollow(dossier=left, officer=office.officer, at=LATER)

    cannot = why_not(job)
    taken_back(job)

    assert cannot == [(known.public_code, "ChangedSince"), (left.public_code, "ChangedSince")]
    assert list(Following.objects.values_list("dossier", flat=True)) == [known.pk]


def is_unread(dossier: Dossier, by: User) -> bool:
    return Dossier.objects.filter(unread_by(by.pk), pk=dossier.pk).exists()


def test_what_moves_nothing_leaves_unread_what_was_unread(office: Office) -> None:
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    Opening.objects.create(user=office.officer, dossier=dossier, seen_version=dossier.version - 1)

    job = done([dossier], office.officer, act=BulkAct.FOLLOW)
    followed = is_unread(dossier, office.officer)
    back = taken_back(job)

    assert outcomes(back) == [(ItemOutcome.DONE, "")]
    assert (followed, is_unread(dossier, office.officer)) == (True, True)


def test_what_one_moved_and_moved_back_oneself_is_no_news(office: Office, colleague: User) -> None:
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    Opening.objects.create(user=office.dispatcher, dossier=dossier, seen_version=dossier.version)

    job = done([dossier], office.dispatcher, to=colleague)
    given = is_unread(dossier, office.dispatcher)
    back = taken_back(job)

    assert outcomes(back) == [(ItemOutcome.DONE, "")]
    assert (given, is_unread(dossier, office.dispatcher)) == (False, False)


def test_a_leg_given_to_who_has_it_is_left_out_and_stays_unread() -> None:
    office = make_branched_office()
    lan = make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit)
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    given = legs.assign_leg(dossier=dossier, officer=office.dispatcher, giving=legs.LegGiving(lan), at=NOW)
    Opening.objects.create(user=office.dispatcher, dossier=dossier, seen_version=given.version - 1)

    job = done([dossier], office.dispatcher, act=BulkAct.ASSIGN_LEG, to=lan)

    assert outcomes(job) == [(ItemOutcome.REFUSED, "TheirsAlready")]
    assert is_unread(dossier, office.dispatcher)


@pytest.mark.parametrize("act", [BulkAct.TRANSFER, BulkAct.MEMO, BulkAct.REMIND])
def test_what_no_act_undoes_can_not_be_ordered_to_be_taken_back(act: BulkAct, office: Office) -> None:
    status = Status.ACCEPTED if act is BulkAct.TRANSFER else Status.IN_PROGRESS
    by = {BulkAct.TRANSFER: office.reception, BulkAct.REMIND: office.signer}.get(act, office.officer)
    dossier = make_dossier(office=office, status=status)
    job = done([dossier], by, act=act)
    order = BulkOrder(uuid.uuid4(), BulkAct.TAKE_BACK, [Chosen(dossier.pk, 1)], None, "", job)

    with pytest.raises(NotReversible):
        order_bulk(order=order, officer=by, at=LATER)
    assert [one.reason for one in looked_at(job).cannot] == ["NotReversible"]
    assert not progress(job, by, grants_of(by, LATER.date()), at=LATER).can_be_taken_back


def test_only_who_ordered_it_takes_it_back_and_only_once_it_is_over(office: Office, colleague: User) -> None:
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    order = BulkOrder(uuid.uuid4(), BulkAct.ASSIGN, [Chosen(dossier.pk, dossier.version)], colleague)
    running = order_bulk(order=order, officer=office.dispatcher, at=NOW)
    back = BulkOrder(uuid.uuid4(), BulkAct.TAKE_BACK, [Chosen(dossier.pk, dossier.version)], None, "", running)
    with pytest.raises(NotReversible):
        order_bulk(order=back, officer=office.dispatcher, at=NOW)
    over = BulkOrder(back.key, back.act, back.chosen, None, "", finished(running))

    with pytest.raises(NotReversible):
        order_bulk(order=over, officer=make_officer(Role.DISPATCHER, office.offering.competent_unit), at=LATER)


def test_progress_tells_what_can_be_taken_back_and_by_what_it_was(office: Office, colleague: User) -> None:
    job = done([make_dossier(office=office, status=Status.IN_PROGRESS)], office.dispatcher, to=colleague)
    as_read = (office.dispatcher, grants_of(office.dispatcher, LATER.date()))

    before = progress(job, *as_read, at=LATER)
    back = taken_back(job)
    after = progress(job, *as_read, at=LATER)

    assert (before.can_be_taken_back, before.taken_back_by) == (True, None)
    assert (after.can_be_taken_back, after.taken_back_by) == (False, back)
    assert not progress(back, *as_read, at=LATER).is_reversible


def test_what_its_orderer_may_no_longer_see_is_named_by_its_code_alone(office: Office, colleague: User) -> None:
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    job = done([dossier], office.dispatcher, to=colleague)
    Grant.objects.filter(user=office.dispatcher).update(valid_until=MONDAY.date())

    seen = looked_at(job)

    assert [(one.code, one.reason, one.applicant) for one in seen.cannot] == [(dossier.public_code, "NotSeen", "")]


def test_a_taking_back_names_what_it_takes_back_in_the_data_too(office: Office) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        BulkJob.objects.create(
            key=uuid.uuid4(), act="TAKE_BACK", ordered_by=office.dispatcher, ordered_at=NOW, starts_at=NOW
        )


def test_a_preview_says_why_a_leg_can_not_be_given(office: Office) -> None:
    branched = make_branched_office()
    dossier = make_dossier(office=branched, status=Status.IN_PROGRESS)
    both = make_officer(Role.DISPATCHER, branched.asked)
    own = make_officer(Role.PROCESSING_OFFICER, branched.asked)
    agency = branched.offering.competent_unit
    Grant.objects.create(user=both, unit=agency, role=Role.DISPATCHER.value, valid_from=MONDAY.date())
    straight = make_dossier(office=office, status=Status.IN_PROGRESS)

    unclear = done([dossier], both, act=BulkAct.ASSIGN_LEG, to=own)
    none = done([straight], office.dispatcher, act=BulkAct.ASSIGN_LEG, to=office.officer)

    assert outcomes(unclear) == [(ItemOutcome.REFUSED, "LegUnclear")]
    assert outcomes(none) == [(ItemOutcome.REFUSED, "NotPermitted")]
