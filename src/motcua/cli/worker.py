"""`motcua worker`."""

import click

from motcua.cli import installation
from motcua.cli.options import data_option

GRACE_SECONDS = 15


@click.command()
@click.option("--concurrency", type=click.IntRange(1, 32), default=2, show_default=True, help="Jobs at a time.")
@data_option
def worker(concurrency: int) -> None:
    """Run background jobs: messages, rendered papers, nightly accounts.

    A worker that is asked to end finishes the jobs it has begun, for 15 seconds at most; what it leaves is tried again.
    """
    installation.enter_migrated()
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    with app.replace_connector(connector.get_worker_connector()):
        app.run_worker(concurrency=concurrency, shutdown_graceful_timeout=GRACE_SECONDS)
