"""Pages of the registers that officers of the province keep: legal documents and what stands on them."""

from tests.journeys import states
from tests.journeys.visits import CONTROL, LEGAL, Bare, Visit

_ENDED: dict[str, str | int] = {"code": "61-2018-nd-cp"}
REGISTER_PAGES = [
    Visit("workspace:laws", LEGAL),
    Visit("workspace:laws", LEGAL, query="?q=khong+co+gi"),
    Visit("workspace:enter-law", LEGAL),
    Visit("workspace:enter-law", LEGAL, then=states.sent_empty("Lưu"), answer=422),
    Visit("workspace:enter-law", CONTROL, answer=403),
    Visit("workspace:law", LEGAL, kwargs=_ENDED),
    Visit("workspace:law", LEGAL, kwargs=_ENDED, then=states.sent_empty("Ghi quan hệ"), answer=422),
    Visit("workspace:change-law", LEGAL, kwargs=_ENDED),
    Visit("workspace:recognise-laws", LEGAL, then=states.bases_checked),
    Visit("workspace:recognise-laws", LEGAL, then=states.sent_empty("Kiểm tra"), answer=422),
    Visit("workspace:basis-reviews", LEGAL),
    Visit("workspace:basis-review", LEGAL, kwargs=_ENDED),
]
REGISTER_NO_PAGES = [
    Bare(Visit("workspace:relate-law", LEGAL, kwargs=_ENDED), "relates; refused: the document"),
    Bare(Visit("workspace:drop-relation", LEGAL, kwargs={**_ENDED, "pk": 1}), "takes a relation back"),
    Bare(Visit("workspace:basis-reviews-file", LEGAL), "a file"),
]
