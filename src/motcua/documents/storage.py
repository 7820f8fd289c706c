"""Take in a file and keep it by its content: `inspection` finds out what it is and cleans it."""

import hashlib
import os
import re
import tempfile
import unicodedata
from datetime import datetime
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.files.base import File
from django.db import connection, transaction

from motcua.accounts.models import User
from motcua.documents.inspection import SUFFIX, FileRefused, cleaned
from motcua.documents.models import StoredFile
from motcua.rules.vietnamese import nfc

__all__ = ["FileRefused", "discard", "keep", "path_of", "read", "shown_name", "store_upload"]

NAME_LENGTH = 120
_ENDINGS = {"application/pdf": {".pdf"}, "image/jpeg": {".jpg", ".jpeg", ".jpe"}, "image/png": {".png"}}


def store_upload(upload: "File[bytes]", *, name: str, by: User | None, at: datetime) -> StoredFile:
    """Check and keep an uploaded file; `name` is what its sender called it. Raises `FileRefused`."""
    shown = shown_name(name)
    content = upload.read(settings.PAPER_MAX_BYTES + 1)
    if not content:
        raise FileRefused("EMPTY", name=shown)
    if len(content) > settings.PAPER_MAX_BYTES:
        raise FileRefused("TOO_LARGE", name=shown)
    try:
        content, media_type = cleaned(content)
    except FileRefused as refusal:
        refusal.name = shown
        raise
    return keep(content, media_type=media_type, name=name, by=by, at=at)


def keep(content: bytes, *, media_type: str, name: str, by: User | None, at: datetime) -> StoredFile:
    """Write `content` under its hash, once, and return its row. The content is trusted: made or checked by us."""
    sha256 = hashlib.sha256(content).hexdigest()
    target = path_of(sha256)
    with transaction.atomic():
        _hold("pg_advisory_xact_lock_shared", sha256)
        if not target.exists():
            _write(target, content)
        return StoredFile.objects.create(
            sha256=sha256,
            size=len(content),
            media_type=media_type,
            original_name=shown_name(name, media_type=media_type),
            uploaded_by=by,
            uploaded_at=at,
        )


@transaction.atomic
def discard(sha256: str) -> None:
    """Delete the content of that hash unless a row names it, or is just being made by somebody who keeps the same."""
    _hold("pg_advisory_xact_lock", sha256)
    if not StoredFile.objects.filter(sha256=sha256).exists():
        path_of(sha256).unlink(missing_ok=True)


def read(file: StoredFile) -> bytes:
    """Return the bytes of a kept file."""
    return path_of(file.sha256).read_bytes()


def path_of(sha256: str) -> Path:
    """Return where the content of that hash lies."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def shown_name(name: str, *, media_type: str = "") -> str:
    """Return a file's name fit to be shown and downloaded, at most 120 letters.

    Folders, control signs and marks that turn the reading direction are gone; with `media_type` the ending is that of
    the content, so that a program renamed, or a PDF called .exe, never keeps its pretence.
    """
    last = re.split(r"[/\\]", nfc(name))[-1]
    plain = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    plain = " ".join(plain.split()).strip(". ") or "tep"
    if media_type not in SUFFIX:
        return plain[:NAME_LENGTH]
    suffix = PurePosixPath(plain).suffix
    stem = plain.removesuffix(suffix) if suffix.lower() in _ENDINGS[media_type] else plain
    return stem[: NAME_LENGTH - len(SUFFIX[media_type])].rstrip() + SUFFIX[media_type]


def _hold(lock: str, sha256: str) -> None:
    """Lock a content until the transaction ends: whoever keeps it shares the lock, whoever deletes it has it alone."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s)", [int(sha256[:15], 16)])


def _write(target: Path, content: bytes) -> None:
    """Write beside the target and move into place: a reader, or a second writer, never meets half a file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).replace(target)
    finally:
        Path(temporary).unlink(missing_ok=True)
