"""Levels of online service put right, ended and taken back, with a trace (D-01 to D-03)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from motcua.catalogue.commands.level_changes import (
    Found,
    LevelNotInScheme,
    LevelSetting,
    LevelWithdrawn,
    MayNotKeepLevels,
    NotBetween,
    OtherPlace,
    correct_level,
    end_level,
    withdraw_level,
)
from motcua.catalogue.commands.service_levels import set_level
from motcua.catalogue.models import Procedure, ServiceLevel
from motcua.kernel.models import EventRecord
from motcua.rules.service_levels import Level
from tests.catalogue.reviewing import ReviewingProvince, make_reviewing_province
from tests.make import MONDAY, make_procedure

pytestmark = pytest.mark.django_db

NEW = date(2026, 7, 1)
FAR = date(2062, 7, 1)
PARTIAL = LevelSetting(Level.PARTIAL, date(2023, 1, 1), "Quyết định 1/QĐ-UBND")
FULL = LevelSetting(Level.FULL, NEW, "Quyết định 2/QĐ-UBND")


@pytest.fixture
def place() -> ReviewingProvince:
    return make_reviewing_province()


@pytest.fixture
def procedure() -> Procedure:
    return make_procedure()


def put(place: ReviewingProvince, procedure: Procedure, *settings: LevelSetting) -> list[ServiceLevel]:
    return [set_level(procedure=procedure, setting=one, actor=place.keeper, at=MONDAY) for one in settings]


def standing(procedure: Procedure) -> list[tuple[str, date, date | None]]:
    rows = procedure.service_levels.standing().order_by("valid_from")
    return list(rows.values_list("level", "valid_from", "valid_until"))


def told(kind: str) -> list[dict[str, object]]:
    return [record.payload for record in EventRecord.objects.filter(kind=kind)]


def test_a_mistyped_late_day_is_taken_back_and_the_level_set_anew(
    place: ReviewingProvince, procedure: Procedure
) -> None:
    _, mistyped = put(place, procedure, PARTIAL, replace(FULL, valid_from=FAR))

    withdraw_level(level=mistyped, reason="Gõ nhầm năm", actor=place.keeper, at=MONDAY)
    assert standing(procedure) == [("PARTIAL", date(2023, 1, 1), None)]
    put(place, procedure, FULL)

    assert standing(procedure) == [("PARTIAL", date(2023, 1, 1), NEW), ("FULL", NEW, None)]
    assert [(one["valid_from"], one["reason"]) for one in told("ServiceLevelWithdrawn")] == [
        ("2062-07-01", "Gõ nhầm năm")
    ]
    mistyped.refresh_from_db()
    assert (mistyped.withdrawn_at, mistyped.withdrawal_reason) == (MONDAY, "Gõ nhầm năm")


def test_the_one_before_runs_until_the_one_after(place: ReviewingProvince, procedure: Procedure) -> None:
    later = replace(PARTIAL, valid_from=date(2026, 8, 1))
    _, middle, _ = put(place, procedure, PARTIAL, FULL, later)
    withdraw_level(level=middle, reason="Nhầm thủ tục", actor=place.keeper, at=MONDAY)
    assert standing(procedure) == [
        ("PARTIAL", date(2023, 1, 1), date(2026, 8, 1)),
        ("PARTIAL", date(2026, 8, 1), None),
    ]


def test_one_that_was_ended_does_not_run_on(place: ReviewingProvince, procedure: Procedure) -> None:
    (first,) = put(place, procedure, PARTIAL)
    end_level(level=first, until=NEW, ground="Quyết định 8/QĐ-UBND", actor=place.keeper, at=MONDAY)
    (second,) = put(place, procedure, FULL)
    withdraw_level(level=second, reason="Nhầm thủ tục", actor=place.keeper, at=MONDAY)
    assert standing(procedure) == [("PARTIAL", date(2023, 1, 1), NEW)]
    put(place, procedure, replace(FULL, valid_from=date(2026, 9, 1)))
    assert standing(procedure)[0] == ("PARTIAL", date(2023, 1, 1), NEW)


def test_the_first_one_leaves_nothing(place: ReviewingProvince, procedure: Procedure) -> None:
    (only,) = put(place, procedure, PARTIAL)
    withdraw_level(level=only, reason="Nhầm thủ tục", actor=place.keeper, at=MONDAY)
    assert standing(procedure) == []
    with pytest.raises(LevelWithdrawn):
        withdraw_level(level=only, reason="Nhầm thủ tục", actor=place.keeper, at=MONDAY)
    with pytest.raises(LevelWithdrawn):
        end_level(level=only, until=NEW, ground="Quyết định 8", actor=place.keeper, at=MONDAY)
    assert len(told("ServiceLevelWithdrawn")) == 1


def test_a_level_is_put_right_on_its_first_day(place: ReviewingProvince, procedure: Procedure) -> None:
    _, wrong = put(place, procedure, PARTIAL, FULL)
    right = replace(FULL, level=Level.PARTIAL, found=Found(needs_presence=True))

    row = correct_level(level=wrong, setting=right, reason="Ghi nhầm mức", actor=place.keeper, at=MONDAY)

    assert (row.level, row.valid_from, row.needs_presence) == ("PARTIAL", NEW, True)
    assert standing(procedure) == [("PARTIAL", date(2023, 1, 1), NEW), ("PARTIAL", NEW, None)]
    (event,) = told("ServiceLevelCorrected")
    assert (event["old_level"], event["level"], event["reason"]) == ("FULL", "PARTIAL", "Ghi nhầm mức")
    assert correct_level(level=row, setting=right, reason="Lần nữa", actor=place.keeper, at=MONDAY) == row
    assert len(told("ServiceLevelCorrected")) == 1


@pytest.mark.parametrize("day", [date(2026, 6, 1), date(2026, 7, 15)])
def test_the_one_before_follows_the_day_put_right(day: date, place: ReviewingProvince, procedure: Procedure) -> None:
    _, wrong, _ = put(place, procedure, PARTIAL, FULL, replace(PARTIAL, valid_from=date(2026, 8, 1)))
    setting = replace(FULL, valid_from=day)
    correct_level(level=wrong, setting=setting, reason="Nhầm ngày", actor=place.keeper, at=MONDAY)
    assert standing(procedure) == [
        ("PARTIAL", date(2023, 1, 1), day),
        ("FULL", day, date(2026, 8, 1)),
        ("PARTIAL", date(2026, 8, 1), None),
    ]


def test_one_that_was_ended_stays_ended_when_the_next_is_put_right(
    place: ReviewingProvince, procedure: Procedure
) -> None:
    (first,) = put(place, procedure, PARTIAL)
    end_level(level=first, until=date(2026, 1, 1), ground="Quyết định 8", actor=place.keeper, at=MONDAY)
    (second,) = put(place, procedure, FULL)
    setting = replace(FULL, valid_from=date(2026, 7, 2))
    correct_level(level=second, setting=setting, reason="Nhầm ngày", actor=place.keeper, at=MONDAY)
    assert standing(procedure)[0] == ("PARTIAL", date(2023, 1, 1), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("change", "after", "until"),
    [
        ({"valid_from": date(2023, 1, 1)}, date(2023, 1, 1), date(2026, 8, 1)),
        ({"valid_from": date(2026, 8, 1)}, date(2023, 1, 1), date(2026, 8, 1)),
    ],
)
def test_a_day_beyond_the_neighbours(
    change: dict[str, date], after: date, until: date, place: ReviewingProvince, procedure: Procedure
) -> None:
    _, wrong, _ = put(place, procedure, PARTIAL, FULL, replace(PARTIAL, valid_from=date(2026, 8, 1)))
    setting = replace(FULL, **change)  # type: ignore[arg-type]  # mypy reads every value as that of every field
    with pytest.raises(NotBetween) as refused:
        correct_level(level=wrong, setting=setting, reason="Nhầm ngày", actor=place.keeper, at=MONDAY)
    assert (refused.value.after, refused.value.until) == (after, until)


def test_what_cannot_stand_in_its_place(place: ReviewingProvince, procedure: Procedure) -> None:
    (level,) = put(place, procedure, FULL)
    for setting in (replace(FULL, level=Level.PROACTIVE_1), replace(FULL, unit=place.department)):
        with pytest.raises(OtherPlace):
            correct_level(level=level, setting=setting, reason="Nhầm", actor=place.keeper, at=MONDAY)
    with pytest.raises(LevelNotInScheme):
        correct_level(
            level=level,
            setting=replace(FULL, level=Level.LEGACY_4),
            reason="Nhầm",
            actor=place.keeper,
            at=MONDAY,
        )
    assert standing(procedure) == [("FULL", NEW, None)]


def test_a_level_ends_without_another(place: ReviewingProvince, procedure: Procedure) -> None:
    first, second = put(place, procedure, PARTIAL, FULL)
    for _ in range(2):
        end_level(level=second, until=date(2026, 12, 1), ground="Quyết định 8", actor=place.keeper, at=MONDAY)
    assert standing(procedure)[1] == ("FULL", NEW, date(2026, 12, 1))
    assert [one["valid_until"] for one in told("ServiceLevelEnded")] == ["2026-12-01"]
    with pytest.raises(NotBetween) as refused:
        end_level(level=second, until=NEW, ground="Quyết định 9", actor=place.keeper, at=MONDAY)
    assert (refused.value.after, refused.value.until) == (NEW, None)
    with pytest.raises(NotBetween) as refused:
        end_level(level=first, until=NEW, ground="Quyết định 9", actor=place.keeper, at=MONDAY)
    assert refused.value.until == NEW


def test_only_the_control_officer_of_the_province(place: ReviewingProvince, procedure: Procedure) -> None:
    (level,) = put(place, procedure, PARTIAL)
    acts: tuple[Callable[[], object], ...] = (
        lambda: withdraw_level(level=level, reason="Nhầm", actor=place.head, at=MONDAY),
        lambda: end_level(level=level, until=NEW, ground="Quyết định 8", actor=place.head, at=MONDAY),
        lambda: correct_level(level=level, setting=FULL, reason="Nhầm", actor=place.head, at=MONDAY),
    )
    for act in acts:
        with pytest.raises(MayNotKeepLevels):
            act()
    assert standing(procedure) == [("PARTIAL", date(2023, 1, 1), None)]
