"""Lists of what one unit hands to another: what stands on them, who signs, what the control sheet then says."""

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from motcua.dossiers.commands.handing_over import (
    AlreadyTaken,
    MayNotHandOver,
    NotToBeHandedOver,
    Way,
    draw_up,
    take_over,
)
from motcua.dossiers.models import Dossier, HandoverList
from motcua.dossiers.queries.control_sheet import control_sheet
from motcua.dossiers.queries.handovers import batches, draw_list, lists_of
from motcua.kernel.models import EventRecord
from motcua.rules.handing_over import Direction
from motcua.rules.permissions import Role
from motcua.rules.transitions import Status
from tests.documents.test_papers import text_of
from tests.make import MONDAY, Office, make_dossier, make_office

pytestmark = pytest.mark.django_db
NOON = MONDAY + timedelta(hours=4)


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def office() -> Office:
    return make_office()


def way_of(office: Office) -> Way:
    offering = office.offering
    return Way(Direction.TO_THE_AGENCY, offering.receiving_unit, offering.competent_unit)


def step_of(dossier: Dossier) -> int:
    return dossier.steps.order_by("pk")[0].pk


def listed(office: Office, dossier: Dossier) -> HandoverList:
    return draw_up(way=way_of(office), step_ids=[step_of(dossier)], officer=office.reception, at=NOON)


def test_what_was_transferred_today_may_be_listed_once(office: Office) -> None:
    dossier = make_dossier(status=Status.TRANSFERRED, office=office)
    make_dossier(status=Status.ACCEPTED, office=office)
    posts = [(Role.RECEPTION_OFFICER, office.offering.receiving_unit)]

    (batch,) = batches(posts, MONDAY.date())
    listed(office, dossier)

    assert [row.code for row in batch.rows] == [dossier.code]
    assert batch.receiving_unit == office.offering.competent_unit
    assert batches(posts, MONDAY.date()) == []
    assert batches(posts, MONDAY.date() - timedelta(days=1)) == []


def test_results_go_back_to_the_desk_by_a_list_of_the_clerk(office: Office) -> None:
    dossier = make_dossier(status=Status.DONE, office=office)
    agency = office.offering.competent_unit
    day = dossier.steps.latest("pk").started_at.date()

    (batch,) = batches([(Role.RECORDS_CLERK, agency)], day)

    assert (batch.direction, batch.receiving_unit) == (Direction.BACK_TO_THE_DESK, office.offering.receiving_unit)
    assert [row.code for row in batch.rows] == [dossier.code]


def test_the_list_is_a_paper_with_both_sides(office: Office) -> None:
    dossier = make_dossier(status=Status.TRANSFERRED, office=office)
    handover = listed(office, dossier)

    take_over(handover=handover, officer=office.dispatcher, at=NOON + timedelta(minutes=30))

    text = text_of(draw_list(HandoverList.objects.get(pk=handover.pk)))
    assert "DANH SÁCH BÀN GIAO HỒ SƠ" in text
    assert "Số: 1/DSBG" in text
    assert "Nội dung: Chuyển hồ sơ để giải quyết" in text
    assert dossier.code in text  # type: ignore[operator]  # an accepted dossier has one
    assert office.reception.display_name in text
    assert office.dispatcher.display_name in text
    assert "Đã nhận lúc 12 giờ 30 phút" in text
    assert [(row.handover, row.count) for row in lists_of([office.offering.competent_unit])] == [(handover, 1)]
    kinds = EventRecord.objects.filter(subject=handover.number).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["DossiersHandedOver", "DossiersTakenOver"]


def test_the_control_sheet_tells_when_the_list_was_signed_for(office: Office) -> None:
    dossier = make_dossier(status=Status.TRANSFERRED, office=office)
    handover = listed(office, dossier)

    def first_row() -> tuple[str, str]:
        found = Dossier.objects.for_page().get(pk=dossier.pk)
        row = control_sheet(found, office.reception, at=NOON)["handovers"][0]
        return row["received_at"], row["receiver"]

    assert first_row() == ("", "")
    take_over(handover=handover, officer=office.dispatcher, at=NOON)
    assert first_row() == (NOON.isoformat(), office.dispatcher.display_name)


def test_only_the_giver_lists_and_only_the_taker_signs(office: Office) -> None:
    dossier = make_dossier(status=Status.TRANSFERRED, office=office)

    with pytest.raises(MayNotHandOver):
        draw_up(way=way_of(office), step_ids=[step_of(dossier)], officer=office.dispatcher, at=NOON)
    handover = listed(office, dossier)
    with pytest.raises(MayNotHandOver):
        take_over(handover=handover, officer=office.reception, at=NOON)
    take_over(handover=handover, officer=office.dispatcher, at=NOON)
    with pytest.raises(AlreadyTaken):
        take_over(handover=handover, officer=office.dispatcher, at=NOON)


def test_nothing_what_is_listed_and_what_goes_elsewhere_make_no_list(office: Office) -> None:
    dossier = make_dossier(status=Status.TRANSFERRED, office=office)
    stranger = make_dossier(status=Status.TRANSFERRED)
    listed(office, dossier)

    for chosen in ([], [step_of(dossier)], [step_of(stranger)]):
        with pytest.raises(NotToBeHandedOver):
            draw_up(way=way_of(office), step_ids=chosen, officer=office.reception, at=NOON)
    assert HandoverList.objects.count() == 1
