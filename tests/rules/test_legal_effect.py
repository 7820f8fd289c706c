"""From when until when documents hold, and what ends them (J-04, J-05)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.legal_effect import (
    ENDED,
    Change,
    Course,
    Document,
    EffectStatus,
    EndReason,
    Link,
    Relation,
    courses,
)

Y2018, Y2020, Y2022, Y2025 = date(2018, 6, 21), date(2020, 1, 1), date(2022, 1, 1), date(2025, 7, 1)
LAW, DECREE, CIRCULAR, LATER = 1, 2, 3, 4
S = EffectStatus


def course_of(key: int, documents: list[Document], *links: Link) -> Course:
    return courses(documents, links)[key]


def days(course: Course) -> list[tuple[date, EffectStatus]]:
    return [(change.on, change.status) for change in course.changes]


def test_a_document_without_an_end_holds_from_its_day() -> None:
    course = course_of(LAW, [Document(LAW, Y2018)])

    assert course.on(Y2018 - timedelta(days=1)) is S.NOT_YET
    assert course.on(Y2018) is S.IN_FORCE
    assert course.ended_on is None


def test_what_nobody_entered_is_unknown() -> None:
    course = course_of(LAW, [Document(LAW, None)])

    assert course.on(Y2025) is S.UNKNOWN


def test_an_end_without_a_beginning_is_known_from_that_day_only() -> None:
    course = course_of(LAW, [Document(LAW, None, until=Y2022)])

    assert (course.on(Y2020), course.on(Y2022)) == (S.UNKNOWN, S.EXPIRED_ALL)


@pytest.mark.parametrize(
    ("relation", "status", "reason"),
    [
        (Relation.REPLACES, S.EXPIRED_ALL, EndReason.REPLACED),
        (Relation.REPEALS, S.REPEALED, EndReason.REPEALED),
    ],
)
def test_a_replaced_document_ends_the_day_the_new_one_begins(
    relation: Relation, status: EffectStatus, reason: EndReason
) -> None:
    course = course_of(LAW, [Document(LAW, Y2018), Document(LATER, Y2025)], Link(LATER, LAW, relation))

    assert course.changes[-1] == Change(Y2025, status, reason, LATER)
    assert course.on(Y2025 - timedelta(days=1)) is S.IN_FORCE


def test_a_day_named_in_the_relation_comes_before_that_of_the_document() -> None:
    link = Link(LATER, LAW, Relation.REPEALS, from_day=Y2022)

    assert course_of(LAW, [Document(LAW, Y2018), Document(LATER, Y2025)], link).ended_on == Y2022


def test_a_replacement_nobody_dated_ends_nothing() -> None:
    link = Link(LATER, LAW, Relation.REPLACES)
    suspended = Link(LATER, LAW, Relation.SUSPENDS)

    assert course_of(LAW, [Document(LAW, Y2018), Document(LATER, None)], link, suspended).ended_on is None


def test_the_earliest_of_several_ends_counts() -> None:
    documents = [Document(LAW, Y2018, until=Y2025), Document(LATER, Y2022)]

    assert course_of(LAW, documents, Link(LATER, LAW, Relation.REPLACES)).ended_on == Y2022


def test_implementing_documents_fall_with_their_parent_down_the_chain() -> None:
    documents = [Document(LAW, Y2018), Document(DECREE, Y2018), Document(CIRCULAR, Y2020), Document(LATER, Y2025)]
    links = (
        Link(DECREE, LAW, Relation.DETAILS),
        Link(CIRCULAR, DECREE, Relation.DETAILS),
        Link(LATER, LAW, Relation.REPLACES),
    )

    assert course_of(CIRCULAR, documents, *links).changes[-1] == Change(
        Y2025, S.EXPIRED_ALL, EndReason.FELL_WITH_PARENT, DECREE
    )


def test_a_document_declared_still_valid_does_not_fall_and_holds_up_what_details_it() -> None:
    documents = [
        Document(LAW, Y2018, until=Y2022),
        Document(DECREE, Y2018, is_declared_valid=True),
        Document(CIRCULAR, Y2018),
    ]
    links = (Link(DECREE, LAW, Relation.DETAILS), Link(CIRCULAR, DECREE, Relation.DETAILS))

    assert course_of(DECREE, documents, *links).on(Y2025) is S.IN_FORCE
    assert course_of(CIRCULAR, documents, *links).on(Y2025) is S.IN_FORCE


def test_who_details_two_loses_a_part_with_the_first_and_falls_with_the_last() -> None:
    documents = [Document(LAW, Y2018, until=Y2022), Document(LATER, Y2018, until=Y2025), Document(DECREE, Y2018)]
    links = (Link(DECREE, LAW, Relation.DETAILS), Link(DECREE, LATER, Relation.DETAILS))

    assert days(course_of(DECREE, documents, *links)) == [
        (Y2018, S.IN_FORCE),
        (Y2022, S.EXPIRED_PART),
        (Y2025, S.EXPIRED_ALL),
    ]


def test_documents_that_detail_each_other_fall_together_or_not_at_all() -> None:
    circle = (Link(LAW, DECREE, Relation.DETAILS), Link(DECREE, LAW, Relation.DETAILS))

    assert course_of(LAW, [Document(LAW, Y2018), Document(DECREE, Y2018)], *circle).ended_on is None
    assert course_of(LAW, [Document(LAW, Y2018), Document(DECREE, Y2018, until=Y2022)], *circle).ended_on == Y2022


def test_a_part_that_goes_leaves_the_rest() -> None:
    link = Link(LATER, LAW, Relation.REPEALS, articles="Điều 5")
    course = course_of(LAW, [Document(LAW, Y2018), Document(LATER, Y2022)], link)

    assert course.changes[-1] == Change(Y2022, S.EXPIRED_PART, EndReason.REPEALED, LATER, "Điều 5")
    assert course.ended_on is None


def test_a_suspension_ends_and_what_had_gone_before_stays_gone() -> None:
    documents = [Document(LAW, Y2018), Document(LATER, Y2018)]
    suspended = Link(LATER, LAW, Relation.SUSPENDS, from_day=Y2022, until=Y2025)
    part_gone = Link(LATER, LAW, Relation.REPLACES, "Điều 1", from_day=Y2020)

    assert days(course_of(LAW, documents, suspended))[1:] == [(Y2022, S.SUSPENDED_ALL), (Y2025, S.IN_FORCE)]
    assert course_of(LAW, documents, suspended, part_gone).on(Y2025) is S.EXPIRED_PART
    partly = Link(LATER, LAW, Relation.SUSPENDS, "Điều 2", Y2022)
    assert course_of(LAW, documents, partly).on(Y2025) is S.SUSPENDED_PART


def test_a_document_that_ends_before_it_begins_never_holds() -> None:
    course = course_of(LAW, [Document(LAW, Y2022, until=Y2020)])

    assert [course.on(day) for day in (Y2018, Y2020, Y2022, Y2025)] == [S.UNKNOWN, *[S.EXPIRED_ALL] * 3]


def test_a_part_repealed_during_a_suspension_and_two_suspensions_at_once() -> None:
    documents = [Document(LAW, Y2018), Document(LATER, Y2018), Document(DECREE, Y2018)]
    whole = Link(LATER, LAW, Relation.SUSPENDS, from_day=Y2020, until=Y2025)
    part_gone = Link(LATER, LAW, Relation.REPEALS, "Điều 1", from_day=Y2022)
    partly = Link(DECREE, LAW, Relation.SUSPENDS, "Điều 2", Y2022, date(2026, 1, 1))

    repealed, both = course_of(LAW, documents, whole, part_gone), course_of(LAW, documents, whole, partly)

    assert [repealed.on(day) for day in (Y2022, Y2025)] == [S.SUSPENDED_ALL, S.EXPIRED_PART]
    assert [both.on(day) for day in (Y2022, Y2025, date(2026, 1, 1))] == [
        S.SUSPENDED_ALL,
        S.SUSPENDED_PART,
        S.IN_FORCE,
    ]


def test_a_link_to_what_is_not_there_counts_for_nothing() -> None:
    assert course_of(LAW, [Document(LAW, Y2018)], Link(LATER, LAW, Relation.REPEALS)).ended_on is None


KEYS = st.integers(1, 6)
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))
DOCUMENTS = st.dictionaries(KEYS, st.tuples(st.none() | DAYS, st.none() | DAYS, st.booleans()), min_size=1)
LINKS = st.lists(
    st.builds(Link, KEYS, KEYS, st.sampled_from(Relation), st.sampled_from(["", "Điều 1"]), st.none() | DAYS)
)


@given(DOCUMENTS, LINKS)
def test_nothing_happens_after_the_end_and_days_are_in_order(
    entered: dict[int, tuple[date | None, date | None, bool]], links: list[Link]
) -> None:
    documents = [
        Document(key, begins, until, is_declared_valid=stays) for key, (begins, until, stays) in entered.items()
    ]

    for course in courses(documents, links).values():
        assert [change.on for change in course.changes[1:-1]] == sorted(change.on for change in course.changes[1:-1])
        assert all(change.status not in ENDED for change in course.changes[:-1])
        if course.ended_on is not None:
            assert course.on(date.max) in ENDED


@given(DOCUMENTS, LINKS)
def test_a_child_never_outlives_all_its_parents(
    entered: dict[int, tuple[date | None, date | None, bool]], links: list[Link]
) -> None:
    documents = [Document(key, begins, until) for key, (begins, until, _) in entered.items()]
    found = courses(documents, links)

    for key, course in found.items():
        parents = {
            link.target
            for link in links
            if link.relation is Relation.DETAILS and link.source == key and link.target in found
        }
        ends = [found[parent].ended_on for parent in parents]
        if ends and all(end is not None for end in ends):
            assert course.ended_on is not None
            assert course.ended_on <= max(end for end in ends if end is not None)
