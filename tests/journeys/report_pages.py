"""The pages of reports, as the officer who controls procedures meets them."""

from tests.journeys.visits import CONTROL, Bare, Visit

REPORTS = [
    Visit("workspace:settlement-report", CONTROL),
    Visit("workspace:settlement-report", CONTROL, query="?loai=YEAR&ky=1&nam=2026&theo=SECTOR"),
    Visit("workspace:settlement-report", CONTROL, query="?loai=QUARTER&ky=5&nam=2026", answer=422),
    Visit("workspace:settlement-report-behind", CONTROL, query="?loai=YEAR&ky=1&nam=2026&cot=received"),
]
REPORT_FILES = [Bare(Visit("workspace:settlement-report-file", CONTROL, kwargs={"shape": "xlsx"}), "a file")]
