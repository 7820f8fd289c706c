"""Why dossiers are left out of an act on many, in stable words for programs."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from motcua.api.errors import Problem
from motcua.kernel.events import JsonValue

_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


class BulkCannot(Exception):
    """Not all of what was asked can be done: `cannot` are pairs of a code and the name of the refusal it would meet."""

    def __init__(self, cannot: Sequence[tuple[str, str]]) -> None:
        super().__init__(f"{len(cannot)} cannot")
        self.cannot = tuple(cannot)


def reason_code(refusal: str) -> str:
    """Return the stable code of a refusal: `TransitionRefused` becomes `transition_refused`."""
    return _WORD.sub("_", refusal).lower()


def bulk_cannot(refusal: BulkCannot) -> Problem:
    """Tell which dossiers stand in the way, each with why; nothing was ordered."""
    cannot: list[JsonValue] = [{"code": code, "reason": reason_code(why)} for code, why in refusal.cannot]
    detail = _("Có hồ sơ không làm được việc này, nêu ở cannot; chưa có gì được làm.")
    return Problem(409, "bulk_cannot", detail, more={"cannot": cannot})
