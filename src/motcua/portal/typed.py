"""What was typed into a form whose session had ended: kept until its author has signed in again, then given back."""

from django.http import HttpRequest

_KEY = "typed"
_LONGEST = 50_000


def keep_typed(request: HttpRequest) -> None:
    """Keep the fields of a form that could not be taken; the files with it are not kept."""
    if request.method != "POST":
        return
    fields = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    if fields and sum(len(str(value)) for value in fields.values()) < _LONGEST:
        request.session[_KEY] = {"path": request.path, "fields": fields}


def typed_before(request: HttpRequest) -> dict[str, str]:
    """Return what was kept for this page, once."""
    kept = request.session.get(_KEY)
    if not kept or kept["path"] != request.path:
        return {}
    del request.session[_KEY]
    fields: dict[str, str] = kept["fields"]
    return fields
