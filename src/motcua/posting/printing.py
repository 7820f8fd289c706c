"""What is printed to be posted: the board of a desk and the poster of one procedure, each with its QR codes (C-10)."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from typing import TypedDict

from django.conf import settings
from django.utils import timezone, translation

from motcua.catalogue.models import Channel, Offering, ProcedureVersion, RequiredPaper
from motcua.documents.codes import qr_code
from motcua.documents.form_data import HeadData
from motcua.documents.rendering import draw
from motcua.dossiers.facts import limit_for, ways_of
from motcua.dossiers.letterhead import place_of
from motcua.dossiers.models import FilingChannel
from motcua.organisations.models import Unit
from motcua.posting.models import FeedbackAddress
from motcua.rules.time_limits import format_time_limit
from motcua.ui.wording import dong_in_words

PROCEDURE_PATH = "/thu-tuc/"
MOST_PAPERS, LONGEST_NAME = 8, 110
"""What a poster of one page has room for; who wants it all follows the QR code."""
_BOARD_TITLE = ["DANH MỤC THỦ TỤC HÀNH CHÍNH", "TIẾP NHẬN TẠI NƠI NÀY"]


class PostedWay(TypedDict):
    """One way to reach who receives feedback."""

    label: str
    value: str


class PostedFeedback(TypedDict):
    """Where feedback goes; `receiver` is empty where nobody has said so."""

    receiver: str
    ways: list[PostedWay]


class PostedLine(TypedDict):
    """A procedure on the board; `qr` names its drawing among the codes."""

    code: str
    title: str
    limit: str
    fee: str
    bases: str
    decision: str
    qr: str


class PostedSector(TypedDict):
    """The procedures of one sector."""

    name: str
    procedures: list[PostedLine]


class BoardData(HeadData):
    """The board of a desk; `holds_on` is the day it is right for."""

    holds_on: str
    feedback: PostedFeedback
    sectors: list[PostedSector]
    total: int


class PosterPaper(TypedDict):
    """A paper to bring, with how many of each in words."""

    name: str
    count: str


class PosterData(HeadData):
    """The poster of one procedure at a desk; `more_papers` is how many there is no room for."""

    holds_on: str
    feedback: PostedFeedback
    procedure: PostedLine
    brought: list[PosterPaper]
    more_papers: int
    address: str
    opening: str


def board_pdf(unit: Unit, feedback: FeedbackAddress | None, *, at: datetime) -> bytes:
    """Draw the board of `unit`, whose parent is loaded: what it receives on the day of `at`, by sector, on A4."""
    today = timezone.localdate(at)
    with translation.override(settings.LANGUAGE_CODE):
        versions = _versions(unit, today)
        sectors: list[PostedSector] = [
            {"name": name, "procedures": [_line(version) for version in found]}
            for name, found in groupby(versions, lambda version: version.procedure.sector.name)
        ]
        data: BoardData = {
            **_head(unit, _BOARD_TITLE, "A4_LANDSCAPE", at),
            "holds_on": f"{today:%d/%m/%Y}",
            "feedback": _feedback(feedback),
            "sectors": sectors,
            "total": len(versions),
        }
    drawn = {version.procedure.code: qr_code(url_of(version.procedure.code)) for version in versions}
    return draw("posting_board.typ", data, {"qrs": json.dumps(drawn)})


def poster_pdf(unit: Unit, code: str, feedback: FeedbackAddress | None, *, at: datetime) -> bytes:
    """Draw the poster of the procedure `code` at `unit` for the day of `at`, on A4.

    Raises `ProcedureVersion.DoesNotExist` for one that is not received there on that day.
    """
    today = timezone.localdate(at)
    found = [version for version in _versions(unit, today, code) if version.procedure.code == code]
    if not found:
        raise ProcedureVersion.DoesNotExist(code)
    version = found[0]
    with translation.override(settings.LANGUAGE_CODE):
        papers = list(version.papers.filter(is_note=False).order_by("position"))
        data: PosterData = {
            **_head(unit, [version.title], "A4", at),
            "holds_on": f"{today:%d/%m/%Y}",
            "feedback": _feedback(feedback),
            "procedure": _line(version),
            "brought": [{"name": _short(paper.name), "count": _count(paper)} for paper in papers[:MOST_PAPERS]],
            "more_papers": max(0, len(papers) - MOST_PAPERS),
            "address": unit.address,
            "opening": unit.phone,
        }
    return draw("posting_poster.typ", data, {"qrs": json.dumps({code: qr_code(url_of(code))})})


def url_of(code: str) -> str:
    """Return the permanent public address of a procedure."""
    return f"{settings.SITE_URL.rstrip('/')}{PROCEDURE_PATH}{code}/"


def _head(unit: Unit, title: list[str], size: str, at: datetime) -> HeadData:
    return {
        "generation": "2025",
        "form": "",
        "notation": "",
        "title": title,
        "size": size,
        "number": "",
        "superior": unit.parent.authority_name if unit.parent else "",
        "desk": unit.authority_name,
        "place": place_of(unit),
        "at": timezone.localtime(at).isoformat(),
    }


def _versions(unit: Unit, day: date, code: str = "") -> list[ProcedureVersion]:
    offered = Offering.objects.on(day).received_by(unit)
    if code:
        offered = offered.filter(procedure__code=code)
    found = ProcedureVersion.objects.on(day).alive(day).filter(procedure__in=offered.values("procedure"))
    ordered = found.order_by("procedure__sector__sort_key", "procedure__sector", "procedure__sort_key", "pk")
    return list(ordered.select_related("procedure__sector", "publication_line__decision").prefetch_related("channels"))


def _line(version: ProcedureVersion) -> PostedLine:
    limit = limit_for(version, FilingChannel.DIRECT)
    return {
        "code": version.procedure.code,
        "title": version.title,
        "limit": format_time_limit(limit) if limit else version.limit_text or "Theo hướng dẫn của cơ quan giải quyết",
        "fee": _fee(version),
        "bases": "; ".join(version.legal_basis),
        "decision": _decision(version),
        "qr": version.procedure.code,
    }


def _fee(version: ProcedureVersion) -> str:
    own = [channel for channel in ways_of(version, FilingChannel.DIRECT) if _says_fee(channel)]
    said = own[0] if own else version
    if said.fee_vnd is None:
        return said.fee_text or "Theo quy định"
    return dong_in_words(said.fee_vnd) if said.fee_vnd else "Không thu"


def _says_fee(channel: Channel) -> bool:
    return channel.fee_vnd is not None or bool(channel.fee_text)


def _decision(version: ProcedureVersion) -> str:
    line = getattr(version, "publication_line", None)
    signed_on = line.decision.signed_on if line else None
    return f"{version.decision_no} ngày {signed_on:%d/%m/%Y}" if signed_on else version.decision_no


def _count(paper: RequiredPaper) -> str:
    counts = ((paper.originals, "bản chính"), (paper.copies, "bản sao"))
    said = [f"{count} {word}" for count, word in counts if count]
    return ", ".join([*said, *([] if paper.is_required else ["nếu có"])])


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME].rstrip()}…"


def _feedback(address: FeedbackAddress | None) -> PostedFeedback:
    if address is None:
        return {"receiver": "", "ways": []}
    return {"receiver": address.receiver, "ways": list(_ways(address))}


def _ways(address: FeedbackAddress) -> Iterator[PostedWay]:
    labels = {
        "phone": "Điện thoại",
        "email": "Thư điện tử",
        "website": "Trang tiếp nhận",
        "address": "Gặp trực tiếp, gửi thư",
    }
    for name, label in labels.items():
        value = str(getattr(address, name))
        if value:
            yield {"label": label, "value": value}
