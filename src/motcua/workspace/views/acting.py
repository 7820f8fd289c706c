"""The one way every act on a dossier goes: show its form, take what is posted, tell what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from motcua.dossiers.commands.guard import StaleDossier
from motcua.dossiers.commands.open_dossier import note_done
from motcua.dossiers.facts import custody_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.dossier_page import DossierPage
from motcua.rules.permissions import NotPermitted, may_act
from motcua.rules.transitions import Action, TransitionRefused
from motcua.workspace.beside import filled_phrases, opened
from motcua.workspace.forms.acts import ActForm
from motcua.workspace.frame import show, typed_before
from motcua.workspace.labels import ACTIONS
from motcua.workspace.officer import Officer
from motcua.workspace.printed import dossier_context, event_of, onward_told, whole_context
from motcua.workspace.refusals import REFUSALS, Told, told
from motcua.workspace.seen import changes_since, read_snapshot
from motcua.workspace.uploads import uploads_of

Perform = Callable[[Dossier, dict[str, Any]], Dossier]
WORKLIST = "workspace:worklist"
"""Where an act leads after which the official no longer sees the dossier."""


@dataclass(frozen=True, slots=True)
class Act:
    """An act's form, template and success sentence; `event` is what it leaves in the record, `then` where it leads.

    `more` is what its page prints beside the dossier;
    `is_as_asked` tells of an act that can be done again whether the dossier stands as the form asks. `why_closed` gives
    the refusal of an act that its status would allow, None where there is no such reason.
    """

    action: Action
    form: type[ActForm]
    template: str
    said: str | Promise
    event: str
    then: str = "workspace:dossier"
    is_as_asked: Callable[[Dossier, dict[str, Any]], bool] = lambda _dossier, _typed: True
    more: Mapping[str, Any] = field(default_factory=dict)
    why_closed: Callable[[Dossier], Exception | None] = lambda _dossier: None


def take(
    request: HttpRequest, officer: Officer, code: str, act: Act, perform: Perform, more: Mapping[str, Any] | None = None
) -> HttpResponseBase:
    """Show the form of `act`, with `more` that its page prints, or do it; a refusal keeps what was typed."""
    act = replace(act, more=more or {})
    if request.method != "POST":
        return _asked(request, officer, act, officer.page(officer.dossier(code)))
    dossier = officer.dossier_once_theirs(code)
    form = act.form(request.POST, page=officer.page(dossier), uploads=uploads_of(request, officer))
    if not form.is_valid() or "preview" in request.POST:
        if not officer.sees(dossier):
            return _passed_on(request, officer, form, _gone(act))
        return _shown(request, officer, act, form, status=422 if form.errors else 200)
    try:
        done = perform(dossier, form.cleaned_data)
    except REFUSALS as refusal:
        return _refused(request, officer, act, form, refusal)
    note_done(dossier=done, officer=officer.user)
    messages.success(request, str(act.said))
    return _onward(act, done.public_code)


def _onward(act: Act, code: str) -> HttpResponseBase:
    return redirect(act.then) if act.then == WORKLIST else redirect(act.then, code=code)


def _asked(request: HttpRequest, officer: Officer, act: Act, page: DossierPage) -> HttpResponseBase:
    if act.action in page.actions:
        form = act.form(page=page, initial=typed_before(request))
        wanted = request.GET.get("mau", "")
        for line, text in filled_phrases(officer, page, act.action) if wanted else ():
            if str(line.pk) == wanted:
                form.begin_with(text)
        return _shown(request, officer, act, form, status=200)
    custody = custody_of(page.dossier, officer.today)
    is_theirs = may_act(act.action, custody, officer.grants, actor_id=officer.user.pk, on=officer.today)
    if not is_theirs:
        return _closed(request, officer, page, told(NotPermitted(act.action)))
    refusal = act.why_closed(page.dossier) or TransitionRefused(page.status, act.action)
    return _closed(request, officer, page, told(refusal))


def _refused(request: HttpRequest, officer: Officer, act: Act, typed: ActForm, refusal: Exception) -> HttpResponseBase:
    code = typed.page.dossier.reference
    if isinstance(refusal, StaleDossier) and _is_own_echo(officer, act, typed, refusal):
        messages.info(request, str(act.said))
        return _onward(act, code)
    said = told(refusal)
    now = officer.visible().with_public_code(code).for_page().first()
    if now is None:
        return _passed_on(request, officer, typed, said)
    page = officer.page(now)
    if isinstance(refusal, NotPermitted):
        return _closed(request, officer, page, said)
    changed = _changed(typed, page) if isinstance(refusal, StaleDossier) else {}
    typed.carry_on(page)
    typed.refuse(said.sentence, getattr(refusal, "positions", ()), said.field)
    return _shown(request, officer, replace(act, more={**act.more, **changed}), typed, status=said.status)


def _changed(typed: ActForm, page: DossierPage) -> dict[str, Any]:
    """Return what is no longer as the form showed it, beside what was typed, and who did what meanwhile."""
    seen = read_snapshot(typed.data.get("seen", ""))
    if seen is None:
        return {}
    return {
        "changes": changes_since(seen, page, typed.spoken()),
        "happened": [event_of(line) for line in page.history if line.at > seen.at],
    }


def _is_own_echo(officer: Officer, act: Act, typed: ActForm, refusal: StaleDossier) -> bool:
    """Tell whether the act was done a moment ago by the same person: a button pressed twice."""
    if refusal.kind != act.event or refusal.by_id != officer.user.pk:
        return False
    return act.is_as_asked(Dossier.objects.get(reference=refusal.reference), typed.cleaned_data)


def _shown(request: HttpRequest, officer: Officer, act: Act, form: ActForm, *, status: int) -> HttpResponseBase:
    context = {
        **act.more,
        **dossier_context(form.page),
        **opened(officer, form.page, act.action),
        "phrases": filled_phrases(officer, form.page, act.action) if form.long_field() else None,
        "form": form,
        "act": ACTIONS[act.action],
        "onward": onward_told(form.page, act.action),
        "is_open": act.action in form.page.actions,
        "is_preview": "preview" in request.POST and not form.errors,
    }
    return show(request, officer, act.template, context, status=status)


def _gone(act: Act) -> Told:
    sentence = _("Hồ sơ không còn chờ bạn xử lý nên việc “%(act)s” chưa được ghi nhận.")
    return Told(sentence % {"act": ACTIONS[act.action]}, 409)


def _passed_on(request: HttpRequest, officer: Officer, typed: ActForm, said: Told) -> HttpResponseBase:
    """Give back what was typed, and nothing of a dossier the official may not see (any more)."""
    context = {"sentence": said.sentence, "kept": typed.kept()}
    return show(request, officer, "workspace/passed_on.html", context, status=said.status)


def _closed(request: HttpRequest, officer: Officer, page: DossierPage, said: Told) -> HttpResponseBase:
    context = {
        **whole_context(page, officer.life(page.dossier), officer.whole(page.dossier)),
        "sentence": said.sentence,
    }
    return show(request, officer, "workspace/refused.html", context, status=said.status)
