"""What was typed into a form that could not be taken: the session had ended, or the token was lost.

It waits in the session until its author opens the same page again, signed in anew where that is needed. Passwords and
codes do not wait, nor do files.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext_lazy as _

TYPED_BACK = _("Những gì bạn gõ lúc trước còn nguyên dưới đây, nhưng CHƯA được gửi. Xem lại rồi gửi.")
_KEY = "typed"
_LONGEST = 50_000
_NOT_KEPT = {"csrfmiddlewaretoken", "version", "preview", "pin", "code"}


def keep(session: SessionBase, *, path: str, posted: Mapping[str, Any]) -> bool:
    """Keep the fields of a form sent to `path`, and tell whether there was anything to keep."""
    fields = {name: value for name, value in posted.items() if not _is_secret_or_old(name)}
    if not fields or sum(len(str(value)) for value in fields.values()) >= _LONGEST:
        return False
    session[_KEY] = {"path": path, "fields": fields}
    return True


def give_back(session: SessionBase, *, path: str) -> dict[str, str]:
    """Return what was kept for the page at `path`, once."""
    kept = session.get(_KEY)
    if not kept or kept["path"] != path:
        return {}
    del session[_KEY]
    fields: dict[str, str] = kept["fields"]
    return fields


def _is_secret_or_old(name: str) -> bool:
    return name in _NOT_KEPT or "password" in name or name.endswith("-code")
