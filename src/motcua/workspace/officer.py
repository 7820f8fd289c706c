"""Who is at work: the signed-in official with today's roles, asked once a request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypedDict

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from motcua.accounts.models import User
from motcua.accounts.queries import Post, posts_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.dossier_page import DossierPage, dossier_page
from motcua.dossiers.queries.life import Life, life_of
from motcua.dossiers.queries.linked import LinkedView, whole_of
from motcua.dossiers.querysets import DossierQuerySet
from motcua.organisations.models import Unit
from motcua.rules.permissions import Role, RoleGrant

P = ParamSpec("P")


class Acting(TypedDict):
    """What every command asks beside the dossier: who acts, when, and the version they saw."""

    officer: User
    at: datetime
    seen_version: int


@dataclass(frozen=True, slots=True)
class Officer:
    """The official, what they are entrusted with today, and the moment of the request."""

    user: User
    posts: tuple[Post, ...]
    at: datetime

    @property
    def today(self) -> date:
        """The day of the request at Hà Nội."""
        return timezone.localdate(self.at)

    @property
    def grants(self) -> tuple[RoleGrant, ...]:
        """The posts as the rules know them."""
        return tuple(post.grant for post in self.posts)

    def units(self, role: Role) -> tuple[Unit, ...]:
        """Return the units where the official holds `role`."""
        return tuple(post.unit for post in self.posts if post.role is role)

    def visible(self) -> DossierQuerySet:
        """Return the dossiers the official may see."""
        return Dossier.objects.visible_to(self.grants, actor_id=self.user.pk, on=self.today)

    def sees(self, dossier: Dossier) -> bool:
        """Tell whether the official may see `dossier`."""
        return self.visible().filter(pk=dossier.pk).exists()

    def dossier(self, code: str) -> Dossier:
        """Return the dossier of that public code; a stranger's one is not found."""
        return get_object_or_404(self.visible().with_public_code(code).for_page())

    def dossier_once_theirs(self, code: str) -> Dossier:
        """Return a dossier to act on: one that the official may see, or that waited for their role before.

        Nothing of the latter may be shown: ask `sees` first.
        """
        asked = Dossier.objects.with_public_code(code)
        either = asked.reachable_by(self.grants, actor_id=self.user.pk, on=self.today)
        return get_object_or_404(either.for_page())

    def acting(self, typed: dict[str, Any]) -> Acting:
        """Return who acts and when, on the version that came with the form."""
        return Acting(officer=self.user, at=self.at, seen_version=typed["version"])

    def page(self, dossier: Dossier) -> DossierPage:
        """Return the page of a dossier taken from `dossier`."""
        return dossier_page(dossier, self.user, self.grants, at=self.at)

    def life(self, dossier: Dossier) -> Life:
        """Return what happened to a dossier taken from `dossier`."""
        return life_of(dossier, self.grants, at=self.at)

    def whole(self, dossier: Dossier) -> LinkedView | None:
        """Return the linked application that a dossier taken from `dossier` is a leg of; None for one of its own."""
        return whole_of(dossier, at=self.at)


def officers_only(
    view: Callable[Concatenate[HttpRequest, Officer, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Hand the view the official at work; whoever holds no role today reads so instead."""

    @wraps(view)
    def entered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        user = request.user
        assert isinstance(user, User)  # the login wall stands before
        at = timezone.now()
        posts = posts_of(user, timezone.localdate(at))
        if not posts:
            return render(request, "workspace/no_post.html", {"name": user.display_name}, status=403)
        return view(request, Officer(user=user, posts=posts, at=at), *args, **kwargs)

    return entered
