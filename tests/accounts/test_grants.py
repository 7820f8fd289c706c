"""Giving and ending roles: a right ends when it is taken away, and days gone by stay as they were."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.accounts.commands.grants import (
    GrantEndsBeforeItStarts,
    PastWouldChange,
    Period,
    end_grant,
    grant_role,
)
from motcua.accounts.facts import grants_of
from motcua.accounts.models import Grant, User
from motcua.accounts.queries import grants_in
from motcua.kernel.models import EventRecord
from motcua.organisations.models import Unit
from motcua.rules.permissions import Role
from tests.make import MONDAY, make_officer, make_unit, make_user

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
NEXT_WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def unit() -> Unit:
    return make_unit()


@pytest.fixture
def admin(unit: Unit) -> User:
    return make_officer(Role.ADMINISTRATOR, unit)


@pytest.fixture
def person() -> User:
    return make_user()


def give(person: User, unit: Unit, admin: User, period: Period, *, at: datetime = MONDAY) -> Grant:
    return grant_role(user=person, unit=unit, role=Role.SIGNER, period=period, by=admin, at=at)


def events() -> list[str]:
    return list(EventRecord.objects.filter(kind__startswith="Role").order_by("seq").values_list("kind", flat=True))


@pytest.mark.parametrize("start", [TODAY, NEXT_WEEK])
def test_a_role_ended_by_its_first_day_never_holds(start: date, person: User, unit: Unit, admin: User) -> None:
    grant = give(person, unit, admin, Period(start))

    end_grant(grant=grant, valid_until=start, by=admin, at=MONDAY)

    assert [grants_of(person, start + timedelta(days=days)) for days in range(2)] == [(), ()]
    assert person.username not in [line.username for line in grants_in([unit], TODAY)]


def test_a_role_cannot_end_before_it_starts(person: User, unit: Unit, admin: User) -> None:
    grant = give(person, unit, admin, Period(NEXT_WEEK))

    with pytest.raises(GrantEndsBeforeItStarts):
        end_grant(grant=grant, valid_until=TODAY, by=admin, at=MONDAY)
    with pytest.raises(IntegrityError, match="grant_ends_no_earlier"), transaction.atomic():
        Grant.objects.filter(pk=grant.pk).update(valid_until=TODAY)


def test_a_role_is_not_given_for_no_day(person: User, unit: Unit, admin: User) -> None:
    with pytest.raises(GrantEndsBeforeItStarts):
        give(person, unit, admin, Period(TODAY, TODAY))

    assert events() == []


def test_a_role_given_again_on_the_day_it_was_ended_holds_again(person: User, unit: Unit, admin: User) -> None:
    first = give(person, unit, admin, Period(TODAY))
    end_grant(grant=first, valid_until=TODAY, by=admin, at=MONDAY)

    again = give(person, unit, admin, Period(TODAY))

    assert (again.pk, again.valid_until) == (first.pk, None)
    assert [grant.role for grant in grants_of(person, TODAY)] == [Role.SIGNER]
    assert events() == ["RoleGranted", "RoleRevoked", "RoleGranted"]


@pytest.mark.parametrize(("before", "after"), [(None, NEXT_WEEK), (NEXT_WEEK, None)])
def test_a_role_given_again_to_another_day_ends_on_that_day(
    before: date | None, after: date | None, person: User, unit: Unit, admin: User
) -> None:
    give(person, unit, admin, Period(TODAY, before))

    again = give(person, unit, admin, Period(TODAY, after))

    assert again.valid_until == after
    assert EventRecord.objects.filter(kind="RoleGranted").latest("seq").payload["valid_until"] == (
        after.isoformat() if after else None
    )


def test_a_role_that_ended_days_ago_is_not_given_again_from_its_old_first_day(
    person: User, unit: Unit, admin: User
) -> None:
    give(person, unit, admin, Period(TODAY, NEXT_WEEK))

    with pytest.raises(PastWouldChange):
        give(person, unit, admin, Period(TODAY), at=MONDAY + timedelta(days=8))

    assert Grant.objects.get(user=person).valid_until == NEXT_WEEK
    assert events() == ["RoleGranted"]


@pytest.mark.parametrize("later", [TODAY + timedelta(days=7), TODAY + timedelta(days=9)])
def test_ending_what_has_ended_leaves_its_end_as_it_is(later: date, person: User, unit: Unit, admin: User) -> None:
    grant = give(person, unit, admin, Period(TODAY, NEXT_WEEK))

    ended = end_grant(grant=grant, valid_until=later, by=admin, at=MONDAY + timedelta(days=9))

    assert ended.valid_until == NEXT_WEEK
    assert events() == ["RoleGranted"]


def test_an_end_can_be_brought_forward_to_today_and_no_further(person: User, unit: Unit, admin: User) -> None:
    grant, tomorrow = give(person, unit, admin, Period(TODAY, NEXT_WEEK)), MONDAY + timedelta(days=1)

    with pytest.raises(PastWouldChange):
        end_grant(grant=grant, valid_until=TODAY, by=admin, at=tomorrow)
    end_grant(grant=grant, valid_until=tomorrow.date(), by=admin, at=tomorrow)

    assert len(grants_of(person, TODAY)) == 1
    assert grants_of(person, tomorrow.date()) == ()
