"""The life of one invented dossier, act by act, through the commands of the site."""

import random
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from motcua.accounts.models import User
from motcua.catalogue.models import Offering
from motcua.demo.commands.applicants import Person, answer
from motcua.demo.commands.settling import Over, Settling
from motcua.demo.commands.sheets import specimen
from motcua.dossiers.commands import draft, intake, process
from motcua.dossiers.commands.confirm_contact import confirm_contact, send_contact_code
from motcua.dossiers.commands.submit import submit
from motcua.dossiers.commands.supplement import Brought, complete_supplement, receive_supplement
from motcua.dossiers.commands.withdraw import withdraw
from motcua.dossiers.facts import is_settled_at_once, usable_ways
from motcua.dossiers.models import ContactCode, Dossier, FilingChannel, ReturnChannel
from motcua.notifications.models import Message
from motcua.organisations.facts import working_calendar
from motcua.rules.completeness import ContactWay, ways_to_confirm
from motcua.rules.papers import CheckState, DeclineGround
from motcua.rules.transitions import Status
from motcua.rules.working_time import add_working_time

_ABANDONED, _DECLINED, _SUPPLEMENTED, _WITHDRAWN, _AT_ONCE = 0.03, 0.03, 0.12, 0.02, 0.5
_SHORT_WAY = 2.0
_REASONS = ("Ảnh chụp bị mờ, không đọc được số.", "Thiếu chữ ký của người khai.", "Tờ khai chưa điền đủ các mục.")


class ToldAlready(Exception):
    """The same story was lived through before."""


@dataclass(frozen=True, slots=True)
class Office:
    """One procedure at one desk, with everybody who works on it; `is_at_once`: its result is given on the spot."""

    offering: Offering
    reception: tuple[User, ...]
    dispatchers: tuple[User, ...]
    officers: tuple[User, ...]
    signers: tuple[User, ...]
    clerks: tuple[User, ...]
    is_at_once: bool = False


@dataclass(slots=True)
class Life:
    """One dossier on its way. `now` moves on with every act; past `until` nothing happens any more.

    `stops_at` is the status at which the story is left, and it goes straight there; None leaves all to chance.
    """

    chance: random.Random
    office: Office
    applicant: Person
    owner: User | None
    now: datetime
    until: datetime
    stops_at: Status | None = None

    def live(self) -> None:
        """Go through as much of the life as fits before `until`."""
        try:
            dossier = self._hand_in()
            if self.turns_to(Status.WITHDRAWN, _WITHDRAWN):
                self.then(4, lambda: withdraw(dossier=dossier, actor=self.owner, at=self.now))
                return
            if self.turns_to(Status.INTAKE_SUPPLEMENT, _SUPPLEMENTED):
                self._supplement(dossier)
            if self.turns_to(Status.NOT_ACCEPTED, _DECLINED):
                self._decline(dossier)
                return
            dossier = self._accept(dossier)
            settling = Settling(self, dossier)
            if self._is_at_once(dossier) and self.turns_to(Status.IMMEDIATE_DONE, _AT_ONCE):
                settling.at_once()
                return
            self._transfer(dossier)
            settling.run()
        except Over:
            return

    def turns_to(self, status: Status, share: float) -> bool:
        """Tell whether the story takes the turn to `status`, which a `share` of all stories do."""
        return self.stops_at is status if self.stops_at else self.chance.random() < share

    def _stop_there(self, dossier: Dossier) -> None:
        """Raise `Over` when the story was meant to come to where `dossier` now stands."""
        if dossier.stage is self.stops_at:
            raise Over

    def then(self, hours: float, act: Callable[[], Dossier]) -> None:
        """Let about `hours` working hours pass, then act; raises `Over` when that lies ahead, or after the last act."""
        calendar = working_calendar(None, timezone.localdate(self.now))
        if self.stops_at:
            hours = min(hours, _SHORT_WAY)
        spread = timedelta(hours=hours * self.chance.uniform(0.3, 1.1))
        self.now = add_working_time(self.now, max(spread, timedelta(minutes=7)), calendar)
        if self.now > self.until:
            raise Over
        self._stop_there(act())

    def wait_until(self, moment: datetime) -> None:
        """Let nothing happen before `moment`; raises `Over` when that lies ahead."""
        self.now = max(self.now, moment)
        if self.now > self.until:
            raise Over

    def _hand_in(self) -> Dossier:
        if self.now > self.until:
            raise Over
        is_online = self.owner or (self.chance.random() < 0.6 and self._ways())  # noqa: PLR2004
        channel = FilingChannel.ONLINE if is_online else FilingChannel.DIRECT
        key = uuid.UUID(int=self.chance.getrandbits(128), version=4)
        if Dossier.objects.filter(draft_key=key).exists():
            raise ToldAlready
        clerk = self.chance.choice(self.office.reception)
        actor = self.owner or (clerk if channel == FilingChannel.DIRECT else None)
        filing = draft.Filing(key=key, channel=channel, owner=self.owner)
        dossier = draft.start_draft(offering=self.office.offering, filing=filing, actor=actor, at=self.now)
        details = self.applicant.as_applicant()
        draft.save_applicant(dossier=dossier, details=details, actor=actor, at=self.now)
        answers = answer(self.chance, dossier.procedure_version, self.applicant, timezone.localdate(self.now))
        draft.save_declaration(dossier=dossier, answers=answers, actor=actor, at=self.now)
        for paper in dossier.papers.select_related("required_paper"):
            if paper.required_paper.is_required:
                file = specimen(paper.required_paper.name, by=actor, at=self.now)
                draft.attach_paper(dossier=dossier, position=paper.position, file=file, actor=actor, at=self.now)
        way = self.chance.choices([ReturnChannel.AT_THE_DESK, ReturnChannel.ONLINE, ReturnChannel.POST], [5, 3, 1])[0]
        address = self.applicant.address
        draft.choose_return(dossier=dossier, channel=way, postal_address=address, actor=actor, at=self.now)
        if channel == FilingChannel.ONLINE and self.owner is None:
            self._confirm_contact(dossier)
        if self.turns_to(Status.DRAFT, _ABANDONED):
            raise Over
        dossier = submit(dossier=dossier, actor=actor, at=self.now)
        self._stop_there(dossier)
        return dossier

    def _ways(self) -> list[ContactCode.Channel]:
        """Return the ways a guest confirms here; none for a guest who cannot file online."""
        ways = ways_to_confirm(usable_ways(), has_email=bool(self.applicant.email))
        if ContactWay.EMAIL in ways and not self.applicant.email:
            return []
        return [channel for channel in (ContactCode.Channel.SMS, ContactCode.Channel.EMAIL) if channel.value in ways]

    def _confirm_contact(self, dossier: Dossier) -> None:
        """Read each code from the outbox, as the guest would from the phone, and type it in."""
        for channel in self._ways():
            send_contact_code(dossier=dossier, channel=channel, at=self.now)
            body = Message.objects.filter(dossier=dossier, channel=channel).latest("pk").body
            found = re.search(r"\d{6}", body)
            confirm_contact(dossier=dossier, channel=channel, code=found[0] if found else "", at=self.now)

    def _supplement(self, dossier: Dossier) -> None:
        officer = self.chance.choice(self.office.reception)
        position = dossier.papers.order_by("position").values_list("position", flat=True)[0]
        reason = self.chance.choice(_REASONS)
        self.then(
            4,
            lambda: intake.request_intake_supplement(
                dossier=dossier, officer=officer, asking=intake.Asking({position: reason}, reason), at=self.now
            ),
        )
        self.then(24, lambda: self.hand_in_again(dossier, position, officer))

    def hand_in_again(self, dossier: Dossier, position: int, officer: User) -> Dossier:
        """Send the paper the way the application came: online, or by going back to the counter."""
        if dossier.filing_channel == FilingChannel.DIRECT:
            file = specimen("Giấy tờ bổ sung", by=officer, at=self.now)
            brought = {position: Brought(originals_count=1, file=file)}
            return receive_supplement(dossier=dossier, officer=officer, brought=brought, at=self.now)
        file = specimen("Giấy tờ bổ sung", by=self.owner, at=self.now)
        draft.attach_paper(dossier=dossier, position=position, file=file, actor=self.owner, at=self.now)
        return complete_supplement(dossier=dossier, actor=self.owner, at=self.now)

    def _decline(self, dossier: Dossier) -> None:
        basis = dossier.procedure_version.legal_basis
        refusal = intake.Refusal(
            ground=DeclineGround.NOT_WITHIN_AUTHORITY,
            citation=basis[0] if basis else "Phần cơ quan có thẩm quyền của thủ tục",
            reason="Việc này thuộc thẩm quyền của nơi người nộp cư trú; đề nghị nộp tại đó.",
        )
        officer = self.chance.choice(self.office.reception)
        self.then(4, lambda: intake.decline(dossier=dossier, officer=officer, refusal=refusal, at=self.now))

    def _is_at_once(self, dossier: Dossier) -> bool:
        """Tell whether the result may be given on the spot, to somebody who came or in a story meant to come there."""
        is_there = dossier.filing_channel == FilingChannel.DIRECT or self.stops_at is Status.IMMEDIATE_DONE
        return is_there and is_settled_at_once(dossier)

    def _accept(self, dossier: Dossier) -> Dossier:
        officer = self.chance.choice(self.office.reception)
        checks = {
            paper.position: intake.PaperCheck(
                state=CheckState.PRESENT if paper.required_paper.is_required else CheckState.NOT_NEEDED,
                originals_count=paper.required_paper.originals if paper.required_paper.is_required else 0,
            )
            for paper in dossier.papers.select_related("required_paper")
        }
        self.then(5, lambda: intake.accept(dossier=dossier, officer=officer, checks=checks, at=self.now))
        return Dossier.objects.select_related("procedure_version").get(pk=dossier.pk)

    def _transfer(self, dossier: Dossier) -> None:
        officer = self.chance.choice(self.office.reception)
        self.then(0.5, lambda: process.transfer(dossier=dossier, officer=officer, at=self.now))
