"""A new migration must not break the release that still runs while it is applied (expand first, contract later).

What stood before the first release is listed in unreleased_migrations.txt: nobody runs on it, so it may do anything.
"""

from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django_migration_linter import MigrationLinter

BEFORE = frozenset((Path(__file__).parent / "unreleased_migrations.txt").read_text().split())


def ours() -> dict[str, Migration]:
    """Return every migration of ours, by app and name."""
    loader = MigrationLoader(connection)
    mine = {app.label for app in apps.get_app_configs() if app.name.startswith("motcua.")}
    return {f"{label}.{name}": found for (label, name), found in loader.disk_migrations.items() if label in mine}


def erroneous(migrations: list[Migration]) -> int:
    """Return how many of `migrations` a running release would not survive."""
    linter = MigrationLinter(no_cache=True, no_output=True)
    for migration in migrations:
        linter.lint_migration(migration)
    return linter.nb_erroneous


@pytest.mark.django_db
def test_no_new_migration_breaks_the_release_that_still_runs() -> None:
    found = ours()

    assert found.keys() >= BEFORE
    assert erroneous([migration for name, migration in found.items() if name not in BEFORE]) == 0


@pytest.mark.django_db
def test_the_linter_would_say_so() -> None:
    assert erroneous([ours()["dossiers.0003_lookup_client"]]) == 1
