"""The declaration of a procedure: what is asked, and whether given answers would do. Nothing is kept."""

from typing import Annotated

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import BaseModel, Field

from motcua.api.errors import FieldsInvalid
from motcua.api.forms import answers_of
from motcua.api.shapes import Shape, Text
from motcua.api.v1.catalogue import QuestionShape
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.queries.procedures import question_card
from motcua.rules.declaration_answers import AnswerFault, asked, wrong_answers
from motcua.rules.declarations import FieldDefinition, from_stored

router = Router(tags=["Public"])


class DeclarationShape(Shape):
    """The fields of the version in force, in order; those of a repeated group follow it and name it."""

    version: int
    fields: tuple[QuestionShape, ...]


class AnswersGiven(BaseModel):
    """Answers in writing, by key: of a repeated group the number of its rows, in row 2 under `group-2-key`."""

    answers: dict[Annotated[str, Field(max_length=100)], Text] = Field(default={}, max_length=500)


class AskedShape(Shape):
    """A field that these answers show; `key` is what to answer it by, `row` counts from 1 in a group, 0 outside."""

    key: str
    label: str
    is_required: bool
    row: int


class AnswerFaultShape(Shape):
    """What is wrong: an answer `missing`, one that nobody asks for (`not_asked`), or one that cannot be read."""

    key: str
    code: str
    message: str


class CheckShape(Shape):
    """What is asked, given these answers, and what keeps them from being enough."""

    asked: tuple[AskedShape, ...]
    faults: tuple[AnswerFaultShape, ...]


@router.get("/{code}/declaration", response=DeclarationShape)
def read_declaration(request: HttpRequest, code: str) -> DeclarationShape:
    """Return the declaration of a procedure in force: kinds, limits, conditions and repeated groups."""
    version = _version(code)
    cards = [question_card(field) for field in version.declaration]
    return DeclarationShape(version=version.number, fields=tuple(map(QuestionShape.model_validate, cards)))


@router.post("/{code}/declaration/check", response=CheckShape)
def check_declaration(request: HttpRequest, code: str, given: AnswersGiven) -> CheckShape:
    """Tell which fields the answers open and what is wrong with them; nothing is kept."""
    version = _version(code)
    fields = tuple(from_stored(field) for field in version.declaration)
    shown = asked(fields, given.answers)
    return CheckShape(
        asked=tuple(
            AskedShape(key=one.key, label=one.field.label, is_required=one.is_required, row=one.row) for one in shown
        ),
        faults=(*_wrong(fields, given.answers), *_unreadable(version, fields, given.answers)),
    )


def _version(code: str) -> ProcedureVersion:
    today = timezone.localdate()
    version = ProcedureVersion.objects.on(today).filter(procedure__code=code).select_related("procedure").first()
    if version is None or not version.is_in_force(today):
        raise Http404
    return version


def _wrong(fields: tuple[FieldDefinition, ...], answers: dict[str, str]) -> tuple[AnswerFaultShape, ...]:
    words = {
        AnswerFault.MISSING: _("Cần trả lời mục này."),
        AnswerFault.NOT_ASKED: _("Với các câu trả lời này, tờ khai không hỏi mục này."),
    }
    return tuple(
        AnswerFaultShape(key=wrong.key, code=wrong.fault.value.lower(), message=words[wrong.fault])
        for wrong in wrong_answers(fields, answers)
    )


def _unreadable(
    version: ProcedureVersion, fields: tuple[FieldDefinition, ...], answers: dict[str, str]
) -> tuple[AnswerFaultShape, ...]:
    beside = {wrong.key for wrong in wrong_answers(fields, answers) if wrong.fault is AnswerFault.NOT_ASKED}
    try:
        answers_of(version.declaration, {key: said for key, said in answers.items() if key not in beside})
    except FieldsInvalid as refused:
        return tuple(
            AnswerFaultShape(key=fault.path, code=fault.code, message=fault.message) for fault in refused.faults
        )
    return ()
