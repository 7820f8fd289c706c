"""Groups of procedures done at once: reading one, and beginning the one application for all of it."""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalogue.models import LinkedGroup
from motcua.dossiers.commands.draft import Filing
from motcua.dossiers.commands.linked_draft import GroupNotOffered, NotOffered, start_linked_draft
from motcua.dossiers.facts import usable_ways
from motcua.dossiers.models import Dossier, FilingChannel
from motcua.portal.forms.start import StartForm
from motcua.portal.home_commune import keep_commune, kept_commune
from motcua.portal.ownership import citizen, dossiers_of, keep_begun
from motcua.portal.queries.filing import drafts_of
from motcua.portal.queries.linked import GroupPage, group_page
from motcua.portal.queries.places import Place
from motcua.portal.typed import typed_before


@login_not_required
@require_safe
def group(request: HttpRequest, code: str) -> HttpResponse:
    """Show one group, for the commune the visitor named now (`noi`) or before."""
    page = _page(request, code, request.GET.get("noi", ""))
    answer = render(request, "portal/linked/group.html", {"page": page})
    if page.place and request.GET.get("noi"):
        keep_commune(answer, page.place.home)
    return answer


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose_place(request: HttpRequest, code: str) -> HttpResponse:
    """Offer the drafts there are, ask where to file, and begin."""
    page = _page(request, code, "")
    if not page.can_be_filed:
        raise Http404
    said = {"key": uuid.uuid4(), "place": page.place.key if page.place else "", **typed_before(request)}
    is_open = citizen(request) is not None or bool(usable_ways())
    form = StartForm(page.places, request.POST or None, initial=said)
    if is_open and form.is_valid():
        place = next(place for place in page.places if place.key == form.cleaned_data["place"])
        dossier = _begin(request, page.group, place, form)
        if dossier is not None:
            answer = redirect("portal:applicant", dossier.reference)
            keep_commune(answer, place.home)
            return answer
        form.add_error(None, _("Nơi này vừa ngừng tiếp nhận nhóm việc này. Hãy chọn nơi khác."))
    begun = dossiers_of(request).filter(linked_application__group__code=code, leg_number__isnull=False)
    context = {"page": page, "form": form, "drafts": drafts_of(begun), "is_open": is_open}
    return render(request, "portal/linked/start.html", context, status=422 if form.is_bound else 200)


def _page(request: HttpRequest, code: str, said: str) -> GroupPage:
    try:
        return group_page(code, said_place=said or kept_commune(request), at=timezone.now())
    except LinkedGroup.DoesNotExist as unknown:
        raise Http404 from unknown


def _begin(request: HttpRequest, group: LinkedGroup, place: Place, form: StartForm) -> Dossier | None:
    user = citizen(request)
    filing = Filing(key=form.draft_key(), channel=FilingChannel.ONLINE, owner=user)
    try:
        dossier = start_linked_draft(group=group, offering=place.offering, filing=filing, actor=user, at=timezone.now())
    except (GroupNotOffered, NotOffered):
        return None
    if user is None:
        keep_begun(request, dossier)
    return dossier
