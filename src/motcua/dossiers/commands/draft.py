"""Begin an application and fill it in, part by part. A draft is kept until it is submitted."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.accounts.models import User
from motcua.catalogue.models import Offering, ProcedureVersion, Workflow
from motcua.documents.models import StoredFile
from motcua.dossiers.commands.guard import lock
from motcua.dossiers.events import DraftChanged, DraftStarted
from motcua.dossiers.facts import has_known_limit
from motcua.dossiers.linked_facts import declaration_of
from motcua.dossiers.models import Applicant, Dossier, FilingChannel, Paper, ReturnChannel, SupplementItem
from motcua.kernel import events
from motcua.rules.declaration_answers import kept
from motcua.rules.identifiers import REFERENCE_SPACE, reference_code
from motcua.rules.papers import SupplementAnswer
from motcua.rules.transitions import SUPPLEMENTING, Action, Status, TransitionRefused

__all__ = ["ApplicantDetails", "NotOffered", "PaperNotAskedFor", "TransitionRefused", "start_draft"]

DRAFT = frozenset({Status.DRAFT})
EDITABLE = DRAFT | SUPPLEMENTING


class NotOffered(Exception):
    """The procedure cannot be applied for there on that day: not in force, no known limit or no internal process."""

    def __init__(self, procedure: str) -> None:
        super().__init__(procedure)
        self.procedure = procedure


class PaperNotAskedFor(Exception):
    """The desk asked for other papers than the one at `position` (B-08)."""

    def __init__(self, position: int) -> None:
        super().__init__(str(position))
        self.position = position


@dataclass(frozen=True, slots=True)
class ApplicantDetails:
    """Who applies, as typed and checked for shape."""

    full_name: str
    citizen_id: str
    phone: str
    email: str
    address: str
    on_behalf_of: str = ""


@dataclass(frozen=True, slots=True)
class Filing:
    """How an application begins: `key` makes starting it twice give the same draft."""

    key: uuid.UUID
    channel: FilingChannel
    owner: User | None = None


@transaction.atomic
def start_draft(*, offering: Offering, filing: Filing, actor: User | None, at: datetime) -> Dossier:
    """Begin an application for what `offering` offers, and return it; the same key returns the same draft.

    Raises `NotOffered`.
    """
    dossier, is_new = lay_out(offering, filing, at)
    if not is_new:
        return dossier
    event = DraftStarted(
        subject=dossier.reference, procedure=offering.procedure.code, competent_unit=offering.competent_unit.code
    )
    events.record(event, actor=actor, at=at)
    return dossier


def lay_out(offering: Offering, filing: Filing, at: datetime) -> tuple[Dossier, bool]:
    """Make the empty dossier with its applicant and the closed list of papers, and say whether it is new.

    A key has one dossier, however many ask for it at once. Raises `NotOffered`.
    """
    begun = Dossier.objects.filter(draft_key=filing.key).first()
    if begun:
        return begun, False
    version, workflow = in_force(offering, at)
    dossier, is_new = Dossier.objects.get_or_create(
        draft_key=filing.key,
        defaults={
            "reference": reference_code(secrets.randbelow(REFERENCE_SPACE)),
            "lookup_pin": f"{secrets.randbelow(10_000):04}",
            "status": Status.DRAFT,
            "procedure_version": version,
            "workflow": workflow,
            "receiving_unit_id": offering.receiving_unit_id,
            "competent_unit_id": offering.competent_unit_id,
            "filing_channel": filing.channel,
            "owner": filing.owner,
            "created_at": at,
        },
    )
    if is_new:
        _known_applicant(dossier, filing.owner)
        Paper.objects.bulk_create(
            Paper(dossier=dossier, required_paper=required, position=required.position)
            for required in version.papers.filter(is_note=False).order_by("position")
        )
    return dossier, is_new


def in_force(offering: Offering, at: datetime) -> tuple[ProcedureVersion, Workflow]:
    """Return the version and the internal process in force (R-14); raises `NotOffered`."""
    on = timezone.localdate(at)
    version = offering.procedure.versions.on(on).select_related("procedure").first()
    workflow = offering.procedure.workflows.on(on).of_unit(offering.competent_unit).first()
    is_offered = Offering.objects.on(on).filter(pk=offering.pk).exists()
    if not is_offered or version is None or workflow is None or not has_known_limit(version):
        raise NotOffered(offering.procedure.code)
    return version, workflow


@transaction.atomic
def save_applicant(*, dossier: Dossier, details: ApplicantDetails, actor: User | None, at: datetime) -> Dossier:
    """Write who applies; raises `TransitionRefused` once the application is handed in."""
    dossier = _editable(dossier, DRAFT)
    applicant = Applicant.objects.get(dossier=dossier)
    applicant.full_name, applicant.citizen_id = details.full_name, details.citizen_id
    applicant.phone, applicant.email = details.phone, details.email
    applicant.address, applicant.on_behalf_of = details.address, details.on_behalf_of
    applicant.save()
    return _changed(dossier, "APPLICANT", actor, at)


@transaction.atomic
def save_declaration(*, dossier: Dossier, answers: dict[str, str], actor: User | None, at: datetime) -> Dossier:
    """Write the answers to the procedure's own questions; what it does not ask for, or not then, is left out."""
    dossier = _editable(dossier, DRAFT)
    applicant = Applicant.objects.get(dossier=dossier)
    applicant.declaration = kept(declaration_of(dossier), answers)
    applicant.save(update_fields=["declaration"])
    return _changed(dossier, "DECLARATION", actor, at)


@transaction.atomic
def choose_return(
    *, dossier: Dossier, channel: ReturnChannel, postal_address: str, actor: User | None, at: datetime
) -> Dossier:
    """Write how the applicant wants the result; an address is kept only for the post."""
    dossier = _editable(dossier, DRAFT)
    dossier.return_channel = channel
    dossier.save(update_fields=["return_channel"])
    Applicant.objects.filter(dossier=dossier).update(
        postal_address=postal_address if channel == ReturnChannel.POST else ""
    )
    return _changed(dossier, "RETURN", actor, at)


@transaction.atomic
def attach_paper(
    *, dossier: Dossier, position: int, file: StoredFile | None, actor: User | None, at: datetime
) -> Paper:
    """Put `file` in place of the paper at `position`, or take it away when None.

    Once handed in, only the papers that the desk asked for may be replaced. Raises `Paper.DoesNotExist` for a position
    outside the closed list (B-08), `PaperNotAskedFor`, and `TransitionRefused` when it is too late.
    """
    dossier = _editable(dossier, EDITABLE if file else DRAFT)
    if dossier.stage in SUPPLEMENTING:
        _answer(dossier, position)
    paper = dossier.papers.select_related("required_paper").get(position=position)
    paper.file, paper.absence_reason = file, ""
    paper.save(update_fields=["file", "absence_reason"])
    _changed(dossier, "PAPER", actor, at)
    return paper


def _editable(dossier: Dossier, statuses: frozenset[Status]) -> Dossier:
    locked = lock(dossier.reference)
    if locked.stage not in statuses:
        raise TransitionRefused(locked.stage, Action.SUBMIT)
    return locked


def _answer(dossier: Dossier, position: int) -> None:
    asked = SupplementItem.objects.filter(request__dossier=dossier, request__completed_at=None)
    if not asked.filter(paper__position=position).update(answer=SupplementAnswer.FILE.value):
        raise PaperNotAskedFor(position)


def _changed(dossier: Dossier, part: str, actor: User | None, at: datetime) -> Dossier:
    dossier.version += 1
    dossier.save(update_fields=["version"])
    events.record(DraftChanged(subject=dossier.reference, part=part), actor=actor, at=at)
    return dossier


def _known_applicant(dossier: Dossier, owner: User | None) -> None:
    known = {"full_name": owner.full_name, "phone": owner.phone, "email": owner.email} if owner else {}
    Applicant.objects.create(dossier=dossier, **known)
