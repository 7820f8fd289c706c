"""A province with a department, their officers, a plan of 2026 and reviews in any state."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from motcua.accounts.models import User
from motcua.catalogue.commands import review_plans, reviews
from motcua.catalogue.models import CostLine, HourlyIncome, Procedure, Review, ReviewPlan
from motcua.organisations.models import Unit
from motcua.rules.permissions import Role
from motcua.rules.procedure_parts import Part
from motcua.rules.simplification import Verdict
from tests.make import LONG_AGO, MONDAY, make_officer, make_procedure, make_unit

JULY = date(2026, 7, 31)


@dataclass(frozen=True)
class ReviewingProvince:
    """The chairman decides, `keeper` prepares at the province, `focal` in the department; `head` signs there only."""

    province: Unit
    department: Unit
    keeper: User
    focal: User
    chairman: User
    head: User


def make_reviewing_province() -> ReviewingProvince:
    province = make_unit(name="Tỉnh Mường", kind="PROVINCE", level="PROVINCE")
    department = make_unit(name="Sở Xây dựng Mường", kind="DEPARTMENT", level="PROVINCE", parent=province)
    return ReviewingProvince(
        province=province,
        department=department,
        keeper=make_officer(Role.PROCEDURE_CONTROL_OFFICER, province),
        focal=make_officer(Role.PROCEDURE_CONTROL_OFFICER, department),
        chairman=make_officer(Role.SIGNER, province),
        head=make_officer(Role.SIGNER, department),
    )


def make_income(*, yearly_vnd: int = 105_600_000, valid_from: date = LONG_AGO) -> HourlyIncome:
    """An income of 50,000 dong an hour."""
    return HourlyIncome.objects.create(
        valid_from=valid_from, yearly_income_vnd=yearly_vnd, hours_a_year=2112, source="Niên giám thống kê"
    )


def make_plan(unit: Unit, *, year: int = 2026) -> ReviewPlan:
    return ReviewPlan.objects.create(
        year=year,
        unit=unit,
        plan_due_on=date(year, 1, 31),
        result_due_on=date(year, 9, 15),
        source="Văn bản của tỉnh",
    )


def make_review(
    plan: ReviewPlan, unit: Unit, keeper: User, *, procedure: Procedure | None = None, ends_on: date = JULY
) -> Review:
    """A procedure in the plan."""
    planned = review_plans.Planned(
        unit=unit,
        starts_on=date(plan.year, 1, 1),
        ends_on=ends_on,
        ground="FEEDBACK",
        ground_note="Người dân phản ánh nhiều giấy tờ",
        product="Phương án đơn giản hóa",
    )
    return review_plans.plan_review(
        plan=plan, procedure=procedure or make_procedure(limit="10"), planned=planned, actor=keeper, at=MONDAY
    )


def line(**changes: object) -> CostLine:
    """A row of 2 hours by 300 people once a year; 30,000,000 dong at 50,000 an hour."""
    told: dict[str, object] = {
        "activity": "PREPARE",
        "name": "Tờ khai",
        "hours": Decimal(2),
        "service_vnd": 0,
        "fee_vnd": 0,
        "times": Decimal(1),
        "subjects": 300,
    }
    return CostLine(**told | changes)


def examine(review: Review, keeper: User, *, amended: Part | None = Part.PAPERS, at: datetime = MONDAY) -> Review:
    """Begin a review and find everything: `amended` is to be changed, the rest kept; 30,000,000 -> 15,000,000 dong."""
    review = reviews.begin_review(review=review, actor=keeper, at=at)
    for part in Part:
        is_kept = part is not amended
        found = reviews.Assessment(
            verdict=Verdict.KEEP if is_kept else Verdict.AMEND,
            reason="Đã xem",
            proposal="" if is_kept else "Bỏ bản sao",
        )
        reviews.assess_part(review=review, part=part, found=found, actor=keeper, at=at)
    reviews.write_costs(review=review, side="BEFORE", lines=[line()], actor=keeper, at=at)
    return reviews.write_costs(review=review, side="AFTER", lines=[line(hours=Decimal(1))], actor=keeper, at=at)


AMENDING = reviews.Proposal(outcome=Verdict.AMEND, summary="Bỏ một bản sao", limit_after=Decimal(7))
