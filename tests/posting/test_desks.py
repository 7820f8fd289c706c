"""What is remembered of the desks is what would be computed anew, whatever was written in between (C-10)."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.catalogue.models import Offering, Procedure, ProcedureVersion
from motcua.organisations.models import OfficeHours
from motcua.posting.commands.confirm import withdraw
from motcua.posting.models import PostingConfirmation, PostingLine
from motcua.posting.queries.desks import at_desks, compute, forget
from motcua.posting.queries.overview import overview
from tests.catalogue.publishing import begun, line_of, published, shortened
from tests.make import MONDAY, make_offering
from tests.posting.boards import LONG_UP, TODAY, Desk, make_desk, more, put_up

pytestmark = pytest.mark.django_db

START = date(2026, 2, 1)
SPAN = 60


@dataclass(frozen=True)
class Act:
    """Something written about a desk and one of its procedures, `days` after the start; `kind` picks among variants."""

    name: str
    desk: int
    procedure: int
    kind: int
    days: int

    @property
    def on(self) -> date:
        return START + timedelta(days=self.days)


ACTS = st.lists(
    st.builds(
        Act,
        st.sampled_from(
            ["say", "say", "take down", "withdraw", "text", "end text", "stop", "move", "abolish", "decide", "hours"]
        ),
        st.integers(0, 1),
        st.integers(0, 1),
        st.integers(0, 2),
        st.integers(0, SPAN),
    ),
    max_size=9,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, taken_back=st.integers(0, 8), ask_on=st.integers(0, SPAN))
def test_what_is_remembered_is_what_would_be_computed(acts: list[Act], taken_back: int, ask_on: int) -> None:
    with transaction.atomic():
        first = make_desk()
        desks = [first, make_desk(province=first.province, procedure=first.procedure)]
        procedures = [first.procedure, *more(first, 1)]
        days = [START + timedelta(days=ask_on), START + timedelta(days=SPAN)]
        for place, act in enumerate(acts):
            with transaction.atomic():
                done(act, desks, procedures)
                assert at_desks(days[0]) == compute(days[0])
                transaction.set_rollback(place == taken_back)
            for day in days:
                assert at_desks(day) == compute(day)
                assert at_desks(day) == compute(day)
        transaction.set_rollback(True)


def done(act: Act, desks: list[Desk], procedures: list[Procedure]) -> None:
    """Write one act down, past the commands where they would refuse it."""
    desk, procedure = desks[act.desk], procedures[act.procedure]
    if act.name in {"text", "end text", "abolish"}:
        changed(procedure, act)
    elif act.name in {"stop", "move"}:
        moved(desk, procedure, act)
    elif act.name == "hours":
        OfficeHours.objects.filter(unit=desk.unit).delete()
        OfficeHours.objects.create(unit=desk.unit, spans="08:00-08:15", valid_from=act.on)
    elif act.name == "withdraw":
        PostingConfirmation.objects.counting().filter(unit=desk.unit).update(withdrawn_at=MONDAY)
    elif act.name != "decide":
        say(desk, procedure, act)
    elif desks[0].procedure.versions.count() == 1 and is_in_force(desks[0].procedure):
        decision = begun(desk.province)
        shortened(line_of(decision, desk.province, desks[0].procedure), desk.province)
        published(decision, desk.province)


def changed(procedure: Procedure, act: Act) -> None:
    """Abolish it, end its newest text, or have another follow."""
    if act.name == "abolish":
        Procedure.objects.filter(pk=procedure.pk).update(withdrawn_on=act.on)
        return
    newest = procedure.versions.filter(valid_until=None, valid_from__lt=act.on).first()
    if newest is None:
        return
    procedure.versions.filter(pk=newest.pk).update(valid_until=act.on)
    if act.name == "text":
        ProcedureVersion.objects.create(
            procedure=procedure,
            number=newest.number + 1,
            valid_from=act.on,
            published_at=MONDAY,
            title=procedure.title,
            level="COMMUNE",
        )


def moved(desk: Desk, procedure: Procedure, act: Act) -> None:
    """Have the desk receive it no longer, or from another day on."""
    offered = Offering.objects.filter(procedure=procedure, receiving_unit=desk.unit, valid_until=None)
    offered.filter(valid_from__lt=act.on).update(valid_until=act.on)
    if act.name == "move" and not offered.exists():
        make_offering(procedure=procedure, commune=desk.commune, desk=desk.unit)


def is_in_force(procedure: Procedure) -> bool:
    """Tell whether a decision may amend it: it was neither abolished nor ended."""
    return Procedure.objects.filter(pk=procedure.pk, withdrawn_on=None, versions__valid_until=None).exists()


def say(desk: Desk, procedure: Procedure, act: Act) -> None:
    """Confirm that one of its texts was put up, or that it was taken down."""
    texts = procedure.versions.filter(published_at__isnull=False).order_by("-number")
    text = texts[min(act.kind, len(texts) - 1)] if act.name == "say" else None
    row = PostingConfirmation.objects.create(
        key=uuid.uuid4(),
        unit=desk.unit,
        act="PUT_UP" if text else "TAKEN_DOWN",
        kind=("BOARD", "ELECTRONIC", "WEB_PAGE")[act.kind],
        on=act.on,
        confirmed_by=desk.officer,
        confirmed_at=MONDAY,
    )
    PostingLine.objects.create(confirmation=row, procedure=procedure, version=text)


def test_who_asks_after_another_pays_for_what_changed_alone() -> None:
    desk = make_desk()
    make_desk(province=desk.province, procedure=desk.procedure)
    forget()

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            overview(TODAY)
        return len(queries)

    first, again = asked(), asked()
    put_up(desk, on=LONG_UP)
    after_a_word = asked()

    assert (first - again, after_a_word) == (4, first)
    assert asked() == again


def test_a_word_taken_back_is_forgotten() -> None:
    desk = make_desk()
    before = at_desks(TODAY)
    row = put_up(desk)
    said = at_desks(TODAY)

    withdraw(confirmation=row, actor=desk.officer, at=MONDAY)

    assert at_desks(TODAY) == before != said
