"""Lives of dossiers by the rules alone: what the commands would have decided, without a database.

Every act is one the rules leave open, every promise is theirs; only the moments and the turns are invented.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from motcua.rules.counting import CountingMode
from motcua.rules.promises import (
    Beginning,
    ClockFacts,
    Exclusion,
    ExclusionGround,
    ExtensionRefused,
    PromiseCause,
    days_after,
    extended,
    promise,
)
from motcua.rules.regimes import ClockStart, Regime, regime_rules_on
from motcua.rules.time_limits import TimeLimit
from motcua.rules.transitions import BEFORE_ACCEPTANCE, Action, Status, status_after
from motcua.rules.working_time import WorkingCalendar, add_working_time, in_hanoi

_DECLINED, _STOPPED, _WITHDRAWN, _SUPPLEMENTED, _SILENT = 0.03, 0.005, 0.01, 0.06, 0.1
_CONSULTED, _FINANCIAL, _EXTENDED, _REFUSED, _LATE = 0.05, 0.03, 0.04, 0.03, 0.06


class Over(Exception):
    """The year is over: what follows has not happened yet."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Where and under what a life is lived: its limit, whether another commune's desk took it in, the calendar."""

    limit: TimeLimit
    is_elsewhere: bool
    calendar: WorkingCalendar
    until: datetime


@dataclass(slots=True)
class Replayed:
    """One life as far as it came. `waits` are (status, since, until), `former` the promises that were replaced."""

    ground: Ground
    chance: random.Random
    now: datetime
    status: Status = Status.DRAFT
    acts: int = 0
    submitted_at: datetime | None = None
    accepted_at: datetime | None = None
    finished_at: datetime | None = None
    closed_at: datetime | None = None
    regime: Regime | None = None
    facts: ClockFacts | None = None
    due_at: datetime | None = None
    cause: PromiseCause = PromiseCause.ACCEPTANCE
    former: list[tuple[datetime, PromiseCause, datetime]] = field(default_factory=list)
    waits: list[tuple[Status, datetime, datetime | None]] = field(default_factory=list)

    def live(self) -> "Replayed":
        """Live to the end, or to the end of the year."""
        try:
            self._take_in()
            if self.status not in BEFORE_ACCEPTANCE:
                self._settle()
        except Over:
            pass
        return self

    def _act(self, action: Action) -> None:
        if self.now >= self.ground.until:
            raise Over
        self.status = status_after(self.status, action)
        self.acts += 1

    def _work(self, least: float, most: float) -> None:
        """Let some working hours pass."""
        spent = timedelta(hours=self.chance.uniform(least, most))
        self.now = add_working_time(self.now, spent, self.ground.calendar)

    def _turn(self, share: float) -> bool:
        return self.chance.random() < share

    def _take_in(self) -> None:
        self._act(Action.SUBMIT)
        self.submitted_at = self.now
        self._work(0.2, 8)
        if self._turn(_DECLINED):
            self._act(Action.DECLINE)
            self.closed_at = self.now
            return
        self._act(Action.ACCEPT)
        self.accepted_at, rules = self.now, regime_rules_on(in_hanoi(self.now).date())
        self.regime = rules.regime
        start, beginning = self.now, Beginning.ACCEPTED
        if self.ground.is_elsewhere and rules.clock_start is ClockStart.COMPETENT_AGENCY:
            start = self.ground.calendar.close_after(in_hanoi(self.now).date(), 1)
            beginning = Beginning.EXPECTED_AT_AGENCY
        self.facts = ClockFacts(start, beginning, self.ground.limit)
        self._promise(PromiseCause.ACCEPTANCE)
        self._work(0.3, 6)
        self._act(Action.TRANSFER)
        if beginning is Beginning.EXPECTED_AT_AGENCY:
            self._count_anew(Beginning.RECEIVED_BY_AGENCY, PromiseCause.AGENCY_RECEIPT)

    def _promise(self, cause: PromiseCause) -> None:
        """Give the promise as its facts now have it, unless it would be sooner."""
        assert self.facts is not None
        due = promise(self.facts, self.ground.calendar, CountingMode.CIVIL).due_at
        if self.due_at is not None:
            if due <= self.due_at:
                return
            self.former.append((self.due_at, self.cause, self.now))
        self.due_at, self.cause = due, cause

    def _count_anew(self, beginning: Beginning, cause: PromiseCause) -> None:
        self.facts = ClockFacts(in_hanoi(self.now), beginning, self.ground.limit)
        self._promise(cause)

    def _settle(self) -> None:
        self._work(0.2, 4)
        self._act(Action.ASSIGN)
        turns: list[tuple[float, Callable[[], None]]] = [
            (_STOPPED, lambda: self._end(Action.STOP)),
            (_WITHDRAWN, lambda: self._end(Action.WITHDRAW)),
            (_SUPPLEMENTED, self._supplement),
            (_CONSULTED, self._consult),
            (_FINANCIAL, self._financial),
            (_EXTENDED, self._extend),
        ]
        for share, turn in turns:
            if self._turn(share):
                turn()
        self._decide()

    def _end(self, action: Action) -> None:
        self._work(1, 12)
        self._act(action)
        self.closed_at = self.now
        raise Over

    def _wait(self, asking: Action, days: float) -> datetime:
        """Have the applicant at turn for `days`, and return since when."""
        self._work(1, 16)
        self._act(asking)
        since = self.now
        self.waits.append((self.status, since, None))
        self.now = self.ground.calendar.opening_from(in_hanoi(self.now + timedelta(days=days)))
        return since

    def _waited(self, action: Action) -> None:
        status, since, _ = self.waits[-1]
        self._act(action)
        self.waits[-1] = (status, since, self.now)

    def _supplement(self) -> None:
        if self._turn(_SILENT):
            self._wait(Action.REQUEST_SUPPLEMENT, 23)
            self._waited(Action.CLOSE_UNANSWERED)
            self.closed_at = self.now
            raise Over
        self._wait(Action.REQUEST_SUPPLEMENT, self.chance.uniform(0.5, 14))
        self._waited(Action.COMPLETE_SUPPLEMENT)
        self._count_anew(Beginning.SUPPLEMENT_COMPLETED, PromiseCause.SUPPLEMENT)

    def _consult(self) -> None:
        self._work(0.5, 8)
        self._act(Action.CONSULT)
        self._work(2, 16)
        self._act(Action.ANSWER_CONSULTATION)

    def _financial(self) -> None:
        since = self._wait(Action.AWAIT_FINANCIAL, self.chance.uniform(1, 20))
        self._waited(Action.SETTLE_FINANCIAL)
        assert self.facts is not None
        stretch = Exclusion(in_hanoi(since), in_hanoi(self.now), ExclusionGround.FINANCIAL)
        self.facts = replace(self.facts, exclusions=(*self.facts.exclusions, stretch))
        self._promise(PromiseCause.FINANCIAL)

    def _extend(self) -> None:
        assert self.due_at is not None and self.facts is not None  # noqa: PT018  # both come with the acceptance
        self._work(0.5, 4)
        calendar, day = self.ground.calendar, days_after(self.due_at, self.chance.randint(2, 8), self.ground.calendar)
        try:
            extended(self.due_at, day, at=self.now, extended_count=0, calendar=calendar)
        except ExtensionRefused:
            return
        self._act(Action.EXTEND)
        self.facts = replace(self.facts, extended_to=day, extended_at=in_hanoi(self.now))
        self._promise(PromiseCause.EXTENSION)

    def _decide(self) -> None:
        """Finish somewhere between now and the promise, or a little after it."""
        assert self.due_at is not None
        refuses = self._turn(_REFUSED)
        share = self.chance.uniform(0.3, 0.99)
        self.now += max(self.due_at - self.now, timedelta()) * share
        if self._turn(_LATE):
            self.now = max(self.now, self.due_at) + timedelta(hours=self.chance.uniform(14, 150))
        self.now = self.ground.calendar.opening_from(in_hanoi(self.now))
        self._act(Action.PROPOSE_REFUSAL if refuses else Action.PROPOSE)
        self._work(0.1, 1)
        self._act(Action.SIGN)
        self._work(0.05, 0.5)
        self._act(Action.ISSUE_REFUSAL if refuses else Action.ISSUE)
        self.finished_at = self.now
        self._work(0.5, 40)
        self._act(Action.HAND_OVER)
        self.closed_at = self.now
