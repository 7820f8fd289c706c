"""Any life the law allows: random acts at random moments, and what must hold after each of them (rulebook R)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from motcua.accounts.models import User
from motcua.dossiers.commands import (
    approving,
    consult,
    correct,
    draft,
    end,
    extend,
    financial,
    intake,
    legs,
    note,
    process,
    request_supplement,
    return_result,
    settle_at_once,
    supplement,
    withdraw,
)
from motcua.dossiers.models import Consultation, Dossier, Extension
from motcua.rules.papers import DeclineGround
from motcua.rules.permissions import NotPermitted, Role
from motcua.rules.promises import ExtensionRefused, days_after
from motcua.rules.transitions import (
    BEFORE_ACCEPTANCE,
    FINAL,
    LEGS_RUN,
    WAITING_FOR_APPLICANT,
    Action,
    Status,
    open_actions,
)
from motcua.rules.working_time import working_calendar
from tests.make import (
    HANOI,
    make_branched_office,
    make_dossier,
    make_file,
    make_office,
    make_officer,
    settling_at_once,
)
from tests.ways import BY_LAW, Office, at_once, checks_of

CALENDAR = working_calendar()
ASKING = intake.Asking({1: "Chụp lại"}, "Mờ")
REFUSED_BY_THE_RULES = (
    intake.AskedBefore,
    request_supplement.NotAskedBefore,
    ExtensionRefused,
    end.ApplicantHasTime,
    consult.StillInTime,
    return_result.ReturnedAnotherWay,
    legs.LegsAwaited,
    legs.WayNotOpen,
    settle_at_once.NotSettledAtOnce,
)
BRANCHED_ACTS = frozenset(
    {Action.ASSIGN_LEG, Action.PASS_ON, Action.FINISH_LEG, Action.APPROVE_DRAFT, Action.GIVE_BACK_DRAFT}
)
"""Acts that only a process that branches knows; it lets the signer at the draft once the head has approved it."""
Act = Callable[[Dossier, datetime], object]


def acts_of(office: Office, expert: User, colleague: User) -> dict[Action, Act]:
    """How each act is done by whoever may do it."""
    desk, officer, signer, clerk = office.reception, office.officer, office.signer, office.clerk

    def owner_completes(dossier: Dossier, at: datetime) -> object:
        draft.attach_paper(dossier=dossier, position=1, file=make_file(), actor=dossier.owner, at=at)
        return supplement.complete_supplement(dossier=dossier, actor=dossier.owner, at=at)

    def desk_completes(dossier: Dossier, at: datetime) -> object:
        brought = {1: supplement.Brought(originals_count=1)}
        return supplement.receive_supplement(dossier=dossier, officer=desk, brought=brought, at=at)

    def given_out(dossier: Dossier, at: datetime) -> object:
        to = colleague if dossier.assignee == officer else officer
        return process.assign(dossier=dossier, officer=office.dispatcher, giving=process.Giving(to), at=at)

    def extended(dossier: Dossier, at: datetime) -> object:
        day = days_after(max(timezone.localtime(dossier.due_at), at), 3, CALENDAR)
        return extend.extend(dossier=dossier, officer=signer, apology=extend.Apology("Chờ", day), at=at)

    def answered(dossier: Dossier, at: datetime) -> object:
        asked = Consultation.objects.get(dossier=dossier, closed_at=None)
        return consult.answer_consultation(consultation=asked, officer=expert, opinion=consult.Opinion("Được"), at=at)

    def corrected(dossier: Dossier, at: datetime) -> object:
        right = correct.RightResult("13/GKS", make_file())
        return correct.correct(dossier=dossier, officer=signer, right=right, at=at)

    granted = process.Proposal("Được", "Giấy khai sinh", make_file())
    refusal = process.Proposal("Không được", "Văn bản từ chối", make_file(), refusal_basis="Điều 5")
    numbering = process.Numbering("12/GKS", None)
    question = consult.Question(office.asked, "Có vướng gì không?", days=1)
    owed = financial.Obligation("Luật Phí", "1/TB", 1000)
    minutes = note.Minutes(datetime(2026, 3, 2, 8, tzinfo=HANOI), "Bản Phủ", "Trưởng bản", "Đúng")
    ground = intake.Refusal(DeclineGround.WRONG_SUBJECT, "Điều 5", "Không đúng đối tượng")

    def worker(dossier: Dossier) -> User:
        return dossier.assignee or officer

    return {
        Action.GUIDE: lambda d, at: note.guide(dossier=d, officer=desk, text="Mang thêm bản chính", at=at),
        Action.REQUEST_INTAKE_SUPPLEMENT: lambda d, at: intake.request_intake_supplement(
            dossier=d, officer=desk, asking=ASKING, at=at
        ),
        Action.COMPLETE_SUPPLEMENT: owner_completes,
        Action.RECEIVE_SUPPLEMENT: desk_completes,
        Action.DECLINE: lambda d, at: intake.decline(dossier=d, officer=desk, refusal=ground, at=at),
        Action.ACCEPT: lambda d, at: intake.accept(dossier=d, officer=desk, checks=checks_of(d), at=at),
        Action.SETTLE_AT_ONCE: lambda d, at: settle_at_once.settle_at_once(
            dossier=d, officer=desk, result=at_once(office), at=at
        ),
        Action.TRANSFER: lambda d, at: process.transfer(dossier=d, officer=desk, at=at),
        Action.ASSIGN: given_out,
        Action.RECORD_VERIFICATION: lambda d, at: note.record_verification(
            dossier=d, officer=worker(d), minutes=minutes, at=at
        ),
        Action.REQUEST_SUPPLEMENT: lambda d, at: request_supplement.request_supplement(
            dossier=d, officer=worker(d), asking=ASKING, at=at
        ),
        Action.OVERRIDE_SUPPLEMENT: lambda d, at: request_supplement.override_supplement(
            dossier=d, officer=signer, asking=ASKING, at=at
        ),
        Action.CONSULT: lambda d, at: consult.consult(dossier=d, officer=worker(d), question=question, at=at),
        Action.ANSWER_CONSULTATION: answered,
        Action.GO_ON_UNANSWERED: lambda d, at: consult.go_on_unanswered(
            dossier=d, officer=worker(d), note="Hết hạn", at=at
        ),
        Action.AWAIT_FINANCIAL: lambda d, at: financial.await_financial(
            dossier=d, officer=worker(d), obligation=owed, at=at
        ),
        Action.SETTLE_FINANCIAL: lambda d, at: financial.settle_financial(dossier=d, officer=desk, proof="BL 1", at=at),
        Action.EXTEND: extended,
        Action.PROPOSE: lambda d, at: process.propose(dossier=d, officer=worker(d), proposal=granted, at=at),
        Action.PROPOSE_REFUSAL: lambda d, at: process.propose(dossier=d, officer=worker(d), proposal=refusal, at=at),
        Action.RETURN_FOR_REWORK: lambda d, at: process.return_for_rework(
            dossier=d, officer=signer, reason="Sửa", at=at
        ),
        Action.SIGN: lambda d, at: process.sign(dossier=d, officer=signer, note="", at=at),
        Action.ISSUE: lambda d, at: process.issue(dossier=d, officer=clerk, numbering=numbering, at=at),
        Action.HAND_OVER: lambda d, at: return_result.hand_over(dossier=d, officer=desk, received_by="A", at=at),
        Action.POST_RESULT: lambda d, at: return_result.post_result(dossier=d, officer=desk, post_no="1", at=at),
        Action.RELEASE_ONLINE: lambda d, at: return_result.release_online(dossier=d, officer=desk, at=at),
        Action.REPORT_ERROR: lambda d, at: correct.report_error(dossier=d, officer=desk, error="Sai", at=at),
        Action.CORRECT: corrected,
        Action.RATE: lambda d, at: note.rate(dossier=d, score=5, comment="", actor=d.owner, at=at),
        Action.WITHDRAW: lambda d, at: withdraw.withdraw(dossier=d, actor=d.owner, at=at),
        Action.RECORD_WITHDRAWAL: lambda d, at: withdraw.record_withdrawal(
            dossier=d, officer=desk, reason="Đổi ý", at=at
        ),
        Action.STOP: lambda d, at: end.stop(dossier=d, officer=signer, ground=BY_LAW, at=at),
        Action.CLOSE_UNANSWERED: lambda d, at: end.close_unanswered(dossier=d, officer=desk, ground=BY_LAW, at=at),
    }


def branched_acts_of(office: Office, expert: User, colleague: User) -> dict[Action, Act]:
    """How the acts are done that only a process that branches knows."""
    officer = office.officer

    def passed_on(dossier: Dossier, at: datetime) -> object:
        to = colleague if dossier.assignee == officer else officer
        return legs.pass_on(dossier=dossier, officer=dossier.assignee or officer, giving=process.Giving(to), at=at)

    heads = {office.asked.pk: make_officer(Role.DISPATCHER, office.asked)}

    def leg_given(dossier: Dossier, at: datetime) -> object:
        leg = dossier.steps.filter(finished_at=None, leg__gt="").order_by("-pk").first()
        is_beside = leg is not None and leg.unit_id in heads
        to = expert if is_beside else officer if leg is not None and leg.assignee == colleague else colleague
        by = heads[office.asked.pk] if is_beside else office.dispatcher
        giving = legs.LegGiving(to, leg=leg.leg if leg else "")
        return legs.assign_leg(dossier=dossier, officer=by, giving=giving, at=at)

    def leg_finished(dossier: Dossier, at: datetime) -> object:
        leg = dossier.steps.filter(finished_at=None, leg__gt="").order_by("pk").first()
        by = expert if leg is not None and leg.unit_id == office.asked.pk else colleague
        by = leg.assignee or by if leg is not None else by
        result = legs.LegResult("Thống nhất", leg=leg.leg if leg else "")
        return legs.finish_leg(dossier=dossier, officer=by, result=result, at=at)

    return {
        Action.ASSIGN_LEG: leg_given,
        Action.PASS_ON: passed_on,
        Action.FINISH_LEG: leg_finished,
        Action.APPROVE_DRAFT: lambda d, at: approving.approve_draft(
            dossier=d, officer=office.dispatcher, approval=approving.Approval(), at=at
        ),
        Action.GIVE_BACK_DRAFT: lambda d, at: approving.give_back_draft(
            dossier=d, officer=office.dispatcher, reason="Sửa", at=at
        ),
    }


def make_office_at_once() -> Office:
    return settling_at_once(make_office())


SELDOM = frozenset({Action.WITHDRAW, Action.RECORD_WITHDRAWAL, Action.STOP, Action.DECLINE, Action.GUIDE})
"""Acts that end a life at once, or change nothing: drawn less often, so that most lives are long."""


class AnyLife(RuleBasedStateMachine):
    """One dossier from its submission on; each step lets working time pass and does one act that is open."""

    def __init__(self) -> None:
        super().__init__()
        self.world = transaction.atomic()
        self.world.__enter__()

    @initialize(kind=st.sampled_from([make_office, make_branched_office, make_office_at_once]))
    def begin(self, kind: Callable[[], Office]) -> None:
        """Hand in a dossier, whose process branches or does not, or whose result is given on the spot."""
        self.is_branched = is_branched = kind is make_branched_office
        office = kind()
        commune = office.offering.competent_unit
        expert = make_officer(Role.PROCESSING_OFFICER, office.asked)
        colleague = make_officer(Role.PROCESSING_OFFICER, commune)
        self.acts = acts_of(office, expert, colleague)
        if is_branched:
            self.acts |= branched_acts_of(office, expert, colleague)
        self.dossier = make_dossier(status=Status.SUBMITTED, office=office)
        self.now = datetime(2026, 3, 2, 10, tzinfo=HANOI)
        self.code: str | None = None

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.world.__exit__(None, None, None)

    @rule(
        hours=st.one_of(st.integers(0, 60), st.integers(400, 500)),
        choice=st.integers(0, 1000),
        seldom=st.integers(0, 5),
    )
    def act(self, hours: int, choice: int, seldom: int) -> None:
        """Do one of the acts that are open, some hours later."""
        self.now = CALENDAR.opening_from(self.now + timedelta(hours=hours))
        options = [act for act in open_actions(self.dossier.stage) if act in self.acts]
        options = [act for act in options if seldom == 0 or act not in SELDOM] or options
        if not options:
            return
        before = self.dossier.version
        action = options[choice % len(options)]
        try:
            with transaction.atomic():
                self.acts[action](self.dossier, self.now)
        except (*REFUSED_BY_THE_RULES, consult.ConsultedAlready, NotPermitted) as refusal:
            if isinstance(refusal, NotPermitted):
                assert self.is_branched
                assert action in BRANCHED_ACTS | {Action.SIGN, Action.RETURN_FOR_REWORK}
            self.dossier.refresh_from_db()
            assert self.dossier.version == before
            return
        self.dossier = Dossier.objects.select_related("assignee").get(pk=self.dossier.pk)

    @invariant()
    def r1_the_promise_lies_after_acceptance_and_in_working_time(self) -> None:
        if self.dossier.accepted_at is not None:
            due = timezone.localtime(self.dossier.due_at)
            assert due >= self.dossier.accepted_at
            assert due == CALENDAR.close_of(due.date())

    @invariant()
    def r2_one_promise_is_live_and_none_was_shortened(self) -> None:
        former = list(self.dossier.former_promises.order_by("pk").values_list("due_at", flat=True))
        assert former == sorted(former)
        if former:
            assert self.dossier.due_at is not None
            assert former[-1] < self.dossier.due_at

    @invariant()
    def r3_r4_what_is_allowed_once_happened_once(self) -> None:
        assert Extension.objects.filter(dossier=self.dossier).count() <= 1
        asked = self.dossier.supplement_requests.filter(after_acceptance=True, is_exception=False)
        assert asked.count() <= 1
        exceptions = self.dossier.supplement_requests.filter(is_exception=True).count()
        assert self.dossier.irregular_acts.filter(kind="SECOND_SUPPLEMENT").count() == exceptions

    @invariant()
    def r9_the_code_is_given_once(self) -> None:
        assert (self.dossier.code is None) == (self.dossier.accepted_at is None)
        assert self.code in {None, self.dossier.code}
        self.code = self.dossier.code

    @invariant()
    def somebody_holds_it_or_the_applicant_is_asked_or_it_is_over(self) -> None:
        stage = self.dossier.stage
        is_over_or_theirs = stage in FINAL | WAITING_FOR_APPLICANT
        assert (self.dossier.holder_unit_id is None) == is_over_or_theirs
        open_steps = self.dossier.steps.filter(finished_at=None, leg="").count()
        has_none = is_over_or_theirs or stage in BEFORE_ACCEPTANCE | {Status.ACCEPTED, Status.CORRECTING}
        assert open_steps == (0 if has_none else 1)

    @invariant()
    def legs_run_beside_a_dossier_that_is_being_verified_and_each_but_once(self) -> None:
        begun = list(self.dossier.steps.filter(leg__gt="").values_list("leg", "finished_at"))
        assert len({leg for leg, _ in begun}) == len(begun)
        under_way = [leg for leg, finished_at in begun if finished_at is None]
        assert not under_way or self.dossier.stage in LEGS_RUN
        if self.dossier.steps.filter(code="TONG_HOP").exists() and self.dossier.stage not in FINAL:
            assert not under_way, "the join waits for all its legs"

    @invariant()
    def nothing_waits_for_others_but_where_the_status_says_so(self) -> None:
        stage = self.dossier.stage
        assert self.dossier.consultations.filter(closed_at=None).exists() == (stage is Status.CONSULTING)
        assert self.dossier.financial_obligations.filter(settled_at=None).exists() == (stage is Status.FINANCIAL)
        assert self.dossier.corrections.filter(corrected_at=None).exists() == (stage is Status.CORRECTING)

    @invariant()
    def a_final_dossier_is_closed_and_no_other(self) -> None:
        assert (self.dossier.closed_at is not None) == (self.dossier.stage in FINAL)


@pytest.mark.long
@pytest.mark.django_db
def test_whatever_is_done_the_rules_hold() -> None:
    run_state_machine_as_test(
        AnyLife,
        settings=settings(
            max_examples=15,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
