"""The draft that the demonstration shows: sound, with a condition and a repeated group, and loaded once."""

import pytest

from motcua.catalogue.models import ProcedureVersion, PublicationDecision, Sector
from motcua.catalogue.publication_facts import all_line_facts, lines_of
from motcua.demo.commands.load_people import load_people
from motcua.demo.commands.load_publication import load_publication
from motcua.demo.commands.load_units import load_units
from motcua.demo.publication_definitions import publication
from motcua.rules.declaration_flaws import declaration_flaws
from motcua.rules.publication import flaws
from tests.make import MONDAY


def test_the_declaration_of_the_draft_shows_what_the_builder_can_do() -> None:
    fields = publication().declaration

    assert declaration_flaws(fields) == ()
    assert {"group", "yes_no", "choices", "heading", "address"} <= {one.kind for one in fields}
    assert sum(one.condition is not None for one in fields) == 3
    assert sum(one.group == "plots" for one in fields) == 3


@pytest.mark.django_db
def test_the_draft_is_loaded_once_and_could_be_laid_before_the_chairman() -> None:
    units = load_units(at=MONDAY, step=lambda: None)
    load_people(units=units, at=MONDAY, step=lambda: None)
    Sector.objects.create(code="lam-nghiep", name="Lâm nghiệp", search_key="lam nghiep", sort_key="lam nghiep")

    for _again in range(2):
        load_publication(units=units, at=MONDAY)

    decision = PublicationDecision.objects.get()
    assert flaws(all_line_facts(lines_of(decision), day=MONDAY.date())) == ()
    version = ProcedureVersion.objects.get()
    assert (version.published_at, version.fee_basis, len(version.declaration)) == (None, "28/2026/QĐ-UBND", 13)
