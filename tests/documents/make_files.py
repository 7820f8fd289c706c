"""Files as people and attackers send them, made from their parts."""

import io
import zipfile
import zlib

import pypdf
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf.annotations import Link
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

SECRET_PLACE = "CANON-21.3833N-103.0169E"


def picture(*, size: tuple[int, int] = (60, 40), mode: str = "RGB") -> Image.Image:
    return Image.linear_gradient("L").resize(size).convert(mode)


def image_bytes(kind: str, image: Image.Image | None = None, **saving: object) -> bytes:
    out = io.BytesIO()
    (image or picture()).save(out, format=kind, **saving)
    return out.getvalue()


def jpeg_with_place(*, orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x010F] = SECRET_PLACE
    exif[0x0112] = orientation
    exif.get_ifd(0x8825).update({1: "N", 2: (21.0, 23.0, 0.0), 3: "E", 4: (103.0, 1.0, 0.0)})
    return image_bytes("JPEG", exif=exif, comment=SECRET_PLACE.encode())


def jpeg_with_broken_exif(damage: str) -> bytes:
    """A whole picture behind an EXIF block that was cut short (CUT) or names an impossible orientation (ODD)."""
    block = {
        "CUT": b"MM\0*\0\0\0\x08\0\x09\x01\x12\0\x03",
        "ODD": b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x02\0\0\0\x02a\0\0\0\0\0\0\0",
        "EMPTY": b"",
        "ALIEN": b"XX" * 20,
    }[damage]
    return image_bytes("JPEG", exif=b"Exif\0\0" + block)


def png_with_text() -> bytes:
    said = PngInfo()
    said.add_text("Author", SECRET_PLACE)
    return image_bytes("PNG", pnginfo=said)


def writer() -> pypdf.PdfWriter:
    made = pypdf.PdfWriter()
    made.add_blank_page(width=200, height=200)
    return made


def pdf_bytes(made: pypdf.PdfWriter | None = None) -> bytes:
    out = io.BytesIO()
    (made or writer()).write(out)
    return out.getvalue()


def dictionary(**entries: object) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})


SCRIPT = dictionary(S=NameObject("/JavaScript"), JS=TextStringObject("app.alert(1)"))
LAUNCH = dictionary(S=NameObject("/Launch"), F=TextStringObject("cmd.exe"))


def pdf_with_script() -> bytes:
    made = writer()
    names = dictionary(Names=ArrayObject([TextStringObject("mo"), SCRIPT]))
    made.root_object[NameObject("/Names")] = dictionary(JavaScript=names)
    return pdf_bytes(made)


def pdf_opening(action: DictionaryObject) -> bytes:
    made = writer()
    made.root_object[NameObject("/OpenAction")] = action
    return pdf_bytes(made)


def pdf_with_page_action(action: DictionaryObject) -> bytes:
    made = writer()
    made.pages[0][NameObject("/AA")] = dictionary(O=action)
    return pdf_bytes(made)


def pdf_with_annotation(annotation: DictionaryObject) -> bytes:
    made = writer()
    annotation[NameObject("/Type")] = NameObject("/Annot")
    annotation[NameObject("/Rect")] = ArrayObject([NumberObject(0)] * 4)
    made.pages[0][NameObject("/Annots")] = ArrayObject([annotation])
    return pdf_bytes(made)


def pdf_with_attachment() -> bytes:
    made = writer()
    made.add_attachment("tai-lieu.exe", b"MZ")
    return pdf_bytes(made)


def pdf_packed(action: bytes = b"<</S/Launch/F(cmd.exe)>>") -> bytes:
    """The action lies compressed inside an object stream, where no search through the bytes finds it."""
    packed = zlib.compress(b"4 0 " + action)
    parts = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>endobj\n",
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n",
        b"5 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(packed)
        + packed
        + b"\nendstream endobj\n",
    ]
    out, offsets = b"%PDF-1.5\n", []
    for part in parts:
        offsets.append(len(out))
        out += part
    first, second, third, stream = offsets
    start = len(out)
    rows = [(0, 0, 255), (1, first, 0), (1, second, 0), (1, third, 0), (2, 5, 0), (1, stream, 0), (1, start, 0)]
    table = b"".join(bytes([kind]) + place.to_bytes(2, "big") + bytes([last]) for kind, place, last in rows)
    out += b"6 0 obj<</Type/XRef/Size 7/W[1 2 1]/Root 1 0 R/Length %d>>stream\n" % len(table)
    return out + table + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % start


def pdf_with_link() -> bytes:
    made = writer()
    made.add_annotation(0, Link(rect=(0, 0, 10, 10), url="https://vbpl.vn"))
    return pdf_bytes(made)


def locked_pdf() -> bytes:
    made = writer()
    made.encrypt("mật khẩu", algorithm="RC4-128")
    return pdf_bytes(made)


def zip_bytes() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a.txt", "a")
    return out.getvalue()


def pixel_bomb(side: int) -> bytes:
    """A small PNG that opens to `side` times `side` pixels."""
    return image_bytes("PNG", Image.new("1", (side, side)))
