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
from motcua.demo.commands.sheets import specimen
from motcua.dossiers.commands import draft, intake, process
from motcua.dossiers.commands.confirm_contact import confirm_contact, send_contact_code
from motcua.dossiers.commands.submit import submit
from motcua.dossiers.commands.supplement import Brought, complete_supplement, receive_supplement
from motcua.dossiers.commands.withdraw import withdraw
from motcua.dossiers.facts import usable_ways
from motcua.dossiers.models import ContactCode, Dossier, FilingChannel, ReturnChannel
from motcua.notifications.models import Message
from motcua.organisations.facts import working_calendar
from motcua.rules.completeness import ContactWay, ways_to_confirm
from motcua.rules.papers import CheckState, DeclineGround
from motcua.rules.transitions import Status
from motcua.rules.working_time import add_working_time

_ABANDONED, _DECLINED, _SUPPLEMENTED, _WITHDRAWN, _REWORKED = 0.03, 0.03, 0.12, 0.02, 0.05
_SHORT_WAY = 2.0
_SLOW_OFFICE = 0.12
_REASONS = ("Ảnh chụp bị mờ, không đọc được số.", "Thiếu chữ ký của người khai.", "Tờ khai chưa điền đủ các mục.")


class Over(Exception):
    """The story has come to the present, or to where it was meant to stop: what follows has not happened yet."""


class ToldAlready(Exception):
    """The same story was lived through before."""


@dataclass(frozen=True, slots=True)
class Office:
    """One procedure at one desk, with everybody who works on it."""

    offering: Offering
    reception: tuple[User, ...]
    dispatchers: tuple[User, ...]
    officers: tuple[User, ...]
    signers: tuple[User, ...]
    clerks: tuple[User, ...]


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
            if self._turns_to(Status.WITHDRAWN, _WITHDRAWN):
                self._then(4, lambda: withdraw(dossier=dossier, actor=self.owner, at=self.now))
                return
            if self._turns_to(Status.INTAKE_SUPPLEMENT, _SUPPLEMENTED):
                self._supplement(dossier)
            if self._turns_to(Status.NOT_ACCEPTED, _DECLINED):
                self._decline(dossier)
                return
            self._accept(dossier)
            self._process(dossier)
        except Over:
            return

    def _turns_to(self, status: Status, share: float) -> bool:
        """Tell whether the story takes the turn to `status`, which a `share` of all stories do."""
        return self.stops_at is status if self.stops_at else self.chance.random() < share

    def _stop_there(self, dossier: Dossier) -> None:
        """Raise `Over` when the story was meant to come to where `dossier` now stands."""
        if dossier.stage is self.stops_at:
            raise Over

    def _then(self, hours: float, act: Callable[[], Dossier]) -> None:
        """Let about `hours` working hours pass, then act; raises `Over` when that lies ahead, or after the last act."""
        calendar = working_calendar(None, timezone.localdate(self.now))
        if self.stops_at:
            hours = min(hours, _SHORT_WAY)
        spread = timedelta(hours=hours * self.chance.uniform(0.3, 1.1))
        self.now = add_working_time(self.now, max(spread, timedelta(minutes=7)), calendar)
        if self.now > self.until:
            raise Over
        self._stop_there(act())

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
        if self._turns_to(Status.DRAFT, _ABANDONED):
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
        self._then(
            4,
            lambda: intake.request_intake_supplement(
                dossier=dossier, officer=officer, asking=intake.Asking({position: reason}, reason), at=self.now
            ),
        )
        self._then(24, lambda: self._hand_in_again(dossier, position, officer))

    def _hand_in_again(self, dossier: Dossier, position: int, officer: User) -> Dossier:
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
        self._then(4, lambda: intake.decline(dossier=dossier, officer=officer, refusal=refusal, at=self.now))

    def _accept(self, dossier: Dossier) -> None:
        officer = self.chance.choice(self.office.reception)
        checks = {
            paper.position: intake.PaperCheck(
                state=CheckState.PRESENT if paper.required_paper.is_required else CheckState.NOT_NEEDED,
                originals_count=paper.required_paper.originals if paper.required_paper.is_required else 0,
            )
            for paper in dossier.papers.select_related("required_paper")
        }
        self._then(5, lambda: intake.accept(dossier=dossier, officer=officer, checks=checks, at=self.now))
        self._then(0.5, lambda: process.transfer(dossier=dossier, officer=officer, at=self.now))

    def _process(self, dossier: Dossier) -> None:
        office, pace = self.office, 1.9 if self.chance.random() < _SLOW_OFFICE else 0.8
        hours = [pace * float(step.hours) for step in dossier.workflow.steps.order_by("position")]
        to = self.chance.choice(office.officers)
        dispatcher, signer = self.chance.choice(office.dispatchers), self.chance.choice(office.signers)
        clerk, desk = self.chance.choice(office.clerks), self.chance.choice(office.reception)
        self._then(hours[0], lambda: process.assign(dossier=dossier, officer=dispatcher, to=to, note="", at=self.now))
        self._then(hours[1], lambda: self._propose(dossier, to))
        if not self.stops_at and self.chance.random() < _REWORKED:
            reason = "Đề nghị ghi rõ căn cứ pháp lý trong tờ trình."
            self._then(
                hours[2],
                lambda: process.return_for_rework(dossier=dossier, officer=signer, reason=reason, at=self.now),
            )
            self._then(hours[1] / 2, lambda: self._propose(dossier, to))
        self._then(hours[2], lambda: process.sign(dossier=dossier, officer=signer, note="", at=self.now))
        self._then(hours[3], lambda: self._issue(dossier, clerk))
        self._then(hours[4] * 3, lambda: process.hand_over(dossier=dossier, officer=desk, received_by="", at=self.now))

    def _propose(self, dossier: Dossier, officer: User) -> Dossier:
        title = self._result_title(dossier)
        proposal = process.Proposal(
            opinion="Hồ sơ đầy đủ, đúng quy định. Đề nghị giải quyết.",
            title=title,
            file=specimen(title, by=officer, at=self.now),
        )
        return process.propose(dossier=dossier, officer=officer, proposal=proposal, at=self.now)

    def _issue(self, dossier: Dossier, clerk: User) -> Dossier:
        numbering = process.Numbering(number=f"{self.chance.randrange(1, 900)}/KQ", file=None)
        return process.issue(dossier=dossier, officer=clerk, numbering=numbering, at=self.now)

    def _result_title(self, dossier: Dossier) -> str:
        result = dossier.procedure_version.results.order_by("position").first()
        return (result.name if result else dossier.procedure_version.title)[:300]
