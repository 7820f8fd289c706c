"""The pages about levels of online service, as the officer who controls procedures meets them."""

from tests.journeys import states
from tests.journeys.province import BIRTH
from tests.journeys.visits import CONTROL, Visit

_BIRTH: dict[str, str | int] = {"procedure": BIRTH}

LEVELS = [
    Visit("workspace:service-levels", CONTROL),
    Visit("workspace:service-levels", CONTROL, query="?ngay=32/01/2026", answer=422),
    Visit("workspace:service-targets", CONTROL),
    Visit("workspace:service-targets", CONTROL, then=states.sent_empty("Ghi"), answer=422),
    Visit("workspace:service-level", CONTROL, kwargs=_BIRTH),
    Visit("workspace:service-level", CONTROL, kwargs=_BIRTH, then=states.sent_empty("Ghi"), answer=422),
]
