"""Files on their way out: to be saved, never to be shown by a browser inside the site."""

from urllib.parse import quote

from django.http import FileResponse, Http404, HttpResponse

from motcua.documents.models import StoredFile
from motcua.documents.storage import path_of
from motcua.dossiers.queries.dossier_page import FormLine, forms_of
from motcua.dossiers.queries.issued_form import pdf_of

FILE = {200: None}
"""The response of an operation that sends a file."""
SENDS_FILE = {
    "responses": {
        200: {
            "description": "The file",
            "content": {
                kind: {"schema": {"type": "string", "format": "binary"}}
                for kind in ("application/pdf", "image/jpeg", "image/png")
            },
        }
    }
}
"""For the openapi_extra of such an operation."""


def send(file: StoredFile | None) -> FileResponse:
    """Send a kept file; there is none: not found."""
    if file is None:
        raise Http404
    sent = FileResponse(path_of(file.sha256).open("rb"), content_type=file.media_type)
    sent.headers["Content-Disposition"] = _attachment(file.original_name)
    return sent


def send_form(reference: str, ordinal: int) -> HttpResponse:
    """Send the `ordinal`-th form issued about a dossier, counted from 1."""
    forms = forms_of(reference)
    if not 1 <= ordinal <= len(forms):
        raise Http404
    form: FormLine = forms[ordinal - 1]
    sent = HttpResponse(pdf_of(form.pk, reference), content_type="application/pdf")
    sent.headers["Content-Disposition"] = _attachment(f"{form.number.replace('/', '-')}.pdf")
    return sent


def _attachment(name: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"
