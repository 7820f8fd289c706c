"""Internal processes for the tests: a chain to begin from, and any sound process Hypothesis can think of."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

from hypothesis import strategies as st

from motcua.rules.workflow import ROLE_OF, Branching, StepKind, StepPlace, StepSpec

CHAIN = (StepKind.ASSIGN, StepKind.VERIFY, StepKind.SIGN, StepKind.ISSUE, StepKind.RETURN)


def step(code: str, kind: StepKind, hours: float, *after: str) -> StepSpec:
    return StepSpec(
        code=code,
        kind=kind,
        role=ROLE_OF[kind],
        place=StepPlace.RECEIVING if kind is StepKind.RETURN else StepPlace.COMPETENT,
        time=timedelta(hours=hours),
        next_codes=after,
        output="Hồ sơ",
    )


def choice(code: str, kind: StepKind, hours: float, **after: str) -> StepSpec:
    """A step whose officer chooses: each label with the step that then follows."""
    return replace(step(code, kind, hours, *after.values()), next_labels=tuple(after))


def split(code: str, kind: StepKind, hours: float, *after: str) -> StepSpec:
    return replace(step(code, kind, hours, *after), branching=Branching.PARALLEL)


def chain(*hours: float, kinds: tuple[StepKind, ...] = CHAIN) -> list[StepSpec]:
    codes = [str(number) for number in range(len(hours))]
    return [step(codes[i], kinds[i], hours[i], *codes[i + 1 : i + 2]) for i in range(len(hours))]


def two_legs() -> list[StepSpec]:
    """Assigned, then two verifications at once, which the signer waits for."""
    return [
        split("a", StepKind.ASSIGN, 1, "v", "w"),
        step("v", StepKind.VERIFY, 10, "s"),
        step("w", StepKind.VERIFY, 3, "s"),
        step("s", StepKind.SIGN, 2, "i"),
        step("i", StepKind.ISSUE, 1, "r"),
        step("r", StepKind.RETURN, 1),
    ]


def two_ways() -> list[StepSpec]:
    """After the first verification the officer goes to the site, or straight to the head of the division."""
    return [
        step("a", StepKind.ASSIGN, 1, "v"),
        choice("v", StepKind.VERIFY, 4, xa="site", gần="d"),
        step("site", StepKind.VERIFY, 16, "d"),
        step("d", StepKind.APPROVE, 2, "s"),
        step("s", StepKind.SIGN, 2, "i"),
        step("i", StepKind.ISSUE, 1, "r"),
        step("r", StepKind.RETURN, 1),
    ]


@st.composite
def sound_processes(draw: st.DrawFn) -> list[StepSpec]:
    """Any sound process: verifications in sequence, in alternatives and in parallel legs, inside one another."""
    numbers, built = count(1), list[StepSpec]()
    hours = st.integers(1, 9)

    def verifications(after: str, depth: int) -> str:
        """Build some verifications that lead to `after`, and return the first of them."""
        following = after
        for _ in range(draw(st.integers(1, 2))):
            following = _verification(following, depth)
        return following

    def _verification(after: str, depth: int) -> str:
        code = f"v{next(numbers)}"
        shapes = [Branching.CHOICE, Branching.PARALLEL, None] if depth else [None]
        shape = draw(st.sampled_from(shapes))
        if shape is None:
            built.append(step(code, StepKind.VERIFY, draw(hours), after))
            return code
        goes_round = shape is Branching.CHOICE and draw(st.booleans())
        entries = [verifications(after, depth - 1) for _ in range(draw(st.integers(1 if goes_round else 2, 3)))]
        entries += [after] if goes_round else []
        found = replace(step(code, StepKind.VERIFY, draw(hours), *entries), branching=shape)
        labels = tuple(f"nếu {number}" for number in range(len(entries))) if shape is Branching.CHOICE else ()
        built.append(replace(found, next_labels=labels))
        return code

    end = [step("i", StepKind.ISSUE, draw(hours), "r"), step("r", StepKind.RETURN, draw(hours))]
    if draw(st.booleans()):
        end = [step("d", StepKind.APPROVE, draw(hours), "s"), step("s", StepKind.SIGN, draw(hours), "i"), *end]
    else:
        end = [step("s", StepKind.SIGN, draw(hours), "i"), *end]
    first = verifications(end[0].code, draw(st.integers(0, 2)))
    return [step("a", StepKind.ASSIGN, draw(hours), first), *draw(st.permutations(built)), *end]
