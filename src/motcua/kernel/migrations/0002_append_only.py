"""Refuse every change and removal in the record, in the database itself."""

from django.db import migrations

FORBID = """
CREATE FUNCTION kernel_record_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the record of events is append-only' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER eventrecord_append_only BEFORE UPDATE OR DELETE ON kernel_eventrecord
    FOR EACH ROW EXECUTE FUNCTION kernel_record_is_append_only();
CREATE TRIGGER eventrecord_no_truncate BEFORE TRUNCATE ON kernel_eventrecord
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_record_is_append_only();
CREATE TRIGGER dailydigest_append_only BEFORE UPDATE OR DELETE ON kernel_dailydigest
    FOR EACH ROW EXECUTE FUNCTION kernel_record_is_append_only();
CREATE TRIGGER dailydigest_no_truncate BEFORE TRUNCATE ON kernel_dailydigest
    FOR EACH STATEMENT EXECUTE FUNCTION kernel_record_is_append_only();
"""
ALLOW = """
DROP TRIGGER dailydigest_no_truncate ON kernel_dailydigest;
DROP TRIGGER dailydigest_append_only ON kernel_dailydigest;
DROP TRIGGER eventrecord_no_truncate ON kernel_eventrecord;
DROP TRIGGER eventrecord_append_only ON kernel_eventrecord;
DROP FUNCTION kernel_record_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]

    operations = [migrations.RunSQL(FORBID, ALLOW)]
