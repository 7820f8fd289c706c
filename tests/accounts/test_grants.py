"""Giving and ending roles: a right ends when it is taken away, and days gone by stay as they were."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.accounts.commands.grants import GrantEndsBeforeItStarts, Period, end_grant, grant_role
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
