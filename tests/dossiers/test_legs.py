"""Processes that branch: legs beside the leading way, ways to choose, the head who approves the draft (B-21, B-29)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.accounts.commands.delegate import Absence, delegate
from motcua.accounts.facts import grants_of
from motcua.accounts.models import User
from motcua.dossiers.commands import approving, end, legs, process, request_supplement, supplement, withdraw
from motcua.dossiers.commands.guard import StaleDossier
from motcua.dossiers.commands.watch import watch
from motcua.dossiers.models import Dossier, Step
from motcua.dossiers.queries.control_sheet import control_sheet
from motcua.dossiers.queries.late import Cause, late_list
from motcua.dossiers.queries.public_status import public_status
from motcua.kernel.models import EventRecord
from motcua.notifications.models import Notice
from motcua.rules.permissions import NotPermitted, Role
from motcua.rules.transitions import Status
from tests.make import HANOI, MONDAY, make_branched_office, make_dossier, make_file, make_officer, make_unit
from tests.ways import BY_LAW, Office

pytestmark = pytest.mark.django_db
DRAFT = process.Proposal("Đủ điều kiện", "Giấy phép", None)
FAR, NEAR = "Phải đi thực địa", "Không phải đi"


def on(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=HANOI)


@pytest.fixture
def office() -> Office:
    return make_branched_office()


@pytest.fixture
def expert(office: Office) -> User:
    return make_officer(Role.PROCESSING_OFFICER, office.asked)


@pytest.fixture
def dossier(office: Office, expert: User) -> Dossier:
    """Given out on Monday at noon: three steps are under way."""
    assert expert.pk
    return make_dossier(status=Status.IN_PROGRESS, office=office)


def under_way(dossier: Dossier) -> set[tuple[str, str]]:
    return set(dossier.steps.filter(finished_at=None).values_list("code", "leg"))


def finish(dossier: Dossier, officer: User, at: datetime, **result: object) -> Dossier:
    given = legs.LegResult("Thống nhất", **result)  # type: ignore[arg-type]  # each by its name
    return legs.finish_leg(dossier=dossier, officer=officer, result=given, at=at)


def pass_on(dossier: Dossier, officer: User, at: datetime, way: str = "") -> Dossier:
    return legs.pass_on(dossier=dossier, officer=officer, giving=process.Giving(officer, "", way), at=at)


def joined(dossier: Dossier, office: Office, expert: User) -> Dossier:
    """Have both legs finished and the dossier passed on to whoever puts the opinions together."""
    finish(dossier, office.officer, on(3))
    finish(dossier, expert, on(3, 10))
    return pass_on(dossier, office.officer, on(3, 11))


def sees(person: User, dossier: Dossier) -> tuple[bool, bool]:
    """Whether the dossier is on their worklist, and whether they may see it at all."""
    grants = grants_of(person, on(3).date())
    waiting = Dossier.objects.waiting_for(grants, actor_id=person.pk, on=on(3).date())
    seen = Dossier.objects.visible_to(grants, actor_id=person.pk, on=on(3).date())
    return waiting.filter(pk=dossier.pk).exists(), seen.filter(pk=dossier.pk).exists()


def test_all_legs_begin_at_once_each_with_its_own_unit_and_term(office: Office, dossier: Dossier) -> None:
    found = {step.code: step for step in dossier.steps.filter(finished_at=None)}

    assert under_way(dossier) == {("THAM_TRA", ""), ("GOP_Y", "GOP_Y"), ("PHOI_HOP", "PHOI_HOP")}
    assert {code: step.unit_id for code, step in found.items()} == {
        "THAM_TRA": dossier.competent_unit_id,
        "GOP_Y": dossier.competent_unit_id,
        "PHOI_HOP": office.asked.pk,
    }
    assert timezone.localtime(found["GOP_Y"].due_at) < timezone.localtime(found["PHOI_HOP"].due_at)
    assert (dossier.assignee, dossier.holder_unit_id) == (office.officer, dossier.competent_unit_id)


def test_the_unit_beside_sees_the_dossier_until_it_has_done_its_part(dossier: Dossier, expert: User) -> None:
    before = sees(expert, dossier)
    stranger = make_officer(Role.PROCESSING_OFFICER, make_unit())

    finish(dossier, expert, on(3), file=make_file())

    assert (before, sees(expert, dossier), sees(stranger, dossier)) == ((True, True), (False, True), (False, False))
    done = Step.objects.get(code="PHOI_HOP")
    assert (done.note, done.finished_by) == ("Thống nhất", expert)
    assert done.file is not None


def test_the_join_waits_for_all_legs_and_opens_once(office: Office, dossier: Dossier, expert: User) -> None:
    with pytest.raises(legs.LegsAwaited) as refused:
        pass_on(dossier, office.officer, on(3))
    after = joined(dossier, office, expert)

    assert refused.value.codes == ("GOP_Y", "PHOI_HOP")
    assert under_way(after) == {("TONG_HOP", "")}
    assert Step.objects.filter(code="TONG_HOP").count() == 1


def test_a_refused_act_leaves_nothing(office: Office, dossier: Dossier) -> None:
    before, events = under_way(dossier), EventRecord.objects.count()

    with pytest.raises(legs.LegsAwaited):
        pass_on(dossier, office.officer, on(3))

    assert (under_way(dossier), EventRecord.objects.count()) == (before, events)


def test_nobody_finishes_the_leg_of_another_unit(office: Office, dossier: Dossier, expert: User) -> None:
    stranger = make_officer(Role.PROCESSING_OFFICER, make_unit())

    for person, leg in [(stranger, ""), (expert, "GOP_Y"), (office.officer, "PHOI_HOP"), (office.signer, "")]:
        with pytest.raises(NotPermitted):
            finish(dossier, person, on(3), leg=leg)


def test_a_leg_is_named_where_several_wait_for_the_same_hands(office: Office, dossier: Dossier, expert: User) -> None:
    both = make_officer(Role.PROCESSING_OFFICER, office.asked)
    both.grants.create(unit=office.offering.competent_unit, role="PROCESSING_OFFICER", valid_from=on(1).date())

    with pytest.raises(legs.LegUnclear) as refused:
        finish(dossier, both, on(3))
    finish(dossier, both, on(3), leg="GOP_Y")

    assert refused.value.legs == ("GOP_Y", "PHOI_HOP")
    assert under_way(dossier) == {("THAM_TRA", ""), ("PHOI_HOP", "PHOI_HOP")}


@pytest.mark.parametrize(("way", "code"), [(FAR, "THUC_DIA"), (NEAR, "DUYET")])
def test_the_officer_chooses_by_the_words_of_the_way(
    way: str, code: str, office: Office, dossier: Dossier, expert: User
) -> None:
    together = joined(dossier, office, expert)

    if way == FAR:
        after = pass_on(together, office.officer, on(4), way)
    else:
        proposal = process.Proposal("Đủ", "Giấy phép", None, way=way)
        after = process.propose(dossier=together, officer=office.officer, proposal=proposal, at=on(4))

    assert under_way(after) == {(code, "")}


def test_a_way_there_is_not_is_refused(office: Office, dossier: Dossier, expert: User) -> None:
    together = joined(dossier, office, expert)

    with pytest.raises(legs.WayNotOpen):
        pass_on(together, office.officer, on(4), "Tuỳ")


def test_the_head_approves_and_only_then_the_signer_signs(office: Office, dossier: Dossier, expert: User) -> None:
    process.propose(dossier=joined(dossier, office, expert), officer=office.officer, proposal=DRAFT, at=on(4))

    with pytest.raises(NotPermitted):
        process.sign(dossier=dossier, officer=office.signer, note="", at=on(4))
    approved = approving.approve_draft(
        dossier=dossier, officer=office.dispatcher, approval=approving.Approval("Đồng ý"), at=on(4, 10)
    )
    with pytest.raises(NotPermitted):
        approving.approve_draft(dossier=dossier, officer=office.dispatcher, approval=approving.Approval(), at=on(4, 10))

    assert (approved.status, under_way(approved)) == (Status.PENDING_SIGN, {("KY", "")})
    assert process.sign(dossier=dossier, officer=office.signer, note="", at=on(4, 11)).status == Status.SIGNED


def test_a_draft_given_back_runs_the_last_verification_again_and_no_leg(
    office: Office, dossier: Dossier, expert: User
) -> None:
    process.propose(dossier=joined(dossier, office, expert), officer=office.officer, proposal=DRAFT, at=on(4))

    back = approving.give_back_draft(dossier=dossier, officer=office.dispatcher, reason="Sai", at=on(4, 10))

    assert (back.status, back.assignee, under_way(back)) == (Status.IN_PROGRESS, office.officer, {("TONG_HOP", "")})
    again = process.propose(dossier=back, officer=office.officer, proposal=DRAFT, at=on(4, 11))
    assert under_way(again) == {("DUYET", "")}


def test_legs_go_on_while_papers_are_missing_and_have_their_full_time_again(
    office: Office, dossier: Dossier, expert: User
) -> None:
    asking = request_supplement.Asking({1: "Mờ"}, "Mờ")
    request_supplement.request_supplement(dossier=dossier, officer=office.officer, asking=asking, at=on(3))
    assert under_way(dossier) == {("GOP_Y", "GOP_Y"), ("PHOI_HOP", "PHOI_HOP")}
    finish(dossier, office.officer, on(3, 10))
    before = Step.objects.get(code="PHOI_HOP").due_at

    back = supplement.receive_supplement(
        dossier=dossier, officer=office.reception, brought={1: supplement.Brought(originals_count=1)}, at=on(9)
    )

    assert under_way(back) == {("THAM_TRA", ""), ("PHOI_HOP", "PHOI_HOP")}
    assert Step.objects.get(code="PHOI_HOP", finished_at=None).due_at > before
    assert sees(expert, dossier) == (True, True)


def test_legs_end_with_the_dossier(office: Office, dossier: Dossier, expert: User) -> None:
    other = make_dossier(status=Status.IN_PROGRESS, office=office)
    withdraw.withdraw(dossier=dossier, actor=dossier.owner, at=on(3))
    end.stop(dossier=other, officer=office.signer, ground=BY_LAW, at=on(3))

    assert not Step.objects.filter(finished_at=None).exists()
    assert sees(expert, dossier) == (False, False)


def test_giving_the_dossier_to_another_officer_leaves_the_legs_alone(office: Office, dossier: Dossier) -> None:
    colleague = make_officer(Role.PROCESSING_OFFICER, office.offering.competent_unit)

    after = process.assign(dossier=dossier, officer=office.dispatcher, giving=process.Giving(colleague), at=on(3))

    assert after.assignee == colleague
    assert under_way(after) == {("THAM_TRA", ""), ("GOP_Y", "GOP_Y"), ("PHOI_HOP", "PHOI_HOP")}


def test_a_late_leg_is_told_of_once_to_who_does_it_and_who_waits(
    office: Office, dossier: Dossier, expert: User
) -> None:
    watch(on(9))
    watch(on(9, 10))

    told = EventRecord.objects.filter(kind="LegOverdue", subject=dossier.reference)
    assert [row.payload["step"] for row in told.order_by("seq")] == ["GOP_Y", "PHOI_HOP"]
    notices = Notice.objects.filter(kind="LegOverdue", user__in=[expert, office.officer]).values_list("user", flat=True)
    assert sorted(notices) == sorted([office.officer.pk, office.officer.pk, expert.pk])


def test_leaders_see_that_a_leg_is_what_a_late_dossier_waits_for(office: Office, dossier: Dossier) -> None:
    assert dossier.due_at is not None
    at = dossier.due_at + timedelta(hours=1)

    row = late_list(office.signer, grants_of(office.signer, on(3).date()), at=at).rows[0]

    assert Cause.LEG_SLOW in row.causes
    assert (row.step, row.holder) == ("Thẩm tra", office.officer.display_name)


def test_whoever_does_a_leg_is_told_and_so_is_whoever_waits_for_it(
    office: Office, dossier: Dossier, expert: User
) -> None:
    finish(dossier, expert, on(3))

    assert Notice.objects.filter(kind="LegBegun", user=expert, dossier=dossier).count() == 1
    assert Notice.objects.filter(kind="LegFinished", user=office.officer, dossier=dossier).count() == 1


def test_a_leg_that_goes_on_in_another_unit_is_told_of_there() -> None:
    after = make_unit()
    office = make_branched_office(then=after)
    expert, other = (make_officer(Role.PROCESSING_OFFICER, unit) for unit in (office.asked, after))
    head = make_officer(Role.DISPATCHER, after)
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    Notice.objects.all().delete()

    finish(dossier, expert, on(3))
    gone_on = Step.objects.get(code="Y_KIEN")
    told = Notice.objects.filter(dossier=dossier).values_list("kind", "user", "due_at")

    assert (gone_on.unit, gone_on.leg) == (after, "PHOI_HOP")
    assert sorted(told) == sorted(("LegBegun", person.pk, gone_on.due_at) for person in (other, head))
    finish(dossier, other, on(3, 10))
    assert Notice.objects.filter(kind="LegFinished", user=office.officer).count() == 1


def test_whoever_goes_on_with_their_own_leg_is_told_nothing_by_themselves_but_by_a_deputy() -> None:
    unit = make_unit()
    office = make_branched_office(asked=unit, then=unit)
    expert, deputy = (make_officer(Role.PROCESSING_OFFICER, unit) for _ in range(2))
    head = make_officer(Role.DISPATCHER, unit)
    first, second = (make_dossier(status=Status.IN_PROGRESS, office=office) for _ in range(2))
    for one in (first, second):
        legs.assign_leg(dossier=one, officer=head, giving=legs.LegGiving(expert), at=on(3))
    Notice.objects.all().delete()

    finish(first, expert, on(3))
    days = Absence(on(3).date(), on(5).date(), "Nghỉ phép")
    delegate(absent=expert, deputy=deputy, absence=days, at=on(3, 10))
    finish(second, deputy, on(3, 11))

    assert set(Step.objects.filter(code="Y_KIEN").values_list("assignee", flat=True)) == {expert.pk}
    told = Notice.objects.filter(kind="LegBegun").values_list("dossier", "user")
    assert sorted(told) == sorted([(second.pk, expert.pk), (second.pk, deputy.pk)])


def test_a_step_that_was_closed_is_not_asked_for_again() -> None:
    unit = make_unit()
    office = make_branched_office(asked=unit, then=unit)
    expert = make_officer(Role.PROCESSING_OFFICER, unit)
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)

    with CaptureQueriesContext(connection) as queries:
        finish(dossier, expert, on(3))

    columns = ('"dossiers_step"."unit_id"', '"dossiers_step"."assignee_id"')
    alone = [f'SELECT "dossiers_step"."id", {column} FROM' for column in columns]
    assert [query["sql"] for query in queries if query["sql"].startswith(tuple(alone))] == []


def test_the_public_learns_nothing_of_legs(office: Office, dossier: Dossier, expert: User) -> None:
    before = public_status(Dossier.objects.for_page().get(pk=dossier.pk))
    finish(dossier, expert, on(3))

    assert public_status(Dossier.objects.for_page().get(pk=dossier.pk)) == before
    assert before.holder == office.offering.competent_unit.authority_name


def test_the_control_sheet_says_from_whom_each_leg_came(office: Office, dossier: Dossier, expert: User) -> None:
    together = joined(dossier, office, expert)
    sheet = control_sheet(Dossier.objects.for_page().get(pk=together.pk), office.reception, at=on(4))
    giver = {row["note"]: row["giver"] for row in sheet["handovers"]}

    assert giver["Cơ quan phối hợp có ý kiến"] == giver["Thẩm tra"] == office.dispatcher.display_name
    assert giver["Tổng hợp"] == office.officer.display_name


def test_somebody_with_an_old_page_is_told(dossier: Dossier, expert: User) -> None:
    with pytest.raises(StaleDossier):
        legs.finish_leg(
            dossier=dossier,
            officer=expert,
            result=legs.LegResult("Thống nhất"),
            at=on(3),
            seen_version=dossier.version - 1,
        )


@pytest.mark.django_db(transaction=True)
def test_legs_finished_at_once_and_the_join_asked_for_meanwhile_open_it_once() -> None:
    office = make_branched_office()
    expert = make_officer(Role.PROCESSING_OFFICER, office.asked)
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office, at=MONDAY)
    start, at = Barrier(4, timeout=60), MONDAY + timedelta(days=1)

    def act(hand: int) -> str:
        connection.ensure_connection()
        start.wait()
        try:
            if hand < 2:
                finish(dossier, [office.officer, expert][hand], at)
            else:
                pass_on(dossier, office.officer, at)
        except (legs.LegsAwaited, legs.WayNotOpen, NotPermitted) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(max_workers=4) as hands:
        outcomes = list(hands.map(act, range(4)))
    if "done" not in outcomes[2:]:
        pass_on(dossier, office.officer, at)

    assert outcomes[:2] == ["done", "done"]
    assert Step.objects.filter(dossier=dossier, code="TONG_HOP").count() == 1
    assert Step.objects.filter(dossier=dossier, finished_at=None).count() == 1
    seqs = list(EventRecord.objects.filter(subject=dossier.reference).order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(seqs[0], seqs[0] + len(seqs)))
