"""What the database leaves out of all that was ever confirmed changes no answer (C-10)."""

import random
import uuid
from datetime import date, timedelta

import pytest

from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.posting.facts import At, confirmed
from motcua.posting.models import PostingConfirmation, PostingLine
from motcua.rules.posting import Confirmed, Edition, PostingAct, PostingKind, on_show
from tests.make import MONDAY, make_procedure
from tests.posting.boards import Desk, make_desk

pytestmark = pytest.mark.django_db
START = date(2026, 1, 1)
DAYS = 60


def texts_of(procedure: Procedure, pick: random.Random) -> list[ProcedureVersion]:
    """Three texts after the one since 2020, each until the next."""
    begins = sorted(pick.sample(range(5, DAYS - 5), 3))
    ends: list[int | None] = [*begins[1:], None]
    procedure.versions.update(valid_until=START + timedelta(days=begins[0]))
    later = [
        ProcedureVersion.objects.create(
            procedure=procedure,
            number=number,
            valid_from=START + timedelta(days=begun),
            valid_until=None if ended is None else START + timedelta(days=ended),
            published_at=MONDAY,
            title=procedure.title,
            level="COMMUNE",
        )
        for number, (begun, ended) in enumerate(zip(begins, ends, strict=True), start=2)
    ]
    return [procedure.versions.get(number=1), *later]


def said_at(desk: Desk, texts: list[ProcedureVersion], pick: random.Random) -> list[Confirmed]:
    """Write a dozen confirmations down, one after the other; return them as the rules know them, none left out."""
    said = []
    for _ in range(12):
        text = pick.choice([*texts, None]) if pick.random() < 0.8 else texts[0]
        kind, on = pick.choice(list(PostingKind)[:2]), START + timedelta(days=pick.randrange(DAYS))
        row = PostingConfirmation.objects.create(
            key=uuid.UUID(int=pick.getrandbits(128)),
            unit=desk.unit,
            act="PUT_UP" if text else "TAKEN_DOWN",
            kind=kind.value,
            on=on,
            confirmed_by=desk.officer,
            confirmed_at=MONDAY,
        )
        PostingLine.objects.create(confirmation=row, procedure_id=texts[0].procedure_id, version=text)
        edition = Edition(text.number, text.valid_from) if text else None
        said.append(Confirmed(PostingAct.PUT_UP if text else PostingAct.TAKEN_DOWN, kind, on, edition))
    return said


@pytest.mark.parametrize("seed", range(4))
def test_what_is_left_out_changes_nothing_of_what_is_on_show(seed: int) -> None:
    pick, desk = random.Random(seed), make_desk()
    spoken = {}
    for _ in range(8):
        procedure = make_procedure()
        spoken[procedure.pk] = said_at(desk, texts_of(procedure, pick), pick)

    for day in (START + timedelta(days=days) for days in range(0, DAYS, 4)):
        found = confirmed(day, {desk.unit.pk})

        for key, said in spoken.items():
            assert on_show(found.get(At(desk.unit.pk, key), ()), day) == on_show(said, day)
        assert found == confirmed(day)


def test_ended_texts_of_long_ago_are_not_read() -> None:
    pick, desk = random.Random(1), make_desk()
    procedure = make_procedure()
    texts = texts_of(procedure, pick)
    for text in texts:
        row = PostingConfirmation.objects.create(
            unit=desk.unit,
            act="PUT_UP",
            kind="BOARD",
            on=text.valid_from,
            confirmed_by=desk.officer,
            confirmed_at=MONDAY,
        )
        PostingLine.objects.create(confirmation=row, procedure=procedure, version=text)

    (said,) = confirmed(START + timedelta(days=DAYS)).values()

    assert [one.edition.number for one in said if one.edition] == [4]
