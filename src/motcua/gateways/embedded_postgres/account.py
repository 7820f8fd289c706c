"""The account of the operating system that runs the server: PostgreSQL refuses to be root."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# What the server and its tools see: nothing of the caller's PG* variables, locale or library paths.
CLEAN_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


class AccountMissing(Exception):
    """The system has no account that could run the server."""

    def __init__(self, wanted: str) -> None:
        super().__init__(f"no account of the system can run the database server: {wanted}")
        self.wanted = wanted


@dataclass(frozen=True, slots=True)
class Account:
    """Who the server runs as, and whether that means giving up root first."""

    uid: int
    gid: int
    name: str
    drops_root: bool

    def run(self, command: Sequence[str | Path], *, folder: Path) -> subprocess.CompletedProcess[str]:
        """Run a command to its end as this account, standing in `folder`."""
        return subprocess.run(  # noqa: S603 - our own binaries, no shell
            [str(word) for word in command],
            cwd=folder,
            env=CLEAN_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            user=self.uid if self.drops_root else None,
            group=self.gid if self.drops_root else None,
            extra_groups=[] if self.drops_root else None,
        )

    def reaches(self, path: Path) -> bool:
        """Tell whether this account may enter the folder or run the program at `path`."""
        if not self.drops_root:
            return os.access(path, os.X_OK)
        return self.run(["/bin/sh", "-c", 'test -x "$1"', "sh", path], folder=Path("/")).returncode == 0

    def own(self, path: Path) -> None:
        """Give a file or folder that root has just made to this account."""
        if self.drops_root:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def account_for(folders: Sequence[Path]) -> Account:
    """Choose the account: ourselves; for root the first of these folders' owners who is not root, postgres or nobody.

    Refusals: AccountMissing.
    """
    if os.geteuid() != 0:
        return _own_account()
    for folder in folders:
        owner = folder.stat().st_uid if folder.exists() else 0
        if owner != 0:
            return _dropped(pwd.getpwuid(owner))
    for name in ("postgres", "nobody"):
        try:
            return _dropped(pwd.getpwnam(name))
        except KeyError:
            continue
    raise AccountMissing("postgres or nobody")


def _own_account() -> Account:
    uid = os.geteuid()
    try:
        name = pwd.getpwuid(uid).pw_name
    except KeyError:
        raise AccountMissing(f"user {uid} has no entry in /etc/passwd") from None
    return Account(uid=uid, gid=os.getegid(), name=name, drops_root=False)


def _dropped(entry: pwd.struct_passwd) -> Account:
    return Account(uid=entry.pw_uid, gid=entry.pw_gid, name=entry.pw_name, drops_root=True)
