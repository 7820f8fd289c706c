"""Have the desks with people confirm their boards: one in time but with an ended procedure, one late, one in part."""

import io
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from PIL import Image, ImageDraw

from motcua.accounts.models import User
from motcua.catalogue import definitions as catalogue
from motcua.catalogue.commands.publish_procedure import publish_procedure
from motcua.catalogue.commands.withdraw_procedure import withdraw_procedure
from motcua.catalogue.models import Procedure
from motcua.demo.commands.load_catalogue import IN_FORCE_FROM
from motcua.documents.models import StoredFile
from motcua.documents.storage import keep
from motcua.organisations.models import Unit
from motcua.posting.commands.confirm import Posted, Told, confirm_put_up
from motcua.posting.commands.feedback import Address, tell_address
from motcua.posting.models import FeedbackAddress, PostingConfirmation
from motcua.posting.queries.board import board_lines
from motcua.rules.posting import PostingKind
from motcua.rules.time_limits import parse_time_limit

ENDED_CODE, ENDED_ON = "3.999901", date(2026, 1, 1)
"""An invented procedure of the province, abolished on that day and never taken down."""
_KEYS = uuid.UUID("2f6f7a52-1f0b-4c7e-8f43-9a2b6b0c4d11")
_KEEPER = "kiemsoat"


@dataclass(frozen=True, slots=True)
class _Story:
    """Who confirms for which desk, when it was put up, whether with feedback; `every` n-th procedure is forgotten."""

    desk: str
    username: str
    on: date
    shows_feedback: bool
    every: int = 0


_STORIES = (
    _Story("H18.31.04", "tiepnhan.dbp", date(2025, 7, 4), shows_feedback=True),
    _Story("H18.34.04", "tiepnhan.mnh", date(2025, 7, 31), shows_feedback=False),
    _Story("H18.01.01", "tiepnhan.dbi", date(2025, 7, 7), shows_feedback=True, every=4),
)


def load_postings(*, units: Mapping[str, Unit], at: datetime, step: Callable[[], None]) -> None:
    """Say where feedback goes, and confirm each board once."""
    if not FeedbackAddress.objects.filter(unit=units["H18"]).exists():
        address = Address("Trung tâm Phục vụ hành chính công tỉnh Điện Biên", phone="1900 0000")
        keeper = User.objects.get(username=_KEEPER)
        tell_address(unit=units["H18"], address=address, valid_from=IN_FORCE_FROM, actor=keeper, at=at)
    is_new = not Procedure.objects.filter(code=ENDED_CODE).exists()
    if is_new:
        _publish_what_ends(units["H18.31.04"], units["H18.31"], at)
    for story in _STORIES:
        _confirm(story, units[story.desk], at)
        step()
    if is_new:
        ended = Procedure.objects.get(code=ENDED_CODE)
        withdraw_procedure(procedure=ended, on=ENDED_ON, replaced_by=None, actor=None, at=at)


def posting_count() -> int:
    """Return how many steps `load_postings` reports."""
    return len(_STORIES)


def _publish_what_ends(desk: Unit, commune: Unit, at: datetime) -> None:
    content = catalogue.Content(
        title="Hỗ trợ chi phí học nghề cho lao động nông thôn (thủ tục minh họa)",
        level="COMMUNE",
        terms=catalogue.TermsDefinition(
            limit=parse_time_limit("05 ngày làm việc"), limit_text="05 ngày làm việc", fee_vnd=0
        ),
        papers=(catalogue.PaperDefinition("Đơn đề nghị hỗ trợ", originals=1),),
        channels=(catalogue.ChannelDefinition("DIRECT"),),
        results=(catalogue.ResultDefinition("Quyết định hỗ trợ"),),
        steps=("Nộp hồ sơ tại bộ phận một cửa.", "Nhận kết quả."),
        subjects=("Công dân Việt Nam",),
        deciding_agency="Ủy ban nhân dân cấp xã",
    )
    definition = catalogue.ProcedureDefinition(
        code=ENDED_CODE, sector="Việc làm", content=content, scope=Procedure.Scope.LOCAL.value
    )
    desks = (catalogue.Desk(receiving=desk, competent=commune),)
    publication = catalogue.Publication(definition=definition, valid_from=IN_FORCE_FROM, desks=desks)
    publish_procedure(publication=publication, actor=None, at=at)


def _confirm(story: _Story, desk: Unit, at: datetime) -> None:
    key = uuid.uuid5(_KEYS, story.desk)
    if PostingConfirmation.objects.filter(key=key).exists():
        return
    officer = User.objects.get(username=story.username)
    lines = [line for line in board_lines(desk, story.on) if line.standing.number]
    posted = [
        Posted(line.code, line.standing.number)
        for place, line in enumerate(lines, start=1)
        if not story.every or place % story.every
    ]
    photo = _photo(officer, at)
    told = Told(PostingKind.BOARD, story.on, shows_feedback=story.shows_feedback, photo=photo, note="Bảng ở sảnh chính")
    confirm_put_up(key=key, unit=desk, posted=posted, told=told, actor=officer, at=at)


def _photo(by: User, at: datetime) -> StoredFile:
    return keep(_drawn(), media_type="image/jpeg", name="bang-niem-yet.jpg", by=by, at=at)


@cache
def _drawn() -> bytes:
    """Draw a board with sheets on it, which nobody takes for a photo."""
    image = Image.new("RGB", (800, 600), "#d9cfb8")
    pen = ImageDraw.Draw(image)
    pen.rectangle((40, 40, 760, 560), fill="#f4f1e8", outline="#5b4a2f", width=10)
    for row in range(3):
        for column in range(5):
            left, top = 80 + column * 132, 80 + row * 155
            pen.rectangle((left, top, left + 105, top + 130), fill="white", outline="#888888")
            for line in range(6):
                pen.line((left + 10, top + 15 + line * 18, left + 92, top + 15 + line * 18), fill="#bbbbbb", width=3)
    out = io.BytesIO()
    image.save(out, format="JPEG", quality=80)
    return out.getvalue()
