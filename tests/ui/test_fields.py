"""The fields of a declaration: numbers and amounts are read as they are meant, or asked again."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from motcua.ui.fields import field_for, written

NUMBER = {"key": "area", "label": "Diện tích", "kind": "number"}
MONEY = {"key": "worth", "label": "Giá trị", "kind": "money"}


@pytest.mark.parametrize(
    ("question", "typed", "kept"),
    [
        (NUMBER, "1,5", "1.5"),
        (NUMBER, "1.500.000", "1500000"),
        (NUMBER, "12,3450", "12.3450"),
        (MONEY, "500,000", "500000"),
        (MONEY, "1.500.000", "1500000"),
    ],
)
def test_what_is_kept_is_what_was_meant_and_reads_back(question: dict[str, str], typed: str, kept: str) -> None:
    field = field_for(question)

    assert written(field.clean(typed)) == kept
    assert written(field.clean(kept)) == kept


@pytest.mark.parametrize(
    ("question", "typed", "told"),
    [
        (NUMBER, "1.500", "“1.500” đọc được hai cách. Hãy ghi 1500, hoặc ghi 1,5."),
        (NUMBER, "12,345", "“12,345” đọc được hai cách. Hãy ghi 12345, hoặc ghi 12,3450."),
        (MONEY, "500,5", "Ghi số tiền bằng đồng, không có số lẻ."),
        (MONEY, "500.50", "Ghi số tiền bằng đồng, không có số lẻ."),
        (NUMBER, "-5", ""),
        (NUMBER, "hai", ""),
        (MONEY, "", ""),
    ],
)
def test_what_is_unclear_is_asked_again(question: dict[str, str], typed: str, told: str) -> None:
    with pytest.raises(ValidationError) as refused:
        field_for(question).clean(typed)

    assert told in refused.value.messages[0]


def test_a_number_that_is_none_of_a_text_is_taken_as_it_is() -> None:
    assert field_for(MONEY).clean(Decimal(5000)) == Decimal(5000)
