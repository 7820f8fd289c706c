"""The signer's page of a draft: signed it is a document of the register; or it goes back (M02)."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from motcua.legislation.commands import draft_acts, drafting
from motcua.legislation.queries.drafts import DraftPage
from motcua.rules.drafting import DraftAct, DraftKind, earliest_effect
from motcua.workspace.drafting_words import REFUSALS, refusal_in_words
from motcua.workspace.forms.drafting import DraftSignForm
from motcua.workspace.forms.publication import GiveBackForm
from motcua.workspace.frame import show
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.views.drafting import in_template, page_of, refusal

_FIELDS: dict[type[Exception], str] = {
    draft_acts.NumberImpossible: "number",
    draft_acts.AlreadyEntered: "number",
    draft_acts.SigningDayImpossible: "signed_on",
    draft_acts.EffectTooEarly: "effective_from",
}


@officers_only
def sign(request: HttpRequest, officer: Officer, key: uuid.UUID) -> HttpResponseBase:
    """Sign a draft under its number, or give it back."""
    page = page_of(officer, key)
    refused = refusal(request, officer, page, DraftAct.SIGN)
    if refused:
        return refused
    is_back = request.POST.get("do") == "back"
    form = DraftSignForm(None if is_back else request.POST or None, initial=_suggested(officer, page))
    back_form = GiveBackForm(request.POST if is_back else None)
    done = _decided(officer, page, form, back_form)
    if done:
        messages.success(request, done)
        return redirect("workspace:legal-draft", key=key)
    context = {**in_template(page), "form": form, "back_form": back_form}
    status = 422 if form.errors or back_form.errors else 200
    return show(request, officer, "workspace/drafts/sign.html", context, status=status)


def _suggested(officer: Officer, page: DraftPage) -> dict[str, object]:
    row = page.draft
    earliest = earliest_effect(DraftKind(row.kind), officer.today, is_shortened=row.is_shortened)
    return {"signed_on": officer.today, "effective_from": max(earliest, row.planned_effect_on or earliest)}


def _decided(officer: Officer, page: DraftPage, form: DraftSignForm, back_form: GiveBackForm) -> str:
    """Do what the signer decided and return what to say; empty when nothing was done."""
    if back_form.is_bound and back_form.is_valid():
        reason = back_form.cleaned_data["reason"]
        try:
            draft_acts.give_draft_back(draft=page.draft, reason=reason, actor=officer.user, at=officer.at)
        except drafting.DraftActNotOpen as refused:
            back_form.add_error(None, refusal_in_words(refused))
            return ""
        return _("Đã trả lại để sửa.")
    return _signed(officer, page, form) if form.is_bound and form.is_valid() else ""


def _signed(officer: Officer, page: DraftPage, form: DraftSignForm) -> str:
    try:
        draft_acts.sign_draft(draft=page.draft, signature=form.signature(), actor=officer.user, at=officer.at)
    except REFUSALS as refused:
        form.add_error(_FIELDS.get(type(refused)), refusal_in_words(refused))
        return ""
    return _("Đã ký ban hành; văn bản đã vào sổ văn bản.")
