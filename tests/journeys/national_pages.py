"""The pages about the national database as the officer who controls procedures meets them."""

from tests.journeys import states
from tests.journeys.province import BIRTH, BUSINESS, ISSUED, NAMED, TO_ENTER
from tests.journeys.visits import CHAIRMAN, CONTROL, Bare, Visit

NATIONAL = [
    Visit("workspace:national", CONTROL),
    Visit("workspace:national", CONTROL, query="?phan=CONDITIONS"),
    Visit("workspace:national", CONTROL, query="?q=zzzz"),
    Visit("workspace:national", CONTROL, query="?loai=khong-co", answer=422),
    Visit("workspace:national-procedure", CONTROL, kwargs={"procedure": BIRTH}),
    Visit("workspace:national-procedure", CHAIRMAN, kwargs={"procedure": BUSINESS}),
    Visit("workspace:national-names", CONTROL),
    Visit("workspace:national-names", CONTROL, query="?xem=da-ghep"),
    Visit("workspace:national-name", CONTROL, kwargs={"key": NAMED}),
    Visit("workspace:national-name", CONTROL, kwargs={"key": NAMED}, then=states.sent_empty("Ghép tên"), answer=422),
    Visit("workspace:national-files", CONTROL),
    Visit("workspace:national-files", CONTROL, then=states.sent_empty("Nhận tệp"), answer=422),
    Visit("workspace:national-files", CHAIRMAN),
    Visit("workspace:national-entries", CONTROL),
    Visit("workspace:national-entries", CONTROL, query="?tinh-trang=FAILED"),
    Visit("workspace:national-entry", CONTROL, kwargs={"key": TO_ENTER}),
]
NATIONAL_FILES = [
    Bare(Visit("workspace:national-file", CONTROL, kwargs={"shape": "csv"}), "a file"),
    Bare(Visit("workspace:national-export", CONTROL), "a file"),
    Bare(Visit("workspace:national-export-decision", CONTROL, kwargs={"key": ISSUED}), "a file"),
]
