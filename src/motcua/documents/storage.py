"""Take in a file: find out what it really is, clean it, keep it by its content.

The type comes from the bytes. An image is decoded and written anew, which drops EXIF (place, phone, time) and whatever
was hidden behind the picture; a PDF is opened by a parser and refused when it is broken, locked or carries a program.
"""

import hashlib
import os
import tempfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pypdf
from django.conf import settings
from django.core.files.base import File
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf.errors import PdfReadError

from motcua.accounts.models import User
from motcua.documents.models import StoredFile

MAX_PIXELS = 60_000_000
_KNOWN = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}
_ACTIVE = ("/JavaScript", "/JS", "/Launch", "/EmbeddedFiles", "/RichMedia")


class FileRefused(Exception):
    """A file was not taken; `reason` is EMPTY, TOO_LARGE, WRONG_TYPE, BROKEN, LOCKED or ACTIVE_CONTENT."""

    def __init__(self, reason: str, *, name: str) -> None:
        super().__init__(reason)
        self.reason, self.name = reason, name


def store_upload(upload: "File[bytes]", *, name: str, by: User | None, at: datetime) -> StoredFile:
    """Check and keep an uploaded file; `name` is shown to people later. Raises `FileRefused`."""
    if not upload.size:
        raise FileRefused("EMPTY", name=name)
    if upload.size > settings.PAPER_MAX_BYTES:
        raise FileRefused("TOO_LARGE", name=name)
    content = upload.read()
    media_type = sniff(content)
    if media_type is None:
        raise FileRefused("WRONG_TYPE", name=name)
    content = _checked_pdf(content, name) if media_type == "application/pdf" else _redrawn(content, media_type, name)
    return keep(content, media_type=media_type, name=name, by=by, at=at)


def keep(content: bytes, *, media_type: str, name: str, by: User | None, at: datetime) -> StoredFile:
    """Write `content` under its hash, once, and return its row. The content is trusted: made or checked by us."""
    sha256 = hashlib.sha256(content).hexdigest()
    target = path_of(sha256)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).replace(target)
    return StoredFile.objects.create(
        sha256=sha256,
        size=len(content),
        media_type=media_type,
        original_name=name[:255],
        uploaded_by=by,
        uploaded_at=at,
    )


def read(file: StoredFile) -> bytes:
    """Return the bytes of a kept file."""
    return path_of(file.sha256).read_bytes()


def path_of(sha256: str) -> Path:
    """Return where the content of that hash lies."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def sniff(content: bytes) -> str | None:
    """Return the media type that the first bytes show, None when it is not one that is taken."""
    return next((media_type for magic, media_type in _KNOWN.items() if content.startswith(magic)), None)


def _redrawn(content: bytes, media_type: str, name: str) -> bytes:
    out = BytesIO()
    try:
        with Image.open(BytesIO(content), formats=[_FORMATS[media_type]]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise FileRefused("TOO_LARGE", name=name)
            upright = ImageOps.exif_transpose(image)
            clean = upright if upright.mode in {"L", "RGB"} else upright.convert("RGB")
            clean.info = {}
            clean.save(out, format=_FORMATS[media_type], quality=88)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as broken:
        raise FileRefused("BROKEN", name=name) from broken
    return out.getvalue()


def _checked_pdf(content: bytes, name: str) -> bytes:
    try:
        reader = pypdf.PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise FileRefused("LOCKED", name=name)
        if not reader.pages:
            raise FileRefused("BROKEN", name=name)
        root = reader.trailer["/Root"].get_object()
        names = root.get("/Names", {})  # type: ignore[union-attr]  # the root of a PDF is a dictionary
        tree = names.get_object() if hasattr(names, "get_object") else names
    except (PdfReadError, KeyError, ValueError, RecursionError, AttributeError) as broken:
        raise FileRefused("BROKEN", name=name) from broken
    action = root.get("/OpenAction")  # type: ignore[union-attr]  # the root of a PDF is a dictionary
    told = f"{list(tree)} {action.get_object() if hasattr(action, 'get_object') else action}"
    if any(mark in told for mark in _ACTIVE):
        raise FileRefused("ACTIVE_CONTENT", name=name)
    return content
