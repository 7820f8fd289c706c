"""Wording that the officials of a unit use again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.accounts.queries import Post
from motcua.dossiers.commands.phrases import Phrase, keep_phrase, remove_phrase
from motcua.dossiers.models import StockPhrase
from motcua.dossiers.queries.beside import phrases_of
from motcua.rules.permissions import WORKS_ON_DOSSIERS
from motcua.workspace.forms.beside import PhraseForm
from motcua.workspace.frame import show, typed_before
from motcua.workspace.labels import ACTIONS
from motcua.workspace.officer import Officer, officers_only


@officers_only
def phrases(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Show the wording of the official's units, and keep more of it."""
    form = PhraseForm(request.POST or None, posts=_posts(officer), initial=typed_before(request))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        phrase = Phrase(typed["act"], typed["procedure"], typed["name"], typed["text"])
        keep_phrase(unit=typed["unit"], phrase=phrase, officer=officer.user, at=officer.at)
        messages.success(request, _("Đã lưu câu mẫu “%(name)s”.") % {"name": typed["name"]})
        return redirect("workspace:phrases")
    context = {"form": form, "lines": [(line, ACTIONS[line.act]) for line in phrases_of(officer.grants)]}
    return show(request, officer, "workspace/phrases.html", context, status=422 if form.errors else 200)


@require_POST
@officers_only
def drop_phrase(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """Remove wording of one of the official's units."""
    phrase = get_object_or_404(StockPhrase, pk=pk, unit__in=[post.unit for post in _posts(officer)])
    remove_phrase(phrase=phrase, officer=officer.user, at=officer.at)
    messages.success(request, _("Đã xóa câu mẫu “%(name)s”.") % {"name": phrase.name})
    return redirect("workspace:phrases")


def _posts(officer: Officer) -> list[Post]:
    """Return the posts in which the official deals with dossiers; wording is nobody else's matter."""
    posts = [post for post in officer.posts if post.role in WORKS_ON_DOSSIERS]
    if not posts:
        raise PermissionDenied
    return posts
