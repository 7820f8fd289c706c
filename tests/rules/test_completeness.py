from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.completeness import (
    ApplicationFacts,
    ContactWay,
    Gap,
    Part,
    Question,
    gaps,
    is_citizen_id,
    phone_number,
    receives_texts,
    supplement_gaps,
    ways_to_confirm,
)
from motcua.rules.papers import AskedPaper, SupplementAnswer

WHOLE = ApplicationFacts(
    full_name="Vàng Thị Mỷ",
    phone="0900000123",
    answers={"ten_con": "Vàng A Páo"},
    questions=[Question("ten_con", is_required=True), Question("ghi_chu", is_required=False)],
    needed_positions=frozenset({1}),
    given_positions=frozenset({1, 2}),
    needs_postal_address=False,
    postal_address="",
    contact_confirmed=True,
)


def test_a_whole_application_lacks_nothing() -> None:
    assert gaps(WHOLE) == ()


@pytest.mark.parametrize(
    ("facts", "gap"),
    [
        pytest.param(replace(WHOLE, full_name=""), Gap(Part.APPLICANT, "full_name"), id="no name"),
        pytest.param(replace(WHOLE, phone=""), Gap(Part.APPLICANT, "phone"), id="no phone"),
        pytest.param(replace(WHOLE, answers={}), Gap(Part.DECLARATION, "ten_con"), id="a question unanswered"),
        pytest.param(replace(WHOLE, answers={"ten_con": "  "}), Gap(Part.DECLARATION, "ten_con"), id="only blanks"),
        pytest.param(replace(WHOLE, given_positions=frozenset()), Gap(Part.PAPERS, "1"), id="a paper missing"),
        pytest.param(
            replace(WHOLE, needs_postal_address=True), Gap(Part.RETURN, "postal_address"), id="by post, but where to"
        ),
        pytest.param(replace(WHOLE, contact_confirmed=False), Gap(Part.CONTACT, "code"), id="contact not confirmed"),
    ],
)
def test_one_thing_missing_is_named(facts: ApplicationFacts, gap: Gap) -> None:
    assert gaps(facts) == (gap,)


def test_a_supplement_lacks_what_was_asked_for_whatever_else_is_missing() -> None:
    asked = [
        AskedPaper(position=3, is_needed=True, answer=None),
        AskedPaper(position=2, is_needed=True, answer=SupplementAnswer.ON_PAPER),
    ]

    assert supplement_gaps(replace(WHOLE, given_positions=frozenset()), asked) == (Gap(Part.PAPERS, "3"),)


def test_a_supplement_is_not_handed_in_without_the_contact_confirmed() -> None:
    assert supplement_gaps(replace(WHOLE, contact_confirmed=False), []) == (Gap(Part.CONTACT, "code"),)


def test_gaps_come_in_the_order_of_the_parts() -> None:
    nothing = replace(
        WHOLE,
        full_name="",
        phone="",
        answers={},
        given_positions=frozenset(),
        needs_postal_address=True,
        contact_confirmed=False,
    )

    assert [gap.part for gap in gaps(nothing)] == [
        Part.APPLICANT,
        Part.APPLICANT,
        Part.DECLARATION,
        Part.PAPERS,
        Part.RETURN,
        Part.CONTACT,
    ]


SMS, EMAIL = ContactWay.SMS, ContactWay.EMAIL


@pytest.mark.parametrize(
    ("usable", "has_email", "wanted"),
    [
        pytest.param({SMS, EMAIL}, True, {SMS, EMAIL}, id="both"),
        pytest.param({SMS, EMAIL}, False, {SMS}, id="both, but no address given"),
        pytest.param({SMS}, True, {SMS}, id="no mail goes out"),
        pytest.param({SMS}, False, {SMS}, id="no mail goes out, no address given"),
        pytest.param({EMAIL}, True, {EMAIL}, id="no text message goes out"),
        pytest.param({EMAIL}, False, {EMAIL}, id="no text message goes out: the address must be given"),
        pytest.param(set(), True, set(), id="nothing goes out"),
        pytest.param(set(), False, set(), id="nothing goes out, no address given"),
    ],
)
def test_a_guest_confirms_what_can_be_confirmed(
    usable: set[ContactWay], has_email: bool, wanted: set[ContactWay]
) -> None:
    assert ways_to_confirm(usable, has_email=has_email) == wanted


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("0912345678", "0912345678", id="as dialled"),
        pytest.param("+84 912 345 678", "0912345678", id="international, with blanks"),
        pytest.param("0912.345.678", "0912345678", id="with dots"),
        pytest.param("(0215) 3825-104", "02153825104", id="a landline of Điện Biên"),
        pytest.param("+84 24 3825 1234", "02438251234", id="a landline of Hà Nội, international"),
        pytest.param("0215.382.510", None, id="a landline without its last digit"),
        pytest.param("0612345678", None, id="a prefix nobody has"),
        pytest.param("0123456789", None, id="a prefix of before 2018"),
        pytest.param("+840912345678", None, id="international, with the zero left in"),
        pytest.param("٠٩١٢٣٤٥٦٧٨", None, id="other digits"),
        pytest.param("12345", None, id="too short"),
        pytest.param("", None, id="empty"),
        pytest.param("09123456789", None, id="too long"),
    ],
)
def test_a_phone_number_is_brought_to_one_form(text: str, number: str | None) -> None:
    assert phone_number(text) == number


@pytest.mark.parametrize(
    ("text", "is_number"),
    [("011199000123", True), ("040123456", True), ("01119900012", False), ("01119900012x", False), ("", False)],
)
def test_a_citizen_number_has_twelve_digits_or_nine_on_old_cards(text: str, is_number: bool) -> None:
    assert is_citizen_id(text) is is_number


@pytest.mark.parametrize(("number", "is_reached"), [("0912345678", True), ("02153825104", False), ("", False)])
def test_text_messages_reach_mobile_numbers(number: str, is_reached: bool) -> None:
    assert receives_texts(number) is is_reached


@given(st.from_regex(r"0[35789][0-9]{8}|02[0-9]{9}", fullmatch=True))
def test_a_normal_phone_number_stays_as_it_is(number: str) -> None:
    assert phone_number(number) == number
    assert phone_number("+84" + number[1:]) == number
