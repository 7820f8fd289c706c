"""Until when a linked application may be taken back, and how long its results wait for a late leg."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0008_linked'),
    ]

    operations = [
        migrations.AddField(
            model_name='linkedgroup',
            name='waits_days',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='chờ việc trễ hạn, ngày làm việc'),
        ),
        migrations.AddField(
            model_name='linkedgroup',
            name='withdrawal_ends',
            field=models.CharField(choices=[('EACH_DECISION', 'đến khi có quyết định của từng việc'), ('FIRST_DECISION', 'đến khi có quyết định đầu tiên')], db_default='EACH_DECISION', default='EACH_DECISION', max_length=16, verbose_name='được rút'),
        ),
    ]
