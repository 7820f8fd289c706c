"""What an applicant sees of their own dossiers, beyond what the public sees."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from motcua.dossiers.facts import application_facts, asked_items
from motcua.dossiers.linked_facts import acts_open
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.derivation import DerivedDay, derivation_of
from motcua.dossiers.queries.dossier_page import FormLine, PaperLine, forms_of, paper_lines
from motcua.dossiers.queries.linked import LinkedView, wholes_by_code
from motcua.dossiers.queries.marks import read_mark
from motcua.dossiers.queries.own_life import OwnLife, own_life
from motcua.rules.completeness import Gap, gaps, supplement_gaps
from motcua.rules.linked import WholeState
from motcua.rules.transitions import SUPPLEMENTING, WAITING_FOR_APPLICANT, Action, Status

PAGE_SIZE = 50
_ROW = ("procedure_version__procedure", "receiving_unit", "linked_application__group")
_OF_THE_APPLICANT = (Action.SUBMIT, Action.COMPLETE_SUPPLEMENT, Action.WITHDRAW, Action.RATE)


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One line of an applicant's list; `code` is None before acceptance.

    A linked application is one line: `status` is of its leading leg, `linked_state` where the whole stands (None for a
    dossier of its own) and `linked_state_label` that in words (empty), and `is_applicants_turn` whether any leg waits.
    """

    reference: str
    code: str | None
    status: Status
    procedure_code: str
    procedure_title: str
    desk: str
    created_at: datetime
    submitted_at: datetime | None
    due_at: datetime | None
    is_applicants_turn: bool
    linked_state: WholeState | None
    linked_state_label: str


@dataclass(frozen=True, slots=True)
class OwnPage:
    """One page of that list; `after` is what the next page continues from, None at the end."""

    rows: tuple[OwnRow, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class OwnDossier:
    """One dossier for its applicant. `missing` is what keeps it from being handed in, empty once it is."""

    dossier: Dossier
    papers: tuple[PaperLine, ...]
    missing: tuple[Gap, ...]
    actions: tuple[Action, ...]
    life: OwnLife
    forms: tuple[FormLine, ...]
    derivation: tuple[DerivedDay, ...]


def own_page(user_id: int, *, at: datetime, after: str = "") -> OwnPage:
    """Return a page of what the account filed or began, as it stands at `at`, the newest first.

    A linked application is one. `after` is that of the page before.
    """
    own = Dossier.objects.owned_by(user_id).counted_once().select_related(*_ROW)
    mark = read_mark(after)
    if mark is not None and mark.moment is not None:
        own = own.filter(created_at__lte=mark.moment).filter(Q(created_at__lt=mark.moment) | Q(pk__lt=mark.pk))
    rows = list(own.order_by("-created_at", "-pk")[: PAGE_SIZE + 1])
    last = rows[PAGE_SIZE - 1] if len(rows) > PAGE_SIZE else None
    wholes = wholes_by_code(rows[:PAGE_SIZE], at=at)
    return OwnPage(
        rows=tuple(_row(dossier, wholes.get(dossier.public_code)) for dossier in rows[:PAGE_SIZE]),
        after=f"{last.created_at.isoformat()}~{last.pk}" if last else None,
    )


def own_dossier(dossier: Dossier, *, at: datetime) -> OwnDossier:
    """Return everything about a dossier that its applicant may see at `at`; needs `for_page()` loaded."""
    life = own_life(dossier, at=at)
    return OwnDossier(
        dossier=dossier,
        papers=paper_lines(dossier),
        missing=missing_of(dossier),
        actions=_open_to_applicant(dossier, life),
        life=life,
        forms=forms_of(dossier.reference),
        derivation=derivation_of(dossier),
    )


def missing_of(dossier: Dossier) -> tuple[Gap, ...]:
    """Return what keeps the application from being handed in; needs `procedure_version` and `applicant` loaded."""
    if dossier.stage in SUPPLEMENTING:
        return supplement_gaps(application_facts(dossier), [item.as_rule() for item in asked_items(dossier)])
    return gaps(application_facts(dossier)) if dossier.stage is Status.DRAFT else ()


def _open_to_applicant(dossier: Dossier, life: OwnLife) -> tuple[Action, ...]:
    """Return what the applicant may do now; rating is offered once."""
    done = {Action.RATE} if life.rating else set()
    return tuple(one for one in acts_open(dossier) if one in _OF_THE_APPLICANT and one not in done)


def _row(dossier: Dossier, whole: LinkedView | None) -> OwnRow:
    version = dossier.procedure_version
    return OwnRow(
        reference=dossier.reference,
        code=dossier.code,
        status=dossier.stage,
        procedure_code=version.procedure.code,
        procedure_title=dossier.matter,
        desk=dossier.receiving_unit.name,
        created_at=dossier.created_at,
        submitted_at=dossier.submitted_at,
        due_at=dossier.promised_at,
        is_applicants_turn=whole.is_applicants_turn if whole else dossier.stage in WAITING_FOR_APPLICANT,
        linked_state=whole.state if whole else None,
        linked_state_label=whole.state_label if whole else "",
    )
