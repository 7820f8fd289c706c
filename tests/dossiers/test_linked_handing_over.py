"""The papers of a linked application go from agency to agency by a list that names task and limit (B-21)."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from motcua.catalogue.models import GroupLeg
from motcua.dossiers.commands.handing_over import MayNotHandOver, NotToBeHandedOver, Way, draw_up, take_over
from motcua.dossiers.models import Dossier, HandoverList, LinkedApplication
from motcua.dossiers.queries.control_sheet import control_sheet
from motcua.dossiers.queries.handovers import batches, draw_list
from motcua.rules.handing_over import Direction
from motcua.rules.permissions import Role
from tests.documents.test_papers import text_of
from tests.linked import HOUR, Linked, leg_dossier, make_accepted, make_group, settle
from tests.make import MONDAY

pytestmark = pytest.mark.django_db
AFTER = MONDAY + 6 * HOUR
BETWEEN = Direction.BETWEEN_AGENCIES


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def linked() -> Linked:
    return make_group()


@pytest.fixture
def application(linked: Linked) -> LinkedApplication:
    """The lead has granted at 13:00; the two legs that needed it are open."""
    return settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)


def way_to(linked: Linked, number: int) -> Way:
    units = [office.offering.competent_unit for office in linked.offices]
    return Way(BETWEEN, units[0], units[number - 1])


def step_of(application: LinkedApplication, number: int) -> int:
    return leg_dossier(application, number).steps.get().pk


def listed(linked: Linked, application: LinkedApplication, number: int) -> HandoverList:
    step = step_of(application, number)
    return draw_up(way=way_to(linked, number), step_ids=[step], officer=linked.lead.clerk, at=AFTER)


def test_the_agency_of_a_needed_leg_lists_what_it_passes_on(linked: Linked, application: LinkedApplication) -> None:
    posts = [(Role.RECORDS_CLERK, linked.lead.offering.competent_unit)]
    passed_on = [one for one in batches(posts, MONDAY.date()) if one.direction is BETWEEN]

    listed(linked, application, 2)

    second, third = (leg_dossier(application, number) for number in (2, 3))
    assert [(one.receiving_unit, [row.code for row in one.rows]) for one in passed_on] == [
        (second.competent_unit, [second.code]),
        (third.competent_unit, [third.code]),
    ]
    (left,) = [one for one in batches(posts, MONDAY.date()) if one.direction is BETWEEN]
    assert [row.code for row in left.rows] == [third.code]


def test_what_the_agency_has_listed_the_desk_does_not_list_again(
    linked: Linked, application: LinkedApplication
) -> None:
    desk = [(Role.RECEPTION_OFFICER, linked.lead.offering.receiving_unit)]
    before = {row.code for batch in batches(desk, MONDAY.date()) for row in batch.rows}

    listed(linked, application, 2)

    codes = {number: leg_dossier(application, number).code for number in (1, 2, 3)}
    assert before == set(codes.values()), "papers that stayed at the desk go from there"
    after = {row.code for batch in batches(desk, MONDAY.date()) for row in batch.rows}
    assert after == {codes[1], codes[3]}
    with pytest.raises(NotToBeHandedOver):
        listed(linked, application, 2)


def test_an_agency_passes_on_to_nobody_who_does_not_need_its_leg(linked: Linked) -> None:
    beside = make_group(needs=((), (), (2,)))
    application = settle(make_accepted(beside), 2, beside.offices[1], at=MONDAY + 2 * HOUR)
    lead, second = beside.lead.offering.competent_unit, beside.offices[1].offering.competent_unit

    found = [
        [
            row.code
            for batch in batches([(Role.RECORDS_CLERK, unit)], MONDAY.date())
            if batch.direction is BETWEEN
            for row in batch.rows
        ]
        for unit in (lead, second)
    ]

    assert found == [[], [leg_dossier(application, 3).code]]


def test_the_list_names_task_limit_papers_and_result(linked: Linked, application: LinkedApplication) -> None:
    second, lead = leg_dossier(application, 2), leg_dossier(application, 1)
    second.papers.filter(position=1).update(originals_count=1, copies_count=2)
    handover = listed(linked, application, 2)
    assert second.due_at is not None
    due_on = f"{timezone.localtime(second.due_at):%d/%m/%Y}"

    text = " ".join(text_of(draw_list(HandoverList.objects.get(pk=handover.pk))).split())

    assert "Nội dung: Chuyển hồ sơ liên thông cho cơ quan giải quyết việc tiếp theo" in text
    for said in (second.procedure_version.name, due_on, "Việc thứ 2 trong 3 việc", "1 bản chính, 2 bản sao", "số 1/KQ"):
        assert said.replace(" ", "") in text.replace(" ", ""), said
    assert str(lead.code).replace(" ", "") in text.replace(" ", "")


def test_only_the_clerk_who_passes_on_lists_and_only_the_next_agency_signs(
    linked: Linked, application: LinkedApplication
) -> None:
    step, way = step_of(application, 2), way_to(linked, 2)
    for stranger in (linked.lead.reception, linked.lead.officer, linked.offices[1].clerk):
        with pytest.raises(MayNotHandOver):
            draw_up(way=way, step_ids=[step], officer=stranger, at=AFTER)
    handover = listed(linked, application, 2)
    with pytest.raises(MayNotHandOver):
        take_over(handover=handover, officer=linked.offices[2].dispatcher, at=AFTER)

    taken = take_over(handover=handover, officer=linked.offices[1].dispatcher, at=AFTER + HOUR)

    assert taken.received_by == linked.offices[1].dispatcher


def test_the_control_sheet_says_from_which_agency_the_papers_came(
    linked: Linked, application: LinkedApplication
) -> None:
    handover = listed(linked, application, 2)
    take_over(handover=handover, officer=linked.offices[1].dispatcher, at=AFTER + HOUR)

    def first_row(number: int) -> tuple[str, str, str]:
        dossier = Dossier.objects.for_page().get(pk=leg_dossier(application, number).pk)
        row = control_sheet(dossier, linked.lead.reception, at=AFTER + timedelta(days=1))["handovers"][0]
        return row["giving_unit"], row["giver"], row["received_at"]

    lead, desk = linked.lead.offering.competent_unit, linked.lead.offering.receiving_unit
    received_at = (AFTER + HOUR).isoformat()
    assert first_row(2) == (lead.authority_name, linked.lead.clerk.display_name, received_at)
    assert first_row(3)[0] == desk.authority_name


def test_the_list_names_only_the_results_that_its_giver_has() -> None:
    linked = make_group(needs=((), (), (1, 2)))
    GroupLeg.objects.filter(group=linked.group, number=3).update(shared_papers={}, result_papers={"1": 1, "2": 2})
    application = settle(make_accepted(linked), 1, linked.lead, at=MONDAY + 2 * HOUR)
    application = settle(application, 2, linked.offices[1], at=MONDAY + 2 * HOUR)
    units = [office.offering.competent_unit for office in linked.offices]
    way, step = Way(BETWEEN, units[1], units[2]), step_of(application, 3)

    handover = draw_up(way=way, step_ids=[step], officer=linked.offices[1].clerk, at=AFTER)

    text = "".join(text_of(draw_list(HandoverList.objects.get(pk=handover.pk))).split())
    assert "kếtquảviệc2số2/KQ" in text
    assert "số1/KQ" not in text
