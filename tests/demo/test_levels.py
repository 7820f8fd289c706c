"""The levels of online service that the demonstration shows: believable, set by commands, loaded once."""

from datetime import date

import pytest

from motcua.catalogue.models import Procedure, ServiceLevel, ServiceTarget
from motcua.catalogue.queries.service_levels import levels_of_day
from motcua.demo.commands.load_catalogue import load_catalogue
from motcua.demo.commands.load_levels import load_levels
from motcua.demo.commands.load_people import load_people
from motcua.demo.commands.load_units import load_units
from motcua.demo.definitions import procedures
from motcua.demo.level_definitions import service_levels
from motcua.kernel.models import EventRecord
from motcua.rules.service_levels import Level
from tests.make import MONDAY

ONLY = ("1.001193", "1.000656", "1.000703", "1.013225", "1.014027", "2.000815")


def test_every_procedure_of_the_lists_is_one_of_the_demonstration() -> None:
    known = {one.code for one in procedures()}
    said = service_levels()
    named = {code for one in (*said.lists, said.mistake.levels) for code in one.procedures}
    assert named <= known


@pytest.mark.django_db
def test_the_levels_are_loaded_once() -> None:
    units = load_units(at=MONDAY, step=lambda: None)
    load_people(units=units, at=MONDAY, step=lambda: None)
    load_catalogue(units=units, at=MONDAY, step=lambda: None, only=ONLY)

    for _again in range(2):
        load_levels(units=units, at=MONDAY)

    assert Procedure.objects.count() == len(ONLY)
    assert levels_of_day(date(2026, 8, 1)).counts == {Level.FULL: 3, Level.PARTIAL: 2, Level.INFORMATION: 1}
    assert levels_of_day(date(2026, 8, 1)).proactive_counts == {Level.PROACTIVE_2: 1}
    wrong = ServiceLevel.objects.get(withdrawn_at__isnull=False)
    assert (wrong.procedure.code, wrong.valid_from) == ("1.000703", date(2062, 3, 1))
    assert ServiceLevel.objects.get(unit=units["H18.31"]).procedure.code == "1.013225"
    assert ServiceTarget.objects.count() == 6
    assert EventRecord.objects.filter(kind="ServiceLevelSet").count() == ServiceLevel.objects.count()
