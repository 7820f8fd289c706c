"""Pages of petitions: as citizens send and follow them, and as officials handle them."""

from tests.journeys import states
from tests.journeys.province import PETITIONS, WARD, WRITTEN
from tests.journeys.visits import CITIZEN, DISPATCHER, GUEST, LEADER, OFFICER, Bare, Visit


def _of(stage: str, act: str = "") -> dict[str, str | int]:
    return {"code": PETITIONS[stage], **({"act": act} if act else {})}


PETITION_PORTAL = [
    Visit("portal:petitions"),
    Visit("portal:petitions", CITIZEN),
    Visit("portal:petitions", query="?q=zzzz"),
    Visit("portal:petitions", then=states.in_english, apart=True),
    Visit("portal:published-answer", kwargs={"number": 1}),
    Visit("portal:send-petition"),
    Visit("portal:send-petition", CITIZEN),
    Visit("portal:send-petition", then=states.sent_empty("Tiếp tục: xác nhận liên hệ"), answer=422),
    Visit("portal:petition-contacts"),
    Visit("portal:petition-notice", kwargs={"code": WARD}),
    Visit("portal:petition-notice", kwargs={"code": "khong-co"}, answer=404),
    Visit("portal:look-up-petition"),
    Visit("portal:look-up-petition", then=states.sent_empty("Xem tiến độ"), answer=422),
    Visit("portal:confirm-petition", GUEST, kwargs={"code": WRITTEN}, answer=404),
    *(Visit("portal:petition", CITIZEN, kwargs=_of(stage), then=states.all_opened) for stage in PETITIONS),
    Visit("portal:petition", CITIZEN, kwargs=_of("ASKED"), then=states.sent_empty("Gửi bổ sung"), answer=422),
    Visit("portal:petition-sent", CITIZEN, kwargs=_of("RECEIVED")),
]
PETITION_WORK = [
    Visit("workspace:petitions", DISPATCHER),
    Visit("workspace:petitions", DISPATCHER, query="?loc=tat-ca"),
    Visit("workspace:petitions", DISPATCHER, query="?loc=lap-lai"),
    Visit("workspace:enter-petition", DISPATCHER),
    Visit("workspace:enter-petition", DISPATCHER, then=states.sent_empty("Ghi nhận"), answer=422),
    Visit("workspace:petition-receipt", DISPATCHER, kwargs={"code": WRITTEN}),
    *(Visit("workspace:petition", DISPATCHER, kwargs=_of(stage), then=states.all_opened) for stage in PETITIONS),
    Visit("workspace:act-on-petition", DISPATCHER, kwargs=_of("RECEIVED", "phan-loai")),
    Visit(
        "workspace:act-on-petition",
        DISPATCHER,
        kwargs=_of("RECEIVED", "phan-loai"),
        then=states.sent_empty("Phân loại"),
        answer=422,
    ),
    Visit("workspace:act-on-petition", DISPATCHER, kwargs=_of("RECEIVED", "chuyen")),
    Visit("workspace:act-on-petition", DISPATCHER, kwargs=_of("HANDLING", "giao")),
    Visit("workspace:act-on-petition", OFFICER, kwargs=_of("HANDLING", "soan-tra-loi")),
    Visit("workspace:act-on-petition", LEADER, kwargs=_of("DRAFTED", "duyet-tra-loi")),
    Visit("workspace:act-on-petition", DISPATCHER, kwargs=_of("ANSWERED", "cong-khai")),
]
PETITION_NO_PAGES = [
    Bare(Visit("portal:send-petition-code", CITIZEN, kwargs=_of("RECEIVED")), "sends a code"),
    Bare(Visit("portal:add-to-petition", CITIZEN, kwargs=_of("RECEIVED")), "adds what was asked"),
    Bare(Visit("portal:reopen-petition", CITIZEN, kwargs=_of("RECEIVED")), "opens it again"),
    Bare(Visit("portal:petition-settled", CITIZEN, kwargs=_of("RECEIVED")), "says whether it was settled"),
    Bare(Visit("workspace:petition-photo", DISPATCHER, kwargs=_of("RECEIVED")), "a file"),
]
