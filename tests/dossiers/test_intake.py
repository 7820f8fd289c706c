"""What the desk decides: accept, ask for more, decline."""

import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from motcua.accounts.models import Grant
from motcua.catalogue.commands.withdraw_procedure import withdraw_procedure
from motcua.catalogue.models import Offering, ProcedureVersion
from motcua.catalogue.queries import offering_at
from motcua.documents.models import IssuedDocument
from motcua.dossiers.commands import draft, intake
from motcua.dossiers.commands.guard import StaleDossier
from motcua.dossiers.commands.submit import ApplicationIncomplete, VersionEnded, submit
from motcua.dossiers.models import Dossier, FilingChannel, Paper
from motcua.dossiers.queries.counter import offered_at
from motcua.kernel.models import EventRecord
from motcua.notifications.models import Message
from motcua.rules.papers import CheckState, DeclineGround
from motcua.rules.permissions import NotPermitted, Role
from motcua.rules.transitions import Status, TransitionRefused
from tests.make import CHECKS, HANOI, MONDAY, make_dossier, make_draft, make_office, make_officer, make_unit

pytestmark = pytest.mark.django_db
NINE = MONDAY + timedelta(hours=1)
REFUSAL = intake.Refusal(
    ground=DeclineGround.NOT_WITHIN_AUTHORITY, citation="khoản 1 Điều 13 Luật Hộ tịch", reason="Nộp tại nơi cư trú"
)


def test_handing_in_starts_the_eight_working_hours() -> None:
    dossier = submit(dossier=make_draft(), actor=None, at=datetime(2026, 7, 3, 16, 0, tzinfo=HANOI))

    assert timezone.localtime(dossier.action_due_at) == datetime(2026, 7, 6, 16, 0, tzinfo=HANOI)
    assert (dossier.holder_unit, dossier.holder_role) == (dossier.receiving_unit, "RECEPTION_OFFICER")


def test_handing_in_twice_makes_one_dossier() -> None:
    first = submit(dossier=make_draft(), actor=None, at=MONDAY)

    second = submit(dossier=first, actor=None, at=NINE)

    assert (second.submitted_at, second.version) == (MONDAY, first.version)
    assert EventRecord.objects.filter(subject=first.reference, kind="DossierSubmitted").count() == 1


def test_an_incomplete_application_is_told_what_it_lacks() -> None:
    dossier = make_draft()
    draft.attach_paper(dossier=dossier, position=1, file=None, actor=None, at=MONDAY)

    with pytest.raises(ApplicationIncomplete, match="PAPERS:1"):
        submit(dossier=dossier, actor=None, at=MONDAY)

    assert Dossier.objects.get(pk=dossier.pk).status == Status.DRAFT


def test_starting_twice_with_one_key_gives_one_draft() -> None:
    dossier = make_draft()
    filing = draft.Filing(key=dossier.draft_key, channel=FilingChannel.ONLINE)
    offering = dossier.procedure_version.procedure.offerings.get()

    again = draft.start_draft(offering=offering, filing=filing, actor=None, at=NINE)

    assert again == dossier


def test_what_is_not_in_force_cannot_be_applied_for() -> None:
    offering = make_office().offering
    filing = draft.Filing(key=make_draft().draft_key, channel=FilingChannel.ONLINE)
    Dossier.objects.filter(draft_key=filing.key).update(draft_key="00000000-0000-0000-0000-000000000001")

    with pytest.raises(draft.NotOffered):
        draft.start_draft(offering=offering, filing=filing, actor=None, at=datetime(2019, 1, 1, tzinfo=HANOI))


def test_an_abolished_procedure_is_offered_nowhere_any_more() -> None:
    office, on = make_office(), MONDAY.date()
    offering = office.offering
    withdraw_procedure(procedure=offering.procedure, on=on, replaced_by=None, actor=None, at=MONDAY - timedelta(days=9))
    filing = draft.Filing(key=uuid.uuid4(), channel=FilingChannel.ONLINE)

    with pytest.raises(draft.NotOffered):
        draft.start_draft(offering=offering, filing=filing, actor=None, at=MONDAY)
    with pytest.raises(Offering.DoesNotExist):
        offering_at(offering.procedure.code, offering.receiving_unit.code, "", on)

    assert offered_at(offering.receiving_unit, on=on) == ()
    assert len(offered_at(offering.receiving_unit, on=on - timedelta(days=1))) == 1


def ended(dossier: Dossier, on: date) -> None:
    """Have the version of `dossier` end on `on`."""
    ProcedureVersion.objects.filter(pk=dossier.procedure_version_id).update(valid_until=on)


def abolished(dossier: Dossier, on: date) -> None:
    """Have its procedure abolished on `on`."""
    procedure = dossier.procedure_version.procedure
    withdraw_procedure(procedure=procedure, on=on, replaced_by=None, actor=None, at=MONDAY)


@pytest.mark.parametrize("lapse", [ended, abolished])
def test_a_draft_is_not_handed_in_under_what_is_no_longer_in_force(lapse: Callable[[Dossier, date], None]) -> None:
    dossier, tuesday = make_draft(), MONDAY + timedelta(days=1)
    lapse(dossier, tuesday.date())

    with pytest.raises(VersionEnded, match=dossier.procedure_version.procedure.code):
        submit(dossier=dossier, actor=dossier.owner, at=tuesday)

    assert Dossier.objects.get(pk=dossier.pk).status == Status.DRAFT


def test_a_draft_is_not_handed_in_where_the_procedure_is_no_longer_taken() -> None:
    dossier, tuesday = make_draft(), MONDAY + timedelta(days=1)
    Offering.objects.filter(procedure=dossier.procedure_version.procedure).update(valid_until=tuesday.date())

    with pytest.raises(draft.NotOffered):
        submit(dossier=dossier, actor=dossier.owner, at=tuesday)


@pytest.mark.parametrize("lapse", [ended, abolished])
def test_what_was_handed_in_before_the_change_is_accepted_under_the_older_text(
    lapse: Callable[[Dossier, date], None],
) -> None:
    office = make_office()
    dossier = make_dossier(office=office)
    tuesday = MONDAY + timedelta(days=1)
    lapse(dossier, tuesday.date())

    again = submit(dossier=dossier, actor=dossier.owner, at=tuesday)
    accepted = intake.accept(dossier=dossier, officer=office.reception, checks=CHECKS, at=tuesday)

    assert (again.version, accepted.status) == (dossier.version, Status.ACCEPTED)
    assert accepted.procedure_version == dossier.procedure_version


def test_acceptance_needs_every_paper_of_the_closed_list() -> None:
    office = make_office()
    dossier = make_dossier(office=office)
    checks = {1: intake.PaperCheck(state=CheckState.MISSING), 2: intake.PaperCheck(state=CheckState.NOT_NEEDED)}

    with pytest.raises(intake.PapersInTheWay) as refused:
        intake.accept(dossier=dossier, officer=office.reception, checks=checks, at=NINE)

    assert refused.value.positions == (1,)
    dossier = Dossier.objects.get(pk=dossier.pk)
    assert (dossier.status, dossier.code) == (Status.SUBMITTED, None)
    assert not IssuedDocument.objects.filter(subject=dossier.reference).exists()


def test_codes_of_one_agency_and_day_are_consecutive_and_restart_the_next_day() -> None:
    office = make_office()
    codes = []
    for at in (NINE, NINE, NINE + timedelta(days=1)):
        dossier = make_dossier(office=office, at=at)
        codes.append(intake.accept(dossier=dossier, officer=office.reception, checks=CHECKS, at=at).code)

    agency = office.offering.competent_unit.code
    assert codes == [f"{agency}-260302-0001", f"{agency}-260302-0002", f"{agency}-260303-0001"]


def test_before_july_2025_the_code_is_written_in_the_old_order() -> None:
    office = make_office()
    at = datetime(2021, 3, 26, 9, 0, tzinfo=HANOI)
    dossier = make_dossier(office=office, at=at)

    accepted = intake.accept(dossier=dossier, officer=office.reception, checks=CHECKS, at=at)

    assert accepted.regime == "R2018"
    assert accepted.code is not None
    province, district, office_no = office.offering.competent_unit.code.split(".")
    assert accepted.code == f"000.{office_no}.{district}.{province}-210326-0001"


def test_a_second_acceptance_is_refused() -> None:
    office = make_office()
    dossier = make_dossier(office=office, status=Status.ACCEPTED)

    with pytest.raises(TransitionRefused):
        intake.accept(dossier=dossier, officer=office.reception, checks=CHECKS, at=NINE)


def test_who_acts_on_an_old_picture_is_told_who_changed_what() -> None:
    office = make_office()
    dossier = make_dossier(office=office)
    colleague = make_officer(Role.RECEPTION_OFFICER, office.offering.receiving_unit, full_name="Lò Thị Lan")
    seen = dossier.version
    intake.accept(dossier=dossier, officer=colleague, checks=CHECKS, at=NINE, seen_version=seen)

    with pytest.raises(StaleDossier) as stale:
        intake.decline(dossier=dossier, officer=office.reception, refusal=REFUSAL, at=NINE, seen_version=seen)

    assert (stale.value.kind, stale.value.by, stale.value.at) == ("DossierAccepted", "Lò Thị Lan", NINE)


def test_a_stranger_to_the_desk_may_not_accept() -> None:
    dossier = make_dossier()

    with pytest.raises(NotPermitted):
        intake.accept(
            dossier=dossier, officer=make_officer(Role.RECEPTION_OFFICER, make_unit()), checks=CHECKS, at=NINE
        )


def test_a_right_that_has_ended_is_gone() -> None:
    office = make_office()
    dossier = make_dossier(office=office)
    Grant.objects.filter(user=office.reception).update(valid_until=date(2026, 3, 2))

    with pytest.raises(NotPermitted):
        intake.accept(dossier=dossier, officer=office.reception, checks=CHECKS, at=NINE)


def test_a_limit_that_is_not_understood_gives_no_promise() -> None:
    office = make_office()
    dossier = make_dossier(office=office)
    draft_version = ProcedureVersion.objects.create(
        procedure=dossier.procedure_version.procedure,
        number=2,
        valid_from=date(2019, 1, 1),
        valid_until=date(2020, 1, 1),
        title="x",
        level="COMMUNE",
        limit_text="3",
        limit_needs_review=True,
    )
    Dossier.objects.filter(pk=dossier.pk).update(procedure_version=draft_version)

    with pytest.raises(intake.LimitUnknown):
        intake.accept(dossier=dossier, officer=office.reception, checks=CHECKS, at=NINE)


def ask(dossier: Dossier, office: object, items: dict[int, str]) -> Dossier:
    return intake.request_intake_supplement(
        dossier=dossier,
        officer=office.reception,  # type: ignore[attr-defined]  # an Office
        asking=intake.Asking(items, "Ảnh chụp bị mờ"),
        at=NINE,
    )


def test_asking_for_papers_gives_the_turn_to_the_applicant() -> None:
    office = make_office()

    dossier = ask(make_dossier(office=office), office, {1: "Chụp lại cho rõ"})

    assert (dossier.status, dossier.holder_unit, dossier.action_due_at) == (Status.INTAKE_SUPPLEMENT, None, None)
    assert Paper.objects.get(dossier=dossier, position=1).state == CheckState.WRONG
    assert IssuedDocument.objects.get(subject=dossier.reference).number.endswith("/2026/1/HDHS")
    assert "Chụp lại cho rõ" in Message.objects.filter(dossier=dossier, channel="EMAIL").latest("pk").body


def test_only_papers_of_the_closed_list_can_be_asked_for() -> None:
    office = make_office()

    with pytest.raises(Paper.DoesNotExist):
        ask(make_dossier(office=office), office, {9: "Sổ hộ khẩu"})


def test_asking_for_nothing_is_refused() -> None:
    office = make_office()

    with pytest.raises(intake.NothingAskedFor):
        ask(make_dossier(office=office), office, {})


def test_declining_names_the_ground_and_closes_the_dossier() -> None:
    office = make_office()
    dossier = make_dossier(office=office)

    declined = intake.decline(dossier=dossier, officer=office.reception, refusal=REFUSAL, at=NINE)

    assert (declined.status, declined.closed_at, declined.code) == (Status.NOT_ACCEPTED, NINE, None)
    said = EventRecord.objects.get(subject=dossier.reference, kind="DossierDeclined").payload
    assert said.keys() == {"document", "ground"}
    assert "Điều 13 Luật Hộ tịch" in Message.objects.filter(dossier=dossier, channel="EMAIL").latest("pk").body


def test_no_event_holds_personal_data() -> None:
    dossier = make_dossier(status=Status.RETURNED)

    told = str(list(EventRecord.objects.filter(subject=dossier.reference).values_list("payload", flat=True)))

    assert not any(secret in told for secret in ("Vàng", "0900000123", "011199000123", "example.com", "Bản Phủ"))
