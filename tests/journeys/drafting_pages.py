"""Pages of the province's own documents while they are drafted, as the legal officer writes and the chairman signs."""

from tests.journeys import states
from tests.journeys.province import SIGNED_DRAFT
from tests.journeys.visits import CHAIRMAN, CONTROL, LEGAL, Bare, Visit

_DRAFTED: dict[str, str | int] = {"key": "4f1b0d52-2f54-4d53-9a4c-8f0a6d1be001"}
_LAID: dict[str, str | int] = {"key": "4f1b0d52-2f54-4d53-9a4c-8f0a6d1be002"}
_SIGNED: dict[str, str | int] = {"key": SIGNED_DRAFT}
DRAFTING_PAGES = [
    Visit("workspace:legal-drafts", LEGAL),
    Visit("workspace:legal-drafts", CONTROL, query="?tinh-trang=GIVEN_BACK"),
    Visit("workspace:begin-legal-draft", LEGAL),
    Visit("workspace:begin-legal-draft", LEGAL, then=states.sent_empty("Bắt đầu soạn"), answer=422),
    Visit("workspace:begin-legal-draft", CHAIRMAN, answer=403),
    Visit("workspace:legal-draft", LEGAL, kwargs=_DRAFTED),
    Visit("workspace:legal-draft", LEGAL, kwargs=_DRAFTED, then=states.sent_empty("Ghi quan hệ"), answer=422),
    Visit("workspace:legal-draft", CHAIRMAN, kwargs=_LAID),
    Visit("workspace:legal-draft", CONTROL, kwargs=_SIGNED),
    Visit("workspace:change-legal-draft", CONTROL, kwargs=_DRAFTED),
    Visit("workspace:legal-draft-item", LEGAL, kwargs={**_DRAFTED, "code": "impact"}),
    Visit("workspace:sign-legal-draft", CHAIRMAN, kwargs=_LAID),
    Visit("workspace:sign-legal-draft", CHAIRMAN, kwargs=_LAID, then=states.sent_empty("Trả lại"), answer=422),
]
DRAFTING_NO_PAGES = [
    Bare(Visit("workspace:legal-drafts-file", LEGAL), "a file"),
    Bare(Visit("workspace:tie-legal-draft", LEGAL, kwargs=_DRAFTED), "relates; refused: the draft"),
    Bare(Visit("workspace:untie-legal-draft", LEGAL, kwargs={**_DRAFTED, "pk": 1}), "takes a relation back"),
    Bare(Visit("workspace:submit-legal-draft", LEGAL, kwargs=_DRAFTED), "lays before the chairman"),
]
