"""The builder of an electronic declaration: fields added, moved, copied, removed; conditions, groups, the preview."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.accounts.models import User
from motcua.catalogue.commands.declaration_drafts import DraftMoved, write_declaration
from motcua.catalogue.commands.publication_drafts import write_content
from motcua.catalogue.contents import content_of
from motcua.catalogue.models import PublicationLine
from motcua.dossiers.models import Applicant
from motcua.kernel.models import EventRecord
from motcua.rules.declarations import Condition, FieldDefinition
from tests.catalogue.publishing import WHOLE, Province, begun, line_of, make_province, new_line, published
from tests.make import MONDAY, make_procedure

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]
FIELD = {"label": "Câu mới", "kind": "text", "required": "on", "effect": "SHOW"}


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def line(province: Province) -> PublicationLine:
    return new_line(begun(province), province)


def home(line: PublicationLine) -> str:
    return f"/xu-ly/quyet-dinh-cong-bo/{line.decision.key}/thu-tuc/{line.procedure.code}/to-khai/"


def asked(line: PublicationLine) -> tuple[FieldDefinition, ...]:
    assert line.version is not None
    line.version.refresh_from_db()
    return content_of(line.version).declaration


def seen(line: PublicationLine) -> str:
    assert line.version is not None
    line.version.refresh_from_db()
    return line.version.content_hash


def keys(line: PublicationLine) -> str:
    return " ".join(one.key for one in asked(line))


def test_a_declaration_is_built_field_by_field(province: Province, line: PublicationLine, at_work: AtWork) -> None:
    officer = at_work(province.officer)
    assert "Họ, chữ đệm, tên chủ rừng" in officer.get(home(line)).content.decode()

    new = {**FIELD, "seen": seen(line), "label": "Loại cây", "kind": "choice", "options": "Mỡ\nLát hoa"}
    added = officer.post(f"{home(line)}cau-hoi-moi/?sau=owner", new)
    assert added.headers["Location"] == home(line)
    assert keys(line) == "owner loai_cay has_book book_number plots area"

    chosen = officer.post(f"{home(line)}cau-hoi-moi/", {**FIELD, "when": "loai_cay", "do": "choose"}).content.decode()
    assert 'value="Lát hoa"' in chosen
    assert "Câu mới" in chosen
    when = {"when": "loai_cay", "values": "Lát hoa", "effect": "REQUIRE", "group": "plots", "seen": seen(line)}
    officer.post(f"{home(line)}cau-hoi-moi/", {**FIELD, **when, "required": ""})
    assert asked(line)[-1] == FieldDefinition(
        "cau_moi",
        "Câu mới",
        "text",
        required=False,
        condition=Condition("loai_cay", ("Lát hoa",), effect="REQUIRE"),  # type: ignore[arg-type]  # a StrEnum
        group="plots",
    )
    page = officer.get(home(line)).content.decode()
    assert "Bắt buộc khi “Loại cây” là: Lát hoa" in page
    assert "Điền sẵn: Họ tên người nộp" in page
    assert "Lát hoa" in officer.get(f"{home(line)}cau-hoi/cau_moi/").content.decode()


def test_fields_are_moved_copied_and_removed(province: Province, line: PublicationLine, at_work: AtWork) -> None:
    officer = at_work(province.officer)

    for act, after in (
        ("down:owner", "has_book owner book_number plots area"),
        ("up:owner", "owner has_book book_number plots area"),
        ("copy:plots", "owner has_book book_number plots area lo_rung dien_tich_m2"),
        ("remove:plots", "owner has_book book_number lo_rung dien_tich_m2"),
        ("burn:owner", "owner has_book book_number lo_rung dien_tich_m2"),
    ):
        answer = officer.post(home(line), {"do": act, "seen": seen(line)})
        assert (answer.status_code, keys(line)) == (302, after)

    changed = {**FIELD, "label": "Tên chủ rừng", "seen": seen(line)}
    officer.post(f"{home(line)}cau-hoi/owner/", changed)
    assert asked(line)[0] == FieldDefinition("owner", "Tên chủ rừng", "text")
    assert officer.get(f"{home(line)}cau-hoi/none/").status_code == 404


def test_what_is_wrong_stands_beside_the_field_and_keeps_the_decision_back(
    province: Province, line: PublicationLine, at_work: AtWork
) -> None:
    officer = at_work(province.officer)
    unsound = {**FIELD, "kind": "choice", "least": "4", "most": "2", "prefill": "NAME", "seen": seen(line)}

    refused = officer.post(f"{home(line)}cau-hoi-moi/", unsound)
    said = refused.content.decode()
    assert refused.status_code == 422
    for sentence in (
        "Câu chọn phải có ít nhất một lựa chọn.",
        "Nguồn điền sẵn không hợp với loại câu hỏi này.",
        "Câu mới",
    ):
        assert sentence in said

    officer.post(home(line), {"do": "up:book_number", "seen": seen(line)})
    said = officer.get(home(line)).content.decode()
    assert "“Đã có giấy chứng nhận quyền sử dụng đất” đứng sau." in said
    decision = f"/xu-ly/quyet-dinh-cong-bo/{line.decision.key}/"
    assert "Tờ khai điện tử còn chỗ cần sửa: Số giấy chứng nhận." in officer.get(decision).content.decode()
    assert officer.post(f"{decision}trinh/").status_code == 409
    hub = officer.get(f"{decision}thu-tuc/{line.procedure.code}/soan/").content.decode()
    assert "1 câu hỏi cần sửa" in hub
    assert "Chưa có quy trình nào" in hub


def test_two_officers_at_once_lose_nothing(province: Province, line: PublicationLine, at_work: AtWork) -> None:
    officer, before = at_work(province.officer), seen(line)
    first = {**FIELD, "seen": before}
    officer.post(f"{home(line)}cau-hoi-moi/", first)
    count = len(asked(line))

    again = officer.post(f"{home(line)}cau-hoi-moi/", first)
    other = officer.post(home(line), {"do": "remove:owner", "seen": before})

    assert (again.status_code, other.status_code) == (409, 409)
    assert "Bản dự thảo vừa được sửa ở nơi khác." in other.content.decode()
    assert len(asked(line)) == count
    assert EventRecord.objects.filter(kind="PublicationContentWritten").count() == 2


def test_writing_what_stands_there_is_done_once(province: Province, line: PublicationLine) -> None:
    fields = (*asked(line), FieldDefinition("more", "Thêm", "text"))
    before = seen(line)
    write_declaration(line=line, fields=fields, seen=before, actor=province.officer, at=MONDAY)
    write_declaration(line=line, fields=fields, seen=before, actor=province.officer, at=MONDAY)

    with pytest.raises(DraftMoved):
        write_declaration(line=line, fields=(), seen=before, actor=province.officer, at=MONDAY)
    assert asked(line) == fields


def test_the_preview_is_filled_in_and_stores_nothing(
    province: Province, line: PublicationLine, at_work: AtWork
) -> None:
    officer, page = at_work(province.officer), f"{home(line)}xem-thu/"
    blank = officer.get(page).content.decode()
    assert 'value="Lò Thị Mẫu"' in blank
    assert "Số giấy chứng nhận" not in blank

    typed = {"owner": "Páo", "has_book": "Có", "plots": "1", "plots-1-area": "500"}
    opened = officer.post(page, {**typed, "declaration-act": "show"}).content.decode()
    assert "Số giấy chứng nhận" in opened
    more = officer.post(page, {**typed, "declaration-act": "add:plots"}).content.decode()
    assert 'name="plots-2-area"' in more
    assert 'value="500"' in more
    assert officer.post(page, typed).status_code == 422
    whole = officer.post(page, {**typed, "book_number": "AB 123456"})
    assert "Tờ khai này đã đủ để nộp." in whole.content.decode()
    assert not Applicant.objects.exists()


def test_a_national_procedure_keeps_the_declaration_it_has(province: Province, at_work: AtWork) -> None:
    line = line_of(begun(province), province, make_procedure(title="Đăng ký khai tử"))
    officer = at_work(province.officer)

    page = officer.get(home(line)).content.decode()
    assert "tỉnh không sửa" in page
    assert "Thêm câu hỏi" not in page
    answer = officer.post(f"{home(line)}cau-hoi-moi/", {**FIELD, "seen": seen(line)})
    assert answer.status_code == 409
    assert "không sửa được: tờ khai điện tử" in answer.content.decode()


def test_a_published_declaration_is_frozen(province: Province, line: PublicationLine, at_work: AtWork) -> None:
    published(line.decision, province)
    officer = at_work(province.officer)

    assert officer.get(home(line)).status_code == 200
    assert officer.post(home(line), {"do": "remove:owner", "seen": seen(line)}).status_code == 409
    assert officer.get(f"{home(line)}cau-hoi-moi/").status_code == 409


def test_the_builder_asks_as_much_for_many_fields_as_for_one(
    province: Province, line: PublicationLine, at_work: AtWork
) -> None:
    officer = at_work(province.officer)
    counts = []
    for number in (1, 30):
        fields = tuple(FieldDefinition(f"q{n}", f"Câu {n}", "text") for n in range(number))
        write_declaration(line=line, fields=fields, seen=seen(line), actor=province.officer, at=MONDAY)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert officer.get(home(line)).status_code == 200
        counts.append(len(caught))

    assert counts[0] == counts[1]


def test_another_act_on_the_content_leaves_the_declaration(province: Province, line: PublicationLine) -> None:
    before = asked(line)

    write_content(line=line, content=WHOLE, note="", actor=province.officer, at=MONDAY + timedelta(hours=1))

    assert asked(line) == before
