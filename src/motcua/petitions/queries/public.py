"""What the portal shows: where a petition stands, and the questions and answers that everybody may read."""

from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.queries.derivation import DerivedDay, derivation_shown
from motcua.petitions.facts import approved_answer, due_of, people_of
from motcua.petitions.models import Petition, PublishedAnswer
from motcua.rules.petition_privacy import Sender, without_personal
from motcua.rules.petition_terms import TermStep
from motcua.rules.petitions import PetitionStage, Sorting, may_reopen

PAGE = 20


@dataclass(frozen=True, slots=True)
class PetitionStatus:
    """Where a petition stands, for whoever knows its code and PIN; nothing here tells who sent it (B-26, E-06).

    `answer` is empty while there is none; `question` is what the sender is asked to add. What tells who somebody is is
    left out of what an official wrote, and `is_kept_back` says so; to the sender it stands whole. `due_at` is by when
    the answer comes, None without a term, with the count.
    """

    code: str
    stage: PetitionStage
    unit: str
    unit_phone: str
    received_at: datetime | None
    due_at: datetime | None
    derivation: tuple[DerivedDay, ...]
    sorting: Sorting | None
    return_reason: str
    question: str
    answer: str
    answered_by: str
    answered_at: datetime | None
    is_kept_back: bool
    may_reopen: bool
    is_asked_whether_settled: bool
    is_settled: bool | None
    published_number: int | None


@dataclass(frozen=True, slots=True)
class PublicLine:
    """A question and its answer in the list."""

    number: int
    title: str
    question: str
    unit: str
    published_at: datetime
    is_question: bool


@dataclass(frozen=True, slots=True)
class PublicList:
    """One page of them."""

    lines: tuple[PublicLine, ...]
    has_next: bool


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A petition in the list of whoever sent it."""

    code: str
    stage_label: str
    received_at: datetime | None
    text: str


def petition_status(petition: Petition, *, is_senders: bool = False, at: datetime) -> PetitionStatus:
    """Return the public face of a petition; one that was joined is answered by what it was joined to.

    `is_senders` when it is shown to the account or in the browser that sent it, which read what was written to them.
    """
    leading = petition.joined_to or petition
    answer = approved_answer(leading) if leading.stage is PetitionStage.ANSWERED else None
    awaited = petition.stage not in {PetitionStage.ANSWERED, PetitionStage.RETURNED, PetitionStage.ASKED}
    due = due_of(leading, TermStep.ANSWER) if awaited and answer is None else None
    asked = petition.questions.filter(replied_at=None).first() if petition.stage is PetitionStage.ASKED else None
    reason = petition.return_reason if petition.stage is PetitionStage.RETURNED else ""
    said = answer and (answer.text if leading is petition else answer.text_for_joined)
    written = [said or "", asked.question if asked else "", reason]
    people = people_of(leading) if any(written) and not is_senders else Sender()
    told = written if is_senders else [without_personal(text, people) for text in written]
    shown = PublishedAnswer.objects.public().filter(petition=leading).first() if answer else None
    return PetitionStatus(
        code=petition.code,
        stage=PetitionStage.ANSWERED if answer else petition.stage,
        unit=leading.unit.authority_name,
        unit_phone=leading.unit.phone,
        received_at=petition.received_at,
        due_at=due.due_at if due else None,
        derivation=derivation_shown(due) if due else (),
        sorting=Sorting(petition.sorting) if petition.sorting else None,
        return_reason=told[2],
        question=told[1],
        answer=told[0],
        answered_by=answer.unit.authority_name if answer else "",
        answered_at=leading.answered_at,
        is_kept_back=told != written,
        may_reopen=_may_reopen(petition, at),
        is_asked_whether_settled=petition.stage is PetitionStage.ANSWERED,
        is_settled=petition.is_settled,
        published_number=shown.number if shown else None,
    )


def public_answers(text: str, *, number: int, only_questions: bool) -> PublicList:
    """Return one page, counted from 1, of what was published, the newest first; `text` narrows it by words."""
    found = PublishedAnswer.objects.public().with_words(text).select_related("unit").newest_first()
    if only_questions:
        found = found.filter(is_question=True)
    rows = list(found[(number - 1) * PAGE : number * PAGE + 1])
    return PublicList(lines=tuple(_line(row) for row in rows[:PAGE]), has_next=len(rows) > PAGE)


def public_answer(number: int) -> PublishedAnswer:
    """Return what was published under that number; raises `PublishedAnswer.DoesNotExist` when it is down."""
    return PublishedAnswer.objects.public().select_related("unit").get(number=number)


def own_petitions(user_id: int) -> tuple[OwnLine, ...]:
    """Return what an account has sent, the newest first."""
    rows = Petition.objects.filter(owner=user_id).order_by("-created_at", "-pk")[:PAGE]
    return tuple(OwnLine(row.code, row.stage_label, row.received_at, row.text) for row in rows)


def _may_reopen(petition: Petition, at: datetime) -> bool:
    is_over = petition.stage in {PetitionStage.ANSWERED, PetitionStage.RETURNED}
    return is_over and petition.closed_at is not None and may_reopen(petition.closed_at, at)


def _line(row: PublishedAnswer) -> PublicLine:
    return PublicLine(
        number=row.number,
        title=row.title,
        question=row.question,
        unit=row.unit.authority_name,
        published_at=row.published_at,
        is_question=row.is_question,
    )
