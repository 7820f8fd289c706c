"""From when until when a legal document holds, and what ends it (J-04, J-05).

Source: docs/law/legal-documents.md. A document ends when its own term does, when another replaces or repeals it, and,
when it details another, with that one (Art 57.2 of Law 64/2025/QH15), unless it was declared still valid. What nobody
has entered is unknown, never guessed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final


class EffectStatus(StrEnum):
    """Where a document stands on a day (J-05). UNKNOWN: nobody has entered from when it holds."""

    UNKNOWN = "UNKNOWN"
    NOT_YET = "NOT_YET"
    IN_FORCE = "IN_FORCE"
    SUSPENDED_PART = "SUSPENDED_PART"
    SUSPENDED_ALL = "SUSPENDED_ALL"
    EXPIRED_PART = "EXPIRED_PART"
    EXPIRED_ALL = "EXPIRED_ALL"
    REPEALED = "REPEALED"


ENDED: Final = frozenset({EffectStatus.EXPIRED_ALL, EffectStatus.REPEALED})
"""Nothing of the document holds any more."""
PARTLY_ENDED: Final = frozenset({EffectStatus.EXPIRED_PART})
"""Some articles hold no more."""


class Relation(StrEnum):
    """What one document does to another (J-06)."""

    BASED_ON = "BASED_ON"
    DETAILS = "DETAILS"
    AMENDS = "AMENDS"
    REPLACES = "REPLACES"
    REPEALS = "REPEALS"
    SUSPENDS = "SUSPENDS"
    CORRECTS = "CORRECTS"
    CONSOLIDATES = "CONSOLIDATES"
    CITES = "CITES"
    TRANSPOSES_PROCEDURE = "TRANSPOSES_PROCEDURE"


class EndReason(StrEnum):
    """Why a document holds no more (J-04)."""

    TERM_ENDED = "TERM_ENDED"
    REPLACED = "REPLACED"
    REPEALED = "REPEALED"
    FELL_WITH_PARENT = "FELL_WITH_PARENT"
    ENTERED = "ENTERED"


ENDS: Final[dict[Relation, EndReason]] = {Relation.REPLACES: EndReason.REPLACED, Relation.REPEALS: EndReason.REPEALED}
"""Relations that end the other document, whole or in part."""


@dataclass(frozen=True, slots=True)
class Document:
    """What was entered about a document: `key` names it.

    `from_day` is None where it is unknown; `until` is the first day it holds no more by its own term or by what an
    officer entered, with `end_reason`. `is_declared_valid`: it stays although its parent fell (57.2).
    """

    key: int
    from_day: date | None
    until: date | None = None
    end_reason: EndReason = EndReason.TERM_ENDED
    is_declared_valid: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """`source` does `relation` to `target` from `from_day` until the day before `until` (None: for good).

    `articles` names what of the target is touched, empty: all of it. Without `from_day` it counts from the day the
    source takes effect.
    """

    source: int
    target: int
    relation: Relation
    articles: str = ""
    from_day: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """From `on` the document has `status`: `reason` and `by` (the key of the document that did it), None: by itself.

    `articles` names what is touched, empty: all of it.
    """

    on: date
    status: EffectStatus
    reason: EndReason | None = None
    by: int | None = None
    articles: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """What happens to one document, in order of days; empty where nothing is known."""

    changes: tuple[Change, ...] = ()

    def on(self, day: date) -> EffectStatus:
        """Return the status on `day`: UNKNOWN where nothing is known, NOT_YET before the first change."""
        past = [change for change in self.changes if change.on <= day]
        if past:
            return past[-1].status
        return EffectStatus.NOT_YET if self.begins else EffectStatus.UNKNOWN

    @property
    def begins(self) -> bool:
        """Whether it is known from when the document holds."""
        return any(change.status is EffectStatus.IN_FORCE for change in self.changes)

    @property
    def ended_on(self) -> date | None:
        """The first day nothing of it holds any more, None while something does."""
        return next((change.on for change in self.changes if change.status in ENDED), None)


def courses(documents: Iterable[Document], links: Iterable[Link]) -> Mapping[int, Course]:
    """Return what happens to each document, by its key; links to documents that are not there count for nothing."""
    known = {document.key: document for document in documents}
    sound = [link for link in links if link.source in known and link.target in known]
    endings = _endings(known, sound)
    touched = _touched(known, sound)
    for child, above in _parents(known, sound).items():
        for parent in above:
            if parent in endings:
                fall = Change(endings[parent].on, EffectStatus.EXPIRED_PART, EndReason.FELL_WITH_PARENT, parent)
                touched[child].append(fall)
    return {key: _course(document, endings.get(key), touched[key]) for key, document in known.items()}


def _begins(link: Link, known: Mapping[int, Document]) -> date | None:
    return link.from_day or known[link.source].from_day


def _endings(known: Mapping[int, Document], links: list[Link]) -> dict[int, Change]:
    """Return the end of each document that ends whole: its own, or the last of its parents' where that is earlier.

    A found end only moves documents that end later or never, so the rounds come to rest.
    """
    ends: dict[int, Change] = {}
    for change in _own_endings(known, links):
        _earlier(ends, *change)
    parents = _parents(known, links)
    is_moving = True
    while is_moving:
        is_moving = False
        for child, above in parents.items():
            if all(parent in ends for parent in above):
                last = max(above, key=lambda parent: ends[parent].on)
                fall = Change(ends[last].on, EffectStatus.EXPIRED_ALL, EndReason.FELL_WITH_PARENT, last)
                is_moving = _earlier(ends, child, fall) or is_moving
    return ends


def _own_endings(known: Mapping[int, Document], links: list[Link]) -> Iterator[tuple[int, Change]]:
    for key, document in known.items():
        if document.until is not None:
            yield key, Change(document.until, _status_of(document.end_reason), document.end_reason)
    for link in links:
        begins = _begins(link, known)
        if link.relation in ENDS and not link.articles and begins is not None:
            reason = ENDS[link.relation]
            yield link.target, Change(begins, _status_of(reason), reason, link.source)


def _parents(known: Mapping[int, Document], links: list[Link]) -> Mapping[int, list[int]]:
    """Return the documents that each one details, where it falls with them."""
    parents: defaultdict[int, list[int]] = defaultdict(list)
    for link in links:
        if link.relation is Relation.DETAILS and not known[link.source].is_declared_valid:
            parents[link.source].append(link.target)
    return parents


def _earlier(ends: dict[int, Change], key: int, change: Change) -> bool:
    if key in ends and ends[key].on <= change.on:
        return False
    ends[key] = change
    return True


def _status_of(reason: EndReason) -> EffectStatus:
    return EffectStatus.REPEALED if reason is EndReason.REPEALED else EffectStatus.EXPIRED_ALL


def _touched(known: Mapping[int, Document], links: list[Link]) -> defaultdict[int, list[Change]]:
    """Return what takes a part of a document away, and what suspends it and lets it hold again."""
    touched: defaultdict[int, list[Change]] = defaultdict(list)
    for link in links:
        begins = _begins(link, known)
        if begins is None:
            continue
        if link.relation in ENDS and link.articles:
            reason = ENDS[link.relation]
            touched[link.target].append(Change(begins, EffectStatus.EXPIRED_PART, reason, link.source, link.articles))
        if link.relation is Relation.SUSPENDS:
            status = EffectStatus.SUSPENDED_PART if link.articles else EffectStatus.SUSPENDED_ALL
            touched[link.target].append(Change(begins, status, None, link.source, link.articles))
            if link.until is not None:
                touched[link.target].append(Change(link.until, EffectStatus.IN_FORCE, None, link.source, link.articles))
    return touched


def _course(document: Document, end: Change | None, touched: list[Change]) -> Course:
    """Put a document's days in order; after it has ended nothing more happens to it.

    One that ends before it begins never holds. Each change leaves what is so then: a running suspension stands before
    a part that has gone, which stays gone when the suspension is over.
    """
    if document.from_day is not None and end is not None and end.on <= document.from_day:
        return Course((end,))
    first = document.from_day or date.min
    between = sorted(
        (change for change in touched if change.on >= first and (end is None or change.on < end.on)),
        key=lambda change: (change.on, change.status is not EffectStatus.IN_FORCE),
    )
    changes = [Change(document.from_day, EffectStatus.IN_FORCE)] if document.from_day else []
    has_lost_a_part = False
    running: dict[tuple[int | None, str], EffectStatus] = {}
    for change in between:
        if change.status is EffectStatus.IN_FORCE:
            running.pop((change.by, change.articles), None)
        elif change.status is EffectStatus.EXPIRED_PART:
            has_lost_a_part = True
        else:
            running[change.by, change.articles] = change.status
        changes.append(replace(change, status=_status_with(running.values(), has_lost_a_part=has_lost_a_part)))
    return Course(tuple([*changes, end] if end else changes))


def _status_with(running: Iterable[EffectStatus], *, has_lost_a_part: bool) -> EffectStatus:
    suspended = set(running)
    for status in (EffectStatus.SUSPENDED_ALL, EffectStatus.SUSPENDED_PART):
        if status in suspended:
            return status
    return EffectStatus.EXPIRED_PART if has_lost_a_part else EffectStatus.IN_FORCE
