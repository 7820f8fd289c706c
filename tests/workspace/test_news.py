import uuid
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.accounts.models import User
from motcua.news.models import Article, NewsSection
from motcua.rules.permissions import Role
from tests.documents.make_files import image_bytes, jpeg_with_place
from tests.make import make_officer, make_unit
from tests.news.making import (
    Newsroom,
    make_article,
    make_draft_article,
    make_newsroom,
    make_section,
    submitted,
    with_photo,
)

pytestmark = pytest.mark.django_db
AtWork = Callable[[User], Client]


@pytest.fixture
def room() -> Newsroom:
    return make_newsroom()


def typed(room: Newsroom, **other: object) -> dict[str, object]:
    return {
        "key": uuid.uuid4(),
        "unit": room.unit.code,
        "section": make_section().slug,
        "title": "Mở quầy",
        "summary": "Thêm hai quầy.",
        "body": "Từ nay.",
        "author": "Lò Văn Pâng",
        **other,
    }


def do(client: Client, number: int, act: str, **said: object) -> str:
    answer = client.post(f"/xu-ly/tin-tuc/{number}/viec/{act}/", said, follow=True)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_an_article_lives_from_the_first_word_to_its_withdrawal(at_work: AtWork, room: Newsroom) -> None:
    writer, approver = at_work(room.writer), at_work(room.approver)
    answer = writer.post("/xu-ly/tin-tuc/viet/", typed(room), follow=True)
    number = Article.objects.get().number
    address = f"/xu-ly/tin-tuc/{number}/"
    assert answer.redirect_chain[-1][0] == address

    writer.post(f"{address}sua/", typed(room, title="Mở hai quầy", seen=1))
    assert "Đã trình duyệt." in do(writer, number, "trinh-duyet", seen=2)
    assert "Mở hai quầy" in approver.get("/xu-ly/tin-tuc/?loc=cho-duyet").content.decode()
    assert "Thiếu địa chỉ" in do(approver, number, "tra-lai", word="Thiếu địa chỉ")
    do(writer, number, "trinh-duyet", seen=2)
    assert "Xem trên cổng" in do(approver, number, "dang", seen=2)
    do(writer, number, "dinh-chinh", word="Ba quầy")
    writer.post(f"{address}sua/", typed(room, title="Mở ba quầy", seen=1))
    do(writer, number, "trinh-duyet", seen=2)
    shown = do(approver, number, "dang", seen=2)
    assert "Bản lần 1" in shown
    assert "Mở hai quầy" in writer.get(f"{address}lan/1/").content.decode()
    assert "Đã gỡ bài khỏi cổng." in do(approver, number, "go", word="Hết việc")
    assert "Mở ba quầy" in writer.get("/xu-ly/tin-tuc/?loc=da-go").content.decode()


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(at_work: AtWork, room: Newsroom) -> None:
    answer = at_work(room.writer).post("/xu-ly/tin-tuc/viet/", typed(room, title="", body="Giữ lại"))

    assert answer.status_code == 422
    assert "Hãy ghi tiêu đề." in answer.content.decode()
    assert "Giữ lại" in answer.content.decode()


def test_a_form_that_was_overtaken_says_so(at_work: AtWork, room: Newsroom) -> None:
    article = make_draft_article(room)
    client = at_work(room.writer)
    client.post(f"/xu-ly/tin-tuc/{article.number}/sua/", typed(room, title="Một", seen=1))

    answer = client.post(f"/xu-ly/tin-tuc/{article.number}/sua/", typed(room, title="Hai", seen=1))

    assert answer.status_code == 422
    assert "Bài đã thay đổi sau khi bạn mở trang." in answer.content.decode()
    assert 'value="Hai"' in answer.content.decode()


def test_nobody_approves_their_own_words(at_work: AtWork, room: Newsroom) -> None:
    room.writer.grants.create(role=Role.SIGNER, unit=room.unit, valid_from="2020-01-01")
    article = submitted(make_draft_article(room), room)

    answer = at_work(room.writer).post(f"/xu-ly/tin-tuc/{article.number}/viec/dang/", {"seen": 1})

    assert answer.status_code == 403
    assert "không tự duyệt bài của mình" in answer.content.decode()


def test_an_act_that_is_not_open_now_is_refused(at_work: AtWork, room: Newsroom) -> None:
    article = make_article(room)
    client = at_work(room.approver)

    assert client.post(f"/xu-ly/tin-tuc/{article.number}/viec/dang/", {"seen": 1}).status_code == 409
    assert client.get(f"/xu-ly/tin-tuc/{article.number}/viec/xoa/").status_code == 404


def test_strangers_read_what_is_out_and_no_draft(at_work: AtWork, room: Newsroom) -> None:
    stranger = at_work(make_newsroom(make_unit()).writer)
    draft, out = make_draft_article(room), make_article(room)

    assert stranger.get(f"/xu-ly/tin-tuc/{draft.number}/").status_code == 404
    assert stranger.get(f"/xu-ly/tin-tuc/{out.number}/").status_code == 200
    assert stranger.post(f"/xu-ly/tin-tuc/{out.number}/viec/dinh-chinh/", {"word": "x"}).status_code == 403
    assert stranger.get("/xu-ly/tin-tuc/muc/").status_code == 403
    desk = at_work(make_officer(Role.RECEPTION_OFFICER, room.unit))
    assert desk.get("/xu-ly/tin-tuc/").status_code == 403
    assert desk.get("/xu-ly/tin-tuc/viet/").status_code == 403


def test_a_photo_is_put_in_without_its_place_and_taken_out(at_work: AtWork, room: Newsroom) -> None:
    article, client = make_draft_article(room), at_work(room.writer)
    address = f"/xu-ly/tin-tuc/{article.number}/anh/"
    photo = SimpleUploadedFile("quay.jpg", jpeg_with_place(), "image/jpeg")

    lacking = client.post(address, {"key": uuid.uuid4(), "photo": photo, "alt": ""})
    assert lacking.status_code == 422
    assert "Hãy mô tả ảnh." in lacking.content.decode()
    assert "quay.jpg" in lacking.content.decode(), "the file need not be chosen again"
    photo.seek(0)
    client.post(address, {"key": uuid.uuid4(), "photo": photo, "alt": "Hai quầy", "caption": "Sáng nay"})

    kept = client.get(f"/xu-ly/tin-tuc/{article.number}/lan/1/anh/1/")
    assert b"Exif" not in b"".join(kept.streaming_content)  # type: ignore[attr-defined]  # a file answer
    assert 'alt="Hai quầy"' in client.get(f"/xu-ly/tin-tuc/{article.number}/").content.decode()
    client.post(f"{address}1/bo/")
    assert article.editions.get().photos.count() == 0


def test_a_pdf_is_no_photo(at_work: AtWork, room: Newsroom) -> None:
    article = make_draft_article(room)
    png = SimpleUploadedFile("a.png", image_bytes("PNG"), "image/png")
    other = SimpleUploadedFile("a.jpg", b"khong phai anh", "image/jpeg")
    client, address = at_work(room.writer), f"/xu-ly/tin-tuc/{article.number}/anh/"

    assert client.post(address, {"key": uuid.uuid4(), "photo": other, "alt": "x"}).status_code == 422
    assert client.post(address, {"key": uuid.uuid4(), "photo": png, "alt": "x"}).status_code == 302


def test_the_province_keeps_the_sections(at_work: AtWork, room: Newsroom) -> None:
    client = at_work(room.writer)
    said = {"name": "Chuyển đổi số", "position": "2", "valid_from": "01/03/2026", "valid_until": ""}

    assert client.post("/xu-ly/tin-tuc/muc/", said).status_code == 302
    again = client.post("/xu-ly/tin-tuc/muc/", said)
    assert "Đã có chuyên mục này." in again.content.decode()
    client.post("/xu-ly/tin-tuc/muc/chuyen-doi-so/", {**said, "name": "Chuyển đổi số, dữ liệu"})
    early = client.post("/xu-ly/tin-tuc/muc/chuyen-doi-so/", {**said, "valid_until": "01/02/2026"})

    assert NewsSection.objects.get().name == "Chuyển đổi số, dữ liệu"
    assert early.status_code == 422
    assert "Ngày kết thúc phải sau ngày bắt đầu." in early.content.decode()
    assert (
        "Tên chuyên mục phải có chữ." in client.post("/xu-ly/tin-tuc/muc/", {**said, "name": "2026"}).content.decode()
    )


def test_without_a_section_nothing_is_written(at_work: AtWork, room: Newsroom) -> None:
    assert at_work(room.writer).get("/xu-ly/tin-tuc/viet/").status_code == 409


def test_thirty_articles_cost_what_one_does(at_work: AtWork, room: Newsroom) -> None:
    client = at_work(room.writer)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/xu-ly/tin-tuc/").status_code == 200
        return len(queries)

    with_photo(make_draft_article(room), room)
    client.get("/xu-ly/tin-tuc/")
    one = cost()
    for _ in range(29):
        make_draft_article(room)

    assert cost() == one
