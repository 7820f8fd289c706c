"""A linked application as it goes out: the whole and each of its legs, nothing personal."""

from motcua.api.shapes import DerivedDayShape, Moment, Shape
from motcua.rules.linked import LegState, WholeState
from motcua.rules.transitions import Status


class LegShape(Shape):
    """One leg. `code` and `status` are null before it opens; `because_of` names the leg that keeps it from opening.

    `due_at` is by the plan of the whole, `own_due_at` by the clock of the leg's own dossier, `right_due_at` by when a
    wrong result has to be put right, null where none is being so. The results of the others wait for it until
    `awaited_until`; null: always.
    """

    number: int
    procedure_code: str
    name: str
    agency: str
    state: LegState
    state_label: str
    code: str | None
    status: Status | None
    holder: str
    after: tuple[str, ...]
    begins_at: Moment | None
    due_at: Moment | None
    own_due_at: Moment | None
    right_due_at: Moment | None
    awaited_until: Moment | None
    ended_at: Moment | None
    because_of: str
    is_late: bool


class LinkedShape(Shape):
    """The whole, counted as one application; `code` is that of its leading dossier, `due_at` the promise for all."""

    code: str
    group_code: str
    name: str
    state: WholeState
    state_label: str
    lead_agency: str
    accepted_at: Moment | None
    due_at: Moment | None
    due_is_provisional: bool
    derivation: tuple[DerivedDayShape, ...]
    finished_at: Moment | None
    returns_together: bool
    legs: tuple[LegShape, ...]
