"""A procedure as people read it through time, and what machines fetch of it."""

from tests.journeys import states
from tests.journeys.province import BIRTH
from tests.journeys.visits import CONTROL, Bare, Visit

_BIRTH: dict[str, str | int] = {"code": BIRTH}
PEOPLE_PAGES = [
    Visit("portal:history", kwargs=_BIRTH, then=states.all_opened),
    Visit("portal:past-version", kwargs={**_BIRTH, "number": 1}),
    Visit("portal:past-version", kwargs={**_BIRTH, "number": 99}, answer=404),
    Visit("portal:checklist", kwargs=_BIRTH),
    Visit("portal:checklist", kwargs=_BIRTH, query="?truong_hop=1"),
    Visit("portal:open-data"),
    Visit("workspace:version-words", CONTROL, kwargs={"procedure": BIRTH, "number": 1}),
    Visit("portal:search", query="?q=sinh+con"),
    Visit("portal:life-event", kwargs={"slug": "ket-hon"}),
]
PEOPLE_FILES = [
    Bare(Visit("portal:procedure-json", kwargs=_BIRTH), "a record for machines"),
    Bare(Visit("portal:procedure-csv", kwargs=_BIRTH), "a file"),
    Bare(Visit("portal:procedure-json-ld", kwargs=_BIRTH), "a record for machines"),
    Bare(Visit("portal:checklist-pdf", kwargs=_BIRTH), "a file"),
    Bare(Visit("portal:blank-form", kwargs=_BIRTH), "a file"),
    Bare(Visit("portal:open-data-csv"), "a file"),
    Bare(Visit("portal:open-data-jsonl"), "a file"),
    Bare(Visit("portal:sitemap"), "a list for machines"),
    Bare(Visit("portal:robots"), "a list for machines"),
]
