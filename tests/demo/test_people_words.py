"""Events of life and plain summaries of the demonstration name what there is."""

from pathlib import Path

import pytest

from motcua.demo.definitions import procedures
from motcua.demo.people_words import life_events, read_life_events, summaries
from motcua.demo.records import DefinitionFault


def test_each_event_belongs_to_procedures_that_name_it() -> None:
    naming = {procedure.code: procedure.life_events for procedure in procedures()}

    assert len(life_events()) >= 5
    for event in life_events():
        assert any(event.name in naming[step.procedure] for step in event.steps), event.code
        assert all(step.advice for step in event.steps)
    assert set(summaries()) <= set(naming)


def test_a_step_of_an_unknown_procedure_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "life_events.yaml"
    path.write_text('events: [{code: x, name: X, introduction: x, keywords: [x], steps: [{procedure: "9.9"}]}]')

    with pytest.raises(DefinitionFault):
        read_life_events(path)
