"""The facts of the demonstration province, read strictly from the hand-written files in data/."""

from motcua.demo.answer_definitions import answers
from motcua.demo.linked_definitions import linked_groups
from motcua.demo.people_definitions import people
from motcua.demo.procedure_definitions import procedures
from motcua.demo.unit_definitions import old_units, units
from motcua.demo.workflow_definitions import workflows

__all__ = ["answers", "linked_groups", "old_units", "people", "procedures", "units", "workflows"]
