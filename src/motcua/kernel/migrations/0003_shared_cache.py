"""The table of Django's database cache: rate limits and used one-time codes hold for every process of the site."""

from django.db import migrations

CREATE = """
CREATE TABLE kernel_cache (cache_key varchar(255) NOT NULL PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX kernel_cache_expires ON kernel_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_append_only")]

    operations = [migrations.RunSQL(CREATE, "DROP TABLE kernel_cache")]
