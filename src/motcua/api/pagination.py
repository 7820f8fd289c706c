"""Lists page by page. A cursor is opaque: it says where the page before ended, not how many pages there are."""

import base64
import binascii
import re
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from motcua.api.errors import FieldFault, FieldsInvalid

_MARK = re.compile(r"(?:\d{4}-\d\d-\d\dT[\d:.]+(?:\+\d\d:\d\d)?)?~\d{1,18}")

Cursor = Annotated[str, Field(max_length=200, description="`next_cursor` of the page before; empty: the first page.")]


def mark_of(cursor: str) -> str:
    """Return the mark a query continues from; empty for the first page. A cursor of our own making is required."""
    if not cursor:
        return ""
    try:
        mark = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        mark = ""
    if not _MARK.fullmatch(mark):
        raise FieldsInvalid([FieldFault("cursor", "cursor_unclear", _("Đây không phải next_cursor của trang trước."))])
    return mark


def cursor_at(mark: str | None) -> str | None:
    """Return the cursor of a query's mark; None at the end of the list."""
    return base64.urlsafe_b64encode(mark.encode()).decode().rstrip("=") if mark else None
