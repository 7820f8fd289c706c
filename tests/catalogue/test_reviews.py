"""A review on its way from the plan to the new version in force (C-14 to C-16)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from motcua.accounts.models import User
from motcua.catalogue.commands import review_plans, reviews
from motcua.catalogue.commands.review_plans import (
    AlreadyPlanned,
    AlreadySet,
    LastDays,
    NotInForce,
    PlanIssued,
    PlanThere,
)
from motcua.catalogue.commands.reviews import IncomeUnknown, NothingInForce, ProposalLacks
from motcua.catalogue.models import CostLine, HourlyIncome, Procedure, ProcedureVersion, Review, ReviewPlan
from motcua.catalogue.review_facts import hourly_vnd_on, saving_of
from motcua.kernel.models import EventRecord
from motcua.rules.permissions import Role
from motcua.rules.procedure_parts import Part
from motcua.rules.simplification import Lack, MayNotReview, ReviewNotThere, Verdict
from tests.catalogue.reviewing import (
    AMENDING,
    ReviewingProvince,
    examine,
    line,
    make_income,
    make_plan,
    make_review,
    make_reviewing_province,
)
from tests.make import MONDAY, make_officer, make_procedure, make_unit

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(days=40)
DAYS = LastDays(date(2026, 1, 31), date(2026, 9, 15), "Văn bản của tỉnh")


@pytest.fixture
def place() -> ReviewingProvince:
    make_income()
    return make_reviewing_province()


@pytest.fixture
def review(place: ReviewingProvince) -> Review:
    return make_review(make_plan(place.province), place.department, place.keeper)


def proposed(review: Review, place: ReviewingProvince) -> Review:
    review = examine(review, place.focal)
    return reviews.propose_simplification(review=review, proposal=AMENDING, actor=place.focal, at=MONDAY)


def approved(review: Review, place: ReviewingProvince) -> Review:
    return reviews.approve_simplification(
        review=proposed(review, place),
        decision_no="15/QĐ-UBND",
        follow_up_on=date(2026, 12, 31),
        actor=place.chairman,
        at=MONDAY,
    )


def amend(review: Review) -> ProcedureVersion:
    """Publish the next version of the procedure, in force from the next day on."""
    first_day = MONDAY.date() + timedelta(days=1)
    ProcedureVersion.objects.filter(procedure=review.procedure).update(valid_until=first_day)
    return ProcedureVersion.objects.create(
        procedure=review.procedure,
        number=2,
        valid_from=first_day,
        title="Thủ tục gọn hơn",
        level="PROVINCE",
        published_at=MONDAY + timedelta(hours=3),
    )


def told(review: Review) -> list[str]:
    return list(
        EventRecord.objects.filter(subject=review.procedure.code).order_by("seq").values_list("kind", flat=True)
    )


def test_a_procedure_goes_from_the_plan_to_the_new_version(review: Review, place: ReviewingProvince) -> None:
    review = approved(review, place)
    assert (review.state, review.follow_up_on) == ("APPROVED", date(2026, 12, 31))
    with pytest.raises(NothingInForce):
        reviews.close_review(review=review, actor=place.focal, at=LATER)
    version = amend(review)

    closed = reviews.close_review(review=review, actor=place.focal, at=LATER)

    assert (closed.state, closed.closed_by) == ("IN_FORCE", version)
    assert told(review)[:2] == ["ReviewPlanned", "ReviewBegun"]
    assert told(review).count("PartAssessed") == len(Part)
    assert told(review)[-3:] == ["SimplificationProposed", "SimplificationApproved", "SimplificationInForce"]


def test_a_version_published_before_the_approval_closes_nothing(review: Review, place: ReviewingProvince) -> None:
    review = approved(review, place)
    Review.objects.filter(pk=review.pk).update(approved_at=MONDAY + timedelta(days=1))
    amend(review)

    with pytest.raises(NothingInForce):
        reviews.close_review(review=review, actor=place.focal, at=LATER)

    assert Review.objects.get(pk=review.pk).state == "APPROVED"


def test_an_abolition_is_in_force_once_the_procedure_is_withdrawn(review: Review, place: ReviewingProvince) -> None:
    review = examine(review, place.focal)
    proposal = reviews.Proposal(outcome=Verdict.ABOLISH, summary="Bãi bỏ")
    reviews.propose_simplification(review=review, proposal=proposal, actor=place.focal, at=MONDAY)
    review = reviews.approve_simplification(
        review=review, decision_no="16/QĐ-UBND", follow_up_on=None, actor=place.chairman, at=MONDAY
    )
    with pytest.raises(NothingInForce):
        reviews.close_review(review=review, actor=place.focal, at=LATER)
    review.procedure.withdrawn_on = LATER.date()
    review.procedure.save()

    closed = reviews.close_review(review=review, actor=place.focal, at=LATER)

    assert (closed.state, closed.closed_by) == ("IN_FORCE", None)


def test_keeping_everything_ends_with_the_approval(review: Review, place: ReviewingProvince) -> None:
    review = examine(review, place.focal, amended=None)
    proposal = reviews.Proposal(outcome=Verdict.KEEP, summary="Giữ nguyên")
    reviews.propose_simplification(review=review, proposal=proposal, actor=place.focal, at=MONDAY)

    review = reviews.approve_simplification(
        review=review, decision_no="17/QĐ-UBND", follow_up_on=date(2026, 12, 31), actor=place.chairman, at=MONDAY
    )

    assert (review.state, review.follow_up_on) == ("KEPT", None)


def test_what_is_given_back_can_be_changed_and_proposed_again(review: Review, place: ReviewingProvince) -> None:
    review = reviews.give_simplification_back(
        review=proposed(review, place), reason="Tính lại chi phí", actor=place.chairman, at=MONDAY
    )
    assert (review.state, review.remark) == ("GIVEN_BACK", "Tính lại chi phí")
    reviews.write_costs(review=review, side="AFTER", lines=[line(hours=Decimal(0))], actor=place.focal, at=MONDAY)

    again = reviews.propose_simplification(review=review, proposal=AMENDING, actor=place.focal, at=MONDAY)

    assert (again.state, again.remark) == ("PROPOSED", "")
    assert "SimplificationGivenBack" in told(review)


def test_a_proposal_that_lacks_something_is_refused_and_leaves_nothing(
    review: Review, place: ReviewingProvince
) -> None:
    review = reviews.begin_review(review=review, actor=place.focal, at=MONDAY)

    with pytest.raises(ProposalLacks) as refused:
        reviews.propose_simplification(review=review, proposal=AMENDING, actor=place.focal, at=MONDAY)

    assert Lack.PART_OPEN in refused.value.lacks
    assert Review.objects.get(pk=review.pk).state == "UNDER_REVIEW"
    assert told(review) == ["ReviewPlanned", "ReviewBegun"]


def test_what_lies_before_the_chairman_cannot_be_changed(review: Review, place: ReviewingProvince) -> None:
    review = proposed(review, place)
    kept = reviews.Assessment(verdict=Verdict.KEEP, reason="Khác")

    with pytest.raises(ReviewNotThere):
        reviews.assess_part(review=review, part=Part.NAME, found=kept, actor=place.focal, at=MONDAY)
    with pytest.raises(ReviewNotThere):
        reviews.write_costs(review=review, side="AFTER", lines=[], actor=place.focal, at=MONDAY)
    with pytest.raises(ReviewNotThere):
        reviews.propose_simplification(review=review, proposal=AMENDING, actor=place.focal, at=MONDAY)

    assert review.parts.get(part="NAME").reason == "Đã xem"
    assert review.costs.filter(side="AFTER").count() == 1


def test_only_the_chairman_of_the_province_decides(review: Review, place: ReviewingProvince) -> None:
    review = proposed(review, place)

    for somebody in (place.head, place.keeper, place.focal):
        with pytest.raises(MayNotReview):
            reviews.approve_simplification(
                review=review, decision_no="1/QĐ", follow_up_on=None, actor=somebody, at=MONDAY
            )
        with pytest.raises(MayNotReview):
            reviews.give_simplification_back(review=review, reason="Sai", actor=somebody, at=MONDAY)

    assert Review.objects.get(pk=review.pk).state == "PROPOSED"


def test_an_officer_of_another_unit_prepares_nothing(review: Review, place: ReviewingProvince) -> None:
    beside = make_unit(kind="DEPARTMENT", level="PROVINCE", parent=place.province)
    stranger = make_officer(Role.PROCEDURE_CONTROL_OFFICER, beside)

    with pytest.raises(MayNotReview):
        reviews.begin_review(review=review, actor=stranger, at=MONDAY)
    with pytest.raises(MayNotReview):
        make_review(review.plan, place.department, stranger)
    with pytest.raises(MayNotReview):
        review_plans.open_plan(year=2027, unit=place.province, days=DAYS, actor=stranger, at=MONDAY)

    assert not ReviewPlan.objects.filter(year=2027).exists()


def test_a_procedure_stands_once_in_a_plan(review: Review, place: ReviewingProvince) -> None:
    with pytest.raises(AlreadyPlanned) as refused:
        make_review(review.plan, place.department, place.keeper, procedure=review.procedure)
    assert refused.value.number == review.number

    reviews.drop_review(review=review, actor=place.focal, at=MONDAY)

    assert make_review(review.plan, place.department, place.keeper, procedure=review.procedure).number == 2


def test_the_database_holds_a_procedure_once_in_a_plan(review: Review) -> None:
    again = Review.objects.get(pk=review.pk)
    again.pk, again.number = None, 9

    with pytest.raises(IntegrityError, match="review_procedure_once_a_plan"), transaction.atomic():
        again.save()


def test_a_review_begun_twice_is_begun_once(review: Review, place: ReviewingProvince) -> None:
    begun = reviews.begin_review(review=review, actor=place.focal, at=MONDAY)

    with pytest.raises(ReviewNotThere):
        reviews.begin_review(review=begun, actor=place.focal, at=MONDAY)

    assert told(review).count("ReviewBegun") == 1


def make_ended() -> Procedure:
    procedure = make_procedure()
    ProcedureVersion.objects.filter(procedure=procedure).update(valid_until=date(2021, 1, 1))
    return procedure


def test_a_procedure_that_is_not_in_force_cannot_be_reviewed(place: ReviewingProvince) -> None:
    procedure, abolished = make_procedure(), make_procedure()
    plan = make_plan(place.province)
    review = make_review(plan, place.department, place.keeper, procedure=procedure)
    second = make_review(plan, place.department, place.keeper, procedure=abolished)
    ProcedureVersion.objects.filter(procedure=procedure).update(valid_until=date(2021, 1, 1))
    Procedure.objects.filter(pk=abolished.pk).update(withdrawn_on=date(2021, 1, 1))

    for one in (review, second):
        with pytest.raises(NothingInForce):
            reviews.begin_review(review=one, actor=place.focal, at=MONDAY)
    with pytest.raises(NotInForce):
        make_review(plan, place.department, place.keeper, procedure=make_ended())


def test_what_is_kept_saves_nothing_whatever_the_second_table_says(review: Review, place: ReviewingProvince) -> None:
    review = examine(review, place.focal)
    review.outcome = "KEEP"

    assert review.after_vnd is not None
    assert saving_of(review) is None


def test_without_an_income_nothing_is_counted(review: Review, place: ReviewingProvince) -> None:
    HourlyIncome.objects.all().delete()
    review = reviews.begin_review(review=review, actor=place.focal, at=MONDAY)

    with pytest.raises(IncomeUnknown):
        reviews.write_costs(review=review, side="BEFORE", lines=[line()], actor=place.focal, at=MONDAY)

    assert not CostLine.objects.exists()


def test_a_table_is_written_over_and_keeps_its_order(review: Review, place: ReviewingProvince) -> None:
    review = reviews.begin_review(review=review, actor=place.focal, at=MONDAY)
    for names in (["a", "b", "c"], ["d", "e"]):
        lines = [line(name=name) for name in names]
        reviews.write_costs(review=review, side="BEFORE", lines=lines, actor=place.focal, at=MONDAY)

    assert list(review.costs.order_by("position").values_list("position", "name")) == [(1, "d"), (2, "e")]


def test_what_is_saved(review: Review, place: ReviewingProvince) -> None:
    review = examine(review, place.focal)

    found = saving_of(review)

    assert found is not None
    assert (found.before_vnd, found.after_vnd, found.rate) == (30_000_000, 15_000_000, Decimal("50.00"))


def test_a_new_income_does_not_change_what_was_counted(review: Review, place: ReviewingProvince) -> None:
    review = examine(review, place.focal)
    make_income(yearly_vnd=211_200_000, valid_from=MONDAY.date())

    found = saving_of(Review.objects.get(pk=review.pk))

    assert hourly_vnd_on(MONDAY.date()) == 100_000
    assert hourly_vnd_on(MONDAY.date() - timedelta(days=1)) == 50_000
    assert hourly_vnd_on(date(2019, 1, 1)) is None
    assert found is not None
    assert found.before_vnd == 30_000_000


def test_an_abolished_procedure_costs_nothing_afterwards(review: Review, place: ReviewingProvince) -> None:
    review = examine(review, place.focal)
    review.outcome = "ABOLISH"

    review.after_vnd = None

    found = saving_of(review)

    assert found is not None
    assert (found.after_vnd, found.rate) == (0, Decimal("100.00"))


def test_nothing_is_saved_while_a_table_is_missing(review: Review, place: ReviewingProvince) -> None:
    assert saving_of(review) is None
    review = examine(review, place.focal)

    review = reviews.write_costs(review=review, side="AFTER", lines=[], actor=place.focal, at=MONDAY)

    assert (review.before_vnd, review.after_vnd) == (30_000_000, None)
    assert saving_of(review) is None


def test_both_tables_are_counted_by_one_income(review: Review, place: ReviewingProvince) -> None:
    review = examine(review, place.focal)
    make_income(yearly_vnd=211_200_000, valid_from=MONDAY.date())

    review = reviews.write_costs(review=review, side="AFTER", lines=[line()], actor=place.focal, at=MONDAY)

    assert (review.hourly_vnd, review.before_vnd, review.after_vnd) == (100_000, 60_000_000, 60_000_000)


def test_the_income_of_a_day_is_set_once_by_the_province(place: ReviewingProvince) -> None:
    def income() -> HourlyIncome:
        return HourlyIncome(valid_from=date(2026, 1, 1), yearly_income_vnd=1_000_000, source="Niên giám")

    with pytest.raises(MayNotReview):
        review_plans.set_hourly_income(income=income(), unit=place.province, actor=place.focal, at=MONDAY)
    review_plans.set_hourly_income(income=income(), unit=place.province, actor=place.keeper, at=MONDAY)
    with pytest.raises(AlreadySet):
        review_plans.set_hourly_income(income=income(), unit=place.province, actor=place.keeper, at=MONDAY)

    assert EventRecord.objects.filter(kind="HourlyIncomeSet").count() == 1


def test_what_holds_for_the_province_is_kept_by_no_unit_below_it(place: ReviewingProvince) -> None:
    income = HourlyIncome(valid_from=date(2026, 1, 1), yearly_income_vnd=1_000_000, source="Niên giám")

    with pytest.raises(MayNotReview):
        review_plans.set_hourly_income(income=income, unit=place.department, actor=place.focal, at=MONDAY)
    with pytest.raises(MayNotReview):
        review_plans.open_plan(year=2027, unit=place.department, days=DAYS, actor=place.focal, at=MONDAY)

    assert not HourlyIncome.objects.filter(source="Niên giám").exists()
    assert not ReviewPlan.objects.filter(year=2027).exists()


def issue(plan: ReviewPlan, actor: User) -> ReviewPlan:
    return review_plans.issue_plan(plan=plan, decision_no="3/QĐ-UBND", issued_on=MONDAY.date(), actor=actor, at=MONDAY)


def test_a_plan_is_opened_once_and_issued_once(place: ReviewingProvince) -> None:
    plan = review_plans.open_plan(year=2026, unit=place.province, days=DAYS, actor=place.keeper, at=MONDAY)
    with pytest.raises(PlanThere):
        review_plans.open_plan(year=2026, unit=place.province, days=DAYS, actor=place.keeper, at=MONDAY)
    with pytest.raises(MayNotReview):
        issue(plan, place.keeper)

    plan = issue(plan, place.chairman)

    with pytest.raises(PlanIssued):
        issue(plan, place.chairman)
    kinds = EventRecord.objects.filter(subject="review-plan-2026").order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["ReviewPlanOpened", "ReviewPlanIssued"]
    assert make_review(plan, place.department, place.keeper).number == 1


def test_the_answers_of_a_part_are_kept_and_written_over(review: Review, place: ReviewingProvince) -> None:
    review = reviews.begin_review(review=review, actor=place.focal, at=MONDAY)
    first = reviews.Assessment(
        verdict=Verdict.AMEND, reason="Có dữ liệu", proposal="Bỏ", necessity="Để biết", legality="Điều 5", data="CSDL"
    )
    reviews.assess_part(review=review, part=Part.PAPERS, found=first, actor=place.focal, at=MONDAY)
    reviews.assess_part(
        review=review, part=Part.PAPERS, found=replace(first, reason="Đã có dữ liệu"), actor=place.focal, at=MONDAY
    )

    row = review.parts.get()
    assert (row.verdict, row.reason, row.data) == ("AMEND", "Đã có dữ liệu", "CSDL")
