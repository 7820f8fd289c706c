"""Rows of a linked application as the plain values the rules decide on, and what it asks for once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects

from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.models import Dossier, LinkedApplication, LinkedLeg, Result
from motcua.organisations.models import Unit
from motcua.rules.declaration_answers import Asked, asked
from motcua.rules.declarations import FieldDefinition, as_stored, from_stored
from motcua.rules.linked import (
    LEAD,
    Leg,
    LegState,
    WithdrawalEnds,
    leg_state,
    may_still_open,
    withdrawal_is_open,
)
from motcua.rules.linked_papers import answers_of_leg, asked_fields
from motcua.rules.transitions import ISSUED, NEXT, Action, open_actions


def carries_the_whole(dossier: Dossier) -> bool:
    """Tell whether `dossier` is the leading leg of a linked application, at which everything is asked for."""
    return dossier.linked_application_id is not None and dossier.leg_number == LEAD


def named_in_code(dossier: Dossier) -> Unit:
    """Return whose identifier the national code holds: the competent agency's; a linked one has the desk's (B-40)."""
    return dossier.competent_unit if dossier.linked_application_id is None else dossier.receiving_unit


def legs_of(application_id: int) -> list[LinkedLeg]:
    """Return the legs of an application in the order of their numbers, with what they are settled by."""
    related = ("group_leg", "procedure_version__procedure", "competent_unit", "workflow")
    return list(LinkedLeg.objects.filter(application=application_id).select_related(*related).order_by("number"))


def legs_with_limits(application_id: int) -> list[LinkedLeg]:
    """Return the legs of an application with all that says how long each may take."""
    legs = legs_of(application_id)
    prefetch_related_objects(legs, "procedure_version__channels")
    return legs


def questions_of(dossier: Dossier) -> list[dict[str, Any]]:
    """Return what the applicant is asked at `dossier`, as versions keep it, each with the number of its `leg`.

    The leading dossier of a linked application asks for all legs, less what one leg's answer serves another (B-21).
    Needs `procedure_version` loaded.
    """
    own = [{**field, "leg": LEAD} for field in dossier.procedure_version.declaration]
    if not carries_the_whole(dossier) or dossier.linked_application_id is None:
        return own
    others = [leg for leg in legs_of(dossier.linked_application_id) if leg.number != LEAD]
    return own + [
        {**as_stored(field), "leg": leg.number}
        for leg in others
        for field in asked_fields(leg.group_leg.as_rule(), _fields(leg.procedure_version))
    ]


def declaration_of(dossier: Dossier) -> tuple[FieldDefinition, ...]:
    """Return the same as the rules know it."""
    return tuple(from_stored(question) for question in questions_of(dossier))


def asked_now(dossier: Dossier, answers: Mapping[str, str]) -> tuple[Asked, ...]:
    """Return which of them are shown once `answers` are given, those of repeated groups row by row."""
    return asked(declaration_of(dossier), answers)


def leg_names(dossier: Dossier) -> dict[int, str]:
    """Return what each leg is called, by number, where `dossier` asks for all of them; else nothing."""
    if not carries_the_whole(dossier) or dossier.linked_application_id is None:
        return {}
    return {leg.number: leg.procedure_version.name for leg in legs_of(dossier.linked_application_id)}


def answers_for(leg: LinkedLeg, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the declaration of `leg` out of the `answers` given at the leading dossier."""
    return answers_of_leg(leg.group_leg.as_rule(), _fields(leg.procedure_version), answers)


def may_be_withdrawn(dossier: Dossier) -> bool:
    """Tell whether the applicant may take back `dossier`; of the leading one, whether any of its legs (B-22).

    A leg that has yet to open counts once the whole has been accepted; before, it goes as the leading one does.
    """
    is_open = (dossier.stage, Action.WITHDRAW) in NEXT
    application = dossier.linked_application
    if application is None:
        return is_open
    if is_open and WithdrawalEnds(application.group.withdrawal_ends) is WithdrawalEnds.EACH_DECISION:
        return True
    left = left_to_take_back(application, dossiers_by_leg(application))
    return bool(left) if dossier.leg_number == LEAD else any(row.pk == dossier.pk for row in left.dossiers)


def acts_open(dossier: Dossier) -> tuple[Action, ...]:
    """Return the acts open on `dossier`, in the order of `Action`; on the leading one also taking back the whole.

    Needs `linked_application__group` loaded.
    """
    acts = open_actions(dossier.stage)
    if dossier.linked_application_id is None:
        return acts
    of_withdrawal = {Action.WITHDRAW, Action.RECORD_WITHDRAWAL}
    kept = set(acts) - of_withdrawal | (of_withdrawal if may_be_withdrawn(dossier) else set())
    return tuple(action for action in Action if action in kept)


@dataclass(frozen=True, slots=True)
class LeftToTakeBack:
    """What of a linked application may be taken back: dossiers not decided, and legs that have yet to open (B-22)."""

    dossiers: tuple[Dossier, ...] = ()
    to_come: tuple[LinkedLeg, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.dossiers or self.to_come)


def left_to_take_back(application: LinkedApplication, dossiers: Mapping[int, Dossier]) -> LeftToTakeBack:
    """Return what is left to take back; `dossiers` are of the legs that have opened, by number.

    Before its acceptance the legs that have yet to open go as the leading one does. Needs `group` loaded.
    """
    ends = WithdrawalEnds(application.group.withdrawal_ends)
    if not withdrawal_is_open({row.stage for row in dossiers.values()}, ends):
        return LeftToTakeBack()
    undecided = tuple(row for row in dossiers.values() if (row.stage, Action.WITHDRAW) in NEXT)
    if not undecided and application.accepted_at is None:
        return LeftToTakeBack()
    return LeftToTakeBack(undecided, tuple(legs_to_come(application, dossiers)))


def legs_to_come(application: LinkedApplication, dossiers: Mapping[int, Dossier]) -> list[LinkedLeg]:
    """Return the legs that have yet to open and still may; `dossiers` are of those that have opened, by number."""
    legs = legs_of(application.pk)
    is_accepted = application.accepted_at is not None
    numbers = may_still_open(rule_legs(legs, dossiers), has_been_accepted=is_accepted)
    return [leg for leg in legs if leg.number in numbers]


def dossiers_by_leg(application: LinkedApplication) -> dict[int, Dossier]:
    """Return the dossiers of the legs that have opened, by number."""
    opened = Dossier.objects.filter(linked_application=application)
    related = ("procedure_version__procedure", "receiving_unit", "competent_unit", "holder_unit", "assignee")
    return {row.leg_number or LEAD: row for row in opened.select_related(*related).order_by("leg_number")}


def refusals_among(dossiers: Iterable[Dossier]) -> frozenset[int]:
    """Return the keys of those of `dossiers` whose result is a refusal; one put right (B-23) stands as DONE."""
    ended = [row.pk for row in dossiers if row.stage in ISSUED]
    refused = Result.objects.filter(dossier__in=ended).exclude(refusal_basis="")
    return frozenset(refused.values_list("dossier_id", flat=True)) if ended else frozenset()


def rule_legs(legs: Sequence[LinkedLeg], dossiers: Mapping[int, Dossier]) -> list[Leg]:
    """Return how the legs stand, by their dossiers; what was found never to be needed stays so."""
    refused = refusals_among(dossiers.values())
    return [Leg(leg.number, frozenset(leg.group_leg.needs), _state(leg, dossiers, refused)) for leg in legs]


def _state(leg: LinkedLeg, dossiers: Mapping[int, Dossier], refused: frozenset[int]) -> LegState:
    if leg.stage is LegState.NOT_NEEDED:
        return LegState.NOT_NEEDED
    dossier = dossiers.get(leg.number)
    if dossier is None:
        return LegState.WAITING
    return leg_state(dossier.stage, is_refusal=dossier.pk in refused)


def _fields(version: ProcedureVersion) -> tuple[FieldDefinition, ...]:
    return tuple(from_stored(field) for field in version.declaration)
