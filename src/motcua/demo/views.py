"""Pages of the demonstration only."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from motcua.demo.commands.load_people import PASSWORD
from motcua.demo.queries import PERIOD_SECONDS, sign_ins
from motcua.notifications.queries import outbox
from motcua.ui import styleguide


@login_not_required
@never_cache
@require_GET
def show_sign_ins(request: HttpRequest) -> HttpResponse:
    """Show every account of the demonstration with its one-time code of this half minute."""
    seconds = timezone.now().timestamp()
    context = {
        "people": sign_ins(seconds),
        "password": PASSWORD,
        "seconds_left": PERIOD_SECONDS - int(seconds) % PERIOD_SECONDS,
    }
    return render(request, "demo/sign_ins.html", context)


@login_not_required
@never_cache
@require_GET
def show_outbox(request: HttpRequest) -> HttpResponse:
    """Show the messages that would have gone out: in the demonstration nothing leaves the house."""
    return render(request, "demo/outbox.html", {"messages_out": outbox()})


@login_not_required
@require_GET
def show_style_guide(request: HttpRequest) -> HttpResponse:
    """Show every component of the design system."""
    return render(request, "ui/styleguide.html", styleguide.context())
