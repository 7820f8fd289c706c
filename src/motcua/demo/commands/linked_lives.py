"""The life of one invented linked application, act by act, through the commands of the site (B-21)."""

import random
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils import timezone

from motcua.accounts.models import User
from motcua.catalogue.linked_groups import GroupOffer, group_offers
from motcua.catalogue.models import LinkedGroup, ProcedureVersion
from motcua.demo.commands.applicants import Person, answer, invent
from motcua.demo.commands.lives import ToldAlready
from motcua.demo.commands.settling import Over
from motcua.demo.commands.sheets import specimen
from motcua.demo.commands.verifying import approve, verify, way_to_propose
from motcua.dossiers.commands import draft, intake, process, return_result
from motcua.dossiers.commands.linked_course import follow_linked
from motcua.dossiers.commands.linked_draft import start_linked_draft
from motcua.dossiers.commands.submit import submit
from motcua.dossiers.linked_facts import questions_of
from motcua.dossiers.models import Dossier, FilingChannel
from motcua.organisations.facts import working_calendar
from motcua.rules.linked import LEAD
from motcua.rules.papers import CheckState
from motcua.rules.permissions import Role
from motcua.rules.transitions import AWAITS_HANDING_OUT
from motcua.rules.working_time import add_working_time

_QUICKLY = 0.05
"""How much of the time of each step a branched process takes in these stories."""
_BASIS = "khoản 2 Điều 19 Nghị định số 118/2025/NĐ-CP"
People = Mapping[tuple[Role, int], Sequence[User]]


class Plot(StrEnum):
    """How a story goes: as far as the desk, on its way, a leg late, the lead refused, a leg refused, all granted."""

    AT_THE_DESK = "AT_THE_DESK"
    UNDER_WAY = "UNDER_WAY"
    LATE = "LATE"
    LEAD_REFUSED = "LEAD_REFUSED"
    PARTLY_REFUSED = "PARTLY_REFUSED"
    GRANTED = "GRANTED"


_AGO = {
    Plot.AT_THE_DESK: timedelta(hours=2),
    Plot.UNDER_WAY: timedelta(days=4),
    Plot.LATE: timedelta(days=33),
    Plot.LEAD_REFUSED: timedelta(days=40),
    Plot.PARTLY_REFUSED: timedelta(days=50),
    Plot.GRANTED: timedelta(days=55),
}


def staffed_offers(people: People, on: datetime) -> list[GroupOffer]:
    """Return every group at one desk where somebody takes it in and somebody settles each leg."""
    found = []
    for group in LinkedGroup.objects.on(timezone.localdate(on)).order_by("code"):
        offers = [offer for offer in group_offers(group, timezone.localdate(on)) if _is_staffed(offer, people)]
        found += offers[:1]
    return found


def _is_staffed(offer: GroupOffer, people: People) -> bool:
    inside = (Role.DISPATCHER, Role.PROCESSING_OFFICER, Role.SIGNER, Role.RECORDS_CLERK)
    return bool(people.get((Role.RECEPTION_OFFICER, offer.offering.receiving_unit_id))) and all(
        people.get((role, leg.competent_unit.pk)) for leg in offer.legs for role in inside
    )


@dataclass(slots=True)
class LinkedLife:
    """One application on its way. `now` moves on with every act; past `until` nothing happens any more."""

    chance: random.Random
    offer: GroupOffer
    people: People
    owner: User | None
    until: datetime
    plot: Plot
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.now = self.until - _AGO[self.plot]

    def live(self) -> None:
        """Go through as much of the life as the plot has and as fits before `until`."""
        try:
            self._live()
        except Over:
            return

    def _live(self) -> None:
        lead = self._hand_in()
        if self.plot is Plot.AT_THE_DESK:
            return
        desk = self._one(Role.RECEPTION_OFFICER, lead.receiving_unit_id)
        self.then(3, lambda: intake.accept(dossier=lead, officer=desk, checks=_checks(lead), at=self.now))
        self.then(0.5, lambda: process.transfer(dossier=lead, officer=desk, at=self.now))
        self._settle(lead, is_refused=self.plot is Plot.LEAD_REFUSED, pace=3)
        legs = list(Dossier.objects.filter(linked_application=lead.linked_application_id).order_by("leg_number"))
        for dossier in legs[LEAD:]:
            is_last = dossier.leg_number == len(legs)
            if is_last and self.plot in {Plot.UNDER_WAY, Plot.LATE}:
                raise Over
            self._settle(dossier, is_refused=is_last and self.plot is Plot.PARTLY_REFUSED, pace=5)
        self._give_out(lead, desk)

    def _hand_in(self) -> Dossier:
        key = uuid.UUID(int=self.chance.getrandbits(128), version=4)
        if Dossier.objects.filter(draft_key=key).exists():
            raise ToldAlready
        home = self.offer.offering.receiving_unit.parent
        person = invent(self.chance, place=home.name if home else "Phường Điện Biên Phủ")
        owner = self.owner
        desk = self._one(Role.RECEPTION_OFFICER, self.offer.offering.receiving_unit_id)
        channel, actor = (FilingChannel.ONLINE, owner) if owner else (FilingChannel.DIRECT, desk)
        filing = draft.Filing(key=key, channel=channel, owner=owner)
        dossier = start_linked_draft(
            group=self.offer.group, offering=self.offer.offering, filing=filing, actor=actor, at=self.now
        )
        draft.save_applicant(dossier=dossier, details=person.as_applicant(), actor=actor, at=self.now)
        answers = self._answers(dossier, person)
        draft.save_declaration(dossier=dossier, answers=answers, actor=actor, at=self.now)
        for paper in dossier.papers.select_related("required_paper").filter(required_paper__is_required=True):
            file = specimen(paper.required_paper.name, by=actor, at=self.now)
            draft.attach_paper(dossier=dossier, position=paper.position, file=file, actor=actor, at=self.now)
        return submit(dossier=dossier, actor=actor, at=self.now)

    def _answers(self, dossier: Dossier, person: Person) -> dict[str, str]:
        """Answer every question under the key it is asked by; what is invented goes by its procedure's own key."""
        said = {}
        for question in questions_of(dossier):
            asked = str(question["key"])
            own = asked.removeprefix(f"leg{question['leg']}_")
            one = ProcedureVersion(declaration=[{**question, "key": own}])
            said[asked] = answer(self.chance, one, person, timezone.localdate(self.now))[own]
        return said

    def _settle(self, dossier: Dossier, *, is_refused: bool, pace: float) -> None:
        agency = dossier.competent_unit_id
        dispatcher, officer = self._one(Role.DISPATCHER, agency), self._one(Role.PROCESSING_OFFICER, agency)
        signer, clerk = self._one(Role.SIGNER, agency), self._one(Role.RECORDS_CLERK, agency)
        title = "Văn bản từ chối giải quyết" if is_refused else f"Kết quả: {dossier.procedure_version.name}"[:300]
        file = specimen(title, by=officer, at=self.now)
        proposal = process.Proposal(
            opinion="Không đủ điều kiện theo quy định." if is_refused else "Đề nghị giải quyết.",
            title=title,
            file=file,
            refusal_basis=_BASIS if is_refused else "",
        )
        numbering = process.Numbering(number=f"{self.chance.randrange(1, 900)}/LT", file=None)
        self.then(
            pace / 3,
            lambda: process.assign(dossier=dossier, officer=dispatcher, giving=process.Giving(officer), at=self.now),
        )
        verify(self, dossier, officer, _QUICKLY)
        proposal = replace(proposal, way=way_to_propose(dossier))
        self.then(pace, lambda: process.propose(dossier=dossier, officer=officer, proposal=proposal, at=self.now))
        approve(self, dossier, dispatcher, _QUICKLY)
        self.then(pace / 2, lambda: process.sign(dossier=dossier, officer=signer, note="", at=self.now))
        self.then(0.5, lambda: process.issue(dossier=dossier, officer=clerk, numbering=numbering, at=self.now))

    def _give_out(self, lead: Dossier, desk: User) -> None:
        """Give out what there is: with the leading dossier the rest, or each on its own where the group says so."""
        rows = Dossier.objects.filter(linked_application=lead.linked_application_id).order_by("leg_number")
        for dossier in rows:
            dossier.refresh_from_db()
            if dossier.stage in AWAITS_HANDING_OUT:
                self.then(
                    6,
                    lambda one=dossier: return_result.hand_over(  # type: ignore[misc]  # bound to this turn
                        dossier=one, officer=desk, received_by="", at=self.now
                    ),
                )

    def then(self, hours: float, act: Callable[[], Dossier]) -> None:
        """Let about `hours` working hours pass, act, and follow the whole as the job would; `Over` past `until`."""
        calendar = working_calendar(None, timezone.localdate(self.now))
        self.now = add_working_time(self.now, timedelta(hours=hours * self.chance.uniform(0.6, 1.2)), calendar)
        if self.now > self.until:
            raise Over
        dossier = act()
        if dossier.linked_application_id is not None:
            follow_linked(application_id=dossier.linked_application_id, at=self.now)

    def _one(self, role: Role, unit_id: int) -> User:
        return self.chance.choice(list(self.people[role, unit_id]))


def _checks(dossier: Dossier) -> dict[int, intake.PaperCheck]:
    return {
        paper.position: intake.PaperCheck(
            CheckState.PRESENT if paper.required_paper.is_required else CheckState.NOT_NEEDED,
            originals_count=int(paper.required_paper.is_required),
        )
        for paper in dossier.papers.select_related("required_paper")
    }
