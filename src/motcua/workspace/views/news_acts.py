"""Acts on an article: submitted, published, given back, corrected, withdrawn; photos put in and taken out."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from motcua.news.commands import approving, photos, writing
from motcua.rules.news import NewsAct
from motcua.workspace.forms.news import ACT_FORMS, ArticlePhotoForm
from motcua.workspace.forms.scans import hand_over
from motcua.workspace.frame import show
from motcua.workspace.news_words import ACT_LABELS, ACT_SLUGS, DONE, REFUSALS, refusal_in_words
from motcua.workspace.officer import Officer, officers_only
from motcua.workspace.uploads import uploads_of
from motcua.workspace.views.news import refusal, work_of

_ACTS = {slug: act for act, slug in ACT_SLUGS.items()}
_DOING: dict[NewsAct, Callable[..., object]] = {
    NewsAct.SUBMIT: approving.submit_article,
    NewsAct.PUBLISH: approving.publish_article,
    NewsAct.GIVE_BACK: approving.give_article_back,
    NewsAct.CORRECT: writing.begin_correction,
    NewsAct.WITHDRAW: approving.withdraw_article,
}
_WORDS = {NewsAct.GIVE_BACK: "remark", NewsAct.CORRECT: "correction", NewsAct.WITHDRAW: "reason"}


@officers_only
def act(request: HttpRequest, officer: Officer, number: int, act: str) -> HttpResponseBase:
    """Ask what an act needs to be told, and do it."""
    wanted, work = _ACTS.get(act), work_of(officer, number)
    if wanted is None:
        raise Http404
    refused = refusal(request, officer, work, wanted)
    if refused:
        return refused
    form = ACT_FORMS[wanted](request.POST or None, initial={"seen": work.last.edition.version})
    if form.is_valid():
        try:
            _DOING[wanted](article=work.article, actor=officer.user, at=officer.at, **_said(wanted, form.cleaned_data))
        except REFUSALS as refused_now:
            form.add_error(None, refusal_in_words(refused_now))
        else:
            messages.success(request, str(DONE[wanted]))
            return redirect("workspace:article", number=number)
    context = {"form": form, "work": work, "view": work.last, "number": number, "title": ACT_LABELS[wanted]}
    status = 422 if form.errors else 200
    return show(request, officer, "workspace/news/act.html", {**context, "act": wanted.value}, status=status)


@officers_only
def add_photo(request: HttpRequest, officer: Officer, number: int) -> HttpResponseBase:
    """Put a photo into the open edition."""
    work = work_of(officer, number)
    refused = refusal(request, officer, work, NewsAct.WRITE)
    if refused:
        return refused
    form = ArticlePhotoForm(request.POST or None)
    if form.is_bound:
        hand_over(form, uploads_of(request, officer))
    if form.is_valid():
        key, file, said = form.cleaned_data["key"], form.cleaned_data["photo"], form.text()
        try:
            photos.add_photo(article=work.article, key=key, file=file, text=said, actor=officer.user, at=officer.at)
        except REFUSALS as refused_now:
            form.add_error("photo", refusal_in_words(refused_now))
        else:
            messages.success(request, _("Đã thêm ảnh."))
            return redirect("workspace:article", number=number)
    context = {"form": form, "number": number}
    return show(request, officer, "workspace/news/photo.html", context, status=422 if form.errors else 200)


@officers_only
def remove_photo(request: HttpRequest, officer: Officer, number: int, position: int) -> HttpResponseBase:
    """Take a photo out of the open edition; who comes by the address lands on the article."""
    work = work_of(officer, number)
    refused = refusal(request, officer, work, NewsAct.WRITE)
    if refused:
        return refused
    if request.method == "POST":
        photos.remove_photo(article=work.article, position=position, actor=officer.user, at=officer.at)
        messages.success(request, _("Đã bỏ ảnh."))
    return redirect("workspace:article", number=number)


def _said(act: NewsAct, typed: dict[str, Any]) -> dict[str, Any]:
    return {_WORDS[act]: typed["word"]} if act in _WORDS else {"seen": typed["seen"]}
