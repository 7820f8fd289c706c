"""The one way every act of an official goes: on a dossier within their reach, as they last saw it, once."""

from collections.abc import Callable, Sequence

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja.files import UploadedFile as NinjaFile
from pydantic import BaseModel

from motcua.api.auth import AskedByOfficer, Officer
from motcua.api.errors import FieldFault, FieldsInvalid
from motcua.api.shapes import Moment, Standing
from motcua.api.writing import seen_version, written
from motcua.documents.models import StoredFile
from motcua.documents.storage import store_upload
from motcua.dossiers.models import Dossier

NO_SCANS: list[NinjaFile] = []
Perform = Callable[[Dossier, Officer, int | None], Dossier]


class Moved(Standing):
    """Where a dossier stands after an act: who holds it and by when they must act (null: nobody)."""

    reference: str
    code: str | None
    version: int
    holder_unit: str | None
    holder_role: str | None
    assignee: str | None
    action_due_at: Moment | None
    due_at: Moment | None
    due_is_provisional: bool


def acted(
    request: AskedByOfficer,
    code: str,
    perform: Perform,
    *,
    said: BaseModel | None = None,
    files: Sequence[UploadedFile | None] = (),
) -> HttpResponse:
    """Do `perform` to the dossier of that code, with who acts and the version they saw; answer where it stands now."""
    officer, seen = request.auth, seen_version(request)
    given = [file for file in files if file is not None]
    return written(
        request,
        officer,
        lambda: moved(perform(officer.dossier_once_theirs(code), officer, seen)),
        said=said,
        files=given,
    )


def moved(dossier: Dossier) -> Moved:
    """Return where `dossier`, just written, stands; asks the database nothing."""
    return Moved(
        reference=dossier.reference,
        code=dossier.code,
        status=dossier.stage,
        version=dossier.version,
        holder_unit=dossier.holder_unit.code if dossier.holder_unit else None,
        holder_role=dossier.holder_role or None,
        assignee=dossier.assignee.username if dossier.assignee else None,
        action_due_at=dossier.action_due_at,
        due_at=dossier.due_at,
        due_is_provisional=dossier.due_is_provisional,
    )


def stored(file: UploadedFile | None, officer: Officer) -> StoredFile | None:
    """Keep an uploaded file; None when there is none. Raises `FileRefused`."""
    return store_upload(file, name=file.name or "", by=officer.user, at=officer.at) if file else None


def require_scans(numbers: Sequence[int | None], scan_count: int, *, prefix: str) -> None:
    """Refuse papers whose scan was not sent; raises `FieldsInvalid` with paths that begin with `prefix`."""
    message = _("Không có tệp quét nào mang số này.")
    faults = [
        FieldFault(f"{prefix}{index}.scan", "no_such_scan", message)
        for index, number in enumerate(numbers)
        if number and number > scan_count
    ]
    if faults:
        raise FieldsInvalid(faults)
