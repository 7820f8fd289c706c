"""No page is forgotten: each route of the site is visited, or shown to have no page of its own."""

import pytest

from tests.architecture.site import routes
from tests.journeys.cast import Cast
from tests.journeys.conftest import NewVisitor
from tests.journeys.pages import NO_PAGES, VISITS
from tests.journeys.visits import Bare

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


def test_every_route_is_visited_or_known_to_show_no_page() -> None:
    ours = {route for route in routes() if not route.startswith("api-1:") or route == "api-1:openapi-view"}
    visited, bare = {visit.route for visit in VISITS}, {one.visit.route for one in NO_PAGES}

    assert sorted(ours - visited - bare) == [], "say in pages.py how these are met"
    assert sorted((visited | bare) - ours) == [], "these are gone"
    assert sorted(visited & bare) == []


@pytest.mark.parametrize("bare", NO_PAGES, ids=lambda bare: bare.visit.route)
def test_what_is_said_to_show_no_page_shows_none(cast: Cast, new_visitor: NewVisitor, bare: Bare) -> None:
    visitor = cast.enter(bare.visit, new_visitor)

    answer = visitor.context.request.get(visitor.site + cast.address(bare.visit), max_redirects=0)

    shows_page = b"<html" in answer.body() and answer.status not in {404, 405}
    assert not shows_page, bare.instead
