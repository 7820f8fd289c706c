import re

import pytest
from django.template.loader import render_to_string

from motcua.ui.errors import ERROR_PAGES, error_page_for
from motcua.ui.styleguide import context


def test_the_frame_has_one_main_place_and_a_way_to_it() -> None:
    html = render_to_string("ui/base.html")

    assert html.count("<main ") == 1
    assert 'href="#main"' in html
    assert '<html lang="vi">' in html


@pytest.mark.usefixtures("_in_english")
def test_the_frame_says_which_language_it_speaks() -> None:
    html = render_to_string("ui/base.html")

    assert '<html lang="en">' in html
    assert "Skip to main content" in html


@pytest.mark.parametrize("status", sorted(ERROR_PAGES))
def test_an_error_page_says_what_happened_and_what_helps(status: int) -> None:
    page = error_page_for(status)

    html = render_to_string("ui/error.html", {"error": page, "request_id": "r-7"})

    assert f"<h1>{page.title}</h1>" in html
    assert all(str(line) in html for line in page.advice)
    assert "r-7" in html


@pytest.mark.parametrize(("status", "words_of"), [(418, 400), (406, 400), (502, 500), (503, 500), (302, 500)])
def test_an_unknown_error_borrows_the_words_of_its_family(status: int, words_of: int) -> None:
    assert error_page_for(status) is ERROR_PAGES[words_of]


def test_the_style_page_shows_every_component_without_a_gap() -> None:
    html = render_to_string("ui/styleguide.html", context())

    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert "quá hạn 2 giờ" in html
    assert "{{" not in html
    assert "None" not in html
