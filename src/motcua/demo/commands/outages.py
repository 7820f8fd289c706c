"""A day without electricity in the demonstration: work on paper, entered afterwards, every number accounted for."""

import random
import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from motcua.accounts.models import User
from motcua.catalogue.models import ProcedureVersion
from motcua.demo.commands.applicants import answer, invent
from motcua.demo.commands.lives import Office
from motcua.dossiers.commands.asking import Asking
from motcua.dossiers.commands.draft import NotOffered, in_force
from motcua.dossiers.commands.enter_answer import PaperAnswer, enter_asking, enter_decline
from motcua.dossiers.commands.enter_from_paper import PaperFiling, enter_from_paper
from motcua.dossiers.commands.file_at_counter import CounterFiling, HandedIn
from motcua.dossiers.commands.intake import Refusal
from motcua.dossiers.commands.paper_mode import OutageNotice, declare_outage, reserve_kit, spoil_slot, withdraw_kit
from motcua.dossiers.commands.return_result import GivenOnPaper, enter_hand_over
from motcua.dossiers.facts import limit_for
from motcua.dossiers.models import Dossier, FilingChannel, Outage, PaperKit, PaperSlot, ReturnChannel
from motcua.dossiers.queries.paper_mode import counted_due_on
from motcua.organisations.facts import working_calendar
from motcua.rules.paper_mode import PaperMoments, is_in_days
from motcua.rules.papers import DeclineGround
from motcua.rules.promises import days_after
from motcua.rules.transitions import Status
from motcua.rules.working_time import WorkingCalendar

_KEPT, _KEPT_ANEW = 8, 5
_KIT_BEFORE = timedelta(days=12)
_DAYS_AGO = 14
_BEGAN, _ENDED, _TRANSFERRED = time(8, 0), time(16, 30), time(16, 0)
_ACCEPTED = (time(8, 40), time(9, 55), time(14, 10))
_DECLINED, _ASKED, _GIVEN_OUT = time(10, 30), time(15, 5), time(11, 15)


@dataclass(slots=True)
class OutageStory:
    """One desk through a day on paper, the first working day some two weeks before `until`."""

    chance: random.Random
    office: Office
    head: User
    until: datetime

    def live(self) -> None:
        """Keep numbers, lose the network for a day, and enter everything the next morning; once a desk."""
        desk = self.office.offering.receiving_unit
        if Outage.objects.filter(desk=desk).exists():
            return
        calendar, day = self._calendar(), self._day()
        kit = self._reserve(_KEPT, _at(day, _BEGAN) - _KIT_BEFORE)
        notice = OutageNotice(_at(day, _BEGAN), _at(day, _ENDED), "Mất điện toàn phường, đường truyền bị đứt.")
        declare_outage(desk=desk, notice=notice, officer=self.head, at=_at(day, _ENDED) + timedelta(minutes=20))
        entering = _at(days_after(_at(day, _BEGAN), 1, calendar), time(8, 15))
        self._enter(kit, day, entering)
        self._account_for_the_rest(kit, entering + timedelta(hours=2))

    def is_possible(self) -> bool:
        """Tell whether that day there was a limit in days whose end can be counted, and a paper to ask for."""
        taken_in = _at(self._day(), _BEGAN)
        try:
            version = self._version(taken_in)
        except NotOffered:
            return False
        limit = limit_for(version, FilingChannel.DIRECT)
        if limit is None or not is_in_days(limit) or all(paper.is_note for paper in version.papers.all()):
            return False
        return counted_due_on(self.office.offering, version, taken_in) is not None

    def _calendar(self) -> WorkingCalendar:
        return working_calendar(self.office.offering.receiving_unit, timezone.localdate(self.until))

    def _day(self) -> date:
        return days_after(self.until - timedelta(days=_DAYS_AGO), 1, self._calendar())

    def _reserve(self, count: int, at: datetime) -> PaperKit:
        offering = self.office.offering
        return reserve_kit(
            desk=offering.receiving_unit, competent_unit=offering.competent_unit, count=count, officer=self.head, at=at
        )

    def _enter(self, kit: PaperKit, day: date, at: datetime) -> None:
        slots = iter(kit.slots.order_by("number"))
        for clock in _ACCEPTED:
            self._accepted(next(slots), _at(day, clock), at)
        self._declined(next(slots), _at(day, _DECLINED), at)
        self._asked(next(slots), _at(day, _ASKED), at)
        spoil_slot(slot=next(slots), reason="Ghi nhầm ngày hẹn trả, đã gạch chéo.", officer=self.head, at=at)
        self._given_out(_at(day, _GIVEN_OUT), at)

    def _accepted(self, slot: PaperSlot, accepted_at: datetime, at: datetime) -> None:
        filing = self._filing(accepted_at)
        due_on = counted_due_on(self.office.offering, self._version(accepted_at), accepted_at)
        gone = _at(timezone.localdate(accepted_at), _TRANSFERRED)
        moments = PaperMoments(accepted_at - timedelta(minutes=10), accepted_at, gone)
        enter_from_paper(
            slot=slot,
            offering=self.office.offering,
            filing=PaperFiling(filing, moments, due_on or timezone.localdate(at)),
            officer=self._clerk(),
            at=at,
        )

    def _declined(self, slot: PaperSlot, declined_at: datetime, at: datetime) -> None:
        refusal = Refusal(
            DeclineGround.NOT_WITHIN_AUTHORITY,
            (self._version(declined_at).legal_basis or ["Phần cơ quan có thẩm quyền của thủ tục"])[0],
            "Việc này thuộc thẩm quyền của nơi người nộp cư trú; đề nghị nộp tại đó.",
        )
        enter_decline(
            slot=slot,
            offering=self.office.offering,
            answer=self._answer(declined_at),
            refusal=refusal,
            officer=self._clerk(),
            at=at,
        )

    def _asked(self, slot: PaperSlot, asked_at: datetime, at: datetime) -> None:
        first = min(paper.position for paper in self._version(asked_at).papers.all() if not paper.is_note)
        reason = "Thiếu chữ ký của người khai."
        enter_asking(
            slot=slot,
            offering=self.office.offering,
            answer=self._answer(asked_at),
            asking=Asking({first: reason}, reason),
            officer=self._clerk(),
            at=at,
        )

    def _given_out(self, given_at: datetime, at: datetime) -> None:
        """Enter that somebody fetched a result that day, where one lay at the desk and another is left there."""
        there = Dossier.objects.filter(
            receiving_unit=self.office.offering.receiving_unit,
            status=Status.DONE,
            linked_application=None,
            finished_at__lt=given_at,
            corrections=None,
        )
        found = there.select_related("applicant").order_by("pk").first()
        if found is None or Dossier.objects.filter(status=Status.DONE).count() == 1:
            return
        given = GivenOnPaper(found.applicant.full_name, given_at)
        enter_hand_over(dossier=found, officer=self._clerk(), given=given, at=at)

    def _account_for_the_rest(self, kit: PaperKit, at: datetime) -> None:
        """Take back what is left, which is destroyed, and keep numbers for the next time."""
        withdraw_kit(kit=kit, officer=self.head, at=at)
        self._reserve(_KEPT_ANEW, at + timedelta(minutes=10))

    def _answer(self, answered_at: datetime) -> PaperAnswer:
        return PaperAnswer(self._filing(answered_at), answered_at - timedelta(minutes=15), answered_at)

    def _filing(self, at: datetime) -> CounterFiling:
        version, home = self._version(at), self.office.offering.receiving_unit.parent
        person = invent(self.chance, place=home.name if home else "Phường Điện Biên Phủ")
        listed = [paper for paper in version.papers.all() if not paper.is_note]
        return CounterFiling(
            key=uuid.UUID(int=self.chance.getrandbits(128), version=4),
            details=person.as_applicant(),
            answers=answer(self.chance, version, person, timezone.localdate(at)),
            papers={paper.position: HandedIn(int(paper.is_required), 0, None) for paper in listed},
            return_channel=ReturnChannel.AT_THE_DESK,
            postal_address="",
        )

    def _version(self, at: datetime) -> ProcedureVersion:
        return in_force(self.office.offering, at)[0]

    def _clerk(self) -> User:
        return self.chance.choice(self.office.reception)


def _at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
