"""Plain words beside a version, and the events of life."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.accounts.models import User
from motcua.catalogue.commands.life_events import (
    LifeEventDefinition,
    LifeStepDefinition,
    ProceduresUnknown,
    write_life_event,
)
from motcua.catalogue.commands.plain_words import MayNotWrite, PlainWords, VersionNotPublished, write_plain_words
from motcua.catalogue.models import LifeEvent, PlainSummary, Procedure, ProcedureVersion
from motcua.catalogue.queries.life_events import life_event_cards, life_event_on, life_events_found
from motcua.kernel.models import EventRecord
from motcua.rules.permissions import Role
from tests.make import MONDAY, make_officer, make_procedure, make_unit

pytestmark = pytest.mark.django_db

TODAY = MONDAY.date()


@pytest.fixture
def control() -> User:
    return make_officer(Role.PROCEDURE_CONTROL_OFFICER, make_unit(kind="PROVINCE", level="PROVINCE"))


@pytest.fixture
def version() -> ProcedureVersion:
    return ProcedureVersion.objects.get(procedure=make_procedure())


def kinds() -> list[str]:
    return list(EventRecord.objects.order_by("pk").values_list("kind", flat=True))


def definition(*codes: str, name: str = "Xây nhà") -> LifeEventDefinition:
    return LifeEventDefinition(
        code="xay-nha",
        name=name,
        introduction="Xin phép trước.",
        steps=tuple(LifeStepDefinition(code, f"Việc {code}") for code in codes),
        position=1,
        keywords=("gpxd", "làm nhà"),
    )


def test_each_writing_is_kept_and_the_same_again_changes_nothing(control: User, version: ProcedureVersion) -> None:
    first = PlainWords(purpose="Để có giấy")
    for words in (first, first, replace(first, cost="Không mất tiền"), PlainWords()):
        write_plain_words(version=version, words=words, actor=control, at=MONDAY)

    rows = list(PlainSummary.objects.order_by("number").values_list("number", "purpose", "cost"))
    assert rows == [(1, "Để có giấy", ""), (2, "Để có giấy", "Không mất tiền"), (3, "", "")]
    said = [event.payload["answers"] for event in EventRecord.objects.filter(kind="PlainSummaryWritten").order_by("pk")]
    assert said == [["purpose"], ["purpose", "cost"], []]


def test_nothing_written_where_nothing_was_leaves_nothing(control: User, version: ProcedureVersion) -> None:
    assert write_plain_words(version=version, words=PlainWords(), actor=control, at=MONDAY) is None
    assert kinds() == []


def test_who_does_not_control_procedures_may_not_write(version: ProcedureVersion) -> None:
    clerk = make_officer(Role.RECORDS_CLERK, make_unit(kind="PROVINCE", level="PROVINCE"))

    with pytest.raises(MayNotWrite):
        write_plain_words(version=version, words=PlainWords(who="Ai cũng được"), actor=clerk, at=MONDAY)

    assert not PlainSummary.objects.exists()


def test_a_draft_has_its_summary_in_itself(control: User, version: ProcedureVersion) -> None:
    draft = ProcedureVersion.objects.create(
        procedure=version.procedure, number=0, valid_from=TODAY + timedelta(days=9), title="Mới", level="COMMUNE"
    )

    with pytest.raises(VersionNotPublished):
        write_plain_words(version=draft, words=PlainWords(who="Ai cũng được"), actor=control, at=MONDAY)


def test_an_event_of_life_has_its_procedures_in_order() -> None:
    one, two, gone = make_procedure(), make_procedure(), make_procedure()
    Procedure.objects.filter(pk=gone.pk).update(withdrawn_on=date(2026, 1, 1))

    for _ in range(2):
        write_life_event(definition=definition(two.code, gone.code, one.code), actor=None, at=MONDAY)

    page = life_event_on("xay-nha", TODAY)
    assert page
    assert [(step.procedure, step.advice) for step in page.steps] == [
        (two.code, f"Việc {two.code}"),
        (one.code, f"Việc {one.code}"),
    ]
    assert [(card.code, card.count) for card in life_event_cards(TODAY)] == [("xay-nha", 2)]
    assert kinds() == ["LifeEventWritten"]
    assert life_event_on("khong-co", TODAY) is None


def test_an_event_written_anew_takes_the_place_of_the_old() -> None:
    one, two = make_procedure(), make_procedure()
    write_life_event(definition=definition(one.code), actor=None, at=MONDAY)

    write_life_event(definition=definition(two.code, name="Xây, sửa nhà"), actor=None, at=MONDAY)

    event = LifeEvent.objects.get()
    assert event.name == "Xây, sửa nhà"
    assert list(event.steps.values_list("procedure__code", flat=True)) == [two.code]


@pytest.mark.parametrize("codes", [(), ("9.999999",), ("same", "same")])
def test_an_event_names_known_procedures_once(codes: tuple[str, ...]) -> None:
    known = make_procedure().code

    with pytest.raises(ProceduresUnknown):
        write_life_event(
            definition=definition(*(known if code == "same" else code for code in codes)), actor=None, at=MONDAY
        )

    assert not LifeEvent.objects.exists()


@pytest.mark.parametrize(("text", "is_found"), [("gpxd", True), ("Lam nha", True), ("xe máy", False), ("", False)])
def test_events_are_found_by_other_words_too(text: str, is_found: bool) -> None:
    write_life_event(definition=definition(make_procedure().code), actor=None, at=MONDAY)

    assert bool(life_events_found(text, TODAY)) is is_found


def test_events_without_a_procedure_in_force_are_not_shown() -> None:
    procedure = make_procedure()
    write_life_event(definition=definition(procedure.code), actor=None, at=MONDAY)
    Procedure.objects.filter(pk=procedure.pk).update(withdrawn_on=date(2026, 1, 1))

    with CaptureQueriesContext(connection) as asked:
        assert life_event_cards(TODAY) == ()

    assert len(asked) == 1
