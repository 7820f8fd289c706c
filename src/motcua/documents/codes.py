"""The codes a machine reads off a paper, as SVG that a layout places and scales."""

import io
from dataclasses import dataclass

import segno
from barcode.codex import Code128

_QUIET = 10
"""Light modules that a reader needs before and after the bars."""


@dataclass(frozen=True, slots=True)
class Bars:
    """A barcode as SVG, one unit a module, and its width in modules."""

    svg: str
    modules: int


def qr_code(content: str) -> str:
    """Return the QR code of `content` as SVG, one unit a module."""
    out = io.BytesIO()
    segno.make_qr(content, error="m").save(out, kind="svg", xmldecl=False, svgns=True, border=4)
    return out.getvalue().decode()


def barcode(content: str) -> Bars:
    """Return the Code 128 of `content` with its quiet zones; for letters, digits and signs of ASCII alone."""
    modules = Code128(content).build()[0]
    width = len(modules) + 2 * _QUIET
    bars = []
    start = 0
    for run in modules.replace("10", "1 0").replace("01", "0 1").split():
        if run[0] == "1":
            bars.append(f"M{_QUIET + start} 0h{len(run)}v1h-{len(run)}z")
        start += len(run)
    drawn = f'<path d="{"".join(bars)}"/>'
    box = f'viewBox="0 0 {width} 1" width="{width}" height="1" preserveAspectRatio="none"'
    return Bars(svg=f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{drawn}</svg>', modules=width)
