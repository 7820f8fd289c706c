"""Files by way of the API: judged by their content, kept clean, refused with a code that says why."""

import json
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from motcua.documents.models import StoredFile
from motcua.dossiers.models import Dossier
from motcua.rules.transitions import Status
from tests.api.conftest import Machine, machine, pdf_file, told
from tests.api.test_journey import PERSON
from tests.documents import make_files
from tests.make import make_dossier, make_draft, make_office

LARGEST = settings.PAPER_MAX_BYTES


@dataclass(slots=True)
class Own:
    """A citizen with a draft."""

    citizen: Machine
    path: str

    def paper(self) -> dict[str, object]:
        papers: list[dict[str, object]] = told(self.citizen.get(self.path))["papers"]
        return papers[1]


@pytest.fixture
def own() -> Own:
    draft = make_draft()
    assert draft.owner is not None
    return Own(machine(draft.owner), f"/my/dossiers/{draft.reference}")


@pytest.mark.parametrize(
    ("content", "status", "code", "found"),
    [
        pytest.param(b"", 422, "file_empty", "", id="empty"),
        pytest.param(b"MZ\x90\x00" + b"\0" * 60, 415, "file_wrong_type", "PROGRAM", id="a program renamed to .pdf"),
        pytest.param(b"\x7fELF" + b"\0" * 60, 415, "file_wrong_type", "PROGRAM", id="another program"),
        pytest.param(make_files.zip_bytes(), 415, "file_wrong_type", "OFFICE", id="a Word file or archive"),
        pytest.param(b"\0\0\0\x18ftypheic" + b"\0" * 60, 415, "file_wrong_type", "HEIC", id="a phone's photo format"),
        pytest.param(b"<html>", 415, "file_wrong_type", "OTHER", id="a page"),
        pytest.param(b"%PDF-1.7 nothing", 422, "file_broken", "", id="a broken PDF"),
        pytest.param(make_files.locked_pdf(), 422, "file_locked", "", id="a locked PDF"),
        pytest.param(make_files.pdf_with_script(), 422, "file_active_content", "", id="a PDF with a script"),
        pytest.param(make_files.pdf_with_attachment(), 422, "file_active_content", "", id="a PDF that carries a file"),
        pytest.param(b"%PDF-" + b"x" * LARGEST, 413, "file_too_large", "", id="past 20 MB"),
    ],
)
def test_a_file_that_is_not_taken(own: Own, content: bytes, status: int, code: str, found: str) -> None:
    before = StoredFile.objects.count()

    said = told(own.citizen.upload(f"{own.path}/papers/2", {"file": pdf_file(content)}), status)

    assert (said["code"], said["found"]) == (code, found)
    assert own.paper()["file"] is None
    assert StoredFile.objects.count() == before


def test_a_request_far_too_large_is_not_read_into_memory(own: Own) -> None:
    content = b"x" * (settings.REQUEST_MAX_BYTES + 1)

    said = told(own.citizen.upload(f"{own.path}/papers/2", {"file": pdf_file(content)}), 413)

    assert said["code"] == "request_too_large"


def test_the_type_is_that_of_the_content_and_the_place_is_gone(own: Own) -> None:
    told(own.citizen.upload(f"{own.path}/papers/2", {"file": pdf_file(make_files.jpeg_with_place(), "giấy.pdf")}))

    file = own.paper()["file"]
    assert isinstance(file, dict)
    assert (file["name"], file["media_type"]) == ("giấy.pdf.jpg", "image/jpeg")
    kept = own.citizen.get(f"{own.path}/papers/2/file")
    assert kept.headers["Content-Type"] == "image/jpeg"
    assert make_files.SECRET_PLACE.encode() not in kept.getvalue()


def test_a_second_file_takes_the_place_of_the_first(own: Own) -> None:
    for content in (make_files.image_bytes("PNG"), make_files.pdf_bytes()):
        told(own.citizen.upload(f"{own.path}/papers/2", {"file": pdf_file(content)}))

    assert own.citizen.get(f"{own.path}/papers/2/file").getvalue()[:5] == b"%PDF-"


def test_an_upload_without_a_file_says_so(own: Own) -> None:
    said = told(own.citizen.upload(f"{own.path}/papers/2", {}), 422)

    assert [(fault["path"], fault["code"]) for fault in said["errors"]] == [("file", "missing")]


@pytest.mark.parametrize(
    ("position", "code"), [("9", "no_such_paper"), ("0", "invalid_request"), ("x", "invalid_request")]
)
def test_no_file_goes_to_a_paper_outside_the_list(own: Own, position: str, code: str) -> None:
    answer = own.citizen.upload(f"{own.path}/papers/{position}", {"file": pdf_file(make_files.pdf_bytes())})

    assert told(answer, 422)["code"] == code


def test_a_refused_draft_result_leaves_the_dossier_where_it_was() -> None:
    office = make_office()
    dossier = make_dossier(office=office, status=Status.IN_PROGRESS)
    form = {"opinion": "Được", "title": "Giấy khai sinh", "file": pdf_file(b"MZ")}

    said = told(machine(office.officer).upload(f"/work/dossiers/{dossier.code}/proposal", form), 415)

    assert said["code"] == "file_wrong_type"
    assert Dossier.objects.get(pk=dossier.pk).status == Status.IN_PROGRESS


def counter_filing(**more: object) -> dict[str, object]:
    return {"applicant": PERSON, "answers": {"ten_con": "Páo"}, **more}


@pytest.mark.parametrize(
    ("papers", "path", "code"),
    [
        ([{"position": 7}], "filing.papers.0.position", "no_such_paper"),
        ([{"position": 1}, {"position": 2, "scan": 2}], "filing.papers.1.scan", "no_such_scan"),
        ([{"position": 1, "originals_count": 100}], "filing.papers.0.originals_count", "less_than_equal"),
    ],
)
def test_a_counter_filing_names_listed_papers_and_scans_that_were_sent(
    papers: list[object], path: str, code: str
) -> None:
    office = make_office()
    offering = office.offering
    place = {"procedure": offering.procedure.code, "desk": offering.receiving_unit.code}
    form = {
        "filing": json.dumps(counter_filing(papers=papers, **place)),
        "scans": SimpleUploadedFile("a.pdf", make_files.pdf_bytes()),
    }

    said = told(machine(office.reception).upload("/work/counter", form, Idempotency_Key="k"), 422)

    assert [(fault["path"], fault["code"]) for fault in said["errors"]] == [(path, code)]
    assert Dossier.objects.count() == 0


def test_a_scan_that_is_not_taken_files_nothing() -> None:
    office = make_office()
    offering = office.offering
    place = {"procedure": offering.procedure.code, "desk": offering.receiving_unit.code}
    form = {
        "filing": json.dumps(counter_filing(papers=[{"position": 1, "scan": 1}], **place)),
        "scans": SimpleUploadedFile("a.pdf", b"MZ"),
    }

    said = told(machine(office.reception).upload("/work/counter", form, Idempotency_Key="k"), 415)

    assert said["code"] == "file_wrong_type"
    assert Dossier.objects.count() == 0
    assert not connection.needs_rollback
