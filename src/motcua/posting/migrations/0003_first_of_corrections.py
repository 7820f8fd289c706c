"""Let a correction know the first word that it goes back to."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("posting", "0002_confirmations_frozen")]

    operations = [
        migrations.AddField(
            model_name="postingconfirmation",
            name="first",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="posting.postingconfirmation",
                verbose_name="lần xác nhận đầu tiên",
            ),
        ),
    ]
