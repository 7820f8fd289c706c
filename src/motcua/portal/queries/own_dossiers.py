"""What an applicant sees of their own dossiers, beyond the public status."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy

from motcua.dossiers.linked_facts import may_be_withdrawn
from motcua.dossiers.models import STATUS_LABELS, Dossier
from motcua.dossiers.queries.dossier_page import FormLine, forms_of
from motcua.dossiers.queries.own_life import OwnLife, own_life
from motcua.dossiers.queries.public_status import PublicStatus, public_status
from motcua.dossiers.querysets import DossierQuerySet
from motcua.notifications.models import Message
from motcua.notifications.queries import MessageLine, messages_about
from motcua.portal.queries.filing import AnswerSection, DraftLine, answers_given, drafts_of
from motcua.rules.papers import PaperKind
from motcua.rules.transitions import WAITING_FOR_APPLICANT, Action, Status, open_actions

FORM_NAMES = {
    PaperKind.RECEIPT: gettext_lazy("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    PaperKind.SUPPLEMENT_REQUEST: gettext_lazy("Phiếu yêu cầu bổ sung hồ sơ"),
    PaperKind.REFUSAL: gettext_lazy("Phiếu từ chối tiếp nhận hồ sơ"),
    PaperKind.APOLOGY: gettext_lazy("Phiếu xin lỗi và hẹn lại ngày trả kết quả"),
    PaperKind.STOP_NOTICE: gettext_lazy("Thông báo dừng giải quyết hồ sơ"),
}


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One dossier in the list of a citizen's own."""

    public_code: str
    title: str
    desk: str
    status: Status
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
    """One dossier for its applicant; `can_rate` until they have."""

    dossier: Dossier
    status: PublicStatus
    sections: tuple[AnswerSection, ...]
    forms: tuple[IssuedForm, ...]
    messages: tuple[MessageLine, ...]
    unread: frozenset[int]
    life: OwnLife
    can_withdraw: bool
    can_rate: bool


def own_dossiers(dossiers: DossierQuerySet) -> OwnDossiers:
    """Return a citizen's dossiers, the newest first: at most a hundred."""
    rows = list(
        dossiers.submitted()
        .counted_once()
        .select_related("procedure_version", "receiving_unit", "linked_application__group")
        .order_by("-submitted_at", "-pk")[:100]
    )
    unread = _unread_counts(row.pk for row in rows)
    return OwnDossiers(
        drafts=drafts_of(dossiers),
        lines=tuple(
            OwnLine(
                public_code=row.public_code,
                title=row.matter,
                desk=row.receiving_unit.name,
                status=row.stage,
                status_label=str(STATUS_LABELS[row.stage]),
                due_at=row.promised_at,
                is_applicants_turn=row.stage in WAITING_FOR_APPLICANT,
                unread_count=unread.get(row.pk, 0),
            )
            for row in rows
        ),
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
        unread=frozenset(_unread([dossier.pk]).values_list("pk", flat=True)),
        life=life,
        can_withdraw=may_be_withdrawn(dossier),
        can_rate=Action.RATE in actions and life.rating is None,
    )


def _unread_counts(dossier_ids: Iterable[int]) -> dict[int, int]:
    return dict(_unread(dossier_ids).values_list("dossier").annotate(count=Count("pk")))


def _unread(dossier_ids: Iterable[int]) -> QuerySet[Message]:
    return Message.objects.filter(dossier__in=list(dossier_ids), channel=Message.Channel.SITE, read_at=None)


def _form(line: FormLine) -> IssuedForm:
    return IssuedForm(pk=line.pk, name=str(FORM_NAMES[line.kind]), number=line.number, issued_at=line.issued_at)
