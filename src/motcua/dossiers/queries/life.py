"""What happened to a dossier beside its steps: promises replaced, papers and opinions asked, money, ends, mending."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.utils import timezone

from motcua.dossiers.facts import given_on_paper
from motcua.dossiers.models import (
    CAUSE_LABELS,
    Consultation,
    Correction,
    Dossier,
    Ending,
    Extension,
    FinancialObligation,
    FormerPromise,
    Guidance,
    IrregularAct,
    PaperReturn,
    Rating,
    ReturnChannel,
    SupplementItem,
    SupplementRequest,
    Verification,
)
from motcua.dossiers.queries.derivation import DerivedDay, derivation_kept
from motcua.dossiers.queries.dossier_page import DossierPage
from motcua.dossiers.queries.linked import LinkedView
from motcua.rules.offers import OfferFacts, offered
from motcua.rules.permissions import Role, RoleGrant
from motcua.rules.promises import PromiseCause
from motcua.rules.transitions import Action

WATCHES = frozenset({Role.HEAD_OF_ONE_STOP, Role.DISPATCHER, Role.SIGNER, Role.AUDITOR})
"""Who reads what an inspection would ask about."""
_WAYS_BACK = {
    ReturnChannel.AT_THE_DESK: Action.HAND_OVER,
    ReturnChannel.POST: Action.POST_RESULT,
    ReturnChannel.ONLINE: Action.RELEASE_ONLINE,
}


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise that was replaced, why it had been given, and how it was counted."""

    due_at: datetime
    cause: str
    replaced_at: datetime
    derivation: tuple[DerivedDay, ...]


@dataclass(frozen=True, slots=True)
class Life:
    """All of it, each kind the oldest first; `irregularities` is empty for who does not watch over the unit."""

    cause: str
    promises: tuple[PromiseLine, ...] = ()
    requests: tuple[SupplementRequest, ...] = ()
    guidances: tuple[Guidance, ...] = ()
    verifications: tuple[Verification, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    obligations: tuple[FinancialObligation, ...] = ()
    corrections: tuple[Correction, ...] = ()
    irregularities: tuple[IrregularAct, ...] = ()
    paper_return: PaperReturn | None = None
    extension: Extension | None = None
    ending: Ending | None = None
    rating: Rating | None = None

    @property
    def open_request(self) -> SupplementRequest | None:
        """The request that waits for an answer."""
        return next((request for request in self.requests if request.completed_at is None), None)


def life_of(dossier: Dossier, grants: Iterable[RoleGrant], *, at: datetime) -> Life:
    """Return the life of `dossier` for an official with `grants`; the same number of queries for any dossier."""
    today = timezone.localdate(at)
    watches = any(grant.role in WATCHES and grant.holds_on(today) for grant in grants)
    items = SupplementItem.objects.select_related("paper__required_paper").order_by("paper__position")
    requests = dossier.supplement_requests.select_related("requested_by")
    return Life(
        cause=str(CAUSE_LABELS[PromiseCause(dossier.promise_cause)]) if dossier.accepted_at else "",
        promises=tuple(_promise(row) for row in dossier.former_promises.order_by("replaced_at", "pk")),
        requests=tuple(requests.prefetch_related(Prefetch("items", queryset=items)).order_by("requested_at", "pk")),
        guidances=tuple(dossier.guidances.select_related("given_by").order_by("given_at", "pk")),
        verifications=tuple(dossier.verifications.select_related("recorded_by", "file").order_by("recorded_at", "pk")),
        consultations=tuple(
            dossier.consultations.select_related("unit", "asked_by", "answered_by", "file").order_by("asked_at", "pk")
        ),
        obligations=tuple(dossier.financial_obligations.select_related("asked_by").order_by("asked_at", "pk")),
        corrections=tuple(
            dossier.corrections.select_related("reported_by", "corrected_by", "wrong_file").order_by(
                "reported_at", "pk"
            )
        ),
        irregularities=tuple(dossier.irregular_acts.select_related("by").order_by("at", "pk")) if watches else (),
        paper_return=given_on_paper(dossier),
        extension=Extension.objects.filter(dossier=dossier).select_related("extended_by").first(),
        ending=Ending.objects.filter(dossier=dossier).select_related("ended_by").first(),
        rating=Rating.objects.filter(dossier=dossier).first() if dossier.finished_at else None,
    )


def acts_offered(page: DossierPage, life: Life, whole: LinkedView | None) -> tuple[Action, ...]:
    """Return those of the acts open on `page` that get a button; `whole` is the linked application it is a leg of."""
    asked, awaited = life.open_request, [one for one in life.consultations if one.closed_at is None]
    facts = OfferFacts(
        way_back=_WAYS_BACK[ReturnChannel(page.dossier.return_channel)],
        is_asked_after_acceptance=any(request.after_acceptance for request in life.requests),
        is_extended=life.extension is not None,
        is_refusal=page.result is not None and page.result.is_refusal,
        is_silence_over=asked is not None and asked.closable_from is not None and page.at >= asked.closable_from,
        are_answers_over=all(page.at > one.due_at for one in awaited),
        waits_for_others=whole is not None and whole.waits_for_others,
    )
    return offered(page.course.possible, facts)


def _promise(row: FormerPromise) -> PromiseLine:
    return PromiseLine(
        due_at=row.due_at,
        cause=str(row.get_cause_display()),
        replaced_at=row.replaced_at,
        derivation=derivation_kept(row.derivation),
    )
