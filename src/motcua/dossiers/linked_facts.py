"""Rows of a linked application as the plain values the rules decide on, and what it asks for once."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import prefetch_related_objects

from motcua.dossiers.models import Dossier, LinkedApplication, LinkedLeg, Result
from motcua.organisations.models import Unit
from motcua.rules.linked import LEAD, Leg, LegState, leg_state, may_still_open
from motcua.rules.linked_papers import asked_key, asks_question, where_answered
from motcua.rules.transitions import ISSUED, NEXT, Action


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
        {**field, "key": asked_key(leg.number, field["key"]), "leg": leg.number}
        for leg in others
        for field in leg.procedure_version.declaration
        if asks_question(leg.group_leg.as_rule(), field["key"])
    ]


def leg_names(dossier: Dossier) -> dict[int, str]:
    """Return what each leg is called, by number, where `dossier` asks for all of them; else nothing."""
    if not carries_the_whole(dossier) or dossier.linked_application_id is None:
        return {}
    return {leg.number: leg.procedure_version.name for leg in legs_of(dossier.linked_application_id)}


def answers_for(leg: LinkedLeg, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the declaration of `leg` out of the `answers` given at the leading dossier."""
    sharing = leg.group_leg.as_rule()
    keys = [field["key"] for field in leg.procedure_version.declaration]
    return {key: answers.get(where_answered(sharing, key), "") for key in keys}


def may_be_withdrawn(dossier: Dossier) -> bool:
    """Tell whether the applicant may take back `dossier`; of the leading one, whether any of its legs (B-22).

    A leg that has yet to open counts once the whole has been accepted; before, it goes as the leading one does.
    """
    if (dossier.stage, Action.WITHDRAW) in NEXT:
        return True
    if not carries_the_whole(dossier) or dossier.linked_application_id is None:
        return False
    application = LinkedApplication.objects.get(pk=dossier.linked_application_id)
    dossiers = dossiers_by_leg(application)
    if any((row.stage, Action.WITHDRAW) in NEXT for row in dossiers.values()):
        return True
    return application.accepted_at is not None and bool(legs_to_come(application, dossiers))


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
