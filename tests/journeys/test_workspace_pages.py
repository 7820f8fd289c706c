"""Every page of accounts and of officers' lists, in every state: axe, narrow windows, the finger, the policy."""

import pytest

from tests.journeys.cast import Cast, look_at
from tests.journeys.conftest import NewVisitor
from tests.journeys.pages import AT_WORK
from tests.journeys.visits import Visit

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


@pytest.mark.parametrize("visit", AT_WORK, ids=str)
def test_a_page_is_good_to_see_to_touch_and_to_hear(cast: Cast, new_visitor: NewVisitor, visit: Visit) -> None:
    assert look_at(cast, visit, new_visitor) == []
