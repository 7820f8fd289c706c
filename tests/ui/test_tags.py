from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory

from motcua.rules.transitions import Status
from motcua.ui.icons import ICONS
from motcua.ui.parts import Urgency
from motcua.ui.statuses import LOOKS


def printed(source: str, **context: Any) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize("name", sorted(ICONS))
def test_an_icon_is_hidden_from_screen_readers(name: str) -> None:
    drawing = printed("{% icon name %}", name=name)

    assert drawing.startswith('<svg class="icon"')
    assert 'aria-hidden="true"' in drawing


def test_an_unknown_icon_is_a_mistake_and_not_an_empty_place() -> None:
    with pytest.raises(KeyError):
        printed('{% icon "kraken" %}')


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_a_look_with_its_word(status: Status) -> None:
    shown = printed("{% status_tag status 'Đã tiếp nhận' %}", status=status.value)

    assert f"tone--{LOOKS[status].tone}" in shown
    assert "<svg" in shown
    assert "Đã tiếp nhận" in shown


@pytest.mark.parametrize("urgency", list(Urgency))
def test_urgency_is_told_by_colour_icon_and_words(urgency: Urgency) -> None:
    shown = printed("{% urgency_tag urgency 'còn 3 giờ' %}", urgency=urgency)

    assert "tone--" in shown
    assert "<svg" in shown
    assert "còn 3 giờ" in shown


def test_what_people_typed_is_escaped() -> None:
    assert "<b>" not in printed('{% tag label "info" "check" %}', label="<b>Lò</b>")


def test_query_with_changes_one_parameter_and_keeps_the_rest() -> None:
    request = RequestFactory().get("/xu-ly/", {"q": "khai sinh", "page": "1", "sort": "due"})

    query = printed("{% autoescape off %}{% query_with page=2 sort=None %}{% endautoescape %}", request=request)

    assert QueryDict(query.removeprefix("?")).dict() == {"q": "khai sinh", "page": "2"}


@pytest.mark.parametrize(
    ("source", "value", "words"),
    [
        ("{{ value|vn_moment }}", datetime(2021, 2, 22, 10, 0, tzinfo=UTC), "17:00 thứ Hai, 22/02/2021"),
        ("{{ value|vn_date }}", date(2021, 2, 22), "22/02/2021"),
        ("{{ value|vn_day }}", date(2021, 2, 22), "thứ Hai, 22/02/2021"),
        ("{{ value|vnd }}", 150_000, "150.000 đồng"),
        ("{{ value|vnd }}", 0, "0 đồng"),
        ("{{ value|time_left }}", timedelta(hours=11), "còn 1 ngày 3 giờ"),
        ("{{ value|time_left }}", timedelta(0), "đến hạn ngay bây giờ"),
        ("{{ value|working_time }}", timedelta(hours=11), "1 ngày 3 giờ"),
    ],
)
def test_filters_print_words(source: str, value: object, words: str) -> None:
    assert printed(source, value=value) == words


@pytest.mark.parametrize("name", ["vn_moment", "vn_date", "vn_day", "vnd", "time_left", "working_time"])
def test_filters_print_nothing_for_nothing(name: str) -> None:
    assert printed(f"{{{{ value|{name} }}}}", value=None) == ""
