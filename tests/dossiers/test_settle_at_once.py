"""A result given out on the spot (B step 5): who may, for what, what it writes and whom it tells."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from motcua.accounts.models import Delegation
from motcua.dossiers.commands import correct, intake, note, process, return_result
from motcua.dossiers.commands.settle_at_once import (
    NotASignerThere,
    NotPermitted,
    NotSettledAtOnce,
    StaleDossier,
    TransitionRefused,
    settle_at_once,
)
from motcua.dossiers.commands.submit import submit
from motcua.dossiers.models import Dossier, RegisterBook, Result
from motcua.dossiers.queries.assignment import signers_of
from motcua.dossiers.queries.control_sheet import control_sheet
from motcua.dossiers.queries.public_status import Milestone, public_status
from motcua.dossiers.queries.register_book import whole_book
from motcua.dossiers.queries.settlement import settlement_by_line
from motcua.kernel.models import EventRecord
from motcua.notifications.models import Message, Notice
from motcua.rules.permissions import Role
from motcua.rules.settlement import Period, Settlement
from motcua.rules.transitions import Status
from tests.linked import checks_of, make_group, make_linked_draft
from tests.make import MONDAY, Office, make_dossier, make_office, make_officer, make_user, settling_at_once
from tests.ways import at_once

pytestmark = pytest.mark.django_db
NOON = MONDAY + timedelta(hours=3)


@pytest.fixture
def office() -> Office:
    return settling_at_once(make_office())


@pytest.fixture
def accepted(office: Office) -> Dossier:
    return make_dossier(status=Status.ACCEPTED, office=office)


def test_the_result_is_kept_the_dossier_closed_and_one_event_says_so(office: Office, accepted: Dossier) -> None:
    before = EventRecord.objects.filter(subject=accepted.reference).count()

    done = settle_at_once(dossier=accepted, officer=office.reception, result=at_once(office), at=NOON)

    done.refresh_from_db()
    result, events = Result.objects.get(dossier=done), EventRecord.objects.filter(subject=done.reference)
    assert (done.stage, done.finished_at, done.closed_at) == (Status.IMMEDIATE_DONE, NOON, NOON)
    assert (done.holder_unit, done.action_due_at, done.warn_at, done.steps.count()) == (None, None, None, 0)
    assert (result.number, result.signed_by, result.received_by) == ("15/TLKS", office.signer, "Vàng Thị Mỷ")
    assert (result.file, result.signed_file) == (office.result_file, office.result_file)
    assert result.issued_on == MONDAY.date()
    assert events.count() == before + 1
    last = events.order_by("-seq")[0]
    assert (last.kind, last.payload["signer"], last.payload["outcome"]) == (
        "ResultGivenAtOnce",
        office.signer.username,
        "ON_TIME",
    )


def test_it_stands_in_the_register_and_on_the_control_sheet_as_given_out(office: Office, accepted: Dossier) -> None:
    settle_at_once(dossier=accepted, officer=office.reception, result=at_once(office), at=NOON)

    line = next(iter(whole_book(RegisterBook.objects.get())))
    sheet = control_sheet(Dossier.objects.for_page().get(pk=accepted.pk), office.reception, at=NOON)
    assert (line.returned_on, line.received_by, line.note) == (MONDAY.date(), "Vàng Thị Mỷ", "")
    assert [(row["giver"], row["result"]) for row in sheet["handovers"]] == [
        (office.reception.display_name, "Đúng hạn")
    ]


def test_applicant_and_signer_are_told(office: Office, accepted: Dossier) -> None:
    settle_at_once(dossier=accepted, officer=office.reception, result=at_once(office), at=NOON)

    told = Message.objects.filter(dossier=accepted, created_at=NOON)
    assert {message.subject for message in told} == {f"Đã trả kết quả: {accepted.code}"}
    assert not told.filter(channel=Message.Channel.SMS).exists()
    notices = Notice.objects.filter(dossier=accepted, kind="ResultGivenAtOnce")
    assert [notice.user for notice in notices] == [office.signer]


def test_the_public_reads_that_it_is_over_and_may_rate(office: Office, accepted: Dossier) -> None:
    done = settle_at_once(dossier=accepted, officer=office.reception, result=at_once(office), at=NOON)

    status = public_status(Dossier.objects.for_page().get(pk=done.pk))
    rated = note.rate(dossier=done, score=5, comment="", actor=done.owner, at=NOON)

    assert (status.reached, status.is_over, status.is_refusal) == (Milestone.RETURNED, True, False)
    assert (status.may_be_rated, status.since) == (True, NOON)
    assert rated.stage is Status.IMMEDIATE_DONE


def test_the_report_counts_it_as_received_and_settled_and_carries_nothing_over(
    office: Office, accepted: Dossier
) -> None:
    settle_at_once(dossier=accepted, officer=office.reception, result=at_once(office), at=NOON)
    week = Period(MONDAY, MONDAY + timedelta(days=7))

    found = settlement_by_line([week, Period(week.until, week.until + timedelta(days=7))], Dossier.objects.all())

    assert [list(table.values()) for table in found] == [[Settlement(online=1, on_time=1)], []]


def test_a_wrong_one_is_put_right_and_given_out_as_any_other(office: Office, accepted: Dossier) -> None:
    done = settle_at_once(dossier=accepted, officer=office.reception, result=at_once(office), at=NOON)
    wrong = correct.report_error(dossier=done, officer=office.reception, error="Sai năm sinh", at=NOON)
    assert office.result_file is not None
    right = correct.RightResult("16/TLKS", office.result_file)

    mended = correct.correct(dossier=wrong, officer=office.signer, right=right, at=NOON)
    back = return_result.hand_over(dossier=mended, officer=office.reception, received_by="Mỷ", at=NOON)

    assert (wrong.stage, mended.stage, back.stage) == (Status.CORRECTING, Status.DONE, Status.RETURNED)
    assert back.finished_at == NOON
    sheet = control_sheet(Dossier.objects.for_page().get(pk=back.pk), office.reception, at=NOON)
    agency, desk = office.offering.competent_unit.authority_name, office.offering.receiving_unit.authority_name
    assert sorted((row["giving_unit"], row["giver"], row["receiver"]) for row in sheet["handovers"]) == sorted(
        [
            (agency, office.signer.display_name, office.reception.display_name),
            (desk, office.reception.display_name, back.applicant.full_name),
            (desk, office.reception.display_name, back.applicant.full_name),
        ]
    )


def test_what_needs_verifying_goes_its_ordinary_way(office: Office, accepted: Dossier) -> None:
    gone = process.transfer(dossier=accepted, officer=office.reception, at=NOON)

    with pytest.raises(TransitionRefused):
        settle_at_once(dossier=gone, officer=office.reception, result=at_once(office), at=NOON)


def test_a_procedure_with_a_limit_of_days_is_not_settled_at_the_desk() -> None:
    office = make_office()
    dossier = make_dossier(status=Status.ACCEPTED, office=office)

    with pytest.raises(NotSettledAtOnce):
        settle_at_once(dossier=dossier, officer=office.reception, result=at_once(office), at=NOON)

    assert not Result.objects.exists()


def test_only_the_desk_that_took_it_in_gives_it_out(office: Office, accepted: Dossier) -> None:
    elsewhere = make_office()
    for person in (elsewhere.reception, office.signer, office.officer, office.clerk):
        with pytest.raises(NotPermitted):
            settle_at_once(dossier=accepted, officer=person, result=at_once(office), at=NOON)


def test_whoever_signed_signs_for_that_agency_that_day(office: Office, accepted: Dossier) -> None:
    elsewhere = make_officer(Role.SIGNER, make_office().offering.competent_unit)
    for person in (elsewhere, office.officer, make_user()):
        result = replace(at_once(office), signer=person)
        with pytest.raises(NotASignerThere) as refused:
            settle_at_once(dossier=accepted, officer=office.reception, result=result, at=NOON)
        assert refused.value.username == person.username


def test_whoever_works_there_no_more_has_signed_nothing(office: Office, accepted: Dossier) -> None:
    office.signer.is_active = False
    office.signer.save(update_fields=["is_active"])

    with pytest.raises(NotASignerThere):
        settle_at_once(dossier=accepted, officer=office.reception, result=at_once(office), at=NOON)

    assert not Result.objects.exists()


def test_a_deputy_signs_in_the_place_of_the_absent(office: Office, accepted: Dossier) -> None:
    deputy = make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit)
    days = {"valid_from": MONDAY.date(), "valid_until": MONDAY.date() + timedelta(days=3)}
    Delegation.objects.create(absent=office.signer, deputy=deputy, reason="Đi họp", **days)

    result = replace(at_once(office), signer=deputy)
    done = settle_at_once(dossier=accepted, officer=office.reception, result=result, at=NOON)

    listed = signers_of(office.offering.competent_unit_id, on=MONDAY.date())
    assert {line.username for line in listed} == {office.signer.username, deputy.username}
    assert Result.objects.get(dossier=done).signed_by == deputy


def test_a_second_press_finds_the_dossier_changed(office: Office, accepted: Dossier) -> None:
    seen = accepted.version
    settle_at_once(dossier=accepted, officer=office.reception, result=at_once(office), at=NOON, seen_version=seen)

    with pytest.raises(StaleDossier) as stale:
        settle_at_once(dossier=accepted, officer=office.reception, result=at_once(office), at=NOON, seen_version=seen)

    assert stale.value.kind == "ResultGivenAtOnce"


def test_a_leg_of_a_linked_application_goes_its_way_through_the_agencies() -> None:
    linked = make_group(days=("0", "7", "5"))
    lead = submit(dossier=make_linked_draft(linked), actor=None, at=MONDAY)
    lead = intake.accept(dossier=lead, officer=linked.lead.reception, checks=checks_of(lead), at=MONDAY)

    with pytest.raises(NotSettledAtOnce):
        settle_at_once(dossier=lead, officer=linked.lead.reception, result=at_once(linked.lead), at=NOON)


@pytest.mark.django_db(transaction=True)
def test_a_rollback_leaves_nothing() -> None:
    office = settling_at_once(make_office())
    accepted = make_dossier(status=Status.ACCEPTED, office=office)

    with pytest.raises(RuntimeError), transaction.atomic():
        settle_at_once(dossier=accepted, officer=office.reception, result=at_once(office), at=NOON)
        raise RuntimeError

    accepted.refresh_from_db()
    assert accepted.stage is Status.ACCEPTED
    assert not Result.objects.exists()
    assert not EventRecord.objects.filter(kind="ResultGivenAtOnce").exists()
