"""The pages about reviewing procedures, as the officer who controls procedures and a leader of a ward meet them."""

from tests.journeys import states
from tests.journeys.province import BIRTH
from tests.journeys.visits import CONTROL, LEADER, Bare, Visit

_PLAN: dict[str, str | int] = {"year": 2026}
_REVIEW: dict[str, str | int] = {**_PLAN, "number": 1}
_PROPOSED: dict[str, str | int] = {**_PLAN, "number": 2}
_BIRTH: dict[str, str | int] = {**_PLAN, "procedure": BIRTH}
_NAME: dict[str, str | int] = {**_REVIEW, "part": "ten"}
_PAPERS: dict[str, str | int] = {**_REVIEW, "part": "thanh-phan"}
_BEFORE: dict[str, str | int] = {**_REVIEW, "side": "hien-hanh"}

REVIEWS = [
    Visit("workspace:reviews", CONTROL),
    Visit("workspace:reviews", CONTROL, then=states.sent_empty("Lập kế hoạch"), answer=422),
    Visit("workspace:hourly-income", CONTROL),
    Visit("workspace:hourly-income", CONTROL, then=states.sent_empty("Ghi"), answer=422),
    Visit("workspace:review-plan", CONTROL, kwargs=_PLAN),
    Visit("workspace:issue-review-plan", CONTROL, kwargs=_PLAN, answer=403),
    Visit("workspace:pick-review", CONTROL, kwargs=_PLAN),
    Visit("workspace:plan-review", CONTROL, kwargs=_BIRTH),
    Visit("workspace:plan-review", CONTROL, kwargs=_BIRTH, then=states.sent_empty("Đưa vào kế hoạch"), answer=422),
    Visit("workspace:review", CONTROL, kwargs=_REVIEW),
    Visit("workspace:review", LEADER, kwargs=_PROPOSED),
    Visit("workspace:review-part", CONTROL, kwargs=_PAPERS),
    Visit("workspace:review-part", CONTROL, kwargs=_NAME, then=states.part_without_reason, answer=422),
    Visit("workspace:review-costs", CONTROL, kwargs=_BEFORE),
    Visit("workspace:review-costs", CONTROL, kwargs=_BEFORE, then=states.costs_misspelt, answer=422),
    Visit("workspace:propose-review", CONTROL, kwargs=_REVIEW),
    Visit("workspace:decide-review", LEADER, kwargs=_PROPOSED, answer=403),
]
REVIEW_FILES = [
    Bare(Visit("workspace:move-review", CONTROL, kwargs=_REVIEW), "begins, drops or closes"),
    Bare(Visit("workspace:review-paper", CONTROL, kwargs=_REVIEW), "a file"),
    Bare(Visit("workspace:review-costs-file", CONTROL, kwargs=_REVIEW), "a file"),
]
