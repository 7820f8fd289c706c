"""Articles and the people who write and approve them, made through the commands."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PIL import Image

from motcua.accounts.models import User
from motcua.documents.models import StoredFile
from motcua.documents.storage import keep
from motcua.news.commands.approving import publish_article, submit_article
from motcua.news.commands.photos import PhotoText, add_photo
from motcua.news.commands.writing import Wording, begin_article, begin_correction
from motcua.news.models import Article, NewsSection
from motcua.organisations.models import Unit
from motcua.rules.permissions import Role
from tests.documents.make_files import image_bytes
from tests.make import MONDAY, make_officer, make_unit

TITLE = "Bộ phận một cửa mở thêm hai quầy"
BODY = "Từ tuần này có thêm hai quầy.\n\n## Cần mang gì\n\n- Căn cước\n- Giấy hẹn"


@dataclass(frozen=True)
class Newsroom:
    """A unit with one who writes its news and one who approves them."""

    unit: Unit
    writer: User
    approver: User


def make_newsroom(unit: Unit | None = None) -> Newsroom:
    unit = unit or make_unit(kind="PROVINCE", level="PROVINCE")
    return Newsroom(
        unit=unit,
        writer=make_officer(Role.PROCEDURE_CONTROL_OFFICER, unit),
        approver=make_officer(Role.SIGNER, unit),
    )


def make_section(*, slug: str = "mot-cua", name: str = "Một cửa") -> NewsSection:
    section, _ = NewsSection.objects.get_or_create(
        slug=slug, defaults={"name": name, "valid_from": date(2020, 1, 1), "position": 1}
    )
    return section


def wording(*, title: str = TITLE, body: str = BODY, section: NewsSection | None = None) -> Wording:
    return Wording(
        section=section or make_section(),
        title=title,
        summary="Người dân chờ ngắn hơn.",
        body=body,
        author="Quàng Thị Sương",
        is_contributor=True,
    )


def make_draft_article(
    room: Newsroom, *, title: str = TITLE, body: str = BODY, section: NewsSection | None = None, at: datetime = MONDAY
) -> Article:
    said = wording(title=title, body=body, section=section)
    return begin_article(key=uuid.uuid4(), unit=room.unit, wording=said, actor=room.writer, at=at)


def last_version(article: Article) -> int:
    return article.editions.order_by("-number")[0].version


def submitted(article: Article, room: Newsroom, *, at: datetime = MONDAY) -> Article:
    submit_article(article=article, seen=last_version(article), actor=room.writer, at=at)
    return article


def published(article: Article, room: Newsroom, *, at: datetime = MONDAY) -> Article:
    """Submit and publish its open edition."""
    submitted(article, room, at=at)
    return publish_article(article=article, seen=last_version(article), actor=room.approver, at=at)


def make_article(
    room: Newsroom, *, title: str = TITLE, body: str = BODY, section: NewsSection | None = None, at: datetime = MONDAY
) -> Article:
    """An article on the portal."""
    return published(make_draft_article(room, title=title, body=body, section=section, at=at), room, at=at)


def corrected(article: Article, room: Newsroom, *, at: datetime = MONDAY + timedelta(days=1)) -> Article:
    """Correct what is on the portal with the same words."""
    begin_correction(article=article, correction="Sửa giờ làm việc.", actor=room.writer, at=at)
    return published(article, room, at=at)


def make_picture(*, width: int = 240) -> StoredFile:
    """A noisy picture, which no compression makes small; drawing a wide one takes a second."""
    noise = image_bytes("JPEG", Image.effect_noise((width, width * 5 // 8), 90))
    return keep(noise, media_type="image/jpeg", name="quay.jpg", by=None, at=MONDAY)


def with_photo(article: Article, room: Newsroom, *, alt: str = "Hai quầy mới", width: int = 240) -> Article:
    text, file = PhotoText(alt=alt, caption="Ảnh: đơn vị"), make_picture(width=width)
    add_photo(article=article, key=uuid.uuid4(), file=file, text=text, actor=room.writer, at=MONDAY)
    return article
