"""What an act costs the database: at most sixteen statements, one commit, whatever the number of messages."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.commands import intake, process
from motcua.dossiers.models import Dossier
from motcua.rules.transitions import Status
from tests.make import CHECKS, MONDAY, make_dossier, make_file, make_office

LATER = MONDAY + timedelta(hours=10)
MOST = 16


def statements(queries: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in queries.captured_queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]


@pytest.mark.django_db
def test_acceptance_takes_at_most_sixteen_statements() -> None:
    office = make_office()
    dossier = make_dossier(office=office)

    with CaptureQueriesContext(connection) as queries:
        intake.accept(dossier=dossier, officer=office.reception, checks=CHECKS, at=LATER)

    assert len(statements(queries)) <= MOST, statements(queries)


@pytest.mark.django_db
def test_issuing_with_three_messages_takes_at_most_sixteen_statements() -> None:
    office = make_office()
    dossier = make_dossier(status=Status.SIGNED, office=office)
    numbering = process.Numbering(number="12/GKS", file=make_file())

    with CaptureQueriesContext(connection) as queries:
        process.issue(dossier=dossier, officer=office.clerk, numbering=numbering, at=LATER)

    assert len(statements(queries)) <= MOST, statements(queries)


@pytest.mark.django_db(transaction=True)
def test_an_act_commits_once() -> None:
    office = make_office()
    dossier = make_dossier(status=Status.SIGNED, office=office)
    numbering = process.Numbering(number="12/GKS", file=make_file())

    with CaptureQueriesContext(connection) as queries:
        process.issue(dossier=dossier, officer=office.clerk, numbering=numbering, at=LATER)

    assert [sql for sql in statements(queries) if sql in {"BEGIN", "COMMIT"}] == ["BEGIN", "COMMIT"]


@pytest.mark.django_db
def test_a_second_proposal_without_a_file_keeps_the_file_of_the_first() -> None:
    office = make_office()
    dossier = make_dossier(status=Status.IN_PROGRESS, office=office)
    file = make_file()
    first = process.Proposal(opinion="Đủ điều kiện", title="Giấy khai sinh", file=file)
    second = process.Proposal(opinion="Đã sửa", title="Giấy khai sinh (bản chính)", file=None)

    process.propose(dossier=dossier, officer=office.officer, proposal=first, at=LATER)
    process.return_for_rework(dossier=dossier, officer=office.signer, reason="Sai tên", at=LATER)
    process.propose(dossier=dossier, officer=office.officer, proposal=second, at=LATER)

    result = Dossier.objects.get(pk=dossier.pk).result
    assert (result.file, result.title) == (file, "Giấy khai sinh (bản chính)")
