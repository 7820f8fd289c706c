"""The database that every test database is a copy of: its tables are made once, however many workers ask for them.

To run more than a hundred migrations takes twenty seconds of a processor, to read the tables from a script one. The
script is what `pg_dump` says of a database right after the migrations ran; it is kept in the cache folder of pytest
under a name that changes with everything that decides what the migrations make.
"""

import ast
import fcntl
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import psycopg
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from motcua.gateways.embedded_postgres.binaries import find_binaries

ROOT = Path(__file__).parent.parent
NAME = "motcua_template"
_KEPT_SCRIPTS = 3


def template_database(folder: Path, cache: Path) -> str:
    """Return the name of the template on the server of this run, made by the first process that asks.

    `folder` is shared by the processes of the run, `cache` by the runs.
    """
    with (folder / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = folder / "template.made"
        if not made.exists():
            _make(cache / f"{_key()}.sql")
            made.touch()
    return NAME


def _make(script: Path) -> None:
    own = connection.settings_dict["NAME"]
    _ask("postgres", sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
    if script.exists():
        _run(
            "psql",
            "--quiet",
            "--no-psqlrc",
            "--set=ON_ERROR_STOP=1",
            "--single-transaction",
            "--output=/dev/null",
            f"--file={script}",
        )
        return
    connection.close()
    connection.settings_dict["NAME"] = NAME
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own
    _write(script)


def _write(script: Path) -> None:
    script.parent.mkdir(parents=True, exist_ok=True)
    half = script.with_suffix(".half")
    _run("pg_dump", "--no-owner", f"--file={half}")
    half.replace(script)
    older = sorted(script.parent.glob("*.sql"), key=lambda kept: kept.stat().st_mtime, reverse=True)
    for kept in older[_KEPT_SCRIPTS:]:
        kept.unlink()


def _run(program: str, *options: str) -> None:
    parameters = connection.get_connection_params()
    address = psycopg.conninfo.make_conninfo(
        dbname=NAME, user=parameters["user"], host=parameters["host"], port=parameters["port"]
    )
    command = [str(find_binaries().path(program)), *options, f"--dbname={address}"]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


def _ask(database: str, statement: sql.Composed) -> None:
    parameters = connection.get_connection_params()
    with psycopg.connect(
        dbname=database, user=parameters["user"], host=parameters["host"], port=parameters["port"], autocommit=True
    ) as server:
        server.execute(statement)


def _key() -> str:
    """Return a name for what the migrations make: it changes with them, what they import, and what is installed."""
    digest = sha256(str(find_binaries().major).encode())
    for path in sorted({*_migrations(), *_imported(), *(ROOT / "requirements").glob("*.txt"), Path(__file__)}):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _migrations() -> Iterator[Path]:
    return (ROOT / "src" / "motcua").glob("*/migrations/*.py")


def _imported() -> Iterator[Path]:
    """Yield the modules of ours that migrations import."""
    for path in _migrations():
        for node in ast.walk(ast.parse(path.read_text())):
            names = (
                [node.module]
                if isinstance(node, ast.ImportFrom) and node.module
                else [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else []
            )
            for name in names:
                found = find_spec(name) if name.startswith("motcua.") else None
                if found is not None and found.origin is not None:
                    yield Path(found.origin)
