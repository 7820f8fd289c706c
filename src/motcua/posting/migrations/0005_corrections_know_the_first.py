"""Require that corrections, and they alone, know the first word that they go back to."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("posting", "0004_fill_first_of_corrections")]

    operations = [
        migrations.AddConstraint(
            model_name="postingconfirmation",
            constraint=models.CheckConstraint(
                condition=Q(corrects=None, first=None) | Q(corrects__isnull=False, first__isnull=False),
                name="posting_correction_knows_the_first",
            ),
        ),
    ]
