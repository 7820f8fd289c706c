"""The province's own documents while they are drafted: who does what, and what is settled before signature (M02).

Source: docs/law/drafting.md. What the rulebook does not say of the way of a draft is dated configuration, marked there.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from motcua.rules.legal_basis import Finding, Severity
from motcua.rules.legal_effect import Relation
from motcua.rules.legal_numbers import Kind, NumberUnclear, kind_of, read_number
from motcua.rules.permissions import Role, RoleGrant


class DraftKind(StrEnum):
    """What is drafted (J-01, J-03)."""

    COMMITTEE_DECISION = "COMMITTEE_DECISION"
    CHAIRMAN_DECISION = "CHAIRMAN_DECISION"
    REGULATION = "REGULATION"
    DECISION = "DECISION"
    PLAN = "PLAN"
    PROGRAMME = "PROGRAMME"
    DIRECTIVE = "DIRECTIVE"


NORMATIVE: Final = frozenset({DraftKind.COMMITTEE_DECISION, DraftKind.CHAIRMAN_DECISION})
"""Drafts of normative documents (J-01); the others are administrative."""

KIND_IN_REGISTER: Final[dict[DraftKind, Kind]] = {
    DraftKind.COMMITTEE_DECISION: Kind.DECISION,
    DraftKind.CHAIRMAN_DECISION: Kind.DECISION,
    DraftKind.REGULATION: Kind.DECISION,
    DraftKind.DECISION: Kind.DECISION,
    DraftKind.PLAN: Kind.PLAN,
    DraftKind.PROGRAMME: Kind.PROGRAMME,
    DraftKind.DIRECTIVE: Kind.DIRECTIVE,
}
"""What a signed draft is in the register; a regulation is issued by a decision and carries its number."""

DRAFTED_RELATIONS: Final = (
    Relation.BASED_ON,
    Relation.DETAILS,
    Relation.AMENDS,
    Relation.REPLACES,
    Relation.REPEALS,
)
"""What a draft may say that it will do to documents of the register (J-06)."""
TOUCHING: Final = frozenset({Relation.AMENDS, Relation.REPLACES, Relation.REPEALS})
"""Relations that change or end an older document (J-09)."""


class DraftState(StrEnum):
    """Where a draft stands."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    GIVEN_BACK = "GIVEN_BACK"
    SIGNED = "SIGNED"


class DraftAct(StrEnum):
    """What is done to a draft. EDIT stands for its text, what it rests on, and the items of its checklist."""

    EDIT = "EDIT"
    SUBMIT = "SUBMIT"
    GIVE_BACK = "GIVE_BACK"
    SIGN = "SIGN"


STATE_AFTER: Final[dict[tuple[DraftState, DraftAct], DraftState]] = {
    (DraftState.DRAFT, DraftAct.EDIT): DraftState.DRAFT,
    (DraftState.DRAFT, DraftAct.SUBMIT): DraftState.SUBMITTED,
    (DraftState.SUBMITTED, DraftAct.GIVE_BACK): DraftState.GIVEN_BACK,
    (DraftState.SUBMITTED, DraftAct.SIGN): DraftState.SIGNED,
    (DraftState.GIVEN_BACK, DraftAct.EDIT): DraftState.GIVEN_BACK,
    (DraftState.GIVEN_BACK, DraftAct.SUBMIT): DraftState.SUBMITTED,
}
"""The acts open in each state; what is not listed is refused."""

_DRAFTERS: Final = frozenset({Role.LEGAL_OFFICER, Role.PROCEDURE_CONTROL_OFFICER})
_SIGNERS: Final = frozenset({Role.SIGNER})
ROLES_FOR_ACT: Final[dict[DraftAct, frozenset[Role]]] = {
    DraftAct.EDIT: _DRAFTERS,
    DraftAct.SUBMIT: _DRAFTERS,
    DraftAct.GIVE_BACK: _SIGNERS,
    DraftAct.SIGN: _SIGNERS,
}


class DraftActNotOpen(Exception):
    """The draft stands in `state`, where `act` is not done."""

    def __init__(self, state: DraftState, act: DraftAct) -> None:
        super().__init__(f"{act} in {state}")
        self.state = state
        self.act = act


class MayNotDraft(Exception):
    """The official may not do this to a draft."""


def state_after(state: DraftState, act: DraftAct) -> DraftState:
    """Return where a draft stands after `act`; raises `DraftActNotOpen`."""
    if (state, act) not in STATE_AFTER:
        raise DraftActNotOpen(state, act)
    return STATE_AFTER[state, act]


def may_do(act: DraftAct, issuer_id: int, grants: Iterable[RoleGrant], *, on: date) -> bool:
    """Tell whether an official with `grants` may do `act` on `on` to a draft that unit `issuer_id` is to issue."""
    roles = ROLES_FOR_ACT[act]
    return any(grant.role in roles and grant.unit_id == issuer_id and grant.holds_on(on) for grant in grants)


class ItemCode(StrEnum):
    """What is looked at before a document is signed."""

    TEXT = "TEXT"
    BASES = "BASES"
    AUTHORITY = "AUTHORITY"
    OLDER_DOCUMENTS = "OLDER_DOCUMENTS"
    OPINIONS = "OPINIONS"
    APPRAISAL = "APPRAISAL"
    IMPACT = "IMPACT"
    PUBLICATION = "PUBLICATION"
    TRANSITION = "TRANSITION"
    POSTING = "POSTING"


AUTOMATIC: Final = frozenset({ItemCode.TEXT, ItemCode.BASES})
"""Items that the program finds out by itself; nobody ticks them."""


class ItemState(StrEnum):
    """Where an item stands; NOT_NEEDED always has a reason."""

    OPEN = "OPEN"
    DONE = "DONE"
    NOT_NEEDED = "NOT_NEEDED"


class Occasion(StrEnum):
    """When an item stands on the checklist at all."""

    ALWAYS = "ALWAYS"
    SETS_PROCEDURES = "SETS_PROCEDURES"
    CHANGES_RULES = "CHANGES_RULES"


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a checklist: where it stands in the way of signing, and whether a reason can set it aside.

    `rule` names where it comes from: a rule of the rulebook, or "U" where none says it.
    """

    code: ItemCode
    rule: str
    compulsory: frozenset[DraftKind]
    occasion: Occasion = Occasion.ALWAYS
    can_be_waived: bool = False


@dataclass(frozen=True, slots=True)
class Checklist:
    """The items that hold for documents submitted or signed from `valid_from` on, in their order."""

    valid_from: date
    items: tuple[Item, ...]


_ALL: Final = frozenset(DraftKind)
CHECKLISTS: Final = (
    Checklist(
        date(2026, 1, 1),
        (
            Item(ItemCode.TEXT, "U", _ALL),
            Item(ItemCode.BASES, "J-07", _ALL),
            Item(ItemCode.AUTHORITY, "J-01", _ALL),
            Item(ItemCode.OLDER_DOCUMENTS, "J-09", NORMATIVE, can_be_waived=True),
            Item(ItemCode.OPINIONS, "U", NORMATIVE, can_be_waived=True),
            Item(ItemCode.APPRAISAL, "U", NORMATIVE),
            Item(ItemCode.IMPACT, "C-14", _ALL, Occasion.SETS_PROCEDURES),
            Item(ItemCode.PUBLICATION, "C-02, C-07", _ALL, Occasion.SETS_PROCEDURES),
            Item(ItemCode.TRANSITION, "C-12", _ALL, Occasion.CHANGES_RULES, can_be_waived=True),
            Item(ItemCode.POSTING, "J-08", NORMATIVE),
        ),
    ),
)
"""Dated; before the first its items hold. Which kinds an item binds is ours where the rulebook is silent."""


def checklist_on(day: date) -> Checklist:
    """Return the checklist that holds on `day`."""
    return next((one for one in reversed(CHECKLISTS) if one.valid_from <= day), CHECKLISTS[0])


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """What the rules need to know of a draft.

    `relations` are those it will have, `findings` what is wrong with its bases (J-07), `settled` the items that people
    settled, each with its state.
    """

    kind: DraftKind
    has_text: bool
    sets_procedures: bool
    relations: frozenset[Relation]
    findings: tuple[Finding, ...]
    settled: Mapping[ItemCode, ItemState]


@dataclass(frozen=True, slots=True)
class Line:
    """An item of the draft's checklist as it stands; `is_compulsory` for this kind of draft."""

    item: Item
    state: ItemState
    is_compulsory: bool

    @property
    def is_automatic(self) -> bool:
        """Whether the program finds it out by itself."""
        return self.item.code in AUTOMATIC

    @property
    def blocks(self) -> bool:
        """Whether it stands in the way of signing."""
        return self.is_compulsory and self.state is ItemState.OPEN


def lines(facts: DraftFacts, *, on: date) -> tuple[Line, ...]:
    """Return the checklist of a draft as it stands on `on`, in its order.

    An item set aside that no reason can set aside is open: it was settled before the draft became what it now is.
    """
    there = (item for item in checklist_on(on).items if _is_asked(item, facts))
    return tuple(_line(item, facts) for item in there)


def open_items(facts: DraftFacts, *, on: date) -> tuple[ItemCode, ...]:
    """Return the compulsory items that are open on `on`: with one of them nothing is submitted or signed (M02)."""
    return tuple(line.item.code for line in lines(facts, on=on) if line.blocks)


class ItemNotSettled(Exception):
    """The item cannot be settled like that: it is not on the checklist, the program finds it out, or it is compulsory.

    `code` names it.
    """

    def __init__(self, code: ItemCode) -> None:
        super().__init__(code.value)
        self.code = code


def check_settling(line: Line | None, code: ItemCode, state: ItemState, note: str) -> None:
    """Refuse a state that an item cannot have; raises `ItemNotSettled`.

    One set aside needs a reason; one that is compulsory is set aside only where the checklist lets a reason do so.
    """
    if line is None or line.is_automatic:
        raise ItemNotSettled(code)
    if state is ItemState.NOT_NEEDED and not (note and may_set_aside(line)):
        raise ItemNotSettled(code)


def may_set_aside(line: Line) -> bool:
    """Tell whether a reason can set the item aside."""
    return line.item.can_be_waived or not line.is_compulsory


LOCAL_DAYS_TO_EFFECT: Final = 10
"""Days from signing a local normative document to its effect (J-04, Art 53); calendar days, which is ours."""


def earliest_effect(kind: DraftKind, signed_on: date, *, is_shortened: bool) -> date:
    """Return the first day on which a document signed on `signed_on` may take effect; never before it (J-04)."""
    waits = kind in NORMATIVE and not is_shortened
    return signed_on + timedelta(days=LOCAL_DAYS_TO_EFFECT) if waits else signed_on


class NumberFault(StrEnum):
    """What is wrong with the number that is to be given."""

    UNCLEAR = "UNCLEAR"
    YEAR_MISSING = "YEAR_MISSING"
    YEAR_WRONG = "YEAR_WRONG"
    KIND_WRONG = "KIND_WRONG"
    ISSUER_WRONG = "ISSUER_WRONG"


def number_fault(text: str, *, kind: DraftKind, issuer_mark: str, signed_on: date) -> NumberFault | None:
    """Return what is wrong with the number of a document of `kind`, None when it may be given (J-02, J-03).

    A normative one has the year of its signing; `issuer_mark` is what the draft said, empty: any.
    """
    try:
        number = read_number(text)
    except NumberUnclear:
        return NumberFault.UNCLEAR
    wrong: dict[NumberFault, bool] = {
        NumberFault.YEAR_MISSING: kind in NORMATIVE and not number.looks_normative,
        NumberFault.YEAR_WRONG: number.year not in {None, signed_on.year},
        NumberFault.KIND_WRONG: kind_of(number) is not KIND_IN_REGISTER[kind],
        NumberFault.ISSUER_WRONG: issuer_mark not in {"", number.issuer},
    }
    return next((fault for fault, is_wrong in wrong.items() if is_wrong), None)


def _is_asked(item: Item, facts: DraftFacts) -> bool:
    return {
        Occasion.ALWAYS: True,
        Occasion.SETS_PROCEDURES: facts.sets_procedures,
        Occasion.CHANGES_RULES: facts.sets_procedures or _touches(facts.relations),
    }[item.occasion]


def _touches(relations: AbstractSet[Relation]) -> bool:
    return not TOUCHING.isdisjoint(relations)


def _line(item: Item, facts: DraftFacts) -> Line:
    line = Line(item, _state(item, facts), facts.kind in item.compulsory)
    return (
        replace(line, state=ItemState.OPEN) if line.state is ItemState.NOT_NEEDED and not may_set_aside(line) else line
    )


def _state(item: Item, facts: DraftFacts) -> ItemState:
    if item.code is ItemCode.TEXT:
        return ItemState.DONE if facts.has_text else ItemState.OPEN
    if item.code is ItemCode.BASES:
        is_sound = Relation.BASED_ON in facts.relations and not _has_error(facts.findings)
        return ItemState.DONE if is_sound else ItemState.OPEN
    return facts.settled.get(item.code, ItemState.OPEN)


def _has_error(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)
