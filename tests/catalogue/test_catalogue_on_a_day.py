"""The catalogue on any day, against a model that writes down every day of every procedure."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.catalogue.commands.publish_procedure import publish_procedure
from motcua.catalogue.commands.withdraw_procedure import AlreadyWithdrawn, withdraw_procedure
from motcua.catalogue.definitions import Content, ProcedureDefinition, Publication, TermsDefinition
from motcua.catalogue.models import Offering, Procedure, ProcedureVersion
from motcua.catalogue.queries.day import PAGE_SIZE, Narrowing, catalogue_on, sector_choices, unit_choices, version_on
from tests.make import MONDAY, make_offering, make_procedure

pytestmark = pytest.mark.django_db

START = date(2026, 1, 1)
SPAN = 12
CODES = ("1.000001", "1.000002")
LEVELS = ("PROVINCE", "COMMUNE")


def published(
    code: str, day: date, *, title: str = "Cấp giấy phép", level: str = "COMMUNE", sector: str = "Hộ tịch"
) -> int:
    content = Content(title=title, level=level, terms=TermsDefinition())
    definition = ProcedureDefinition(code=code, sector=sector, content=content)
    publication = Publication(definition=definition, valid_from=day)
    return publish_procedure(publication=publication, actor=None, at=MONDAY).number


def withdrawn(code: str, day: date) -> None:
    withdraw_procedure(procedure=Procedure.objects.get(code=code), on=day, replaced_by=None, actor=None, at=MONDAY)


@dataclass(frozen=True)
class Act:
    """What is done to one procedure, for the day `START + offset`; a withdrawal when `level` is empty."""

    code: str
    offset: int
    level: str


ACTS = st.lists(
    st.builds(Act, st.sampled_from(CODES), st.integers(0, SPAN - 1), st.sampled_from((*LEVELS, *LEVELS, ""))),
    max_size=8,
)


class DayByDay:
    """The brute force: for each procedure and each day, the version and the level that a reader would be told."""

    def __init__(self) -> None:
        self.told: dict[str, dict[date, tuple[int, str]]] = {code: {} for code in CODES}
        self.last_start: dict[str, date] = {}
        self.count: dict[str, int] = dict.fromkeys(CODES, 0)
        self.gone_from: dict[str, date] = {}

    def publish(self, code: str, wanted: date, level: str) -> None:
        start = wanted
        while code in self.last_start and start <= self.last_start[code]:
            start += timedelta(days=1)
        self.last_start[code] = start
        self.count[code] += 1
        for offset in range(2 * SPAN):
            day = START + timedelta(days=offset)
            if day >= start:
                self.told[code][day] = (self.count[code], level)

    def in_force(self, code: str, day: date) -> tuple[int, str] | None:
        if code in self.gone_from and day >= self.gone_from[code]:
            return None
        return self.told[code].get(day)


def played(acts: list[Act]) -> DayByDay:
    model = DayByDay()
    for number, act in enumerate(acts):
        day = START + timedelta(days=act.offset)
        if act.level:
            published(act.code, day, title=f"Lần {number}", level=act.level)
            model.publish(act.code, day, act.level)
        elif model.count[act.code]:
            try:
                withdrawn(act.code, day)
            except AlreadyWithdrawn:
                assert act.code in model.gone_from
            else:
                model.gone_from[act.code] = day
    return model


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_any_sequence_of_acts_gives_on_any_day_one_version_or_none(acts: list[Act]) -> None:
    with transaction.atomic():
        model = played(acts)
        for offset in range(-1, SPAN + 10):
            day = START + timedelta(days=offset)
            expected = {code: model.in_force(code, day) for code in CODES}
            found = catalogue_on(day).lines
            assert len(found) == len({line.code for line in found})
            assert {line.code: line.version for line in found} == {
                code: told[0] for code, told in expected.items() if told
            }
            for level in LEVELS:
                narrowed = catalogue_on(day, Narrowing(level=level)).lines
                assert {line.code for line in narrowed} == {
                    code for code, told in expected.items() if told and told[1] == level
                }
        today = START + timedelta(days=SPAN // 2)
        assert [version_on(code, today) for code in CODES] == [
            told[0] if (told := model.in_force(code, today)) else None for code in CODES
        ]
        transaction.set_rollback(True)


def test_two_changes_on_one_day_hold_one_after_the_other() -> None:
    published("1.000001", START, title="Một")
    published("1.000001", START, title="Hai")

    assert [version_on("1.000001", START + timedelta(days=n)) for n in (-1, 0, 1)] == [None, 1, 2]


def test_a_line_says_until_when_it_holds_as_far_as_is_known() -> None:
    published("1.000001", START, title="Một")
    coming = START + timedelta(days=9)
    published("1.000001", coming, title="Hai")
    withdrawn("1.000001", coming + timedelta(days=3))

    (now,), (later,) = catalogue_on(START).lines, catalogue_on(coming).lines

    assert (now.title, now.level, now.sector, now.valid_from, now.ends_on) == (
        "Một",
        "Cấp xã",
        "Hộ tịch",
        START,
        coming,
    )
    assert (later.title, later.ends_on) == ("Hai", coming + timedelta(days=3))
    assert catalogue_on(coming + timedelta(days=3)).total == 0


def test_a_draft_is_in_force_on_no_day() -> None:
    procedure = make_procedure()
    ProcedureVersion.objects.filter(procedure=procedure).update(valid_until=START)
    ProcedureVersion.objects.create(procedure=procedure, number=2, valid_from=START, title="Dự thảo", level="COMMUNE")

    assert version_on(procedure.code, START - timedelta(days=1)) == 1
    assert version_on(procedure.code, START) is None


def test_the_list_is_narrowed_by_sector_unit_and_words_of_that_day() -> None:
    offering = make_offering(procedure=make_procedure(title="Đăng ký khai sinh"))
    other = make_procedure(title="Đăng ký kết hôn")
    published("9.000001", START, title="Cấp giấy phép xây dựng", sector="Xây dựng")
    ended = START + timedelta(days=5)
    Offering.objects.filter(pk=offering.pk).update(valid_until=ended)

    def codes(day: date = START, **narrowed: str) -> set[str]:
        return {line.code for line in catalogue_on(day, Narrowing(**narrowed)).lines}

    birth = offering.procedure.code
    assert codes() == {birth, other.code, "9.000001"}
    assert codes(sector="xay-dung") == {"9.000001"}
    assert codes(unit=offering.competent_unit.code) == codes(unit=offering.receiving_unit.code) == {birth}
    assert codes(ended, unit=offering.competent_unit.code) == codes(unit="khong-co") == set()
    assert codes(text="khai dang") == {birth}
    assert codes(text=other.code) == {other.code}
    assert codes(text="khong co chu nay") == set()
    published("9.000001", ended, title="Cấp phép công trình", sector="Xây dựng")
    assert codes(text="giấy phép xây dựng") == {"9.000001"}
    assert codes(ended, text="giấy phép xây dựng") == set()
    assert {choice.code for choice in sector_choices()} == {"ho-tich", "xay-dung"}
    assert {choice.code for choice in unit_choices()} == {offering.competent_unit.code, offering.receiving_unit.code}


@pytest.mark.parametrize("many", [1, 30])
def test_a_page_takes_two_queries_however_many_it_shows(many: int) -> None:
    for _ in range(many):
        make_procedure()
    with CaptureQueriesContext(connection) as queries:
        page = catalogue_on(MONDAY.date())

    assert (len(queries), len(page.lines), page.total) == (2, many, many)


def test_pages_follow_one_another_and_one_beyond_the_last_is_the_last() -> None:
    first = make_procedure()
    version = first.versions.get()
    for number in range(PAGE_SIZE):
        row = beside(first, f"8.{number:06}")
        ProcedureVersion.objects.create(
            procedure=row,
            number=1,
            valid_from=version.valid_from,
            title=row.title,
            level="COMMUNE",
            published_at=MONDAY,
        )

    pages = [catalogue_on(MONDAY.date(), number=number) for number in (1, 2, 99)]

    assert [(page.number, page.last, page.total, len(page.lines)) for page in pages] == [
        (1, 2, PAGE_SIZE + 1, PAGE_SIZE),
        (2, 2, PAGE_SIZE + 1, 1),
        (2, 2, PAGE_SIZE + 1, 1),
    ]
    assert len({line.code for page in pages[:2] for line in page.lines}) == PAGE_SIZE + 1


def beside(procedure: Procedure, code: str) -> Procedure:
    return Procedure.objects.create(
        code=code,
        title=procedure.title,
        sector=procedure.sector,
        sort_key=procedure.sort_key,
        search_key=procedure.search_key,
    )
