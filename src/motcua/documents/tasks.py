"""Background jobs of documents."""

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.documents import issued_decisions
from motcua.documents.commands import delete_unused_files as command


# 00:45 in Hanoi, and 12:45 for an office that switches its machine off at night.
@app.periodic(cron="45 5,17 * * *", periodic_id="documents.delete_unused_files")
@app.task(name="documents.delete_unused_files", queueing_lock="documents.delete_unused_files")
def delete_unused_files(timestamp: int) -> None:
    """Delete the files that nothing refers to."""
    command(timezone.now())


@app.task(name="documents.draw_decision")
def draw_decision(*, document_id: int) -> None:
    """Draw and keep the paper of a published decision; one that is kept already stays."""
    issued_decisions.draw_decision(document_id)
