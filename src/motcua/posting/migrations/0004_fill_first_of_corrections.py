"""Fill in, for the corrections there are, the first word that each goes back to."""

from django.db import migrations

FORWARD = """
ALTER TABLE posting_postingconfirmation DISABLE TRIGGER posting_confirmation_frozen;
WITH RECURSIVE chain (id, first_id) AS (
    SELECT id, id FROM posting_postingconfirmation WHERE corrects_id IS NULL
    UNION ALL
    SELECT later.id, chain.first_id FROM posting_postingconfirmation later JOIN chain ON later.corrects_id = chain.id
)
UPDATE posting_postingconfirmation SET first_id = chain.first_id
    FROM chain
    WHERE chain.id = posting_postingconfirmation.id AND posting_postingconfirmation.corrects_id IS NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE posting_postingconfirmation ENABLE TRIGGER posting_confirmation_frozen;
"""


class Migration(migrations.Migration):
    dependencies = [("posting", "0003_first_of_corrections")]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
