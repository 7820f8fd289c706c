"""Invented linked applications go through the commands of the site, each as its plot has it."""

import random
from pathlib import Path

import pytest

from motcua.catalogue.commands.publish_linked_group import GroupDefinition
from motcua.demo.commands.linked_lives import LinkedLife, Plot, staffed_offers
from motcua.demo.commands.lives import ToldAlready
from motcua.demo.definitions import linked_groups
from motcua.demo.linked_definitions import read_linked_groups
from motcua.demo.records import DefinitionFault
from motcua.dossiers.models import LinkedApplication
from motcua.rules.linked import LegState, WholeState, check_group
from motcua.rules.permissions import Role
from tests.linked import make_group
from tests.make import MONDAY

GRANTED, REFUSED, NOT_NEEDED = LegState.GRANTED, LegState.NOT_GRANTED, LegState.NOT_NEEDED
WAITING, OPEN = LegState.WAITING, LegState.OPEN


@pytest.mark.parametrize("group", linked_groups(), ids=lambda group: group.code)
def test_the_groups_of_the_demonstration_can_be_gone_through(group: GroupDefinition) -> None:
    check_group({number: frozenset(leg.needs) for number, leg in enumerate(group.legs, start=1)})

    assert len(group.legs) == 3


def test_a_leg_of_an_unknown_procedure_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "linked.yaml"
    said = 'code: x, name: X, summary: x, source: x, keywords: [x], life_events: [x], legs: [{procedure: "9.9"}]'
    path.write_text(f"groups: [{{{said}}}]")

    with pytest.raises(DefinitionFault):
        read_linked_groups(path)


@pytest.mark.django_db
def test_each_story_comes_to_where_its_plot_has_it() -> None:
    linked = make_group()
    roles = {
        Role.DISPATCHER: "dispatcher",
        Role.PROCESSING_OFFICER: "officer",
        Role.SIGNER: "signer",
        Role.RECORDS_CLERK: "clerk",
    }
    people = {
        (role, office.offering.competent_unit_id): (getattr(office, name),)
        for office in linked.offices
        for role, name in roles.items()
    }
    people[Role.RECEPTION_OFFICER, linked.lead.offering.receiving_unit_id] = (linked.lead.reception,)
    (offer,) = staffed_offers(people, MONDAY)

    for number, plot in enumerate(Plot):
        LinkedLife(random.Random(number), offer, people, None, MONDAY, plot).live()

    told = [[leg.stage for leg in one.legs.order_by("number")] for one in LinkedApplication.objects.order_by("pk")]
    assert told == [
        [OPEN, WAITING, WAITING],
        [GRANTED, OPEN, OPEN],
        [GRANTED, GRANTED, OPEN],
        [REFUSED, NOT_NEEDED, NOT_NEEDED],
        [GRANTED, GRANTED, REFUSED],
        [GRANTED, GRANTED, GRANTED],
    ]
    late = LinkedApplication.objects.order_by("pk")[2]
    assert late.due_at is not None
    assert late.due_at < MONDAY
    states = [one.stage for one in LinkedApplication.objects.order_by("pk") if one.closed_at]
    assert states == [WholeState.NOT_GRANTED, WholeState.PARTLY_GRANTED, WholeState.GRANTED]
    with pytest.raises(ToldAlready):
        LinkedLife(random.Random(5), offer, people, None, MONDAY, Plot.GRANTED).live()
