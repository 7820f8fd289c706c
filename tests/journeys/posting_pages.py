"""Pages about postings, as the desk confirms its board and the province looks on."""

from tests.journeys import states
from tests.journeys.province import BIRTH, DESK_CODE, POSTED
from tests.journeys.visits import CONTROL, DESK, OFFICER, Bare, Visit

_PLACE: dict[str, str | int] = {"unit": DESK_CODE}
_POSTED: dict[str, str | int] = {"key": POSTED}
POSTING_PAGES = [
    Visit("workspace:postings", DESK),
    Visit("workspace:postings", CONTROL, query="?loi=F07"),
    Visit("workspace:postings", CONTROL, then=states.places_opened),
    Visit("workspace:postings", CONTROL, query="?q=khong-co"),
    Visit("workspace:postings", CONTROL, query="?loi=F99", answer=422),
    Visit("workspace:posting-differences", CONTROL),
    Visit("workspace:posting-differences", CONTROL, query="?tinhtrang=STALE"),
    Visit("workspace:posting-place", DESK, kwargs=_PLACE),
    Visit("workspace:posting-place", CONTROL, kwargs=_PLACE, then=states.in_english, apart=True),
    Visit("workspace:confirm-posting", DESK, kwargs=_PLACE),
    Visit("workspace:confirm-posting", DESK, kwargs=_PLACE, query="?tat-ca=1"),
    Visit("workspace:confirm-posting", DESK, kwargs=_PLACE, then=states.nothing_ticked, answer=422),
    Visit("workspace:confirm-posting", OFFICER, kwargs=_PLACE, answer=403),
    Visit("workspace:confirm-taken-down", DESK, kwargs=_PLACE),
    Visit("workspace:confirm-taken-down", DESK, kwargs=_PLACE, query="?tat-ca=1"),
    Visit("workspace:feedback-address", CONTROL, kwargs=_PLACE),
    Visit("workspace:feedback-address", CONTROL, kwargs=_PLACE, then=states.without_a_receiver, answer=422),
    Visit("workspace:posting-confirmation", DESK, kwargs=_POSTED),
    Visit("workspace:correct-posting", DESK, kwargs=_POSTED),
]
POSTING_NO_PAGES = [
    Bare(Visit("workspace:postings-file", CONTROL, kwargs={"shape": "xlsx"}), "a file"),
    Bare(Visit("workspace:posting-differences-file", CONTROL, kwargs={"shape": "csv"}), "a file"),
    Bare(Visit("workspace:posting-board-file", DESK, kwargs=_PLACE), "a PDF"),
    Bare(Visit("workspace:posting-poster-file", DESK, kwargs={**_PLACE, "procedure": BIRTH}), "a PDF"),
    Bare(Visit("workspace:posting-photo", DESK, kwargs=_POSTED), "a picture"),
    Bare(Visit("workspace:withdraw-posting", DESK, kwargs=_POSTED), "takes a confirmation back"),
]
