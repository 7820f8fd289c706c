"""The shortest way of a dossier from the draft to each status, act by act."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.accounts.models import User
from motcua.catalogue.models import Offering
from motcua.documents.models import StoredFile
from motcua.dossiers.commands import (
    consult,
    correct,
    end,
    financial,
    intake,
    process,
    request_supplement,
    return_result,
    settle_at_once,
    withdraw,
)
from motcua.dossiers.commands.submit import submit
from motcua.dossiers.models import Dossier
from motcua.organisations.models import Unit
from motcua.rules.papers import CheckState, DeclineGround
from motcua.rules.transitions import Status

Act = Callable[[datetime], object]
Way = list[tuple[Status, Act]]

ASKED_FOR = "Thiếu chữ ký của người khai."
CHECKS = {1: intake.PaperCheck(state=CheckState.PRESENT), 2: intake.PaperCheck(state=CheckState.NOT_NEEDED)}
WAIT = {Status.CLOSED_UNANSWERED: timedelta(days=20)}
"""How long after the act before it, where an hour is too soon."""
BY_LAW = end.EndGround(reason="Toà án đang giải quyết cùng việc này", basis="khoản 2 Điều 12 Luật Hộ tịch")


@dataclass(frozen=True, slots=True)
class Office:
    """Everybody who works on dossiers of one offering, whom they ask, and the files they make of a result."""

    offering: Offering
    reception: User
    dispatcher: User
    officer: User
    signer: User
    clerk: User
    asked: Unit
    result_file: StoredFile | None
    draft_file: StoredFile | None = None


def way_to(status: Status, dossier: Dossier, office: Office) -> Way:
    """The acts that lead from the draft to `status`, each with the status it leads to."""
    trunk = _trunk(dossier, office)
    if status is Status.DRAFT:
        return []
    for index, (reached, _) in enumerate(trunk):
        if reached is status:
            return trunk[: index + 1]
    start, branch = _branches(dossier, office)[status]
    return way_to(start, dossier, office) + branch


def checks_of(dossier: Dossier) -> dict[int, intake.PaperCheck]:
    """What a desk finds of the papers: what came is right, what did not is for other cases."""
    return {
        paper.position: intake.PaperCheck(CheckState.PRESENT if paper.file_id else CheckState.NOT_NEEDED)
        for paper in dossier.papers.all()
    }


def at_once(office: Office) -> settle_at_once.ResultAtOnce:
    """What the desk gives out on the spot."""
    file = office.result_file or office.draft_file
    assert file is not None
    return settle_at_once.ResultAtOnce("Trích lục khai sinh", "15/TLKS", file, office.signer, "Vàng Thị Mỷ")


def _trunk(dossier: Dossier, office: Office) -> Way:
    proposal = process.Proposal("Đủ điều kiện", "Giấy khai sinh", office.draft_file)
    return [
        (Status.SUBMITTED, lambda at: submit(dossier=dossier, actor=dossier.owner, at=at)),
        (
            Status.ACCEPTED,
            lambda at: intake.accept(dossier=dossier, officer=office.reception, checks=checks_of(dossier), at=at),
        ),
        (Status.TRANSFERRED, lambda at: process.transfer(dossier=dossier, officer=office.reception, at=at)),
        (
            Status.IN_PROGRESS,
            lambda at: process.assign(
                dossier=dossier, officer=office.dispatcher, giving=process.Giving(office.officer), at=at
            ),
        ),
        (
            Status.PENDING_SIGN,
            lambda at: process.propose(dossier=dossier, officer=office.officer, proposal=proposal, at=at),
        ),
        *_signed_and_issued(dossier, office, Status.DONE),
        (
            Status.RETURNED,
            lambda at: return_result.hand_over(dossier=dossier, officer=office.reception, received_by="", at=at),
        ),
    ]


def _signed_and_issued(dossier: Dossier, office: Office, issued: Status) -> Way:
    numbering = process.Numbering(number="12/GKS", file=office.result_file)
    return [
        (Status.SIGNED, lambda at: process.sign(dossier=dossier, officer=office.signer, note="", at=at)),
        (issued, lambda at: process.issue(dossier=dossier, officer=office.clerk, numbering=numbering, at=at)),
    ]


def _branches(dossier: Dossier, office: Office) -> dict[Status, tuple[Status, Way]]:
    """Where each status off the road to the result begins, and the acts from there."""
    asking = request_supplement.Asking({1: ASKED_FOR}, ASKED_FOR)
    question = consult.Question(office.asked, "Có quy hoạch nào đi qua thửa đất này không?", days=2)
    owed = financial.Obligation(basis="Điều 21 Luật Phí và lệ phí", notice_no="12/TB", amount_vnd=150_000)
    refusal = process.Proposal(
        "Không đủ điều kiện", "Văn bản từ chối", office.draft_file, refusal_basis="Điều 12 Luật Hộ tịch"
    )
    ground = intake.Refusal(DeclineGround.OTHER_PROCEDURE, "Điều 5 Luật Hộ tịch", "Phải làm thủ tục khác")
    desk, officer, signer = office.reception, office.officer, office.signer
    one: dict[Status, tuple[Status, Act]] = {
        Status.INTAKE_SUPPLEMENT: (
            Status.SUBMITTED,
            lambda at: intake.request_intake_supplement(dossier=dossier, officer=desk, asking=asking, at=at),
        ),
        Status.NOT_ACCEPTED: (
            Status.SUBMITTED,
            lambda at: intake.decline(dossier=dossier, officer=desk, refusal=ground, at=at),
        ),
        Status.WITHDRAWN: (Status.SUBMITTED, lambda at: withdraw.withdraw(dossier=dossier, actor=dossier.owner, at=at)),
        Status.SUPPLEMENT: (
            Status.IN_PROGRESS,
            lambda at: request_supplement.request_supplement(dossier=dossier, officer=officer, asking=asking, at=at),
        ),
        Status.CONSULTING: (
            Status.IN_PROGRESS,
            lambda at: consult.consult(dossier=dossier, officer=officer, question=question, at=at),
        ),
        Status.FINANCIAL: (
            Status.IN_PROGRESS,
            lambda at: financial.await_financial(dossier=dossier, officer=officer, obligation=owed, at=at),
        ),
        Status.STOPPED: (
            Status.IN_PROGRESS,
            lambda at: end.stop(dossier=dossier, officer=signer, ground=BY_LAW, at=at),
        ),
        Status.CLOSED_UNANSWERED: (
            Status.SUPPLEMENT,
            lambda at: end.close_unanswered(dossier=dossier, officer=desk, ground=BY_LAW, at=at),
        ),
        Status.IMMEDIATE_DONE: (
            Status.ACCEPTED,
            lambda at: settle_at_once.settle_at_once(dossier=dossier, officer=desk, result=at_once(office), at=at),
        ),
        Status.CORRECTING: (
            Status.DONE,
            lambda at: correct.report_error(dossier=dossier, officer=desk, error="Sai năm sinh", at=at),
        ),
    }
    refused: Way = [
        (
            Status.PENDING_SIGN,
            lambda at: process.propose(dossier=dossier, officer=officer, proposal=refusal, at=at),
        ),
        *_signed_and_issued(dossier, office, Status.REFUSED),
    ]
    return {
        **{reached: (start, [(reached, act)]) for reached, (start, act) in one.items()},
        Status.REFUSED: (Status.IN_PROGRESS, refused),
    }
