"""Enter an installation: its environment, Django, and tables that fit this program."""

import os
from pathlib import Path

import django

from motcua.cli.environment import CannotPrepare, prepare
from motcua.cli.options import CannotRun, chosen_data_dir


def enter() -> Path:
    """Prepare the environment and load Django; return the data folder. Refusals: CannotRun."""
    try:
        prepare(chosen_data_dir())
    except CannotPrepare as refusal:
        raise CannotRun(str(refusal)) from refusal
    django.setup()
    return Path(os.environ["MOTCUA_DATA"])


def enter_migrated() -> Path:
    """Enter an installation whose tables are those of this program. Refusals: CannotRun."""
    data_dir = enter()
    if pending_migrations():
        raise CannotRun("the tables of this installation are older than this program: run `motcua migrate` first")
    return data_dir


def pending_migrations() -> int:
    """Return how many migrations the database has not had."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> None:
    """Bring the tables up to this program; nothing happens when they are."""
    from django.core.management import call_command

    if pending_migrations():
        call_command("migrate", interactive=False, verbosity=0)


def leave_database() -> None:
    """Close this process's connections: a program that only looks after others needs none."""
    from django.db import connections

    connections.close_all()


def hurry() -> None:
    """Let this process's commits be confirmed before they are on disk, until it leaves the database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
