"""The keys by which Vietnamese text is stored, found and sorted."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.vietnamese import nfc, search_key, slips, slug, sort_key, unaccented, words

# Written out letter by letter, so that the reference owes nothing to the way the keys are made.
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONED = {
    "a": "aàảãáạ", "ă": "ăằẳẵắặ", "â": "âầẩẫấậ", "e": "eèẻẽéẹ", "ê": "êềểễếệ", "i": "iìỉĩíị",
    "o": "oòỏõóọ", "ô": "ôồổỗốộ", "ơ": "ơờởỡớợ", "u": "uùủũúụ", "ư": "ưừửữứự", "y": "yỳỷỹýỵ",
}  # fmt: skip
PLACE = {letter: (ALPHABET.index(letter), 0) for letter in ALPHABET} | {
    toned: (ALPHABET.index(letter), tone) for letter, row in TONED.items() for tone, toned in enumerate(row)
}


def reference_order(text: str) -> list[tuple[list[int], int]]:
    """Syllable by syllable: the letters, then the tone of the syllable."""
    return [
        ([PLACE[letter][0] for letter in syllable], max(PLACE[letter][1] for letter in syllable))
        for syllable in text.lower().split()
    ]


@st.composite
def syllables(draw: st.DrawFn) -> str:
    consonants = st.sampled_from(["", "b", "c", "d", "đ", "h", "kh", "ng", "ngh", "qu", "tr", "x"])
    vowel = draw(st.sampled_from([toned for row in TONED.values() for toned in row]))
    return draw(consonants) + vowel + draw(st.sampled_from(["", "c", "m", "n", "ng", "nh", "t"]))


phrases = st.lists(syllables(), min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        pytest.param("Đăng ký khai sinh", "dang ki khai sinh", id="accents, đ and y"),
        pytest.param("HOÀ BÌNH, Hòa Bình", "hoa binh hoa binh", id="place of the tone mark, case"),
        pytest.param("Ủy ban – Uỷ ban", "ui ban ui ban", id="a dash is a space"),
        pytest.param("M'Drắk M’Drắk Mʼdrắk", "mdrak mdrak mdrak", id="apostrophes"),
        pytest.param("Đ\u0103k", "dak", id="decomposed input"),
        pytest.param("ＰＨƯỜＮＧ", "phuong", id="wide letters"),
        pytest.param("ðăk", "dak", id="eth for đ"),
        pytest.param("1.001193", "1 001193", id="a code"),
        pytest.param("...", "", id="nothing left"),
    ],
)
def test_the_search_key_forgets_what_people_do_not_type(text: str, key: str) -> None:
    assert search_key(text) == key


@given(st.text())
def test_the_search_key_of_a_search_key_is_itself(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


@given(phrases)
def test_composed_and_decomposed_text_have_one_key(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)

    assert search_key(decomposed) == search_key(text)
    assert sort_key(decomposed) == sort_key(text)
    assert nfc(decomposed) == text


def test_words_are_those_of_the_search_key() -> None:
    assert words("Giấy phép, xây dựng!") == ("giai", "phep", "xai", "dung")


def test_a_slug_keeps_its_y() -> None:
    assert slug("Lý lịch tư pháp") == "ly-lich-tu-phap"


def test_stored_text_has_single_spaces() -> None:
    assert nfc("  Xã\u00a0 Mường \n Nhé ") == "Xã Mường Nhé"


def test_unaccented_text_loses_its_marks_and_nothing_else() -> None:
    assert unaccented("Đơn, 5 ngày làm việc (số 12/HĐ-UBND)") == "Don, 5 ngay lam viec (so 12/HD-UBND)"
    assert unaccented(unicodedata.normalize("NFD", "Điện Biên đã Ưỡn")) == "Dien Bien da Uon"


@given(phrases, phrases)
def test_the_sort_key_agrees_with_the_dictionary(left: str, right: str) -> None:
    by_key = sort_key(left).encode() < sort_key(right).encode()

    assert by_key == (reference_order(left) < reference_order(right))


def test_places_stand_in_vietnamese_order() -> None:
    expected = [
        "An Giang", "Ăn", "Âu", "Bắc Ninh", "Cà Mau", "Dương", "Đà Nẵng", "Đắk Lắk", "Điện Biên", "Em", "Êa", "Hà Nội",
        "Hạ Long", "Huế", "M’Drắk", "Phường 2", "Phường 10", "Phường An", "Tân", "Tấn", "Ý Yên",
    ]  # fmt: skip

    names = expected[::-1]

    names.sort(key=lambda name: sort_key(name).encode())

    assert names == expected


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("Hòa", "Hoà", id="place of the tone mark"),
        pytest.param("HÀ NỘI", "hà nội", id="case"),
        pytest.param("M'Drắk", "M’Drắk", id="apostrophe"),
        pytest.param("Phường 02", "Phường 2", id="leading zero"),
        pytest.param("Ninh Bình.", "Ninh  Bình", id="punctuation"),
    ],
)
def test_spellings_of_one_name_sort_alike(left: str, right: str) -> None:
    assert sort_key(left) == sort_key(right)


def test_tones_go_level_falling_asking_tumbling_rising_heavy() -> None:
    keys = [sort_key(word) for word in ["ma", "mà", "mả", "mã", "má", "mạ"]]

    assert all(before < after for before, after in pairwise(keys))


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("sjnh", id="wrong letter"),
        pytest.param("sin", id="missing letter"),
        pytest.param("sinhh", id="letter too many"),
        pytest.param("sihn", id="letters swapped"),
    ],
)
def test_a_word_one_letter_away_shares_a_form(typed: str) -> None:
    assert slips(typed) & slips("sinh")


def test_a_word_far_away_shares_none() -> None:
    assert not slips("khai") & slips("sinh")
