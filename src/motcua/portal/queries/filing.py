"""What the pages of an application in the making show."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.dossiers.facts import asked_items, guest_ways
from motcua.dossiers.linked_facts import leg_names
from motcua.dossiers.models import ContactCode, Dossier, Paper, ReturnChannel
from motcua.dossiers.queries.dossier_page import answers_of, papers_of
from motcua.dossiers.querysets import DossierQuerySet
from motcua.portal.code_words import SLUGS
from motcua.rules.completeness import Part
from motcua.rules.linked_papers import leg_of_position
from motcua.rules.papers import may_go_without
from motcua.rules.transitions import Status
from motcua.ui.parts import SummaryRow


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft that can be gone on with."""

    reference: str
    title: str
    desk: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper of the closed list and the file given for it; `leg` names the leg of a linked application it is for.

    `asked` is what the desk wants of it now, `answer` and `answer_label` how that was answered so far;
    `may_go_without` tells whether the applicant may say that they have none.
    """

    position: int
    name: str
    case: str
    is_required: bool
    form_no: str
    file_name: str
    file_size: int
    asked: str = ""
    answer: str = ""
    answer_label: str = ""
    absence_reason: str = ""
    may_go_without: bool = False
    leg: str = ""


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One address to confirm; `address` is empty when none was given."""

    channel: ContactCode.Channel
    slug: str
    label: str
    address: str
    is_sent: bool
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class AnswerSection:
    """The answers of one part."""

    title: str
    rows: tuple[SummaryRow, ...]


def drafts_of(dossiers: DossierQuerySet, procedure_id: int | None = None) -> tuple[DraftLine, ...]:
    """Return the drafts among `dossiers`, the newest first; of one procedure when given."""
    related = ("procedure_version", "receiving_unit", "linked_application__group")
    drafts = dossiers.filter(status=Status.DRAFT).select_related(*related)
    if procedure_id is not None:
        drafts = drafts.filter(procedure_version__procedure=procedure_id)
    return tuple(
        DraftLine(row.reference, row.matter, row.receiving_unit.name, row.created_at)
        for row in drafts.order_by("-created_at", "-pk")[:50]
    )


def has_ended(dossier: Dossier, on: date) -> bool:
    """Tell whether what the draft was begun under is no longer in force on `on`, so that it cannot be handed in."""
    return not dossier.procedure_version.is_in_force(on)


def papers_given(dossier: Dossier) -> tuple[PaperLine, ...]:
    """Return the papers of the closed list, in its order."""
    names = leg_names(dossier)
    return tuple(
        replace(_paper(paper), leg=names.get(leg_of_position(paper.position), "")) for paper in papers_of(dossier)
    )


def papers_asked(dossier: Dossier) -> tuple[PaperLine, ...]:
    """Return only the papers that the open request asks for, with the desk's words; empty when none is open."""
    return tuple(
        replace(
            _paper(item.paper),
            asked=item.note,
            answer=item.answer,
            answer_label=str(item.get_answer_display()),
            absence_reason=item.paper.absence_reason,
            may_go_without=may_go_without(is_needed=item.paper.required_paper.is_required),
        )
        for item in asked_items(dossier)
    )


def contact_page(dossier: Dossier) -> tuple[ContactLine, ...]:
    """Return the addresses that the applicant is to prove and whether each is; none where no code can be sent."""
    sent = {code.channel: code for code in dossier.contact_codes.all()}
    applicant = dossier.applicant
    ways = guest_ways(applicant)
    every = [
        (ContactCode.Channel.SMS, _("Số điện thoại"), applicant.phone),
        (ContactCode.Channel.EMAIL, _("Thư điện tử"), applicant.email),
    ]
    lines = [line for line in every if line[0].value in ways]
    return tuple(_contact(channel, label, address, sent.get(channel.value)) for channel, label, address in lines)


def answers_given(dossier: Dossier, *, with_links: bool) -> tuple[AnswerSection, ...]:
    """Return everything typed and given so far, with links to change it."""
    applicant = dossier.applicant
    links = {
        part: reverse(f"portal:{name}", args=[dossier.reference]) if with_links else ""
        for part, name in _ROUTES.items()
    }
    who = [
        (_("Họ, chữ đệm và tên"), applicant.full_name),
        (_("Số định danh cá nhân"), applicant.citizen_id),
        (_("Số điện thoại"), applicant.phone),
        (_("Thư điện tử"), applicant.email),
        (_("Nơi cư trú"), applicant.address),
        (_("Nộp thay cho"), applicant.on_behalf_of),
    ]
    papers = [(line.name, line.file_name) for line in papers_given(dossier) if line.is_required or line.file_name]
    channel = ReturnChannel(dossier.return_channel)
    how = [(_("Cách nhận"), str(channel.label)), (_("Địa chỉ nhận"), applicant.postal_address)]
    sections = [
        AnswerSection(_("Người nộp"), _rows(who, links[Part.APPLICANT], keep_empty=False)),
        *_declared(dossier, links[Part.DECLARATION]),
        AnswerSection(_("Giấy tờ"), _rows(papers, links[Part.PAPERS], keep_empty=True)),
        AnswerSection(_("Nhận kết quả"), _rows(how, links[Part.RETURN], keep_empty=False)),
    ]
    return tuple(section for section in sections if section.rows)


def _declared(dossier: Dossier, link: str) -> list[AnswerSection]:
    """Return the declaration as one section, or as one for each leg of a linked application."""
    names = leg_names(dossier)
    given = answers_of(dossier)
    legs = sorted({answer.leg for answer in given})
    return [
        AnswerSection(
            _("Tờ khai: %(leg)s") % {"leg": names[leg]} if leg in names else _("Tờ khai"),
            _rows([(one.label, one.text) for one in given if one.leg == leg], link, keep_empty=True),
        )
        for leg in legs
    ]


_ROUTES = {
    Part.APPLICANT: "applicant",
    Part.DECLARATION: "declaration",
    Part.PAPERS: "papers",
    Part.RETURN: "return",
}


def _rows(said: list[tuple[str, str]], url: str, *, keep_empty: bool) -> tuple[SummaryRow, ...]:
    return tuple(
        SummaryRow(label=label, value=text or _("Chưa có"), action_url=url)
        for label, text in said
        if text or keep_empty
    )


def _paper(paper: Paper) -> PaperLine:
    wanted = paper.required_paper
    return PaperLine(
        position=paper.position,
        name=wanted.name,
        case=wanted.case,
        is_required=wanted.is_required,
        form_no=wanted.form_no,
        file_name=paper.file.original_name if paper.file else "",
        file_size=paper.file.size if paper.file else 0,
    )


def _contact(channel: ContactCode.Channel, label: str, address: str, sent: ContactCode | None) -> ContactLine:
    is_sent = sent is not None and sent.address == address
    is_confirmed = is_sent and sent is not None and sent.confirmed_at is not None
    return ContactLine(channel, SLUGS[channel], label, address, is_sent, is_confirmed)
