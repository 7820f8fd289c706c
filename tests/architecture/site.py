"""The whole site with somebody of every role on it, and a dossier in every status."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, cached_property

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from motcua.accounts.commands.tokens import issue_token
from motcua.accounts.facts import grants_of
from motcua.accounts.models import Grant, User
from motcua.catalogue.commands.publication_acts import give_decision_back, submit_decision
from motcua.catalogue.commands.publish_linked_group import GroupDefinition, LegDefinition, publish_linked_group
from motcua.catalogue.commands.reviews import propose_simplification
from motcua.catalogue.models import LinkedGroup, PublicationDecision, ServiceLevel
from motcua.documents.models import IssuedDocument
from motcua.dossiers.commands import legs, process
from motcua.dossiers.commands.bulk import BulkOrder, Chosen, do_next, order_bulk
from motcua.dossiers.commands.handing_over import Way, draw_up
from motcua.dossiers.commands.paper_mode import OutageNotice, declare_outage, reserve_kit
from motcua.dossiers.models import BulkJob, Correction, Dossier, HandoverList, PaperKit, Result
from motcua.dossiers.queries.bulk_back import preview_back
from motcua.exchange.commands.take_records import Told, take_records
from motcua.exchange.models import NameMapping, NationalEntry, NationalRecord
from motcua.legislation.commands.drafting import tie_draft
from motcua.legislation.commands.keep import Tie, relate
from motcua.legislation.models import BasisReviewItem, DocumentRelation, LegalDocument, LegalDraft
from motcua.news.models import Article
from motcua.organisations.models import CalendarAnnouncement, CalendarDay, Unit
from motcua.petitions.models import Petition
from motcua.posting.models import PostingConfirmation
from motcua.province_setup.commands.packages import make_package
from motcua.province_setup.models import ConfigurationPackage
from motcua.rules.bulk import BulkAct
from motcua.rules.drafting import DraftState
from motcua.rules.handing_over import Direction
from motcua.rules.legal_effect import Relation
from motcua.rules.permissions import AT_THE_DESK, Role
from motcua.rules.publication import DecisionState
from motcua.rules.surveys import SurveyState
from motcua.rules.transitions import Status
from motcua.surveys.models import Survey
from motcua.workspace.forms.bulk import seal
from tests.architecture.site_parts import handling, posted, surveyed
from tests.catalogue.publishing import EFFECTIVE_ON, NORM, Province, new_line, published
from tests.catalogue.reviewing import AMENDING, examine, make_income, make_plan, make_review
from tests.exchange.national import told_as_here, written
from tests.legislation.drafts import make_draft, make_submitted
from tests.legislation.law import make_document, make_legal_officer
from tests.make import (
    LONG_AGO,
    MONDAY,
    Office,
    make_dossier,
    make_file,
    make_offering,
    make_office,
    make_officer,
    make_procedure,
    make_user,
    settling_at_once,
)
from tests.news.making import Newsroom, make_draft_article, with_photo
from tests.news.making import published as published_article
from tests.petitions.making import make_petition
from tests.petitions.making import published as published_petition

URLS = "tests.architecture.demonstration_urls"
STRANGER, CITIZEN, OWNER = "stranger", "citizen", "owner"
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody with a browser (signed in, past the second factor) and, where they have an account, a token."""

    client: Client
    token: str


@dataclass(frozen=True)
class Site:
    """`visitors` by name: stranger, citizen, owner, each role at the dossiers' own units, `foreign` + each role.

    `colleagues` hold the same roles at the same units, and no dossier has passed through their hands. `branched` are
    dossiers whose process branches, by the act that they wait for; the foreign agency does a leg of them. Among them
    stands one without a branch, whose result may be given out on the spot. `job` is a finished act on many, which the
    processing officer ordered: following the dossier in progress.
    """

    office: Office
    visitors: dict[str, Visitor]
    colleagues: dict[Role, Visitor]
    dossiers: dict[Status, Dossier]
    branched: dict[str, Dossier]
    handover: HandoverList
    kit: PaperKit
    group: LinkedGroup
    job: BulkJob
    law: LegalDocument
    package: ConfigurationPackage
    publications: dict[DecisionState, PublicationDecision]
    legal_drafts: dict[DraftState, LegalDraft]
    posting: PostingConfirmation
    article: Article
    draft_article: Article
    petition: Petition
    surveys: dict[SurveyState, Survey]
    published_number: int

    def codes(self) -> dict[str, str]:
        """The public code of the dossier in each status, by the status' name."""
        return {status.value: dossier.public_code for status, dossier in self.dossiers.items()}

    @cached_property
    def taking_back(self) -> dict[str, str]:
        """The form in which the processing officer orders that the job be taken back."""
        officer, at = self.office.officer, MONDAY + timedelta(hours=2)
        looked_at = preview_back(self.job, officer, grants_of(officer, at.date()), at=at)
        assert looked_at.can
        return {"key": str(uuid.uuid4()), "sealed": seal(looked_at)}

    @cached_property
    def law_cited(self) -> LegalDocument:
        """The decree that has replaced `law`."""
        return LegalDocument.objects.exclude(pk=self.law.pk).get()

    @cached_property
    def law_tie_pk(self) -> int:
        """The pk of what `law` says of the one that has replaced it."""
        return DocumentRelation.objects.get(source=self.law).pk

    @cached_property
    def law_item_pk(self) -> int:
        """The pk of something that stands on `law`, which has ended."""
        return BasisReviewItem.objects.filter(review__document=self.law).order_by("kind")[0].pk

    @cached_property
    def national_entry_key(self) -> uuid.UUID:
        """The key of what the published decision has to enter in the national database."""
        return NationalEntry.objects.get().key

    @cached_property
    def national_name_key(self) -> uuid.UUID:
        """The key of a name of the national database that waits."""
        return NameMapping.objects.get().key

    @cached_property
    def national_digest(self) -> str:
        """What the national database says of the office's procedure."""
        return NationalRecord.objects.get().digest

    @cached_property
    def announcement_pk(self) -> int:
        """The pk of an announcement about the calendar of the agency."""
        return CalendarAnnouncement.objects.get().pk

    @cached_property
    def form_pk(self) -> int:
        """The pk of form 01 of the accepted dossier."""
        return IssuedDocument.objects.get(subject=self.dossiers[Status.ACCEPTED].reference).pk

    @cached_property
    def correction_pk(self) -> int:
        """The pk of the correction that is under way."""
        return Correction.objects.get(dossier=self.dossiers[Status.CORRECTING]).pk

    @cached_property
    def grant_pk(self) -> int:
        """The pk of the clerk's only role."""
        return Grant.objects.get(user=self.office.clerk).pk


def make_site() -> Site:
    office, foreign = make_office(), make_office()
    owner = make_user(full_name="Vàng Thị Mỷ")
    dossiers = {status: make_dossier(status=status, office=office, owner=owner) for status in Status}
    Result.objects.filter(dossier=dossiers[Status.DONE]).update(signed_file=make_file())
    announcement = CalendarAnnouncement.objects.create(
        unit=office.offering.competent_unit, source="Công điện 04", announced_at=MONDAY
    )
    CalendarDay.objects.create(announcement=announcement, on=MONDAY.date(), kind="CLOSED", name="lũ quét")
    _reviewed(office)
    ServiceLevel.objects.create(
        procedure=office.offering.procedure, level="PARTIAL", valid_from=date(2025, 1, 1), ground="Quyết định 5"
    )
    people: dict[str, User | None] = {STRANGER: None, CITIZEN: make_user(), OWNER: owner}
    people |= {role.value: person for role, person in _staff(office).items()}
    people[Role.LEGAL_OFFICER.value] = make_legal_officer()  # the register is kept at the province
    people |= {f"foreign {role.value}": person for role, person in _staff(foreign).items()}
    told = told_as_here(office.offering.procedure.code, LINHVUCTHUCHIEN=[{"TENLINHVUC": "Việc lạ"}], YEUCAU="Khác")
    take_records(told=Told(written(told)), actor=None, at=MONDAY)
    law = _ended_law(people[Role.LEGAL_OFFICER.value])
    _at_the_province(people[Role.ADMINISTRATOR.value])
    room = _newsroom(office)
    return Site(
        office=office,
        visitors={name: _visitor(person) for name, person in people.items()},
        colleagues={role: _visitor(_newcomer(role, office)) for role in Role},
        dossiers=dossiers,
        branched=_branched(office, foreign),
        handover=_handed_over(dossiers[Status.TRANSFERRED], office),
        kit=_on_paper(office),
        group=_linked(office),
        job=_followed(dossiers[Status.IN_PROGRESS], office.officer),
        law=law,
        publications=_publishing(office),
        legal_drafts=_drafting(office, people[Role.LEGAL_OFFICER.value]),
        posting=posted(office),
        package=make_package(actor=None, at=MONDAY),
        article=published_article(with_photo(make_draft_article(room), room), room),
        draft_article=make_draft_article(room),
        petition=make_petition(handling(office), owner=owner),
        surveys=surveyed(dossiers[Status.RETURNED], office),
        published_number=published_petition(handling(office)).published.number,
    )


def _newsroom(office: Office) -> Newsroom:
    """One who writes the news of the competent unit and one who approves them."""
    writer = _newcomer(Role.PROCEDURE_CONTROL_OFFICER, office)
    return Newsroom(office.offering.competent_unit, writer, office.signer)


def _at_the_province(administrator: User | None) -> None:
    """Entrust the administrator with the province too, where the whole of it is set up."""
    province = Unit.objects.get(kind="PROVINCE")
    assert administrator is not None
    Grant.objects.create(user=administrator, unit=province, role=Role.ADMINISTRATOR.value, valid_from=LONG_AGO)


def _publishing(office: Office) -> dict[DecisionState, PublicationDecision]:
    """A decision in each state, of the competent unit as if it were a province, with one new procedure."""
    unit = office.offering.competent_unit
    province = Province(unit, _newcomer(Role.PROCEDURE_CONTROL_OFFICER, office), office.signer)
    made = {}
    for number, state in enumerate(DecisionState, start=1):
        decision = PublicationDecision.objects.create(
            title="Công bố thủ tục hành chính lĩnh vực Lâm nghiệp",
            issuer=unit,
            publisher="CHAIRMAN",
            norm=NORM,
            norm_effective_on=EFFECTIVE_ON,
            begun_by=province.officer,
            begun_at=MONDAY,
        )
        new_line(decision, province, code=f"3.00000{number}")
        if state is DecisionState.PUBLISHED:
            published(decision, province)
        elif state is not DecisionState.DRAFT:
            submit_decision(decision=decision, actor=province.officer, at=MONDAY)
        if state is DecisionState.GIVEN_BACK:
            give_decision_back(decision=decision, reason="Sai", actor=province.chairman, at=MONDAY)
        made[state] = decision
    return made


def _drafting(office: Office, keeper: User | None) -> dict[DraftState, LegalDraft]:
    """A draft of the province, which its legal officer writes, and one that lies before the dossier's signer."""
    assert keeper is not None
    drafted = make_draft(keeper)
    basis = LegalDocument.objects.get(number="98/2026/NĐ-CP")
    tie_draft(draft=drafted, relation=Relation.BASED_ON, target=basis, actor=keeper, at=MONDAY)
    laid = make_submitted(keeper, basis)
    LegalDraft.objects.filter(pk=laid.pk).update(issuer=office.offering.competent_unit)
    return {DraftState.DRAFT: drafted, DraftState.SUBMITTED: laid}


def _followed(dossier: Dossier, officer: User) -> BulkJob:
    order = BulkOrder(uuid.uuid4(), BulkAct.FOLLOW, [Chosen(dossier.pk, dossier.version)])
    job = order_bulk(order=order, officer=officer, at=MONDAY)
    while not do_next(job=job, at=MONDAY + timedelta(hours=1)):
        continue
    return BulkJob.objects.get(pk=job.pk)


def _branched(office: Office, foreign: Office) -> dict[str, Dossier]:
    own, beside = office.offering, foreign.offering.competent_unit
    offering = make_offering(
        procedure=make_procedure(limit="20", beside=beside), commune=own.competent_unit, desk=own.receiving_unit
    )
    also = replace(office, offering=offering)
    made = {act: make_dossier(status=Status.IN_PROGRESS, office=also) for act in ("finish_leg", "pass_on", "approve")}
    for act in ("pass_on", "approve"):
        dossier, at = made[act], MONDAY + timedelta(hours=6)
        legs.finish_leg(dossier=dossier, officer=office.officer, result=legs.LegResult("Được"), at=at)
        legs.finish_leg(dossier=dossier, officer=foreign.officer, result=legs.LegResult("Được"), at=at)
        legs.pass_on(dossier=dossier, officer=office.officer, giving=process.Giving(office.officer), at=at)
    proposal = process.Proposal("Được", "Giấy phép", None)
    process.propose(dossier=made["approve"], officer=office.officer, proposal=proposal, at=MONDAY + timedelta(hours=7))
    made["at_once"] = make_dossier(status=Status.ACCEPTED, office=settling_at_once(office))
    return {act: Dossier.objects.get(pk=dossier.pk) for act, dossier in made.items()}


def _linked(office: Office) -> LinkedGroup:
    """A linked group that the office's desk takes in: its procedure, and one beside it."""
    own = office.offering
    beside = make_offering(procedure=make_procedure(), commune=own.competent_unit, desk=own.receiving_unit)
    definition = GroupDefinition(
        code="hai-viec-mot-lan",
        name="Hai việc một lần",
        summary="",
        source="B-21",
        valid_from=MONDAY.date() - timedelta(days=900),
        legs=tuple(LegDefinition(one.procedure.code, (), {}, {}, {}) for one in (own, beside)),
    )
    return publish_linked_group(definition=definition, actor=None, at=MONDAY)


def _ended_law(keeper: User | None) -> LegalDocument:
    """The decree that the procedures stand on, replaced, and with a word of its own about what came after."""
    assert keeper is not None
    law = make_document("123/2015/NĐ-CP", actor=keeper)
    later = make_document("98/2026/NĐ-CP", Tie(Relation.REPLACES, law), actor=keeper, effective_from=MONDAY.date())
    relate(source=law, tie=Tie(Relation.CITES, later, "Điều 2"), actor=keeper, at=MONDAY)
    return law


def _reviewed(office: Office) -> None:
    """The plan of 2026: review 1 may be proposed, review 2 lies before the chairman."""
    unit = office.offering.competent_unit
    keeper, plan = _newcomer(Role.PROCEDURE_CONTROL_OFFICER, office), make_plan(unit)
    make_income()
    first, second = (examine(make_review(plan, unit, keeper), keeper) for _ in range(2))
    assert first.number == 1
    propose_simplification(review=second, proposal=AMENDING, actor=keeper, at=MONDAY)


def _handed_over(dossier: Dossier, office: Office) -> HandoverList:
    way = Way(Direction.TO_THE_AGENCY, office.offering.receiving_unit, office.offering.competent_unit)
    return draw_up(way=way, step_ids=[dossier.steps.get().pk], officer=office.reception, at=MONDAY)


def _on_paper(office: Office) -> PaperKit:
    """A kit of the desk, and an outage that lasts."""
    desk, head = office.offering.receiving_unit, _newcomer(Role.HEAD_OF_ONE_STOP, office)
    notice = OutageNotice(MONDAY, None, "Mất điện")
    declare_outage(desk=desk, notice=notice, officer=head, at=MONDAY)
    return reserve_kit(desk=desk, competent_unit=office.offering.competent_unit, count=1, officer=head, at=MONDAY)


def _staff(office: Office) -> dict[Role, User]:
    known = {
        Role.RECEPTION_OFFICER: office.reception,
        Role.DISPATCHER: office.dispatcher,
        Role.PROCESSING_OFFICER: office.officer,
        Role.SIGNER: office.signer,
        Role.RECORDS_CLERK: office.clerk,
    }
    return {role: known.get(role) or _newcomer(role, office) for role in Role}


def _newcomer(role: Role, office: Office) -> User:
    offering = office.offering
    return make_officer(role, offering.receiving_unit if role in AT_THE_DESK else offering.competent_unit)


def _visitor(person: User | None) -> Visitor:
    client = Client()
    if person is None:
        return Visitor(client, "")
    client.force_login(person, backend=_BACKEND)
    session = client.session
    session["has_second_factor"] = True
    session.save()
    return Visitor(client, issue_token(user=person, name="matrix", at=MONDAY))


@cache
def routes() -> dict[str, str]:
    """Return the pattern of every named route, by its full name."""
    return dict(_walk(get_resolver(URLS), "", ""))


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", path
        else:
            inner = f"{entry.namespace}:" if entry.namespace else ""
            yield from _walk(entry, path, namespace + inner)
