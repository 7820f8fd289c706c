"""A linked application in words, without a database: by how the results come, and by whose turn it is."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.template.loader import render_to_string

from motcua.dossiers.queries.linked import LegLine, LinkedView
from motcua.portal.linked_words import held_back, legs_in_words, look_of_whole, whole_in_words
from motcua.rules.linked import LegState, WholeState
from motcua.rules.transitions import SUPPLEMENTING, WAITING_FOR_APPLICANT, Status
from motcua.ui.parts import Tone
from tests.make import MONDAY

DUE = MONDAY + timedelta(days=3)


def leg(number: int, state: LegState, status: Status | None) -> LegLine:
    return LegLine(
        number=number,
        procedure_code=f"1.{number}",
        name=f"Việc {number}",
        agency="Công an xã",
        state=state,
        state_label=state.value,
        code=f"H11-{number}" if status else None,
        status=status,
        status_label=status or "",
        holder="",
        after=(),
        begins_at=MONDAY,
        due_at=DUE,
        own_due_at=DUE,
        awaited_until=None,
        is_given_up=False,
        right_due_at=DUE if status is Status.CORRECTING else None,
        ended_at=MONDAY,
        because_of="",
        is_late=False,
        is_applicants_turn=status in WAITING_FOR_APPLICANT,
        is_supplementing=status in SUPPLEMENTING,
    )


DONE, RUNNING = leg(1, LegState.GRANTED, Status.DONE), leg(2, LegState.OPEN, Status.IN_PROGRESS)
ALSO_DONE, REFUSED = leg(2, LegState.GRANTED, Status.DONE), leg(2, LegState.NOT_GRANTED, Status.REFUSED)
WITHDRAWN = leg(2, LegState.NOT_GRANTED, Status.WITHDRAWN)
WHOLE = LinkedView(
    at=MONDAY,
    code="H11",
    group_code="nhom",
    name="Khai sinh và thường trú",
    state=WholeState.UNDER_WAY,
    desk="Trung tâm xã",
    lead_agency="UBND xã",
    accepted_at=MONDAY,
    due_at=DUE,
    due_is_provisional=False,
    derivation=(),
    finished_at=None,
    is_closed=False,
    returns_together=True,
    was_given_out=False,
    return_channel="AT_THE_DESK",
    legs=(DONE, RUNNING),
)
OVER = replace(WHOLE, state=WholeState.GRANTED, legs=(DONE, ALSO_DONE))


def said(whole: LinkedView) -> str:
    return whole_in_words(whole).sentence


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        ("AT_THE_DESK", "mời bạn đến Trung tâm xã nhận một lần"),
        ("POST", "được gửi một lần qua bưu chính"),
        ("ONLINE", "để tải về"),
    ],
)
def test_the_results_come_as_the_applicant_chose(channel: str, words: str) -> None:
    together = said(replace(OVER, return_channel=channel))
    each = said(replace(OVER, return_channel=channel, returns_together=False))

    assert together.startswith("Đã có kết quả của tất cả các việc: ")
    assert words in together
    assert "một lần" not in each
    assert "(Việc 1, Việc 2)" in each


def test_a_result_that_waits_is_named_while_others_run_only_where_each_goes_out() -> None:
    assert "(Việc 1); hẹn trả kết quả của các việc còn lại" in said(replace(WHOLE, returns_together=False))
    assert "bạn chưa phải làm gì" in said(WHOLE)


def test_a_leg_that_is_done_is_held_back_until_all_are() -> None:
    assert "trả một lần khi xong tất cả, hẹn" in held_back(WHOLE, Status.DONE)
    assert "từ chối giải quyết" in held_back(WHOLE, Status.REFUSED)
    for whole, status in [
        (WHOLE, Status.IN_PROGRESS),
        (OVER, Status.DONE),
        (replace(WHOLE, returns_together=False), Status.DONE),
    ]:
        assert held_back(whole, status) == ""


def test_taken_back_is_not_refused() -> None:
    gone = replace(WHOLE, state=WholeState.NOT_GRANTED, legs=(WITHDRAWN, leg(3, LegState.NOT_NEEDED, None)))
    partly = replace(OVER, state=WholeState.PARTLY_GRANTED, legs=(DONE, WITHDRAWN))
    refused = replace(gone, legs=(WITHDRAWN, REFUSED))

    assert (gone.state_label, look_of_whole(gone).tone) == ("Đã rút", Tone.QUIET)
    assert "đã được rút theo đề nghị của người nộp" in said(gone)
    assert "trừ việc đã rút: mời bạn đến" in said(partly)
    assert legs_in_words(partly)[1].tone is Tone.QUIET
    assert legs_in_words(partly)[1].sentence.startswith("Đã rút lúc")
    assert (refused.state_label, look_of_whole(refused).tone) == ("Không được giải quyết", Tone.BAD)


def test_once_nothing_waits_any_more_it_is_over() -> None:
    given = replace(OVER, legs=tuple(replace(one, status=Status.RETURNED) for one in OVER.legs))

    assert said(given).startswith("Hồ sơ đã kết thúc")


def test_a_wrong_result_that_is_put_right_is_named_and_makes_nothing_late() -> None:
    mending = leg(2, LegState.OPEN, Status.CORRECTING)
    given = replace(DONE, status=Status.RETURNED)
    was_given = replace(WHOLE, finished_at=MONDAY, was_given_out=True)
    whole = replace(was_given, at=DUE + timedelta(days=9), legs=(given, mending))
    waiting = replace(was_given, state=WholeState.GRANTED, legs=(given, ALSO_DONE))

    assert "đang được đính chính: Việc 2; có lại chậm nhất" in said(whole)
    assert whole_in_words(whole).overdue == ""
    assert "chậm nhất" in legs_in_words(whole)[1].sentence
    assert "nhận, mang theo giấy tờ tùy thân (Việc 2)" in said(waiting), "it alone is to be fetched"
    assert held_back(whole, Status.DONE) == ""


def test_papers_and_money_are_asked_for_each_in_its_own_place() -> None:
    legs = (leg(1, LegState.OPEN, Status.SUPPLEMENT), leg(2, LegState.OPEN, Status.FINANCIAL))
    lines = legs_in_words(replace(WHOLE, legs=legs))

    page = render_to_string("portal/linked/legs.html", {"legs": lines, "opens": True})

    assert "/ho-so/H11-1/bo-sung/" in page
    assert "/ho-so/H11-2/bo-sung/" not in page
    assert page.count("Bổ sung giấy tờ") == page.count("Xem nghĩa vụ tài chính") == 1
