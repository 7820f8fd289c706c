"""Reads and writes of rows whose SQL is put together once do what the ORM does."""

import uuid
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models.functions import Lower
from django.db.transaction import TransactionManagementError
from django.forms import model_to_dict
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.models import Dossier, Paper
from motcua.kernel.compiled import CompiledQuery
from motcua.kernel.models import Sequence
from motcua.kernel.rows import insert_row, insert_rows, update_row
from tests.make import make_draft, make_user

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
JOINED = (
    Dossier.objects.select_related("receiving_unit__parent", "applicant", "holder_unit")
    .defer("lookup_pin")
    .annotate(desk_name=Lower("receiving_unit__name"))
)


@pytest.mark.django_db
def test_a_row_comes_with_those_joined_to_it_as_the_orm_makes_them() -> None:
    draft = make_draft()
    Dossier.objects.filter(pk=draft.pk).update(derivation={"vi": ["một ngày"]})
    asked = JOINED.get(pk=draft.pk)

    with CaptureQueriesContext(connection) as queries:
        found = CompiledQuery(JOINED, by="reference").get(draft.reference)
        assert model_to_dict(found.receiving_unit) == model_to_dict(asked.receiving_unit)
        assert found.receiving_unit.parent == asked.receiving_unit.parent
        assert model_to_dict(found.applicant) == model_to_dict(asked.applicant)
        assert found.applicant.dossier is found
        assert found.holder_unit is None

    assert len(queries) == 1
    assert found.get_deferred_fields() == {"lookup_pin"}
    assert model_to_dict(found) == model_to_dict(asked)
    assert found.derivation == {"vi": ["một ngày"]}
    assert vars(found)["desk_name"] == vars(asked)["desk_name"] == found.receiving_unit.name.lower()


@pytest.mark.django_db
def test_what_is_compiled_answers_for_every_key() -> None:
    first, second = make_draft(), make_draft()
    rows = CompiledQuery(Dossier.objects.all(), by="reference")

    assert [rows.get(first.reference), rows.get(second.reference)] == [first, second]
    assert rows.find("nowhere") is None
    with pytest.raises(Dossier.DoesNotExist):
        rows.get("nowhere")


@pytest.mark.django_db
def test_rows_of_picked_keys_come_in_the_order_of_the_queryset() -> None:
    first, second, _ = make_draft(), make_draft(), make_draft()
    rows = CompiledQuery(Dossier.objects.order_by("-pk"), by="pk")

    assert rows.among(Dossier.objects.filter(pk__lte=second.pk).values("pk")) == [second, first]
    assert rows.among(Dossier.objects.filter(reference=first.reference).values("pk")) == [first]
    assert rows.among(Dossier.objects.none().values("pk")) == []


@pytest.mark.django_db
def test_a_relation_is_asked_for_once_and_kept_with_its_owner() -> None:
    draft = make_draft()
    papers = CompiledQuery(Paper.objects.order_by("-position"), by="dossier")

    with CaptureQueriesContext(connection) as queries:
        first, again = (papers.kept_by(draft, "papers") for _ in range(2))
        assert list(draft.papers.all()) == first
        assert first[0].dossier is draft

    assert len(queries) == 1
    assert [paper.position for paper in first] == [2, 1]
    assert [id(paper) for paper in again] == [id(paper) for paper in first]
    assert draft.papers.filter(position=1).get().position == 1


@pytest.mark.django_db(transaction=True)
def test_rows_are_only_locked_inside_a_transaction() -> None:
    locked, draft = CompiledQuery(JOINED.select_for_update(of=("self",)), by="reference"), make_draft()

    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        found = locked.get(draft.reference)
    with pytest.raises(TransactionManagementError):  # of what is compiled already: Django itself asks only before
        locked.get(draft.reference)

    assert found == draft
    assert [query["sql"].partition(" FOR UPDATE ")[2] for query in queries if "SELECT" in query["sql"]] == [
        'OF "dossiers_dossier"'
    ]


@pytest.mark.django_db
def test_new_rows_get_their_keys() -> None:
    one = Sequence(scope="A", on=MONDAY, last_number=3)
    two, three = (Sequence(scope="B", on=on, last_number=1) for on in (MONDAY, TUESDAY))

    insert_row(one)
    insert_rows([two, three])
    insert_rows([])

    kept = Sequence.objects.in_bulk([one.pk, two.pk, three.pk])
    assert [model_to_dict(kept[row.pk]) for row in (one, two, three)] == [
        model_to_dict(row) for row in (one, two, three)
    ]


@pytest.mark.django_db
def test_only_the_fields_named_are_written() -> None:
    draft = make_draft()
    draft.derivation, draft.owner, draft.draft_key = {"vi": ["một ngày"]}, make_user(), uuid.uuid4()

    update_row(draft, ["derivation", "owner"])

    kept = Dossier.objects.get(pk=draft.pk)
    assert kept.derivation == {"vi": ["một ngày"]}
    assert kept.owner == draft.owner
    assert kept.draft_key != draft.draft_key


@pytest.mark.django_db
def test_a_row_that_is_gone_cannot_be_written() -> None:
    gone = Sequence(pk=0, scope="A", on=MONDAY, last_number=3)

    with pytest.raises(DatabaseError):
        update_row(gone, ["last_number"])
