"""Find procedures by what people type: without accents, in any order, unfinished, abbreviated or mistyped.

How it works and what it was measured at: docs/adr/0020-search.md.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, product
from typing import Final

from django.db import connection

from motcua.catalogue import search_sql
from motcua.catalogue.models import SearchSynonym
from motcua.catalogue.spelling import Reading, spell
from motcua.organisations.models import Unit
from motcua.rules.identifiers import bare_procedure_code, is_procedure_code
from motcua.rules.vietnamese import nfc, search_key, words

_BEGINNING_OF_CODE: Final = re.compile(r"[1-9]\.\d{1,6}")
_OPENINGS: Final = ("tôi", "em", "mình", "muốn", "cần làm", "cần xin", "xin", "làm", "thủ tục", "cách", "hồ sơ")
_SMALL_TALK: Final = re.compile(rf"^(?:(?:{'|'.join(map(search_key, _OPENINGS))})(?: |$))+")
_MOST_WORDS: Final = 16
_MOST_READINGS: Final = 6
_LONGEST_TERM: Final = 6
_MOST_TELLING: Final = 3


@dataclass(frozen=True, slots=True)
class ProcedureHit:
    """A procedure found. `score` only ranks the hits of one search; `is_guess` marks one found in spite of a slip."""

    code: str
    title: str
    short_title: str
    summary: str
    sector: str
    level: str
    online_level: str
    score: float
    is_guess: bool


def find_procedures(text: str, *, on: date, limit: int = 20, unit: Unit | None = None) -> list[ProcedureHit]:
    """Return the procedures in force on `on` that `text` may mean, the likeliest first.

    With `unit`, only what it receives or decides on that day. Without words in `text` there are no hits.
    """
    where = _Where(on=on, unit_id=unit.pk if unit else None, limit=limit)
    written = text.strip()
    if is_procedure_code(written):
        written = bare_procedure_code(written)
    elif _BEGINNING_OF_CODE.fullmatch(written) is None:
        written = ""
    if written:
        return _hits(search_sql.BY_CODE, where, {"code": written + "%"})
    typed = words(text)[:_MOST_WORDS]
    if not typed:
        return []
    return _by_words(text, typed, where) or _by_near_words(typed, where)


@dataclass(frozen=True, slots=True)
class _Where:
    on: date
    unit_id: int | None
    limit: int


def _by_words(text: str, typed: tuple[str, ...], where: _Where) -> list[ProcedureHit]:
    return _by_all_words(list(dict.fromkeys(_readings(text, typed)))[:_MOST_READINGS], where)


def _by_near_words(typed: tuple[str, ...], where: _Where) -> list[ProcedureHit]:
    """Find what has all the words once the unknown ones are mended, else what has most of them."""
    spelt = spell(typed)
    choices = [(reading.word,) if reading.is_known else reading.near or (reading.word,) for reading in spelt]
    mended = list(islice(product(*choices), _MOST_READINGS))
    is_mended = typed not in mended
    found = _by_all_words(mended, where) if is_mended else []
    return [replace(hit, is_guess=True) for hit in found] or _by_likeness(spelt, where)


def _by_all_words(readings: list[tuple[str, ...]], where: _Where) -> list[ProcedureHit]:
    return _hits(
        search_sql.BY_WORDS,
        where,
        {
            "anywhere": [_all_of(reading, "") for reading in readings],
            "in_title": [_all_of(reading, "A") for reading in readings],
            "phrases": [" ".join(reading) for reading in readings],
        },
    )


def _readings(text: str, typed: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield what was typed, then what it means with each abbreviation or synonym written out.

    Where the whole text is a known expression, its meaning stands first. An expression typed with its accents (sổ đỏ)
    is not taken for another one that looks the same without (sơ đồ).
    """
    plain = _without_small_talk(typed)
    spans = {
        " ".join(words_typed[start:end]): (words_typed, start, end)
        for words_typed in (typed, plain)
        for start in range(len(words_typed))
        for end in range(start + 1, min(start + _LONGEST_TERM, len(words_typed)) + 1)
    }
    synonyms = SearchSynonym.objects.filter(key__in=list(spans)).order_by("pk")
    accented = nfc(text).lower()
    found = [
        (term, key, expansion)
        for term, key, expansion in synonyms.values_list("term", "key", "expansion_key")
        if accented.isascii() or term.isascii() or term.lower() in accented
    ]
    is_unmistakable = any(not term.isascii() and term.lower() in accented for term, _, _ in found)
    is_whole = any(key == " ".join(typed) for _, key, _ in found)
    literal = () if is_unmistakable else (typed, plain)
    if not is_whole:
        yield from literal
    for _, key, expansion in found:
        words_typed, start, end = spans[key]
        yield (*words_typed[:start], *expansion.split(), *words_typed[end:])
    if is_whole:
        yield from literal


def _without_small_talk(typed: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is left without "I want to", "how to apply for" and the like; all of it when nothing is left."""
    left = _SMALL_TALK.sub("", " ".join(word for word in typed if word != "cho"))
    return tuple(left.split()) or typed


def _all_of(reading: Sequence[str], weight: str) -> str:
    """Return the search for all words of `reading`, the last of which may be unfinished."""
    suffix = f":{weight}" if weight else ""
    *whole, last = reading
    return " & ".join([*(f"'{word}'{suffix}" for word in whole), f"'{last}':*{weight}"])


def _by_likeness(readings: list[Reading], where: _Where) -> list[ProcedureHit]:
    """Find what has most of the words, rare ones counting most, each word also as it may have been meant."""
    telling = sorted((reading for reading in readings if reading.telling), key=lambda reading: -reading.weight)
    wide = " | ".join(_any_of(reading.telling) for reading in telling[:_MOST_TELLING])
    if not wide:
        return []
    return _hits(
        search_sql.BY_LIKENESS,
        where,
        {
            "wide": wide,
            "exact": [_exactly(reading) for reading in readings],
            "near": [_any_of((reading.word, *reading.near)) for reading in readings],
            "near_share": [reading.near_share for reading in readings],
            "weight": [reading.weight for reading in readings],
            "length": sum(len(reading.word) + 1 for reading in readings) - 1,
        },
    )


def _exactly(reading: Reading) -> str:
    return f"'{reading.word}'" + (":*" if reading.may_be_unfinished else "")


def _any_of(alternatives: Sequence[str]) -> str:
    return " | ".join(f"'{word}'" for word in alternatives)


def _hits(sql: str, where: _Where, parameters: Mapping[str, str | int | list[str] | list[float]]) -> list[ProcedureHit]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"on": where.on, "unit": where.unit_id, "limit": where.limit, **parameters})
        return [ProcedureHit(*row) for row in cursor.fetchall()]
