"""Legal documents of a package beside those of here: filled, never written over but by choice."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from motcua.kernel.models import EventRecord
from motcua.legislation.commands.keep import Tie
from motcua.legislation.models import DocumentRelation, LegalDocument
from motcua.province_setup.commands.apply_package import Choice, apply_package
from motcua.province_setup.merging import Effect, State
from motcua.province_setup.models import ConfigurationPackage
from motcua.rules.legal_effect import Relation
from tests.legislation.law import make_document
from tests.make import make_procedure
from tests.province_setup.test_apply import LATER, lines
from tests.province_setup.test_leaving_out import other

pytestmark = pytest.mark.django_db
KIND = "legal-documents"


@pytest.fixture
def decree() -> LegalDocument:
    """A document of here that a package carries, because a procedure cites it."""
    make_procedure()
    decree = make_document("123/2015/NĐ-CP")
    LegalDocument.objects.filter(pk=decree.pk).update(
        title="Quy định chi tiết Luật Hộ tịch",
        text="Điều 1.",
        issuer="Chính phủ",
        is_stub=False,
        effective_from=date(2016, 1, 1),
    )
    decree.refresh_from_db()
    return decree


def package_saying(
    decree: LegalDocument, *, is_stub: bool = False, text: str | None = None, **said: Any
) -> ConfigurationPackage:
    def change(items: list[Any]) -> None:
        items[0]["written"].update(said)
        items[0]["is_stub"] = is_stub
        if text is not None:
            items[0]["text"] = text

    return other({f"{KIND}/{decree.code}": change})


def applied(package: ConfigurationPackage, *taken: str) -> object:
    return apply_package(package=package, choice=Choice((KIND,), taken=taken), actor=None, at=LATER)


def test_a_stub_never_writes_over_a_full_record(decree: LegalDocument) -> None:
    package = package_saying(decree, is_stub=True, title="", issuer="?", text="", effective_from=None)

    line = lines(package, KIND)[decree.code]

    assert (line.state, line.differences) == (State.SAME, ())
    assert applied(package) is None
    after = LegalDocument.objects.get(pk=decree.pk)
    assert (after.title, after.text, after.is_stub) == ("Quy định chi tiết Luật Hộ tịch", "Điều 1.", False)
    assert after.effective_from == date(2016, 1, 1)


def test_what_the_place_does_not_know_is_filled(decree: LegalDocument) -> None:
    package = package_saying(decree, note="Được bãi bỏ một phần", effective_until="2030-01-01")

    line = lines(package, KIND)[decree.code]
    applied(package)

    assert {(one.path, one.effect) for one in line.differences} == {
        ("written.note", Effect.FILLS),
        ("written.effective_until", Effect.FILLS),
    }
    after = LegalDocument.objects.get(pk=decree.pk)
    assert (after.note, after.effective_until, after.title) == ("Được bãi bỏ một phần", date(2030, 1, 1), decree.title)


def test_a_fuller_record_is_taken_for_a_stub(decree: LegalDocument) -> None:
    package = package_saying(decree)
    LegalDocument.objects.filter(pk=decree.pk).update(is_stub=True, title="Luật gì đó", text="", effective_from=None)

    line = lines(package, KIND)[decree.code]
    applied(package)

    assert line.state is State.CHANGED
    after = LegalDocument.objects.get(pk=decree.pk)
    assert (after.title, after.text, after.is_stub) == (decree.title, "Điều 1.", False)


def test_another_fact_is_a_clash_shown_field_by_field_and_taken_only_by_choice(decree: LegalDocument) -> None:
    package = package_saying(decree, title="Tên khác", note="Ghi chú của gói")

    line = lines(package, KIND)[decree.code]
    without = applied(package)
    elsewhere = applied(package, f"{KIND}/khong-co", f"units/{decree.code}")

    assert line.state is State.CLASH
    assert [(one.path, one.ours, one.theirs) for one in line.differences if one.effect is Effect.CLASHES] == [
        ("written.title", decree.title, "Tên khác")
    ]
    assert without is elsewhere is None
    assert LegalDocument.objects.get(pk=decree.pk).title == decree.title

    done = applied(package, f"{KIND}/{decree.code}")
    again = applied(package, f"{KIND}/{decree.code}")

    assert done is not None
    assert again is None
    after = LegalDocument.objects.get(pk=decree.pk)
    assert (after.title, after.note, after.text) == ("Tên khác", "Ghi chú của gói", "Điều 1.")
    assert after.search_key == after.search_key.lower()
    assert "ten khac" in after.search_key
    event = EventRecord.objects.get(kind="PackageApplied")
    assert event.payload["taken"] == [f"{KIND}/{decree.code}"]
    assert (event.payload["changed_count"], event.payload["clash_count"]) == (1, 0)


def test_another_end_of_a_tie_is_settled_the_same_way(decree: LegalDocument) -> None:
    law = make_document("87/2020/NĐ-CP", Tie(Relation.AMENDS, decree, "Điều 2"))

    def ends(day: str) -> Callable[[list[Any]], None]:
        return lambda items: items[0]["relations"][0].update(until=day)

    package = other({f"{KIND}/{law.code}": ends("2028-01-01")})
    DocumentRelation.objects.update(until=date(2027, 1, 1))

    assert lines(package, KIND)[law.code].state is State.CLASH
    applied(package, f"{KIND}/{law.code}")

    assert DocumentRelation.objects.get().until == date(2028, 1, 1)
