"""Pages of the news: as everybody reads them, and as officials write and approve them."""

from tests.journeys import states
from tests.journeys.visits import CHAIRMAN, CONTROL, DESK, DISPATCHER, Bare, Visit

PLAIN, CORRECTED, NEWEST, LAID, BEGUN = range(1, 6)
"""The numbers of the demonstration's articles; the second has a photo and was corrected, the fourth waits."""
_SECTION: dict[str, str | int] = {"slug": "mot-cua"}
_FEED: dict[str, str | int] = {"kind": "rss"}
_PHOTO: dict[str, str | int] = {"number": CORRECTED, "position": 1}


def _of(number: int, act: str = "") -> dict[str, str | int]:
    return {"number": number, **({"act": act} if act else {})}


NEWS_PORTAL = [
    Visit("portal:visits"),
    Visit("portal:news"),
    Visit("portal:news", query="?q=zzzz"),
    Visit("portal:news", then=states.in_english, apart=True),
    Visit("portal:news-section", kwargs=_SECTION),
    Visit("portal:news-archive"),
    Visit("portal:news-year", kwargs={"year": 2025}),
    Visit("portal:news-month", kwargs={"year": 2025, "month": 12}),
    Visit("portal:news-day", kwargs={"year": 2025, "month": 12, "day": 16}),
    Visit("portal:article", kwargs=_of(PLAIN)),
    Visit("portal:article", kwargs=_of(CORRECTED)),
    Visit("portal:article", kwargs=_of(NEWEST), then=states.in_english, apart=True),
    Visit("portal:article", kwargs=_of(BEGUN), answer=404),
]
NEWS_WORK = [
    Visit("workspace:news", CONTROL),
    Visit("workspace:news", CHAIRMAN, query="?loc=cho-duyet"),
    Visit("workspace:news", DISPATCHER, query="?loc=da-dang"),
    Visit("workspace:news", DISPATCHER, query="?loc=da-go"),
    Visit("workspace:news", DESK, answer=403),
    Visit("workspace:begin-article", CONTROL),
    Visit("workspace:begin-article", CONTROL, then=states.sent_empty("Lưu và xem trước"), answer=422),
    Visit("workspace:article", CONTROL, kwargs=_of(BEGUN)),
    Visit("workspace:article", CHAIRMAN, kwargs=_of(LAID)),
    Visit("workspace:article", DISPATCHER, kwargs=_of(CORRECTED)),
    Visit("workspace:article-edition", DISPATCHER, kwargs={"number": CORRECTED, "edition": 1}),
    Visit("workspace:change-article", CONTROL, kwargs=_of(BEGUN)),
    Visit("workspace:add-article-photo", CONTROL, kwargs=_of(BEGUN)),
    Visit("workspace:add-article-photo", CONTROL, kwargs=_of(BEGUN), then=states.sent_empty("Thêm ảnh"), answer=422),
    Visit("workspace:act-on-article", CONTROL, kwargs=_of(BEGUN, "trinh-duyet")),
    Visit("workspace:act-on-article", CHAIRMAN, kwargs=_of(LAID, "dang")),
    Visit("workspace:act-on-article", CONTROL, kwargs=_of(LAID, "dang"), answer=403),
    Visit("workspace:act-on-article", CHAIRMAN, kwargs=_of(LAID, "tra-lai")),
    Visit(
        "workspace:act-on-article",
        CHAIRMAN,
        kwargs=_of(LAID, "tra-lai"),
        then=states.sent_empty("Trả lại để sửa"),
        answer=422,
    ),
    Visit("workspace:act-on-article", CHAIRMAN, kwargs=_of(NEWEST, "go")),
    Visit("workspace:act-on-article", CONTROL, kwargs=_of(NEWEST, "dinh-chinh")),
    Visit("workspace:news-sections", CONTROL),
    Visit("workspace:news-sections", CONTROL, then=states.sent_empty("Mở chuyên mục"), answer=422),
    Visit("workspace:news-section", CONTROL, kwargs=_SECTION),
]
NEWS_NO_PAGES = [
    Bare(Visit("portal:news-feed", kwargs=_FEED), "a feed"),
    Bare(Visit("portal:news-section-feed", kwargs={**_SECTION, **_FEED}), "a feed"),
    Bare(Visit("portal:news-photo", kwargs={**_PHOTO, "size": "lon"}), "a photo"),
    Bare(Visit("workspace:article-photo", DISPATCHER, kwargs={**_PHOTO, "edition": 2}), "a photo"),
    Bare(
        Visit("workspace:remove-article-photo", CONTROL, kwargs={"number": BEGUN, "position": 1}), "takes a photo out"
    ),
]
