"""Lists of what goes from the agency of one leg of a linked application to that of the next."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0020_former_linked_promise"),
    ]

    operations = [
        migrations.AlterField(
            model_name="handoverlist",
            name="direction",
            field=models.CharField(
                choices=[
                    ("TO_THE_AGENCY", "Chuyển hồ sơ để giải quyết"),
                    ("BETWEEN_AGENCIES", "Chuyển hồ sơ liên thông cho cơ quan giải quyết việc tiếp theo"),
                    ("BACK_TO_THE_DESK", "Chuyển kết quả về nơi trả"),
                ],
                max_length=16,
                verbose_name="chiều",
            ),
        ),
    ]
