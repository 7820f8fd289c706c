"""How forms are drawn, and the fields that Vietnam writes its own way."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import renderers
from django.template.base import Template
from django.utils.translation import gettext_lazy as _

TEMPLATES: Mapping[str, str] = {
    "django/forms/errors/list/default.html": "ui/forms/errors.html",
    "django/forms/widgets/radio.html": "ui/forms/choices.html",
    "django/forms/widgets/checkbox_select.html": "ui/forms/choices.html",
    "django/forms/widgets/clearable_file_input.html": "ui/forms/file.html",
}

WRITTEN_DATE = re.compile(r"(?P<d>\d{1,2})(?P<sep>[/. -])(?P<m>\d{1,2})(?P=sep)(?P<y>\d{4})")


class Textarea(forms.Textarea):
    """A box for some lines, in which a line break is one character, as the browser that limits them counts it.

    What it sends has two characters for each.
    """

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Return what was typed with a line feed alone at the end of each line."""
        typed = super().value_from_datadict(data, files, name)
        return typed.replace("\r\n", "\n") if isinstance(typed, str) else typed


class FormRenderer(renderers.TemplatesSetting):
    """Draw `{{ form }}` and `{{ field.as_field_group }}` with the templates of ui/forms/."""

    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"

    def get_template(self, template_name: str) -> Template | None:
        """Load a template, ours in place of Django's where there is one."""
        return super().get_template(TEMPLATES.get(template_name, template_name))


@dataclass(frozen=True, slots=True)
class SummaryError:
    """An error sentence and the id of what repairs it; no id for the form as a whole."""

    text: str
    field_id: str


def errors_of(form: forms.BaseForm) -> list[SummaryError]:
    """List the errors of a bound form in the order of its fields, those of the whole form first."""
    if not form.is_bound:
        return []
    found = [SummaryError(text=str(text), field_id="") for text in form.non_field_errors()]
    for bound in form:
        label = str(bound.label).rstrip(" ?.:!")
        found += [SummaryError(text=f"{label}: {text}", field_id=_focus_id(bound)) for text in bound.errors]
    return found


def _focus_id(bound: forms.BoundField) -> str:
    if isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


class VietnameseDateInput(forms.DateInput):
    """One box for day/month/year, with the keyboard of digits; a native picker hides the year of birth too deep."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        shape = {"inputmode": "numeric", "autocomplete": "off", "class": "input--short", "maxlength": "10"}
        super().__init__(attrs={**shape, **(attrs or {})}, format="%d/%m/%Y")


class VietnameseDateField(forms.DateField):
    """A date as people write it: 5/3/1985, 05-03-1985, 05.03.1985 or, in eight digits, 05031985."""

    widget = VietnameseDateInput
    default_error_messages = {"invalid": _("Ghi ngày theo thứ tự ngày/tháng/năm, ví dụ 27/03/1985.")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Ví dụ: 27/03/1985"))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        """Read a date; two-digit years are refused rather than guessed."""
        text = value.strip() if isinstance(value, str) else value
        if not text or not isinstance(text, str):
            return super().to_python(text)
        if text.isdecimal() and len(text) == len("ddmmyyyy"):
            text = f"{text[:2]}/{text[2:4]}/{text[4:]}"
        written = WRITTEN_DATE.fullmatch(text)
        try:
            day, month, year = (int(part) for part in written.group("d", "m", "y")) if written else (0, 0, 0)
            return date(year, month, day)
        except ValueError as unreadable:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from unreadable


class FileUpload(forms.ClearableFileInput):
    """A file box that says its rules; the script beside it checks the size and shrinks photos before sending."""

    kept_name = kept_token = ""

    def __init__(self, *, accept: str, max_bytes: int, attrs: dict[str, Any] | None = None) -> None:
        self.max_bytes = max_bytes
        rules = {"accept": accept, "data-max-bytes": str(max_bytes), "data-upload": ""}
        super().__init__(attrs={**rules, **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the size limit in MB for the sentence under the box."""
        context = super().get_context(name, value, attrs)
        context["widget"]["max_mb"] = self.max_bytes // 1024**2
        context["widget"]["kept_name"], context["widget"]["kept_token"] = self.kept_name, self.kept_token
        return context

    def show_kept(self, name: str, token: str) -> None:
        """Say that a file has been taken in already; `token` goes back with the form in place of the file."""
        self.kept_name, self.kept_token = name, token
