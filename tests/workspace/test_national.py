"""The national database on screen: a file brought, a name said, a difference taken over, an entry confirmed."""

import gzip
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.accounts.models import User
from motcua.catalogue.models import ProcedureVersion
from motcua.exchange.commands.entries import note_failed
from motcua.exchange.models import NameMapping, NationalDifference, NationalEntry, NationalRecord
from motcua.exchange.queries import lists
from tests.catalogue.publishing import Province, begun, make_province, new_line, published
from tests.exchange.national import taken, told_as_here, written
from tests.exchange.test_national_format import foreign
from tests.make import MONDAY, make_procedure

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]
HOME = "/xu-ly/co-so-du-lieu-quoc-gia/"


@pytest.fixture
def province() -> Province:
    return make_province()


def upload(*records: object, name: str = "quoc-gia.jsonl") -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, written(*records))}  # type: ignore[arg-type]  # a test may bring anything


def test_a_file_is_brought_and_what_differs_is_taken_over(province: Province, at_work: AtWork) -> None:
    officer, procedure = at_work(province.officer), make_procedure()
    brought = upload(told_as_here(procedure.code, YEUCAU="Phải đủ 18 tuổi"))
    assert officer.post(f"{HOME}tep/", brought).headers["Location"] == HOME
    listed = officer.get(HOME).content.decode()
    assert "Đã nhận tệp: 1 thủ tục mới" in listed
    assert "Yêu cầu, điều kiện" in listed
    page = f"{HOME}thu-tuc/{procedure.code}/"
    assert "<ins>" in officer.get(page).content.decode() or "Phải đủ 18 tuổi" in officer.get(page).content.decode()

    seen = {"seen": NationalRecord.objects.get().digest}
    assert officer.post(page, seen).headers["Location"] == page
    assert officer.post(page, seen).status_code == 409

    assert ProcedureVersion.objects.filter(procedure=procedure).count() == 2
    assert "Không có khác biệt nào" in officer.get(HOME).content.decode()


def test_a_file_that_cannot_be_read_is_refused_by_its_field(province: Province, at_work: AtWork) -> None:
    officer = at_work(province.officer)

    answer = officer.post(f"{HOME}tep/", {"file": SimpleUploadedFile("a.json", b"ma,ten")})

    assert answer.status_code == 422
    assert "Không đọc được tệp này" in answer.content.decode()
    assert officer.post(f"{HOME}tep/", {}).status_code == 422
    assert not NationalRecord.objects.exists()


def test_a_record_that_is_left_out_is_named(province: Province, at_work: AtWork) -> None:
    officer = at_work(province.officer)

    answer = officer.post(f"{HOME}tep/", upload(foreign(), foreign(MATTHC="?"), "{"), follow=True)

    told = answer.content.decode()
    assert "Thủ tục thứ 2: mã thủ tục không đúng dạng." in told
    assert "Thủ tục thứ 3: không đọc được." in told


def test_a_record_that_cannot_be_kept_and_a_file_cut_off_are_told_apart(province: Province, at_work: AtWork) -> None:
    officer = at_work(province.officer)

    told = officer.post(f"{HOME}tep/", upload(foreign(), foreign(KHAC={"SAU": "\x00"})), follow=True).content.decode()
    cut = SimpleUploadedFile("a.jsonl.gz", gzip.compress(written(foreign()))[:-9])
    refused = officer.post(f"{HOME}tep/", {"file": cut})

    assert "Thủ tục thứ 2: có ký tự rỗng (NUL) không lưu được, tại KHAC.SAU." in told
    assert refused.status_code == 422
    assert "Tệp nén bị thiếu phần cuối" in refused.content.decode()


def test_others_read_and_bring_nothing(province: Province, at_work: AtWork) -> None:
    leader, procedure = at_work(province.chairman), make_procedure()
    taken(province, told_as_here(procedure.code, YEUCAU="Khác", LINHVUCTHUCHIEN=[{"TENLINHVUC": "Lạ"}]))
    page, row = f"{HOME}thu-tuc/{procedure.code}/", NameMapping.objects.get()

    assert "Nhận nội dung này" not in leader.get(page).content.decode()
    assert leader.post(page, {"seen": NationalRecord.objects.get().digest}).status_code == 403
    assert leader.post(f"{HOME}tep/", upload(foreign())).status_code == 403
    assert leader.post(f"{HOME}ghep-ten/{row.key}/", {"other": procedure.sector.name}).status_code == 403
    assert leader.get(f"{HOME}ghep-ten/{row.key}/").status_code == 200


def test_a_name_is_said_and_taken_back(province: Province, at_work: AtWork) -> None:
    officer, procedure = at_work(province.officer), make_procedure()
    sector = procedure.sector.name
    taken(province, told_as_here(procedure.code, LINHVUCTHUCHIEN=[{"TENLINHVUC": f"{sector} (mới)"}]))
    page = f"{HOME}ghep-ten/{NameMapping.objects.get().key}/"
    assert f"{sector} (mới)" in officer.get(f"{HOME}ghep-ten/").content.decode()
    assert f"{sector} (giống" in officer.get(page).content.decode()
    assert officer.post(page, {}).status_code == 422
    typed = officer.post(page, {"other": "Không có tên này"})
    assert typed.status_code == 422
    assert 'value="Không có tên này"' in typed.content.decode()

    assert officer.post(page, {"chosen": sector}).headers["Location"] == f"{HOME}ghep-ten/"
    assert "Không có tên nào chờ ghép" in officer.get(f"{HOME}ghep-ten/").content.decode()
    assert sector in officer.get(f"{HOME}ghep-ten/?xem=da-ghep").content.decode()
    assert officer.post(page, {"do": "revoke"}).headers["Location"] == page

    assert NameMapping.objects.get().ours == ""


def test_an_entry_is_confirmed_by_hand(province: Province, at_work: AtWork) -> None:
    officer, decision = at_work(province.officer), begun(province, effective_on=MONDAY.date())
    new_line(decision, province)
    published(decision, province, at=MONDAY - timedelta(days=3))
    entry = NationalEntry.objects.get()
    page = f"{HOME}cap-nhat/{entry.key}/"
    assert "Chưa cập nhật" in officer.get(f"{HOME}cap-nhat/").content.decode()
    assert officer.get(f"{HOME}tep/quyet-dinh/{decision.key}/").json()["result"][0]["MATTHC"] == "3.000001"
    assert officer.post(page, {"entered_on": "01/01/2020"}).status_code == 422

    assert officer.post(page, {"entered_on": "02/03/2026"}).headers["Location"] == f"{HOME}cap-nhat/"

    assert "Không có việc nào" in officer.get(f"{HOME}cap-nhat/?tinh-trang=NOT_SENT").content.decode()
    decision.refresh_from_db()
    assert f"{decision.entered_on:%d/%m/%Y}" == "02/03/2026"
    assert "Đã cập nhật" in officer.get("/xu-ly/danh-muc/3.000001/").content.decode()


def test_an_entry_that_failed_is_sent_once_more(province: Province, at_work: AtWork, settings: LazySettings) -> None:
    officer, decision = at_work(province.officer), begun(province, effective_on=MONDAY.date())
    new_line(decision, province)
    published(decision, province, at=MONDAY - timedelta(days=3))
    entry = note_failed(key=NationalEntry.objects.get().key, fault="UNREACHABLE", at=MONDAY)
    page = f"{HOME}cap-nhat/{entry.key}/"
    assert "Gửi lại" not in officer.get(page).content.decode()
    unsent = officer.post(page, {"do": "send-again"}, follow=True).content.decode()
    assert "Chưa có kết nối với Cơ sở dữ liệu quốc gia" in unsent

    settings.NATIONAL_DATABASE = {**settings.NATIONAL_DATABASE, "address": "http://127.0.0.1:9"}
    assert "Gửi lại" in officer.get(page).content.decode()
    assert at_work(province.chairman).post(page, {"do": "send-again"}).status_code == 403
    assert officer.post(page, {"do": "send-again"}).headers["Location"] == page

    assert NationalEntry.objects.get().state == "NOT_SENT"


def test_the_catalogue_goes_out_in_the_national_structure(province: Province, at_work: AtWork) -> None:
    officer, procedure = at_work(province.officer), make_procedure()
    day = "02/03/2026"

    packed = officer.get(f"{HOME}tep/xuat/", {"ngay": day, "dang": "jsonl.gz"})
    one = officer.get(f"{HOME}tep/xuat/", {"ngay": day, "dang": "json", "ma": procedure.code})

    lines = gzip.decompress(packed.content).decode().splitlines()
    assert [json.loads(line)["MATTHC"] for line in lines] == [procedure.code]
    assert one.json()["result"][0]["TENTTHC"] == procedure.title
    assert packed.content == officer.get(f"{HOME}tep/xuat/", {"ngay": day, "dang": "jsonl.gz"}).content
    assert officer.get(f"{HOME}tep/xuat/", {"ngay": "hôm nào", "dang": "json"}).status_code == 404
    assert officer.get(f"{HOME}tep/xuat/", {"ngay": day, "dang": "json", "ma": "9.999999"}).status_code == 404


def test_the_list_is_narrowed_and_handed_out(province: Province, at_work: AtWork) -> None:
    officer, procedure = at_work(province.officer), make_procedure()
    taken(province, told_as_here(procedure.code, YEUCAU="Khác"), foreign(MATTHC="2.999999"))

    by_part = officer.get(HOME, {"phan": "CONDITIONS"}).content.decode()
    sheet = officer.get(f"{HOME}khac-biet/csv/", {"loai": "MISSING_HERE"}).content.decode()

    assert f"thu-tuc/{procedure.code}/" in by_part
    assert "thu-tuc/2.999999/" not in by_part
    assert "2.999999" in sheet
    assert procedure.code not in sheet
    assert officer.get(HOME, {"loai": "SAI"}).status_code == 422
    assert officer.get(f"{HOME}khac-biet/pdf/").status_code == 404
    assert officer.get(f"{HOME}thu-tuc/9.999999/").status_code == 404


@pytest.mark.parametrize("path", ["", "cap-nhat/", "ghep-ten/"])
def test_a_long_list_is_shown_page_by_page(
    province: Province, at_work: AtWork, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PAGE", 2)
    officer, decision = at_work(province.officer), begun(province, effective_on=MONDAY.date())
    for number in range(1, 4):
        new_line(decision, province, code=f"3.00000{number}")
        NationalDifference.objects.create(code=f"3.00000{number}", title="A", kind="DIFFERING", since=MONDAY)
        NameMapping.objects.create(kind="SECTOR", theirs="A", theirs_key=str(number), example=f"3.00000{number}")
    published(decision, province)

    first = officer.get(f"{HOME}{path}").content.decode()
    second = officer.get(f"{HOME}{path}", {"trang": "2"}).content.decode()

    assert ["3.000001" in first, "3.000002" in first, "3.000003" in first] == [True, True, False]
    assert ["3.000001" in second, "3.000003" in second] == [False, True]
    assert "trang=2" in first
    assert "trang=1" in second
    assert "3.000003" in officer.get(f"{HOME}{path}", {"trang": "99"}).content.decode()


@pytest.mark.parametrize("path", ["", "cap-nhat/", "ghep-ten/"])
def test_a_list_asks_as_much_for_thirty_as_for_one(province: Province, at_work: AtWork, path: str) -> None:
    officer, decision = at_work(province.officer), begun(province, effective_on=MONDAY.date())
    new_line(decision, province)
    published(decision, province)
    taken(province, foreign(MATTHC="2.999999", LINHVUCTHUCHIEN=[{"TENLINHVUC": "Lạ"}]))
    officer.get(f"{HOME}{path}")
    with CaptureQueriesContext(
        connection,
    ) as one:
        officer.get(f"{HOME}{path}")

    entry = NationalEntry.objects.get()
    for number in range(29):
        code = f"2.0000{number:02}"
        NationalDifference.objects.create(code=code, title="A", kind="DIFFERING", parts=["NAME"], since=MONDAY)
        NameMapping.objects.create(kind="SECTOR", theirs=code, theirs_key=code, example=code)
        NationalEntry.objects.create(
            decision=decision, procedure=make_procedure(), line_kind="NEW", opened_at=MONDAY, due_on=entry.due_on
        )
    with CaptureQueriesContext(connection) as thirty:
        officer.get(f"{HOME}{path}")

    assert len(thirty) == len(one)
