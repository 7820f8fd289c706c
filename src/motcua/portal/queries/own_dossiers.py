"""What an applicant sees of their own dossiers, beyond the public status."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy

from motcua.dossiers.linked_facts import carries_the_whole, may_be_withdrawn
from motcua.dossiers.models import STATUS_LABELS, Dossier
from motcua.dossiers.queries.dossier_page import FormLine, forms_of
from motcua.dossiers.queries.linked import LinkedView, wholes_by_code
from motcua.dossiers.queries.own_life import OwnLife, own_life
from motcua.dossiers.queries.public_status import PublicStatus, public_status
from motcua.dossiers.querysets import DossierQuerySet
from motcua.notifications.models import Message
from motcua.notifications.queries import MessageLine, messages_about
from motcua.portal.linked_words import look_of_whole
from motcua.portal.queries.filing import AnswerSection, DraftLine, answers_given, drafts_of
from motcua.rules.papers import PaperKind
from motcua.rules.transitions import WAITING_FOR_APPLICANT, Action, open_actions
from motcua.ui.statuses import Look, look_of

FORM_NAMES = {
    PaperKind.RECEIPT: gettext_lazy("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    PaperKind.SUPPLEMENT_REQUEST: gettext_lazy("Phiếu yêu cầu bổ sung hồ sơ"),
    PaperKind.REFUSAL: gettext_lazy("Phiếu từ chối tiếp nhận hồ sơ"),
    PaperKind.APOLOGY: gettext_lazy("Phiếu xin lỗi và hẹn lại ngày trả kết quả"),
    PaperKind.STOP_NOTICE: gettext_lazy("Thông báo dừng giải quyết hồ sơ"),
}


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One dossier in the list of a citizen's own.

    An accepted linked application is one: `status_label`, `look` and whose turn it is are of the whole, `unread_count`
    is of all its legs.
    """

    public_code: str
    title: str
    desk: str
    look: Look
    status_label: str
    due_at: datetime | None
    is_applicants_turn: bool
    unread_count: int


@dataclass(frozen=True, slots=True)
class OwnDossiers:
    """Drafts apart from what was handed in."""

    drafts: tuple[DraftLine, ...]
    lines: tuple[OwnLine, ...]


@dataclass(frozen=True, slots=True)
class IssuedForm:
    """A form the desk issued, by its name."""

    pk: int
    name: str
    number: str
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class OwnDossier:
    """One dossier for its applicant; `can_rate` until they have.

    `unread_legs` are the numbers of the other legs of a linked application with news not yet opened, at its lead.
    """

    dossier: Dossier
    status: PublicStatus
    sections: tuple[AnswerSection, ...]
    forms: tuple[IssuedForm, ...]
    messages: tuple[MessageLine, ...]
    unread: frozenset[int]
    unread_legs: frozenset[int]
    life: OwnLife
    can_withdraw: bool
    can_rate: bool


def own_dossiers(dossiers: DossierQuerySet, *, at: datetime) -> OwnDossiers:
    """Return a citizen's dossiers as they stand at `at`, the newest first: at most a hundred."""
    rows = list(
        dossiers.submitted()
        .counted_once()
        .select_related("procedure_version", "receiving_unit", "linked_application__group")
        .order_by("-submitted_at", "-pk")[:100]
    )
    unread, wholes = _unread_counts(rows), wholes_by_code(rows, at=at)
    return OwnDossiers(
        drafts=drafts_of(dossiers),
        lines=tuple(_line(row, wholes.get(row.public_code), unread.get(row.pk, 0)) for row in rows),
    )


def _line(row: Dossier, whole: LinkedView | None, unread_count: int) -> OwnLine:
    is_whole = whole is not None and whole.accepted_at is not None
    return OwnLine(
        public_code=row.public_code,
        title=row.matter,
        desk=row.receiving_unit.name,
        look=look_of_whole(whole) if whole and is_whole else look_of(row.stage),
        status_label=whole.state_label if whole and is_whole else str(STATUS_LABELS[row.stage]),
        due_at=row.promised_at,
        is_applicants_turn=whole.is_applicants_turn if whole else row.stage in WAITING_FOR_APPLICANT,
        unread_count=unread_count,
    )


def own_dossier(dossier: Dossier, *, at: datetime) -> OwnDossier:
    """Return the page of a dossier that was handed in, at the moment `at`; needs `for_page()` loaded."""
    life, actions = own_life(dossier, at=at), open_actions(dossier.stage)
    return OwnDossier(
        dossier=dossier,
        status=public_status(dossier),
        sections=answers_given(dossier, with_links=False),
        forms=tuple(_form(line) for line in forms_of(dossier.reference)),
        messages=messages_about(dossier.pk),
        unread=frozenset(_unread(dossier.pk).values_list("pk", flat=True)),
        unread_legs=_unread_legs(dossier),
        life=life,
        can_withdraw=may_be_withdrawn(dossier),
        can_rate=Action.RATE in actions and life.rating is None,
    )


def _unread_counts(rows: Sequence[Dossier]) -> dict[int, int]:
    """Return how many messages are unread by dossier, those about the legs of a linked application at its lead."""
    leads = {row.linked_application_id: row.pk for row in rows if row.linked_application_id is not None}
    own = Q(dossier__in=[row.pk for row in rows]) | Q(dossier__linked_application__in=list(leads))
    found = _unread_messages().filter(own).values_list("dossier", "dossier__linked_application")
    counts: Counter[int] = Counter()
    for dossier_id, application_id, count in found.annotate(count=Count("pk")):
        counts[leads.get(application_id, dossier_id)] += count
    return dict(counts)


def _unread_legs(dossier: Dossier) -> frozenset[int]:
    if not carries_the_whole(dossier):
        return frozenset()
    of_all = _unread_messages().filter(dossier__linked_application=dossier.linked_application_id)
    numbers = of_all.exclude(dossier=dossier).values_list("dossier__leg_number", flat=True)
    return frozenset(number for number in numbers if number is not None)


def _unread(dossier_id: int) -> QuerySet[Message]:
    return _unread_messages().filter(dossier=dossier_id)


def _unread_messages() -> QuerySet[Message]:
    return Message.objects.filter(channel=Message.Channel.SITE, read_at=None)


def _form(line: FormLine) -> IssuedForm:
    return IssuedForm(pk=line.pk, name=str(FORM_NAMES[line.kind]), number=line.number, issued_at=line.issued_at)
