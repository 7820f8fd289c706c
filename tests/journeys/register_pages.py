"""Pages of the registers that officers of the province keep: legal documents and what stands on them."""

from tests.journeys import states
from tests.journeys.province import LAID_DRAFT, WRITTEN_DRAFT
from tests.journeys.visits import CHAIRMAN, CONTROL, LEGAL, Bare, Visit

_WRITTEN: dict[str, str | int] = {"key": WRITTEN_DRAFT}
_LAID: dict[str, str | int] = {"key": LAID_DRAFT}
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
    Visit("workspace:legal-drafts", LEGAL),
    Visit("workspace:begin-legal-draft", LEGAL),
    Visit("workspace:begin-legal-draft", LEGAL, then=states.sent_empty("Lưu dự thảo"), answer=422),
    Visit("workspace:legal-draft", LEGAL, kwargs=_WRITTEN),
    Visit("workspace:legal-draft", LEGAL, kwargs=_WRITTEN, then=states.sent_empty("Ghi quan hệ"), answer=422),
    Visit("workspace:write-legal-draft", LEGAL, kwargs=_WRITTEN),
    Visit("workspace:legal-draft-item", LEGAL, kwargs={**_WRITTEN, "code": "AUTHORITY"}),
    Visit("workspace:sign-legal-draft", CHAIRMAN, kwargs=_LAID),
    Visit(
        "workspace:sign-legal-draft",
        CHAIRMAN,
        kwargs=_LAID,
        then=states.sent_empty("Trả lại"),
        answer=422,
    ),
    Visit("workspace:basis-reviews", LEGAL),
    Visit("workspace:basis-review", LEGAL, kwargs=_ENDED),
]
REGISTER_NO_PAGES = [
    Bare(Visit("workspace:relate-law", LEGAL, kwargs=_ENDED), "relates; refused: the document"),
    Bare(Visit("workspace:drop-relation", LEGAL, kwargs={**_ENDED, "pk": 1}), "takes a relation back"),
    Bare(Visit("workspace:basis-reviews-file", LEGAL), "a file"),
    Bare(Visit("workspace:tie-legal-draft", LEGAL, kwargs=_WRITTEN), "relates; refused: the draft"),
    Bare(Visit("workspace:untie-legal-draft", LEGAL, kwargs={**_WRITTEN, "pk": 1}), "takes a relation back"),
    Bare(Visit("workspace:submit-legal-draft", LEGAL, kwargs=_WRITTEN), "lays before the signer"),
]
