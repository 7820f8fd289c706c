"""What an act through the API costs the database: three statements more than its command, and one commit."""

from collections.abc import Mapping

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.models import Dossier
from motcua.rules.transitions import Status
from tests.api.conftest import machine, pdf_file, told
from tests.api.test_journey import CHECKED
from tests.documents.make_files import pdf_bytes
from tests.make import Office, make_dossier, make_office

ACTS: list[tuple[Status, str, str, Mapping[str, object], int]] = [
    (Status.SUBMITTED, "reception", "acceptance", CHECKED, 19),
    (Status.ACCEPTED, "reception", "transfer", {}, 11),
    # Two of them tell the officer, which assignment did not do when it took thirteen.
    (Status.TRANSFERRED, "dispatcher", "assignment", {"to": "officer"}, 15),
    (Status.IN_PROGRESS, "officer", "proposal", {"opinion": "Được", "title": "Giấy khai sinh"}, 12),
    (Status.PENDING_SIGN, "signer", "signature", {}, 12),
    (Status.SIGNED, "clerk", "issuing", {"number": "1/GKS"}, 19),
    (Status.DONE, "reception", "hand-over", {"received_by": "Vàng Thị Mỷ"}, 13),
]
IDS = [act for _, _, act, _, _ in ACTS]


def ask(office: Office, dossier: Dossier, who: str, act: str, body: Mapping[str, object]) -> list[str]:
    """Do the act and return its statements, commits among them."""
    known = machine(getattr(office, who))
    path = f"/work/dossiers/{dossier.public_code}/{act}"
    said = {**body, **({"to": office.officer.username} if act == "assignment" else {})}
    with CaptureQueriesContext(connection) as queries:
        if act == "proposal":
            answer = known.upload(path, said)
        elif act == "issuing":
            answer = known.upload(path, {**said, "file": pdf_file(pdf_bytes())})
        else:
            answer = known.post(path, said)
    told(answer)
    return [query["sql"] for query in queries.captured_queries]


@pytest.mark.parametrize(("status", "who", "act", "body", "most"), ACTS, ids=IDS)
def test_an_act_takes_few_statements(status: Status, who: str, act: str, body: Mapping[str, object], most: int) -> None:
    office = make_office()
    dossier = make_dossier(office=office, status=status)

    said = ask(office, dossier, who, act, body)

    counted = [sql for sql in said if not sql.startswith(("SAVEPOINT", "RELEASE"))]
    assert len(counted) <= most, counted


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("status", "who", "act", "body", "most"), ACTS[:1], ids=IDS[:1])
def test_an_act_commits_once(status: Status, who: str, act: str, body: Mapping[str, object], most: int) -> None:
    office = make_office()
    dossier = make_dossier(office=office, status=status)

    said = ask(office, dossier, who, act, body)

    assert [sql for sql in said if sql in {"BEGIN", "COMMIT"}] == ["BEGIN", "COMMIT"]
