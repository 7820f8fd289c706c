"""What pages show of the catalogue, and how many queries that takes."""

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.catalogue.queries import counts, procedure_page, sectors
from tests.catalogue.portal_lines import Record, load, record
from tests.make import make_offering

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)


def test_a_page_groups_papers_by_case_those_of_every_case_first(tmp_path: Path) -> None:
    papers: list[Record] = [
        {"name": "A", "case": "Ủy quyền"},
        {"name": "B", "originals": 2},
        {"name": "C", "case": "Ủy quyền"},
        {"name": "D", "case": "Khác"},
    ]
    load(tmp_path, record("1.001193", components=papers, decision_no="1/QĐ"))

    page = procedure_page("1.001193", TODAY)

    assert [(case.name, [(paper.position, paper.name) for paper in case.papers]) for case in page.cases] == [
        ("", [(2, "B")]),
        ("Ủy quyền", [(1, "A"), (3, "C")]),
        ("Khác", [(4, "D")]),
    ]
    assert (page.sector, page.level_label, page.decision_no, page.results) == (
        "Hộ tịch",
        "Cấp xã",
        "1/QĐ",
        ("Giấy khai sinh",),
    )
    assert (page.terms.limit_label, page.terms.fee_vnd, page.terms.needs_review) == ("ngày làm việc", 0, False)
    assert [channel.label for channel in page.channels] == ["Trực tiếp", "Trực tuyến"]


@pytest.mark.parametrize("many", [1, 30])
def test_a_page_takes_five_queries_whatever_it_shows(tmp_path: Path, many: int) -> None:
    load(tmp_path, record("1.001193", components=[{"name": f"Giấy {number}"} for number in range(many)]))
    for _ in range(many):
        make_offering(procedure=Procedure.objects.get())

    with CaptureQueriesContext(connection) as queries:
        page = procedure_page("1.001193", TODAY)

    assert (len(page.desks), len(queries)) == (many, 5)


def test_a_procedure_not_in_force_has_no_page(tmp_path: Path) -> None:
    load(tmp_path, record("1.001193"))
    Procedure.objects.update(withdrawn_on=TODAY)

    with pytest.raises(ProcedureVersion.DoesNotExist):
        procedure_page("1.001193", TODAY)


def test_counts_tell_what_is_in_force(tmp_path: Path) -> None:
    load(
        tmp_path,
        record("1.000001"),
        record("1.000002", one_stop=False, online_level="none", time_limit=None, time_limit_text="3"),
        record("1.000003"),
    )
    make_offering(procedure=Procedure.objects.get(code="1.000001"))
    Procedure.objects.filter(code="1.000003").update(withdrawn_on=TODAY)

    told = counts(TODAY)

    assert (told.procedures, told.one_stop, told.online, told.needing_review, told.offered) == (2, 1, 1, 1, 1)


def test_sectors_are_counted_and_sorted(tmp_path: Path) -> None:
    names = ["Đất đai", "Dược phẩm", "Hộ tịch", "Hộ tịch", "Ấn phẩm"]
    load(tmp_path, *(record(f"1.{number:06}", field=name) for number, name in enumerate(names, start=1)))

    with CaptureQueriesContext(connection) as queries:
        told = [(sector.name, sector.procedure_count) for sector in sectors(TODAY)]

    assert told == [("Ấn phẩm", 1), ("Dược phẩm", 1), ("Đất đai", 1), ("Hộ tịch", 2)]
    assert len(queries) == 1
