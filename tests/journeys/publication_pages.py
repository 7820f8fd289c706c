"""Pages of publication decisions, as the officer prepares and the chairman signs them."""

from tests.journeys import states
from tests.journeys.province import BIRTH, DEATH, DRAFTED, ISSUED, LAID, LOCAL
from tests.journeys.visits import CHAIRMAN, CONTROL, Bare, Visit

_DRAFTED: dict[str, str | int] = {"key": DRAFTED}
_LOCAL: dict[str, str | int] = {**_DRAFTED, "procedure": LOCAL}
_LISTED: dict[str, str | int] = {**_DRAFTED, "procedure": BIRTH}
PUBLICATION_PAGES = [
    Visit("workspace:publications", CONTROL),
    Visit("workspace:publications", CONTROL, query="?trang=9"),
    Visit("workspace:begin-publication", CONTROL),
    Visit("workspace:begin-publication", CONTROL, then=states.sent_empty("Bắt đầu soạn"), answer=422),
    Visit("workspace:publication", CONTROL, kwargs=_DRAFTED),
    Visit("workspace:publication", CHAIRMAN, kwargs={"key": LAID}),
    Visit("workspace:publication", CONTROL, kwargs={"key": ISSUED}),
    Visit("workspace:change-publication", CONTROL, kwargs=_DRAFTED),
    Visit("workspace:add-to-publication", CONTROL, kwargs=_DRAFTED),
    Visit("workspace:add-to-publication", CONTROL, kwargs=_DRAFTED, query="?q=khai"),
    Visit("workspace:enter-in-publication", CONTROL, kwargs={**_DRAFTED, "procedure": DEATH}),
    Visit("workspace:new-in-publication", CONTROL, kwargs=_DRAFTED),
    Visit(
        "workspace:new-in-publication",
        CONTROL,
        kwargs=_DRAFTED,
        then=states.sent_empty("Thêm và soạn nội dung"),
        answer=422,
    ),
    Visit("workspace:publication-line", CONTROL, kwargs=_LOCAL),
    Visit("portal:draft-version", CONTROL, kwargs={"code": LOCAL}),
    Visit("workspace:publication-line", CONTROL, kwargs=_LISTED),
    Visit("workspace:edit-content", CONTROL, kwargs=_LOCAL),
    Visit("workspace:edit-content", CONTROL, kwargs=_LOCAL, then=states.paper_without_a_name, answer=422),
    Visit("workspace:edit-content", CONTROL, kwargs=_LISTED),
    Visit("workspace:compose", CONTROL, kwargs=_LOCAL),
    Visit("workspace:compose", CONTROL, kwargs=_LISTED),
    Visit("workspace:declaration", CONTROL, kwargs=_LOCAL),
    Visit("workspace:declaration", CHAIRMAN, kwargs=_LISTED),
    Visit("workspace:declaration-preview", CONTROL, kwargs=_LOCAL),
    Visit(
        "workspace:declaration-preview",
        CONTROL,
        kwargs=_LOCAL,
        then=states.sent_empty("Lưu và tiếp tục"),
        answer=422,
    ),
    Visit("workspace:add-field", CONTROL, kwargs=_LOCAL),
    Visit("workspace:add-field", CONTROL, kwargs=_LOCAL, then=states.sent_empty("Lưu câu hỏi"), answer=422),
    Visit("workspace:edit-field", CONTROL, kwargs={**_LOCAL, "field": "book_number"}),
    Visit("workspace:sign-publication", CHAIRMAN, kwargs={"key": LAID}),
    Visit("workspace:sign-publication", CHAIRMAN, kwargs={"key": LAID}, then=states.sent_empty("Trả lại"), answer=422),
    Visit("workspace:publication-dossiers", CONTROL, kwargs={"key": ISSUED}),
    Visit("workspace:publication-dossiers", CHAIRMAN, kwargs={"key": ISSUED}),
    Visit("workspace:publication-entry", CONTROL, kwargs={"key": ISSUED}),
]
PUBLICATION_NO_PAGES = [
    Bare(Visit("workspace:publication-paper", CONTROL, kwargs=_DRAFTED), "a file"),
    Bare(Visit("workspace:publication-annex", CONTROL, kwargs=_DRAFTED), "a file"),
    Bare(Visit("workspace:submit-publication", CONTROL, kwargs=_DRAFTED), "lays before the chairman"),
    Bare(Visit("workspace:remove-from-publication", CONTROL, kwargs=_LOCAL), "takes a line out"),
]
