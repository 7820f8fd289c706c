"""An installation of the benchmarks' own: its folder, its embedded server, its tables; never anybody's real one."""

import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from motcua.gateways.embedded_postgres import DURABLE, THROW_AWAY, EmbeddedPostgres


@contextmanager
def installed(*, is_durable: bool) -> Iterator[None]:
    """Run the block with Django loaded on an empty installation in a temporary folder, gone afterwards.

    DATABASE_URL and MOTCUA_DATA of the caller are left aside: benchmarks fill what they run on with rows.
    """
    home = Path(tempfile.mkdtemp(prefix="motcua-benchmark-"))
    home.chmod(0o711)  # the server's account passes through when we run as root
    (home / "files").mkdir()
    server = EmbeddedPostgres(home / "postgres", tuning=DURABLE if is_durable else THROW_AWAY)
    os.environ.update(
        DATABASE_URL=server.start(),
        MOTCUA_DATA=str(home),
        SECRET_KEY="only-for-benchmarks",
        ALLOWED_HOSTS="127.0.0.1",
        FAST_PASSWORDS="true",
        LOG_LEVEL="WARNING",
        STATICFILES_STORAGE="django.contrib.staticfiles.storage.StaticFilesStorage",  # pages are made, files not
        DJANGO_SETTINGS_MODULE="motcua.config.settings",
    )
    try:
        _load()
        yield
    finally:
        _leave()
        server.stop()
        server.erase()
        shutil.rmtree(home, ignore_errors=True)


def machine() -> str:
    """Return the line that says what was measured on."""
    from django.db import connection  # noqa: PLC0415  # Django is loaded by `installed`

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_setting('fsync')")
        version, fsync = cursor.fetchone()
    return (
        f"machine: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"PostgreSQL {version} on the same machine, fsync {fsync}"
    )


def _load() -> None:
    import django  # noqa: PLC0415  # the environment is ready only now

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", interactive=False, verbosity=0)


def _leave() -> None:
    from django.db import connections  # noqa: PLC0415

    connections.close_all()
