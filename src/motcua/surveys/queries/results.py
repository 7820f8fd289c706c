"""What a closed survey found: by question, by factor, by unit, and who kept silent (E-11)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from motcua.rules.surveys import (
    LEAST_ALIKE,
    Answer,
    Estimate,
    Silence,
    SurveyState,
    estimate,
    index_of,
    mean_index,
    silences,
)
from motcua.surveys.facts import weight_of
from motcua.surveys.models import AnswerSheet, SheetMark, Survey, SurveyInvitation, SurveyTurnout

_Sheets = Mapping[UUID, AnswerSheet]
_Mark = tuple[UUID, int, int]  # of a sheet, for a question


@dataclass(frozen=True, slots=True)
class Figure:
    """An estimate under its name, with its index in per cent."""

    name: str
    found: Estimate
    index: Fraction


@dataclass(frozen=True, slots=True)
class FactorFigure:
    """A factor: the mean of its questions, each as much as the other; None where none was answered."""

    name: str
    index: Fraction | None
    questions: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class SurveyResults:
    """A closed survey: `total` is the mean of the factors. Units with fewer than `LEAST_ALIKE` sheets are left out.

    `by_unit` and `by_outcome` tell who kept silent; `hidden_units` how many units answered too rarely to be shown.
    """

    survey: Survey
    invited: int
    answered: int
    paper: int
    total: Fraction | None
    factors: tuple[FactorFigure, ...]
    units: tuple[Figure, ...]
    hidden_units: int
    by_unit: tuple[Silence, ...]
    by_outcome: tuple[Silence, ...]
    by_way: tuple[Silence, ...]

    @property
    def rate(self) -> Fraction:
        """The share of those asked who answered."""
        return Fraction(self.answered, self.invited) if self.invited else Fraction(0)


class NotClosed(Exception):
    """Nothing is told of a survey that is still open: one answer more would show whose it is."""


def results(survey: Survey) -> SurveyResults:
    """Return what a closed survey found, in a fixed number of queries; raises `NotClosed`."""
    if survey.state != SurveyState.CLOSED.value:
        raise NotClosed
    sheets = {row.pk: row for row in survey.sheets.select_related("unit")}
    marks = list(SheetMark.objects.filter(sheet__survey=survey).values_list("sheet", "question", "mark"))
    factors = _factors(survey, sheets, marks)
    told = [factor.index for factor in factors if factor.index is not None]
    units, hidden = _units(sheets, marks)
    turnouts = list(survey.turnouts.all())
    return SurveyResults(
        survey=survey,
        invited=sum(row.asked for row in turnouts if row.kind == SurveyTurnout.Kind.WAY),
        answered=len(sheets),
        paper=sum(sheet.is_paper for sheet in sheets.values()),
        total=mean_index((index, Fraction(1)) for index in told),
        factors=factors,
        units=units,
        hidden_units=hidden,
        by_unit=_silences(turnouts, SurveyTurnout.Kind.UNIT),
        by_outcome=_silences(turnouts, SurveyTurnout.Kind.OUTCOME),
        by_way=_silences(turnouts, SurveyTurnout.Kind.WAY),
    )


def _factors(survey: Survey, sheets: _Sheets, marks: Sequence[_Mark]) -> tuple[FactorFigure, ...]:
    by_question: defaultdict[int, list[Answer]] = defaultdict(list)
    for sheet, question, mark in marks:
        by_question[question].append(_answer(sheets[sheet], mark, lambda row: str(row.unit_id)))
    by_factor: dict[str, list[Figure]] = {}
    for row in survey.questions.order_by("position"):
        figures = by_factor.setdefault(row.factor, [])
        figures += _figure(row.text, by_question[row.pk])
    return tuple(
        FactorFigure(name, mean_index((one.index, Fraction(1)) for one in figures), tuple(figures))
        for name, figures in by_factor.items()
    )


def _units(sheets: _Sheets, marks: Sequence[_Mark]) -> tuple[tuple[Figure, ...], int]:
    """Return the share of satisfied among all marks by unit, by name; the marks of a sheet count as one cluster."""
    by_unit: defaultdict[str, list[Answer]] = defaultdict(list)
    counted: defaultdict[str, set[UUID]] = defaultdict(set)
    for sheet, _question, mark in marks:
        row = sheets[sheet]
        by_unit[row.unit.name].append(_answer(row, mark, lambda one: str(one.pk)))
        counted[row.unit.name].add(sheet)
    shown = [name for name in by_unit if len(counted[name]) >= LEAST_ALIKE]
    figures = [_of_sheets(figure, len(counted[name])) for name in shown for figure in _figure(name, by_unit[name])]
    return tuple(sorted(figures, key=lambda one: one.name)), len(by_unit) - len(shown)


def _of_sheets(figure: Figure, count: int) -> Figure:
    """Return the figure of a unit with the number of its sheets: what may be compared hangs on people, not on marks."""
    found = figure.found
    sheets = Estimate(found.share, found.low, found.high, count, min(found.effective, count))
    return Figure(figure.name, sheets, figure.index)


def _figure(name: str, answers: Iterable[Answer]) -> list[Figure]:
    found = estimate(answers)
    return [] if found is None else [Figure(name, found, index_of(found))]


def _answer(sheet: AnswerSheet, mark: int, cluster: Callable[[AnswerSheet], str]) -> Answer:
    return Answer(cluster(sheet), weight_of(sheet), mark)


def _silences(turnouts: Sequence[SurveyTurnout], kind: SurveyTurnout.Kind) -> tuple[Silence, ...]:
    rows = [row for row in turnouts if row.kind == kind]
    return silences({row.category: row.asked for row in rows}, {row.category: row.answered for row in rows})


def slips(survey: Survey) -> list[SurveyInvitation]:
    """Return those who are asked on paper, by unit and dossier; only of an open survey."""
    if survey.state != SurveyState.OPEN.value:
        return []
    rows = survey.invitations.filter(way=SurveyInvitation.Way.SLIP, is_spent=False)
    return list(rows.select_related("unit", "dossier", "survey").order_by("unit__sort_key", "dossier__code"))
