"""What happens to an invented dossier in the agency: the straight way, and the turns the law knows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from motcua.accounts.models import User
from motcua.demo.commands.sheets import specimen
from motcua.demo.commands.verifying import approve, hours_of, leading_step, verify, way_to_propose
from motcua.dossiers.commands import (
    consult,
    correct,
    end,
    extend,
    financial,
    note,
    process,
    request_supplement,
    return_result,
    settle_at_once,
)
from motcua.dossiers.models import Consultation, Dossier, ReturnChannel
from motcua.organisations.facts import working_calendar
from motcua.organisations.models import Unit
from motcua.rules.promises import days_after
from motcua.rules.transitions import Status

if TYPE_CHECKING:
    from motcua.demo.commands.lives import Life

_SUPPLEMENTED, _CONSULTED, _FINANCIAL, _REFUSED, _STOPPED, _CORRECTED = 0.05, 0.06, 0.03, 0.03, 0.01, 0.01
_EXTENDED, _REWORKED, _RATED, _ANSWERED = 0.05, 0.05, 0.4, 0.8
_SLOW_OFFICE = 0.12
_BASIS = "khoản 2 Điều 19 Nghị định số 118/2025/NĐ-CP"


class Over(Exception):
    """The story has come to the present, or to where it was meant to stop: what follows has not happened yet."""


@dataclass(slots=True)
class Settling:
    """The part of a life between acceptance and the returned result."""

    life: "Life"
    dossier: Dossier
    pace: float = 1.0

    def run(self) -> None:
        """Go through the internal process, with a turn now and then."""
        life, office = self.life, self.life.office
        self.pace = 1.9 if life.chance.random() < _SLOW_OFFICE else 0.8
        officer, signer = life.chance.choice(office.officers), life.chance.choice(office.signers)
        dispatcher = life.chance.choice(office.dispatchers)
        life.then(
            self._hours(),
            lambda: process.assign(
                dossier=self.dossier, officer=dispatcher, giving=process.Giving(officer), at=life.now
            ),
        )
        self._turns(officer, signer, self._hours())
        verify(life, self.dossier, officer, self.pace)
        self._decide(officer, dispatcher, signer)
        self._give_back(self._hours() * 3)

    def at_once(self) -> None:
        """Have the signer sign while the applicant waits at the counter, and the desk give the result out."""
        life, office = self.life, self.life.office
        desk, signer = life.chance.choice(office.reception), life.chance.choice(office.signers)
        number, title = f"{life.chance.randrange(1, 900)}/KQ", self._result_title()

        def given() -> Dossier:
            file = specimen(title, by=signer, at=life.now)
            result = settle_at_once.ResultAtOnce(title, number, file, signer, life.applicant.full_name)
            return settle_at_once.settle_at_once(dossier=self.dossier, officer=desk, result=result, at=life.now)

        life.then(0.5, given)
        self._rate()

    def _hours(self) -> float:
        """Return how long the open step of the leading way takes here."""
        return self.pace * hours_of(self.dossier, leading_step(self.dossier))

    def _turns(self, officer: User, signer: User, hours: float) -> None:
        """Take the turns that come before a decision; one that ends the dossier ends the story."""
        life = self.life
        if life.turns_to(Status.STOPPED, _STOPPED):
            ground = end.EndGround("Người nộp đang có tranh chấp được Toà án thụ lý.", _BASIS)
            self._stop_with(lambda: end.stop(dossier=self.dossier, officer=signer, ground=ground, at=life.now))
        is_closed = life.stops_at is Status.CLOSED_UNANSWERED
        if is_closed or life.turns_to(Status.SUPPLEMENT, _SUPPLEMENTED):
            self._supplement(officer, is_closed=is_closed)
        if life.turns_to(Status.CONSULTING, _CONSULTED):
            self._consult(officer)
        if life.turns_to(Status.FINANCIAL, _FINANCIAL):
            self._financial(officer)
        if not life.stops_at and life.chance.random() < _EXTENDED:
            life.then(hours, lambda: self._extend(signer))

    def _stop_with(self, act: Callable[[], Dossier]) -> None:
        self.life.then(4, act)
        raise Over

    def _supplement(self, officer: User, *, is_closed: bool) -> None:
        life = self.life
        position = self.dossier.papers.order_by("position").values_list("position", flat=True)[0]
        reason = "Bản chụp thiếu trang sau, đề nghị nộp đủ các trang."
        asking = request_supplement.Asking({position: reason}, reason)
        life.then(
            6,
            lambda: request_supplement.request_supplement(
                dossier=self.dossier, officer=officer, asking=asking, at=life.now
            ),
        )
        desk = life.chance.choice(life.office.reception)
        if is_closed:
            asked = self.dossier.supplement_requests.latest("requested_at")
            life.wait_until(asked.closable_from or life.until)
            ground = end.EndGround("Quá thời hạn mà hồ sơ chưa được bổ sung.", _BASIS)
            self._stop_with(
                lambda: end.close_unanswered(dossier=self.dossier, officer=desk, ground=ground, at=life.now)
            )
        life.then(20, lambda: life.hand_in_again(self.dossier, position, desk))

    def _consult(self, officer: User) -> None:
        life, unit = self.life, self._another_unit()
        question = consult.Question(unit, "Đề nghị cho ý kiến về nội dung hồ sơ thuộc lĩnh vực quản lý.", days=2)
        life.then(4, lambda: consult.consult(dossier=self.dossier, officer=officer, question=question, at=life.now))
        answering = User.objects.filter(grants__unit=unit, grants__role="PROCESSING_OFFICER").first()
        if answering and life.chance.random() < _ANSWERED:
            asked = Consultation.objects.get(dossier=self.dossier, closed_at=None)
            opinion = consult.Opinion("Thống nhất với nội dung hồ sơ, không có ý kiến khác.")
            life.then(
                10,
                lambda: consult.answer_consultation(
                    consultation=asked, officer=answering, opinion=opinion, at=life.now
                ),
            )
            return
        life.then(
            30,
            lambda: consult.go_on_unanswered(
                dossier=self.dossier, officer=officer, note="Hết hạn chưa có ý kiến.", at=self._past_term()
            ),
        )

    def _past_term(self) -> datetime:
        due = Consultation.objects.get(dossier=self.dossier, closed_at=None).due_at
        self.life.wait_until(due + timedelta(minutes=1))
        return self.life.now

    def _another_unit(self) -> Unit:
        own = self.dossier.competent_unit_id
        others = Unit.objects.filter(grants__role="PROCESSING_OFFICER").exclude(pk=own).distinct().order_by("code")
        return self.life.chance.choice(list(others))

    def _financial(self, officer: User) -> None:
        life = self.life
        owed = financial.Obligation(
            basis="Luật Phí và lệ phí", notice_no=f"{life.chance.randrange(1, 900)}/TB", amount_vnd=350_000
        )
        life.then(
            6,
            lambda: financial.await_financial(dossier=self.dossier, officer=officer, obligation=owed, at=life.now),
        )
        desk = life.chance.choice(life.office.reception)
        proof = f"Biên lai số {life.chance.randrange(1000, 9999)}"
        life.then(16, lambda: financial.settle_financial(dossier=self.dossier, officer=desk, proof=proof, at=life.now))

    def _extend(self, signer: User) -> Dossier:
        dossier = Dossier.objects.get(pk=self.dossier.pk)
        if dossier.due_at is None:
            return dossier
        calendar = working_calendar(dossier.competent_unit, timezone.localdate(self.life.now))
        apology = extend.Apology(
            reason="Phải chờ trích lục hồ sơ gốc của cơ quan lưu trữ.",
            new_day=days_after(timezone.localtime(max(dossier.due_at, self.life.now)), 3, calendar),
        )
        return extend.extend(dossier=dossier, officer=signer, apology=apology, at=self.life.now)

    def _decide(self, officer: User, dispatcher: User, signer: User) -> None:
        life, clerk = self.life, self.life.chance.choice(self.life.office.clerks)
        is_refused = life.turns_to(Status.REFUSED, _REFUSED)
        life.then(self._hours(), lambda: self._propose(officer, is_refused=is_refused))
        self._approve(dispatcher)
        if not life.stops_at and life.chance.random() < _REWORKED:
            reason = "Đề nghị ghi rõ căn cứ pháp lý trong tờ trình."
            life.then(
                self._hours(),
                lambda: process.return_for_rework(dossier=self.dossier, officer=signer, reason=reason, at=life.now),
            )
            life.then(self._hours() / 2, lambda: self._propose(officer, is_refused=is_refused))
            self._approve(dispatcher)
        life.then(self._hours(), lambda: process.sign(dossier=self.dossier, officer=signer, note="", at=life.now))
        life.then(self._hours(), lambda: self._issue(clerk))
        if not is_refused and life.turns_to(Status.CORRECTING, _CORRECTED):
            self._correct(signer)

    def _approve(self, head: User) -> None:
        """Have the head of the division approve the draft, where the process wants it."""
        approve(self.life, self.dossier, head, self.pace)

    def _propose(self, officer: User, *, is_refused: bool) -> Dossier:
        title = "Văn bản từ chối giải quyết hồ sơ" if is_refused else self._result_title()
        refused, granted = "Không đủ điều kiện theo quy định.", "Hồ sơ đầy đủ, đúng quy định. Đề nghị giải quyết."
        proposal = process.Proposal(
            opinion=refused if is_refused else granted,
            title=title,
            file=specimen(title, by=officer, at=self.life.now),
            refusal_basis=_BASIS if is_refused else "",
            way=way_to_propose(self.dossier),
        )
        return process.propose(dossier=self.dossier, officer=officer, proposal=proposal, at=self.life.now)

    def _issue(self, clerk: User) -> Dossier:
        numbering = process.Numbering(number=f"{self.life.chance.randrange(1, 900)}/KQ", file=None)
        return process.issue(dossier=self.dossier, officer=clerk, numbering=numbering, at=self.life.now)

    def _correct(self, signer: User) -> None:
        life, desk = self.life, self.life.chance.choice(self.life.office.reception)
        error = "Ghi sai năm sinh so với giấy tờ gốc."
        life.then(8, lambda: correct.report_error(dossier=self.dossier, officer=desk, error=error, at=life.now))
        number = f"{life.chance.randrange(1, 900)}/ĐC"
        life.then(8, lambda: self._sign_again(signer, number))

    def _sign_again(self, signer: User, number: str) -> Dossier:
        file = specimen(self._result_title(), by=signer, at=self.life.now)
        right = correct.RightResult(number, file)
        return correct.correct(dossier=self.dossier, officer=signer, right=right, at=self.life.now)

    def _give_back(self, hours: float) -> None:
        life, desk = self.life, self.life.chance.choice(self.life.office.reception)
        life.then(hours, lambda: self._returned(desk))
        self._rate()

    def _rate(self) -> None:
        life = self.life
        if life.chance.random() < _RATED:
            score = life.chance.choices([5, 4, 3, 2, 1], [60, 25, 9, 4, 2])[0]
            life.then(
                3, lambda: note.rate(dossier=self.dossier, score=score, comment="", actor=life.owner, at=life.now)
            )

    def _returned(self, desk: User) -> Dossier:
        channel = ReturnChannel(self.dossier.return_channel)
        if channel is ReturnChannel.POST:
            post_no = f"RR{self.life.chance.randrange(10**8, 10**9)}VN"
            return return_result.post_result(dossier=self.dossier, officer=desk, post_no=post_no, at=self.life.now)
        if channel is ReturnChannel.ONLINE:
            return return_result.release_online(dossier=self.dossier, officer=desk, at=self.life.now)
        return return_result.hand_over(dossier=self.dossier, officer=desk, received_by="", at=self.life.now)

    def _result_title(self) -> str:
        result = self.dossier.procedure_version.results.order_by("position").first()
        return (result.name if result else self.dossier.procedure_version.title)[:300]
