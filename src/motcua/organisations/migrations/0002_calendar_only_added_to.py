"""What was announced about the calendar is never changed: putting it in force is the one thing still to be said."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION organisations_announcement_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.in_force_at IS NOT NULL
            OR to_jsonb(NEW) - 'in_force_at' IS DISTINCT FROM to_jsonb(OLD) - 'in_force_at' THEN
        RAISE EXCEPTION 'calendar announcement % is frozen', OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'calendar_only_added_to';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER calendar_announcement_only_added_to BEFORE UPDATE OR DELETE ON organisations_calendarannouncement
    FOR EACH ROW EXECUTE FUNCTION organisations_announcement_is_frozen();

CREATE FUNCTION organisations_calendar_day_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'calendar announcement % is frozen', OLD.announcement_id
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'calendar_only_added_to';
END $$;
CREATE TRIGGER calendar_day_only_added_to BEFORE UPDATE OR DELETE ON organisations_calendarday
    FOR EACH ROW EXECUTE FUNCTION organisations_calendar_day_is_frozen();
"""
BACKWARD = """
DROP TRIGGER calendar_day_only_added_to ON organisations_calendarday;
DROP FUNCTION organisations_calendar_day_is_frozen();
DROP TRIGGER calendar_announcement_only_added_to ON organisations_calendarannouncement;
DROP FUNCTION organisations_announcement_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
