"""Files that nothing refers to any more."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from motcua.documents.commands import delete_unused_files
from motcua.documents.models import IssuedDocument, StoredFile
from motcua.documents.storage import discard, keep, path_of
from motcua.dossiers.commands.delete_draft import delete_draft
from tests.make import MONDAY, make_draft, make_file

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=2, seconds=1)


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_what_nothing_refers_to_goes_after_two_days() -> None:
    file = make_file()

    assert delete_unused_files(MONDAY + timedelta(days=2)) == 0
    assert path_of(file.sha256).exists()
    assert delete_unused_files(LATER) == 1
    assert not StoredFile.objects.exists()
    assert not path_of(file.sha256).exists()


def test_what_a_paper_or_a_form_refers_to_stays() -> None:
    dossier = make_draft()
    form = make_file(content=b"%PDF-1.7 form")
    IssuedDocument.objects.create(subject="T-1", kind="RECEIPT", number="1", data={}, file=form, issued_at=MONDAY)

    assert delete_unused_files(LATER) == 0
    assert path_of(form.sha256).exists()
    paper = dossier.papers.exclude(file=None).select_related("file").get()
    assert paper.file is not None
    assert path_of(paper.file.sha256).exists()


def test_the_papers_of_a_deleted_draft_go_unless_somebody_sent_the_same() -> None:
    mine, theirs = make_draft(), make_draft()
    paper = theirs.papers.exclude(file=None).select_related("file").get()
    assert paper.file is not None

    delete_draft(dossier=mine, actor=mine.owner, at=MONDAY)

    assert delete_unused_files(LATER) == 1
    assert path_of(paper.file.sha256).exists()


@pytest.mark.django_db(transaction=True)
def test_content_that_somebody_is_just_keeping_again_is_not_deleted_under_them() -> None:
    file = make_file()
    StoredFile.objects.all().delete()
    done = threading.Event()

    def discarding() -> None:
        discard(file.sha256)
        done.set()
        connection.close()

    other = threading.Thread(target=discarding)
    with transaction.atomic():
        keep(path_of(file.sha256).read_bytes(), media_type="application/pdf", name="a", by=None, at=MONDAY)
        other.start()
        assert not done.wait(0.5)
    other.join(10)

    assert done.is_set()
    assert path_of(file.sha256).exists()
