"""Specimen papers: one page that says what it stands for, so that nobody takes it for a real one."""

import json
from datetime import datetime
from functools import cache

import typst

from motcua.accounts.models import User
from motcua.documents.models import StoredFile
from motcua.documents.storage import keep

_PAGE = """
#set page(paper: "a5", margin: 18mm)
#set text(size: 12pt, lang: "vi")
#set document(title: sys.inputs.title, date: none)
#align(center + horizon)[
  #text(size: 30pt, fill: luma(190), tracking: 8pt)[BẢN MẪU]
  #v(8mm)
  #text(size: 14pt, weight: "bold")[#sys.inputs.title]
  #v(4mm)
  Giấy tờ minh họa của tỉnh trình diễn, không có giá trị pháp lý.
]
"""


def specimen(title: str, *, by: User | None, at: datetime) -> StoredFile:
    """Keep a specimen page headed `title`."""
    return keep(_drawn(title), media_type="application/pdf", name=f"{title[:60]}.pdf", by=by, at=at)


@cache
def _drawn(title: str) -> bytes:
    drawn = typst.compile(_PAGE.encode(), sys_inputs={"title": json.dumps(title, ensure_ascii=False)[1:-1]})
    if not isinstance(drawn, bytes):
        raise TypeError("one page was expected")
    return drawn
