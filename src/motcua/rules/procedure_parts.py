"""The parts of an administrative procedure, and when a published version has them all (C-03).

Source: docs/law/procedure-parts.md (Decree 63/2010/NĐ-CP, article 8.2). Not to be taken for what an application
lacks, which is `rules.completeness`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Part(StrEnum):
    """The parts in the order of the form, 1 to 13."""

    NAME = "NAME"
    STEPS = "STEPS"
    MANNER = "MANNER"
    PAPERS = "PAPERS"
    SETS = "SETS"
    LIMIT = "LIMIT"
    SUBJECTS = "SUBJECTS"
    AGENCIES = "AGENCIES"
    FORMS = "FORMS"
    RESULT = "RESULT"
    CONDITIONS = "CONDITIONS"
    FEES = "FEES"
    LEGAL_BASIS = "LEGAL_BASIS"


MAY_BE_NONE: Final = (Part.FORMS, Part.RESULT, Part.CONDITIONS, Part.FEES)
"""Parts 9 to 12: those that a procedure may lack, if that is said."""


class Fault(StrEnum):
    """What is doubtful about parts that are there."""

    LIMIT_NOT_UNDERSTOOD = "LIMIT_NOT_UNDERSTOOD"
    FEE_NOT_UNDERSTOOD = "FEE_NOT_UNDERSTOOD"
    FEE_WITHOUT_BASIS = "FEE_WITHOUT_BASIS"
    FORM_WITHOUT_FILE = "FORM_WITHOUT_FILE"
    ABOLISHED_BODY = "ABOLISHED_BODY"


@dataclass(frozen=True, slots=True)
class PartsFacts:
    """What is known of one version: the parts that are there, those declared "none", and what stands in doubt.

    `unfounded_fees` counts what is to be paid, by the procedure or by a way to file, while the text that sets it is
    named neither there nor for the whole procedure; `names_fee_basis`: such a text is named somewhere.
    `forms_without_file` counts papers with the number of a form and no file.
    """

    filled: frozenset[Part]
    declared_none: frozenset[Part] = frozenset()
    is_limit_understood: bool = True
    is_fee_understood: bool = True
    unfounded_fees: int = 0
    names_fee_basis: bool = False
    forms_without_file: int = 0
    names_abolished_body: bool = False


class PartNotEmpty(Exception):
    """`part` cannot be declared "none": the version has one, or every procedure must have one."""

    def __init__(self, part: Part) -> None:
        super().__init__(part.value)
        self.part = part


def missing_parts(facts: PartsFacts) -> tuple[Part, ...]:
    """Return the parts that are neither there nor, where the law allows it, declared "none"; empty: it is complete."""
    excused = facts.declared_none & frozenset(MAY_BE_NONE)
    return tuple(part for part in Part if part not in facts.filled and part not in excused)


def faults(facts: PartsFacts) -> tuple[Fault, ...]:
    """Return what is doubtful, in the order of `Fault`.

    A fee needs a basis. Where the texts of fees are named, each fee names its own or has the procedure's; where none is
    named, the fee may rest on any of the legal documents, and only without one of these there is none for certain.
    """
    is_certain = facts.names_fee_basis or Part.LEGAL_BASIS not in facts.filled
    found = {
        Fault.LIMIT_NOT_UNDERSTOOD: not facts.is_limit_understood,
        Fault.FEE_NOT_UNDERSTOOD: not facts.is_fee_understood,
        Fault.FEE_WITHOUT_BASIS: facts.unfounded_fees > 0 and is_certain,
        Fault.FORM_WITHOUT_FILE: facts.forms_without_file > 0,
        Fault.ABOLISHED_BODY: facts.names_abolished_body,
    }
    return tuple(fault for fault, is_found in found.items() if is_found)


def problems(facts: PartsFacts) -> tuple[Part | Fault, ...]:
    """Return everything that a reader of the quality report is told: the missing parts, then the faults."""
    return (*missing_parts(facts), *faults(facts))


def check_may_be_none(part: Part, filled: frozenset[Part]) -> None:
    """Raise `PartNotEmpty` unless `part` may be declared "none" for a version in which `filled` are there."""
    if part not in MAY_BE_NONE or part in filled:
        raise PartNotEmpty(part)
