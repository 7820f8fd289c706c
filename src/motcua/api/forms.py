"""The shape of what people say about themselves: checked by the same fields as on the portal and at the counter."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from motcua.api.errors import FieldFault, FieldsInvalid
from motcua.dossiers.commands.draft import ApplicantDetails
from motcua.dossiers.models import ReturnChannel
from motcua.rules.declaration_answers import asked
from motcua.rules.declarations import UNANSWERED, as_stored
from motcua.ui.declarations import fields_from
from motcua.ui.fields import CitizenIdField, NameField, PhoneField, field_for, written


class PersonForm(forms.Form):
    """Who applies."""

    full_name = NameField(max_length=150)
    citizen_id = CitizenIdField()
    phone = PhoneField()
    email = forms.EmailField(required=False)
    address = forms.CharField(max_length=300)
    on_behalf_of = NameField(max_length=150, required=False)


def person_of(given: Mapping[str, str], prefix: str = "") -> ApplicantDetails:
    """Return who applies, cleaned; raises `FieldsInvalid` with paths that begin with `prefix`."""
    form = PersonForm(dict(given))
    _require(form, prefix)
    return ApplicantDetails(**{name: form.cleaned_data[name] for name in form.fields})


def answers_of(questions: Sequence[Mapping[str, Any]], given: Mapping[str, str], prefix: str = "") -> dict[str, str]:
    """Return the answers the way they are kept; raises `FieldsInvalid`.

    Questions may be left out: what is still missing is told when the application is handed in. The rows of a repeated
    group are asked for once their number is given.
    """
    every = asked(fields_from(questions), given)
    shown = {one.key: one for one in every if one.field.kind not in UNANSWERED}
    unknown = [FieldFault(f"{prefix}{key}", "extra_forbidden", _not_asked()) for key in given if key not in shown]
    if unknown:
        raise FieldsInvalid(unknown)
    form = forms.Form(dict(given))
    form.fields |= {key: field_for({**as_stored(shown[key].field), "required": False}) for key in given}
    _require(form, prefix)
    return {key: written(value) for key, value in form.cleaned_data.items()}


def postal_address_of(channel: ReturnChannel, address: str) -> str:
    """Return where the result goes by post; raises `FieldsInvalid` when it goes by post and nobody says where."""
    if channel == ReturnChannel.POST and not address:
        fault = _("Hãy ghi địa chỉ để bưu điện gửi kết quả tới.")
        raise FieldsInvalid([FieldFault("postal_address", "missing", fault)])
    return address


def _not_asked() -> str:
    return _("Thủ tục này không hỏi mục nào tên như vậy.")


def _require(form: forms.Form, prefix: str) -> None:
    faults = [
        FieldFault(f"{prefix}{name}", error.code or "invalid", " ".join(map(str, error.messages)))
        for name, errors in form.errors.as_data().items()
        for error in errors
    ]
    if faults:
        raise FieldsInvalid(faults)
