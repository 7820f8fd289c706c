"""Standing in for an absent colleague: what moves, what does not, and that nothing is orphaned."""

from datetime import date, datetime, timedelta

import pytest

from motcua.accounts.commands.delegate import (
    Absence,
    AbsenceUnclear,
    DelegatedAlready,
    NotAColleague,
    delegate,
    end_delegation,
)
from motcua.accounts.facts import grants_of
from motcua.accounts.models import Delegation, Grant, User
from motcua.accounts.queries import delegations_of, posts_of
from motcua.dossiers.commands import process
from motcua.dossiers.models import Dossier
from motcua.kernel.models import EventRecord
from motcua.rules.permissions import NotPermitted, Role
from motcua.rules.transitions import Status
from tests.make import HANOI, Office, make_dossier, make_office, make_officer, make_unit

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 3)
NOW = datetime(2026, 3, 3, 9, tzinfo=HANOI)
WEEK = Absence(TODAY, date(2026, 3, 10), "Nghỉ phép")
PROPOSAL = process.Proposal("Đủ điều kiện", "Giấy khai sinh", None)


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def deputy(office: Office) -> User:
    return make_officer(Role.RECORDS_CLERK, office.offering.competent_unit, full_name="Lò Văn Thay")


def waiting_for(person: User, day: date) -> set[str]:
    grants = grants_of(person, day)
    return set(Dossier.objects.waiting_for(grants, actor_id=person.pk, on=day).values_list("reference", flat=True))


def test_the_deputy_has_the_absent_officers_work_and_rights_for_those_days(office: Office, deputy: User) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)

    before = waiting_for(deputy, TODAY)
    delegate(absent=office.officer, deputy=deputy, absence=WEEK, at=NOW)
    during, after = waiting_for(deputy, TODAY), waiting_for(deputy, WEEK.valid_until)
    done = process.propose(dossier=dossier, officer=deputy, proposal=PROPOSAL, at=NOW)

    assert (before, during, after) == (set(), {dossier.reference}, set())
    assert done.status == Status.PENDING_SIGN
    assert EventRecord.objects.filter(subject=dossier.reference).latest("seq").actor == deputy


def test_what_the_rules_are_told_is_what_the_table_holds(office: Office, deputy: User) -> None:
    Grant.objects.create(
        user=office.officer, unit=office.offering.competent_unit, role=Role.AUDITOR.value, valid_from=TODAY
    )
    delegate(absent=office.officer, deputy=deputy, absence=WEEK, at=NOW)

    for person in (office.officer, deputy):
        for day in (TODAY - timedelta(days=1), TODAY, WEEK.valid_until):
            held = Grant.objects.acted_in_by(person.pk, day)
            assert grants_of(person, day) == tuple(grant.as_rule(person.pk) for grant in held)
    assert len(grants_of(deputy, TODAY)) == 2


def test_the_absent_officer_still_has_the_work_and_a_third_has_not(office: Office, deputy: User) -> None:
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    other = make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit)

    delegate(absent=office.officer, deputy=deputy, absence=WEEK, at=NOW)

    assert waiting_for(office.officer, TODAY) == {dossier.reference}
    with pytest.raises(NotPermitted):
        process.propose(dossier=dossier, officer=other, proposal=PROPOSAL, at=NOW)


def test_posts_say_in_whose_place(office: Office, deputy: User) -> None:
    delegate(absent=office.officer, deputy=deputy, absence=WEEK, at=NOW)

    posts = {post.role: post.in_place_of for post in posts_of(deputy, TODAY)}

    assert posts == {Role.RECORDS_CLERK: "", Role.PROCESSING_OFFICER: office.officer.display_name}


def test_what_was_lent_is_not_lent_on(office: Office, deputy: User) -> None:
    elsewhere = make_unit()
    outsider = make_officer(Role.SIGNER, elsewhere)
    lender = make_officer(Role.SIGNER, office.offering.competent_unit)
    make_dossier(status=Status.PENDING_SIGN, office=office)
    delegate(absent=lender, deputy=deputy, absence=WEEK, at=NOW)

    third = make_officer(Role.RECEPTION_OFFICER, office.offering.competent_unit)
    delegate(absent=deputy, deputy=third, absence=WEEK, at=NOW)

    assert {post.role for post in posts_of(third, TODAY)} == {Role.RECEPTION_OFFICER, Role.RECORDS_CLERK}
    with pytest.raises(NotAColleague):
        delegate(absent=outsider, deputy=third, absence=WEEK, at=NOW)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_nobody_acts_for_whoever_runs_or_inspects_the_system(role: Role, office: Office, deputy: User) -> None:
    named = make_officer(role, office.offering.competent_unit)

    with pytest.raises(NotAColleague):
        delegate(absent=named, deputy=deputy, absence=WEEK, at=NOW)


def test_doing_it_twice_is_one_and_two_deputies_are_refused(office: Office, deputy: User) -> None:
    other = make_officer(Role.SIGNER, office.offering.competent_unit)
    first = delegate(absent=office.officer, deputy=deputy, absence=WEEK, at=NOW)

    again = delegate(absent=office.officer, deputy=deputy, absence=WEEK, at=NOW)
    with pytest.raises(DelegatedAlready):
        delegate(absent=office.officer, deputy=other, absence=WEEK, at=NOW)

    assert first == again
    assert EventRecord.objects.filter(kind="DutiesDelegated").count() == 1


@pytest.mark.parametrize(
    "absence",
    [
        pytest.param(Absence(date(2026, 3, 2), date(2026, 3, 9), "x"), id="begun yesterday"),
        pytest.param(Absence(date(2026, 3, 9), date(2026, 3, 9), "x"), id="no day at all"),
        pytest.param(Absence(date(2026, 3, 9), date(2026, 3, 4), "x"), id="ends before it starts"),
    ],
)
def test_an_absence_that_is_none_is_refused(absence: Absence, office: Office, deputy: User) -> None:
    with pytest.raises(AbsenceUnclear):
        delegate(absent=office.officer, deputy=deputy, absence=absence, at=NOW)


def test_coming_back_ends_it_today_and_what_never_began_leaves_room(office: Office, deputy: User) -> None:
    given = delegate(absent=office.officer, deputy=deputy, absence=WEEK, at=NOW)

    end_delegation(delegation=given, by=office.officer, at=NOW)
    end_delegation(delegation=given, by=office.officer, at=NOW)

    assert waiting_for(deputy, TODAY) == set()
    assert delegations_of(office.officer, TODAY) == ()
    assert EventRecord.objects.filter(kind="DelegationEnded").count() == 1
    anew = delegate(absent=office.officer, deputy=deputy, absence=WEEK, at=NOW)
    assert list(Delegation.objects.filter(absent=office.officer)) == [anew]
