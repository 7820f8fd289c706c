"""What goes from one unit to another: what may be listed, the lists, and their paper (B-36)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from motcua.documents.office_data import HandoverListData, ListedDossier
from motcua.documents.rendering import render
from motcua.dossiers.letterhead import head
from motcua.dossiers.models import Dossier, HandoverItem, HandoverList, LinkedLeg, Step
from motcua.organisations.models import Unit
from motcua.rules.handing_over import GIVERS, Direction
from motcua.rules.linked import LEAD
from motcua.rules.permissions import Role
from motcua.rules.prescribed_forms import OfficePaper, form_of
from motcua.rules.regimes import regime_on
from motcua.rules.workflow import StepKind

SHOWN_AT_MOST = 50


@dataclass(frozen=True, slots=True)
class Handable:
    """One dossier that may be listed: `step_id` names the step that it goes to the other unit for."""

    step_id: int
    code: str
    applicant: str
    procedure: str
    moved_at: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Batch:
    """What went one way on a day and stands on no list yet."""

    direction: Direction
    giving_unit: Unit
    receiving_unit: Unit
    rows: tuple[Handable, ...]


@dataclass(frozen=True, slots=True)
class ListRow:
    """One list that was drawn up, with how many dossiers it has."""

    handover: HandoverList
    count: int


def handable(direction: Direction, giving_unit: Unit) -> QuerySet[Step]:
    """Return the steps that `giving_unit` sent a dossier to another unit for, and that stand on no list.

    The papers of a leg of a linked application lie with the desk or with the agency of a leg it needed: whichever
    lists it first hands it over (B-21).
    """
    unlisted = Step.objects.filter(handover=None).select_related("unit", "dossier__receiving_unit")
    unlisted = unlisted.exclude(unit=giving_unit)
    if direction is Direction.BACK_TO_THE_DESK:
        return unlisted.filter(kind=StepKind.RETURN.value, dossier__competent_unit=giving_unit)
    earlier = Step.objects.filter(dossier=OuterRef("dossier"), pk__lt=OuterRef("pk"))
    first = unlisted.filter(~Exists(earlier))
    if direction is Direction.TO_THE_AGENCY:
        return first.filter(dossier__receiving_unit=giving_unit)
    needed = LinkedLeg.objects.filter(
        application=OuterRef("dossier__linked_application"),
        competent_unit=giving_unit,
        application__group__legs__number=OuterRef("dossier__leg_number"),
        application__group__legs__needs__contains=[F("number")],
    )
    return first.filter(Exists(needed), dossier__linked_application__isnull=False)


def batches(units: Sequence[tuple[Role, Unit]], day: date) -> list[Batch]:
    """Return what the holder of these roles may list of what moved on `day`, by way, each in the order it moved."""
    begin = timezone.make_aware(datetime.combine(day, time()))
    found: dict[tuple[Direction, Unit, Unit], list[Handable]] = defaultdict(list)
    for direction, role in GIVERS.items():
        for unit in (unit for held, unit in units if held is role):
            moved = handable(direction, unit).filter(started_at__gte=begin, started_at__lt=begin + timedelta(days=1))
            loaded = moved.select_related(
                "unit", "dossier__receiving_unit", "dossier__applicant", "dossier__procedure_version"
            )
            for step in loaded.order_by("started_at", "pk"):
                found[direction, unit, _receiver(step, direction)].append(_handable(step))
    return [Batch(*way, rows=tuple(rows)) for way, rows in found.items()]


def lists_of(units: Sequence[Unit]) -> list[ListRow]:
    """Return the newest lists that `units` gave or took, those still to be signed for first."""
    mine = HandoverList.objects.filter(Q(giving_unit__in=units) | Q(receiving_unit__in=units))
    loaded = mine.select_related("giving_unit", "receiving_unit", "given_by", "received_by").annotate(
        item_count=Count("items")
    )
    newest = loaded.order_by("-given_at", "-pk")[:SHOWN_AT_MOST]
    rows = [ListRow(handover=one, count=one.item_count) for one in newest]
    return sorted(rows, key=lambda row: row.handover.received_at is not None)


def draw_list(handover: HandoverList) -> bytes:
    """Draw the list; needs the parents of the giving unit loaded."""
    form = form_of(OfficePaper.HANDOVER_LIST, regime_on(timezone.localdate(handover.given_at)))
    number = handover.number.rsplit("-", 1)[-1]
    with translation.override(settings.LANGUAGE_CODE):
        purpose = str(handover.get_direction_display())
        lines = [_listed(item.step, handover) for item in _items(handover)]
    data: HandoverListData = {
        **head(handover.giving_unit, form, number=f"{number}/{form.mark}", at=handover.given_at),
        "giving_unit": handover.giving_unit.authority_name,
        "receiving_unit": handover.receiving_unit.authority_name,
        "purpose": purpose,
        "lines": lines,
        "line_count": len(lines),
        "giver": handover.given_by.display_name,
        "receiver": handover.received_by.display_name if handover.received_by else "",
        "received_at": timezone.localtime(handover.received_at).isoformat() if handover.received_at else "",
    }
    return render(OfficePaper.HANDOVER_LIST, data)


def _items(handover: HandoverList) -> QuerySet[HandoverItem]:
    related = ("step__dossier__applicant", "step__dossier__procedure_version")
    whole = "step__dossier__linked_application"
    parts = ("step__dossier__papers", f"{whole}__legs__group_leg", f"{whole}__dossiers")
    return handover.items.select_related(*related).prefetch_related(*parts).order_by("position")


def _receiver(step: Step, direction: Direction) -> Unit:
    return step.dossier.receiving_unit if direction is Direction.BACK_TO_THE_DESK else step.unit


def _handable(step: Step) -> Handable:
    return Handable(
        step_id=step.pk,
        code=step.dossier.public_code,
        applicant=step.dossier.applicant.full_name,
        procedure=step.dossier.procedure_version.name,
        moved_at=step.started_at,
        due_at=step.dossier.due_at,
    )


def _listed(step: Step, handover: HandoverList) -> ListedDossier:
    dossier = step.dossier
    return {
        "code": dossier.public_code,
        "applicant": dossier.applicant.full_name,
        "procedure": dossier.procedure_version.name,
        "due_on": timezone.localdate(dossier.due_at).isoformat() if dossier.due_at else "",
        "note": _leg_words(dossier, handover),
    }


def _leg_words(dossier: Dossier, handover: HandoverList) -> str:
    """Say which leg of which linked application goes, and what papers with it; empty for a dossier of its own (B-21).

    The procedure and the due day beside are the task and its limit. An agency passes on its own results alone.
    """
    whole = dossier.linked_application
    if whole is None:
        return ""
    legs = {leg.number: leg for leg in whole.legs.all()}
    lead = next(one for one in whole.dossiers.all() if one.leg_number == LEAD)
    said = {"number": dossier.leg_number, "count": len(legs), "whole": lead.public_code}
    words = [_("Việc thứ %(number)s trong %(count)s việc của hồ sơ liên thông %(whole)s") % said]
    papers = list(dossier.papers.all())
    originals, copies = sum(one.originals_count for one in papers), sum(one.copies_count for one in papers)
    if originals or copies:
        words.append(_("kèm %(originals)s bản chính, %(copies)s bản sao") % {"originals": originals, "copies": copies})
    results = legs[dossier.leg_number or LEAD].group_leg.as_rule().results
    has_own_alone = handover.direction == Direction.BETWEEN_AGENCIES.value
    at_hand = {
        leg.number for leg in legs.values() if not has_own_alone or leg.competent_unit_id == handover.giving_unit_id
    }
    given = [
        paper for paper in sorted(papers, key=lambda paper: paper.position) if results.get(paper.position) in at_hand
    ]
    words += [_("kết quả việc %(leg)s số %(no)s") % {"leg": results[one.position], "no": one.note} for one in given]
    return "; ".join(words)
