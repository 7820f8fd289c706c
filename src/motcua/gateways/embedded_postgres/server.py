"""Start, share and stop one embedded server."""

import atexit
import os
import shutil
import signal
import time
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from motcua.gateways.embedded_postgres import locks
from motcua.gateways.embedded_postgres.account import account_for
from motcua.gateways.embedded_postgres.binaries import Binaries, find_binaries
from motcua.gateways.embedded_postgres.configuration import (
    ADMINISTRATOR,
    DATABASE,
    DURABLE,
    PORT,
    ROLE,
    Tuning,
    access_text,
    accounts_text,
    settings_text,
)
from motcua.gateways.embedded_postgres.home import Home, settle
from motcua.gateways.embedded_postgres.postmaster import (
    disown_foreign_pid,
    is_alive,
    read_pid_file,
    running_pid,
)

STATE_DIR = Path("/var/lib/motcua")
BUILTIN_LOCALE_SINCE = 17
START_SECONDS = 600  # replaying the journal after a power cut takes as long as it takes
STOP_SECONDS = 60
PAUSE_SECONDS = 0.02
LARGEST_LOG = 5_000_000
# What the server says while children of a killed server are still letting go of its memory.
PASSING_TROUBLES = ("shared memory block", "lock file")


class ClusterNotMade(Exception):
    """The tool that makes a new cluster failed; `output` is what it said."""

    def __init__(self, output: str) -> None:
        super().__init__(f"the database could not be made:\n{output}")
        self.output = output


class ServerDidNotStart(Exception):
    """The server ended, or did not answer in time; `log_tail` is the last it said."""

    def __init__(self, *, log: Path, log_tail: str) -> None:
        super().__init__(f"the database server did not start; the end of {log}:\n{log_tail}")
        self.log = log
        self.log_tail = log_tail


class EmbeddedPostgres:
    """The server of one data folder, shared by every process that has started it.

    Each process calls `start` and, at its end, `stop`; the last one out stops the server. A process that is killed
    without stopping is noticed by the kernel giving up its lock.
    """

    def __init__(self, data_dir: Path, *, tuning: Tuning = DURABLE, state_dir: Path = STATE_DIR) -> None:
        self.data_dir = data_dir.absolute()
        self._tuning = tuning
        self._state_dir = state_dir
        self._use: int | None = None
        self._user_pid: int | None = None
        self._settled: Home | None = None

    def start(self) -> str:
        """Make sure the server runs, count this process among its users, and return its address.

        Refusals: AccountMissing, BinariesMissing, ClusterNotMade, ClusterVanished, FolderUnreachable,
        ServerDidNotStart, SocketFolderTaken.
        """
        home = self._home()
        if self._use is None or self._user_pid != os.getpid():
            with locks.exclusive(self._start_lock):
                use = locks.take_shared(self._use_lock)
                try:
                    self._bring_up(home)
                except BaseException:
                    os.close(use)
                    raise
            self._use, self._user_pid, self._settled = use, os.getpid(), home
            atexit.register(self.stop)
        return self.url()

    def keep_up(self) -> bool:
        """Start the server again if it has ended under this process, and tell whether it had.

        Refusals: those of `start`.
        """
        if self._use is None or self._user_pid != os.getpid() or not self.data_dir.is_dir():
            return False
        if self._settled is not None and running_pid(self._settled) is not None:
            return False
        with locks.exclusive(self._start_lock):
            home = self._home()
            was_down = running_pid(home) is None
            self._bring_up(home)
        return was_down

    def stop(self) -> None:
        """Leave the server; when nobody else uses it, end it. Safe to call twice."""
        atexit.unregister(self.stop)
        if self._use is None or self._user_pid != os.getpid():
            return  # never started here, or inherited from the parent process
        use, self._use = self._use, None
        if not self.data_dir.is_dir():
            os.close(use)
            return
        with locks.exclusive(self._start_lock):
            os.close(use)
            self._stop_if_unused()

    def stop_if_unused(self) -> bool:
        """End a server that its users left without stopping (they were killed); return whether none runs now."""
        with locks.exclusive(self._start_lock):
            return self._stop_if_unused()

    def erase(self) -> bool:
        """Throw the database away for good; return whether it is gone: one in use stays."""
        if not self.data_dir.is_dir():
            return True
        with locks.exclusive(self._start_lock):
            if not self._stop_if_unused():
                return False
            home = self._home()
            shutil.rmtree(home.socket_dir, ignore_errors=True)
            shutil.rmtree(home.folder)
            (self.data_dir / "location").unlink(missing_ok=True)
            return True

    def url(self) -> str:
        """Return the address as DATABASE_URL takes it; the server need not run."""
        home = self._home()
        named = read_pid_file(home.pid_file) if running_pid(home) else None
        socket_dir = named.socket_dir if named else str(home.socket_dir)
        # In the query, because a host name in its usual place loses its capital letters.
        return f"postgres://{ROLE}@/{DATABASE}?host={quote(socket_dir, safe='/')}&port={PORT}"

    def exists(self) -> bool:
        """Tell whether this folder has, or is about to have, a database."""
        return (self.data_dir / "server").is_dir() or (self.data_dir / "location").exists()

    @property
    def pid(self) -> int | None:
        """The process of the running server; None while it does not run."""
        return running_pid(self._home())

    @property
    def log(self) -> Path:
        """What the server has printed."""
        return self._home().log

    @property
    def _start_lock(self) -> Path:
        return self.data_dir / "start.lock"

    @property
    def _use_lock(self) -> Path:
        return self.data_dir / "use.lock"

    def _home(self) -> Home:
        """Return the home, made the first time; 0711 lets the server's account through and shows nobody anything."""
        if not self.data_dir.is_dir():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            self.data_dir.chmod(0o711)
        account = account_for([self.data_dir / "server", self.data_dir])
        with locks.exclusive(self.data_dir / "home.lock"):
            return settle(self.data_dir, account, state_dir=self._state_dir)

    def _bring_up(self, home: Home) -> None:
        if running_pid(home) is None:
            version = home.cluster / "PG_VERSION"
            major = int(version.read_text(encoding="ascii")) if version.exists() else None
            binaries = find_binaries(major).reachable_by(home.account, state_dir=self._state_dir)
            if major is None:
                self._make_cluster(home, binaries)
            disown_foreign_pid(home)
            self._configure(home)
            _launch(home, binaries)
        _ensure_database(home)

    def _make_cluster(self, home: Home, binaries: Binaries) -> None:
        """Make the cluster aside and move it in place whole, so that a killed start leaves no half of one."""
        aside = home.folder / "cluster.new"
        command: list[str | Path] = [binaries.path("initdb"), f"--pgdata={aside.name}", f"--username={ADMINISTRATOR}"]
        command += ["--encoding=UTF8", "--auth=peer", "--lc-messages=C"]
        command += [] if self._tuning.is_durable else ["--no-sync"]
        output = ""
        for locale in _locales(binaries.major):
            shutil.rmtree(aside, ignore_errors=True)
            made = home.account.run([*command, *locale], folder=home.folder)
            if made.returncode == 0:
                main = aside / "postgresql.conf"
                home.write(main, main.read_text(encoding="utf-8") + "\ninclude_if_exists = 'motcua.conf'\n")
                aside.rename(home.cluster)
                return
            output = made.stdout + made.stderr
        raise ClusterNotMade(output)

    def _configure(self, home: Home) -> None:
        home.make_socket_dir()
        home.write(home.cluster / "motcua.conf", settings_text(self._tuning, home.socket_dir))
        home.write(home.cluster / "pg_hba.conf", access_text())
        home.write(home.cluster / "pg_ident.conf", accounts_text(["root", home.account.name]))

    def _stop_if_unused(self) -> bool:
        with locks.alone(self._use_lock) as is_alone:
            if is_alone:
                _end(self._home())
            return is_alone


def _locales(major: int) -> list[list[str]]:
    """Return the locales to try: lower-casing must know Đ, whatever the caller's locale is."""
    if major >= BUILTIN_LOCALE_SINCE:
        builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        return [[*builtin, "--locale=C.UTF-8"], [*builtin, "--locale=C"]]
    return [["--locale=C.UTF-8"], ["--locale=en_US.UTF-8"]]


def _launch(home: Home, binaries: Binaries) -> None:
    """Start the server in the background and wait until it takes connections, through recovery if need be."""
    deadline = time.monotonic() + START_SECONDS
    if home.log.exists() and home.log.stat().st_size > LARGEST_LOG:
        home.log.replace(home.log.with_suffix(".log.1"))
    while True:
        said = home.log.stat().st_size if home.log.exists() else 0
        command: list[str | Path] = [binaries.path("pg_ctl"), "-D", home.cluster.name, "-l", home.log.name]
        patience = max(1, int(deadline - time.monotonic()))
        started = home.account.run([*command, "-w", "-t", str(patience), "start"], folder=home.folder)
        if started.returncode == 0:
            return
        tail = _read_from(home.log, said) or started.stdout + started.stderr
        if time.monotonic() > deadline or not any(trouble in tail for trouble in PASSING_TROUBLES):
            raise ServerDidNotStart(log=home.log, log_tail=tail[-2000:])
        time.sleep(10 * PAUSE_SECONDS)


def _read_from(log: Path, start: int) -> str:
    if not log.exists():
        return ""
    return log.read_bytes()[start:].decode(errors="replace").strip()


def _ensure_database(home: Home) -> None:
    """Make the application's role and database where they are not there yet."""
    named = read_pid_file(home.pid_file)
    socket_dir = named.socket_dir if named else str(home.socket_dir)
    with psycopg.connect(
        host=socket_dir, port=PORT, user=ADMINISTRATOR, dbname="postgres", autocommit=True
    ) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(ROLE)))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(ROLE))
            )


def _end(home: Home) -> None:
    """Ask the server to end at once, then without ceremony: the journal brings everything back."""
    for how in (signal.SIGINT, signal.SIGQUIT):
        pid = running_pid(home)
        if pid is None:
            return
        os.kill(pid, how)
        deadline = time.monotonic() + STOP_SECONDS
        while is_alive(pid) and time.monotonic() < deadline:
            time.sleep(PAUSE_SECONDS)
