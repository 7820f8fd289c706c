from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from motcua.dossiers.queries.public_status import Milestone, PublicStatus
from motcua.portal.status_words import road_of, words_of
from motcua.rules.promises import SupplementClock
from motcua.rules.transitions import FINAL, Status
from motcua.ui.parts import StepState
from tests.make import MONDAY

DUE = MONDAY + timedelta(days=7, hours=9)
STATUS = PublicStatus(
    public_code="H18.31-260302-0001",
    procedure_code="1.001193",
    procedure_title="Đăng ký khai sinh",
    status=Status.IN_PROGRESS,
    holder="UBND xã Mường Pồn",
    since=MONDAY,
    submitted_at=MONDAY - timedelta(days=1),
    answer_due_at=None,
    due_at=DUE,
    due_is_provisional=False,
    is_applicants_turn=False,
    is_supplementing=False,
    supplement_clock=None,
    is_refusal=False,
    may_be_rated=False,
    is_over=False,
    return_channel="AT_THE_DESK",
    desk="Trung tâm Phục vụ hành chính công xã Mường Pồn",
    desk_phone="",
    desk_address="",
    reached=Milestone.ACCEPTED,
    derivation=(),
)
SHOWN = [status for status in Status if status is not Status.DRAFT]


@pytest.mark.parametrize("status", SHOWN)
def test_every_status_is_one_whole_sentence(status: Status) -> None:
    clock = SupplementClock.RESTART if status is Status.SUPPLEMENT else None
    words = words_of(replace(STATUS, status=status, answer_due_at=DUE, supplement_clock=clock), at=MONDAY)

    assert words.sentence.endswith(".")
    assert ". " not in words.sentence
    assert "%(" not in words.sentence
    assert "08:00 thứ Hai, 02/03/2026" in words.sentence
    assert words.label


@pytest.mark.parametrize("status", [Status.DONE, Status.REFUSED])
@pytest.mark.parametrize("channel", ["AT_THE_DESK", "POST", "ONLINE"])
def test_a_result_and_a_refusal_say_how_they_come(channel: str, status: Status) -> None:
    done = replace(STATUS, status=status, reached=Milestone.RESULT, return_channel=channel)

    said = {c: words_of(replace(done, return_channel=c), at=MONDAY).sentence for c in ("AT_THE_DESK", "POST", "ONLINE")}

    assert len(set(said.values())) == 3
    assert said[channel] == words_of(done, at=MONDAY).sentence


@pytest.mark.parametrize(
    ("clock", "words"),
    [(SupplementClock.RESTART, "tính lại từ đầu khi bạn"), (SupplementClock.RESUME, "tính tiếp khi bạn")],
)
def test_papers_asked_for_after_acceptance_say_what_the_clock_does(clock: SupplementClock, words: str) -> None:
    waiting = replace(STATUS, status=Status.SUPPLEMENT, supplement_clock=clock)

    assert words in words_of(waiting, at=MONDAY).sentence


def test_a_refusal_that_was_returned_is_called_one() -> None:
    back = replace(STATUS, status=Status.RETURNED, is_over=True, is_refusal=True)

    assert "Văn bản từ chối giải quyết đã được trả" in words_of(back, at=MONDAY).sentence


@pytest.mark.parametrize(
    ("status", "at", "is_said"),
    [
        (Status.IN_PROGRESS, DUE, False),
        (Status.IN_PROGRESS, DUE + timedelta(seconds=1), True),
        (Status.DONE, DUE + timedelta(days=9), False),
        (Status.RETURNED, DUE + timedelta(days=9), False),
    ],
)
def test_a_broken_promise_is_said(status: Status, at: datetime, is_said: bool) -> None:
    words = words_of(replace(STATUS, status=status, is_over=status in FINAL), at=at)

    assert ("quá hạn" in words.overdue) is is_said


def test_a_late_answer_of_the_desk_is_said() -> None:
    waiting = replace(STATUS, status=Status.SUBMITTED, due_at=None, answer_due_at=DUE)

    assert "quá hạn trả lời" in words_of(waiting, at=DUE + timedelta(minutes=1)).overdue


def test_the_road_shows_where_the_dossier_is_and_what_lies_ahead() -> None:
    road = road_of(STATUS)

    assert [step.state for step in road] == [StepState.DONE] * 2 + [StepState.CURRENT] + [StepState.FUTURE] * 3
    assert road[2].holder == "UBND xã Mường Pồn"
    assert road[0].at == STATUS.submitted_at


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.NOT_ACCEPTED])
def test_a_road_that_ended_early_stops_there(status: Status) -> None:
    road = road_of(replace(STATUS, status=status, reached=Milestone.SUBMITTED, is_over=True, holder=None))

    assert [step.state for step in road] == [StepState.DONE, StepState.STOPPED]


def test_a_returned_result_is_the_end_of_the_road() -> None:
    road = road_of(replace(STATUS, status=Status.RETURNED, reached=Milestone.RETURNED, is_over=True, holder=None))

    assert {step.state for step in road} == {StepState.DONE}
    assert road[-1].at == STATUS.since
