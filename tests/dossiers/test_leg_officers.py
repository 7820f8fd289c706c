"""A parallel leg in the hands of a named officer: given, given on, seen, told of, and never orphaned (B-21, N)."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from motcua.accounts.commands.delegate import Absence, delegate
from motcua.accounts.facts import grants_of
from motcua.accounts.models import Grant, User
from motcua.dossiers.commands import legs, process
from motcua.dossiers.commands.watch import watch
from motcua.dossiers.models import Dossier, Memo, Step
from motcua.dossiers.queries.assignment import officers_of
from motcua.dossiers.queries.control_sheet import control_sheet
from motcua.dossiers.queries.dossier_page import history_of
from motcua.dossiers.queries.late import late_list
from motcua.dossiers.queries.worklist import EVERYTHING, Part, Shelf, worklist
from motcua.kernel.models import EventRecord
from motcua.notifications.models import Notice
from motcua.rules.permissions import NotPermitted, Role
from motcua.rules.transitions import Status
from tests.make import HANOI, make_branched_office, make_dossier, make_officer, make_unit
from tests.ways import Office

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 3, 3, 9, tzinfo=HANOI)


@pytest.fixture
def office() -> Office:
    return make_branched_office()


@pytest.fixture
def colleague(office: Office) -> User:
    return make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit, full_name="Lò Thị Lan")


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """Given out on Monday: a leg of the agency itself and one of the unit beside are under way."""
    return make_dossier(status=Status.IN_PROGRESS, office=office)


def give(dossier: Dossier, by: User, to: User, *, note: str = "", leg: str = "", at: datetime = TUESDAY) -> Dossier:
    return legs.assign_leg(dossier=dossier, officer=by, giving=legs.LegGiving(to, note, leg), at=at)


def finish(dossier: Dossier, by: User, *, leg: str = "", at: datetime = TUESDAY) -> Dossier:
    return legs.finish_leg(dossier=dossier, officer=by, result=legs.LegResult("Thống nhất", leg=leg), at=at)


def waits_for(person: User, dossier: Dossier, *, shelf: Shelf = Shelf.ALL, at: datetime = TUESDAY) -> bool:
    found = worklist(person, grants_of(person, at.date()), at=at, part=Part(shelf))
    assert found.counts[shelf] == len(found.rows)
    return dossier.reference in {row.reference for row in found.rows}


def sees(person: User, dossier: Dossier, *, at: datetime = TUESDAY) -> bool:
    seen = Dossier.objects.visible_to(grants_of(person, at.date()), actor_id=person.pk, on=at.date())
    return seen.filter(pk=dossier.pk).exists()


def own_leg() -> Step:
    return Step.objects.select_related("assignee").get(code="GOP_Y")


def test_the_dispatcher_gives_a_leg_to_an_officer_and_its_time_goes_on(
    office: Office, dossier: Dossier, colleague: User
) -> None:
    before = own_leg()

    after = give(dossier, office.dispatcher, colleague, note="Xem kỹ kết cấu")

    leg = own_leg()
    assert (leg.assignee, leg.due_at, leg.started_at) == (colleague, before.due_at, before.started_at)
    assert (after.version, after.assignee) == (dossier.version + 1, office.officer)
    assert Memo.objects.get(dossier=dossier).text == "Xem kỹ kết cấu"
    event = EventRecord.objects.get(kind="LegAssigned")
    assert event.payload == {
        "unit": office.offering.competent_unit.code,
        "step": "GOP_Y",
        "officer": colleague.username,
        "former": "",
        "has_text": True,
    }


def test_only_the_officer_it_was_given_to_finishes_it_and_sees_it(
    office: Office, dossier: Dossier, colleague: User
) -> None:
    third = make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit)
    before = (waits_for(third, dossier), sees(third, dossier))

    give(dossier, office.dispatcher, colleague)

    assert before == (True, True)
    assert (waits_for(third, dossier), sees(third, dossier)) == (False, False)
    assert (waits_for(colleague, dossier), sees(colleague, dossier)) == (True, True)
    for person in (third, office.officer):
        with pytest.raises(NotPermitted):
            finish(dossier, person)
    finish(dossier, colleague)
    assert own_leg().finished_by == colleague


def test_a_leg_goes_from_one_officer_to_another_and_the_record_names_both(
    office: Office, dossier: Dossier, colleague: User
) -> None:
    other = make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit)
    give(dossier, office.dispatcher, colleague)

    give(dossier, office.dispatcher, other, at=TUESDAY + timedelta(hours=1))

    rows = EventRecord.objects.filter(kind="LegAssigned").order_by("seq")
    assert [(row.payload["former"], row.payload["officer"]) for row in rows] == [
        ("", colleague.username),
        (colleague.username, other.username),
    ]
    assert (waits_for(colleague, dossier), waits_for(other, dossier)) == (False, True)
    assert Step.objects.filter(code="GOP_Y").count() == 1, "a leg never runs twice"


def test_given_again_to_who_has_it_nothing_changes(office: Office, dossier: Dossier, colleague: User) -> None:
    first = give(dossier, office.dispatcher, colleague)

    again = give(dossier, office.dispatcher, colleague)

    assert again.version == first.version
    assert EventRecord.objects.filter(kind="LegAssigned").count() == 1


def test_words_for_who_has_the_leg_already_are_refused_instead_of_lost(
    office: Office, dossier: Dossier, colleague: User
) -> None:
    first = give(dossier, office.dispatcher, colleague)

    with pytest.raises(legs.TheirsAlready):
        give(dossier, office.dispatcher, colleague, note="Gấp")

    assert not Memo.objects.exists()
    assert Dossier.objects.get(pk=dossier.pk).version == first.version


def test_the_record_is_read_even_where_an_officers_user_name_has_changed(
    office: Office, dossier: Dossier, colleague: User
) -> None:
    give(dossier, office.dispatcher, colleague)
    known = history_of(dossier.reference)[0].to
    User.objects.filter(pk=colleague.pk).update(username="lan.moi")

    assert (known, history_of(dossier.reference)[0].to) == ("Lò Thị Lan", colleague.username)


def test_who_may_not_give_a_leg_and_to_whom_it_may_not_go(office: Office, dossier: Dossier, colleague: User) -> None:
    expert = make_officer(Role.PROCESSING_OFFICER, office.asked)
    beside = make_officer(Role.DISPATCHER, office.asked)

    for person in (office.officer, office.signer, make_officer(Role.DISPATCHER, make_unit())):
        with pytest.raises(NotPermitted):
            give(dossier, person, colleague)
    with pytest.raises(NotPermitted):
        give(dossier, office.dispatcher, expert, leg="PHOI_HOP")
    with pytest.raises(legs.NotAnOfficerThere):
        give(dossier, office.dispatcher, expert)
    with pytest.raises(legs.NotAnOfficerThere):
        give(dossier, beside, office.signer)
    with pytest.raises(NotPermitted):
        give(make_dossier(status=Status.TRANSFERRED, office=office), office.dispatcher, colleague)
    assert not EventRecord.objects.filter(kind="LegAssigned").exists()


def test_the_head_of_the_unit_beside_sees_it_gives_it_out_and_is_rid_of_it(office: Office, dossier: Dossier) -> None:
    beside = make_officer(Role.DISPATCHER, office.asked)
    expert = make_officer(Role.PROCESSING_OFFICER, office.asked)
    before = (waits_for(beside, dossier), waits_for(beside, dossier, shelf=Shelf.WITHOUT_OFFICER))

    give(dossier, beside, expert)

    assert before == (True, True)
    assert (waits_for(beside, dossier), sees(beside, dossier)) == (False, True)
    assert waits_for(beside, dossier, shelf=Shelf.ELSEWHERE)
    finish(dossier, expert)
    assert not sees(beside, dossier)


def test_a_role_that_ends_leaves_no_leg_lying(office: Office, dossier: Dossier, colleague: User) -> None:
    third = make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit)
    give(dossier, office.dispatcher, colleague)
    before = [waits_for(person, dossier) for person in (third, office.dispatcher)]

    Grant.objects.filter(user=colleague).update(valid_until=TUESDAY.date())

    assert before == [False, False]
    assert [waits_for(person, dossier) for person in (third, office.dispatcher, colleague)] == [True, True, False]
    with pytest.raises(NotPermitted):
        finish(dossier, colleague)
    finish(dossier, third)
    assert own_leg().finished_by == third


def test_a_deputy_does_the_leg_of_the_absent_officer(office: Office, dossier: Dossier, colleague: User) -> None:
    deputy = make_officer(Role.RECORDS_CLERK, office.offering.competent_unit)
    give(dossier, office.dispatcher, colleague)
    days = Absence(TUESDAY.date(), TUESDAY.date() + timedelta(days=5), "Nghỉ phép")
    before = waits_for(deputy, dossier)

    delegate(absent=colleague, deputy=deputy, absence=days, at=TUESDAY)

    assert (before, waits_for(deputy, dossier)) == (False, True)
    finish(dossier, deputy)
    assert (own_leg().assignee, own_leg().finished_by) == (colleague, deputy)


def test_who_has_a_leg_is_told_alone_of_it_and_of_its_end(office: Office, dossier: Dossier, colleague: User) -> None:
    Notice.objects.all().delete()

    give(dossier, office.dispatcher, colleague)
    watch(TUESDAY + timedelta(days=6))

    given = Notice.objects.filter(kind="LegAssigned").values_list("user", "due_at")
    assert list(given) == [(colleague.pk, own_leg().due_at)]
    late = Notice.objects.filter(kind="LegOverdue", due_at=own_leg().due_at).values_list("user", flat=True)
    assert sorted(late) == sorted([colleague.pk, office.officer.pk])


def test_who_gives_out_a_leg_is_told_that_it_began(office: Office) -> None:
    beside = make_officer(Role.DISPATCHER, office.asked)

    make_dossier(status=Status.IN_PROGRESS, office=office)

    assert Notice.objects.filter(kind="LegBegun", user=beside).count() == 1


def test_a_leg_counts_among_what_its_officer_has_on_the_table(
    office: Office, dossier: Dossier, colleague: User
) -> None:
    unit, on = office.offering.competent_unit.pk, TUESDAY.date()

    give(dossier, office.dispatcher, colleague)
    both = {load.username: (load.open_count, load.leg_count) for load in officers_of(unit, on=on)}
    give(dossier, office.dispatcher, office.officer)
    own = {load.username: (load.open_count, load.leg_count) for load in officers_of(unit, on=on)}

    assert both == {office.officer.username: (1, 0), colleague.username: (0, 1)}
    assert own == {office.officer.username: (1, 0), colleague.username: (0, 0)}, "one dossier, counted once"


def test_leaders_read_in_whose_hands_a_late_leg_is(office: Office, dossier: Dossier, colleague: User) -> None:
    give(dossier, office.dispatcher, colleague)
    assert dossier.due_at is not None

    found = late_list(office.signer, grants_of(office.signer, TUESDAY.date()), at=dossier.due_at + timedelta(hours=1))

    assert [(leg.step, leg.holder) for leg in found.rows[0].legs] == [
        ("Góp ý chuyên môn", "Lò Thị Lan"),
        ("Cơ quan phối hợp có ý kiến", office.asked.name),
    ]


def test_the_control_sheet_names_who_was_given_the_leg(office: Office, dossier: Dossier, colleague: User) -> None:
    give(dossier, office.dispatcher, colleague)

    sheet = control_sheet(Dossier.objects.for_page().get(pk=dossier.pk), office.dispatcher, at=TUESDAY)

    assert {row["note"]: row["receiver"] for row in sheet["handovers"]}["Góp ý chuyên môn"] == "Lò Thị Lan"


def test_a_leg_that_waits_for_an_officer_is_late_on_the_list_of_who_gives_it_out(
    office: Office, dossier: Dossier, colleague: User
) -> None:
    late = timezone.localtime(own_leg().due_at) + timedelta(hours=1)
    before = waits_for(office.dispatcher, dossier, shelf=Shelf.OVERDUE, at=late)

    give(dossier, office.dispatcher, colleague, at=late)

    assert (before, waits_for(office.dispatcher, dossier, shelf=Shelf.OVERDUE, at=late)) == (True, False)
    assert waits_for(colleague, dossier, shelf=Shelf.OVERDUE, at=late)
    row = worklist(colleague, grants_of(colleague, late.date()), at=late, part=EVERYTHING).rows[0]
    assert row.leg is not None


def test_a_refused_giving_leaves_nothing(office: Office, dossier: Dossier, colleague: User) -> None:
    process.assign(dossier=dossier, officer=office.dispatcher, giving=process.Giving(colleague), at=TUESDAY)
    memos, events = Memo.objects.count(), EventRecord.objects.count()

    with pytest.raises(legs.StaleDossier):
        legs.assign_leg(
            dossier=dossier,
            officer=office.dispatcher,
            giving=legs.LegGiving(colleague, "Gấp"),
            at=TUESDAY,
            seen_version=dossier.version,
        )

    assert (Memo.objects.count(), EventRecord.objects.count(), own_leg().assignee) == (memos, events, None)
