"""The acts on a petition as the workspace offers them: which form each needs, and which command it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from motcua.organisations.models import Unit
from motcua.petitions.commands import afterwards, answering, publishing, sorting
from motcua.petitions.models import Petition
from motcua.petitions.queries.units import units_petitioned
from motcua.petitions.queries.work import PetitionPage, colleagues, visible_petitions
from motcua.rules.petitions import PetitionAct, Sorting
from motcua.workspace.forms import petitions as asked
from motcua.workspace.officer import Officer

Typed = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Doing:
    """An act on its way: the page it stands on, who does it, and what was asked of its form (`prefilled` by a link)."""

    page: PetitionPage
    officer: Officer
    prefilled: QueryDict

    @property
    def petition(self) -> Petition:
        """The petition of the page."""
        return self.page.petition


def form_for(act: PetitionAct, doing: Doing, data: QueryDict | None) -> forms.Form:
    """Return the form of `act`, filled in with `data` when it was sent."""
    return _FORMS[act](doing, data)


def do(act: PetitionAct, doing: Doing, typed: Typed) -> None:
    """Call the command of `act` with what was typed; refusals rise."""
    _COMMANDS[act](doing, typed)


def _units(doing: Doing) -> list[Unit]:
    return [unit for unit in units_petitioned(doing.officer.today) if unit.pk != doing.petition.unit_id]


def _sort_form(doing: Doing, data: QueryDict | None) -> forms.Form:
    kept = {"sorting": doing.petition.sorting, "is_complex": doing.petition.is_complex}
    if not kept["sorting"] and doing.petition.is_question:
        kept["sorting"] = Sorting.QUESTION.value
    return asked.SortForm(data, initial=kept)


def _transfer_form(doing: Doing, data: QueryDict | None) -> forms.Form:
    return asked.TransferForm(data, units=_units(doing), initial={"unit": doing.prefilled.get("toi", "")})


def _opinion_form(doing: Doing, data: QueryDict | None) -> forms.Form:
    theirs = {post.unit.pk for post in doing.officer.posts}
    awaited = [row.unit for row in doing.page.opinions if row.given_at is None and row.unit_id in theirs]
    return asked.OpinionForm(data, units=awaited)


def _answer_form(doing: Doing, data: QueryDict | None) -> forms.Form:
    last = doing.page.answers[-1] if doing.page.answers else None
    kept = {"text": last.text, "finding": last.finding} if last else {}
    return asked.AnswerForm(data, sorting=doing.petition.sorting, initial=kept)


def _approve_form(doing: Doing, data: QueryDict | None) -> forms.Form:
    drafted = doing.page.answers[-1].pk if doing.page.answers else None
    return asked.ApproveForm(data, draft=drafted, has_joined=bool(doing.page.joined))


def _publish_form(doing: Doing, data: QueryDict | None) -> forms.Form:
    """Begin from what was published, with the answer that stands now where that one is newer."""
    shown, answer = doing.page.published, doing.page.approved
    kept = {"question": doing.petition.text, "answer": answer.text if answer else ""}
    if shown is not None:
        kept |= {"title": shown.title, "question": shown.question}
        if answer is None or answer.decided_at is None or answer.decided_at <= shown.published_at:
            kept["answer"] = shown.answer
    return asked.PublishForm(data, initial=kept)


_FORMS: dict[PetitionAct, Callable[[Doing, QueryDict | None], forms.Form]] = {
    PetitionAct.CLASSIFY: _sort_form,
    PetitionAct.ASK: lambda _, data: asked.AskForm(data),
    PetitionAct.COMPLETE: lambda _, data: asked.CompleteForm(data),
    PetitionAct.TRANSFER: _transfer_form,
    PetitionAct.ASSIGN: lambda doing, data: asked.AssignForm(
        data, people=colleagues(doing.petition, at=doing.officer.at)
    ),
    PetitionAct.ASK_OPINION: lambda doing, data: asked.AskOpinionForm(data, units=_units(doing)),
    PetitionAct.GIVE_OPINION: _opinion_form,
    PetitionAct.DRAFT_ANSWER: _answer_form,
    PetitionAct.GIVE_BACK: lambda _, data: asked.RemarkForm(data),
    PetitionAct.ANSWER: _approve_form,
    PetitionAct.TAKE_UP: lambda doing, data: asked.DirectionForm(data, initial={"direction": doing.petition.direction}),
    PetitionAct.JOIN: lambda doing, data: asked.JoinForm(data, initial={"into": doing.prefilled.get("vao", "")}),
    PetitionAct.PUBLISH: _publish_form,
    PetitionAct.UNPUBLISH: lambda _, data: asked.JustDoForm(data),
    PetitionAct.REOPEN: lambda _, data: asked.ReopenForm(data),
}


def _who(doing: Doing) -> dict[str, Any]:
    return {"petition": doing.petition, "officer": doing.officer.user, "at": doing.officer.at}


def _join(doing: Doing, typed: Typed) -> None:
    seen = visible_petitions(doing.officer.grants, at=doing.officer.at)
    into = seen.filter(code=typed["into"].strip().upper()).first()
    if into is None:
        raise sorting.NotAnother
    sorting.join_petition(into=into, **_who(doing))


def _publish(doing: Doing, typed: Typed) -> None:
    text = publishing.PublicText(**{name: typed[name] for name in publishing.PublicText.__slots__})
    publishing.publish_answer(text=text, **_who(doing))


def _by(command: Callable[..., object]) -> Callable[[Doing, Typed], None]:
    """Return what calls `command` with everything its form asks, under the names that the form has."""

    def call(doing: Doing, typed: Typed) -> None:
        command(**typed, **_who(doing))

    return call


_COMMANDS: dict[PetitionAct, Callable[[Doing, Typed], None]] = {
    PetitionAct.CLASSIFY: lambda doing, typed: _by(sorting.classify)(
        doing, {**typed, "sorting": Sorting(typed["sorting"])}
    ),
    PetitionAct.ASK: _by(sorting.ask_more),
    PetitionAct.COMPLETE: _by(sorting.complete_petition),
    PetitionAct.TRANSFER: lambda doing, typed: _by(sorting.transfer_petition)(
        doing, {"to": typed["unit"], "reason": typed["reason"]}
    ),
    PetitionAct.ASSIGN: _by(sorting.assign_petition),
    PetitionAct.ASK_OPINION: _by(answering.ask_opinion),
    PetitionAct.GIVE_OPINION: _by(answering.give_opinion),
    PetitionAct.DRAFT_ANSWER: _by(answering.draft_answer),
    PetitionAct.GIVE_BACK: _by(answering.give_answer_back),
    PetitionAct.ANSWER: _by(answering.answer_petition),
    PetitionAct.TAKE_UP: _by(answering.take_up),
    PetitionAct.JOIN: _join,
    PetitionAct.PUBLISH: _publish,
    PetitionAct.UNPUBLISH: _by(publishing.unpublish_answer),
    PetitionAct.REOPEN: _by(afterwards.reopen_petition),
}
