import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from motcua.rules.petition_privacy import (
    Personal,
    PersonalKind,
    Sender,
    StillPersonal,
    personal_in,
    require_impersonal,
    without_personal,
)

BAN = Sender(names=("Lò Thị Ban", "Hoa"), addresses=("Bản Phủ, xã Thanh Nưa",))
KNOWN = Sender(
    contacts=("0215 3825 103", "ban.lo@example.com", "12"), public=("1900 1234 56", "0215.3800.000", "mot.cua@dien.vn")
)
NOBODY = Sender()


def kinds(text: str, sender: Sender = NOBODY) -> list[PersonalKind]:
    return [found.kind for found in personal_in(text, sender)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Gọi tôi số 0912345678 nhé", PersonalKind.PHONE),
        ("Gọi 0912.345.678", PersonalKind.PHONE),
        ("Gọi 09 12 34 56 78", PersonalKind.PHONE),
        ("Gọi +84 912 345 678", PersonalKind.PHONE),
        ("máy bàn (0215) 3825 103", PersonalKind.PHONE),
        ("Gọi 0\u200b912345678", PersonalKind.PHONE),
        ("Gọi ０９１２３４５６７８", PersonalKind.PHONE),
        ("Gọi 0912,345,678", PersonalKind.PHONE),
        ("Gọi 0912/345/678", PersonalKind.PHONE),
        ("Gọi 0912·345·678", PersonalKind.PHONE),
        ("Gọi 0912—345—678", PersonalKind.PHONE),
        ("Gọi 0912−345−678", PersonalKind.PHONE),
        ("Gọi 0912:345:678", PersonalKind.PHONE),
        ("Gọi 0912'345'678", PersonalKind.PHONE),
        ("Gọi 0912\u2011345\u2011678", PersonalKind.PHONE),
        ("Gọi +1 408 555 1234", PersonalKind.PHONE),
        ("Gọi 09.12.2034.56 nhé", PersonalKind.PHONE),
        ("thư ban.lo+1@example.com", PersonalKind.EMAIL),
        ("thư ban[a]gmail.com", PersonalKind.EMAIL),
        ("thư ban(a còng)gmail.com", PersonalKind.EMAIL),
        ("thư ban a còng gmail chấm com", PersonalKind.EMAIL),
        ("căn cước 011/190/000/077", PersonalKind.IDENTITY),
        ("tài khoản 19036789012345", PersonalKind.NUMBER),
        ("mã số thuế 8012345678-001", PersonalKind.NUMBER),
        ("thẻ BHYT DN4010123456789", PersonalKind.DOCUMENT),
        ("hộ chiếu C1234567", PersonalKind.DOCUMENT),
        ("xe 27B1-123.45", PersonalKind.PLATE),
        ("xe 30A-567.89", PersonalKind.PLATE),
        ("ở 21.38602, 103.01680", PersonalKind.PLACE),
        ("thư ban @ example . com", PersonalKind.EMAIL),
        ("căn cước 111190000077", PersonalKind.IDENTITY),
        ("căn cước 111 190 000 077", PersonalKind.IDENTITY),
        ("chứng minh 123456789", PersonalKind.IDENTITY),
        ("hồ sơ H18.31-260302-0012 của tôi", PersonalKind.CODE),
        ("hồ sơ 000.00.31.H18-210326-0012", PersonalKind.CODE),
        ("hồ sơ T-0048-3920-1573", PersonalKind.CODE),
        ("phản ánh p 0048 3920 1573", PersonalKind.CODE),
    ],
)
def test_what_tells_who_somebody_is_is_found(text: str, kind: PersonalKind) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Bộ phận một cửa làm việc từ 07:30 đến 17:00, từ ngày 02/03/2026.",
        "Thủ tục 1.001193 theo Nghị định 61/2018/NĐ-CP, Điều 5 khoản 2.",
        "Lệ phí 150.000.000 đồng, không thu thêm; phí 1.250.000.000 VNĐ.",
        "Đường dây nóng 1022.",
        "Thủ tục 1.004227.000.00.00.H18 và 1.004228.",
        "Lệ phí mới là 450.000.000, không thu thêm.",
        "Từ 02/03/2026 - 05/03/2026, 07:30 - 11:30, 13:30 - 17:00.",
        "Các ngày 02/03, 03/03, 04/03/2026 05/03/2026 cửa đóng.",
        "Giai đoạn 2026-2030 theo Quyết định 766/QĐ-TTg và Nghị định 61/2018/NĐ-CP.",
        "Siêu thị bán hàng ở Thanh Nưa; xã Thanh Nưa xin lỗi.",
        "Bà con ở bản góp ý về ban quản lý chợ.",
    ],
)
def test_what_everybody_may_read_is_left_alone(text: str) -> None:
    assert personal_in(text, BAN) == ()


@pytest.mark.parametrize("text", ["Chị Lò Thị Ban hỏi", "chi LO THI BAN hoi", "chị Lò   Thị\nBan"])
def test_the_senders_name_is_found_with_and_without_accents(text: str) -> None:
    assert personal_in(text, BAN) == (Personal(PersonalKind.NAME, "Lò Thị Ban"),)


@pytest.mark.parametrize(
    "text", ["bà Thị Ban", "chị Lò T. Ban", "chị L. T. Ban", "Lò Ban", "chị Thi Ban hỏi", "bà thị ban"]
)
def test_the_parts_of_a_name_that_still_tell_are_found(text: str) -> None:
    assert kinds(text, BAN) == [PersonalKind.NAME]


@pytest.mark.parametrize("text", ["bản Phủ", "nhà ở Ban Phu", "Bản Phủ, Thanh Nưa"])
def test_an_address_is_found_by_the_part_below_the_commune(text: str) -> None:
    assert kinds(text, BAN) == [PersonalKind.ADDRESS]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gọi 1900123456 hoặc 02153800000, mot.cua@dien.vn, +84 215 3800 000", []),
        ("Gọi 215*3825*103", [PersonalKind.PHONE]),
        ("Gọi 02153825103", [PersonalKind.PHONE]),
        ("thư Ban.Lo@example.com", [PersonalKind.EMAIL]),
        ("Điều 12", []),
    ],
)
def test_what_the_unit_published_may_stand_and_what_is_known_of_people_may_not(
    text: str, found: list[PersonalKind]
) -> None:
    assert kinds(text, KNOWN) == found


def test_a_number_of_somebody_known_is_found_where_it_is_public_too() -> None:
    both = Sender(contacts=("0912345678",), public=("0912345678",))

    assert kinds("Gọi 0912 345 678", both) == [PersonalKind.PHONE]


def test_what_is_personal_is_left_out_and_the_rest_stays() -> None:
    said = "Kính gửi bà Lò Thị Ban (bản Phủ), số 0912 345 678: lệ phí 50.000 đồng."

    assert without_personal(said, BAN) == "Kính gửi bà […] ([…]), số […]: lệ phí 50.000 đồng."
    assert without_personal("Không  có gì\n", BAN) == "Không  có gì\n"


def test_one_word_alone_is_no_name() -> None:
    assert personal_in("Hoa nở; chị Ban thì không", BAN) == ()


def test_the_senders_address_is_found() -> None:
    assert kinds("Nhà tôi ở bản Phủ xã Thanh Nưa", BAN) == [PersonalKind.ADDRESS]


def test_everything_is_told_at_once_and_nothing_twice() -> None:
    with pytest.raises(StillPersonal) as refused:
        require_impersonal("Lò Thị Ban, 0912345678, 0912345678", BAN)

    assert [one.kind for one in refused.value.found] == [PersonalKind.PHONE, PersonalKind.NAME]
    require_impersonal("Không có gì", BAN)


GAPS = st.sampled_from(["", " ", ".", "-", "  ", ",", "/", ":", "·", "—", "−", "\u2011", ", ", " - ", "\u00a0"])


@given(
    st.text(alphabet="abc đơư,;!?\n", max_size=30),
    st.text(alphabet="0123456789", min_size=9, max_size=9),
    st.lists(GAPS, min_size=9, max_size=9),
    st.text(alphabet="abc đơư,;!?\n", max_size=30),
)
def test_a_planted_number_is_always_found(before: str, digits: str, gaps: list[str], after: str) -> None:
    number = "0" + "".join(gap + digit for gap, digit in zip(gaps, digits, strict=True))

    assert PersonalKind.PHONE in kinds(f"{before} {number} {after}")


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxy ,.;!?\n", max_size=200), st.sampled_from(["Lò Thị Ban"]))
def test_a_planted_name_is_always_found(around: str, name: str) -> None:
    assume("@" not in around)

    assert kinds(f"{around} {name} {around}", BAN)[-1] is PersonalKind.NAME


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxy ,.;!?\n", max_size=200))
def test_a_text_without_numbers_names_or_addresses_may_be_published(text: str) -> None:
    assert personal_in(text, NOBODY) == ()
