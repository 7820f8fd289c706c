"""Freeze what was published: neither the words of an edition nor its photos change any more."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION news_edition_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.stage = 'PUBLISHED' THEN
        RAISE EXCEPTION 'news edition % is frozen', OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'news_edition_frozen';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER news_edition_frozen BEFORE UPDATE OR DELETE ON news_edition
    FOR EACH ROW EXECUTE FUNCTION news_edition_is_frozen();

CREATE FUNCTION news_photo_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM news_edition WHERE id = COALESCE(OLD.edition_id, NEW.edition_id) AND stage = 'PUBLISHED')
    THEN
        RAISE EXCEPTION 'photos of a published news edition are frozen'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'news_edition_frozen';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER news_photo_frozen BEFORE INSERT OR UPDATE OR DELETE ON news_articlephoto
    FOR EACH ROW EXECUTE FUNCTION news_photo_is_frozen();
"""
BACKWARD = """
DROP TRIGGER news_photo_frozen ON news_articlephoto;
DROP FUNCTION news_photo_is_frozen();
DROP TRIGGER news_edition_frozen ON news_edition;
DROP FUNCTION news_edition_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("news", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
