"""The pictures of the README, taken on every run; MOTCUA_SCREENSHOTS=1 puts them into docs/images/."""

import io
import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import typst
from PIL import Image
from playwright.sync_api import ViewportSize

from motcua.documents.storage import keep
from motcua.dossiers.commands.draft import attach_paper
from motcua.dossiers.models import Dossier
from motcua.rules.transitions import Status
from tests.journeys import citizen, desk
from tests.journeys.conftest import NewVisitor
from tests.journeys.province import (
    BIRTH,
    BUILDING_PERMIT,
    BUSINESS,
    COPIES,
    DEATH,
    MARRIAGE,
    MORNING,
    PENSION,
    SINGLE,
    WARD,
)
from tests.journeys.stage import carry_on, dossier_in, person
from tests.journeys.visitor import Visitor, signed_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
IMAGES = Path(__file__).parents[2] / "docs" / "images"
LARGEST_BYTES = 150_000
_COLOURS = 160
_PHONE: ViewportSize = {"width": 360, "height": 900}
_SCREEN: ViewportSize = {"width": 1280, "height": 900}
_PHOTO = """
#set page(paper: "a5", flipped: true, margin: 14mm, fill: rgb("#f6f1e4"))
#set text(size: 12pt, lang: "vi")
#align(center)[
  #text(weight: "bold")[BỆNH VIỆN MẪU] \\
  #v(3mm)
  #text(size: 18pt, weight: "bold")[GIẤY CHỨNG SINH]
]
#v(3mm)
Họ và tên mẹ hoặc người nuôi dưỡng: Lò Thị Mẫu \\
Nơi cư trú: Bản Mẫu 1, phường Điện Biên Phủ, tỉnh Điện Biên \\
Đã sinh con vào lúc: 7 giờ 40 phút, ngày 27 tháng 02 năm 2026 \\
Giới tính của con: Nam #h(10mm) Cân nặng: 3.100 g
#v(4mm)
#align(center)[#text(size: 22pt, fill: luma(150), tracking: 6pt)[BẢN MẪU]]
"""
_WAITING = [
    (Status.SUBMITTED, BIRTH, 26),
    (Status.SUBMITTED, MARRIAGE, 17),
    (Status.SUBMITTED, BUSINESS, 2),
    (Status.SUBMITTED, SINGLE, 1),
    (Status.SUBMITTED, PENSION, 15),
    (Status.INTAKE_SUPPLEMENT, DEATH, 24),
    (Status.ACCEPTED, BUILDING_PERMIT, 22),
    (Status.DONE, COPIES, 18),
    (Status.IN_PROGRESS, SINGLE, 90),
    (Status.RETURNED, BUSINESS, 120),
]


@pytest.fixture
def images(tmp_path: Path) -> Path:
    """Where the pictures go: into the repository only when asked, so that a test run changes nothing there."""
    return IMAGES if os.environ.get("MOTCUA_SCREENSHOTS") == "1" else tmp_path


def test_the_pictures_of_the_readme(new_visitor: NewVisitor, images: Path) -> None:
    for status, procedure, hours in _WAITING:
        dossier_in(status, procedure=procedure, at=MORNING - timedelta(hours=hours))
    shown = _dossier_with_a_photo(MORNING - timedelta(minutes=50))
    phone, screen = new_visitor(viewport=_PHONE, device_scale_factor=1), new_visitor(viewport=_SCREEN)
    clerk = signed_in(new_visitor(viewport=_SCREEN), person("tiepnhan.dbp"))
    officer = signed_in(new_visitor(viewport=_SCREEN), person("hotich.dbp"))

    phone.open("/")
    _take(phone, images / "home-360.png")
    screen.open(f"/thu-tuc/{BIRTH}/?noi={WARD}")
    _take(screen, images / "procedure-1280.png")
    assert len(desk.rows(clerk)) > 5
    _take(clerk, images / "worklist-1280.png")
    officer.open(f"/xu-ly/ho-so/{shown.public_code}/")
    _take(officer, images / "dossier-1280.png")
    citizen.look_up(phone, citizen.HandedIn(shown.public_code, Dossier.objects.get(pk=shown.pk).lookup_pin))
    _take(phone, images / "status-360.png")

    sizes = {path.name: path.stat().st_size for path in images.glob("*.png")}
    assert len(sizes) == 5
    assert {name: size for name, size in sizes.items() if size > LARGEST_BYTES} == {}


def _dossier_with_a_photo(at: datetime) -> Dossier:
    """A dossier under verification whose paper is a picture: a browser without a window shows no PDF."""
    draft = dossier_in(Status.DRAFT, at=at)
    drawn = typst.compile(_PHOTO.encode(), format="png", ppi=110)
    assert isinstance(drawn, bytes)
    file = keep(drawn, media_type="image/png", name="giay-chung-sinh.png", by=draft.owner, at=at)
    attach_paper(dossier=draft, position=1, file=file, actor=draft.owner, at=at)
    return carry_on(Dossier.objects.get(pk=draft.pk), Status.IN_PROGRESS, at=at)


def _take(visitor: Visitor, path: Path) -> None:
    """Take what the window shows, in as few colours as it needs."""
    visitor.page.evaluate("document.fonts.ready")
    path.parent.mkdir(parents=True, exist_ok=True)
    taken = Image.open(io.BytesIO(visitor.page.screenshot())).convert("RGB")
    taken.quantize(_COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
