import re
from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template

from motcua.ui.forms import FileUpload, VietnameseDateField, errors_of


class Letter(forms.Form):
    name = forms.CharField(label="Họ và tên", help_text="Như trên thẻ căn cước.")
    channel = forms.ChoiceField(
        label="Nhận kết quả ở đâu?", widget=forms.RadioSelect, choices=[("1", "Quầy"), ("2", "Nhà")]
    )
    note = forms.CharField(label="Ghi chú", required=False)
    photo = forms.FileField(label="Ảnh", required=False, widget=FileUpload(accept="image/*", max_bytes=20 * 1024**2))
    agree = forms.BooleanField(label="Tôi cam đoan", required=False)

    def clean(self) -> None:
        self.add_error(None, "Nơi này chưa nhận hồ sơ.")


def described_by(html: str, marker: str) -> list[str]:
    tag = next(tag for tag in re.findall(r"<[^>]+>", html) if marker in tag)
    found = re.search(r'aria-describedby="([^"]+)"', tag)
    return found[1].split() if found else []


def test_a_field_points_to_its_help_and_its_error() -> None:
    html = Letter({})["name"].as_field_group()

    ids = described_by(html, 'name="name"')

    assert ids == ["id_name_helptext", "id_name_error"]
    assert all(f'id="{one}"' in html for one in ids)
    assert "Hãy điền mục này." in html
    assert 'aria-invalid="true"' in html


def test_choices_are_a_group_with_a_legend_and_their_error() -> None:
    html = Letter({})["channel"].as_field_group()

    assert "<legend>" in html
    assert described_by(html, "<fieldset") == ["id_channel_error"]
    assert html.count('type="radio"') == 2
    assert 'for="id_channel_1"' in html


def test_only_what_is_optional_says_so() -> None:
    form = Letter()

    assert "không bắt buộc" in form["note"].as_field_group()
    assert "không bắt buộc" not in form["name"].as_field_group()


def test_a_tick_box_stands_before_its_words() -> None:
    html = Letter()["agree"].as_field_group()

    assert html.index("<input") < html.index("Tôi cam đoan")


def test_a_file_box_says_its_limit_and_gives_it_to_the_script() -> None:
    html = Letter()["photo"].as_field_group()

    assert "không quá 20 MB" in html
    assert 'data-max-bytes="20971520"' in html


def test_the_summary_names_each_field_and_leads_to_it() -> None:
    errors = errors_of(Letter({}))

    assert [(error.text, error.field_id) for error in errors] == [
        ("Nơi này chưa nhận hồ sơ.", ""),
        ("Họ và tên: Hãy điền mục này.", "id_name"),
        ("Nhận kết quả ở đâu: Hãy điền mục này.", "id_channel_0"),
    ]


def test_the_summary_is_an_alert_and_absent_without_errors() -> None:
    template = Template("{% load ui %}{% error_summary form %}")

    assert 'role="alert"' in template.render(Context({"form": Letter({})}))
    assert template.render(Context({"form": Letter()})).strip() == ""


def test_a_whole_form_is_drawn_with_its_hidden_fields() -> None:
    form = Letter()
    form.fields["key"] = forms.CharField(widget=forms.HiddenInput, initial="k-1")

    html = str(form)

    assert html.count('class="field') - html.count('class="field__') == 5
    assert 'name="key" value="k-1"' in html


@pytest.mark.parametrize("written", ["5/3/1985", "05-03-1985", "05.03.1985", " 05/03/1985 ", "05031985", "5 3 1985"])
def test_a_date_is_read_as_people_write_it(written: str) -> None:
    assert VietnameseDateField().clean(written) == date(1985, 3, 5)


@pytest.mark.parametrize(
    "written", ["31/02/1985", "1985-03-05", "5/3/85", "5/3-1985", "hôm qua", "00000000", "13131985"]
)
def test_what_is_no_date_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(ValidationError, match="27/03/1985"):
        VietnameseDateField().clean(written)


def test_a_date_that_may_be_missing_is_none() -> None:
    assert VietnameseDateField(required=False).clean("  ") is None
