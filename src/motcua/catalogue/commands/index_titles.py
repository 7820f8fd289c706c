"""Keep the three-letter pieces of titles, and in how many procedures each occurs."""

from collections.abc import Sequence

from django.db import connection

from motcua.catalogue.models import Procedure, TitleTrigram
from motcua.rules.vietnamese import trigrams


def index_titles(procedures: Sequence[Procedure]) -> None:
    """Write the pieces of the titles of `procedures` anew; `recount_pieces` is to follow in the same transaction."""
    ids = [procedure.pk for procedure in procedures]
    TitleTrigram.objects.filter(procedure_id__in=ids).delete()
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY catalogue_titletrigram (trigram, procedure_id) FROM STDIN") as copy,
    ):
        for procedure in procedures:
            for piece in trigrams(procedure.title):
                copy.write_row((piece, procedure.pk))


def recount_pieces() -> None:
    """Count anew in how many procedures each piece occurs."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE catalogue_searchtrigram IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("DELETE FROM catalogue_searchtrigram")
        cursor.execute(
            "INSERT INTO catalogue_searchtrigram (trigram, procedure_count)"
            " SELECT trigram, count(*) FROM catalogue_titletrigram GROUP BY trigram"
        )
