"""What the worker leaves behind."""

import gc
from collections.abc import Iterator

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.cli.worker import work

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_other_jobs(transactional_db: None) -> Iterator[None]:
    """Begin and end without a job: no flush deletes them."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
        yield
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


@pytest.mark.filterwarnings("ignore:.*was deleted while still open:ResourceWarning")
def test_a_job_that_succeeded_leaves_no_row_and_one_that_failed_stays() -> None:
    app.configure_task("kernel.forget_old_answers").defer(timestamp=0)
    app.configure_task("kernel.close_yesterday").defer(unknown="argument")

    work(concurrency=1, waits=False)
    gc.collect()  # the connections of the worker's threads, which are over

    assert list(ProcrastinateJob.objects.values_list("task_name", "status")) == [("kernel.close_yesterday", "failed")]
