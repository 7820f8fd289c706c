"""Addresses of procedures that never die: a code with an agency behind it leads to the bare one (C-11)."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import reverse

from motcua.rules.identifiers import ProcedureCodeUnclear, bare_procedure_code

View = Callable[..., HttpResponseBase]


def by_bare_code(view: View) -> View:
    """Have a view asked by bare codes only: `1.001193.000.00.00.H18` moves to `1.001193` for good, query and all."""

    @wraps(view)
    def asked(request: HttpRequest, code: str, **kwargs: int) -> HttpResponseBase:
        try:
            bare = bare_procedure_code(code.upper())
        except ProcedureCodeUnclear:
            return view(request, code, **kwargs)
        if bare == code or request.resolver_match is None:
            return view(request, code, **kwargs)
        home = reverse(request.resolver_match.view_name, kwargs={**kwargs, "code": bare})
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{home}?{query}" if query else home)

    return asked
