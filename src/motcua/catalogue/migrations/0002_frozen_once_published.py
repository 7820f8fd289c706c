"""Freeze what was published: a version with its parts, and an approved workflow with its steps."""

from django.db import migrations

# Closing the period and clearing a review flag are all that may change on a published version.
FORWARD = """
CREATE FUNCTION catalogue_version_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - 'valid_until' - 'limit_needs_review' - 'fee_needs_review'
            IS DISTINCT FROM to_jsonb(OLD) - 'valid_until' - 'limit_needs_review' - 'fee_needs_review' THEN
        RAISE EXCEPTION 'published version % is frozen', OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'version_frozen_once_published';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER version_frozen_once_published BEFORE UPDATE OR DELETE ON catalogue_procedureversion
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION catalogue_version_is_frozen();

CREATE FUNCTION catalogue_part_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint := CASE TG_OP WHEN 'INSERT' THEN NEW.version_id ELSE OLD.version_id END;
BEGIN
    IF EXISTS (SELECT FROM catalogue_procedureversion WHERE id = touched AND published_at IS NOT NULL) THEN
        RAISE EXCEPTION 'published version % is frozen', touched
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'version_frozen_once_published';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER paper_frozen_once_published BEFORE INSERT OR UPDATE OR DELETE ON catalogue_requiredpaper
    FOR EACH ROW EXECUTE FUNCTION catalogue_part_is_frozen();
CREATE TRIGGER channel_frozen_once_published BEFORE INSERT OR UPDATE OR DELETE ON catalogue_channel
    FOR EACH ROW EXECUTE FUNCTION catalogue_part_is_frozen();
CREATE TRIGGER expected_result_frozen_once_published BEFORE INSERT OR UPDATE OR DELETE ON catalogue_expectedresult
    FOR EACH ROW EXECUTE FUNCTION catalogue_part_is_frozen();

CREATE FUNCTION catalogue_workflow_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - 'valid_until' IS DISTINCT FROM to_jsonb(OLD) - 'valid_until' THEN
        RAISE EXCEPTION 'approved workflow % is frozen', OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'workflow_frozen_once_approved';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER workflow_frozen_once_approved BEFORE UPDATE OR DELETE ON catalogue_workflow
    FOR EACH ROW WHEN (OLD.approved_at IS NOT NULL) EXECUTE FUNCTION catalogue_workflow_is_frozen();

CREATE FUNCTION catalogue_step_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint := CASE TG_OP WHEN 'INSERT' THEN NEW.workflow_id ELSE OLD.workflow_id END;
BEGIN
    IF EXISTS (SELECT FROM catalogue_workflow WHERE id = touched AND approved_at IS NOT NULL) THEN
        RAISE EXCEPTION 'approved workflow % is frozen', touched
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'workflow_frozen_once_approved';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER workflow_step_frozen_once_approved BEFORE INSERT OR UPDATE OR DELETE ON catalogue_workflowstep
    FOR EACH ROW EXECUTE FUNCTION catalogue_step_is_frozen();
"""
BACKWARD = """
DROP TRIGGER workflow_step_frozen_once_approved ON catalogue_workflowstep;
DROP FUNCTION catalogue_step_is_frozen();
DROP TRIGGER workflow_frozen_once_approved ON catalogue_workflow;
DROP FUNCTION catalogue_workflow_is_frozen();
DROP TRIGGER expected_result_frozen_once_published ON catalogue_expectedresult;
DROP TRIGGER channel_frozen_once_published ON catalogue_channel;
DROP TRIGGER paper_frozen_once_published ON catalogue_requiredpaper;
DROP FUNCTION catalogue_part_is_frozen();
DROP TRIGGER version_frozen_once_published ON catalogue_procedureversion;
DROP FUNCTION catalogue_version_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
