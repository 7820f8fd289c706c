import pytest
from django.test import Client

from motcua.ui.pages import MOST_PAGES, number_asked, page_asked


@pytest.mark.parametrize(
    ("written", "page"),
    [
        ("1", 1),
        ("12", 12),
        ("", 1),
        ("0", 1),
        ("-3", 1),
        ("x", 1),
        ("²", 1),
        ("99999999", MOST_PAGES),
        ("9" * 5000, 1),
    ],
)
def test_the_page_asked_for_is_one_there_could_be(written: str, page: int) -> None:
    assert page_asked(written) == page


@pytest.mark.parametrize(("written", "number"), [("7", 7), ("", 0), ("x", 0), ("9" * 20, 0), ("9" * 5000, 0)])
def test_a_number_of_an_address_fits_the_database(written: str, number: int) -> None:
    assert number_asked(written) == number


@pytest.mark.django_db
def test_a_page_number_of_thousands_of_digits_is_no_error(client: Client) -> None:
    assert client.get(f"/phan-anh/?trang={'9' * 5000}").status_code == 200
