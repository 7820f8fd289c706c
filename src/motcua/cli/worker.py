"""`motcua worker`."""

import click

from motcua.cli import installation
from motcua.cli.options import data_option

GRACE_SECONDS = 15


@click.command()
@click.option("--concurrency", type=click.IntRange(1, 32), default=2, show_default=True, help="Jobs at a time.")
@data_option
def worker(concurrency: int) -> None:
    """Run background jobs: messages, the nightly digest, deleting what is kept no longer.

    Jobs that succeeded leave no row; those that failed stay to be looked at. A worker that is asked to end finishes
    the jobs it has begun, for 15 seconds at most; what it leaves is tried again.
    """
    installation.enter_migrated()
    work(concurrency=concurrency, waits=True)


def work(*, concurrency: int, waits: bool) -> None:
    """Run jobs as they come, or, without waiting, those that are there."""
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    with app.replace_connector(connector.get_worker_connector()):
        app.run_worker(
            concurrency=concurrency, wait=waits, shutdown_graceful_timeout=GRACE_SECONDS, delete_jobs="successful"
        )
