"""Give every dossier accepted so far its line in the register, in the order of acceptance."""

from django.db import migrations

FORWARD = """
INSERT INTO dossiers_registerbook (desk_id, year, last_number)
SELECT receiving_unit_id, extract(year FROM accepted_at AT TIME ZONE 'Asia/Ho_Chi_Minh'), count(*)
FROM dossiers_dossier WHERE accepted_at IS NOT NULL GROUP BY 1, 2;

INSERT INTO dossiers_registerline (book_id, number, dossier_id)
SELECT book.id, row_number() OVER (PARTITION BY book.id ORDER BY dossier.accepted_at, dossier.id), dossier.id
FROM dossiers_dossier AS dossier JOIN dossiers_registerbook AS book ON book.desk_id = dossier.receiving_unit_id
    AND book.year = extract(year FROM dossier.accepted_at AT TIME ZONE 'Asia/Ho_Chi_Minh')
WHERE dossier.accepted_at IS NOT NULL;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0010_register_books'),
    ]

    operations = [
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
    ]
