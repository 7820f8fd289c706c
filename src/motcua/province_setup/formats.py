"""Packages of earlier formats, brought up to this one, so that a file kept for years can still be read."""

from collections.abc import Mapping
from typing import Final

from motcua.province_setup.json_values import Json

FORMAT: Final = 2
READ: Final = frozenset({1, FORMAT})
"""Format 1 named the versions of a decision by their numbers alone."""


def brought_up(items: Mapping[str, tuple[Json, ...]], format_: int) -> Mapping[str, tuple[Json, ...]]:
    """Return the items as this format writes them. What cannot be read is left as it is: reading it will say so."""
    if format_ == FORMAT:
        return items
    hashes = _hashes(items.get("procedures", ()))
    decisions = tuple(_with_hashes(item, hashes) for item in items.get("publication-decisions", ()))
    return {**items, "publication-decisions": decisions} if decisions else items


def _hashes(procedures: tuple[Json, ...]) -> Mapping[tuple[str, str], Json]:
    """Return under which hash each version was published, by the code of its procedure and its number."""
    found: dict[tuple[str, str], Json] = {}
    for item in procedures:
        versions = item.get("versions") if isinstance(item, dict) else None
        for one in versions if isinstance(versions, list) else ():
            if isinstance(item, dict) and isinstance(one, dict):
                found[str(item.get("code")), str(one.get("number"))] = one.get("content_hash")
    return found


def _with_hashes(decision: Json, hashes: Mapping[tuple[str, str], Json]) -> Json:
    if not isinstance(decision, dict) or not isinstance(decision.get("lines"), list):
        return decision
    lines = decision["lines"]
    assert isinstance(lines, list)
    return {**decision, "lines": [_line(line, hashes) for line in lines]}


def _line(line: Json, hashes: Mapping[tuple[str, str], Json]) -> Json:
    if not isinstance(line, dict):
        return line
    told = dict(line)
    for name in ("version", "based_on"):
        told[f"{name}_hash"] = hashes.get((str(line.get("procedure")), str(line.get(name))), "")
    return told
