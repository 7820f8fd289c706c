"""What the province sees of its desks (C-10, F06, F07)."""

import pytest

from motcua.posting.commands.feedback import Address, tell_address
from motcua.posting.queries.board import board_page
from motcua.posting.queries.overview import overview
from motcua.rules.posting import PostingKind
from tests.make import MONDAY
from tests.posting.boards import LONG_UP, TODAY, Desk, make_desk, put_up

pytestmark = pytest.mark.django_db
HOTLINE = Address("Văn phòng UBND tỉnh", phone="0215 3825 409")


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def test_the_page_of_a_desk_and_the_overview_agree_about_feedback(desk: Desk) -> None:
    tell_address(unit=desk.unit, address=HOTLINE, valid_from=LONG_UP, actor=desk.province.officer, at=MONDAY)

    def agreed() -> bool:
        (row,) = overview(TODAY).places
        assert board_page(desk.unit.code, desk.officer, on=TODAY).lacks_feedback is row.has_f07
        return row.has_f07

    assert agreed()
    put_up(desk, shows_feedback=False)
    assert agreed()
    put_up(desk)
    assert not agreed()
    put_up(desk, kind=PostingKind.ELECTRONIC, shows_feedback=False)
    put_up(desk, on=TODAY)
    assert agreed()
