"""A PostgreSQL of the installation's own, started and stopped with the program (docs/operations/database.md)."""

from motcua.gateways.embedded_postgres.account import AccountMissing
from motcua.gateways.embedded_postgres.binaries import BinariesMissing
from motcua.gateways.embedded_postgres.configuration import DURABLE, THROW_AWAY, Tuning
from motcua.gateways.embedded_postgres.home import ClusterVanished, FolderUnreachable, SocketFolderTaken
from motcua.gateways.embedded_postgres.server import ClusterNotMade, EmbeddedPostgres, ServerDidNotStart

__all__ = [
    "DURABLE",
    "THROW_AWAY",
    "AccountMissing",
    "BinariesMissing",
    "ClusterNotMade",
    "ClusterVanished",
    "EmbeddedPostgres",
    "FolderUnreachable",
    "ServerDidNotStart",
    "SocketFolderTaken",
    "Tuning",
]
