"""Filing one application for a linked group at the counter, for somebody who came in person (B-21)."""

import uuid
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.accounts.models import User
from motcua.dossiers.commands.draft import ApplicantDetails
from motcua.dossiers.commands.file_at_counter import (
    ApplicationIncomplete,
    CounterFiling,
    GroupNotOffered,
    HandedIn,
    NotPermitted,
    file_linked_at_counter,
)
from motcua.dossiers.commands.intake import PaperCheck, accept
from motcua.dossiers.commands.process import transfer
from motcua.dossiers.models import Dossier, FilingChannel, LinkedApplication, ReturnChannel
from motcua.kernel.models import EventRecord
from motcua.kernel.verification import verify_record
from motcua.rules.linked import LegState, WholeState
from motcua.rules.papers import CheckState
from motcua.rules.transitions import Status
from tests.linked import HOUR, Linked, checks_of, follow, leg_dossier, make_group, settle
from tests.make import MONDAY, make_office

pytestmark = pytest.mark.django_db
AtWork = Callable[[User], Client]


@pytest.fixture
def linked() -> Linked:
    return make_group()


def form_of(linked: Linked) -> str:
    offering = linked.lead.offering
    codes = (offering.receiving_unit.code, linked.group.code, offering.competent_unit.code)
    return f"/xu-ly/tiep-nhan-truc-tiep/lien-thong/{'/'.join(codes)}/"


def typed(**changes: object) -> dict[str, object]:
    return {
        "key": str(uuid.uuid4()),
        "full_name": "Giàng A Páo",
        "citizen_id": "011099000123",
        "phone": "0900 000 777",
        "address": "Bản Huổi Mẫu",
        "channel": "AT_THE_DESK",
        "answer_ten_con": "Giàng Thị Mỷ",
        "answer_leg2_ten_con": "Giàng Thị Mỷ",
        "originals_1": "1",
        "originals_2001": "1",
        "copies_3002": "2",
        **changes,
    }


def filing(**changes: object) -> CounterFiling:
    fields: dict[str, object] = {
        "key": uuid.uuid4(),
        "details": ApplicantDetails("Giàng A Páo", "011099000123", "0900000777", "", "Bản Huổi Mẫu"),
        "answers": {"ten_con": "Mỷ", "leg2_ten_con": "Mỷ"},
        "papers": {position: HandedIn(1, 0, None) for position in (1, 2001)},
        "return_channel": ReturnChannel.AT_THE_DESK,
        "postal_address": "",
        **changes,
    }
    return CounterFiling(**fields)  # type: ignore[arg-type]  # the fields are named above


def file(linked: Linked, said: CounterFiling) -> Dossier:
    lead = linked.lead
    return file_linked_at_counter(
        group=linked.group, offering=lead.offering, filing=said, officer=lead.reception, at=MONDAY
    )


def test_the_counter_offers_the_group_by_its_name_and_its_desk_alone(linked: Linked, at_work: AtWork) -> None:
    mine, other = at_work(linked.lead.reception), at_work(make_office().reception)

    pages = [mine.get("/xu-ly/tiep-nhan-truc-tiep/", {"q": text}).content.decode() for text in ("", "the bao hiem")]
    unsought = mine.get("/xu-ly/tiep-nhan-truc-tiep/", {"q": "đất đai"}).content.decode()

    assert all(form_of(linked) in page and "Liên thông 3 việc" in page for page in pages)
    assert form_of(linked) not in unsought
    assert form_of(linked) not in other.get("/xu-ly/tiep-nhan-truc-tiep/").content.decode()


def test_a_group_with_a_leg_that_the_desk_does_not_offer_is_not_offered(linked: Linked, at_work: AtWork) -> None:
    linked.offices[2].offering.delete()
    desk = at_work(linked.lead.reception)

    page = desk.get("/xu-ly/tiep-nhan-truc-tiep/").content.decode()
    refused = desk.get(form_of(linked))

    assert form_of(linked) not in page
    assert refused.status_code == 422
    assert "Nhóm việc liên thông này hiện không được tiếp nhận tại quầy này." in refused.content.decode()


def test_one_form_asks_for_every_leg_once(linked: Linked, at_work: AtWork) -> None:
    page = at_work(linked.lead.reception).get(form_of(linked)).content.decode()

    for name in ("answer_ten_con", "answer_leg2_ten_con", "originals_1", "originals_2001", "copies_3002"):
        assert page.count(f'name="{name}"') == 1
    for shared in ("answer_leg3_ten_con", "originals_2002", "originals_3001"):
        assert shared not in page
    assert "2.1. " in page, "the papers of leg 2 carry its number"
    assert all(page.count(one.offering.procedure.title) >= 2 for one in linked.offices)


def test_what_was_brought_becomes_one_application_with_a_line_a_leg(linked: Linked, at_work: AtWork) -> None:
    answer = at_work(linked.lead.reception).post(form_of(linked), typed())

    dossier = Dossier.objects.get()
    assert answer.headers["Location"] == f"/xu-ly/ho-so/{dossier.public_code}/tiep-nhan/"
    assert (dossier.status, dossier.filing_channel) == (Status.SUBMITTED, FilingChannel.DIRECT)
    assert dossier.applicant.declaration == {"ten_con": "Giàng Thị Mỷ", "leg2_ten_con": "Giàng Thị Mỷ"}
    counted = {paper.position: (paper.originals_count, paper.copies_count) for paper in dossier.papers.all()}
    assert counted == {1: (1, 0), 2: (0, 0), 2001: (1, 0), 3002: (0, 2)}
    states = list(LinkedApplication.objects.get().legs.order_by("number").values_list("state", flat=True))
    assert states == [LegState.OPEN, LegState.WAITING, LegState.WAITING]
    filed = EventRecord.objects.get(subject=dossier.reference)
    assert (filed.kind, filed.payload["group"]) == ("LinkedFiledAtCounter", linked.group.code)
    assert verify_record().first_broken is None


def test_sending_the_form_twice_makes_one_application(linked: Linked, at_work: AtWork) -> None:
    client, said = at_work(linked.lead.reception), typed()

    first, second = (client.post(form_of(linked), said).headers["Location"] for _ in "12")

    assert first == second
    assert (Dossier.objects.count(), LinkedApplication.objects.count()) == (1, 1)
    assert EventRecord.objects.filter(kind="LinkedFiledAtCounter").count() == 1


def test_what_a_leg_asks_and_nobody_answered_stands_by_its_field(linked: Linked, at_work: AtWork) -> None:
    answer = at_work(linked.lead.reception).post(form_of(linked), typed(answer_leg2_ten_con=""))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "id_answer_leg2_ten_con_error" in page
    assert "Bản Huổi Mẫu" in page
    assert not LinkedApplication.objects.exists()


def test_the_slip_and_form_01_name_the_whole(linked: Linked, at_work: AtWork) -> None:
    desk = at_work(linked.lead.reception)
    desk.post(form_of(linked), typed())
    dossier = Dossier.objects.get()

    said = desk.get(f"/xu-ly/ho-so/{dossier.public_code}/phieu/").content.decode()

    assert linked.group.name in said
    assert dossier.lookup_pin in said
    assert all(one.offering.procedure.title in said for one in linked.offices)


def test_filed_at_the_counter_it_goes_through_all_legs_to_its_end(linked: Linked) -> None:
    dossier = file(linked, filing())
    desk = linked.lead.reception
    checks = checks_of(dossier) | {2001: PaperCheck(CheckState.PRESENT, originals_count=1)}
    accept(dossier=dossier, officer=desk, checks=checks, at=MONDAY + HOUR)
    transfer(dossier=dossier, officer=desk, at=MONDAY + 1.5 * HOUR)
    application = follow(dossier, MONDAY + 1.5 * HOUR)
    for number, office in enumerate(linked.offices, start=1):
        application = settle(application, number, office, at=MONDAY + 2 * HOUR)

    assert application.stage is WholeState.GRANTED
    second = leg_dossier(application, 2)
    assert (second.filing_channel, second.owner_id) == (FilingChannel.DIRECT, None)
    assert second.applicant.full_name == "Giàng A Páo"
    assert second.papers.get(position=1).originals_count == 1


def test_only_the_desk_s_own_reception_officer_may_file(linked: Linked, at_work: AtWork) -> None:
    people = (linked.lead.signer, linked.offices[1].dispatcher, make_office().reception)

    assert [at_work(person).post(form_of(linked), typed()).status_code for person in people] == [403, 403, 403]
    with pytest.raises(NotPermitted):
        file_linked_at_counter(
            group=linked.group, offering=linked.lead.offering, filing=filing(), officer=people[2], at=MONDAY
        )
    assert not LinkedApplication.objects.exists()


def test_a_group_that_has_ended_meanwhile_is_refused_and_leaves_nothing(linked: Linked) -> None:
    linked.offices[1].offering.delete()

    with pytest.raises(GroupNotOffered):
        file(linked, filing())

    assert not Dossier.objects.exists()
    assert not EventRecord.objects.filter(kind="LinkedFiledAtCounter").exists()


def test_an_answer_that_is_missing_leaves_nothing_behind(linked: Linked) -> None:
    with pytest.raises(ApplicationIncomplete) as refused:
        file(linked, filing(answers={"ten_con": "Mỷ"}))

    assert [gap.what for gap in refused.value.gaps] == ["leg2_ten_con"]
    assert not LinkedApplication.objects.exists()


def test_unknown_codes_are_not_found(linked: Linked, at_work: AtWork) -> None:
    desk = at_work(linked.lead.reception)

    known = (f"/{linked.group.code}/", f"/{linked.lead.offering.receiving_unit.code}/")
    answers = [desk.get(form_of(linked).replace(code, "/khong-co/")).status_code for code in known]

    assert answers == [404, 404]


def test_the_counter_asks_as_often_for_three_groups_as_for_one(linked: Linked, at_work: AtWork) -> None:
    desk = at_work(linked.lead.reception)
    desk.get("/xu-ly/tiep-nhan-truc-tiep/")
    with CaptureQueriesContext(connection) as one:
        desk.get("/xu-ly/tiep-nhan-truc-tiep/")
    for _ in range(2):
        other = make_group()
        for office in other.offices:
            office.offering.receiving_unit = linked.lead.offering.receiving_unit
            office.offering.save()

    with CaptureQueriesContext(connection) as three:
        page = desk.get("/xu-ly/tiep-nhan-truc-tiep/").content.decode()

    assert page.count("Liên thông 3 việc") == 3
    assert len(three) == len(one)
