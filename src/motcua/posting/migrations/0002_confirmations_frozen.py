"""Freeze what a desk confirmed: it may only be said, once, that it no longer counts."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION posting_confirmation_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.withdrawn_at IS NOT NULL
        OR to_jsonb(NEW) - 'withdrawn_at' IS DISTINCT FROM to_jsonb(OLD) - 'withdrawn_at' THEN
        RAISE EXCEPTION 'posting confirmation % is frozen', OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'posting_confirmation_frozen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER posting_confirmation_frozen BEFORE UPDATE OR DELETE ON posting_postingconfirmation
    FOR EACH ROW EXECUTE FUNCTION posting_confirmation_is_frozen();

CREATE FUNCTION posting_line_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'posting line % is frozen', OLD.id
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'posting_confirmation_frozen';
END $$;
CREATE TRIGGER posting_line_frozen BEFORE UPDATE OR DELETE ON posting_postingline
    FOR EACH ROW EXECUTE FUNCTION posting_line_is_frozen();
"""
BACKWARD = """
DROP TRIGGER posting_line_frozen ON posting_postingline;
DROP FUNCTION posting_line_is_frozen();
DROP TRIGGER posting_confirmation_frozen ON posting_postingconfirmation;
DROP FUNCTION posting_confirmation_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("posting", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
