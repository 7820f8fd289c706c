"""The commands as a person types them: what they print, and how they end."""

import gzip
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.db import connection
from django.utils import timezone

from motcua.accounts.models import ApiToken, User
from motcua.catalogue.models import ProcedureVersion, SearchSynonym
from motcua.catalogue.search import find_procedures
from motcua.cli.main import COMMANDS, cli
from motcua.kernel.digests import close_day
from motcua.kernel.models import EventRecord
from motcua.organisations.models import Unit
from tests.catalogue.portal_lines import record, write_lines
from tests.make import make_user

COMMUNES = "gso_code,full_name,unit_type,province_gso_code,name_alt,note,source\n"


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, words)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_explains_itself(name: str) -> None:
    outcome = run(name, "--help")

    assert outcome.exit_code == 0
    assert f"Usage: cli {name} " in outcome.output
    assert len(outcome.output.splitlines()) > 5


def test_the_list_of_commands_is_the_help() -> None:
    outcome = run("--help")

    assert outcome.exit_code == 0
    assert [line.split()[0] for line in outcome.output.split("Commands:")[1].split("\n\n")[0].splitlines() if line] == (
        list(COMMANDS)
    )
    assert "Exit codes: 0 done, 1 a fault was found" in outcome.output


@pytest.mark.parametrize(
    "words",
    [
        ["nothing"],
        ["token"],
        ["serve", "--port", "0"],
        ["load", "units", "/nonexistent.csv"],
        ["simulate", "--until", "x"],
        ["serve", "--host", "300.1.1.1"],
        ["due", "--limit", "1 ngày", "--received", "0001-01-01T00:00+14:00"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(words: list[str]) -> None:
    outcome = run(*words)

    assert outcome.exit_code == 2
    assert "Error: " in outcome.stderr


@pytest.mark.django_db
def test_a_token_is_printed_alone_and_kept_as_a_digest() -> None:
    user = make_user(username="tiepnhan")

    outcome = run("token", "tiepnhan", "--name", "scanner")

    token = ApiToken.objects.get(user=user)
    assert outcome.exit_code == 0
    assert outcome.stdout.startswith("mc_")
    assert outcome.stdout.count("\n") == 1
    assert token.name == "scanner"
    assert outcome.stdout.strip() not in token.digest


@pytest.mark.django_db
def test_the_tokens_of_an_account_are_revoked_even_when_it_is_closed() -> None:
    user = make_user(username="tiepnhan")
    run("token", "tiepnhan")
    User.objects.filter(pk=user.pk).update(is_active=False)

    assert run("token", "tiepnhan", "--revoke").stdout == "1 revoked\n"
    assert run("token", "tiepnhan", "--revoke").stdout == "0 revoked\n"
    assert run("token", "tiepnhan").exit_code == 2


@pytest.mark.django_db
def test_a_token_for_nobody_ends_with_2() -> None:
    outcome = run("token", "khong-ai")

    assert outcome.exit_code == 2
    assert "no active account with the user name khong-ai" in outcome.stderr


@pytest.mark.django_db
def test_a_whole_record_is_confirmed_with_its_count() -> None:
    run("token", make_user().username)

    outcome = run("verify-record")

    assert outcome.exit_code == 0
    assert "events and 0 daily digests hold" in outcome.stdout


@pytest.mark.django_db
def test_what_the_digests_cover_and_what_not_is_told() -> None:
    run("token", make_user().username)
    assert "There is no daily digest yet" in run("verify-record").stderr
    digest = close_day(date(2026, 3, 2))
    run("token", make_user().username)

    outcome = run("verify-record", "--noted", digest.hash)

    assert outcome.exit_code == 0
    assert f"newest digest: 2026-03-02 {digest.hash}\n" in outcome.stdout
    assert "1 events came after it" in outcome.stderr
    assert "No digest since 2026-03-02: does a worker run?" in outcome.stderr


@pytest.mark.django_db
def test_a_digest_that_was_taken_down_and_is_gone_ends_with_1() -> None:
    outcome = run("verify-record", "--noted", "0123456789ABCDEF")

    assert outcome.exit_code == 1
    assert "digest 0123456789abcdef: was taken down and is gone" in outcome.stderr


@pytest.mark.parametrize("noted", ["0123", "not a digest"])
def test_a_noted_digest_that_is_none_ends_with_2(noted: str) -> None:
    assert run("verify-record", "--noted", noted).exit_code == 2


@pytest.mark.django_db
def test_a_changed_record_ends_with_1_and_names_the_event() -> None:
    user = make_user(username="soat")
    run("token", user.username)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE kernel_eventrecord DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE kernel_eventrecord SET kind = 'Nothing' WHERE subject = %s AND kind = 'TokenIssued'",
            [user.record_subject],
        )
        assert cursor.rowcount == 1

    outcome = run("verify-record")

    assert outcome.exit_code == 1
    assert f"of {user.record_subject}: its content was changed" in outcome.stderr


@pytest.mark.django_db
def test_a_file_that_is_no_list_of_units_ends_with_2_and_loads_nothing(tmp_path: Path) -> None:
    file = tmp_path / "units.csv.gz"
    file.write_bytes(gzip.compress(b"a,b\n1,2\n"))

    outcome = run("load", "units", str(file))

    assert outcome.exit_code == 2
    assert "nothing was loaded: units.csv.gz: " in outcome.stderr
    assert not Unit.objects.exists()


@pytest.mark.django_db
def test_a_broken_line_ends_with_1_and_the_others_are_loaded(tmp_path: Path) -> None:
    file = tmp_path / "communes.csv"
    file.write_text(f"{COMMUNES}00004,Phường Ba Đình,ward,01,,,x\n00008,,ward,01,,,x\n", encoding="utf-8")

    outcome = run("load", "units", str(file))

    assert outcome.exit_code == 1
    assert outcome.stdout == "1 loaded, 0 changed, 0 unchanged, 1 rejected\n"
    assert "line 3: " in outcome.stderr
    assert "1 line was rejected; the others are loaded" in outcome.stderr


@pytest.mark.django_db
def test_what_is_to_be_reviewed_is_told(tmp_path: Path) -> None:
    file = write_lines(
        tmp_path / "p.jsonl", record("1.000001"), record("1.000002", fee_text="Theo nghị quyết", fee_amount_vnd=None)
    )

    outcome = run("load", "procedures", str(file))

    assert outcome.exit_code == 0
    assert outcome.stdout == "2 loaded, 0 changed, 0 unchanged, 0 rejected\n"
    assert "1 of them have a limit or a fee that was not understood" in outcome.stderr


@pytest.mark.django_db
def test_the_first_load_teaches_the_search_and_a_second_one_changes_nothing(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "p.jsonl", record("1.013225", title="Cấp giấy phép xây dựng"))
    run("load", "procedures", str(file))
    SearchSynonym.objects.filter(term="cmnd").delete()
    rows = (EventRecord.objects.count(), SearchSynonym.objects.count(), ProcedureVersion.objects.count())

    outcome = run("load", "procedures", str(file))

    assert outcome.stdout == "0 loaded, 0 changed, 1 unchanged, 0 rejected\n"
    assert [hit.code for hit in find_procedures("gpxd", on=timezone.localdate())] == ["1.013225"]
    assert (EventRecord.objects.count(), SearchSynonym.objects.count(), ProcedureVersion.objects.count()) == rows


@pytest.mark.django_db
def test_a_simulation_where_nobody_works_ends_with_2() -> None:
    outcome = run("simulate", "--dossiers", "1", "--until", "2026-03-02T10:00")

    assert outcome.exit_code == 2
    assert "nobody worked here on 2026-03-02" in outcome.stderr


@pytest.mark.django_db
def test_a_simulation_of_the_future_ends_with_2() -> None:
    outcome = run("simulate", "--dossiers", "1", "--until", "2999-03-02")

    assert outcome.exit_code == 2
    assert "lies in the future" in outcome.stderr


@pytest.mark.parametrize(
    ("name", "value"), [("SERVES_TLS", "maybe"), ("LOG_LEVEL", "loud"), ("COUNTING_MODE", "QUICK"), ("EMAIL_URL", "x")]
)
def test_a_setting_that_cannot_be_read_ends_with_3_and_is_named(name: str, value: str, db: None) -> None:
    command = [sys.executable, "-m", "motcua.cli", "verify-record"]

    ended = subprocess.run(command, env={**os.environ, name: value}, capture_output=True, text=True, check=False)

    assert ended.returncode == 3
    assert ended.stderr.startswith("Error: a setting cannot be used: ")
    assert name in ended.stderr


@pytest.mark.parametrize("url", ["sqlite:///x", "nonsense"])
def test_an_address_that_is_no_postgresql_ends_with_3(
    url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("MOTCUA_DATA", "")

    outcome = run("--data", str(tmp_path), "verify-record")

    assert outcome.exit_code == 3
    assert "write postgres://user:password@host:5432/name" in outcome.stderr


@pytest.mark.django_db
def test_tables_that_are_behind_end_with_3() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'dossiers'")

    outcome = run("verify-record")

    assert outcome.exit_code == 3
    assert "run `motcua migrate` first" in outcome.stderr


@pytest.mark.django_db
@pytest.mark.parametrize("words", [("verify-record",), ("migrate",)])
def test_tables_of_another_version_end_with_3(words: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('dossiers', '0099_later', now())")

    outcome = run(*words)

    assert outcome.exit_code == 3
    assert "another version of this program made these tables (dossiers.0099_later)" in outcome.stderr


def test_a_database_that_does_not_answer_ends_with_3(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgres:///x?host={tmp_path}")
    monkeypatch.setenv("MOTCUA_DATA", "")

    outcome = run("--data", str(tmp_path), "verify-record")

    assert outcome.exit_code == 3
    assert "does not answer" in outcome.stderr
