"""Open the accounts of the demonstration: invented people, one password, a second factor each."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from allauth.mfa.totp.internal.auth import generate_totp_secret

from motcua.accounts.commands.grants import Period, grant_role
from motcua.accounts.commands.open_account import AccountDetails, open_account
from motcua.accounts.commands.second_factor import set_second_factor
from motcua.accounts.models import User
from motcua.demo import definitions
from motcua.organisations.models import Unit

PASSWORD = "motcua-trinh-dien"  # noqa: S105  # everybody may know it: the demonstration holds no real data
ALL_ALONG = Period(valid_from=date(2025, 7, 1))


def load_people(*, units: Mapping[str, Unit], at: datetime, step: Callable[[], None]) -> None:
    """Open every account once, with its roles and its second factor."""
    for citizen in definitions.people().citizens:
        if not User.objects.filter(username=citizen.username).exists():
            details = AccountDetails(
                username=citizen.username,
                full_name=citizen.full_name,
                email=citizen.email,
                phone=citizen.phone,
                password=PASSWORD,
            )
            open_account(details=details, by=None, at=at)
        step()
    for officer in definitions.people().officers:
        if not User.objects.filter(username=officer.username).exists():
            details = AccountDetails(
                username=officer.username,
                full_name=officer.full_name,
                email=officer.email,
                phone=officer.phone,
                password=PASSWORD,
            )
            user = open_account(details=details, by=None, at=at)
            set_second_factor(user=user, secret=generate_totp_secret(), at=at)
            for role in officer.roles:
                grant_role(user=user, unit=units[officer.unit], role=role, period=ALL_ALONG, by=None, at=at)
        step()


def people_count() -> int:
    """Return how many steps `load_people` reports."""
    return len(definitions.people().citizens) + len(definitions.people().officers)
