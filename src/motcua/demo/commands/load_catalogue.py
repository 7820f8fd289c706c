"""Publish the procedures of the demonstration: content, internal process, and the desks that offer them."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime

from motcua.accounts.models import User
from motcua.catalogue import definitions as catalogue
from motcua.catalogue.commands.life_events import write_life_event
from motcua.catalogue.commands.plain_words import write_plain_words
from motcua.catalogue.commands.publish_linked_group import publish_linked_group
from motcua.catalogue.commands.publish_procedure import publish_procedure
from motcua.catalogue.commands.shelf import Shelf
from motcua.catalogue.commands.teach_synonyms import teach_synonyms
from motcua.catalogue.models import ProcedureVersion, SearchSynonym
from motcua.demo import definitions
from motcua.demo.people_words import life_events, summaries
from motcua.demo.procedure_definitions import FeeDefinition, LimitDefinition, ProcedureDefinition
from motcua.demo.unit_definitions import Level
from motcua.organisations.models import Unit
from motcua.rules.declarations import FieldDefinition

IN_FORCE_FROM = date(2025, 7, 1)
_CONTROL_OFFICER = "kiemsoat"


def load_catalogue(
    *, units: Mapping[str, Unit], at: datetime, step: Callable[[], None], only: Collection[str] = ()
) -> None:
    """Publish every procedure of the demonstration, or `only` those codes; one that stands already is left alone."""
    shelf = Shelf()
    for procedure in definitions.procedures():
        if only and procedure.code not in only:
            continue
        publish_procedure(publication=_publication(procedure, units), actor=None, at=at, shelf=shelf)
        step()
    for group in definitions.linked_groups():
        if not only or {leg.procedure for leg in group.legs} <= set(only):
            publish_linked_group(definition=group, actor=None, at=at)
    _write_for_people(only, at)
    if not SearchSynonym.objects.exists():
        teach_synonyms(actor=None, at=at)


def _write_for_people(only: Collection[str], at: datetime) -> None:
    """Write the events of life, and plain summaries in the name of the officer who controls procedures."""
    for event in life_events():
        if not only or {step.procedure for step in event.steps} <= set(only):
            write_life_event(definition=event, actor=None, at=at)
    officer = User.objects.filter(username=_CONTROL_OFFICER).first()
    if officer is None:
        return
    versions = ProcedureVersion.objects.open_ended().filter(procedure__code__in=summaries())
    for version in versions.filter(plain_summaries=None).select_related("procedure"):
        write_plain_words(version=version, words=summaries()[version.procedure.code], actor=officer, at=at)


def procedure_count() -> int:
    """Return how many steps `load_catalogue` reports."""
    return len(definitions.procedures())


def _publication(procedure: ProcedureDefinition, units: Mapping[str, Unit]) -> catalogue.Publication:
    return catalogue.Publication(
        definition=catalogue.ProcedureDefinition(
            code=procedure.code, sector=procedure.sector_name, content=_content(procedure, units)
        ),
        valid_from=IN_FORCE_FROM,
        workflow=_workflow(procedure, units),
        desks=_desks(procedure, units),
    )


def _content(procedure: ProcedureDefinition, units: Mapping[str, Unit]) -> catalogue.Content:
    agency = units[procedure.competent].name if procedure.competent else "Ủy ban nhân dân cấp xã"
    return catalogue.Content(
        title=procedure.title,
        short_title=procedure.short_name,
        summary=procedure.summary,
        level=procedure.level.value,
        terms=_terms(procedure.limit, procedure.fee),
        papers=tuple(
            catalogue.PaperDefinition(
                name=paper.name,
                case=paper.case,
                originals=paper.originals,
                copies=paper.copies,
                form_no=paper.form_no,
                is_required=paper.is_required,
            )
            for paper in procedure.papers
        ),
        channels=tuple(
            catalogue.ChannelDefinition(method=channel.method.value, terms=_terms(channel.limit, channel.fee))
            for channel in procedure.channels
        ),
        results=tuple(catalogue.ResultDefinition(name=name) for name in procedure.results),
        declaration=tuple(
            FieldDefinition(
                key=field.key,
                label=field.label,
                kind=field.kind.value,
                required=field.is_required,
                options=field.options,
                help=field.help,
            )
            for field in procedure.declaration
        ),
        keywords=procedure.abbreviations,
        life_events=procedure.life_events,
        deciding_agency=agency,
        implementing_agencies=(agency,),
        subjects=procedure.subjects,
        conditions="\n".join(procedure.conditions),
        steps=procedure.steps,
        legal_basis=procedure.legal_basis,
        online_level="AVAILABLE" if any(channel.method.value == "ONLINE" for channel in procedure.channels) else "NONE",
    )


def _terms(limit: LimitDefinition | None, fee: FeeDefinition) -> catalogue.TermsDefinition:
    return catalogue.TermsDefinition(
        limit=limit.rule if limit else None,
        limit_text=limit.text if limit else "",
        limit_needs_review=limit is None,
        fee_vnd=fee.amount_vnd,
        fee_text=fee.text,
        fee_needs_review=fee.amount_vnd is None,
    )


def _workflow(procedure: ProcedureDefinition, units: Mapping[str, Unit]) -> catalogue.WorkflowDefinition:
    return catalogue.WorkflowDefinition(
        steps=tuple(
            catalogue.StepDefinition(
                code=timed.step.code,
                name=timed.step.name,
                kind=timed.step.kind,
                role=timed.step.role,
                place=timed.step.place,
                hours=timed.hours,
                next_codes=timed.next_codes,
                next_labels=timed.step.labels,
                branching=timed.step.branching,
                unit=units[timed.step.unit] if timed.step.unit else None,
                output=timed.step.output,
            )
            for timed in procedure.steps_in_time
        )
    )


def _desks(procedure: ProcedureDefinition, units: Mapping[str, Unit]) -> list[catalogue.Desk]:
    """A provincial procedure is taken in at the provincial centre, a commune's in each of the 45."""
    communes = [unit.code for unit in definitions.units() if unit.level is Level.COMMUNE and unit.part is None]
    places = communes[:1] if procedure.competent else communes
    return [
        catalogue.Desk(receiving=units[procedure.receiving_code(code)], competent=units[procedure.competent_code(code)])
        for code in places
    ]
