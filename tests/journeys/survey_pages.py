"""The pages about surveys, as whoever was drawn, everybody, and the officer who keeps them meet them."""

from tests.journeys import states
from tests.journeys.province import SURVEY_CODE, SURVEYS
from tests.journeys.visits import CHAIRMAN, CONTROL, GUEST, Bare, Visit

_OPEN: dict[str, str | int] = {"key": SURVEYS["OPEN"]}
_DRAFT: dict[str, str | int] = {"key": SURVEYS["DRAFT"]}
_OVER: dict[str, str | int] = {"key": SURVEYS["CLOSED"]}
_SHEET: dict[str, str | int] = {"code": SURVEY_CODE}

SURVEY_PORTAL = [
    Visit("portal:surveys", GUEST),
    Visit("portal:survey", GUEST, kwargs=_OVER, then=states.all_opened),
    Visit("portal:survey-sheet", GUEST, kwargs=_SHEET),
    Visit("portal:survey-sheet", GUEST, kwargs=_SHEET, then=states.sent_empty("Gửi trả lời"), answer=422),
    Visit("portal:survey-sheet", GUEST, kwargs={"code": "khongcophieu"}, answer=404),
]
SURVEY_WORK = [
    Visit("workspace:surveys", CONTROL),
    Visit("workspace:begin-survey", CONTROL),
    Visit("workspace:begin-survey", CONTROL, then=states.sent_empty("Lưu cuộc khảo sát"), answer=422),
    Visit("workspace:begin-survey", CHAIRMAN, answer=403),
    Visit("workspace:survey", CONTROL, kwargs=_DRAFT),
    Visit("workspace:survey", CONTROL, kwargs=_OPEN),
    Visit("workspace:survey", CHAIRMAN, kwargs=_OVER),
    Visit("workspace:change-survey", CONTROL, kwargs=_DRAFT),
    Visit("workspace:enter-slip", CONTROL, kwargs=_OPEN),
    Visit("workspace:enter-slip", CONTROL, kwargs=_OPEN, then=states.sent_empty("Lưu phiếu"), answer=422),
]
SURVEY_NO_PAGES = [Bare(Visit("workspace:survey-slips", CONTROL, kwargs=_OPEN), "a file")]
