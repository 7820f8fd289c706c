"""What was typed into a form that could not be taken, kept and given back (`motcua.ui.typed`)."""

from django.contrib import messages
from django.http import HttpRequest

from motcua.ui import typed


def keep_typed(request: HttpRequest) -> bool:
    """Keep the fields of a form that could not be taken, and tell whether there was anything to keep."""
    return request.method == "POST" and typed.keep(request.session, path=request.path, posted=request.POST)


def typed_before(request: HttpRequest) -> dict[str, str]:
    """Return what was kept for this page, once, and say that it has not been sent."""
    fields = typed.give_back(request.session, path=request.path) if request.method == "GET" else {}
    if fields:
        messages.info(request, str(typed.TYPED_BACK))
    return fields
