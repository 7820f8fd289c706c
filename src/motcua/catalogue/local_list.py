"""The province's list of a procedure regulated above: which ones have one, and what of it stays (C-05).

What is told from above takes the place of everything else, so that a list freezes nothing it does not decide.
"""

from dataclasses import replace
from typing import Final

from motcua.catalogue.definitions import Content
from motcua.catalogue.models import Procedure, PublicationLine
from motcua.rules.publication import LIST_PARTS, WITH_CONTENT, DecisionState

KEPT: Final = LIST_PARTS | {"decision_no"}
"""What the list decides, and the number of the decision that says so."""


def listed_procedures() -> frozenset[int]:
    """Return the keys of the procedures regulated above whose list the province has published, in one query."""
    lines = PublicationLine.objects.filter(
        decision__state=DecisionState.PUBLISHED,
        kind__in=WITH_CONTENT,
        procedure__scope=Procedure.Scope.NATIONAL,
    )
    return frozenset(lines.values_list("procedure", flat=True))


def is_listed(procedure: Procedure) -> bool:
    """Tell whether the province has published the list of a procedure regulated above."""
    lines = procedure.publication_lines.filter(decision__state=DecisionState.PUBLISHED, kind__in=WITH_CONTENT)
    return procedure.scope == Procedure.Scope.NATIONAL and lines.exists()


def with_list(told: Content, ours: Content) -> Content:
    """Return what is told from above with what our list says of it."""
    return replace(told, **{name: getattr(ours, name) for name in KEPT})
