"""What a package may change in an item that is there, and what it may not."""

from typing import Any

import pytest

from motcua.province_setup.merging import Effect, Item, Rules, State, Weight, merge

RULES = Rules(
    key=("code",),
    taken=frozenset({"name"}),
    ended=frozenset({"until"}),
    left=frozenset({"note", "flag"}),
    parts={"versions": Rules(key=("number",), ended=frozenset({"until"}), left=frozenset({"flag"}))},
    ahead="versions",
)


def item(**fields: object) -> Item:
    said: Any = {"code": "1", "name": "A", "until": None, "note": "", "law": "x", "versions": [version(1)]}
    return {**said, **fields}


def version(number: int, **fields: object) -> dict[str, object]:
    return {"number": number, "until": None, "content": {"title": "T", "flag": True}, **fields}


def test_what_is_the_same_stays() -> None:
    assert merge(item(), item(), RULES).state is State.SAME


@pytest.mark.parametrize(
    ("ours", "theirs", "effect", "path"),
    [
        ({"name": "A"}, {"name": "B"}, Effect.TAKES, "name"),
        ({"until": None}, {"until": "2026-01-01"}, Effect.ENDS, "until"),
        ({"until": "2025-01-01"}, {"until": "2026-01-01"}, Effect.CLASHES, "until"),
        ({"law": "x"}, {"law": "y"}, Effect.CLASHES, "law"),
        ({}, {"versions": [version(1), version(2)]}, Effect.ADDS, "versions[2]"),
        ({}, {"versions": [version(1, until="2026-01-01")]}, Effect.ENDS, "versions[1].until"),
        (
            {},
            {"versions": [version(1, content={"title": "U", "flag": True})]},
            Effect.CLASHES,
            "versions[1].content.title",
        ),
        ({}, {"versions": [version(1, content={"title": "T"})]}, Effect.CLASHES, "versions[1].content"),
    ],
)
def test_one_difference(ours: dict[str, object], theirs: dict[str, object], effect: Effect, path: str) -> None:
    merged = merge(item(**ours), item(**theirs), RULES)

    assert [(one.effect, one.path) for one in merged.differences] == [(effect, path)]
    assert merged.state is (State.CLASH if effect is Effect.CLASHES else State.CHANGED)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"until": "2025-01-01"}, {"until": None}),
        ({"note": "here"}, {"note": "there"}),
        ({}, {"versions": [version(1, content={"title": "T", "flag": False})]}),
        ({"versions": [version(1), version(2)]}, {}),
        ({"name": "newer", "versions": [version(1), version(2)]}, {"name": "older"}),
    ],
)
def test_the_place_keeps_what_the_package_does_not_know(ours: dict[str, object], theirs: dict[str, object]) -> None:
    merged = merge(item(**ours), item(**theirs), RULES)

    assert merged.state is State.SAME
    assert merged.item == item(**ours)


def test_what_was_brought_together_is_the_same_the_next_time() -> None:
    theirs = item(name="B", until="2026-01-01", versions=[version(1, until="2026-01-01"), version(2)])
    merged = merge(item(versions=[version(1), version(3)]), theirs, RULES)

    assert merge(merged.item, theirs, RULES).state is State.SAME


FACTS = Rules(
    key=("code",),
    filled=frozenset({"text"}),
    inside={"written": Rules((), filled=frozenset({"title", "day", "is_own"}))},
    stub="is_stub",
    follows=frozenset({"is_stub", "hash"}),
)


def record(*, text: str = "T", is_stub: bool = False, hash_: str = "", **written: object) -> Item:
    said: Any = {"title": "Luật A", "day": "2020-01-01", "is_own": False, **written}
    return {"code": "a", "written": said, "is_stub": is_stub, "text": text, "hash": hash_}


@pytest.mark.parametrize(
    ("ours", "theirs", "effects"),
    [
        (record(), record(), []),
        (record(), record(title="", day=None, text=""), []),  # the package knows less
        (record(), record(title="A?", is_stub=True, is_own=True), []),  # a stub never writes over a fuller record
        (record(day=None), record(title="A?", is_stub=True), [("written.day", Effect.FILLS)]),
        (record(title="", text=""), record(), [("written.title", Effect.FILLS), ("text", Effect.FILLS)]),
        (record(), record(title="Luật B"), [("written.title", Effect.CLASHES)]),
        (record(is_own=True), record(), [("written.is_own", Effect.CLASHES)]),
        (record(hash_="1"), record(hash_="2"), []),  # says where a record came from, nothing about the law
        (
            record(title="A?", is_stub=True),
            record(hash_="2"),
            [("written.title", Effect.TAKES), ("is_stub", Effect.TAKES), ("hash", Effect.TAKES)],
        ),
    ],
)
def test_facts_are_filled_and_never_written_over(ours: Item, theirs: Item, effects: list[tuple[str, Effect]]) -> None:
    merged = merge(ours, theirs, FACTS)

    assert [(one.path, one.effect) for one in merged.differences] == effects


def test_a_clash_of_facts_can_be_settled_for_the_package_which_empties_nothing() -> None:
    ours, theirs = record(title="Luật A", text="Toàn văn"), record(title="Luật B", text="", hash_="2")

    merged = merge(ours, theirs, FACTS, weight=Weight.THEIRS)

    assert merged.state is State.CHANGED
    assert merged.item == record(title="Luật B", text="Toàn văn", hash_="2")
