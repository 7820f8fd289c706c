"""The life of a dossier in words, without a database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from motcua.dossiers.queries.clock_ahead import ClockAhead
from motcua.dossiers.queries.own_life import (
    Advice,
    AskedFor,
    Mending,
    NewDate,
    Owed,
    OwnLife,
    PapersAsked,
    RefusalIssued,
)
from motcua.portal.life_words import Place, Topic, clock_lines, past, present
from motcua.rules.papers import SupplementAnswer
from motcua.rules.promises import PromiseCause, SupplementClock
from tests.make import MONDAY

DESK = Place("Trung tâm Phục vụ hành chính công xã Mường Pồn", "")
QUIET = OwnLife(
    cause=None,
    requests=(),
    clock=None,
    obligations=(),
    advice=(),
    extension=None,
    former_dates=(),
    declined=None,
    ending=None,
    withdrawal_reason="",
    refusal=None,
    corrections=(),
    rating=None,
    result=None,
)
ASKED = PapersAsked(
    reason="Ảnh mờ",
    basis="khoản 2 Điều 16",
    after_acceptance=False,
    requested_at=MONDAY,
    completed_at=None,
    closable_from=None,
    is_silence_over=False,
    items=(AskedFor(1, "Tờ khai", "Chụp lại", SupplementAnswer.FILE),),
)
OWED = Owed("Điều 21", "12/TB", 150_000, MONDAY, None, "", is_excluded=False)
LATER = MONDAY + timedelta(days=7)
MOVED = NewDate("Mất điện", MONDAY, LATER, MONDAY)
ADVICE = Advice("Mang theo sổ", MONDAY)
MENDED = Mending("Sai năm sinh", MONDAY, LATER, LATER)


def said(topics: tuple[Topic, ...]) -> str:
    """Return everything that is said, title by title."""
    return "\n".join(
        "\n".join([topic.title, topic.quoted, topic.note, *(f"{line.label}: {line.text}" for line in topic.lines)])
        for topic in topics
    )


def test_nothing_is_said_where_nothing_happened() -> None:
    assert present(QUIET, DESK) == past(QUIET) == ()


@pytest.mark.parametrize(
    ("life", "words"),
    [
        pytest.param(replace(QUIET, requests=(ASKED,)), "Căn cứ yêu cầu thêm: khoản 2 Điều 16", id="asked again"),
        pytest.param(replace(QUIET, requests=(ASKED,)), "Chụp lại\n(Đã gửi tệp mới)", id="answered so far"),
        pytest.param(replace(QUIET, requests=(ASKED,)), "Hồ sơ chưa được tiếp nhận", id="before acceptance"),
        pytest.param(replace(QUIET, obligations=(OWED,)), "Vẫn tính trong lúc chờ", id="a wait that counts"),
        pytest.param(replace(QUIET, withdrawal_reason="Nộp nhầm"), "Nộp nhầm", id="withdrawn at the desk"),
        pytest.param(replace(QUIET, advice=(ADVICE,)), "Mang theo sổ", id="advice before the decision"),
        pytest.param(
            replace(QUIET, cause=PromiseCause.EXTENSION, extension=MOVED), "Hẹn lại: 08:00 thứ Hai", id="a new date"
        ),
        pytest.param(
            replace(QUIET, refusal=RefusalIssued("Điều 12", "Văn bản", "7/TC", date(2026, 3, 4))),
            "Ngày ban hành: 04/03/2026",
            id="a refusal",
        ),
    ],
)
def test_what_concerns_the_applicant_now(life: OwnLife, words: str) -> None:
    assert words in said(present(life, DESK))
    assert past(life) == ()


@pytest.mark.parametrize(
    ("life", "words"),
    [
        pytest.param(replace(QUIET, requests=(replace(ASKED, completed_at=LATER),)), "Bổ sung đủ lúc", id="papers"),
        pytest.param(
            replace(QUIET, obligations=(replace(OWED, settled_at=LATER, proof="Biên lai 7"),)), "Biên lai 7", id="money"
        ),
        pytest.param(
            replace(QUIET, cause=PromiseCause.SUPPLEMENT, extension=MOVED), "Mất điện", id="a date that moved on"
        ),
        pytest.param(replace(QUIET, cause=PromiseCause.ACCEPTANCE, advice=(ADVICE,)), "Mang theo sổ", id="advice"),
        pytest.param(replace(QUIET, corrections=(MENDED,)), "Đính chính xong lúc", id="a mended result"),
    ],
)
def test_what_lies_behind(life: OwnLife, words: str) -> None:
    assert words in said(past(life))
    assert present(life, DESK) == ()


def test_no_last_day_is_told_where_no_term_runs() -> None:
    assert [line.label for line in clock_lines(ASKED, None)] == ["Thời hạn giải quyết"]


def test_the_date_of_a_leg_of_a_linked_application_is_said_to_be_its_own() -> None:
    ahead = ClockAhead(SupplementClock.RESTART, LATER)
    moved = replace(QUIET, cause=PromiseCause.EXTENSION, extension=MOVED, leg_name="Khai sinh")

    lines = clock_lines(ASKED, ahead, "Khai sinh")

    assert lines[1].label == "Gửi đủ ngay bây giờ thì việc này xong chậm nhất"
    assert "Việc hẹn lại: Khai sinh" in said(present(moved, DESK))
