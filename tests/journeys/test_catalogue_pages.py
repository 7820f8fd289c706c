"""An amendment as the officer who controls procedures follows it: seen word by word, counted, its gaps closed."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from motcua.catalogue.commands.publish_procedure import publish_procedure
from motcua.catalogue.contents import content_of
from motcua.catalogue.definitions import ProcedureDefinition, Publication
from motcua.catalogue.models import Procedure
from motcua.rules.time_limits import LimitUnit, TimeLimit
from tests.journeys.conftest import NewVisitor
from tests.journeys.looking import complaints
from tests.journeys.province import BUILDING_PERMIT, MORNING
from tests.journeys.stage import person
from tests.journeys.visitor import signed_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


def amend(code: str) -> None:
    """Publish the procedure anew from today on: a shorter limit, a paper less, one named otherwise, no conditions."""
    procedure = Procedure.objects.select_related("sector").get(code=code)
    content = content_of(procedure.versions.latest("number"))
    first, *others = content.papers
    amended = replace(
        content,
        terms=replace(content.terms, limit=TimeLimit(Decimal(7), LimitUnit.WORKING_DAY)),
        papers=(replace(first, name=f"{first.name} (bản điện tử)"), *others[:-1]),
        conditions="",
        steps=("Nộp hồ sơ trên Cổng dịch vụ công.", *content.steps[1:]),
        legal_basis=(*content.legal_basis, "1/2026/NĐ-CP"),
        decision_no="7/QĐ-UBND",
    )
    definition = ProcedureDefinition(code=code, sector=procedure.sector.name, content=amended)
    publication = Publication(definition=definition, valid_from=MORNING.date())
    publish_procedure(publication=publication, actor=None, at=MORNING - timedelta(hours=1))


def test_an_amendment_is_read_counted_and_completed(site: str, new_visitor: NewVisitor) -> None:
    amend(BUILDING_PERMIT)
    control = signed_in(new_visitor(), person("kiemsoat"))

    control.open(f"/xu-ly/danh-muc/{BUILDING_PERMIT}/")
    control.press("So sánh")
    assert control.page.locator("ins", has_text="7").count() >= 1
    assert control.page.locator("del").count() >= 2
    assert complaints(control) == []

    control.open("/xu-ly/danh-muc/bien-dong/?tu=03/03/2026&den=03/03/2026")
    assert "Số liệu khớp" in control.text()
    assert complaints(control) == []

    control.open("/xu-ly/danh-muc/chat-luong/?loi=CONDITIONS")
    control.page.locator(f'a[href="/xu-ly/danh-muc/{BUILDING_PERMIT}/2/"]').click()
    control.page.get_by_role("button", name="Xác nhận không có Yêu cầu, điều kiện").click()
    assert "Đã xác nhận là không có." in control.text()
    assert complaints(control) == []
