"""Build and collect what the web server hands out, when something of it has changed."""

from hashlib import sha256
from pathlib import Path

from motcua.cli.options import CannotRun
from motcua.gateways.embedded_postgres.locks import exclusive

STAMP = ".collected"
LOCK = "collecting.lock"


def collect() -> None:
    """Write fonts, scripts and style sheets to the data folder's static/ under names that carry their content.

    One process of a data folder at a time; the others wait, and find it done. Refusals: CannotRun.
    """
    try:
        _collect()
    except OSError as fault:
        raise CannotRun(
            f"{fault.filename} cannot be written ({fault.strerror}): translations are compiled into the program's own "
            "folder and the rest into the data folder; start once as whoever owns them"
        ) from fault


def _collect() -> None:
    from django.conf import settings

    with exclusive(Path(settings.STATIC_ROOT).parent / LOCK):
        _collect_alone()


def _collect_alone() -> None:
    from django.conf import settings
    from django.core.management import call_command

    call_command("build_assets", verbosity=0)
    stamp = Path(settings.STATIC_ROOT) / STAMP
    fingerprint = _fingerprint()
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != fingerprint:
        stamp.unlink(missing_ok=True)
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(fingerprint, encoding="ascii")


def _fingerprint() -> str:
    """Return a digest over the names, sizes and times of every source file."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    digest = sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
