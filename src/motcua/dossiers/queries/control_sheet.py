"""The control sheet of a dossier: each hand-over with its moments and people, drawn from the record (B-36)."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from motcua.accounts.models import User
from motcua.documents.office_data import ControlSheetData, HandoverRow
from motcua.documents.rendering import render
from motcua.dossiers.facts import counting_mode, limit_for
from motcua.dossiers.letterhead import about, prescribed
from motcua.dossiers.models import Consultation, Dossier, HandoverList, PaperEntry, Step
from motcua.kernel.models import EventRecord
from motcua.rules.deadlines import CountingMode, Outcome, outcome, promise_mode
from motcua.rules.prescribed_forms import OfficePaper
from motcua.rules.transitions import Status
from motcua.rules.workflow import StepKind

OUTCOME_LABELS = {
    Outcome.EARLY: _("Trước hạn"),
    Outcome.ON_TIME: _("Đúng hạn"),
    Outcome.LATE: _("Quá hạn"),
}

_TRANSFERS = ("DossierTransferred", "DossierEnteredFromPaper")
"""What may have brought a dossier to the agency; one entered from paper that had not gone yet is transferred later."""
_GIVEN_AT_ONCE = ("ResultGivenAtOnce",)


def pdf_of_control_sheet(dossier: Dossier, officer: User, *, at: datetime) -> bytes:
    """Draw the control sheet of an accepted dossier as the record stands at `at`; needs `for_page()` loaded."""
    with translation.override(settings.LANGUAGE_CODE):
        return render(OfficePaper.CONTROL_SHEET, control_sheet(dossier, officer, at=at))


def control_sheet(dossier: Dossier, officer: User, *, at: datetime) -> ControlSheetData:
    """Return what the control sheet says: hand-overs in the order in which they were given."""
    form = prescribed(dossier, OfficePaper.CONTROL_SHEET, at)
    asked = list(dossier.consultations.select_related("unit", "asked_by", "answered_by").order_by("asked_at", "pk"))
    steps = _steps_of(dossier)
    rows = [*_chain(dossier, steps), *(_consulted(dossier, one) for one in asked), *_to_the_applicant(dossier, steps)]
    return {
        **about(dossier, form, number="", officer=officer, at=at),
        "agency": dossier.competent_unit.authority_name,
        "others": ", ".join(dict.fromkeys(one.unit.authority_name for one in asked)),
        "accepted_at": _iso(dossier.accepted_at),
        "due_at": _iso(dossier.due_at),
        "entered_at": _entered_at(dossier),
        "handovers": sorted(rows, key=lambda row: row["given_at"]),
    }


def _entered_at(dossier: Dossier) -> str:
    """Return when an acceptance on paper was entered; what was asked for on paper before it has its own form (B-25)."""
    entry: PaperEntry | None = getattr(dossier, "paper_entry", None)
    return _iso(entry.entered_at) if entry and entry.kind == PaperEntry.Kind.ACCEPTED else ""


def _steps_of(dossier: Dossier) -> list[Step]:
    related = ("unit", "assignee", "finished_by")
    of_list = ("handover__list__received_by", "handover__list__given_by", "handover__list__giving_unit")
    return list(dossier.steps.select_related(*related, *of_list).order_by("started_at", "pk"))


def _chain(dossier: Dossier, steps: Sequence[Step]) -> list[HandoverRow]:
    """Return a row for each step: from whoever finished the one before, at first from the desk.

    The papers of a leg of a linked application may come from another agency: then a list says from which (B-21).
    """
    if not steps:
        return []
    came = _list_of(steps[0])
    if steps[0].kind == StepKind.RETURN:  # given out on the spot, and put right by the agency since (B-23)
        mended = dossier.corrections.filter(corrected_at=steps[0].started_at).select_related("corrected_by").first()
        giver = _name(mended.corrected_by) if mended else ""
        first = _row(steps[0], giving_unit=dossier.competent_unit.authority_name, giver=giver)
    elif came and came.giving_unit_id != dossier.receiving_unit_id:
        first = _row(steps[0], giving_unit=came.giving_unit.authority_name, giver=_name(came.given_by))
    else:
        first = _row(
            steps[0], giving_unit=dossier.receiving_unit.authority_name, giver=_actor_in(_event_of(dossier, _TRANSFERS))
        )
    return [
        first,
        *(
            _row(step, giving_unit=before.unit.authority_name, giver=_name(before.finished_by or before.assignee))
            for before, step in ((_before(steps[:number], step), step) for number, step in enumerate(steps) if number)
        ),
    ]


def _before(earlier: Sequence[Step], step: Step) -> Step:
    """Return the step from which `step` followed: the last of its own leg, else the one after which the leg began."""
    same = [one for one in earlier if one.leg == step.leg]
    ended_then = [one for one in earlier if one.finished_at == step.started_at]
    return (same or ended_then or list(earlier))[-1]


def _row(step: Step, *, giving_unit: str, giver: str) -> HandoverRow:
    """Return the row of a step: taken when it was given, unless a list says when somebody signed for it."""
    handover = _list_of(step)
    received_at = handover.received_at if handover else step.started_at
    taker = (handover.received_by if handover else None) or step.assignee or step.finished_by
    return {
        "given_at": _iso(step.started_at),
        "giving_unit": giving_unit,
        "giver": giver,
        "received_at": _iso(received_at),
        "receiving_unit": step.unit.authority_name,
        "receiver": _name(taker),
        "result": _result_of(step),
        "note": step.name,
    }


def _result_of(step: Step) -> str:
    """Compare with the step's own working time, by the hour; handing over takes the applicant's time."""
    if step.finished_at is None or step.kind == StepKind.RETURN:
        return ""
    return str(OUTCOME_LABELS[outcome(step.finished_at, step.due_at, CountingMode.ROLLING)])


def _consulted(dossier: Dossier, asked: Consultation) -> HandoverRow:
    closed = asked.closed_at
    return {
        "given_at": _iso(asked.asked_at),
        "giving_unit": dossier.competent_unit.authority_name,
        "giver": _name(asked.asked_by),
        "received_at": _iso(asked.asked_at),
        "receiving_unit": asked.unit.authority_name,
        "receiver": _name(asked.answered_by),
        "result": str(OUTCOME_LABELS[outcome(closed, asked.due_at, CountingMode.ROLLING)]) if closed else "",
        "note": str(_("Lấy ý kiến")),
    }


def _to_the_applicant(dossier: Dossier, steps: Sequence[Step]) -> Sequence[HandoverRow]:
    """Return a row for each time the result was given: on the spot, also where it was put right since, and at the end.

    The outcome is that of the dossier, against the promise of form 01, or of form 04.
    """
    finished_at = dossier.finished_at
    if finished_at is None or dossier.due_at is None:
        return ()
    was_at_once = not steps or steps[0].kind == StepKind.RETURN
    rows = [_given(dossier, finished_at, _actor_in(_event_of(dossier, _GIVEN_AT_ONCE)))] if was_at_once else []
    if dossier.stage is Status.RETURNED:
        last = [step.finished_by for step in steps if step.kind == StepKind.RETURN][-1:]
        rows.append(_given(dossier, dossier.closed_at, _name(last[0]) if last else ""))
    return rows


def _given(dossier: Dossier, at: datetime | None, giver: str) -> HandoverRow:
    mode = promise_mode(limit_for(dossier.procedure_version, dossier.filing_channel), counting_mode())
    due_at, finished_at = dossier.due_at, dossier.finished_at
    return {
        "given_at": _iso(at),
        "giving_unit": dossier.receiving_unit.authority_name,
        "giver": giver,
        "received_at": _iso(at),
        "receiving_unit": str(_("Người nộp hồ sơ")),
        "receiver": dossier.applicant.full_name,
        "result": str(OUTCOME_LABELS[outcome(finished_at, due_at, mode)]) if finished_at and due_at else "",
        "note": str(dossier.get_return_channel_display()),
    }


def _event_of(dossier: Dossier, kinds: Sequence[str]) -> EventRecord | None:
    happened = EventRecord.objects.filter(subject=dossier.reference, kind__in=kinds).select_related("actor")
    return happened.order_by("-seq").first()


def _actor_in(happened: EventRecord | None) -> str:
    return happened.actor.display_name if happened and isinstance(happened.actor, User) else ""


def _list_of(step: Step) -> HandoverList | None:
    item = getattr(step, "handover", None)
    return item.list if item else None


def _name(person: User | None) -> str:
    return person.display_name if person else ""


def _iso(moment: datetime | None) -> str:
    return timezone.localtime(moment).isoformat() if moment else ""
