"""A new migration must not break the release that still runs while it is applied (expand first, contract later)."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django_migration_linter import MigrationLinter
from django_migration_linter.sql_analyser.analyser import analyse_sql_statements

# They make tables of the first release whole: nobody runs on one without them.
FIRST = {("accounts", "0002_roles"), ("kernel", "0003_shared_cache")}


def linter() -> MigrationLinter:
    """Return the linter, silent."""
    return MigrationLinter(no_cache=True, no_output=True)


def ours() -> list[Migration]:
    """Return every migration of ours."""
    loader = MigrationLoader(connection)
    mine = {app.label for app in apps.get_app_configs() if app.name.startswith("motcua.")}
    return [found for (label, _), found in loader.disk_migrations.items() if label in mine]


@pytest.mark.django_db
def test_no_migration_breaks_the_release_that_still_runs() -> None:
    linting = linter()

    assert {(migration.app_label, migration.name) for migration in ours()} >= FIRST
    for migration in ours():
        if (migration.app_label, migration.name) not in FIRST:
            linting.lint_migration(migration)

    assert linting.nb_total >= 10
    assert linting.nb_erroneous == 0


@pytest.mark.django_db
def test_the_linter_would_say_so() -> None:
    of_a_sudden = ["ALTER TABLE dossiers_dossier ADD COLUMN colour varchar(9) NOT NULL"]

    errors, _, _ = analyse_sql_statements(linter().sql_analyser_class, of_a_sudden)

    assert len(errors) == 1
