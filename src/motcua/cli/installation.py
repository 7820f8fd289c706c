"""Enter an installation: its environment, Django, and tables that fit this program."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from environs.exceptions import EnvError

from motcua.cli.environment import CannotPrepare, keep_database, make_data_folder, prepare
from motcua.cli.options import CannotRun, chosen_data_dir, say

ONE_MIGRATION_AT_A_TIME = 20_110_915
PAUSE_SECONDS = 0.2


def make_folder() -> Path:
    """Return the data folder, made if it is not there. Refusals: CannotRun."""
    try:
        return make_data_folder(chosen_data_dir())
    except CannotPrepare as refusal:
        raise CannotRun(str(refusal)) from refusal


def enter() -> Path:
    """Prepare the environment and load Django; return the data folder. Refusals: CannotRun."""
    try:
        prepare(chosen_data_dir())
        django.setup()
    except CannotPrepare as refusal:
        raise CannotRun(str(refusal)) from refusal
    except EnvError as refusal:
        raise CannotRun(f"a setting cannot be used: {refusal}") from refusal
    return Path(os.environ["MOTCUA_DATA"])


def enter_migrated() -> Path:
    """Enter an installation whose tables are those of this program; an empty database gets them.

    Refusals: CannotRun.
    """
    data_dir = enter()
    if _is_empty():
        say("A new installation: making its tables ...")
        migrate()
        return data_dir
    _refuse_tables_of_another_program()
    if pending_migrations():
        raise CannotRun("the tables of this installation are older than this program: run `motcua migrate` first")
    return data_dir


def pending_migrations() -> int:
    """Return how many migrations the database has not had."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> int:
    """Bring the tables up to this program and return how many migrations that took; of several programs one does it.

    Refusals: CannotRun.
    """
    from django.core.management import call_command

    _refuse_tables_of_another_program()
    if not pending_migrations():
        return 0
    with _others_waiting():
        count = pending_migrations()
        if count:
            call_command("migrate", interactive=False, verbosity=0)
        return count


def _refuse_tables_of_another_program() -> None:
    """Refuse tables with migrations this program does not know: its own would be made on top of others."""
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("motcua.")}
    strange = sorted(
        f"{label}.{name}"
        for label, name in loader.applied_migrations.keys() - loader.disk_migrations.keys()
        if label in ours
    )
    if strange:
        raise CannotRun(
            f"another version of this program made these tables ({strange[0]}): "
            "run that version, or begin anew in another data folder with --data DIR"
        )


def leave_database() -> None:
    """Close this process's connections: a program that only looks after others needs none."""
    from django.db import connections

    connections.close_all()


def look_after_database() -> None:
    """Bring the embedded database back when somebody has killed it. Refusals: CannotRun."""
    try:
        was_down = keep_database()
    except CannotPrepare as refusal:
        raise CannotRun(str(refusal)) from refusal
    if was_down:
        say("the database had ended; it runs again")


def hurry() -> None:
    """Let this process's commits be confirmed before they are on disk, until it leaves the database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")


def _is_empty() -> bool:
    from django.db import connection

    return not connection.introspection.table_names()


@contextmanager
def _others_waiting() -> Iterator[None]:
    """Keep other programs from the tables; they ask again and again: a waiting statement would hold up index builds."""
    from django.db import connection

    def ask(statement: str) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(statement, [ONE_MIGRATION_AT_A_TIME])
            return bool(cursor.fetchone()[0])

    while not ask("SELECT pg_try_advisory_lock(%s)"):
        time.sleep(PAUSE_SECONDS)
    try:
        yield
    finally:
        ask("SELECT pg_advisory_unlock(%s)")
