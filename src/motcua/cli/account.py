"""`motcua account`."""

from typing import TYPE_CHECKING

import click
from django.utils import timezone

from motcua.cli import installation
from motcua.cli.options import BadInput, data_option, say
from motcua.rules.permissions import Role

if TYPE_CHECKING:
    from motcua.accounts.models import User
    from motcua.organisations.models import Unit

ROLE = click.Choice([role.value for role in Role], case_sensitive=False)


@click.command()
@click.argument("username")
@click.option("--name", "full_name", default="", help="Full name, as colleagues and papers show it.")
@click.option("--email", default="", help="Address of the official; counts as confirmed.")
@click.option("--role", "roles", type=ROLE, multiple=True, help="Role from today on; once for each --unit.")
@click.option("--unit", "units", multiple=True, metavar="CODE", help="Unit of the role; once for each --role.")
@click.option("--new-link", is_flag=True, help="Give out a new link for the account that USERNAME has; nothing else.")
@data_option
def account(
    username: str, full_name: str, email: str, roles: tuple[str, ...], units: tuple[str, ...], *, new_link: bool
) -> None:
    """Open an account for an official and print a link to set its password.

    The link works once, for three days, and is shown this once: hand it over in person. Whoever opens it chooses the
    password, signs in and sets up the second factor. Needs --name and --email. The first administrator of an
    installation is made with --role ADMINISTRATOR and the code of the province, and gives roles to others at
    /xu-ly/quan-tri/.
    """
    installation.enter_migrated()
    if new_link:
        if full_name or email or roles or units:
            raise BadInput("--new-link changes nothing else: leave the other options out")
        user = _known(username)
    else:
        _refuse_unusable(username, full_name, email)
        user = _open(username, full_name, email, _posts(roles, units))
    click.echo(_link_for(user))
    say(f"Whoever opens this address sets the password of {user.username}: once, within three days.")


def _known(username: str) -> "User":
    from motcua.accounts.models import User

    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise BadInput(f"there is no active account with the user name {username}")
    return user


def _refuse_unusable(username: str, full_name: str, email: str) -> None:
    from django.core.exceptions import ValidationError

    from motcua.accounts.models import User

    whole = User(username=username, full_name=full_name, email=email)
    if not full_name.strip() or not email:
        raise BadInput("a new account needs --name and --email; without a confirmed address nobody can sign in")
    meant = {
        "username": "a user name has letters, digits and @ . + - _, 150 at most",
        "full_name": "--name has 150 characters at most",
        "email": f"{email} is no e-mail address",
    }
    try:
        whole.clean_fields(exclude=["password"])
    except ValidationError as refusal:
        raise BadInput("; ".join(meant[name] for name in refusal.message_dict)) from refusal


def _posts(roles: tuple[str, ...], units: tuple[str, ...]) -> "list[tuple[Role, Unit]]":
    """Return each role with its unit, in the order given. Refusals: BadInput."""
    from motcua.organisations.models import Unit

    if len(roles) != len(units):
        raise BadInput("name one --unit for each --role")
    found = {unit.code: unit for unit in Unit.objects.filter(code__in=units, dissolved_on=None)}
    for code in units:
        if code not in found:
            raise BadInput(f"there is no unit with the code {code}: load the units first, or look the code up")
    return [(Role(role), found[code]) for role, code in zip(roles, units, strict=True)]


def _open(username: str, full_name: str, email: str, posts: "list[tuple[Role, Unit]]") -> "User":
    """Open the account with its roles, or change nothing. Refusals: BadInput."""
    from django.db import transaction

    from motcua.accounts.commands.grants import Period, grant_role
    from motcua.accounts.commands.open_account import AccountDetails, EmailTaken, UsernameTaken, open_account

    details = AccountDetails(username=username, full_name=full_name, email=email, phone="", password="")
    now = timezone.now()
    try:
        with transaction.atomic():
            user = open_account(details=details, by=None, at=now)
            for role, unit in posts:
                grant_role(user=user, unit=unit, role=role, period=Period(timezone.localdate(now)), by=None, at=now)
    except UsernameTaken as refusal:
        raise BadInput(f"the user name {refusal.username} is taken; --new-link gives its owner a new link") from refusal
    except EmailTaken as refusal:
        raise BadInput(f"the address {refusal.email} belongs to another account") from refusal
    return user


def _link_for(user: "User") -> str:
    from django.conf import settings
    from django.urls import reverse

    from motcua.accounts.commands.open_account import issue_password_link

    key = issue_password_link(user=user, by=None, at=timezone.now())
    uid, _, rest = key.partition("-")
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": rest})
    return f"{settings.SITE_URL.rstrip('/')}{path}"
