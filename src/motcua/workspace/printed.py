"""What queries return, in the words and parts that templates print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.dossiers.linked_facts import leg_names
from motcua.dossiers.models import CHECK_LABELS, STATUS_LABELS, Dossier, FilingChannel
from motcua.dossiers.queries.course import WayLine
from motcua.dossiers.queries.derivation import derivation_of
from motcua.dossiers.queries.dossier_page import Answer, DossierPage, HistoryLine, PaperLine
from motcua.dossiers.queries.life import Life, acts_offered
from motcua.dossiers.queries.linked import LinkedView
from motcua.dossiers.queries.register import RegisterRow
from motcua.dossiers.queries.time_left import Remaining
from motcua.rules import deadlines
from motcua.rules.irregularities import FINDING_CODE, Irregularity
from motcua.rules.linked_papers import leg_of_position
from motcua.rules.papers import CheckState
from motcua.rules.permissions import Role
from motcua.rules.transitions import AWAITS_HANDING_OUT, SUPPLEMENTING, Action, Status
from motcua.ui import parts, wording
from motcua.workspace.labels import ACTIONS, FORMS, event_in_words

_URGENCY = {
    deadlines.Urgency.NORMAL: parts.Urgency.ON_TRACK,
    deadlines.Urgency.DUE_SOON: parts.Urgency.SOON,
    deadlines.Urgency.OVERDUE: parts.Urgency.OVERDUE,
}
_CHECK_LOOKS = {
    CheckState.UNCHECKED: (parts.Tone.QUIET, "clock"),
    CheckState.PRESENT: (parts.Tone.GOOD, "check"),
    CheckState.NOT_NEEDED: (parts.Tone.QUIET, "check"),
    CheckState.MISSING: (parts.Tone.BAD, "alert"),
    CheckState.WRONG: (parts.Tone.WARN, "alert"),
}
ACT_ROUTES: dict[Action, str] = {
    Action.ACCEPT: "workspace:accept",
    Action.RECEIVE_SUPPLEMENT: "workspace:receive-supplement",
    Action.REQUEST_INTAKE_SUPPLEMENT: "workspace:request-supplement",
    Action.ANSWER_CONSULTATION: "workspace:answer-consultation",
    Action.FINISH_LEG: "workspace:finish-leg",
    Action.SETTLE_FINANCIAL: "workspace:settle-financial",
    Action.DECLINE: "workspace:decline",
    Action.SETTLE_AT_ONCE: "workspace:settle-at-once",
    Action.TRANSFER: "workspace:transfer",
    Action.ASSIGN: "workspace:assign",
    Action.ASSIGN_LEG: "workspace:assign-leg",
    Action.PASS_ON: "workspace:pass-on",
    Action.PROPOSE: "workspace:propose",
    Action.REQUEST_SUPPLEMENT: "workspace:supplement-after",
    Action.CONSULT: "workspace:consult",
    Action.GO_ON_UNANSWERED: "workspace:go-on-unanswered",
    Action.APPROVE_DRAFT: "workspace:approve-draft",
    Action.GIVE_BACK_DRAFT: "workspace:give-back-draft",
    Action.SIGN: "workspace:sign",
    Action.RETURN_FOR_REWORK: "workspace:return-for-rework",
    Action.ISSUE: "workspace:issue",
    Action.ISSUE_REFUSAL: "workspace:issue-refusal",
    Action.POST_RESULT: "workspace:post-result",
    Action.RELEASE_ONLINE: "workspace:release-online",
    Action.HAND_OVER: "workspace:hand-over",
    Action.CORRECT: "workspace:correct",
    Action.CLOSE_UNANSWERED: "workspace:close-unanswered",
}
"""The acts with a page of their own that move the dossier on, the first one first."""
SIDE_ROUTES: dict[Action, str] = {
    Action.GUIDE: "workspace:guide",
    Action.RECORD_VERIFICATION: "workspace:record-verification",
    Action.AWAIT_FINANCIAL: "workspace:await-financial",
    Action.PROPOSE_REFUSAL: "workspace:propose-refusal",
    Action.EXTEND: "workspace:extend",
    Action.OVERRIDE_SUPPLEMENT: "workspace:supplement-again",
    Action.REPORT_ERROR: "workspace:report-error",
    Action.STOP: "workspace:stop",
    Action.RECORD_WITHDRAWAL: "workspace:withdraw",
}
"""The acts with a page of their own that nobody waits for."""
ACT_ICONS: dict[Action, str] = {
    Action.TRANSFER: "forward",
    Action.ASSIGN: "assign",
    Action.ASSIGN_LEG: "assign",
    Action.REQUEST_INTAKE_SUPPLEMENT: "note",
    Action.REQUEST_SUPPLEMENT: "note",
    Action.CONSULT: "send",
    Action.RETURN_FOR_REWORK: "undo",
    Action.SIGN: "pen",
    Action.ISSUE: "stamp",
    Action.HAND_OVER: "hand-over",
    Action.SETTLE_AT_ONCE: "hand-over",
}
"""Giving a dossier on (forward), to a person (assign) and following it are three things with three icons (ux 23)."""
_GIVING_ON = frozenset(
    {"DossierTransferred", "DossierAssigned", "ResultProposed", "RefusalProposed", "ReworkRequested"}
)


@dataclass(frozen=True, slots=True)
class Clock:
    """The time left in words, with the urgency that gives it colour and icon."""

    urgency: parts.Urgency
    words: str


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """A paper with where to see its file, what the desk found, and the leg of a linked application it is for."""

    line: PaperLine
    url: str
    is_image: bool
    label: str
    tone: parts.Tone
    icon: str
    wanted: str
    received: str
    leg: str


@dataclass(frozen=True, slots=True)
class PrintedEvent:
    """One line of the history; `detail` is to whom and why, empty for neither."""

    what: object
    who: str
    at: datetime
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The file that the viewer opens with."""

    name: str
    url: str
    is_image: bool


@dataclass(frozen=True, slots=True)
class OfferedAct:
    """An act that is open: in words, with its address and, for the three ways of giving a dossier on, an icon."""

    label: object
    url: str
    icon: str


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One line of the register with its link and the words of its status."""

    row: RegisterRow
    url: str
    label: str


def register_row_of(row: RegisterRow) -> PrintedRow:
    """Print one line of the register."""
    return PrintedRow(row=row, url=reverse("workspace:dossier", args=[row.code]), label=str(STATUS_LABELS[row.status]))


def clock_words(remaining: Remaining) -> str:
    """Say how much working time is left; what is over is never said to be nothing."""
    is_over = remaining.urgency is deadlines.Urgency.OVERDUE
    return wording.time_left(min(remaining.time, -timedelta.resolution) if is_over else remaining.time)


def clock_of(remaining: Remaining | None, status: Status) -> Clock:
    """Say how much working time is left, or why no clock runs."""
    if remaining is not None:
        return Clock(_URGENCY[remaining.urgency], clock_words(remaining))
    if status in SUPPLEMENTING:
        return Clock(parts.Urgency.PAUSED, _("chờ người nộp bổ sung"))
    if status is Status.FINANCIAL:
        return Clock(parts.Urgency.PAUSED, _("chờ người nộp thực hiện nghĩa vụ tài chính"))
    if status in AWAITS_HANDING_OUT:
        return Clock(parts.Urgency.NONE, _("chờ người nộp đến nhận"))
    return Clock(parts.Urgency.NONE, _("không còn tính giờ"))


def dossier_context(page: DossierPage) -> dict[str, Any]:
    """Return everything the pages about one dossier print."""
    dossier = page.dossier
    names, details = leg_names(dossier), _details(page)
    papers = [_paper(dossier, line, names) for line in page.papers]
    return {
        "page": page,
        "dossier": dossier,
        "code": dossier.public_code,
        "status_label": _status_words(page),
        "clock": clock_of(page.remaining, page.status),
        "papers": papers,
        "papers_here": [paper for paper in papers if not paper.line.is_for_other_cases],
        "papers_for_other_cases": [paper for paper in papers if paper.line.is_for_other_cases],
        "shown": _first_sheet(page, papers),
        "answers": [_answer(answer, names) for answer in page.answers],
        "applicant": _applicant(page),
        "history": [event_of(line, details) for line in page.history],
        "forms": [(FORMS[form.kind], form, _form_url(dossier, form.pk)) for form in page.forms],
        "derivation": derivation_of(dossier),
        "control_sheet_url": _control_sheet_url(dossier),
        "slip_url": _slip_url(dossier),
        "signed_url": reverse("workspace:signed-draft", args=[dossier.public_code]),
        "result_url": reverse("workspace:result", args=[dossier.public_code]),
    }


def whole_context(page: DossierPage, life: Life, whole: LinkedView | None) -> dict[str, Any]:
    """Return the same with the dossier's life, and only those acts that would not be refused at once."""
    open_now = acts_offered(page, life, whole)
    return {
        **dossier_context(page),
        "whole": whole,
        "life": life,
        "acts": _acts(page, ACT_ROUTES, open_now),
        "side_acts": _acts(page, SIDE_ROUTES, open_now),
        "irregularities": [(act, FINDING_CODE[Irregularity(act.kind)]) for act in life.irregularities],
    }


def onward_told(page: DossierPage, action: Action) -> WayLine | None:
    """Return where `action` leads, where the process branches and nothing is left to choose; else None."""
    lines = page.course.onward_of(action)
    is_told = len(lines) == 1 and (lines[0].label or action is Action.PASS_ON)
    return lines[0] if is_told else None


def _status_words(page: DossierPage) -> str:
    """Say the status; a draft that lies before the head of the division waits for approval, not for the signature."""
    if page.status is Status.PENDING_SIGN and page.dossier.holder_role == Role.DISPATCHER:
        return _("Chờ duyệt dự thảo")
    return str(STATUS_LABELS[page.status])


def _acts(page: DossierPage, routes: dict[Action, str], open_now: Sequence[Action]) -> list[OfferedAct]:
    """Return those of `routes` that are open now, each in words and with its address."""
    code = page.dossier.public_code
    return [
        OfferedAct(ACTIONS[act], reverse(route, args=[code]), ACT_ICONS.get(act, ""))
        for act, route in routes.items()
        if act in open_now
    ]


def _answer(answer: Answer, names: Mapping[int, str]) -> parts.SummaryRow:
    """Print one answer; at the leading dossier of a linked application with the leg it is for."""
    label = f"{names[answer.leg]}: {answer.label}" if answer.leg in names else answer.label
    return parts.SummaryRow(label=label, value=answer.text or "—")


def _paper(dossier: Dossier, line: PaperLine, names: Mapping[int, str]) -> PrintedPaper:
    tone, icon = _CHECK_LOOKS[line.state]
    return PrintedPaper(
        line=line,
        url=reverse("workspace:paper", args=[dossier.public_code, line.position]) if line.file_id else "",
        is_image=line.file_type.startswith("image/"),
        label=str(CHECK_LABELS[line.state]),
        tone=tone,
        icon=icon,
        wanted=_sheets(line.originals_wanted, line.copies_wanted),
        received=_sheets(line.originals_count, line.copies_count),
        leg=names.get(leg_of_position(line.position), ""),
    )


def _sheets(originals: int, copies: int) -> str:
    """Write how many of each; what is none goes unsaid."""
    said = [
        ngettext("%(count)s bản chính", "%(count)s bản chính", originals) % {"count": originals} if originals else "",
        ngettext("%(count)s bản sao", "%(count)s bản sao", copies) % {"count": copies} if copies else "",
    ]
    return ", ".join(words for words in said if words)


def event_of(line: HistoryLine, details: Mapping[datetime, str] | None = None) -> PrintedEvent:
    """Print one line of the history; `details` say to whom and why by the moment."""
    detail = (details or {}).get(line.at, "") if line.kind in _GIVING_ON else ""
    detail = f"→ {line.to}" if line.to else detail
    who = line.who or _("Người nộp hoặc hệ thống")
    return PrintedEvent(what=event_in_words(line.kind), who=who, at=line.at, detail=detail)


def _details(page: DossierPage) -> dict[datetime, str]:
    """Say of each moment at which a step began to whom it went, and why: what the step before it ended with."""
    why = {step.finished_at: step.note for step in page.steps if step.finished_at and step.note}
    to = {step.started_at: f"→ {step.given_to or step.unit}" for step in page.steps}
    return {at: f"{to[at]}: “{why[at]}”" if at in why else to[at] for at in to}


def _first_sheet(page: DossierPage, papers: Sequence[PrintedPaper]) -> Sheet | None:
    """Return the first file there is to look at: a paper that was handed in, else a form of the desk."""
    for paper in papers:
        if paper.url:
            return Sheet(paper.line.name, paper.url, paper.is_image)
    for form in page.forms:
        return Sheet(str(FORMS[form.kind]), _form_url(page.dossier, form.pk), is_image=False)
    return None


def _slip_url(dossier: Dossier) -> str:
    is_from_counter = dossier.filing_channel == FilingChannel.DIRECT
    return reverse("workspace:slip", args=[dossier.public_code]) if is_from_counter else ""


def _control_sheet_url(dossier: Dossier) -> str:
    return reverse("workspace:control-sheet", args=[dossier.public_code]) if dossier.accepted_at else ""


def _form_url(dossier: Dossier, pk: int) -> str:
    return reverse("workspace:issued-form", args=[dossier.public_code, pk])


def _applicant(page: DossierPage) -> list[parts.SummaryRow]:
    dossier, person = page.dossier, page.dossier.applicant
    phone = person.phone
    if phone and page.has_unconfirmed_phone:
        phone = _("%(phone)s (chưa xác nhận)") % {"phone": phone}
    said = [
        (_("Họ và tên"), person.full_name),
        (_("Số định danh"), person.citizen_id),
        (_("Điện thoại"), phone),
        (_("Thư điện tử"), person.email),
        (_("Địa chỉ"), person.address),
        (_("Nộp thay cho"), person.on_behalf_of),
        (_("Cách nộp"), dossier.get_filing_channel_display()),
        (_("Nhận kết quả"), dossier.get_return_channel_display()),
        (_("Địa chỉ nhận"), person.postal_address),
    ]
    return [parts.SummaryRow(label=label, value=value) for label, value in said if value]
