"""Who signs in to the demonstration, and with which one-time code right now."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.utils.translation import gettext as _

from motcua.accounts.models import Grant, User
from motcua.demo import definitions

PERIOD_SECONDS = 30


@dataclass(frozen=True, slots=True)
class SignIn:
    """One account of the demonstration; `code` is empty for citizens, who need none."""

    username: str
    full_name: str
    work: str
    unit: str
    code: str


def sign_ins(seconds: float) -> tuple[SignIn, ...]:
    """Return the accounts of the demonstration with the codes good at `seconds` since 1970, in the file's order."""
    counter = int(seconds) // PERIOD_SECONDS
    people = definitions.people()
    titles = dict.fromkeys((citizen.username for citizen in people.citizens), _("Công dân"))
    titles |= {officer.username: officer.title for officer in people.officers}
    names = list(titles)
    users = {user.username: user for user in User.objects.filter(username__in=names)}
    codes = {
        row.user_id: format_hotp_value(hotp_value(decrypt(row.data["secret"]), counter))
        for row in Authenticator.objects.filter(user__username__in=names, type=Authenticator.Type.TOTP)
    }
    grants: dict[int, list[Grant]] = {}
    for grant in Grant.objects.filter(user__username__in=names).select_related("unit").order_by("pk"):
        grants.setdefault(grant.user_id, []).append(grant)
    return tuple(
        _line(users[name], titles[name], grants.get(users[name].pk, []), codes) for name in names if name in users
    )


def _line(user: User, title: str, grants: list[Grant], codes: dict[int, str]) -> SignIn:
    return SignIn(
        username=user.username,
        full_name=user.full_name,
        work=title,
        unit=grants[0].unit.name if grants else "",
        code=codes.get(user.pk, ""),
    )
