"""What invented applicants write: something sensible to every question, in the shape that the form keeps."""

import random
from datetime import date

import pytest

from motcua.catalogue.models import ProcedureVersion
from motcua.demo.commands.applicants import answer, invent
from motcua.demo.definitions import answers, procedures
from motcua.demo.procedure_definitions import FieldDefinition, ProcedureDefinition
from motcua.ui.fields import field_for, written

TODAY = date(2026, 3, 2)
BY_KIND = {"choice", "citizen_id", "phone"}


def question(field: FieldDefinition) -> dict[str, object]:
    return {"key": field.key, "label": field.label, "kind": field.kind.value, "options": list(field.options)}


def test_every_question_has_an_answer_of_its_own_and_none_is_left_over() -> None:
    fields = [field for procedure in procedures() for field in procedure.declaration]

    asked = {field.key for field in fields if field.kind.value not in BY_KIND}

    assert len(asked) > 80
    assert asked - answers().keys == set()
    assert answers().keys - asked == set()


@pytest.mark.parametrize("procedure", procedures(), ids=lambda procedure: procedure.code)
def test_what_is_written_is_what_the_form_would_have_kept(procedure: ProcedureDefinition) -> None:
    chance = random.Random(procedure.code)
    questions = [question(field) for field in procedure.declaration]
    version = ProcedureVersion(declaration=questions)

    said = answer(chance, version, invent(chance, place="Phường Điện Biên Phủ"), TODAY)

    assert said.keys() == {field.key for field in procedure.declaration}
    for asked in questions:
        given = said[str(asked["key"])]
        assert written(field_for(asked).clean(given)) == given, asked["key"]
