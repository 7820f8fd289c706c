"""Pictures made smaller for a page: so wide and so heavy at most, whatever was handed in."""

from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image

_QUALITIES: Final = (82, 70, 58, 46, 34, 24)
_NARROWER: Final = 0.8
_NARROWEST: Final = 64


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG with its size in pixels."""

    content: bytes
    width: int
    height: int


def smaller(content: bytes, *, across: int, at_most: int) -> Picture:
    """Return a picture as a JPEG no wider than `across` pixels and no heavier than `at_most` bytes.

    `content` is an image that was taken in and cleaned before; it is never made larger. What is still too heavy at the
    lowest quality is made narrower; a picture of 64 pixels or less is returned however heavy it is.
    """
    with Image.open(BytesIO(content)) as opened:
        opened.draft("RGB", (across, across))
        image = opened.convert("RGB")
    width = min(across, image.width)
    while True:
        drawn = _drawn(image, width, at_most)
        if len(drawn.content) <= at_most or width <= _NARROWEST:
            return drawn
        width = max(int(width * _NARROWER), _NARROWEST)


def _drawn(image: Image.Image, width: int, at_most: int) -> Picture:
    height = max(1, round(image.height * width / image.width))
    sized = image if width == image.width else image.resize((width, height), Image.Resampling.LANCZOS)
    out = BytesIO()
    for quality in _QUALITIES:
        out = BytesIO()
        sized.save(out, format="JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= at_most:
            break
    return Picture(out.getvalue(), sized.width, sized.height)
