"""Files sent with an officer's form: kept as soon as they are found good.

A form that is refused for another reason does not ask for them again: it carries, signed for this officer alone, which
files it has already handed over.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from motcua.accounts.models import User
from motcua.documents.models import StoredFile
from motcua.documents.storage import FileRefused, store_upload
from motcua.workspace.officer import Officer

KEPT = "-kept"
_KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Uploads:
    """By the name of their field: the files taken in, with the token that stands for each, and what was refused."""

    files: dict[str, StoredFile] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    refused: dict[str, FileRefused] = field(default_factory=dict)


def uploads_of(request: HttpRequest, officer: Officer) -> Uploads:
    """Take in the files of a request; one sent now comes in place of one kept before."""
    uploads = Uploads()
    for name, token in request.POST.items():
        file = _kept(str(token), officer.user) if name.endswith(KEPT) else None
        if file is not None:
            uploads.files[name.removesuffix(KEPT)] = file
    for name in request.FILES:
        sent = request.FILES[name]
        assert isinstance(sent, UploadedFile)
        try:
            uploads.files[name] = store_upload(sent, name=sent.name or "tep", by=officer.user, at=officer.at)
        except FileRefused as refusal:
            uploads.refused[name] = refusal
    for name, file in uploads.files.items():
        uploads.tokens[name] = signing.dumps(file.pk, salt=_salt(officer.user))
    return uploads


def _kept(token: str, user: User) -> StoredFile | None:
    try:
        pk = signing.loads(token, salt=_salt(user), max_age=_KEPT_FOR)
    except signing.BadSignature:
        return None
    return StoredFile.objects.filter(pk=pk).first()


def _salt(user: User) -> str:
    return f"workspace.uploads.{user.pk}"
