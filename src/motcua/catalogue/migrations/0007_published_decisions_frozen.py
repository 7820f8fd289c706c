"""Freeze a published decision with its lines."""

from django.db import migrations

# The day it entered the national database is told later; nothing else of a published decision may change.
FORWARD = """
CREATE FUNCTION catalogue_decision_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - 'entered_on' IS DISTINCT FROM to_jsonb(OLD) - 'entered_on' THEN
        RAISE EXCEPTION 'published decision % is frozen', OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'decision_frozen_once_published';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decision_frozen_once_published BEFORE UPDATE OR DELETE ON catalogue_publicationdecision
    FOR EACH ROW WHEN (OLD.state = 'PUBLISHED') EXECUTE FUNCTION catalogue_decision_is_frozen();

CREATE FUNCTION catalogue_decision_line_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint := (
        SELECT max(id) FROM catalogue_publicationdecision
        WHERE id IN (OLD.decision_id, NEW.decision_id) AND state = 'PUBLISHED'
    );
BEGIN
    IF touched IS NOT NULL THEN
        RAISE EXCEPTION 'published decision % is frozen', touched
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'decision_frozen_once_published';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER decision_line_frozen_once_published BEFORE INSERT OR UPDATE OR DELETE ON catalogue_publicationline
    FOR EACH ROW EXECUTE FUNCTION catalogue_decision_line_is_frozen();
"""
BACKWARD = """
DROP TRIGGER decision_line_frozen_once_published ON catalogue_publicationline;
DROP FUNCTION catalogue_decision_line_is_frozen();
DROP TRIGGER decision_frozen_once_published ON catalogue_publicationdecision;
DROP FUNCTION catalogue_decision_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0006_publication_decisions")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
