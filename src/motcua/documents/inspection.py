"""What a file really is, told from its bytes, and its clean form; the name and type its sender gave count for nothing.

An image is decoded and drawn anew, which drops EXIF (place, phone, time) and whatever was hidden behind the picture. A
PDF keeps its bytes, so that signatures in it stay whole, but every object of it is looked at: one that can run, open
or carry something else is refused.
"""

import logging
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO

import pypdf
from PIL import ExifTags, Image, UnidentifiedImageError
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

MAX_PIXELS = {"JPEG": 120_000_000, "PNG": 40_000_000}
"""A PNG cannot be decoded smaller than it is: 40 million pixels take 120 MB."""
ENOUGH_ACROSS = 3500
"""A JPEG at least twice as wide and as high is decoded at half, a quarter or an eighth: 400 dots an inch of A4."""
MAX_PDF_OBJECTS = 30_000
SUFFIX = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
_TAKEN = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
_NOT_TAKEN = {b"MZ": "PROGRAM", b"\x7fELF": "PROGRAM", b"PK\x03\x04": "OFFICE", b"\xd0\xcf\x11\xe0": "OFFICE"}
_ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"})
_ACTIVE_KINDS = frozenset(
    {"/JavaScript", "/Launch", "/GoToE", "/ImportData", "/SubmitForm", "/Rendition", "/Movie", "/Sound"}
)
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What brings a photo upright, by the orientation that its EXIF names; 1 is upright."""
_ACTIVE_SUBTYPES = frozenset({"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"})

Image.MAX_IMAGE_PIXELS = max(MAX_PIXELS.values())
# What the image library lets out, beside its own exceptions, when bytes that it reads as numbers are none.
_PARSER_STUMBLES = (struct.error, TypeError, LookupError, ArithmeticError)
# At their finer levels the parsers log what stands in a file: the place a photo was taken, for one.
logging.getLogger("PIL").setLevel(logging.WARNING)
logging.getLogger("pypdf").setLevel(logging.ERROR)


class FileRefused(Exception):
    """A file was not taken; `reason` is EMPTY, TOO_LARGE, WRONG_TYPE, BROKEN, LOCKED or ACTIVE_CONTENT.

    `found` says of a WRONG_TYPE what the file is, so that the sender can be advised: HEIC (a phone's photo format),
    OFFICE, PROGRAM or OTHER; it is empty otherwise. `name` is fit to be shown.
    """

    def __init__(self, reason: str, *, name: str = "", found: str = "") -> None:
        super().__init__(reason)
        self.reason, self.name, self.found = reason, name, found


def sniff(content: bytes) -> str | None:
    """Return the media type that the first bytes show, None when it is not one that is taken."""
    return next((media_type for magic, media_type in _TAKEN.items() if content.startswith(magic)), None)


def cleaned(content: bytes) -> tuple[bytes, str]:
    """Return the clean form of `content` and its media type; raises `FileRefused`."""
    media_type = sniff(content)
    if media_type is None:
        raise FileRefused("WRONG_TYPE", found=_kind_not_taken(content))
    return _CLEANING[media_type](content), media_type


def _kind_not_taken(content: bytes) -> str:
    if content[4:8] == b"ftyp" and content[8:12] in {b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1", b"avif"}:
        return "HEIC"
    return next((kind for magic, kind in _NOT_TAKEN.items() if content.startswith(magic)), "OTHER")


def _redrawn_jpeg(content: bytes) -> bytes:
    return _redrawn(content, "JPEG")


def _redrawn_png(content: bytes) -> bytes:
    return _redrawn(content, "PNG")


def _redrawn(content: bytes, kind: str) -> bytes:
    out = BytesIO()
    try:
        with Image.open(BytesIO(content), formats=[kind]) as image:
            if image.width * image.height > MAX_PIXELS[kind]:
                raise FileRefused("TOO_LARGE")
            image.draft(None, (ENOUGH_ACROSS, ENOUGH_ACROSS))
            clean = _on_white(_upright(image))
            clean.info = {}
            clean.save(out, format=kind, quality=88)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise FileRefused("TOO_LARGE") from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, *_PARSER_STUMBLES) as broken:
        raise FileRefused("BROKEN") from broken
    return out.getvalue()


def _upright(image: Image.Image) -> Image.Image:
    """Return the picture turned as its EXIF says; as it lies when the EXIF cannot be read: the picture may be whole."""
    image.load()
    try:
        orientation = image.getexif().get(ExifTags.Base.Orientation)
    except (OSError, SyntaxError, ValueError, *_PARSER_STUMBLES):
        return image
    turn = _UPRIGHT.get(orientation) if isinstance(orientation, int) else None
    return image if turn is None else image.transpose(turn)


def _on_white(image: Image.Image) -> Image.Image:
    """Return the picture in grey or colour, what is transparent made white: that is how paper looks."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in {"L", "RGB"} and "transparency" not in image.info:
        return image
    if not image.has_transparency_data:
        return image.convert("RGB")
    front = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", front.size, "white"), front).convert("RGB")


def _checked_pdf(content: bytes) -> bytes:
    if content.count(b" obj") > MAX_PDF_OBJECTS:  # before the parser spends its time on them
        raise FileRefused("TOO_LARGE")
    try:
        reader = pypdf.PdfReader(BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise FileRefused("LOCKED")
        if len(reader.pages) == 0:
            raise FileRefused("BROKEN")
        is_active = zipfile.is_zipfile(BytesIO(content)) or _has_active_object(reader)
    except (PyPdfError, KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError) as broken:
        raise FileRefused("BROKEN") from broken
    if is_active:
        raise FileRefused("ACTIVE_CONTENT")
    return content


def _has_active_object(reader: pypdf.PdfReader) -> bool:
    places = {(number, generation) for generation, objects in reader.xref.items() for number in objects}
    places |= {(number, 0) for number in reader.xref_objStm}
    if len(places) > MAX_PDF_OBJECTS:
        raise FileRefused("TOO_LARGE")
    left: list[object] = [reader.trailer]
    left += [reader.get_object(IndirectObject(number, generation, reader)) for number, generation in places]
    while left:
        found = left.pop()
        if isinstance(found, DictionaryObject):
            if _is_active(found):
                return True
            left += found.values()
        elif isinstance(found, ArrayObject):
            left += found
    return False


def _is_active(found: DictionaryObject) -> bool:
    return (
        not _ACTIVE_KEYS.isdisjoint(found)
        or str(found.get("/S")) in _ACTIVE_KINDS
        or str(found.get("/Subtype")) in _ACTIVE_SUBTYPES
    )


_CLEANING: dict[str, Callable[[bytes], bytes]] = {
    "application/pdf": _checked_pdf,
    "image/jpeg": _redrawn_jpeg,
    "image/png": _redrawn_png,
}
