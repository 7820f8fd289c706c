"""A load takes in what is told from above, and leaves what the province's own list decides (C-05)."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from motcua.catalogue.commands.load_procedures import load_procedures
from motcua.catalogue.commands.publication_drafts import write_content
from motcua.catalogue.contents import content_of
from motcua.catalogue.models import Procedure, ProcedureVersion
from tests.catalogue.portal_lines import load, record, write_lines
from tests.catalogue.publishing import THREE_DAYS, begun, line_of, make_province, published
from tests.make import MONDAY

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
LATER = MONDAY + timedelta(days=30)


def put_on_the_list(effective_on: date = TODAY) -> None:
    """The loaded procedure, with a limit of three days by the chairman's list."""
    province = make_province()
    decision = begun(province, effective_on=effective_on)
    line = line_of(decision, province, Procedure.objects.get())
    assert line.version is not None
    content = replace(content_of(line.version), terms=THREE_DAYS)
    write_content(line=line, content=content, note="Giảm thời hạn", actor=province.officer, at=MONDAY)
    published(decision, province)


def test_the_same_file_after_a_list_changes_nothing(tmp_path: Path) -> None:
    load(tmp_path, record())
    put_on_the_list()

    report = load(tmp_path, record())

    assert (report.unchanged, report.changed, report.kept) == (1, 0, 0)
    assert ProcedureVersion.objects.get(valid_until=None).limit == THREE_DAYS.limit


def test_what_a_list_does_not_decide_goes_on_being_loaded(tmp_path: Path) -> None:
    load(tmp_path, record())
    put_on_the_list()
    changes = {"requirements": "Phải đủ 18 tuổi", "time_limit_text": "9 Ngày", "source_date": "2026-04"}
    path = write_lines(tmp_path / "later.jsonl", record(**changes))

    reports = [load_procedures(path, at=LATER) for _time in range(2)]

    assert [(report.changed, report.unchanged) for report in reports] == [(1, 0), (0, 1)]
    version = ProcedureVersion.objects.get(valid_until=None)
    assert (version.conditions, version.limit, version.decision_no) == (
        "Phải đủ 18 tuổi",
        THREE_DAYS.limit,
        "15/QĐ-UBND",
    )
    assert version.source_date == "2026-04"


def test_a_list_that_has_not_begun_is_left_until_it_has(tmp_path: Path) -> None:
    load(tmp_path, record())
    put_on_the_list(effective_on=LATER.date() + timedelta(days=1))
    path = write_lines(tmp_path / "later.jsonl", record(requirements="Phải đủ 18 tuổi", source_date="2026-02"))

    before = load_procedures(path, at=LATER)
    after = load_procedures(path, at=LATER + timedelta(days=2))

    assert (before.kept, before.changed) == (1, 0)
    assert after.changed == 1
    assert ProcedureVersion.objects.get(valid_until=None).limit == THREE_DAYS.limit
