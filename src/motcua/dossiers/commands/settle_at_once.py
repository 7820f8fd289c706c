"""Settle on the spot: the signed result goes to whoever stands at the counter, without a way through the process."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.documents.models import StoredFile
from motcua.dossiers.commands.custody import HOLDER, give_to_nobody, holds_role, promise_of
from motcua.dossiers.commands.guard import TERMS, StaleDossier, advance, begin
from motcua.dossiers.events import ResultGivenAtOnce
from motcua.dossiers.facts import is_settled_at_once
from motcua.dossiers.models import Dossier, Result
from motcua.kernel import events
from motcua.rules.deadlines import outcome
from motcua.rules.permissions import NotPermitted, Role
from motcua.rules.transitions import Action, TransitionRefused

__all__ = [
    "NotASignerThere",
    "NotPermitted",
    "NotSettledAtOnce",
    "ResultAtOnce",
    "StaleDossier",
    "TransitionRefused",
    "settle_at_once",
]


class NotSettledAtOnce(Exception):
    """The procedure has a limit of its own, or the dossier is a leg of a linked application (B step 5, B-21)."""


class NotASignerThere(Exception):
    """The person named as signer does not sign for the competent unit that day."""

    def __init__(self, username: str) -> None:
        super().__init__(username)
        self.username = username


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
    action = Action.SETTLE_AT_ONCE
    dossier, status = begin(
        dossier=dossier, action=action, officer=officer, at=at, seen_version=seen_version, related=TERMS
    )
    if not is_settled_at_once(dossier):
        raise NotSettledAtOnce
    if not holds_role(result.signer, Role.SIGNER, dossier.competent_unit_id, at):
        raise NotASignerThere(result.signer.username)
    _write_result(dossier, result, at)
    said = outcome(at, dossier.due_at, promise_of(dossier)).value if dossier.due_at else ""
    dossier.status, dossier.finished_at, dossier.closed_at = status, at, at
    give_to_nobody(dossier)
    advance(dossier, ["status", "finished_at", "closed_at", *HOLDER])
    event = ResultGivenAtOnce(
        subject=dossier.reference, outcome=said, signer=result.signer.username, file_sha256=result.file.sha256
    )
    events.record(event, actor=officer, at=at)
    return dossier


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
