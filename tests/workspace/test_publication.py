"""Publication decisions on screen: begun, filled, laid before the chairman, signed, entered in the database."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from motcua.accounts.models import User
from motcua.catalogue.commands.publication_acts import submit_decision
from motcua.catalogue.models import Procedure, ProcedureVersion, PublicationDecision, PublicationLine, Sector
from motcua.catalogue.publication_pages import decision_page
from motcua.rules.publication import LineKind
from motcua.workspace.views import publication
from tests.catalogue.publishing import (
    NORM,
    Province,
    begun,
    line_of,
    make_local,
    make_province,
    new_line,
    published,
    shortened,
)
from tests.legislation.law import make_document, make_legal_officer
from tests.make import MONDAY, make_procedure

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]
HOME = "/xu-ly/quyet-dinh-cong-bo/"
OCCASION = {
    "title": "Công bố thủ tục lĩnh vực Lâm nghiệp",
    "norm": NORM,
    "norm_issued_on": "01/03/2026",
    "norm_effective_on": "16/03/2026",
}
MAIN = {
    "title": "Hỗ trợ trồng rừng",
    "steps": "Nộp hồ sơ\nNhận kết quả",
    "limit_text": "03 ngày làm việc",
    "fee_vnd": "0",
    "fee_text": "",
    "set_count": "1",
    "subjects": "Cá nhân",
    "deciding_agency": "UBND cấp xã",
    "implementing_agencies": "UBND cấp xã",
    "results": "Quyết định hỗ trợ",
    "legal_basis": NORM,
    "note": "",
}
PAPER = {"name": "Đơn đề nghị", "case": "", "originals": "1", "copies": "0", "form_no": "", "need": "REQUIRED"}
WAY = {"method": "DIRECT", "limit_text": "", "fee_vnd": "", "fee_text": "", "note": ""}


@pytest.fixture
def province() -> Province:
    return make_province()


def content(
    *, papers: tuple[dict[str, str], ...] = (PAPER,), ways: tuple[dict[str, str], ...] = (WAY,), **main: str
) -> dict[str, str]:
    """A filled-in content form."""
    told = {**MAIN, **main}
    for prefix, rows in (("paper", papers), ("way", ways)):
        told |= {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": str(len(rows))}
        told |= {f"{prefix}-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}
    return told


def test_a_decision_is_filled_on_screen_with_a_new_procedure(province: Province, at_work: AtWork) -> None:
    officer = at_work(province.officer)
    Sector.objects.create(code="lam-nghiep", name="Lâm nghiệp", search_key="lam nghiep", sort_key="lam nghiep")
    form = {**OCCASION, "key": str(uuid.uuid4()), "issuer": province.unit.code}
    page = officer.post(f"{HOME}moi/", form).headers["Location"]
    assert officer.post(f"{HOME}moi/", form).headers["Location"] == page
    assert "Quyết định chưa có thủ tục nào." in officer.get(page).content.decode()

    new = {"code": "3.000001", "title": "Hỗ trợ trồng rừng", "sector": "lam-nghiep", "level": "COMMUNE"}
    edit = officer.post(f"{page}thu-tuc-moi/", new).headers["Location"]
    assert edit == f"{page}thu-tuc/3.000001/sua/"
    assert "Nội dung còn thiếu: trình tự thực hiện" in officer.get(page).content.decode()
    assert officer.post(f"{page}trinh/").status_code == 409
    assert officer.post(edit, content()).headers["Location"] == f"{page}thu-tuc/3.000001/"
    told = officer.get(f"{page}thu-tuc/3.000001/").content.decode()
    assert "Đơn đề nghị (bản chính: 1)" in told
    assert "03 ngày làm việc; Miễn phí" not in told
    assert "Miễn phí" in told

    assert officer.post(f"{page}trinh/").headers["Location"] == page
    assert officer.get(edit).status_code == 409


def test_a_decision_is_given_back_published_and_entered_on_screen(province: Province, at_work: AtWork) -> None:
    officer, leader = at_work(province.officer), at_work(province.chairman)
    decision = begun(province)
    new_line(decision, province)
    page = f"{HOME}{decision.key}/"
    assert officer.post(f"{page}trinh/").headers["Location"] == page
    assert leader.post(f"{page}ky/", {"do": "back", "reason": "Thiếu mẫu đơn"}).headers["Location"] == page
    assert "Thiếu mẫu đơn" in officer.get(page).content.decode()
    assert officer.post(f"{page}trinh/").headers["Location"] == page
    signed = {"do": "publish", "number": "315/QĐ-UBND", "signed_on": "02/03/2026"}
    assert leader.post(f"{page}ky/", signed).headers["Location"] == page
    assert leader.post(f"{page}ky/", signed).status_code == 409
    said = officer.get(page).content.decode()
    assert "Đã công bố theo Quyết định số 315/QĐ-UBND ngày 02/03/2026." in said
    assert "Từ ngày 16/03/2026" in said
    assert "Đúng hạn (hạn cuối 09/03/2026)." in said
    version = ProcedureVersion.objects.get(procedure__code="3.000001")
    assert (version.is_published, version.limit_needs_review, version.valid_from) == (True, False, date(2026, 3, 16))

    assert officer.post(f"{page}co-so-du-lieu/", {"entered_on": "03/03/2026"}).status_code == 422
    assert officer.post(f"{page}co-so-du-lieu/", {"entered_on": "02/03/2026"}).headers["Location"] == page
    assert officer.get(page).content.decode().count("Đúng hạn (hạn cuối 09/03/2026).") == 2


def test_a_procedure_is_looked_up_and_entered(province: Province, at_work: AtWork) -> None:
    there, successor = make_local(title="Hỗ trợ học nghề"), make_local(title="Hỗ trợ đào tạo nghề")
    decision = begun(province)
    officer, page = at_work(province.officer), f"{HOME}{decision.key}/"

    found = officer.get(f"{page}them/", {"q": "hoc nghe"}).content.decode()
    assert f"{page}them/{there.code}/" in found
    assert successor.code not in found
    assert "Không có thủ tục nào như vậy." in officer.get(f"{page}them/", {"q": "xyz"}).content.decode()
    assert there.title in officer.get(f"{page}them/{there.code}/").content.decode()
    form = {"kind": "REPLACED", "norm": "", "replaced_by": ""}
    assert "Ghi mã của một thủ tục khác" in officer.post(f"{page}them/{there.code}/", form).content.decode()
    entered = officer.post(f"{page}them/{there.code}/", {**form, "replaced_by": successor.code})
    assert entered.headers["Location"] == page
    assert f"Thay bằng: {successor.code}" in officer.get(page).content.decode()
    again = officer.post(f"{page}them/{there.code}/", {**form, "replaced_by": successor.code})
    assert again.status_code == 422
    assert "đang được soạn trong quyết định" in again.content.decode()
    amended = officer.post(f"{page}them/{successor.code}/", {"kind": "AMENDED", "norm": "", "replaced_by": ""})
    assert amended.headers["Location"] == f"{page}thu-tuc/{successor.code}/sua/"


def test_rows_come_and_go_by_buttons_and_what_was_typed_stays(province: Province, at_work: AtWork) -> None:
    decision = begun(province)
    line = new_line(decision, province)
    officer, edit = at_work(province.officer), f"{HOME}{decision.key}/thu-tuc/{line.procedure.code}/sua/"

    more = officer.post(edit, {**content(title="Tên đang gõ dở", set_count="x"), "do": "add-paper"}).content.decode()
    assert 'name="paper-1-name"' in more
    assert "Tên đang gõ dở" in more
    fewer = officer.post(edit, {**content(), "do": "remove-way-0"}).content.decode()
    assert 'name="way-0-method"' not in fewer
    assert "Đơn đề nghị" in fewer
    untouched = officer.post(edit, {**content(), "do": "remove-paper-9"}).content.decode()
    assert 'name="paper-0-name"' in untouched
    assert line.version is not None
    assert list(line.version.papers.values_list("name", flat=True)) == ["Đơn đề nghị hỗ trợ"]


def test_what_cannot_be_kept_is_said_by_the_field(province: Province, at_work: AtWork) -> None:
    decision = begun(province)
    line = new_line(decision, province)
    officer, edit = at_work(province.officer), f"{HOME}{decision.key}/thu-tuc/{line.procedure.code}/sua/"

    answer = officer.post(edit, content(papers=({**PAPER, "originals": "-1"},), legal_basis="x" * 201, title=""))

    assert answer.status_code == 422
    said = answer.content.decode()
    assert "Mỗi dòng ghi số, ký hiệu văn bản" in said
    assert "Một số chỗ cần sửa; nội dung chưa được lưu." in said
    assert line.version is not None
    assert ProcedureVersion.objects.get(pk=line.version.pk).title != ""


def test_a_limit_that_is_not_understood_is_kept_and_flagged(province: Province, at_work: AtWork) -> None:
    decision = begun(province)
    line = new_line(decision, province)
    officer, edit = at_work(province.officer), f"{HOME}{decision.key}/thu-tuc/{line.procedure.code}/sua/"

    typed = content(limit_text="Theo mùa vụ", fee_vnd="", fee_text="Theo nghị quyết của HĐND")
    assert officer.post(edit, typed).status_code == 302

    version = ProcedureVersion.objects.get(procedure=line.procedure)
    assert (version.limit, version.limit_text, version.limit_needs_review) == (None, "Theo mùa vụ", True)
    assert (version.fee_vnd, version.fee_needs_review) == (None, True)


def test_of_a_national_procedure_only_the_list_is_written(province: Province, at_work: AtWork) -> None:
    national = make_procedure()
    decision = begun(province)
    line_of(decision, province, national)
    officer, edit = at_work(province.officer), f"{HOME}{decision.key}/thu-tuc/{national.code}/sua/"

    form = officer.get(edit).content.decode()
    assert 'name="steps"' not in form
    assert 'name="paper-0-name"' not in form
    ways = tuple({**WAY, "method": method} for method in ("ONLINE", "DIRECT", "POSTAL"))
    typed = content(title=national.title, steps="Khác", ways=ways, receiving_address="Trung tâm hành chính công")
    assert officer.post(edit, typed).status_code == 302

    draft = ProcedureVersion.objects.get(publication_line__decision=decision)
    assert (draft.steps, draft.receiving_address) == ([], "Trung tâm hành chính công")
    assert draft.papers.count() == 2
    page = officer.get(f"{HOME}{decision.key}/").content.decode()
    assert "Sửa: thời hạn, phí và lệ phí, địa chỉ tiếp nhận, căn cứ pháp lý" in page


def test_an_unchanged_form_changes_nothing(province: Province, at_work: AtWork) -> None:
    local = make_local()
    decision = begun(province)
    line_of(decision, province, local)
    officer, edit = at_work(province.officer), f"{HOME}{decision.key}/thu-tuc/{local.code}/sua/"
    papers = (
        {**PAPER, "name": "Tờ khai theo mẫu"},
        {**PAPER, "name": "Giấy ủy quyền", "originals": "0", "copies": "1", "need": "IF_ANY"},
    )
    ways = tuple({**WAY, "method": method} for method in ("ONLINE", "DIRECT", "POSTAL"))
    same = {"steps": "", "limit_text": "5 ngày làm việc", "subjects": "", "deciding_agency": "", "results": ""}

    typed = content(papers=papers, ways=ways, title=local.title, legal_basis="123/2015/NĐ-CP", **same)
    assert officer.post(edit, typed).status_code == 302

    assert "chưa khác gì nội dung đang áp dụng" in officer.get(f"{HOME}{decision.key}/").content.decode()


def test_a_line_is_taken_out_once(province: Province, at_work: AtWork) -> None:
    decision = begun(province)
    line = new_line(decision, province)
    officer, page = at_work(province.officer), f"{HOME}{decision.key}/"

    for _ in range(2):
        assert officer.post(f"{page}thu-tuc/{line.procedure.code}/bo/").headers["Location"] == page
    assert not PublicationLine.objects.exists()
    assert officer.get(f"{page}thu-tuc/{line.procedure.code}/").status_code == 404


def test_what_a_decision_is_about_can_be_changed(province: Province, at_work: AtWork) -> None:
    decision = begun(province)
    officer, change = at_work(province.officer), f"{HOME}{decision.key}/sua/"

    wrong = {**OCCASION, "norm_issued_on": "", "is_shortened": "on"}
    assert "cần ngày ban hành" in officer.post(change, wrong).content.decode()
    early = {**OCCASION, "norm_effective_on": "28/02/2026"}
    assert "Văn bản không có hiệu lực trước ngày ban hành." in officer.post(change, early).content.decode()
    assert officer.post(change, {**OCCASION, "norm": "20/2026/QĐ-UBND"}).status_code == 302
    decision.refresh_from_db()
    assert decision.norm == "20/2026/QĐ-UBND"


def test_wrong_numbers_and_days_are_said_by_the_field(province: Province, at_work: AtWork) -> None:
    first, second = begun(province), begun(province)
    new_line(first, province)
    line = new_line(second, province, code="3.000002")
    published(first, province)
    officer, leader, page = at_work(province.officer), at_work(province.chairman), f"{HOME}{second.key}/"
    assert officer.post(f"{page}trinh/").status_code == 302

    future = leader.post(f"{page}ky/", {"do": "publish", "number": "1/QĐ-UBND", "signed_on": "03/03/2026"})
    assert "Muộn nhất là ngày 02/03/2026." in future.content.decode()
    taken = leader.post(f"{page}ky/", {"do": "publish", "number": "15/QĐ-UBND", "signed_on": "02/03/2026"})
    assert "Số quyết định này đã dùng trong ngày ký ấy." in taken.content.decode()
    Procedure.objects.filter(pk=line.procedure.pk).update(withdrawn_on=MONDAY.date())
    flawed = leader.post(f"{page}ky/", {"do": "publish", "number": "2/QĐ-UBND", "signed_on": "02/03/2026"})
    assert flawed.status_code == 422
    assert "Quyết định còn chỗ cần sửa." in flawed.content.decode()


def test_decisions_of_one_state_are_found(province: Province, at_work: AtWork) -> None:
    first = begun(province)
    new_line(first, province)
    published(first, province)
    PublicationDecision.objects.filter(pk=begun(province).pk).update(title="Quyết định còn soạn")
    reader = at_work(province.chairman)

    assert "Quyết định còn soạn" in reader.get(HOME).content.decode()
    assert "Quyết định còn soạn" not in reader.get(HOME, {"tinh-trang": "PUBLISHED"}).content.decode()
    assert reader.get(HOME, {"tinh-trang": "khong-co", "trang": "x"}).status_code == 200
    assert "Chưa có quyết định nào" in reader.get(HOME, {"trang": "2"}).content.decode()


def test_a_late_decision_says_by_how_much(province: Province, at_work: AtWork) -> None:
    begun(province, effective_on=MONDAY.date() + timedelta(days=2))

    assert "Đã quá hạn 5 ngày, hạn 25/02/2026." in at_work(province.officer).get(HOME).content.decode()


def test_only_those_who_prepare_and_publish_write(province: Province, at_work: AtWork) -> None:
    decision = begun(province)
    leader, page = at_work(province.chairman), f"{HOME}{decision.key}/"

    assert leader.get(page).status_code == 200
    assert leader.get(f"{HOME}moi/").status_code == 403
    assert leader.get(f"{page}sua/").status_code == 403
    assert leader.post(f"{page}trinh/").status_code == 403
    assert at_work(province.officer).get(f"{page}ky/").status_code == 403
    assert leader.get(f"{HOME}{uuid.uuid4()}/").status_code == 404


def test_the_pages_ask_no_more_for_thirty_lines(
    province: Province, at_work: AtWork, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    decision = begun(province)
    shortened(line_of(decision, province, make_local()), province)
    officer = at_work(province.officer)
    pages = [HOME, f"{HOME}{decision.key}/"]
    for page in pages:
        officer.get(page)
    asked = {}
    for page in pages:
        with CaptureQueriesContext(connection) as queries:
            assert officer.get(page).status_code == 200
        asked[page] = len(queries)
    for number in range(29):
        begun(province)
        new_line(decision, province, code=f"3.{number + 100:06}")
        line_of(decision, province, make_local(), LineKind.ABOLISHED)

    for page in pages:
        with django_assert_num_queries(asked[page]):
            assert officer.get(page).status_code == 200


def test_two_windows_publish_once(province: Province, at_work: AtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    decision = begun(province)
    new_line(decision, province)
    submit_decision(decision=decision, actor=province.officer, at=MONDAY)
    leader, page = at_work(province.chairman), f"{HOME}{decision.key}/"
    signed = {"do": "publish", "number": "315/QĐ-UBND", "signed_on": "02/03/2026"}
    stale = decision_page(decision.key, province.chairman, on=MONDAY.date())
    assert leader.post(f"{page}ky/", signed).status_code == 302

    monkeypatch.setattr(publication, "page_of", lambda _officer, _key: stale)
    again = leader.post(f"{page}ky/", signed)

    assert again.status_code == 422
    assert "Quyết định đang ở tình trạng khác" in again.content.decode()


def test_a_legal_basis_is_kept_by_the_number_it_names(province: Province, at_work: AtWork) -> None:
    decision = begun(province)
    line = new_line(decision, province)
    page = f"{HOME}{decision.key}/thu-tuc/{line.procedure.code}/sua/"
    typed = content(legal_basis="Nghị định số 61/2018/NĐ-CP ngày 23/4/2018\n1/2018/TT-VPCP")

    assert at_work(province.officer).post(page, typed).status_code == 302

    version = ProcedureVersion.objects.get(procedure=line.procedure)
    assert version.legal_basis == ["61/2018/NĐ-CP", "01/2018/TT-VPCP"]


def test_a_decision_is_not_signed_before_its_norm(province: Province, at_work: AtWork) -> None:
    decision = begun(province)
    new_line(decision, province)
    submit_decision(decision=decision, actor=province.officer, at=MONDAY)
    PublicationDecision.objects.update(norm_issued_on=MONDAY.date() - timedelta(days=3))
    signed = {"do": "publish", "number": "315/QĐ-UBND", "signed_on": f"{MONDAY.date() - timedelta(days=4):%d/%m/%Y}"}

    answer = at_work(province.chairman).post(f"{HOME}{decision.key}/ky/", signed)

    assert answer.status_code == 422
    assert "Ghi một ngày từ" in answer.content.decode()
    assert PublicationDecision.objects.get().published_at is None


def test_nothing_is_laid_before_the_chairman_that_stands_on_ended_law(province: Province, at_work: AtWork) -> None:
    """J-07 at signing: the number is named, and a basis of another year that holds is none of it."""
    decision = begun(province)
    line = new_line(decision, province)
    keeper, officer = make_legal_officer(), at_work(province.officer)
    ProcedureVersion.objects.filter(procedure=line.procedure).update(legal_basis=["61/2018/NĐ-CP"])
    make_document("61/2018/NĐ-CP", actor=keeper, effective_until=MONDAY.date(), issued_on=date(2018, 4, 23))

    refused = officer.post(f"{HOME}{decision.key}/trinh/")
    page = officer.get(f"{HOME}{decision.key}/").content.decode()
    make_document("61/2018/NĐ-CP", actor=keeper, issued_on=date(2019, 4, 23))
    laid = officer.post(f"{HOME}{decision.key}/trinh/")

    assert refused.status_code == 409
    assert "Căn cứ không còn hiệu lực, hoặc chưa có hiệu lực vào ngày ấy: 61/2018/NĐ-CP." in page
    assert laid.status_code == 302
