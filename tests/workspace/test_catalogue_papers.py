"""Papers about the catalogue to take away, on screen: a decision, its annex, the plan to simplify."""

from collections.abc import Callable

import pytest
from django.test import Client

from motcua.accounts.models import User
from motcua.rules.permissions import Role
from tests.catalogue.publishing import begun, make_province, new_line, published
from tests.catalogue.reviewing import examine, make_income, make_plan, make_review, make_reviewing_province
from tests.make import make_officer, make_unit

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]


def test_any_official_takes_a_decision_and_its_annex_away(at_work: AtWork) -> None:
    province = make_province()
    decision = begun(province)
    new_line(decision, province)
    page = f"/xu-ly/quyet-dinh-cong-bo/{decision.key}/"
    reader = at_work(make_officer(Role.RECEPTION_OFFICER, make_unit()))

    assert "Tải dự thảo (PDF)" in reader.get(page).content.decode()
    draft = reader.get(f"{page}pdf/")
    assert (draft.status_code, draft.headers["Content-Type"]) == (200, "application/pdf")
    assert draft.content.startswith(b"%PDF")
    annex = reader.get(f"{page}xlsx/")
    assert annex.headers["Content-Disposition"].endswith('.xlsx"')
    assert annex.content.startswith(b"PK")

    published(decision, province)
    assert "Tải quyết định (PDF)" in reader.get(page).content.decode()
    assert reader.get(f"{page}pdf/").content == reader.get(f"{page}pdf/").content != draft.content


def test_any_official_takes_a_plan_to_simplify_away(at_work: AtWork) -> None:
    place = make_reviewing_province()
    make_income()
    plan = make_plan(place.province)
    review = make_review(plan, place.department, place.keeper)
    reader = at_work(make_officer(Role.RECEPTION_OFFICER, make_unit()))
    page = f"/xu-ly/ra-soat/2026/{review.number}/"

    assert "Tải phương án" not in reader.get(page).content.decode()
    examine(review, place.keeper)
    assert "Tải phương án (PDF)" in reader.get(page).content.decode()
    assert reader.get(f"{page}pdf/").content.startswith(b"%PDF")
    assert reader.get("/xu-ly/ra-soat/2026/99/pdf/").status_code == 404
