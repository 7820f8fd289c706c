"""Ready the environment that the settings read: the data folder, the secret key and a running database."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import psycopg

from motcua.gateways import embedded_postgres
from motcua.gateways.embedded_postgres import EmbeddedPostgres

DEFAULT_DATA_DIR = ".motcua"
OLDEST_SERVER = 15
CONNECT_SECONDS = 10
# What the web server may hand out is open to it; everything else is ours alone.
FOLDERS = {"files": 0o700, "log": 0o700, "static": 0o755, "assets": 0o755}
LOCAL_HOSTS = "127.0.0.1,localhost,[::1]"
DATABASE_TROUBLES = (
    embedded_postgres.AccountMissing,
    embedded_postgres.BinariesMissing,
    embedded_postgres.ClusterNotMade,
    embedded_postgres.ClusterVanished,
    embedded_postgres.FolderUnreachable,
    embedded_postgres.ServerDidNotStart,
    embedded_postgres.SocketFolderTaken,
)


Answer = TypeVar("Answer")
_in_use: list[EmbeddedPostgres] = []  # the embedded database this process has started or joined


class CannotPrepare(Exception):
    """The installation cannot run here; the text is a sentence for the operator."""


def prepare(data_dir: Path | None) -> None:
    """Set MOTCUA_DATA, SECRET_KEY, DATABASE_URL and ALLOWED_HOSTS where they are not set; start the embedded database.

    Refusals: CannotPrepare.
    """
    folder = make_data_folder(data_dir)
    os.environ["MOTCUA_DATA"] = str(folder)
    if not os.environ.get("SECRET_KEY"):
        with _usable(folder):
            os.environ["SECRET_KEY"] = _secret_key(folder / "SECRET_KEY")
    os.environ.setdefault("ALLOWED_HOSTS", LOCAL_HOSTS)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    embedded = EmbeddedPostgres(folder / "postgres")
    url = os.environ.get("DATABASE_URL")
    # A child of a program with the embedded server has its address, and counts among its users too.
    if url and not (embedded.exists() and url == embedded.url()):
        _check_server(url)
    else:
        os.environ["DATABASE_URL"] = _start(embedded)


def data_folder(chosen: Path | None) -> Path:
    """Return the data folder: the one chosen, else that of MOTCUA_DATA, else .motcua in the current folder."""
    return (chosen or Path(os.environ.get("MOTCUA_DATA") or DEFAULT_DATA_DIR)).absolute()


def make_data_folder(chosen: Path | None) -> Path:
    """Return the data folder with its parts, made where they are not there. Refusals: CannotPrepare."""
    folder = data_folder(chosen)
    with _usable(folder):
        _make_folders(folder)
    return folder


@contextmanager
def _usable(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CannotPrepare(f"the data folder {folder} cannot be used: {error.strerror}") from error


def _make_folders(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        # The database's account passes through and sees nothing.
        folder.chmod(0o711)
    for name, mode in FOLDERS.items():
        part = folder / name
        if not part.is_dir():
            part.mkdir(exist_ok=True)
            part.chmod(mode)


def _secret_key(path: Path) -> str:
    """Return the key of this installation, made once: whoever links the file first has made it."""
    if not path.exists():
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            path.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text(encoding="ascii").strip()


def keep_database() -> bool:
    """Start the embedded database again if it has been killed, and tell whether it had; nothing is done for another.

    Refusals: CannotPrepare.
    """
    return any(_answered(embedded.keep_up) for embedded in _in_use)


def _start(embedded: EmbeddedPostgres) -> str:
    url = _answered(embedded.start)
    _in_use[:] = [embedded]
    return url


def _answered(ask: Callable[[], Answer]) -> Answer:
    try:
        return ask()
    except DATABASE_TROUBLES as error:
        raise CannotPrepare(str(error)) from error
    except psycopg.OperationalError as error:
        raise CannotPrepare(f"the embedded database does not answer: {error}") from error


def refuse_old(version_number: int, version: str) -> None:
    """Refuse a server older than we are tested on; 150004 is 15.4. Refusals: CannotPrepare."""
    if version_number < OLDEST_SERVER * 10_000:
        raise CannotPrepare(
            f"the database of DATABASE_URL is PostgreSQL {version}; motcua needs {OLDEST_SERVER} or newer"
        )


def _check_server(url: str) -> None:
    try:
        with psycopg.connect(url, connect_timeout=CONNECT_SECONDS) as connection:
            number, version = connection.info.server_version, connection.info.parameter_status("server_version")
    except psycopg.ProgrammingError as error:
        raise CannotPrepare(
            "DATABASE_URL is no address of a PostgreSQL: write postgres://user:password@host:5432/name, with %2F for / "
            "and %40 for @ within a part"
        ) from error
    except psycopg.Error as error:
        raise CannotPrepare(f"the database of DATABASE_URL does not answer: {error}") from error
    refuse_old(number, version or "")
