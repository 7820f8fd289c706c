"""How accounts behave on this site, and that acts on them are recorded.

allauth has hooks for signing up, for passwords and for confirming an address. For the second factor, and for removing
or choosing an address, it has none that writes, and its signals come after the commit: `recorded_view` surrounds those
pages instead.
"""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as request_context
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.accounts.commands.own_account import change_password, open_own_account, recorded
from motcua.accounts.models import User

View = Callable[..., HttpResponseBase]


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """The standard behaviour, recorded; and nobody waits in vain for a letter of the demonstration."""

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:  # noqa: FBT001, FBT002  # allauth's signature
        """Make the account of somebody who signs up."""
        super().save_user(request, user, form, commit=False)
        return open_own_account(user=user, at=timezone.now()) if commit else user

    def set_password(self, user: User, password: str) -> None:
        """Change a password: after signing in, or through a link."""
        change_password(user=user, password=password, by=_who_acts(request_context.request), at=timezone.now())

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """Take an address as confirmed by its code."""
        with recorded(email_address.user, by=_who_acts(request), at=timezone.now()):
            return bool(super().confirm_email(request, email_address))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter; in the demonstration, which sends none, show what would have been in it."""
        super().send_mail(template_prefix, email, context)
        secret = context.get("code") or context.get("password_reset_url") or context.get("activate_url")
        if settings.IS_DEMONSTRATION and secret:
            sentence = _("Trang trình diễn không gửi thư đi. Trong thư tới %(email)s có: %(secret)s")
            messages.info(request_context.request, sentence % {"email": email, "secret": secret})


def recorded_view(view: View, *, buttons: Collection[str] = ()) -> View:
    """Record what a page of allauth does to the account of whoever is signed in.

    Of a page with several acts only those of `buttons` are surrounded: another may send a letter, and the world outside
    is not called in a transaction.
    """

    @wraps(view)
    def recording(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = _who_acts(request)
        is_act = request.method == "POST" and (not buttons or any(button in request.POST for button in buttons))
        if user is None or not is_act:
            return view(request, *args, **kwargs)
        with recorded(user, by=user, at=timezone.now()):
            return view(request, *args, **kwargs)

    return recording


def _who_acts(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
