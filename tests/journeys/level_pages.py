"""The pages about levels of online service, as the officer who controls procedures meets them."""

from tests.journeys import states
from tests.journeys.province import BIRTH
from tests.journeys.visits import CONTROL, Bare, Visit

_BIRTH: dict[str, str | int] = {"procedure": BIRTH}
_FIRST: dict[str, str | int] = {"procedure": BIRTH, "number": 1}

LEVELS = [
    Visit("workspace:service-levels", CONTROL),
    Visit("workspace:service-levels", CONTROL, query="?ngay=32/01/2026", answer=422),
    Visit("workspace:levels-to-raise", CONTROL),
    Visit("workspace:service-targets", CONTROL),
    Visit("workspace:service-targets", CONTROL, then=states.sent_empty("Ghi"), answer=422),
    Visit("workspace:service-level", CONTROL, kwargs=_BIRTH),
    Visit("workspace:service-level", CONTROL, kwargs=_BIRTH, then=states.sent_empty("Ghi"), answer=422),
    Visit("workspace:correct-level", CONTROL, kwargs=_FIRST),
    Visit("workspace:correct-level", CONTROL, kwargs=_FIRST, then=states.sent_empty("Sửa"), answer=422),
    Visit("workspace:end-level", CONTROL, kwargs=_FIRST),
    Visit("workspace:end-level", CONTROL, kwargs=_FIRST, then=states.sent_empty("Cho hết áp dụng"), answer=422),
    Visit("workspace:withdraw-level", CONTROL, kwargs=_FIRST),
    Visit("workspace:withdraw-level", CONTROL, kwargs=_FIRST, then=states.sent_empty("Thu hồi"), answer=422),
]
LEVEL_NO_PAGES = [Bare(Visit("workspace:service-targets-file", CONTROL), "a file")]
