"""News of the portal: who writes, who approves, what becomes of an article and of a comment (M31, M56, M99).

Source: docs/law/news.md. No text of the rulebook says which officials write and approve news, nor how long a comment
may be but the site of seed 001 (500 characters): both are dated configuration here, to be checked with the province.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from motcua.rules.permissions import Role, RoleGrant


class EditionStage(StrEnum):
    """Where one edition of an article stands; a published one is never changed, the next one takes its place."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    PUBLISHED = "PUBLISHED"


class NewsAct(StrEnum):
    """What is done with an article."""

    WRITE = "WRITE"
    SUBMIT = "SUBMIT"
    GIVE_BACK = "GIVE_BACK"
    PUBLISH = "PUBLISH"
    CORRECT = "CORRECT"
    WITHDRAW = "WITHDRAW"
    MODERATE = "MODERATE"
    KEEP_SECTIONS = "KEEP_SECTIONS"


@dataclass(frozen=True, slots=True)
class NewsRules:
    """What a province goes by from `valid_from` on: the roles that write and that approve, the longest comment.

    `writers` also moderate the comments of their unit; `comment_length` is in characters.
    """

    valid_from: date
    writers: frozenset[Role]
    approvers: frozenset[Role]
    section_keepers: frozenset[Role]
    comment_length: int


RULES: Final = (
    NewsRules(
        valid_from=date(2000, 1, 1),
        writers=frozenset({Role.PROCEDURE_CONTROL_OFFICER, Role.DISPATCHER, Role.HEAD_OF_ONE_STOP}),
        approvers=frozenset({Role.SIGNER}),
        section_keepers=frozenset({Role.PROCEDURE_CONTROL_OFFICER}),
        comment_length=500,
    ),
)
"""By the day, the latest first to hold; [U] but for the 500 characters of M31."""

_OPEN: Final = {
    NewsAct.WRITE: frozenset({EditionStage.DRAFT}),
    NewsAct.SUBMIT: frozenset({EditionStage.DRAFT}),
    NewsAct.GIVE_BACK: frozenset({EditionStage.SUBMITTED}),
    NewsAct.PUBLISH: frozenset({EditionStage.SUBMITTED}),
    NewsAct.CORRECT: frozenset({EditionStage.PUBLISHED}),
    NewsAct.WITHDRAW: frozenset({EditionStage.PUBLISHED}),
}
_AFTER: Final = {
    NewsAct.WRITE: EditionStage.DRAFT,
    NewsAct.SUBMIT: EditionStage.SUBMITTED,
    NewsAct.GIVE_BACK: EditionStage.DRAFT,
    NewsAct.PUBLISH: EditionStage.PUBLISHED,
}


class MayNotPublish(Exception):
    """The official holds no role that allows `act`, or wrote or submitted what they would approve (four eyes)."""

    def __init__(self, act: NewsAct) -> None:
        super().__init__(act.value)
        self.act = act


class NewsActNotOpen(Exception):
    """`act` is not open to an edition in `stage`."""

    def __init__(self, act: NewsAct, stage: EditionStage) -> None:
        super().__init__(f"{act} in {stage}")
        self.act, self.stage = act, stage


def rules_on(day: date) -> NewsRules:
    """Return what holds on `day`; before the first rules those hold."""
    held = [rules for rules in RULES if rules.valid_from <= day]
    return held[-1] if held else RULES[0]


def stage_after(stage: EditionStage, act: NewsAct) -> EditionStage:
    """Return where `act` leads; raises `NewsActNotOpen`. Correcting and withdrawing leave the edition as it is."""
    if stage not in _OPEN[act]:
        raise NewsActNotOpen(act, stage)
    return _AFTER.get(act, stage)


def open_acts(stage: EditionStage) -> frozenset[NewsAct]:
    """Return what may be done with an edition in `stage`, by whoever may."""
    return frozenset(act for act, stages in _OPEN.items() if stage in stages)


def roles_for(act: NewsAct, on: date) -> frozenset[Role]:
    """Return the roles of which `act` needs one on that day."""
    held = rules_on(on)
    if act in {NewsAct.PUBLISH, NewsAct.GIVE_BACK, NewsAct.WITHDRAW}:
        return held.approvers
    return held.section_keepers if act is NewsAct.KEEP_SECTIONS else held.writers


def may_do(
    act: NewsAct,
    unit_id: int,
    grants: Iterable[RoleGrant],
    *,
    on: date,
    actor_id: int = 0,
    hands: Collection[int] = (),
) -> bool:
    """Tell whether an official with `grants` may do `act` on `on` with what belongs to the unit.

    `hands` are the ids of those who wrote or submitted the edition: none of them approves it, whatever roles they hold.
    For sections, `unit_id` is the province.
    """
    if act is NewsAct.PUBLISH and actor_id in hands:
        return False
    roles = roles_for(act, on)
    return any(grant.role in roles and grant.unit_id == unit_id and grant.holds_on(on) for grant in grants)


def units_of(grants: Iterable[RoleGrant], roles: Collection[Role], *, on: date) -> frozenset[int]:
    """Return the units in which one of `roles` is held on `on`."""
    return frozenset(grant.unit_id for grant in grants if grant.role in roles and grant.holds_on(on))


def works_with_news(on: date) -> frozenset[Role]:
    """Return every role that writes, approves or keeps sections on that day."""
    held = rules_on(on)
    return held.writers | held.approvers | held.section_keepers


EVER_WITH_NEWS: Final = frozenset[Role]().union(*(works_with_news(rules.valid_from) for rules in RULES))
"""Every role that works with news by any of the rules."""
