"""What papers about the catalogue say: a decision with its annex (C-06), the plan to simplify a procedure (C-15)."""

from typing import TypedDict


class LetterHead(TypedDict):
    """The head of a letter as Decree 30/2020 lays it out.

    `at` is the moment that names the file's age, `on` the day in words, empty until the letter is signed, as `number`.
    """

    superior: str
    desk: str
    number: str
    place: str
    at: str
    on: str
    size: str
    is_draft: bool
    signer: str


class Annex(TypedDict):
    """One table of the annex: `widths` are the shares of its columns, `rows` the cells, the first one the number."""

    title: str
    heads: list[str]
    widths: list[float]
    rows: list[list[str]]


class DecisionData(LetterHead):
    """A decision that publishes procedures; `grounds` stand after "Căn cứ", `articles` after their numbers."""

    title: str
    grounds: list[str]
    articles: list[str]
    annexes: list[Annex]


class SaidOf(TypedDict):
    """A fact and its name."""

    label: str
    value: str


class ProposedPart(TypedDict):
    """What is proposed for one part."""

    name: str
    verdict: str
    proposal: str


class SavedSum(TypedDict):
    """What is saved, before and after, in figures with their unit and in per cent."""

    what: str
    before: str
    after: str
    cut: str
    rate: str


class CostRow(TypedDict):
    """One row of a cost table as it is read (C-16)."""

    name: str
    manner: str
    hours: str
    service: str
    fee: str
    times: str
    subjects: str
    once: str
    year: str


class CostSide(TypedDict):
    """A cost table, before or after, and its sum a year."""

    title: str
    rows: list[CostRow]
    total: str


class ProposalData(LetterHead):
    """The plan to simplify one procedure."""

    year: str
    ordinal: str
    procedure: str
    code: str
    unit: str
    role: str
    about: list[SaidOf]
    summary: str
    parts: list[ProposedPart]
    sums: list[SavedSum]
    costs: list[CostSide]
