"""Rows of a dossier as the plain values the rules decide on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from django.conf import settings
from django.utils import timezone

from motcua.catalogue.models import Channel, ProcedureVersion, SectorClock, WorkflowStep
from motcua.dossiers.linked_facts import asked_now
from motcua.dossiers.models import (
    Applicant,
    Consultation,
    ContactCode,
    Dossier,
    ExcludedWait,
    Extension,
    FilingChannel,
    Paper,
    PaperEntry,
    PaperReturn,
    ReturnChannel,
    Step,
    SupplementItem,
)
from motcua.dossiers.querysets import grants_for_legs
from motcua.kernel.compiled import CompiledQuery
from motcua.organisations.facts import commune_id_of
from motcua.organisations.models import Unit
from motcua.rules.completeness import ApplicationFacts, ContactWay, Question, ways_to_confirm
from motcua.rules.deadlines import CountingMode
from motcua.rules.declarations import FieldKind
from motcua.rules.permissions import Custody, LegHands, Role
from motcua.rules.promises import Beginning, ClockFacts, ClockRules, Exclusion, ExclusionGround, is_taken_in_elsewhere
from motcua.rules.regimes import ClockStart as RegimeClock
from motcua.rules.regimes import regime_rules_on
from motcua.rules.time_limits import AT_ONCE, TimeLimit
from motcua.rules.transitions import LEGS_RUN, Status
from motcua.rules.workflow import StepSpec
from motcua.rules.workflow_course import Run, has_legs
from motcua.rules.working_time import WorkingCalendar, in_hanoi

_CHANNELS = CompiledQuery(Channel.objects.all(), by="version")
_PAPERS = CompiledQuery(Paper.objects.select_related("required_paper").order_by("position"), by="dossier")


def counting_mode() -> CountingMode:
    """Return how the province counts limits (L-08)."""
    return CountingMode(settings.COUNTING_MODE)


def custody_of(dossier: Dossier, on: date) -> Custody:
    """Return where the dossier stands on `on`, as the rules know it; asks of opinions and legs if there may be some."""
    consulted: frozenset[int] = frozenset()
    if dossier.stage is Status.CONSULTING:
        awaited = Consultation.objects.filter(dossier=dossier, closed_at=None)
        consulted = frozenset(awaited.values_list("unit_id", flat=True))
    legs = frozenset(hands_of_legs(open_legs(dossier), on).values())
    return replace(custody_by_row(dossier), consulted_unit_ids=consulted, legs=legs)


def hands_of_legs(legs: Iterable[Step], on: date) -> dict[int, LegHands]:
    """Return in whose hands each leg is on `on`, by the primary key of its step; asks only where one was given out.

    What was given to an officer whose role in the unit has ended is in nobody's hands, so that it waits for the unit.
    """
    found = list(legs)
    given = {(step.assignee_id, step.unit_id) for step in found if step.assignee_id is not None}
    there = set[tuple[int, int]]()
    if given:
        doing = grants_for_legs(on).filter(user__in={user for user, _ in given})
        there = set(doing.values_list("user_id", "unit_id"))
    return {
        step.pk: LegHands(step.unit_id, step.assignee_id if (step.assignee_id, step.unit_id) in there else None)
        for step in found
    }


def custody_by_row(dossier: Dossier) -> Custody:
    """Return where the dossier stands as far as its own row tells, without a query: no units beside the holder's."""
    return Custody(
        receiving_unit_id=dossier.receiving_unit_id,
        competent_unit_id=dossier.competent_unit_id,
        holder_unit_id=dossier.holder_unit_id,
        holder_role=Role(dossier.holder_role) if dossier.holder_role else None,
        assignee_id=dossier.assignee_id,
    )


@lru_cache(maxsize=10_000)
def process_rows(workflow_id: int) -> tuple[WorkflowStep, ...]:
    """Return the steps of an internal process, read once a program: dossiers only follow approved, frozen ones."""
    return tuple(WorkflowStep.objects.filter(workflow=workflow_id).select_related("unit").order_by("position"))


@lru_cache(maxsize=10_000)
def process_of(workflow_id: int) -> tuple[StepSpec, ...]:
    """Return the steps of an internal process as the rules know them, in its order."""
    return tuple(row.as_rule() for row in process_rows(workflow_id))


def open_legs(dossier: Dossier) -> list[Step]:
    """Return the steps under way beside the leading one, the most urgent first; asks only where there may be any."""
    if dossier.stage not in LEGS_RUN or not has_legs(process_of(dossier.workflow_id)):
        return []
    under_way = Step.objects.filter(dossier=dossier, finished_at=None, leg__gt="")
    return list(under_way.select_related("unit", "assignee").order_by("due_at", "pk"))


def runs_beside(dossier: Dossier) -> tuple[Run, ...]:
    """Return the same as the rules know it."""
    return tuple(Run(step.code, step.leg) for step in open_legs(dossier))


def given_on_paper(dossier: Dossier) -> PaperReturn | None:
    """Return that the result was given out on paper (B-25), as it stands; None once it was put right since (B-23).

    Needs `paper_return` loaded.
    """
    given: PaperReturn | None = getattr(dossier, "paper_return", None)
    return given if given is not None and given.given_at == dossier.closed_at else None


def is_settled_at_once(dossier: Dossier) -> bool:
    """Tell whether the desk may give the result out on the spot: the procedure has no longer limit (B step 5).

    Legs of a linked application go their way through the agencies, which wait for each other's results (B-21).
    """
    return dossier.linked_application_id is None and is_at_once(dossier.procedure_version, dossier.filing_channel)


def is_at_once(version: ProcedureVersion, channel: str) -> bool:
    """Tell whether what is filed by `channel` has no longer limit than the day itself."""
    limit = limit_for(version, channel)
    return limit is not None and limit.unit in AT_ONCE


def clock_rules(version: ProcedureVersion, on: date) -> ClockRules:
    """Return what the law of the procedure's sector says of its clocks on `on`; the common rule where it says nothing.

    Needs `version.procedure` loaded.
    """
    own = SectorClock.objects.on(on).filter(sector=version.procedure.sector_id).first()
    return own.as_rule() if own else ClockRules()


@dataclass(frozen=True, slots=True)
class ClockStart:
    """From when a promise is counted, and what came then."""

    counted_from: datetime
    beginning: Beginning

    @property
    def keeps_receipt(self) -> bool:
        """Whether what the receipt promised still holds: the limit has not started anew after a supplement (L-10)."""
        return self.beginning is not Beginning.SUPPLEMENT_COMPLETED


def clock_facts(dossier: Dossier, limit: TimeLimit) -> ClockFacts:
    """Return what the promise of an accepted dossier rests on, whose limit is `limit` (R-2).

    Financial waits that the sector counts, and supplements that restart the limit, leave no exclusion.
    """
    counted_from = dossier.counted_from or dossier.accepted_at
    if counted_from is None:
        raise Dossier.DoesNotExist
    start = ClockStart(counted_from, Beginning(dossier.counted_because))
    extension = Extension.objects.filter(dossier=dossier).first()
    entry = PaperEntry.objects.filter(dossier=dossier).first() if start.keeps_receipt else None
    waits = dossier.excluded_waits.order_by("began_at")
    return replace(clock_of(start, limit, waits, extension), written_on=entry.written_due_on if entry else None)


def clock_of(
    start: ClockStart, limit: TimeLimit, waits: Iterable[ExcludedWait], extension: Extension | None
) -> ClockFacts:
    """Return the facts of a clock from the rows that tell of it; what came before `start` is left out.

    `waits` are in the order of time.
    """
    is_extended = extension is not None and extension.extended_at >= start.counted_from
    return ClockFacts(
        counted_from=timezone.localtime(start.counted_from),
        beginning=start.beginning,
        limit=limit,
        exclusions=tuple(
            Exclusion(
                timezone.localtime(wait.began_at), timezone.localtime(wait.ended_at), ExclusionGround(wait.ground)
            )
            for wait in waits
            if wait.began_at >= start.counted_from
        ),
        extended_to=timezone.localdate(extension.new_due_at) if extension and is_extended else None,
        extended_at=timezone.localtime(extension.extended_at) if extension and is_extended else None,
    )


def runs_from_agency(desk: Unit, agency: Unit, on: date) -> bool:
    """Tell whether limits of what `desk` accepts on `on` for `agency` run from the agency's receipt (B-12)."""
    if regime_rules_on(on).clock_start is not RegimeClock.COMPETENT_AGENCY:
        return False
    return is_taken_in_elsewhere(desk_commune=commune_id_of(desk), agency_commune=commune_id_of(agency))


def clock_start(desk: Unit, agency: Unit, accepted_at: datetime, calendar: WorkingCalendar) -> ClockStart:
    """Return what the limit of a dossier counts from that `desk` accepts for `agency`, whose calendar is given.

    Where the regime counts from the agency's receipt and another desk took the dossier in, that is the last moment the
    agency may receive it (B-12).
    """
    local = in_hanoi(accepted_at)
    if runs_from_agency(desk, agency, local.date()):
        return ClockStart(calendar.close_after(local.date(), 1), Beginning.EXPECTED_AT_AGENCY)
    return ClockStart(accepted_at, Beginning.ACCEPTED)


def application_facts(dossier: Dossier) -> ApplicationFacts:
    """Return what `dossier` holds so far; needs `procedure_version` and `applicant` loaded, and reads the papers."""
    applicant: Applicant = dossier.applicant
    papers = list(dossier.papers.select_related("required_paper"))
    return ApplicationFacts(
        full_name=applicant.full_name,
        phone=applicant.phone,
        answers=applicant.declaration,
        questions=[
            Question(key=one.key, is_required=one.is_required and one.field.kind != FieldKind.GROUP)
            for one in asked_now(dossier, applicant.declaration)
        ],
        needed_positions=frozenset(paper.position for paper in papers if paper.required_paper.is_required),
        given_positions=frozenset(paper.position for paper in papers if _is_given(paper)),
        needs_postal_address=dossier.return_channel == ReturnChannel.POST,
        postal_address=applicant.postal_address,
        contact_confirmed=contact_is_confirmed(dossier, applicant),
    )


def contact_is_confirmed(dossier: Dossier, applicant: Applicant) -> bool:
    """Tell whether it is known that word of the dossier reaches the applicant.

    An account or a counter vouches for it; a guest confirms by a code over each of the `guest_ways`.
    """
    if dossier.owner_id is not None or dossier.filing_channel != FilingChannel.ONLINE:
        return True
    wanted = guest_ways(applicant)
    return bool(applicant.phone and wanted) and wanted <= confirmed_ways(dossier, applicant)


def usable_ways() -> frozenset[ContactWay]:
    """Return over which ways one-time codes leave this installation."""
    return frozenset(ContactWay(name) for name in settings.CONTACT_CODE_CHANNELS)


def guest_ways(applicant: Applicant) -> frozenset[ContactWay]:
    """Return the ways that a guest of these addresses confirms; empty where no code leaves the installation."""
    return ways_to_confirm(usable_ways(), has_email=bool(applicant.email))


def confirmed_ways(dossier: Dossier, applicant: Applicant) -> frozenset[ContactWay]:
    """Return the ways confirmed by a code sent to the address that is given now."""
    given = {ContactCode.Channel.SMS.value: applicant.phone, ContactCode.Channel.EMAIL.value: applicant.email}
    codes = dossier.contact_codes.filter(confirmed_at__isnull=False)
    return frozenset(ContactWay(code.channel) for code in codes if code.address == given[code.channel])


def is_phone_unconfirmed(dossier: Dossier) -> bool:
    """Tell whether nobody vouches for the phone number: a guest filed where no text message could be sent."""
    if dossier.owner_id is not None or dossier.filing_channel != FilingChannel.ONLINE:
        return False
    return ContactWay.SMS not in confirmed_ways(dossier, dossier.applicant)


def limit_for(version: ProcedureVersion, filing_channel: str) -> TimeLimit | None:
    """Return the limit of the way of filing, else that of the procedure; None when neither was understood.

    Where one way is listed more than once with different limits, the procedure's own limit stands.
    """
    own = {channel.limit for channel in ways_of(version, filing_channel)} - {None}
    return own.pop() if len(own) == 1 else version.limit


def ways_of(version: ProcedureVersion, filing_channel: str) -> list[Channel]:
    """Return what the procedure says of one way of filing; all ways are read once a version."""
    return [channel for channel in _CHANNELS.kept_by(version, "channels") if channel.method == filing_channel]


def may_be_filed_online(version: ProcedureVersion) -> bool:
    """Tell whether the procedure can be applied for online, and how long that takes is known."""
    return bool(ways_of(version, FilingChannel.ONLINE)) and has_known_limit(version)


def papers_of(dossier: Dossier) -> list[Paper]:
    """Return the papers in the order of the closed list, with what was required; read once a dossier."""
    return _PAPERS.kept_by(dossier, "papers")


def asked_items(dossier: Dossier) -> list[SupplementItem]:
    """Return what the open request asks for, in the order of the closed list; empty when none is open."""
    asked = SupplementItem.objects.filter(request__dossier=dossier, request__completed_at=None)
    return list(asked.select_related("paper__required_paper", "paper__file").order_by("paper__position"))


def has_known_limit(version: ProcedureVersion) -> bool:
    """Tell whether a promise can be given for every way of filing."""
    return all(limit_for(version, way) is not None for way in FilingChannel.values)


def _is_given(paper: Paper) -> bool:
    return paper.file_id is not None or paper.originals_count + paper.copies_count > 0
