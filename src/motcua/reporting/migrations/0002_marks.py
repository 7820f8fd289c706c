"""Mark a dossier in the transaction that changes what it counts as, whatever path the change takes."""

from django.db import migrations

# The status alone changes no figure: what ends a dossier sets when, too. Legs count with their whole, so all are marked.
FORWARD = """
CREATE FUNCTION reporting_mark(marked bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO reporting_figuremark (dossier_id)
    SELECT marked UNION SELECT leg.id FROM dossiers_dossier own
        JOIN dossiers_dossier leg ON leg.linked_application_id = own.linked_application_id
    WHERE own.id = marked
$$;

CREATE FUNCTION reporting_mark_dossier() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.linked_application_id IS NULL THEN
        INSERT INTO reporting_figuremark (dossier_id) VALUES (NEW.id);
    ELSE
        PERFORM reporting_mark(NEW.id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER reporting_dossier_added AFTER INSERT ON dossiers_dossier
    FOR EACH ROW WHEN (NEW.accepted_at IS NOT NULL) EXECUTE FUNCTION reporting_mark_dossier();
CREATE TRIGGER reporting_dossier_changed AFTER UPDATE OF accepted_at, due_at, promise_cause, finished_at, closed_at,
        competent_unit_id, procedure_version_id, filing_channel, linked_application_id, leg_number ON dossiers_dossier
    FOR EACH ROW WHEN (
        (OLD.accepted_at IS NOT NULL OR NEW.accepted_at IS NOT NULL)
        AND (OLD.accepted_at, OLD.due_at, OLD.promise_cause, OLD.finished_at, OLD.closed_at, OLD.competent_unit_id,
                OLD.procedure_version_id, OLD.filing_channel, OLD.linked_application_id, OLD.leg_number)
            IS DISTINCT FROM (NEW.accepted_at, NEW.due_at, NEW.promise_cause, NEW.finished_at, NEW.closed_at,
                NEW.competent_unit_id, NEW.procedure_version_id, NEW.filing_channel, NEW.linked_application_id,
                NEW.leg_number)
    ) EXECUTE FUNCTION reporting_mark_dossier();

CREATE FUNCTION reporting_mark_of_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM reporting_mark(OLD.dossier_id);
    END IF;
    IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.dossier_id <> OLD.dossier_id) THEN
        PERFORM reporting_mark(NEW.dossier_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER reporting_supplement AFTER INSERT OR DELETE OR UPDATE OF dossier_id, requested_at, completed_at
    ON dossiers_supplementrequest FOR EACH ROW EXECUTE FUNCTION reporting_mark_of_part();
CREATE TRIGGER reporting_obligation AFTER INSERT OR DELETE OR UPDATE OF dossier_id, asked_at, settled_at
    ON dossiers_financialobligation FOR EACH ROW EXECUTE FUNCTION reporting_mark_of_part();
CREATE TRIGGER reporting_former_promise AFTER INSERT OR DELETE OR UPDATE ON dossiers_formerpromise
    FOR EACH ROW EXECUTE FUNCTION reporting_mark_of_part();

CREATE FUNCTION reporting_mark_of_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reporting_figuremark (dossier_id)
    SELECT id FROM dossiers_dossier
    WHERE linked_application_id = (to_jsonb(coalesce(NEW, OLD)) ->> TG_ARGV[0])::bigint;
    RETURN NULL;
END $$;
CREATE TRIGGER reporting_whole AFTER UPDATE OF due_at, finished_at ON dossiers_linkedapplication
    FOR EACH ROW EXECUTE FUNCTION reporting_mark_of_whole('id');
CREATE TRIGGER reporting_former_linked_promise AFTER INSERT OR DELETE OR UPDATE ON dossiers_formerlinkedpromise
    FOR EACH ROW EXECUTE FUNCTION reporting_mark_of_whole('application_id');
"""
BACKWARD = """
DROP TRIGGER reporting_former_linked_promise ON dossiers_formerlinkedpromise;
DROP TRIGGER reporting_whole ON dossiers_linkedapplication;
DROP FUNCTION reporting_mark_of_whole();
DROP TRIGGER reporting_former_promise ON dossiers_formerpromise;
DROP TRIGGER reporting_obligation ON dossiers_financialobligation;
DROP TRIGGER reporting_supplement ON dossiers_supplementrequest;
DROP FUNCTION reporting_mark_of_part();
DROP TRIGGER reporting_dossier_changed ON dossiers_dossier;
DROP TRIGGER reporting_dossier_added ON dossiers_dossier;
DROP FUNCTION reporting_mark_dossier();
DROP FUNCTION reporting_mark(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
