"""Postings on screen: a board confirmed with day and photo, put right, taken down; the province looks on (C-10)."""

import csv
import io
import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from motcua.accounts.models import User
from motcua.organisations.models import Unit
from motcua.posting.commands.confirm import Posted
from motcua.posting.commands.feedback import Address, tell_address
from motcua.posting.models import FeedbackAddress, PostingConfirmation
from motcua.posting.queries.desks import forget
from motcua.rules.permissions import Role
from motcua.rules.posting import PostingKind
from motcua.rules.publication import LineKind
from tests.catalogue.publishing import begun, line_of, published, shortened
from tests.documents.make_files import image_bytes, pdf_bytes
from tests.make import MONDAY, make_officer, make_unit
from tests.posting.boards import LONG_UP, TODAY, Desk, make_desk, make_photo, more, put_up

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]
HOME = "/xu-ly/niem-yet/"


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def place(desk: Desk) -> str:
    return f"{HOME}noi/{desk.unit.code}/"


def filled(*posted: str, **more_typed: object) -> dict[str, object]:
    """A filled-in form about a board."""
    typed = {"key": str(uuid.uuid4()), "kind": "BOARD", "on": f"{TODAY:%d/%m/%Y}", "note": ""}
    return {**typed, "posted": list(posted), **more_typed}


def photo(content: bytes | None = None, name: str = "bang.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or image_bytes("JPEG"))


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_board_is_confirmed_with_its_day_and_a_photo(desk: Desk, at_work: AtWork) -> None:
    others = more(desk, 2)
    client = at_work(desk.officer)
    said = page_of(client, place(desk))
    assert "Phải niêm yết <span" in " ".join(said.split())
    assert said.count("Quá hạn, chưa niêm yết") == 3
    names = [f"{one.code}:1" for one in (desk.procedure, *others)]
    form = page_of(client, f"{place(desk)}xac-nhan/")
    assert all(f'value="{name}"' in form for name in names)
    assert form.count('name="posted"') == form.count(" checked") - 1 == 3  # and the board among the kinds

    typed = filled(*names, shows_feedback="on", photo=photo(), note="Bảng ở sảnh")
    assert client.post(f"{place(desk)}xac-nhan/", typed).headers["Location"] == place(desk)
    again = {**typed, "photo": photo()}
    assert client.post(f"{place(desk)}xac-nhan/", again).headers["Location"] == place(desk)

    other = client.post(f"{place(desk)}xac-nhan/", {**typed, "photo": photo(), "note": "Nội dung khác"})
    assert other.status_code == 409
    assert "Biểu mẫu này đã gửi với nội dung khác." in other.content.decode()

    row = PostingConfirmation.objects.get()
    assert (row.kind, row.on, row.shows_feedback, row.note) == ("BOARD", TODAY, True, "Bảng ở sảnh")
    said = page_of(client, place(desk))
    assert "Không còn gì phải niêm yết" in said
    assert said.count("Đúng nội dung, niêm yết chậm") == 3
    shown = client.get(f"{HOME}lan/{row.key}/anh/")
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/jpeg")
    shown.getvalue()
    assert desk.procedure.title in page_of(client, f"{HOME}lan/{row.key}/")


def test_what_is_wrong_is_said_by_the_field_and_what_was_typed_is_kept(desk: Desk, at_work: AtWork) -> None:
    client, address = at_work(desk.officer), f"{place(desk)}xac-nhan/"
    name = f"{desk.procedure.code}:1"

    def refused(typed: dict[str, object], sentence: str) -> str:
        answer = client.post(address, typed)
        assert answer.status_code == 422
        said: str = answer.content.decode()
        assert sentence in said
        return said

    said = refused(filled(note="Ghi chú này"), "Hãy chọn ít nhất một thủ tục.")
    assert "Ghi chú này" in said
    tomorrow = TODAY + timedelta(days=1)
    said = refused(filled(name, on=f"{tomorrow:%d/%m/%Y}", photo=photo()), "Ngày thực hiện không sau hôm nay")
    assert "bang.jpg" in said
    refused(filled(name, on="31/02/2026"), "31/02/2026")
    too_early = (
        f"Ngày 31/12/2019 sớm hơn ngày ký công bố nội dung được niêm yết: {desk.procedure.code} (từ 01/01/2020)."
    )
    refused(filled(name, on="31/12/2019"), too_early)
    refused(filled("9.999999:1"), "Danh sách đã thay đổi sau khi bạn mở trang.")
    refused(filled(name, photo=photo(pdf_bytes(), "bang.pdf")), "Ảnh chụp phải là tệp JPEG hoặc PNG.")
    refused(filled(name, photo=photo(b"MZ program", "bang.jpg")), "bang.jpg")
    refused({**filled(name), "key": "x"}, 'name="posted"')
    assert not PostingConfirmation.objects.exists()


def test_a_photo_taken_in_is_not_asked_for_again(desk: Desk, at_work: AtWork) -> None:
    client, address = at_work(desk.officer), f"{place(desk)}xac-nhan/"
    first = client.post(address, filled(photo=photo()))
    found = re.search(r'name="photo-kept"\s+value="([^"]+)"', first.content.decode())
    assert found is not None

    typed = filled(f"{desk.procedure.code}:1", **{"photo-kept": found.group(1)})
    assert client.post(address, typed).status_code == 302

    assert PostingConfirmation.objects.get().photo is not None


def test_the_whole_board_can_be_confirmed_again_and_an_ended_one_comes_down(desk: Desk, at_work: AtWork) -> None:
    put_up(desk)
    (other,) = more(desk, 1)
    decision = begun(desk.province, effective_on=TODAY)
    line_of(decision, desk.province, desk.procedure, LineKind.ABOLISHED)
    published(decision, desk.province)
    client, address = at_work(desk.officer), f"{place(desk)}go-xuong/"

    said = page_of(client, place(desk))
    assert "Phải gỡ xuống" in said
    assert "Không còn tiếp nhận ở đây, phải gỡ xuống." in said
    assert f'value="{other.code}:1"' in page_of(client, f"{place(desk)}xac-nhan/?tat-ca=1")
    form = page_of(client, address)
    assert f'value="{desk.procedure.code}:0"' in form
    assert "shows_feedback" not in form
    assert 'name="posted"' in page_of(client, f"{address}?tat-ca=1")
    typed = filled(f"{desk.procedure.code}:0")
    for _ in range(2):
        assert client.post(address, typed).headers["Location"] == place(desk)

    assert "Phải gỡ xuống" not in page_of(client, place(desk))
    assert "Không có thủ tục nào để xác nhận" in page_of(client, address)
    assert PostingConfirmation.objects.filter(act="TAKEN_DOWN").count() == 1


def test_the_form_begins_with_the_medium_that_is_due(desk: Desk, at_work: AtWork) -> None:
    others = more(desk, 2)
    client, address = at_work(desk.officer), f"{place(desk)}xac-nhan/"

    def preset(address: str) -> list[str]:
        boxes = re.findall(r'<input type="radio" name="kind"[^>]*>', page_of(client, address))
        return [value for box in boxes if " checked" in box for value in re.findall(r'value="(\w+)"', box)]

    assert preset(address) == ["BOARD"]
    put_up(desk, [Posted(one.code, 1) for one in others], kind=PostingKind.ELECTRONIC)
    assert preset(address) == ["ELECTRONIC"]
    put_up(desk, kind=PostingKind.WEB_PAGE)
    decision = begun(desk.province, effective_on=TODAY)
    line_of(decision, desk.province, desk.procedure, LineKind.ABOLISHED)
    published(decision, desk.province)
    assert preset(f"{place(desk)}go-xuong/") == ["WEB_PAGE"]


def test_a_new_version_is_offered_under_its_number(desk: Desk, at_work: AtWork) -> None:
    put_up(desk)
    decision = begun(desk.province)
    shortened(line_of(decision, desk.province, desk.procedure), desk.province)
    published(decision, desk.province)
    client = at_work(desk.officer)

    said = page_of(client, place(desk))
    assert "Cần niêm yết" in said
    assert "Hạn niêm yết 09/03/2026." in said
    assert "bảng niêm yết: lần 1" in said
    assert f'value="{desk.procedure.code}:2"' in page_of(client, f"{place(desk)}xac-nhan/")


def test_a_confirmation_is_put_right_or_taken_back(desk: Desk, at_work: AtWork) -> None:
    row = put_up(desk, on=TODAY, photo=make_photo())
    client, address = at_work(desk.officer), f"{HOME}lan/{row.key}/"
    assert f'value="{TODAY:%d/%m/%Y}"' in page_of(client, f"{address}sua/")
    typed = {"key": str(uuid.uuid4()), "kind": "ELECTRONIC", "on": "01/01/2031", "note": ""}
    assert client.post(f"{address}sua/", typed).status_code == 422
    assert client.post(f"{address}sua/", {**typed, "on": ""}).status_code == 422

    typed["on"] = f"{LONG_UP:%d/%m/%Y}"
    moved = client.post(f"{address}sua/", typed).headers["Location"]
    assert client.post(f"{address}sua/", typed).headers["Location"] == moved
    late = client.post(f"{address}sua/", {**typed, "key": str(uuid.uuid4())})
    assert late.status_code == 409
    assert "Xác nhận này đã được sửa hoặc rút trước đó." in late.content.decode()
    assert "Xác nhận này không còn tính vì đã được sửa." in page_of(client, address)
    said = page_of(client, moved)
    assert "Thiết bị điện tử" in said
    assert "Đã sửa" in page_of(client, place(desk))

    assert client.get(f"{moved}rut/").headers["Location"] == moved
    assert client.post(f"{moved}rut/").headers["Location"] == place(desk)
    again = client.post(f"{moved}rut/")
    assert again.status_code == 409
    assert "Xác nhận này đã được rút, không còn tính." in again.content.decode()


def test_what_was_taken_down_is_put_right_without_asking_for_feedback(desk: Desk, at_work: AtWork) -> None:
    put_up(desk)
    client = at_work(desk.officer)
    client.post(f"{place(desk)}go-xuong/?tat-ca=1", filled(f"{desk.procedure.code}:1"))
    row = PostingConfirmation.objects.get(act="TAKEN_DOWN")

    assert "shows_feedback" not in page_of(client, f"{HOME}lan/{row.key}/sua/")


def test_who_does_not_work_at_the_desk_reads_and_confirms_nothing(desk: Desk, at_work: AtWork) -> None:
    row = put_up(desk)
    client = at_work(make_officer(Role.SIGNER, desk.unit))

    said = page_of(client, place(desk))
    assert "Xác nhận cả bảng" not in said
    assert "Sửa xác nhận" not in page_of(client, f"{HOME}lan/{row.key}/")
    for address in (f"{place(desk)}xac-nhan/", f"{place(desk)}go-xuong/", f"{HOME}lan/{row.key}/sua/"):
        assert client.post(address, filled(f"{desk.procedure.code}:1")).status_code == 403
    assert client.post(f"{HOME}lan/{row.key}/rut/").status_code == 403
    assert client.post(f"{place(desk)}dia-chi/", {}).status_code == 403
    for address in (f"{HOME}noi/{desk.commune.code}/", f"{HOME}noi/khong-co/", f"{HOME}lan/{uuid.uuid4()}/"):
        assert client.get(address).status_code == 404


def test_the_control_officer_says_where_feedback_goes(desk: Desk, at_work: AtWork) -> None:
    client, address = at_work(desk.province.officer), f"{place(desk)}dia-chi/"
    assert "Chưa ghi nơi nhận phản ánh, kiến nghị" in page_of(client, place(desk))
    typed = {"receiver": "Văn phòng UBND tỉnh", "valid_from": "02/03/2026"}

    answer = client.post(address, typed)
    assert answer.status_code == 422
    assert "Hãy ghi ít nhất một cách liên hệ" in answer.content.decode()
    assert client.post(address, {**typed, "email": "x"}).status_code == 422
    assert client.post(address, {**typed, "phone": "0215 3825 409"}).headers["Location"] == place(desk)
    before = client.post(address, {**typed, "phone": "1", "valid_from": "01/03/2026"})
    assert "Đã có địa chỉ áp dụng từ" in before.content.decode()

    assert "0215 3825 409" in page_of(client, place(desk))
    assert 'value="0215 3825 409"' in page_of(client, address)
    assert FeedbackAddress.objects.get().unit == desk.unit


def test_the_province_sees_every_desk_narrows_and_takes_the_table_away(desk: Desk, at_work: AtWork) -> None:
    Unit.objects.filter(pk=desk.unit.pk).update(name="Quầy thứ nhất")
    late = make_desk(province=desk.province)
    Unit.objects.filter(pk=late.unit.pk).update(name="Quầy thứ hai")
    put_up(desk)
    tell_address(
        unit=desk.province.unit,
        address=Address("Văn phòng", phone="1"),
        valid_from=TODAY,
        actor=desk.province.officer,
        at=MONDAY,
    )
    client = at_work(desk.province.officer)

    said = page_of(client, HOME)
    assert "Nơi của bạn" not in said
    assert "Quầy thứ nhất" in said
    assert "Quầy thứ hai" in said
    assert "trên tổng số 2" in said
    assert "theo Tỉnh Mường Thanh" in page_of(client, place(desk))
    for query, found in (("loi=F06", 1), ("loi=F07", 1), ("q=thu+nhat", 1), ("q=khong+co", 0)):
        assert page_of(client, f"{HOME}?{query}").count(f"{HOME}noi/") == found
    assert client.get(f"{HOME}?loi=F99").status_code == 422
    assert "Nơi của bạn" in page_of(at_work(desk.officer), HOME)


def test_what_differs_is_listed_and_taken_away(desk: Desk, at_work: AtWork) -> None:
    late = make_desk(province=desk.province)
    put_up(desk)
    client = at_work(desk.province.officer)

    differing = page_of(client, f"{HOME}sai-khac/")
    assert late.procedure.title in differing
    assert f"{desk.procedure.code}<" not in differing
    assert "Không có chỗ nào sai khác" in page_of(client, f"{HOME}sai-khac/?tinhtrang=STALE")
    assert late.procedure.title in page_of(client, f"{HOME}sai-khac/?q={late.procedure.code}&trang=9")
    assert client.get(f"{HOME}sai-khac/?tinhtrang=X").status_code == 422

    rows = list(csv.reader(io.StringIO(client.get(f"{HOME}tai-ve/csv/").content.decode("utf-8-sig"))))
    assert {row[0]: row[-2:] for row in rows[1:]} == {late.unit.code: ["x", "x"], desk.unit.code: ["", "x"]}
    lines = list(csv.reader(io.StringIO(client.get(f"{HOME}sai-khac/csv/").content.decode("utf-8-sig"))))
    assert [(line[0], line[2]) for line in lines[1:]] == [(late.unit.code, late.procedure.code)]
    book = load_workbook(io.BytesIO(client.get(f"{HOME}tai-ve/xlsx/").content))
    assert book.active is not None
    assert book.active.max_row == 3
    assert client.get(f"{HOME}tai-ve/pdf/").status_code == 404


def test_board_and_poster_are_given_to_print(desk: Desk, at_work: AtWork) -> None:
    client = at_work(desk.province.officer)

    for address in (f"{place(desk)}bang/", f"{place(desk)}to/{desk.procedure.code}/"):
        answer = client.get(address)
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")
    assert client.get(f"{place(desk)}to/9.999999/").status_code == 404


def test_a_decision_not_entered_in_the_national_database_is_told(desk: Desk, at_work: AtWork) -> None:
    decision = begun(desk.province)
    shortened(line_of(decision, desk.province, desk.procedure), desk.province)
    published(decision, desk.province)

    client = at_work(desk.province.officer)
    said = " ".join(page_of(client, HOME).split())
    about = f"/xu-ly/quyet-dinh-cong-bo/{decision.key}/"
    assert "Đã xác nhận 0 trên 1 lượt niêm yết nội dung mới." in page_of(client, about)
    put_up(desk, [Posted(desk.procedure.code, 2)], on=TODAY)
    assert "Đã xác nhận 1 trên 1 lượt niêm yết nội dung mới." in page_of(client, about)

    assert "1 quyết định đã công bố chưa ghi ngày cập nhật Cơ sở dữ liệu quốc gia." in said
    assert "tự hiển thị 1 thủ tục đang có hiệu lực" in said


@pytest.mark.parametrize("address", ["", "sai-khac/", "noi"])
def test_the_pages_ask_the_same_number_of_questions_for_one_row_and_for_thirty(
    desk: Desk, at_work: AtWork, address: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = at_work(desk.officer)
    asked = place(desk) if address == "noi" else f"{HOME}{address}"
    more(desk, 1)
    put_up(desk)
    client.get(asked)
    forget()
    with CaptureQueriesContext(connection) as few:
        client.get(asked)
    with CaptureQueriesContext(connection) as fewer:
        client.get(asked)
    for procedure in more(desk, 28):
        if address != "noi":
            make_desk(province=desk.province, procedure=procedure)
    for _ in range(5):
        put_up(desk)

    forget()
    with django_assert_num_queries(len(few)):
        client.get(asked)
    with django_assert_num_queries(len(fewer)):
        client.get(asked)


def test_a_unit_that_receives_nothing_has_no_page(desk: Desk, at_work: AtWork) -> None:
    assert at_work(desk.officer).get(f"{HOME}noi/{make_unit().code}/").status_code == 404
