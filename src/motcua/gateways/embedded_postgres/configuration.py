"""What the server is told: memory, durability, the private socket and who may come in through it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ADMINISTRATOR = "motcua_admin"  # the superuser of the cluster, for the launcher alone
ROLE = DATABASE = "motcua"
PORT = 5432  # only a part of the socket's name


@dataclass(frozen=True, slots=True)
class Tuning:
    """How much of the machine the server takes, and whether it may lose the last commits."""

    shared_buffers: str = "256MB"
    max_connections: int = 100
    is_durable: bool = True


DURABLE = Tuning()
THROW_AWAY = Tuning(shared_buffers="128MB", is_durable=False)

_SETTINGS = """\
listen_addresses = ''
port = {port}
unix_socket_directories = {socket_dir}
unix_socket_permissions = 0700
shared_buffers = {shared_buffers}
max_connections = {max_connections}
fsync = {durable}
synchronous_commit = {durable}
full_page_writes = {durable}
work_mem = 8MB
maintenance_work_mem = 64MB
effective_cache_size = 1GB
random_page_cost = 1.1
jit = off
max_wal_size = 1GB
log_min_messages = warning
# Statements and the keys they carry are personal data: they stay out of the log.
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length_on_error = 0
"""


def settings_text(tuning: Tuning, socket_dir: Path) -> str:
    """Return motcua.conf, which postgresql.conf includes."""
    quoted = '"' + str(socket_dir).replace('"', '""') + '"'
    return _SETTINGS.format(
        socket_dir="'" + quoted.replace("\\", "\\\\").replace("'", "''") + "'",
        port=PORT,
        shared_buffers=tuning.shared_buffers,
        max_connections=tuning.max_connections,
        durable="on" if tuning.is_durable else "off",
    )


def access_text() -> str:
    """Return pg_hba.conf: the private socket only, and only for the accounts of pg_ident.conf."""
    return "local all all peer map=motcua\n"


def accounts_text(names: Iterable[str]) -> str:
    """Return pg_ident.conf: these accounts of the system may be either role."""
    return "".join(f'motcua "{name}" {role}\n' for name in sorted(set(names)) for role in (ADMINISTRATOR, ROLE))
