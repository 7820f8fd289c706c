"""Whether the process that a cluster's pid file names is really that cluster's server."""

import os
from dataclasses import dataclass
from pathlib import Path

from motcua.gateways.embedded_postgres.home import Home

# No kernel gives out this number, so the server takes a pid file that names it for stale, and still finds
# in it the shared memory of children that may have outlived their server.
NOBODYS_PID = 4_194_305
CLOCK_TOLERANCE_SECONDS = 10


@dataclass(frozen=True, slots=True)
class PidFile:
    """The lines of postmaster.pid that we read."""

    pid: int
    started_at: int  # seconds since 1970
    socket_dir: str


def read_pid_file(path: Path) -> PidFile | None:
    """Return what the pid file says; None where there is none, or one that was not finished."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        return PidFile(pid=int(lines[0]), started_at=int(lines[2]), socket_dir=lines[4])
    except (FileNotFoundError, IndexError, ValueError):
        return None


def running_pid(home: Home) -> int | None:
    """Return the pid of the cluster's living server; None when nothing runs, or something else has that pid."""
    named = read_pid_file(home.pid_file)
    if named is None or not is_alive(named.pid):
        return None
    return named.pid if _is_ours(named, home) else None


def disown_foreign_pid(home: Home) -> None:
    """Take a foreign program's pid out of the pid file: PostgreSQL would refuse to start beside it."""
    named = read_pid_file(home.pid_file)
    if named is not None and is_alive(named.pid):
        rest = home.pid_file.read_text(encoding="utf-8", errors="replace").split("\n", 1)[1]
        home.write(home.pid_file, f"{NOBODYS_PID}\n{rest}")


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; one that only waits to be reaped does not."""
    fields = _stat_fields(pid)
    return bool(fields) and fields[0] not in {"Z", "X"}


def _is_ours(named: PidFile, home: Home) -> bool:
    process = Path("/proc") / str(named.pid)
    try:
        return (process / "cwd").readlink() == home.cluster.resolve()
    except PermissionError:  # another account's process, seen without the right to trace it (containers)
        return _looks_like_ours(named, home)
    except FileNotFoundError:
        return False


def _looks_like_ours(named: PidFile, home: Home) -> bool:
    process = Path("/proc") / str(named.pid)
    fields = _stat_fields(named.pid)
    try:
        is_postgres = (process / "comm").read_text().strip() == "postgres"
        is_accounts = process.stat().st_uid == home.account.uid
    except FileNotFoundError:
        return False
    return (
        bool(fields)
        and is_postgres
        and is_accounts
        and abs(_started_at(fields) - named.started_at) <= (CLOCK_TOLERANCE_SECONDS)
    )


def _stat_fields(pid: int) -> list[str]:
    try:
        text = (Path("/proc") / str(pid) / "stat").read_text(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return []
    return text.rpartition(")")[2].split()


def _started_at(fields: list[str]) -> float:
    boot = next(line for line in Path("/proc/stat").read_text().splitlines() if line.startswith("btime"))
    return int(boot.split()[1]) + int(fields[19]) / os.sysconf("SC_CLK_TCK")
