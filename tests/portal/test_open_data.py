"""The whole catalogue to take away, and what search engines find."""

import csv
import hashlib
import io
import json
import time
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.catalogue import open_data_files
from motcua.catalogue.open_data import COLUMNS
from motcua.portal.open_data_words import COLUMN_WORDS
from tests.catalogue.test_comparison import WHOLE, publish
from tests.make import MONDAY, make_dossier, make_procedure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

CSV, LINES = "/du-lieu-mo/thu-tuc.csv", "/du-lieu-mo/thu-tuc.jsonl"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    return tmp_path / "open-data"


def content(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # it is a file


def test_both_files_hold_every_procedure_in_force_once(client: Client) -> None:
    codes = {make_procedure().code for _ in range(3)}

    rows = list(csv.DictReader(io.StringIO(content(client, CSV).decode("utf-8-sig"))))
    told = [json.loads(line) for line in content(client, LINES).splitlines()]

    assert {row["code"] for row in rows} == {one["code"] for one in told} == codes
    assert len(rows) == len(told) == 3
    assert tuple(rows[0]) == tuple(told[0]) == COLUMNS


def test_the_catalogue_of_another_day_is_the_one_in_force_then(client: Client) -> None:
    publish(WHOLE, date(2025, 1, 1))
    publish(replace(WHOLE, set_count=2), date(2026, 1, 1))

    (then,) = content(client, f"{LINES}?ngay=2025-06-30").splitlines()

    assert json.loads(then)["version"] == 1
    assert content(client, f"{LINES}?ngay=2024-01-01") == b""


@pytest.mark.parametrize("day", ["ngay-nao", "2026-13-01", "1999-12-31", "2030-01-01", "20260101x"])
def test_a_day_that_is_none_is_not_there(client: Client, day: str) -> None:
    assert client.get(CSV, {"ngay": day}).status_code == 404


def test_a_file_is_made_once_and_asked_for_again_costs_nothing(client: Client, folder: Path) -> None:
    make_procedure()
    first = client.get(CSV)
    first.getvalue()
    made = {file: file.stat().st_mtime_ns for file in folder.iterdir()}

    again = client.get(CSV, headers={"If-None-Match": first.headers["ETag"]})
    with CaptureQueriesContext(connection) as asked:
        client.get(CSV).getvalue()

    assert again.status_code == 304
    assert again.headers["ETag"] == first.headers["ETag"]
    assert {file: file.stat().st_mtime_ns for file in folder.iterdir()} == made
    assert len(asked) <= 2
    assert first.headers["Cache-Control"] == "public, max-age=3600"


def test_a_changed_catalogue_has_another_tag_and_a_new_file(client: Client) -> None:
    make_procedure()
    first = client.get(CSV)
    before, _ = first.headers["ETag"], first.getvalue()

    make_procedure()

    after = client.get(CSV, headers={"If-None-Match": before})
    assert (after.status_code, after.getvalue().count(b"\n")) == (200, 3)


def test_days_of_the_same_catalogue_share_a_file(client: Client, folder: Path) -> None:
    make_procedure()

    for back in range(5):
        client.get(LINES, {"ngay": (MONDAY.date() - timedelta(days=back)).isoformat()}).getvalue()

    assert len(list(folder.glob("*.jsonl"))) == 1


def test_the_disk_is_never_filled(client: Client, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_data_files, "_KEPT", 2)
    for _ in range(4):
        make_procedure()
        content(client, CSV)

    assert len(list(folder.glob("*.csv"))) == len(list(folder.glob("*.sum"))) == 2
    assert len(list(folder.iterdir())) == 4


def test_asking_for_old_days_never_costs_todays_files(
    client: Client, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was used last is kept, and what everybody fetches always."""
    monkeypatch.setattr(open_data_files, "_KEPT", 3)
    monkeypatch.setattr(time, "time_ns", count(1).__next__)
    for months in range(1, 6):
        publish(replace(WHOLE, set_count=months), date(2025, months, 1))
    content(client, LINES)
    (todays,) = folder.glob("*.jsonl")

    for month in (1, 2, 1, 3):
        content(client, f"{LINES}?ngay=2025-{month:02}-15")

    kept = {json.loads(file.read_bytes())["version"] for file in folder.glob("*.jsonl")}
    assert todays.is_file()
    assert kept == {5, 1, 3}


def test_one_file_is_made_at_a_time(client: Client, folder: Path) -> None:
    """Whoever asks meanwhile is asked to come back; what is there is handed out all the same."""
    publish(WHOLE, date(2025, 1, 1))
    content(client, LINES)
    with open_data_files.alone(folder):
        answer, page = client.get(CSV), client.get("/du-lieu-mo/")
        there = content(client, LINES)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "thử lại sau ít phút" in answer.content.decode()
    assert page.status_code == 503
    assert there
    assert content(client, CSV)


def test_a_file_that_goes_while_it_is_asked_for_is_made_anew(
    client: Client, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(WHOLE, date(2025, 1, 1))
    content(client, LINES)
    asked = open_data_files.dump_of
    went: list[Path] = []

    def gone(day: date, shape: str) -> open_data_files.Dump:
        found = asked(day, shape)
        if not went:
            went.append(found.path)
            found.path.unlink()
        return found

    monkeypatch.setattr(open_data_files, "dump_of", gone)

    assert content(client, LINES)
    assert went


def test_what_an_ended_program_left_half_made_is_removed(client: Client, folder: Path) -> None:
    folder.mkdir(parents=True)
    left = folder / "making-abc"
    left.write_bytes(b"half")
    make_procedure()

    content(client, CSV)

    assert not left.exists()


def test_the_page_names_the_checksum_and_every_column(client: Client) -> None:
    make_procedure()

    page = client.get("/du-lieu-mo/").content.decode()

    assert hashlib.sha256(content(client, CSV)).hexdigest() in page
    assert hashlib.sha256(content(client, LINES)).hexdigest() in page
    assert all(f"<code>{name}</code>" in page for name in COLUMNS)
    assert "1 thủ tục có hiệu lực ngày 02/03/2026" in page
    assert set(COLUMN_WORDS) == set(COLUMNS)


def test_nothing_of_people_is_in_it(client: Client) -> None:
    dossier = make_dossier()

    text = content(client, CSV).decode() + content(client, LINES).decode()

    assert dossier.procedure_version.procedure.code in text
    assert not any(said and said in text for said in (dossier.applicant.full_name, dossier.applicant.phone))


def test_the_map_of_the_site_names_procedures_that_are_gone_too(client: Client) -> None:
    procedure = make_procedure()
    type(procedure).objects.filter(pk=procedure.pk).update(withdrawn_on=date(2026, 1, 1))

    answer = client.get("/sitemap.xml")

    assert f"<loc>http://testserver/thu-tuc/{procedure.code}/</loc>" in answer.content.decode()
    assert answer.headers["Content-Type"].startswith("application/xml")
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()
