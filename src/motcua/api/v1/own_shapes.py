"""What a citizen says about their application, and what they read of it."""

from datetime import date

from pydantic import Field

from motcua.api.shapes import DerivedDayShape, Given, Moment, Position, Shape, Standing, Text, Words
from motcua.api.v1.life_shapes import DeclinedShape, LifeShape, RatingShape, RequestShape, life_shape
from motcua.api.v1.linked_shapes import LinkedShape
from motcua.dossiers.models import FilingChannel, ReturnChannel
from motcua.dossiers.queries.dossier_page import PaperLine
from motcua.dossiers.queries.linked import LinkedView
from motcua.dossiers.queries.own import OwnDossier
from motcua.notifications.queries import MessageLine
from motcua.rules.completeness import Part
from motcua.rules.linked import WholeState
from motcua.rules.papers import PaperKind
from motcua.rules.transitions import Action


class Beginning(Given):
    """What is applied for, and where; `competent` only where the desk serves several deciding units."""

    procedure: Words = Field(max_length=40)
    desk: Words = Field(max_length=40)
    competent: Text = Field("", max_length=40)


class PersonGiven(Given):
    """Who applies: twelve digits of the citizen number, ten of the phone, the residence."""

    full_name: Words
    citizen_id: Words
    phone: Words
    email: Text = ""
    address: Words
    on_behalf_of: Text = ""


class AnswersGiven(Given):
    """Answers to the procedure's own questions by their keys: dates as 02/03/2026, choices word by word."""

    answers: dict[str, Text]


class ReturnGiven(Given):
    """How the result is wanted; the address only for the post."""

    channel: ReturnChannel
    postal_address: Text = Field("", max_length=300)


class AbsenceGiven(Given):
    """Why the applicant has no such paper."""

    reason: Words = Field(max_length=300)


class Missing(Shape):
    """One thing still missing: its part, and the field, question or position of the paper."""

    part: Part
    what: str


class OwnMoved(Standing):
    """Where an own dossier stands after a write, and what keeps it from being handed in."""

    reference: str
    code: str | None
    version: int
    missing: tuple[Missing, ...]


class Confirmation(OwnMoved):
    """What to keep after handing in: with reference and PIN anybody can look up where the dossier stands."""

    lookup_pin: str
    answer_due_at: Moment | None


class Rated(OwnMoved):
    """Where an own dossier stands, and the rating that is kept."""

    rating: RatingShape


class DraftGone(Shape):
    """The draft that is no more."""

    reference: str


class OwnRowShape(Standing):
    """One line of the list. A linked application is one: `status` is of its leading leg, `linked_state` of the whole.

    `linked_state` is null for a dossier of its own. `is_applicants_turn` tells that a leg, or the dossier, waits for
    papers or payment.
    """

    reference: str
    code: str | None
    procedure_code: str
    procedure_title: str
    desk: str
    created_at: Moment
    submitted_at: Moment | None
    due_at: Moment | None
    is_applicants_turn: bool
    linked_state: WholeState | None
    linked_state_label: str


class OwnList(Shape):
    """Drafts and dossiers of the account, the newest first."""

    items: list[OwnRowShape]
    next_cursor: str | None


class FileShape(Shape):
    """A file handed in."""

    name: str
    media_type: str
    size: int


class OwnPaper(Shape):
    """One paper of the closed list, and what was given for it."""

    position: Position
    name: str
    case: str
    is_required: bool
    form_no: str
    file: FileShape | None


class FormShape(Shape):
    """A form the desk issued; `ordinal` names it in its address."""

    ordinal: int
    kind: PaperKind
    number: str
    issued_at: Moment


class ResultShape(Shape):
    """The result, once it may be downloaded; `is_refusal` tells that it refuses what was asked."""

    title: str
    number: str
    issued_on: date | None
    is_refusal: bool


class MessageShape(Shape):
    """Something the applicant was told."""

    created_at: Moment
    subject: str
    body: str


class PersonShape(Shape):
    """Who applies."""

    full_name: str
    citizen_id: str
    phone: str
    email: str
    address: str
    on_behalf_of: str


class OwnDossierShape(Confirmation):
    """Everything about an own dossier; `request` is the one that waits for an answer, `life` everything beside."""

    procedure_code: str
    procedure_title: str
    desk: str
    competent_unit: str
    holder: str | None
    filing_channel: FilingChannel
    created_at: Moment
    submitted_at: Moment | None
    accepted_at: Moment | None
    due_at: Moment | None
    due_is_provisional: bool
    derivation: tuple[DerivedDayShape, ...]
    applicant: PersonShape
    declaration: dict[str, str]
    return_channel: ReturnChannel
    postal_address: str
    papers: tuple[OwnPaper, ...]
    actions: tuple[Action, ...]
    request: RequestShape | None
    declined: DeclinedShape | None
    life: LifeShape
    forms: tuple[FormShape, ...]
    result: ResultShape | None
    messages: tuple[MessageShape, ...]
    linked: LinkedShape | None


def own_dossier_shape(own: OwnDossier, messages: tuple[MessageLine, ...], whole: LinkedView | None) -> OwnDossierShape:
    """Return an own dossier as it goes out; `whole` is the linked application it is a leg of."""
    dossier, version = own.dossier, own.dossier.procedure_version
    life = life_shape(own.life)
    return OwnDossierShape(
        reference=dossier.reference,
        code=dossier.code,
        status=dossier.stage,
        version=dossier.version,
        missing=tuple(Missing.model_validate(gap) for gap in own.missing),
        lookup_pin=dossier.lookup_pin,
        answer_due_at=dossier.action_due_at if dossier.accepted_at is None else None,
        procedure_code=version.procedure.code,
        procedure_title=version.title,
        desk=dossier.receiving_unit.name,
        competent_unit=dossier.competent_unit.authority_name,
        holder=dossier.holder_unit.authority_name if dossier.holder_unit else None,
        filing_channel=FilingChannel(dossier.filing_channel),
        created_at=dossier.created_at,
        submitted_at=dossier.submitted_at,
        accepted_at=dossier.accepted_at,
        due_at=dossier.due_at,
        due_is_provisional=dossier.due_is_provisional,
        derivation=tuple(DerivedDayShape.model_validate(day) for day in own.derivation),
        applicant=PersonShape.model_validate(dossier.applicant),
        declaration=dossier.applicant.declaration,
        return_channel=ReturnChannel(dossier.return_channel),
        postal_address=dossier.applicant.postal_address,
        papers=tuple(_paper(line) for line in own.papers),
        actions=own.actions,
        request=RequestShape.model_validate(own.life.open_request) if own.life.open_request else None,
        declined=life.declined,
        life=life,
        forms=tuple(
            FormShape(ordinal=ordinal, kind=form.kind, number=form.number, issued_at=form.issued_at)
            for ordinal, form in enumerate(own.forms, start=1)
        ),
        result=ResultShape.model_validate(own.life.result) if own.life.result else None,
        messages=tuple(MessageShape.model_validate(message) for message in messages),
        linked=LinkedShape.model_validate(whole) if whole else None,
    )


def file_of(line: PaperLine) -> FileShape | None:
    """Return the file given for a paper; None when there is none."""
    if line.file_id is None:
        return None
    return FileShape(name=line.file_name, media_type=line.file_type, size=line.file_size)


def _paper(line: PaperLine) -> OwnPaper:
    return OwnPaper(
        position=line.position,
        name=line.name,
        case=line.case,
        is_required=line.is_required,
        form_no=line.form_no,
        file=file_of(line),
    )
