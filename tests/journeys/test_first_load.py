"""What the first visit costs a phone in the mountains, by what really comes over the wire."""

from typing import Any

import pytest

from tests.journeys.conftest import NewVisitor
from tests.journeys.province import BIRTH, BUILDING_PERMIT
from tests.journeys.visitor import PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
FIRST_LOAD_BYTES = 60_000


@pytest.mark.parametrize(
    "address", ["/", f"/thu-tuc/{BIRTH}/", f"/thu-tuc/{BUILDING_PERMIT}/", "/tin-tuc/", "/tin-tuc/2/"]
)
@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_first_visit_fits_in_sixty_kilobytes(new_visitor: NewVisitor, address: str, scripts: bool) -> None:
    visitor = new_visitor(viewport=PHONE, java_script_enabled=scripts)
    network = visitor.context.new_cdp_session(visitor.page)
    came: list[int] = []

    def count(event: dict[str, Any]) -> None:
        came.append(int(event["encodedDataLength"]))

    network.on("Network.loadingFinished", count)
    network.send("Network.enable")
    visitor.open(address)
    visitor.page.wait_for_load_state("networkidle")

    assert len(came) > 5, "style sheets and letters were counted"
    assert sum(came) <= FIRST_LOAD_BYTES, sorted(came)
