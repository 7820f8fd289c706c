"""The pages about the catalogue as the officer who controls procedures meets them."""

from tests.journeys.province import BIRTH
from tests.journeys.visits import CONTROL, Bare, Visit

CATALOGUE = [
    Visit("workspace:catalogue", CONTROL),
    Visit("workspace:catalogue", CONTROL, query="?ngay=01/01/2019"),
    Visit("workspace:catalogue", CONTROL, query="?ngay=32/01/2026", answer=422),
    Visit("workspace:catalogue-counts", CONTROL),
    Visit("workspace:catalogue-counts", CONTROL, query="?tu=01/01/2020&theo=UNIT"),
    Visit("workspace:catalogue-counts", CONTROL, query="?tu=01/01/2030", answer=422),
    Visit("workspace:catalogue-procedure", CONTROL, kwargs={"procedure": BIRTH}),
    Visit("workspace:catalogue-quality", CONTROL),
    Visit("workspace:catalogue-quality", CONTROL, query="?loi=FORM_WITHOUT_FILE"),
    Visit("workspace:catalogue-quality", CONTROL, query="?loi=khong-co", answer=422),
    Visit("workspace:version-parts", CONTROL, kwargs={"procedure": BIRTH, "number": 1}),
    Visit("workspace:compare-versions", CONTROL, kwargs={"procedure": BIRTH}),
]
CATALOGUE_FILES = [
    Bare(Visit("workspace:catalogue-quality-file", CONTROL, kwargs={"shape": "xlsx"}), "a file"),
    Bare(Visit("workspace:catalogue-counts-file", CONTROL, kwargs={"shape": "xlsx"}), "a file"),
]
