"""What an item of a package stands on. Where that stays otherwise here, the item is left out, and the reason shown.

Only what an item relies on counts: a desk relies on its unit being there as long as the package says, not on the codes
that the unit has in registers; a line of a decision relies on one version, a linked group on the papers and questions
of what each of its procedures says now (B-21).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from motcua.province_setup.json_values import Json
from motcua.province_setup.merging import Difference, Effect, Item, differing

UNITS: Final = "units"
PROCEDURES: Final = "procedures"
_SAID_HERE_ALONE: Final = frozenset({"limit_needs_review", "fee_needs_review"})


@dataclass(frozen=True, slots=True)
class Need:
    """An item of another kind, by its key there.

    Of a procedure: `version` is the number of the version that is meant, with the hash it was published under; None:
    the newest one, of which `is_exact` says that nothing of its content may differ.
    """

    kind: str
    key: str
    version: int | None = None
    content_hash: str = ""
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How a needed item stands: as the package has it, and as it will be here. None: not there.

    `clashes` are the differences for which it is left alone, `is_left` says that it is.
    """

    told: Item | None
    here: Item | None
    clashes: Sequence[Difference]
    is_left: bool


def of_unit(item: Item) -> Iterator[Need]:
    """What is said of one unit needs it; empty: of all units."""
    yield from _units(item["unit"])


def of_decision(item: Item) -> Iterator[Need]:
    """A decision needs its issuer and, line by line, the very versions that it published or was based on."""
    yield from _units(item["issuer"])
    for line in _dicts(item["lines"]):
        for name in ("version", "based_on"):
            number = line[name]
            if isinstance(number, int):
                yield Need(PROCEDURES, str(line["procedure"]), number, str(line[f"{name}_hash"]))


def of_process(item: Item) -> Iterator[Need]:
    """A process needs its procedure, the agency whose it is, and the agencies that do steps of it (B-29)."""
    yield Need(PROCEDURES, str(item["procedure"]))
    yield from _units(item["unit"], *(step["unit"] for step in _dicts(item["steps"])))


def of_offers(item: Item) -> Iterator[Need]:
    """Desks need their procedure, who receives and who decides."""
    yield Need(PROCEDURES, str(item["procedure"]))
    for desk in _dicts(item["desks"]):
        yield from _units(desk["receiving"], desk["competent"])


def of_group(item: Item) -> Iterator[Need]:
    """A group needs its procedures; one that is still used points into their papers and questions by place (B-21)."""
    for leg in _dicts(item["legs"]):
        yield Need(PROCEDURES, str(leg["procedure"]), is_exact=item["valid_until"] is None)


def of_plain_words(item: Item) -> Iterator[Need]:
    """Plain words are about one version and need it to say what it says there."""
    number = item["version"]
    assert isinstance(number, int)
    yield Need(PROCEDURES, str(item["procedure"]), number, str(item["version_hash"]))


def of_level(item: Item) -> Iterator[Need]:
    """A level needs its procedure and the unit at which it holds (D-01)."""
    yield Need(PROCEDURES, str(item["procedure"]))
    yield from _units(item["unit"])


def is_held_back(need: Need, standing: Standing) -> bool:
    """Tell whether an item with that need has to be left out. What is not here at all is named when it is written."""
    if need.kind == UNITS:
        return any(one.path == "dissolved_on" for one in standing.clashes)
    if need.kind != PROCEDURES:
        return standing.is_left
    if need.version is not None:
        return _is_other_version(need, standing)
    if any(not one.path.startswith("versions[") for one in standing.clashes):
        return True
    return (standing.is_left or need.is_exact) and _is_other_content(_newest(standing.told), _newest(standing.here))


def _is_other_version(need: Need, standing: Standing) -> bool:
    told, here = _numbered(standing.told, need.version), _numbered(standing.here, need.version)
    if here is None:
        return standing.is_left
    return here["content_hash"] != need.content_hash or _is_other_content(told, here)


def _is_other_content(told: Item | None, here: Item | None) -> bool:
    """Tell whether both are there and say different things, beside what each place says of its own review."""
    if told is None or here is None:
        return False
    return any(differing(here["content"], told["content"], "content", _SAID_HERE_ALONE))


def _numbered(procedure: Item | None, number: int | None) -> Item | None:
    return next((one for one in _versions(procedure) if one["number"] == number), None)


def _newest(procedure: Item | None) -> Item | None:
    return max(_versions(procedure), key=lambda one: int(str(one["number"])), default=None)


def _versions(procedure: Item | None) -> list[Item]:
    return _dicts(procedure["versions"]) if procedure else []


def _dicts(listed: Json) -> list[Item]:
    assert isinstance(listed, list)
    return [one for one in listed if isinstance(one, dict)]


def _units(*codes: Json) -> Iterator[Need]:
    for code in codes:
        if code:
            yield Need(UNITS, str(code))


def clashes_of(differences: Sequence[Difference]) -> tuple[Difference, ...]:
    """Return the differences for which an item is left alone."""
    return tuple(one for one in differences if one.effect is Effect.CLASHES)
