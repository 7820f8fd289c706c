"""`motcua serve`."""

import click

from motcua.cli import installation, static_files
from motcua.cli.options import data_option
from motcua.cli.ports import refuse_unusable

WORKERS, THREADS = 2, 2


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port to listen on.")
@click.option("--workers", type=click.IntRange(1, 64), default=WORKERS, show_default=True, help="Processes.")
@click.option("--threads", type=click.IntRange(1, 64), default=THREADS, show_default=True, help="Threads of each.")
@data_option
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Run the web server.

    It speaks plain HTTP: put a web server with TLS before it for anything but this machine.
    """
    refuse_unusable(host, port)
    installation.enter_migrated()
    static_files.collect()
    installation.leave_database()  # the processes that answer are forked from this one
    _run(host, port, workers, threads)


def _run(host: str, port: int, workers: int, threads: int) -> None:
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "motcua.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        backpressure=max(16, 8 * threads),
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=5,  # a browser may hold a connection open on which it never asks anything
        websockets=False,
    ).serve()
