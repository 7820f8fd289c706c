"""Delete the files that nothing refers to: papers taken back, drafts deleted, scans of a form never sent."""

from datetime import datetime, timedelta

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, ProtectedError, QuerySet

from motcua.documents.models import StoredFile
from motcua.documents.storage import discard

# A form that was refused hands its files in again for a day.
UNUSED_KEPT = timedelta(days=2)


def delete_unused_files(at: datetime) -> int:
    """Delete the files older than two days that nothing refers to, rows and contents; return how many rows there were.

    A file that somebody takes into use meanwhile is kept.
    """
    count = 0
    for file in _unused().filter(uploaded_at__lt=at - UNUSED_KEPT).order_by("pk"):
        try:
            with transaction.atomic():
                file.delete()
        except (ProtectedError, IntegrityError):
            continue
        discard(file.sha256)
        count += 1
    return count


def _unused() -> QuerySet[StoredFile]:
    """Keep the files that no row of any table refers to, tables of apps above included."""
    unused = StoredFile.objects.all()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:  # noqa: SLF001  # documented by Django
            if field.related_model is StoredFile:
                referring = model._default_manager.filter(**{field.name: OuterRef("pk")})  # noqa: SLF001
                unused = unused.filter(~Exists(referring))
    return unused
