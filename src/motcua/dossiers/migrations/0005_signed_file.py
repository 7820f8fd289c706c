"""Keep what was signed beside what is issued, and stop the clock of results that are there."""

import django.db.models.deletion
from django.db import migrations, models

_KEEP_SIGNED = """
UPDATE dossiers_result SET signed_file_id = file_id WHERE signed_at IS NOT NULL AND issued_on IS NULL
"""
_STOP_CLOCK = "UPDATE dossiers_dossier SET action_due_at = NULL WHERE status = 'DONE'"


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_initial"),
        ("dossiers", "0004_codes_counted"),
    ]

    operations = [
        migrations.AddField(
            model_name="result",
            name="signed_file",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.storedfile",
                verbose_name="tệp đã ký",
            ),
        ),
        migrations.RunSQL(_KEEP_SIGNED, migrations.RunSQL.noop),
        migrations.RunSQL(_STOP_CLOCK, migrations.RunSQL.noop),
    ]
