"""Where an official may go: a few places in a row, many under headings, and the present one said."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import get_resolver

from motcua.accounts.models import User
from motcua.rules.permissions import Role
from motcua.ui.parts import Link, LinkGroup
from motcua.workspace.places import PLACES, PLAIN, Heading, navigation
from tests.posting.boards import make_desk

AtWork = Callable[[User], Client]
_PAGES = {str(name) for name in get_resolver("motcua.workspace.urls").reverse_dict if isinstance(name, str)}


def links_of(found: list[Link | LinkGroup]) -> list[Link]:
    return [link for one in found for link in (one.links if isinstance(one, LinkGroup) else (one,))]


@pytest.mark.parametrize("role", Role)
def test_everybody_comes_to_all_of_their_places(role: Role) -> None:
    found = navigation("find", {role})

    mine = [place for place in PLACES if role in place.who]
    assert sorted(link.label for link in links_of(found)) == sorted(str(place.label) for place in mine)
    assert len(found) <= 10


def test_few_places_stand_in_a_row() -> None:
    found = navigation("worklist", {Role.PROCESSING_OFFICER})

    assert 1 < len(found) <= PLAIN
    assert not [one for one in found if isinstance(one, LinkGroup)]


def test_many_places_stand_under_headings_that_hold_several() -> None:
    found = navigation("posting-place", {Role.PROCEDURE_CONTROL_OFFICER})

    groups = [one for one in found if isinstance(one, LinkGroup)]
    assert [group.label for group in groups] == ["Người dân", "Thủ tục", "Pháp luật", "Công bố", "Nội bộ"]
    assert all(len(group.links) > 1 for group in groups)
    assert [(group.label, group.here.label) for group in groups if group.here] == [("Công bố", "Niêm yết")]


def test_a_page_belongs_to_one_place_at_most() -> None:
    for page in _PAGES:
        assert len([place.name for place in PLACES if place.holds(page)]) <= 1, page


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_what_belongs_to_a_place_exists(place: object) -> None:
    assert isinstance(place, type(PLACES[0]))
    assert place.name in _PAGES
    for beginning in place.within:
        assert any(page.startswith(beginning) for page in _PAGES), beginning


def test_every_heading_holds_places() -> None:
    assert {place.under for place in PLACES} == {*Heading, None}


@pytest.mark.django_db
def test_the_present_place_is_said_in_the_heading_and_in_the_list(at_work: AtWork) -> None:
    desk = make_desk()
    client = at_work(desk.province.officer)

    page = " ".join(client.get("/xu-ly/niem-yet/").content.decode().split("<main")[0].split())

    assert page.count('<summary aria-current="true">') == 1
    assert "<span>Công bố: Niêm yết</span>" in page
    assert page.count('<a href="/xu-ly/niem-yet/" aria-current="page">') == 1
