"""The folders of one embedded server, and who may enter them."""

import os
import stat
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from motcua.gateways.embedded_postgres.account import Account
from motcua.gateways.embedded_postgres.configuration import PORT

SOCKET_NAME = f".s.PGSQL.{PORT}"
LONGEST_SOCKET = 100  # the kernel takes 107 bytes


class FolderUnreachable(Exception):
    """The data folder lies where the server's account cannot enter."""

    def __init__(self, *, folder: Path, account: str) -> None:
        super().__init__(f"the account {account}, which runs the database server, cannot enter {folder}")
        self.folder = folder
        self.account = account


class ClusterVanished(Exception):
    """The data folder points to a database that is no longer there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"the database of this data folder was in {folder}, which is gone")
        self.folder = folder


class SocketFolderTaken(Exception):
    """Somebody else owns the folder in the temporary folder that the socket would go to."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} belongs to somebody else; remove it or set TMPDIR")
        self.folder = folder


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that belongs to the server's account; everything in it is closed to others."""

    folder: Path
    account: Account

    @property
    def cluster(self) -> Path:
        """The data of PostgreSQL."""
        return self.folder / "cluster"

    @property
    def pid_file(self) -> Path:
        """The file in which a running server names itself."""
        return self.cluster / "postmaster.pid"

    @property
    def log(self) -> Path:
        """What the server prints."""
        return self.folder / "server.log"

    @property
    def socket_dir(self) -> Path:
        """Where the socket goes: here, or a folder in the temporary folder when this path is too long."""
        here = self.folder / "socket"
        if len(os.fsencode(here / SOCKET_NAME)) <= LONGEST_SOCKET:
            return here
        name = f"motcua-{sha256(os.fsencode(self.folder)).hexdigest()[:16]}"
        return Path(tempfile.gettempdir()) / name

    def make_socket_dir(self) -> None:
        """Make the socket's folder, closed to others; refuse one that somebody else has put there."""
        folder = self.socket_dir
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            found = folder.lstat()
            if not stat.S_ISDIR(found.st_mode) or found.st_uid != self.account.uid or found.st_mode & 0o077:
                raise SocketFolderTaken(folder) from None
        else:
            self.account.own(folder)

    def write(self, target: Path, text: str) -> None:
        """Replace a file of the account's; root never writes through a link that the account may have planted."""
        fresh = target.with_name(f".{target.name}.new")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "w") as file:
            file.write(text)
        self.account.own(fresh)
        fresh.replace(target)


def settle(data_dir: Path, account: Account, *, state_dir: Path) -> Home:
    """Return the server's home, made if it is not there: in the data folder, or where its account may enter.

    Root may keep its data where no other account can enter (/root). Opening those folders is not ours to do, so the
    database then lives under `state_dir` and the data folder keeps its address in the file `location`.
    Refusals: ClusterVanished, FolderUnreachable.
    """
    pointer, local = data_dir / "location", data_dir / "server"
    if pointer.exists():
        elsewhere = Path(pointer.read_text(encoding="utf-8").strip())
        if not elsewhere.is_dir():
            raise ClusterVanished(elsewhere)
        return Home(folder=elsewhere, account=account)
    if not local.is_dir():
        _make_private(local, account)
    if account.reaches(local):
        return Home(folder=local, account=account)
    if any(local.iterdir()):
        raise FolderUnreachable(folder=local, account=account.name)
    local.rmdir()
    make_state_dir(state_dir)
    elsewhere = state_dir / f"database-{uuid4()}"
    _make_private(elsewhere, account)
    if not account.reaches(elsewhere):
        elsewhere.rmdir()
        raise FolderUnreachable(folder=elsewhere, account=account.name)
    pointer.write_text(f"{elsewhere}\n", encoding="utf-8")
    return Home(folder=elsewhere, account=account)


def make_state_dir(folder: Path) -> None:
    """Make the system's folder for what cannot stay in a data folder; its parts close themselves."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)


def _make_private(folder: Path, account: Account) -> None:
    folder.mkdir(mode=0o700)
    account.own(folder)
