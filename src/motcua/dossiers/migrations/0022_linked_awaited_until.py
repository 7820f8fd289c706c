"""Until when the results of the other legs wait for a leg of a linked application."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0021_between_agencies'),
    ]

    operations = [
        migrations.AddField(
            model_name='linkedleg',
            name='awaited_until',
            field=models.DateTimeField(null=True, verbose_name='các kết quả khác chờ đến'),
        ),
    ]
