"""What applicants are told after acceptance. Runs in the transaction of the event."""

from datetime import datetime

from motcua.dossiers.events import (
    ApplicantGuided,
    DossierClosedUnanswered,
    DossierExtended,
    DossierStopped,
    FinancialObligationSet,
    FinancialObligationSettled,
    RefusalIssued,
    ResultCorrected,
    ResultErrorReported,
    SecondSupplementRequested,
    SupplementRequested,
)
from motcua.dossiers.models import Ending, Extension, FinancialObligation, Result
from motcua.dossiers.queries.clock_ahead import own_clock_rules
from motcua.kernel.events import subscribe
from motcua.notifications import life_wording as wording
from motcua.notifications.subscribers import dossier_told, tell


def tell_supplement(event: SupplementRequested | SecondSupplementRequested, at: datetime) -> None:
    """Say which papers are missing, and what the clock does."""
    dossier = dossier_told(event.subject)
    requests = dossier.supplement_requests.select_related("dossier__procedure_version__procedure")
    request = requests.latest("requested_at")
    items = request.items.select_related("paper__required_paper").order_by("paper__position")
    wanted = [f"{item.paper.required_paper.name}: {item.note}" for item in items]
    clock = own_clock_rules(request.dossier).supplement
    tell(dossier, wording.supplement_after(dossier, request, wanted, clock), at)


def tell_extension(event: DossierExtended, at: datetime) -> None:
    """Apologise and give the new date."""
    dossier = dossier_told(event.subject)
    tell(dossier, wording.extended(dossier, Extension.objects.get(dossier=dossier).reason), at)


def tell_obligation(event: FinancialObligationSet, at: datetime) -> None:
    """Say what to pay, on which ground, and where to bring the proof."""
    dossier = dossier_told(event.subject)
    basis = FinancialObligation.objects.values_list("basis", flat=True).get(dossier=dossier, settled_at=None)
    said = wording.obligation(dossier, notice_no=event.notice_no, amount_vnd=event.amount_vnd, basis=basis)
    tell(dossier, said, at)


def tell_settled(event: FinancialObligationSettled, at: datetime) -> None:
    """Acknowledge the payment."""
    dossier = dossier_told(event.subject)
    tell(dossier, wording.settled(dossier), at)


def tell_guidance(event: ApplicantGuided, at: datetime) -> None:
    """Pass on what the desk advises."""
    dossier = dossier_told(event.subject)
    tell(dossier, wording.guided(dossier, dossier.guidances.latest("given_at", "pk").text), at)


def tell_stopped(event: DossierStopped, at: datetime) -> None:
    """Say on which ground the dossier was stopped."""
    dossier = dossier_told(event.subject)
    ending = Ending.objects.get(dossier=dossier)
    tell(dossier, wording.stopped(dossier, ending.reason, ending.basis), at)


def tell_closed(event: DossierClosedUnanswered, at: datetime) -> None:
    """Say that silence closed the dossier."""
    dossier = dossier_told(event.subject)
    ending = Ending.objects.get(dossier=dossier)
    tell(dossier, wording.closed(dossier, ending.reason, ending.basis), at)


def tell_refused(event: RefusalIssued, at: datetime) -> None:
    """Say on which ground the agency refuses."""
    dossier = dossier_told(event.subject)
    tell(dossier, wording.refused(dossier, Result.objects.get(dossier=dossier).refusal_basis), at)


def tell_correcting(event: ResultErrorReported, at: datetime) -> None:
    """Apologise for a wrong result."""
    dossier = dossier_told(event.subject)
    tell(dossier, wording.correcting(dossier, event.due_at), at)


def tell_corrected(event: ResultCorrected, at: datetime) -> None:
    """Say that the right result is there."""
    dossier = dossier_told(event.subject)
    tell(dossier, wording.corrected(dossier), at)


subscribe(SupplementRequested, tell_supplement)
subscribe(SecondSupplementRequested, tell_supplement)
subscribe(DossierExtended, tell_extension)
subscribe(FinancialObligationSet, tell_obligation)
subscribe(FinancialObligationSettled, tell_settled)
subscribe(ApplicantGuided, tell_guidance)
subscribe(DossierStopped, tell_stopped)
subscribe(DossierClosedUnanswered, tell_closed)
subscribe(RefusalIssued, tell_refused)
subscribe(ResultErrorReported, tell_correcting)
subscribe(ResultCorrected, tell_corrected)
