"""Procedures of another installation: what holds names them, and what is to come begins on its own day (C-12)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from motcua.catalogue.carried import CarriedProcedure, CarriedVersion, carried_procedures
from motcua.catalogue.commands.bring_in_procedures import bring_in_procedures, publish_anew
from motcua.catalogue.commands.take_effect import name_what_takes_effect
from motcua.catalogue.content_checks import ContentUnfit, open_versions, require_fit_since
from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.kernel.models import EventRecord
from motcua.rules.declarations import FieldDefinition
from motcua.rules.publication import Fault
from motcua.rules.time_limits import LimitUnit, TimeLimit
from motcua.rules.vietnamese import search_key
from tests.make import LONG_AGO, MONDAY, make_procedure

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
TO_COME = TODAY + timedelta(days=30)


def carried_with(*, now: str, to_come: str) -> CarriedProcedure:
    """A procedure with a version in force and one that begins in thirty days."""
    make_procedure(title="Đăng ký khai tử")
    (told,) = carried_procedures()
    first = titled(told.versions[0], now, 1, LONG_AGO)
    return replace(
        told,
        title=now,
        versions=(replace(first, valid_until=TO_COME), titled(told.versions[0], to_come, 2, TO_COME)),
    )


def titled(version: CarriedVersion, title: str, number: int, valid_from: date) -> CarriedVersion:
    content = replace(version.content, title=title)
    return replace(version, number=number, valid_from=valid_from, content=content, content_hash=title)


def said() -> list[tuple[str, date, date | None]]:
    rows = ProcedureVersion.objects.order_by("number")
    return [(row.title, row.valid_from, row.valid_until) for row in rows]


def test_what_is_to_come_does_not_begin_today() -> None:
    told = carried_with(now="Tên đang dùng", to_come="Tên sau này")

    for _time in range(2):
        publish_anew(told, on=TODAY, actor=None, at=MONDAY)

    assert said() == [
        ("Đăng ký khai tử", LONG_AGO, TODAY),
        ("Tên đang dùng", TODAY, TO_COME),
        ("Tên sau này", TO_COME, None),
    ]
    procedure = Procedure.objects.get()
    assert (procedure.title, procedure.search_key) == ("Tên đang dùng", search_key("Tên đang dùng"))
    assert EventRecord.objects.filter(kind="ProcedurePublished", subject=procedure.code).count() == 2


def test_where_only_what_is_to_come_differs_today_stays() -> None:
    told = carried_with(now="Tên đang dùng", to_come="Tên sau này")
    publish_anew(replace(told, versions=told.versions[:1]), on=TODAY, actor=None, at=MONDAY)

    publish_anew(told, on=TODAY + timedelta(days=1), actor=None, at=MONDAY + timedelta(days=1))

    assert said()[1:] == [("Tên đang dùng", TODAY, TO_COME), ("Tên sau này", TO_COME, None)]


def test_after_what_is_to_come_here_the_newest_follows_alone() -> None:
    told = carried_with(now="Tên đang dùng", to_come="Tên sau này")
    publish_anew(told, on=TODAY, actor=None, at=MONDAY)
    other = replace(told, versions=(*told.versions[:1], titled(told.versions[1], "Tên khác", 2, TO_COME)))

    publish_anew(other, on=TODAY, actor=None, at=MONDAY)

    assert said()[-2:] == [
        ("Tên sau này", TO_COME, TO_COME + timedelta(days=1)),
        ("Tên khác", TO_COME + timedelta(days=1), None),
    ]


def test_a_procedure_brought_in_is_found_by_what_holds_until_the_next_takes_effect() -> None:
    told = replace(carried_with(now="Tên đang dùng", to_come="Tên sau này"), code="3.000009")

    bring_in_procedures([told], package="p", actor=None, at=MONDAY)

    procedure = Procedure.objects.get(code="3.000009")
    assert (procedure.title, procedure.search_key) == ("Tên đang dùng", search_key("Tên đang dùng"))
    name_what_takes_effect(at=MONDAY + timedelta(days=31))
    procedure.refresh_from_db()
    assert (procedure.title, procedure.search_key) == ("Tên sau này", search_key("Tên sau này"))


def test_content_that_a_process_here_does_not_keep_is_not_published_anew() -> None:
    told = carried_with(now="Tên đang dùng", to_come="Tên sau này")
    first = told.versions[0]
    short = replace(
        first.content, terms=replace(first.content.terms, limit=TimeLimit(Decimal(1), LimitUnit.WORKING_HOUR))
    )

    with pytest.raises(ContentUnfit) as refused:
        publish_anew(replace(told, versions=(replace(first, content=short),)), on=TODAY, actor=None, at=MONDAY)

    assert [flaw.fault for flaw in refused.value.flaws] == [Fault.PROCESS_TOO_LONG]


def test_versions_that_came_since_are_checked_as_a_publication_is() -> None:
    told = carried_with(now="Tên đang dùng", to_come="Tên sau này")
    before, first = open_versions(), told.versions[0]
    unsound = replace(first.content, declaration=(FieldDefinition("Khóa sai", "Họ tên", "text"),))
    version = replace(first, valid_until=None, content=unsound)
    bring_in_procedures([replace(told, code="3.000009", versions=(version,))], package="p", actor=None, at=MONDAY)

    with pytest.raises(ContentUnfit) as refused:
        require_fit_since(before, TODAY)

    assert (refused.value.code, refused.value.flaws[0].fault) == ("3.000009", Fault.DECLARATION_UNSOUND)
    require_fit_since(open_versions(), TODAY)
