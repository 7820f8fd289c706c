"""Open a leg of a linked application: its dossier is born accepted, with what the applicant gave once (B-21).

A result that serves it as a paper follows when it is put right.
"""

import secrets
import uuid
from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from motcua.accounts.models import User
from motcua.documents.models import StoredFile
from motcua.dossiers.commands.custody import HOLDER, first_spec, open_step
from motcua.dossiers.commands.guard import UNITS, advance
from motcua.dossiers.commands.promise import PROMISE, begin_anew
from motcua.dossiers.linked_events import LinkedLegOpened, LinkedPaperRenewed
from motcua.dossiers.linked_facts import answers_for, legs_of, named_in_code
from motcua.dossiers.models import Applicant, ContactCode, Dossier, LinkedApplication, LinkedLeg, Paper, Result
from motcua.kernel import events
from motcua.kernel.sequences import next_number
from motcua.organisations.facts import agency_identifier
from motcua.rules.identifiers import REFERENCE_SPACE, dossier_code, reference_code
from motcua.rules.linked import LEAD, LegState, leg_state
from motcua.rules.linked_papers import where_handed_in
from motcua.rules.paper_mode import regular_number
from motcua.rules.papers import CheckState
from motcua.rules.promises import Beginning, PromiseCause
from motcua.rules.regimes import Regime, regime_on
from motcua.rules.transitions import Status

_COPIED = ("full_name", "citizen_id", "phone", "email", "address", "on_behalf_of", "postal_address")


def open_leg(application: LinkedApplication, leg: LinkedLeg, dossiers: Mapping[int, Dossier], at: datetime) -> Dossier:
    """Make the dossier of `leg`, with its agency and its clock running from `at`, and return it.

    `dossiers` are those of the legs that have opened, by number. Call it under the lock of the application. Raises
    `LimitUnknown`, `CalendarExhausted`.
    """
    lead = dossiers[LEAD]
    dossier = _born(application, leg, lead, at)
    beginning = Beginning.LEG_OPENED if leg.group_leg.needs else Beginning.ACCEPTED
    begin_anew(dossier, beginning, PromiseCause.ACCEPTANCE, at)
    _copy_applicant(dossier, leg, lead)
    _copy_papers(dossier, leg, dossiers)
    regime = regime_on(timezone.localdate(at))
    dossier.regime, dossier.accepted_at = regime.value, at
    open_step(dossier, first_spec(dossier), assignee=None, at=at)
    dossier.code = _take_code(dossier, regime, at)
    dossier.save(update_fields=["regime", "accepted_at", "code", *PROMISE, *HOLDER])
    event = LinkedLegOpened(
        subject=dossier.reference,
        application=application.reference,
        leg=leg.number,
        code=dossier.code,
        to_unit=leg.competent_unit.code,
        due_at=dossier.due_at or at,
    )
    events.record(event, actor=None, at=at)
    return dossier


def _take_code(dossier: Dossier, regime: Regime, at: datetime) -> str:
    on, named = timezone.localdate(at), named_in_code(dossier)
    return dossier_code(
        regime, agency_identifier(named, on), on, regular_number(next_number(f"dossier:{named.code}", on), on)
    )


def _born(application: LinkedApplication, leg: LinkedLeg, lead: Dossier, at: datetime) -> Dossier:
    return Dossier.objects.create(
        reference=reference_code(secrets.randbelow(REFERENCE_SPACE)),
        draft_key=uuid.uuid5(lead.draft_key, f"leg {leg.number}"),
        lookup_pin=lead.lookup_pin,
        status=Status.TRANSFERRED,
        procedure_version=leg.procedure_version,
        workflow=leg.workflow,
        receiving_unit=lead.receiving_unit,
        competent_unit=leg.competent_unit,
        filing_channel=lead.filing_channel,
        return_channel=lead.return_channel,
        owner_id=lead.owner_id,
        linked_application=application,
        leg_number=leg.number,
        created_at=at,
        submitted_at=lead.submitted_at,
    )


def _copy_applicant(dossier: Dossier, leg: LinkedLeg, lead: Dossier) -> None:
    known = Applicant.objects.get(dossier=lead)
    same = {name: getattr(known, name) for name in _COPIED}
    Applicant.objects.create(dossier=dossier, declaration=answers_for(leg, known.declaration), **same)
    confirmed = ContactCode.objects.filter(dossier=lead, confirmed_at__isnull=False)
    ContactCode.objects.bulk_create(
        ContactCode(
            dossier=dossier,
            channel=code.channel,
            address=code.address,
            digest=code.digest,
            sent_at=code.sent_at,
            confirmed_at=code.confirmed_at,
        )
        for code in confirmed
    )


def _copy_papers(dossier: Dossier, leg: LinkedLeg, dossiers: Mapping[int, Dossier]) -> None:
    handed_in = {paper.position: paper for paper in Paper.objects.filter(dossier=dossiers[LEAD])}
    sharing = leg.group_leg.as_rule()
    givers = [dossiers[number].pk for number in set(sharing.results.values())]
    results = {row.dossier_id: row for row in Result.objects.filter(dossier__in=givers)}
    papers = []
    for required in leg.procedure_version.papers.filter(is_note=False).order_by("position"):
        paper = Paper(dossier=dossier, required_paper=required, position=required.position)
        position = where_handed_in(sharing, required.position)
        if position is None:
            result = results[dossiers[sharing.results[required.position]].pk]
            paper.file_id, paper.state, paper.note = result.file_id, CheckState.PRESENT.value, result.number
        else:
            given = handed_in[position]
            paper.file_id, paper.state, paper.note = given.file_id, given.state, given.note
            paper.originals_count, paper.copies_count = given.originals_count, given.copies_count
        papers.append(paper)
    Paper.objects.bulk_create(papers)


def renew_papers(
    dossier: Dossier, wrong: StoredFile, right: StoredFile, *, number: str, officer: User, at: datetime
) -> None:
    """Give the legs under way that have the result of `dossier` as a paper the `right` one for the `wrong` (B-23).

    `number` is that of the right result. A paper that was replaced meanwhile stays. Call it under `lock_whole`.
    """
    if dossier.linked_application_id is None or dossier.leg_number is None:
        return
    rows = Dossier.objects.select_for_update(of=("self",)).filter(linked_application=dossier.linked_application_id)
    by_leg = {row.leg_number: row for row in rows.select_related(*UNITS).order_by("pk")}
    renewed = []
    for leg in legs_of(dossier.linked_application_id):
        results = leg.group_leg.as_rule().results
        positions = [position for position, giver in results.items() if giver == dossier.leg_number]
        row = by_leg.get(leg.number)
        if row is None or not positions or leg_state(row.stage) is not LegState.OPEN:
            continue
        if row.papers.filter(position__in=positions, file=wrong).update(file=right, note=number):
            advance(row, [])
            renewed.append(row.reference)
    happened = [
        LinkedPaperRenewed(subject=reference, from_leg=dossier.leg_number, file_sha256=right.sha256)
        for reference in renewed
    ]
    events.record_many(happened, actor=officer, at=at)
