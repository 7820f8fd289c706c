"""How accounts behave on this site."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as request_context
from django.conf import settings
from django.contrib import messages
from django.utils.translation import gettext as _


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """The standard behaviour, but nobody waits in vain for a letter of the demonstration."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter; in the demonstration, which sends none, show what would have been in it."""
        super().send_mail(template_prefix, email, context)
        secret = context.get("code") or context.get("password_reset_url") or context.get("activate_url")
        if settings.IS_DEMONSTRATION and secret:
            sentence = _("Trang trình diễn không gửi thư đi. Trong thư tới %(email)s có: %(secret)s")
            messages.info(request_context.request, sentence % {"email": email, "secret": secret})
