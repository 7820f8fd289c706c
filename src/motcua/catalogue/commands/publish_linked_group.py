"""Publish a group of procedures that are applied for together (B-21)."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from motcua.catalogue.events import LinkedGroupPublished
from motcua.catalogue.models import GroupLeg, LinkedGroup, ProcedureVersion
from motcua.kernel import events
from motcua.kernel.events import plain
from motcua.rules.declarations import from_stored
from motcua.rules.linked import GroupUnsound, WithdrawalEnds, check_group
from motcua.rules.linked_papers import LegContent, Sharing, SharingUnsound, check_sharing, shareable_keys
from motcua.rules.vietnamese import search_key, sort_key

if TYPE_CHECKING:
    from motcua.accounts.models import User

__all__ = ["GroupUnsound", "SharingUnsound", "publish_linked_group"]


class ProcedureNotInForce(Exception):
    """A leg names a procedure that is not in force when the group begins."""

    def __init__(self, procedure: str) -> None:
        super().__init__(procedure)
        self.procedure = procedure


@dataclass(frozen=True, slots=True)
class LegDefinition:
    """One leg: its procedure's code, the numbers of the legs it needs, and what it shares (`rules.linked_papers`)."""

    procedure: str
    needs: tuple[int, ...]
    answers: Mapping[str, str]
    papers: Mapping[int, int]
    results: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class GroupDefinition:
    """A group to publish; its legs are numbered in their order, the leading one first."""

    code: str
    name: str
    summary: str
    source: str
    valid_from: date
    legs: tuple[LegDefinition, ...]
    keywords: tuple[str, ...] = ()
    life_events: tuple[str, ...] = ()
    returns_together: bool = True
    waits_days: int | None = None
    withdrawal_ends: WithdrawalEnds = WithdrawalEnds.EACH_DECISION

    @property
    def digest(self) -> str:
        """The SHA-256 of all it says but from when: equal digests say the same."""
        said = asdict(self)
        del said["valid_from"]
        text = json.dumps(plain(said), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def publish_linked_group(*, definition: GroupDefinition, actor: "User | None", at: datetime) -> LinkedGroup:
    """Publish and return the group in force from its day on; one that says the same already stays.

    The one before ends that day; applications filed under it go on under it. Raises `GroupUnsound`, `SharingUnsound`,
    `ProcedureNotInForce`.
    """
    before = LinkedGroup.objects.select_for_update().filter(code=definition.code, valid_until=None).first()
    if before is not None and before.content_hash == definition.digest:
        return before
    versions = [_version(leg.procedure, definition.valid_from) for leg in definition.legs]
    check_group({number: frozenset(leg.needs) for number, leg in enumerate(definition.legs, start=1)})
    check_sharing([_content(number, leg, versions[number - 1]) for number, leg in enumerate(definition.legs, start=1)])
    group = _replace(before, definition, [version.title for version in versions])
    GroupLeg.objects.bulk_create(
        GroupLeg(
            group=group,
            number=number,
            procedure_id=versions[number - 1].procedure_id,
            needs=sorted(leg.needs),
            shared_answers=dict(leg.answers),
            shared_papers={str(position): given for position, given in leg.papers.items()},
            result_papers={str(position): giver for position, giver in leg.results.items()},
        )
        for number, leg in enumerate(definition.legs, start=1)
    )
    event = LinkedGroupPublished(
        subject=group.code, valid_from=group.valid_from, procedures=tuple(leg.procedure for leg in definition.legs)
    )
    events.record(event, actor=actor, at=at)
    return group


def _version(procedure: str, on: date) -> ProcedureVersion:
    version = ProcedureVersion.objects.on(on).filter(procedure__code=procedure).first()
    if version is None:
        raise ProcedureNotInForce(procedure)
    return version


def _content(number: int, leg: LegDefinition, version: ProcedureVersion) -> LegContent:
    return LegContent(
        sharing=Sharing(number, leg.answers, leg.papers, leg.results),
        keys=shareable_keys(from_stored(field) for field in version.declaration),
        positions=list(version.papers.filter(is_note=False).values_list("position", flat=True)),
        needs=frozenset(leg.needs),
    )


def _replace(before: LinkedGroup | None, definition: GroupDefinition, titles: list[str]) -> LinkedGroup:
    valid_from = definition.valid_from
    if before is not None:
        valid_from = max(valid_from, before.valid_from + timedelta(days=1))
        before.valid_until = valid_from
        before.save(update_fields=["valid_until"])
    return LinkedGroup.objects.create(
        code=definition.code,
        name=definition.name,
        summary=definition.summary,
        source=definition.source,
        keywords=list(definition.keywords),
        life_events=list(definition.life_events),
        returns_together=definition.returns_together,
        waits_days=definition.waits_days,
        withdrawal_ends=definition.withdrawal_ends.value,
        search_key=search_key(" ".join([definition.name, *definition.keywords, *titles])),
        sort_key=sort_key(definition.name),
        content_hash=definition.digest,
        valid_from=valid_from,
    )
