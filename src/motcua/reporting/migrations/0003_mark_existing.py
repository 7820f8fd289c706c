"""Mark the dossiers that were there before; the job counts them in, and until then reading counts them one by one."""

from django.db import migrations

MARK = """
INSERT INTO reporting_figuremark (dossier_id)
SELECT id FROM dossiers_dossier WHERE accepted_at IS NOT NULL ORDER BY id
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0002_marks")]

    operations = [migrations.RunSQL(MARK, migrations.RunSQL.noop)]
