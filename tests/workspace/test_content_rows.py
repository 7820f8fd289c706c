"""Rows of papers and ways in the content of a draft: moved, copied, checked; the text that sets a fee."""

from collections.abc import Callable

import pytest
from django.test import Client

from motcua.accounts.models import User
from motcua.catalogue.contents import content_of
from motcua.catalogue.models import PublicationLine
from tests.catalogue.publishing import Province, begun, make_province, new_line
from tests.workspace.test_publication import PAPER, WAY, content

pytestmark = pytest.mark.django_db

AtWork = Callable[[User], Client]


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def line(province: Province) -> PublicationLine:
    return new_line(begun(province), province)


def edit(line: PublicationLine) -> str:
    return f"/xu-ly/quyet-dinh-cong-bo/{line.decision.key}/thu-tuc/{line.procedure.code}/sua/"


def test_rows_are_moved_up_and_copied_without_losing_what_was_typed(
    province: Province, line: PublicationLine, at_work: AtWork
) -> None:
    officer = at_work(province.officer)
    form = content(papers=({**PAPER, "name": "Đơn"}, {**PAPER, "name": "Sơ đồ"}), ways=(WAY, {**WAY, "note": "Cổng"}))

    moved = officer.post(edit(line), {**form, "do": "up-paper-1"}).content.decode()
    copied = officer.post(edit(line), {**form, "do": "copy-way-1"}).content.decode()
    same = officer.post(edit(line), {**form, "do": "up-paper-0"}).content.decode()

    assert moved.index("Sơ đồ</textarea>") < moved.index("Đơn</textarea>")
    assert same.index("Đơn</textarea>") < same.index("Sơ đồ</textarea>")
    assert copied.count("Cổng</textarea>") == 2


def test_a_paper_to_hand_in_has_at_least_one_sheet(province: Province, line: PublicationLine, at_work: AtWork) -> None:
    officer = at_work(province.officer)

    refused = officer.post(edit(line), content(papers=({**PAPER, "originals": "0"},)))
    assert refused.status_code == 422
    assert "Giấy tờ phải nộp có ít nhất một bản chính hoặc bản sao." in refused.content.decode()
    long = officer.post(edit(line), content(papers=({**PAPER, "form_files": "a" * 501},)))
    assert "Mỗi dòng không quá 500 chữ." in long.content.decode()


def test_form_files_and_the_text_that_sets_a_fee_are_kept_and_shown(
    province: Province, line: PublicationLine, at_work: AtWork
) -> None:
    officer = at_work(province.officer)
    way = {**WAY, "fee_vnd": "50000", "fee_basis": "Thông tư 85/2019/TT-BTC"}

    answer = officer.post(
        edit(line),
        content(papers=({**PAPER, "form_files": "don.docx\ndon.pdf"},), ways=(way,), fee_basis="85/2019/TT-BTC"),
    )

    assert answer.status_code == 302
    assert line.version is not None
    line.version.refresh_from_db()
    said = content_of(line.version)
    assert said.papers[0].form_files == ("don.docx", "don.pdf")
    assert (said.terms.fee_basis, said.channels[0].terms.fee_basis) == ("85/2019/TT-BTC", "85/2019/TT-BTC")
    assert "50.000 đồng theo 85/2019/TT-BTC" in officer.get(answer.headers["Location"]).content.decode()


def test_who_saves_second_is_told_and_keeps_what_was_typed(
    province: Province, line: PublicationLine, at_work: AtWork
) -> None:
    officer = at_work(province.officer)
    assert line.version is not None
    before = line.version.content_hash
    first, second = content(conditions="Có đất"), content(conditions="Có rừng")

    assert officer.post(edit(line), {**first, "seen": before}).status_code == 302
    assert officer.post(edit(line), {**first, "seen": before}).status_code == 302
    late = officer.post(edit(line), {**second, "seen": before})

    assert late.status_code == 409
    assert "Những gì bạn gõ còn nguyên" in late.content.decode()
    assert "Có rừng" in late.content.decode()
    line.version.refresh_from_db()
    assert line.version.conditions == "Có đất"
    assert officer.post(edit(line), {**second, "seen": line.version.content_hash}).status_code == 302


def test_the_parts_of_a_draft_say_what_is_missing_of_the_fees(
    province: Province, line: PublicationLine, at_work: AtWork
) -> None:
    officer, hub = at_work(province.officer), edit(line).replace("/sua/", "/soan/")
    assert "Chưa ghi văn bản quy định phí" in officer.get(hub).content.decode()

    officer.post(edit(line), content(fee_vnd="", ways=({**WAY, "fee_vnd": ""},)))
    assert "Chưa ghi phí, lệ phí" in officer.get(hub).content.decode()
    officer.post(edit(line), content(fee_vnd="0"))
    said = officer.get(hub).content.decode()
    assert "Chưa ghi phí" not in said
