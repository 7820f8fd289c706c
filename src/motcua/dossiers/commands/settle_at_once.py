"""Settle on the spot: the signed result goes to whoever stands at the counter, without a way through the process."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.documents.models import StoredFile
from motcua.dossiers.commands.custody import HOLDER, give_to_nobody, holds_role, promise_of
from motcua.dossiers.commands.guard import TERMS, StaleDossier, advance, begin
from motcua.dossiers.commands.paper_mode import outage_chosen
from motcua.dossiers.events import ResultGivenAtOnce
from motcua.dossiers.facts import is_settled_at_once
from motcua.dossiers.models import Dossier, PaperReturn, Result
from motcua.kernel import events
from motcua.rules.deadlines import outcome
from motcua.rules.paper_mode import EntryRefused, check_return
from motcua.rules.permissions import NotPermitted, Role
from motcua.rules.transitions import Action, Status, TransitionRefused

__all__ = [
    "EntryRefused",
    "NotASignerThere",
    "NotPermitted",
    "NotSettledAtOnce",
    "ResultAtOnce",
    "StaleDossier",
    "TransitionRefused",
    "enter_at_once",
    "settle_at_once",
]


class NotSettledAtOnce(Exception):
    """The procedure has a limit of its own, or the dossier is a leg of a linked application (B step 5, B-21)."""


class NotASignerThere(Exception):
    """The person named as signer, `name`, does not sign for the competent unit that day."""

    def __init__(self, username: str, name: str) -> None:
        super().__init__(username)
        self.username, self.name = username, name


@dataclass(frozen=True, slots=True)
class ResultAtOnce:
    """The signed, stamped result: its title, number and scan, who signed it for the agency, and who took it."""

    title: str
    number: str
    file: StoredFile
    signer: User
    received_by: str


@transaction.atomic
def settle_at_once(
    *, dossier: Dossier, officer: User, result: ResultAtOnce, at: datetime, seen_version: int | None = None
) -> Dossier:
    """Write down the result that the agency's signer signed and the desk gave out on the spot (B step 5).

    It closes the dossier. Raises `StaleDossier`, `NotPermitted`, `TransitionRefused`, `NotSettledAtOnce`,
    `NotASignerThere`.
    """
    dossier, status = _begin(dossier, officer, at, seen_version)
    said = _settle(dossier, status, result, at)
    events.record(_given(dossier, result, said, None), actor=officer, at=at)
    return dossier


@transaction.atomic
def enter_at_once(
    *,
    dossier: Dossier,
    officer: User,
    result: ResultAtOnce,
    given_at: datetime,
    at: datetime,
    seen_version: int | None = None,
) -> Dossier:
    """Enter that the desk gave a result out on the spot, on paper during an outage, at its original moment (B-25).

    Whoever signed has to sign for the agency on the day of `given_at`. Raises what `settle_at_once` raises, and
    `EntryRefused`.
    """
    dossier, status = _begin(dossier, officer, at, seen_version)
    accepted_at = dossier.accepted_at
    assert accepted_at is not None  # its status says so
    outage = outage_chosen(
        dossier.receiving_unit_id, lambda outages: check_return(accepted_at, given_at, outages, at=at)
    )
    said = _settle(dossier, status, result, given_at)
    PaperReturn.objects.create(dossier=dossier, outage=outage, given_at=given_at, entered_at=at, entered_by=officer)
    events.record(_given(dossier, result, said, given_at), actor=officer, at=at)
    return dossier


def _begin(dossier: Dossier, officer: User, at: datetime, seen_version: int | None) -> tuple[Dossier, Status]:
    action = Action.SETTLE_AT_ONCE
    dossier, status = begin(
        dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version, related=TERMS
    )
    if not is_settled_at_once(dossier):
        raise NotSettledAtOnce
    return dossier, status


def _settle(dossier: Dossier, status: Status, result: ResultAtOnce, given_at: datetime) -> str:
    """Keep the result and close the dossier, both as of `given_at`; return the outcome. Raises `NotASignerThere`."""
    if not holds_role(result.signer, Role.SIGNER, dossier.competent_unit_id, given_at):
        raise NotASignerThere(result.signer.username, result.signer.display_name)
    _write_result(dossier, result, given_at)
    dossier.status, dossier.finished_at, dossier.closed_at = status, given_at, given_at
    give_to_nobody(dossier)
    advance(dossier, ["status", "finished_at", "closed_at", *HOLDER])
    return outcome(given_at, dossier.due_at, promise_of(dossier)).value if dossier.due_at else ""


def _given(dossier: Dossier, result: ResultAtOnce, said: str, given_at: datetime | None) -> ResultGivenAtOnce:
    return ResultGivenAtOnce(
        subject=dossier.reference,
        outcome=said,
        signer=result.signer.username,
        file_sha256=result.file.sha256,
        given_at=given_at,
    )


def _write_result(dossier: Dossier, result: ResultAtOnce, at: datetime) -> None:
    """Keep the result: what was signed is what was issued, and that is when it was given out."""
    Result.objects.create(
        dossier=dossier,
        title=result.title,
        number=result.number,
        file=result.file,
        signed_file=result.file,
        signed_by=result.signer,
        signed_at=at,
        issued_on=timezone.localdate(at),
        received_by=result.received_by,
    )
